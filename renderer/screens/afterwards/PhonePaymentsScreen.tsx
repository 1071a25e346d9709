import type { WaitingPayment } from '../../../shared/afterwards-api.ts'
import { paymentOutcomes } from '../../../shared/afterwards-reasons.ts'
import type { TerminalView } from '../../../shared/terminal-api.ts'
import { classes } from '../../design/classes.ts'
import { Icon } from '../../design/Icon.tsx'
import { Key } from '../../design/Key.tsx'
import { dateSeenFrom, secondsText } from '../../i18n/dates.ts'
import { yuan } from '../../i18n/money.ts'
import { type Speech, useSpeech } from '../../i18n/use-words.ts'
import type { PhoneDraft } from '../../state/afterwards-store.ts'
import {
  chooseOutcome,
  choosePayment,
  keepPhoneReference,
  nextPayments,
  sayPayment,
  typeReference,
} from '../../state/phone-payment-actions.ts'
import { ReferencePad } from '../cashier/ReferencePad.tsx'
import styles from './afterwards.module.css'
import { capOf, NineList } from './NineList.tsx'

const nameOf = ({ name, guest }: Pick<WaitingPayment, 'name' | 'guest'>, words: Speech['words']) =>
  name ?? (guest ? words.guest : words.refundStranger)

const whoOf = (payment: WaitingPayment, words: Speech['words']) =>
  words.phoneTogether(nameOf(payment, words), payment.group?.waiting.length ?? 1)

const whatOf = ({ group, what }: WaitingPayment, { words, say }: Speech) =>
  group ? words.phoneTogetherNote : say(what)

function PaymentKey(props: { payment: WaitingPayment; place: number; phone: PhoneDraft; today: string }) {
  const { payment, place, phone, today } = props
  const speech = useSpeech()
  const { words, language } = speech
  const isChosen = phone.chosen?.of === payment.of && phone.chosen.tender === payment.tender
  return (
    <li>
      <Key
        onPress={() => choosePayment(payment)}
        pressed={isChosen}
        tone={isChosen ? 'primary' : 'plain'}
        className={styles.sale}
        {...(phone.chosen === null ? capOf(place, phone.nine) : {})}
      >
        <span className={styles.when}>
          <span>{dateSeenFrom(payment.servedOn, today, language)}</span>
          <small>{secondsText(payment.at)}</small>
        </span>
        <span className={styles.who} data-waiting={payment.of}>
          <span>{whoOf(payment, words)}</span>
          <small>{whatOf(payment, speech)}</small>
        </span>
        <span className={styles.amount}>{yuan(payment.fen)}</span>
      </Key>
    </li>
  )
}

/** What is said of one payment: whether it came, and the number on its receipt. */
function Asked({ phone, together }: { phone: PhoneDraft; together: boolean }) {
  const { words } = useSpeech()
  const means = together ? words.phoneMeansTogether : words.phoneMeans
  const { outcome, reference } = phone
  return (
    <>
      <h3>{words.phoneAsk}</h3>
      <div className={styles.reasons}>
        {paymentOutcomes.map((one, place) => (
          <Key
            key={one}
            onPress={() => chooseOutcome(one)}
            pressed={outcome === one}
            tone={outcome === one ? 'primary' : 'plain'}
            cap={String(place + 1)}
            className={styles.outcome}
          >
            {words.phoneOutcomes[one]}
          </Key>
        ))}
      </div>
      {outcome !== null && <p className={styles.way}>{means[outcome]}</p>}
      {outcome === 'settled' && (
        <Key onPress={() => typeReference(true)} cap="R">
          <Icon name={reference === null ? 'phone' : 'check'} size={28} />
          {reference === null ? words.phoneReference : words.referenceIs(reference.slice(-4))}
        </Key>
      )}
    </>
  )
}

/** Whom one payer paid for, and what the payment device was asked for at once. */
function Together({ payment: { fen, group } }: { payment: WaitingPayment }) {
  const { words } = useSpeech()
  if (group === null) return null
  return (
    <>
      <ul className={styles.together}>
        {group.waiting.map(part => (
          <li key={part.of} className={styles.line} data-together={part.of}>
            <span>{nameOf(part, words)}</span>
            <span>{yuan(part.fen)}</span>
          </li>
        ))}
      </ul>
      {group.askedFen !== fen && (
        <p className={styles.soft}>{words.phoneAsked(yuan(group.askedFen), yuan(group.askedFen - fen))}</p>
      )}
    </>
  )
}

function PaymentCard({ payment, phone, today }: { payment: WaitingPayment; phone: PhoneDraft; today: string }) {
  const speech = useSpeech()
  const { words, language } = speech
  const { outcome, said, busy } = phone
  const isParted = payment.group !== null && payment.group.askedFen !== payment.fen
  return (
    <section className={classes(styles.card, said !== null && styles.green)} data-phone={said ?? 'asked'}>
      <div className={styles.body}>
        <h2>
          {whoOf(payment, words)} · {whatOf(payment, speech)}
        </h2>
        <p className={styles.soft}>
          {words.refundServed(dateSeenFrom(payment.servedOn, today, language), secondsText(payment.at))}
        </p>
        <div className={styles.parts}>
          <Together payment={payment} />
          <p className={styles.line}>
            <span>{isParted ? words.phoneStillWaits : words.phoneAmount}</span>
            <strong>{yuan(payment.fen)}</strong>
          </p>
        </div>
        {said === null ? (
          <Asked phone={phone} together={payment.group !== null} />
        ) : (
          <div className={styles.given} role="status">
            <strong>
              <Icon name="check" size={34} />
              {words.phoneSaid(words.phoneOutcomes[said])}
            </strong>
            <p className={styles.soft}>{words.phoneSaidNote[said]}</p>
          </div>
        )}
      </div>
      {said === null ? (
        <Key
          onPress={() => void sayPayment()}
          cap={words.enter}
          tone="primary"
          disabled={outcome === null || busy}
          className={styles.give}
        >
          <Icon name="check" size={34} />
          {outcome === null ? words.phoneSay : words.phoneSayOutcome(words.phoneOutcomes[outcome])}
        </Key>
      ) : (
        <Key onPress={() => choosePayment(null)} cap={words.enter} tone="primary" className={styles.give}>
          {words.refundAnother}
        </Key>
      )}
    </section>
  )
}

/** Phone payments that were not confirmed when the meal was handed out: staff say whether each came. */
export function PhonePaymentsScreen(props: {
  phone: PhoneDraft
  waiting: readonly WaitingPayment[] | null
  terminal: TerminalView
}) {
  const { phone, waiting } = props
  const { words } = useSpeech()
  const today = props.terminal.businessDate
  return (
    <div className={classes(styles.columns, !phone.chosen && styles.wide)}>
      <div className={styles.finder}>
        {waiting?.length === 0 && <p className={styles.soft}>{`${words.phoneNone} · ${words.phoneNoneNote}`}</p>}
        <NineList nine={phone.nine} count={waiting?.length ?? 0} onNext={phone.chosen === null ? nextPayments : null}>
          {(waiting ?? []).map((payment, place) => (
            <PaymentKey key={payment.of} payment={payment} place={place} phone={phone} today={today} />
          ))}
        </NineList>
      </div>
      {phone.chosen ? <PaymentCard payment={phone.chosen} phone={phone} today={today} /> : null}
      {phone.typing && <ReferencePad onTake={keepPhoneReference} onClose={() => typeReference(false)} />}
    </div>
  )
}
