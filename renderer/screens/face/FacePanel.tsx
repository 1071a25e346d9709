import { Icon } from '../../design/Icon.tsx'
import { Key } from '../../design/Key.tsx'
import { type Speech, useSpeech } from '../../i18n/use-words.ts'
import type { FaceLook } from '../../state/cashier-store.ts'
import { endFaceLook } from '../../state/face-look.ts'
import { FaceCircle } from './FaceCircle.tsx'
import styles from './face-panel.module.css'

/** One sentence at a time, for who stands before the camera. */
function sentence({ stage, hint, quality }: FaceLook, { words, hints }: Speech): string {
  if (stage === 'starting') return words.faceStarting
  if (stage === 'comparing') return words.faceComparing
  if (hint !== null) return hints[hint]
  return quality > 0.5 ? words.faceGood : words.faceLook
}

/** While a face is looked at: the live picture in the middle, and how to end it. Card and code work on. */
export function FacePanel({ look }: { look: FaceLook }) {
  const speech = useSpeech()
  const { words } = speech
  return (
    <section className={styles.panel} data-face-look={look.stage}>
      <h2 role="status" data-face-hint={look.hint ?? ''}>
        {sentence(look, speech)}
      </h2>
      <div className={styles.place}>
        <FaceCircle quality={look.quality} />
      </div>
      <p className={styles.lead}>{look.stage === 'again' ? words.faceAgain : words.faceLead}</p>
      <p>{words.facePrivacy}</p>
      <div className={styles.foot}>
        <p>
          <Icon name="card" size={26} />
          {words.faceOtherWays}
        </p>
        <Key onPress={endFaceLook} cap="Esc">
          {words.faceStop}
        </Key>
      </div>
    </section>
  )
}
