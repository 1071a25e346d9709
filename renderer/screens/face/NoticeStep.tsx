import { useEffect, useRef } from 'react'
import { faceNotice } from '../../../shared/face/consent.ts'
import { surnameOf } from '../../../shared/person-names.ts'
import { classes } from '../../design/classes.ts'
import { Icon, type IconName } from '../../design/Icon.tsx'
import { Key } from '../../design/Key.tsx'
import { useSpeech } from '../../i18n/use-words.ts'
import type { Enrolment } from '../../state/cashier-store.ts'
import { agreeToFace, changeEnrolment, heardAll, leaveEnrolment, sentenceRead } from '../../state/face-enrolment.ts'
import { ChoiceKey } from './ChoiceKey.tsx'
import frame from './enrol.module.css'
import styles from './notice-step.module.css'
import { useVoice } from './use-voice.ts'

const icons: readonly IconName[] = ['face', 'lock', 'clock', 'card', 'people']

function Sentence(props: { icon: IconName; main: string; more: string | null; state: 'heard' | 'now' | 'later' }) {
  const place = useRef<HTMLLIElement>(null)
  const isNow = props.state === 'now'
  useEffect(() => {
    // In large letters the sentences do not all fit.
    if (isNow) place.current?.scrollIntoView({ block: 'nearest' })
  }, [isNow])
  return (
    <li
      ref={place}
      className={classes(isNow && styles.now)}
      aria-current={isNow ? 'true' : undefined}
      data-sentence={props.state}
    >
      <Icon name={props.icon} size={42} />
      <span>
        <strong>{props.main}</strong>
        {props.more !== null && <small>{props.more}</small>}
      </span>
    </li>
  )
}

/** The five sentences, one marked after the other, and the choice, of which both sides weigh the same. */
export function NoticeStep({ enrolment }: { enrolment: Enrolment }) {
  const { words, say, language } = useSpeech()
  const { person, reading, large } = enrolment
  const byMachine = useVoice(reading, language)
  const surname = surnameOf(person.name)
  const heard = heardAll(enrolment)
  const told = heard ? words.chooseNow : byMachine ? words.readByMachine : words.readByStaff
  return (
    <>
      <div className={frame.head}>
        <h1>{words.noticeTitle(person.sex === 'female' ? words.madam(surname) : words.sir(surname))}</h1>
        <Key onPress={() => changeEnrolment({ reading: 0 })} cap="R">
          <Icon name="speaker" />
          {words.readAgain}
        </Key>
        <Key onPress={() => changeEnrolment({ large: !large })} cap="Z">
          {large ? words.smallerText : words.largerText}
        </Key>
      </div>
      <ol className={classes(styles.sentences, large && styles.large)}>
        {faceNotice.sentences.map(({ main, more }, place) => (
          <Sentence
            key={main.zh}
            icon={icons[place] ?? 'info'}
            main={say(main)}
            more={more && say(more)}
            state={place === reading ? 'now' : place < enrolment.heard ? 'heard' : 'later'}
          />
        ))}
      </ol>
      <div className={styles.told}>
        <p role="status">{told}</p>
        {!byMachine && reading < faceNotice.sentences.length && (
          <Key onPress={() => sentenceRead(reading)} cap={words.enter} className={styles.next}>
            {words.sentenceRead}
          </Key>
        )}
      </div>
      <div className={styles.choices}>
        <ChoiceKey name={words.notAgree} note={words.notAgreeNote} cap="1" onPress={leaveEnrolment} />
        <ChoiceKey name={words.agree} note={words.agreeNote} cap="2" waits={!heard} onPress={agreeToFace} />
      </div>
    </>
  )
}
