import { faceNotice } from '../../../shared/face/consent.ts'
import { maskName } from '../../../shared/person-names.ts'
import { classes } from '../../design/classes.ts'
import { Icon } from '../../design/Icon.tsx'
import { Key } from '../../design/Key.tsx'
import { fullDate } from '../../i18n/dates.ts'
import { useSpeech } from '../../i18n/use-words.ts'
import type { Enrolment } from '../../state/cashier-store.ts'
import { leaveEnrolment } from '../../state/face-enrolment.ts'
import styles from './enrol-steps.module.css'

/** At which of the five steps a state of the enrolment stands. */
const places: Readonly<Record<Enrolment['step'], number>> = {
  check: 0,
  notice: 1,
  extras: 1,
  photos: 2,
  trial: 3,
  slip: 4,
}

/** The five steps, the present one marked, and who does it by which version of the notice. */
export function EnrolSteps({ enrolment, operator }: { enrolment: Enrolment; operator: string | null }) {
  const { words, language } = useSpeech()
  const now = places[enrolment.step]
  const checked =
    enrolment.checked &&
    {
      document: words.checkDocument,
      card: words.checkCard,
      code: words.checkCode,
      known: words.checkKnown,
    }[enrolment.checked]
  const steps: readonly [name: string, note: string][] = [
    [words.stepCheck, now > 0 && checked ? `${maskName(enrolment.person.name)} · ${checked}` : words.stepCheckNote],
    [words.stepNotice, words.stepNoticeNote],
    [words.stepPhotos, enrolment.portrait ? words.stepPhotosNotePortrait : words.stepPhotosNote],
    [words.stepTrial, words.stepTrialNote],
    [words.stepSlip, words.stepSlipNote],
  ]
  return (
    <aside className={styles.steps}>
      <h2>{words.enrolTitle}</h2>
      <ol>
        {steps.map(([name, note], place) => (
          <li
            key={name}
            className={classes(place < now && styles.done, place === now && styles.now)}
            aria-current={place === now ? 'step' : undefined}
          >
            {place < now ? <Icon name="check" size={38} /> : <span className={styles.number}>{place + 1}</span>}
            <span>
              <strong>{name}</strong>
              <small>{note}</small>
            </span>
          </li>
        ))}
      </ol>
      <div className={styles.foot}>
        <p>
          {words.noticeVersion(faceNotice.version)}
          <br />
          {words.noticeFrom(fullDate(faceNotice.inForceFrom, language))}
          <br />
          {operator !== null && words.handledBy(operator)}
        </p>
        <Key onPress={leaveEnrolment} cap="Esc">
          {enrolment.step === 'slip' ? words.back : words.enrolCancel}
        </Key>
      </div>
    </aside>
  )
}
