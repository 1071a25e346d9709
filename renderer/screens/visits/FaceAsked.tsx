import type { FaceToConfirmView } from '../../../shared/face-api.ts'
import type { StationView } from '../../../shared/visit-api.ts'
import { Icon } from '../../design/Icon.tsx'
import { Key } from '../../design/Key.tsx'
import { useSpeech } from '../../i18n/use-words.ts'
import { confirmFace } from '../../state/face-actions.ts'
import { notThisFaceHere, pressStationFace } from '../../state/station-face.ts'
import { FaceQuestion } from '../face/FaceQuestion.tsx'
import styles from './face-asked.module.css'
import station from './station.module.css'

/** Somebody was found by the face; nothing happens before staff say that it is they. */
export function FaceAsked({ asked }: { asked: FaceToConfirmView }) {
  const { words } = useSpeech()
  const compares = asked.confirmBy === 'staff'
  return (
    <div className={styles.asked}>
      <FaceQuestion found={asked} />
      <div className={station.keys}>
        <Key onPress={() => confirmFace(asked)} cap={words.enter} tone="primary">
          <Icon name="check" size={34} />
          <span className={station.words}>
            <strong>{compares ? words.faceCompared : words.faceIsThem}</strong>
            <small>{compares ? words.faceComparedNote : words.faceIsThemNote}</small>
          </span>
        </Key>
        <Key onPress={() => void notThisFaceHere(asked)} cap="Esc">
          <Icon name="cross" size={30} />
          {words.faceNotThem}
        </Key>
      </div>
    </div>
  )
}

/** The key that looks at a face; none where faces are off, or the person did not agree. */
export function FaceKey({ view, className }: { view: StationView; className?: string | undefined }) {
  const { words } = useSpeech()
  if (view.face === null) return null
  return (
    <Key onPress={() => pressStationFace(view)} cap="F1" className={className}>
      <Icon name="face" size={26} />
      {words.lookAtFace}
    </Key>
  )
}
