import { Icon, type IconName } from '../../design/Icon.tsx'
import { Key } from '../../design/Key.tsx'
import { useSpeech } from '../../i18n/use-words.ts'
import type { Enrolment } from '../../state/cashier-store.ts'
import { changeEnrolment, giveConsent } from '../../state/face-enrolment.ts'
import { ChoiceKey } from './ChoiceKey.tsx'
import frame from './enrol.module.css'
import styles from './extras-step.module.css'

function Question(props: {
  icon: IconName
  name: string
  note: string
  no: { name: string; note: string; cap: string }
  yes: { name: string; note: string; cap: string }
  answer: boolean | null
  onAnswer(answer: boolean): void
}) {
  const { answer, onAnswer } = props
  return (
    <section className={styles.question}>
      <h2>
        <Icon name={props.icon} size={42} />
        <span>
          {props.name}
          <small>{props.note}</small>
        </span>
      </h2>
      <div className={styles.choices}>
        <ChoiceKey {...props.no} chosen={answer === false} onPress={() => onAnswer(false)} />
        <ChoiceKey {...props.yes} chosen={answer === true} onPress={() => onAnswer(true)} />
      </div>
    </section>
  )
}

/** What goes beyond being known here is asked apart, each for itself, and nothing is chosen beforehand. */
export function ExtrasStep({ enrolment }: { enrolment: Enrolment }) {
  const { words } = useSpeech()
  const { away, portrait } = enrolment
  const ready = away !== null && portrait !== null
  return (
    <>
      <div className={frame.head}>
        <h1>{words.extrasTitle}</h1>
      </div>
      <p className={frame.lead}>{words.extrasLead}</p>
      <Question
        icon="globe"
        name={words.extraAway}
        note={words.extraAwayNote}
        no={{ name: words.awayNo, note: words.awayNoNote, cap: '1' }}
        yes={{ name: words.awayYes, note: words.awayYesNote, cap: '2' }}
        answer={away}
        onAnswer={answer => changeEnrolment({ away: answer })}
      />
      <Question
        icon="camera"
        name={words.extraPortrait}
        note={words.extraPortraitNote}
        no={{ name: words.portraitNo, note: words.portraitNoNote, cap: '3' }}
        yes={{ name: words.portraitYes, note: words.portraitYesNote, cap: '4' }}
        answer={portrait}
        onAnswer={answer => changeEnrolment({ portrait: answer })}
      />
      <div className={frame.foot}>
        <Key
          onPress={() => void giveConsent()}
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
