import { Icon } from '../../design/Icon.tsx'
import { Key } from '../../design/Key.tsx'
import { useSpeech } from '../../i18n/use-words.ts'
import type { Enrolment } from '../../state/cashier-store.ts'
import { leaveEnrolment } from '../../state/face-enrolment.ts'
import frame from './enrol.module.css'
import { PrintLinesKey } from './PrintLinesKey.tsx'
import { SlipLines } from './SlipLines.tsx'
import styles from './slip-step.module.css'

/** What was agreed to and how to end it, for the senior to take home. */
export function SlipStep({ enrolment }: { enrolment: Enrolment }) {
  const { words } = useSpeech()
  return (
    <>
      <div className={frame.head}>
        <span className={styles.done}>
          <Icon name="check" size={48} />
        </span>
        <h1>{words.slipTitle}</h1>
      </div>
      <SlipLines lines={enrolment.slip} />
      <div className={frame.foot}>
        <p>{words.slipLead}</p>
        <PrintLinesKey lines={enrolment.slip} className={frame.main} />
        <Key onPress={leaveEnrolment} cap={words.enter} tone="primary" className={frame.main}>
          {words.slipDone}
        </Key>
      </div>
    </>
  )
}
