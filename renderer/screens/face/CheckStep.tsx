import type { EnrolmentCheck } from '../../../shared/face/consent.ts'
import { Key } from '../../design/Key.tsx'
import { useSpeech } from '../../i18n/use-words.ts'
import type { Enrolment } from '../../state/cashier-store.ts'
import { beginEnrolment, changeEnrolment, checks, giverOf } from '../../state/face-enrolment.ts'
import styles from './check-step.module.css'
import frame from './enrol.module.css'
import { GiverFields } from './GiverFields.tsx'

/** Staff look at the person and a document, and it is made clear who listens and chooses. */
export function CheckStep({ enrolment }: { enrolment: Enrolment }) {
  const { words } = useSpeech()
  const names: Record<EnrolmentCheck, string> = {
    document: words.checkDocument,
    card: words.checkCard,
    code: words.checkCode,
    known: words.checkKnown,
  }
  const ready = enrolment.checked !== null && giverOf(enrolment.giver) !== null
  return (
    <>
      <div className={frame.head}>
        <h1>{words.checkTitle(enrolment.person.name)}</h1>
      </div>
      <h2 className={styles.question}>{words.checkLead}</h2>
      <div className={styles.checks}>
        {checks.map((check, place) => (
          <Key
            key={check}
            onPress={() => changeEnrolment({ checked: check })}
            cap={String(place + 1)}
            pressed={enrolment.checked === check}
            className={enrolment.checked === check ? styles.on : undefined}
          >
            {names[check]}
          </Key>
        ))}
      </div>
      <h2 className={styles.question}>{words.whoDecides}</h2>
      <GiverFields giver={enrolment.giver} onChange={giver => changeEnrolment({ giver })} />
      <div className={frame.foot}>
        <Key
          onPress={() => void beginEnrolment()}
          cap={words.enter}
          tone={ready ? 'primary' : 'plain'}
          disabled={!ready}
          className={frame.main}
        >
          {words.goOn}
        </Key>
      </div>
    </>
  )
}
