import type { FaceToConfirmView } from '../../../shared/face-api.ts'
import type { TerminalView } from '../../../shared/terminal-api.ts'
import { Icon } from '../../design/Icon.tsx'
import { useSpeech } from '../../i18n/use-words.ts'
import { startGuest } from '../../state/cashier-actions.ts'
import { openDesk } from '../../state/desk-actions.ts'
import { confirmFace, notThisFace } from '../../state/face-actions.ts'
import { ActionKeys } from '../cashier/ActionKeys.tsx'
import { DeviceTiles } from '../cashier/DeviceTiles.tsx'
import column from '../cashier/meal-column.module.css'
import styles from './face-question.module.css'
import { StaffPortrait } from './StaffPortrait.tsx'

/** Somebody was found by the face: staff say whether it is this person. The name is masked, since it may be somebody else's. */
export function FaceQuestion({ found }: { found: FaceToConfirmView }) {
  const { words } = useSpeech()
  const compares = found.confirmBy === 'staff'
  return (
    <section className={styles.ticket} data-face-question={found.confirmBy}>
      <h2>{words.faceIsIt}</h2>
      <div className={styles.picture}>
        <StaffPortrait checkIn={found.look} wanted={found.portrait} sex={found.sex} />
      </div>
      <p className={styles.name}>{found.name}</p>
      {found.portrait && <p className={styles.kept}>{words.facePortrait}</p>}
      <p className={compares ? styles.compare : styles.ask} role="status">
        <Icon name={compares ? 'info' : 'person'} size={30} />
        {compares ? words.faceCompareThem : words.faceAskThem}
      </p>
      <div className={styles.sees}>
        <p>{words.seniorSees}</p>
        <strong>{words.faceSeniorAsked}</strong>
      </div>
    </section>
  )
}

/** What staff can say, the likeliest first. */
export function FaceQuestionColumn({ found, terminal }: { found: FaceToConfirmView; terminal: TerminalView }) {
  const { words } = useSpeech()
  const compares = found.confirmBy === 'staff'
  return (
    <div className={column.column}>
      <ActionKeys
        title={words.whatToDo}
        note={words.nothingRecorded}
        actions={[
          {
            icon: 'check',
            name: compares ? words.faceCompared : words.faceIsThem,
            note: compares ? words.faceComparedNote : words.faceIsThemNote,
            cap: words.enter,
            primary: true,
            press: () => confirmFace(found),
          },
          {
            icon: 'cross',
            name: words.faceNotThem,
            note: words.faceNotThemNote,
            cap: 'Esc',
            press: () => void notThisFace(found),
          },
          {
            icon: 'find',
            name: words.findByName,
            note: words.findByNameNote,
            cap: '/',
            press: () => void openDesk(),
          },
          { icon: 'person', name: words.guestInstead, note: words.guestInsteadNote, cap: 'F2', press: startGuest },
        ]}
      />
      <DeviceTiles devices={terminal.devices} />
    </div>
  )
}
