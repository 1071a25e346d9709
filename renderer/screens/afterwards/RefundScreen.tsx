import type { EarlierSale } from '../../../shared/afterwards-api.ts'
import { refundReasons } from '../../../shared/afterwards-reasons.ts'
import type { TerminalView } from '../../../shared/terminal-api.ts'
import { classes } from '../../design/classes.ts'
import { Icon } from '../../design/Icon.tsx'
import { Key } from '../../design/Key.tsx'
import { dateSeenFrom, dateText, secondsText } from '../../i18n/dates.ts'
import { yuan } from '../../i18n/money.ts'
import { type Speech, useSpeech } from '../../i18n/use-words.ts'
import type { RefundDraft } from '../../state/afterwards-store.ts'
import {
  chooseReason,
  chooseSale,
  chosenSale,
  confirmFirst,
  lookAtDate,
  lookAtSenior,
  nextSales,
  refundNow,
  stepDate,
  waitsFor,
} from '../../state/refund-actions.ts'
import styles from './afterwards.module.css'
import { capOf, NineList } from './NineList.tsx'
import { PersonSearch } from './PersonSearch.tsx'

function whoOf(sale: EarlierSale, words: Speech['words']): string {
  return sale.name ?? (sale.guest ? words.guest : words.refundStranger)
}

function SaleKey(props: { sale: EarlierSale; cap: { cap?: string }; chosen: boolean; today: string }) {
  const { sale, cap, chosen, today } = props
  const { words, say, language } = useSpeech()
  const gone = sale.standing === 'void' || sale.standing === 'refunded'
  const isLate = sale.kind === 'late-entry' || sale.kind === 'late-visit'
  const marks = [...(isLate ? [words.refundLate] : []), words.refundStanding[sale.standing]].filter(mark => mark !== '')
  return (
    <li>
      <Key
        onPress={() => chooseSale(sale.record)}
        pressed={chosen}
        tone={chosen ? 'primary' : 'plain'}
        className={styles.sale}
        {...cap}
      >
        <span className={styles.when}>
          <span>{dateSeenFrom(sale.servedOn, today, language)}</span>
          <small>{secondsText(sale.at)}</small>
        </span>
        <span className={styles.who} data-earlier={sale.record}>
          <span>{whoOf(sale, words)}</span>
          <small className={styles.about}>
            <span className={styles.ate}>{[...(sale.meal ? [words[sale.meal]] : []), say(sale.set)].join(' · ')}</span>
            {marks.map(mark => (
              <b key={mark}>{` · ${mark}`}</b>
            ))}
          </small>
        </span>
        <span className={classes(styles.amount, gone && styles.gone)}>{yuan(sale.ownPayFen)}</span>
      </Key>
    </li>
  )
}

function Filters({ of, today }: Pick<RefundDraft, 'of'> & { today: string }) {
  const { words, language } = useSpeech()
  if (of.by === 'senior')
    return (
      <div className={styles.day}>
        <strong className={styles.of}>{words.refundOfPerson(of.senior.name)}</strong>
        <Key onPress={() => lookAtDate(today)}>{words.refundByDay}</Key>
      </div>
    )
  return (
    <div className={styles.day}>
      <Key onPress={() => stepDate(-1)} cap="A">
        {words.refundEarlier}
      </Key>
      <label className={styles.date}>
        {/* The field itself writes dates as the machine's system does; it shows only while somebody types there. */}
        <span aria-hidden="true">{dateSeenFrom(of.date, today, language)}</span>
        <input
          type="date"
          value={of.date}
          max={today}
          onChange={event => lookAtDate(event.target.value)}
          aria-label={words.refundDay}
          data-refund-date
        />
      </label>
      <Key onPress={() => stepDate(1)} cap="D" disabled={of.date >= today}>
        {words.refundLater}
      </Key>
    </div>
  )
}

function Line({ name, amount }: { name: string; amount: number }) {
  return (
    <p className={styles.line}>
      <span>{name}</span>
      <strong>{yuan(amount)}</strong>
    </p>
  )
}

/** How the money reaches the person again, by each tender what it took. */
function WayBack({ sale }: { sale: EarlierSale }) {
  const { words } = useSpeech()
  if (sale.back.length === 0) return <p className={styles.way}>{words.refundNothingPaid}</p>
  return sale.back.map(({ kind, fen }) => (
    <p key={kind} className={styles.way}>
      {words.refundBack[kind](yuan(fen))}
    </p>
  ))
}

function SaleCard({ sale, refund, today }: { sale: EarlierSale; refund: RefundDraft; today: string }) {
  const { words, say, language } = useSpeech()
  const waits = waitsFor(refund) && !refund.given
  const asks = sale.standing === 'open' && !refund.given && !waits
  return (
    <section className={classes(styles.card, refund.given && styles.green)} data-refund={sale.standing}>
      <div className={styles.body}>
        <h2>
          {whoOf(sale, words)} · {say(sale.set)}
        </h2>
        <p className={styles.soft}>
          {words.refundServed(
            dateSeenFrom(sale.servedOn, today, language),
            `${dateTextOf(sale, today, language)}${secondsText(sale.at)}`,
          )}
        </p>
        <div className={styles.parts}>
          <Line name={words.refundPaid} amount={sale.ownPayFen} />
          {sale.subsidies.length === 0 && <p className={styles.soft}>{words.refundNoFunds}</p>}
          <div className={styles.funds}>
            {sale.subsidies.map(part => (
              <Line key={say(part.fund)} name={`${words.refundFunds} · ${say(part.fund)}`} amount={part.fen} />
            ))}
          </div>
        </div>
        {refund.given && (
          <div className={styles.given} role="status">
            <strong>
              <Icon name="check" size={34} />
              {words.refundDone}
            </strong>
            <WayBack sale={sale} />
            <p className={styles.soft}>{words.refundUsed}</p>
          </div>
        )}
        {asks && (
          <>
            <h3>{words.refundWhy}</h3>
            <div className={styles.reasons}>
              {refundReasons.map((reason, place) => (
                <Key
                  key={reason}
                  onPress={() => chooseReason(place)}
                  pressed={refund.reason === reason}
                  tone={refund.reason === reason ? 'primary' : 'plain'}
                  cap={String(place + 1)}
                >
                  {words.refundReasons[reason]}
                </Key>
              ))}
            </div>
            <WayBack sale={sale} />
            {sale.backFen !== sale.ownPayFen && <p className={styles.soft}>{words.refundRounded}</p>}
          </>
        )}
        {waits && (
          <p className={styles.way} data-refund-waits>
            {words.refundWaiting(yuan(sale.waitingFen))}
          </p>
        )}
        {!refund.given && !asks && !waits && <p className={styles.way}>{words.refundStanding[sale.standing]}</p>}
      </div>
      {refund.given && (
        <Key onPress={() => chooseSale(null)} cap={words.enter} tone="primary" className={styles.give}>
          {words.refundAnother}
        </Key>
      )}
      {waits && (
        <Key onPress={() => void confirmFirst()} cap={words.enter} tone="primary" className={styles.give}>
          <Icon name="phone" size={34} />
          {words.refundConfirmFirst}
        </Key>
      )}
      {asks && (
        <Key
          onPress={() => void refundNow()}
          cap={words.enter}
          tone="primary"
          disabled={refund.reason === null || refund.busy}
          className={styles.give}
        >
          <Icon name="undo" size={34} />
          {words.refundGive(yuan(sale.backFen))}
        </Key>
      )}
    </section>
  )
}

/** The day of entry where it is another than the day of the meal. */
function dateTextOf(sale: EarlierSale, today: string, language: Speech['language']): string {
  const entered = dateText(sale.at)
  return entered === sale.servedOn ? '' : `${dateSeenFrom(entered, today, language)} `
}

/** Finds an earlier sale of this terminal, and gives its money back. */
export function RefundScreen({ refund, terminal }: { refund: RefundDraft; terminal: TerminalView }) {
  const { words } = useSpeech()
  const today = terminal.businessDate
  const sale = chosenSale(refund)
  return (
    <div className={classes(styles.columns, !sale && styles.wide)}>
      <div className={styles.finder}>
        <PersonSearch onChoose={lookAtSenior} label={words.refundSearch} />
        <Filters of={refund.of} today={today} />
        {refund.sales.length === 0 && (
          <p className={styles.soft}>{refund.of.by === 'date' ? words.refundNone : words.refundNoneOfPerson}</p>
        )}
        <NineList nine={refund.nine} count={refund.sales.length} onNext={refund.chosen === null ? nextSales : null}>
          {refund.sales.map((item, place) => (
            <SaleKey
              key={item.record}
              sale={item}
              cap={refund.chosen === null ? capOf(place, refund.nine) : {}}
              chosen={item.record === refund.chosen}
              today={today}
            />
          ))}
        </NineList>
      </div>
      {sale ? <SaleCard sale={sale} refund={refund} today={today} /> : null}
    </div>
  )
}
