import type { DayView } from '../../../shared/close-api.ts'
import { netBy } from '../../../shared/day-close/net.ts'
import { seqText } from '../../../shared/day-close/seq-text.ts'
import { classes } from '../../design/classes.ts'
import { Icon } from '../../design/Icon.tsx'
import { Key } from '../../design/Key.tsx'
import { useBelow } from '../../design/use-below.ts'
import { clockText } from '../../i18n/dates.ts'
import { reportYuan } from '../../i18n/money.ts'
import { countText } from '../../i18n/spans.ts'
import { useSpeech } from '../../i18n/use-words.ts'
import { startCorrection } from '../../state/close-actions.ts'
import styles from './day.module.css'
import { MoneyTile } from './MoneyTile.tsx'

/** Four figures; the rim goes to what was taken. */
export function FourFigures({ figures }: Pick<DayView, 'figures'>) {
  const { words } = useSpeech()
  const { people, guests, unknown, claims, voids, refunds } = figures
  const subsidyFen = figures.subsidies.reduce((sum, { fen }) => sum + fen, 0)
  const subsidised = Math.max(0, ...figures.subsidies.map(({ count }) => count))
  const cards = [
    {
      ...{ name: 'people', title: words.dayPeople, value: countText(people) },
      note:
        words.dayPeopleOf(countText(people - guests - unknown), countText(guests)) +
        (unknown === 0 ? '' : words.dayUnknown(countText(unknown))),
    },
    {
      ...{ name: 'list', title: words.dayList, value: reportYuan(figures.listFen) },
      note: words.dayDiscount(reportYuan(-figures.discountFen)),
    },
    {
      ...{ name: 'subsidy', title: words.daySubsidy, value: reportYuan(subsidyFen) },
      note: words.daySubsidyOf(
        countText(subsidised),
        claims.count === 0 ? '' : words.dayPending(reportYuan(claims.fen)),
      ),
    },
    {
      ...{ name: 'own', title: words.dayOwn, value: reportYuan(figures.ownPayFen) },
      note:
        words.dayVoids(voids.count) +
        (refunds.count === 0 ? '' : words.dayRefunds(refunds.count, reportYuan(refunds.ownPayFen))),
    },
  ]
  return (
    <div className={styles.figures}>
      {cards.map(({ name, title, value, note }) => (
        <section key={name} className={classes(styles.figure, name === 'own' && styles.rim)} data-figure={name}>
          <h2>{title}</h2>
          <strong>{value}</strong>
          <p>{note}</p>
        </section>
      ))}
    </div>
  )
}

/** That rows of a card lie below what is in sight. */
export function RowsBelow({ below }: { below: number }) {
  const { words } = useSpeech()
  if (below === 0) return null
  return (
    <small className={styles.below} data-below={below}>
      {words.dayBelow(below)}
    </small>
  )
}

/** Who pays how much; the sum is the list price. */
export function WhoPays({ day }: { day: DayView }) {
  const { words, say } = useSpeech()
  const { figures } = day
  const { list, below } = useBelow<HTMLDivElement>()
  const title = (fund: string) => say(day.funds[fund] ?? { zh: fund, en: fund })
  return (
    <section className={classes(styles.card, styles.who)}>
      <h2>
        {words.dayWho}
        <RowsBelow below={below} />
      </h2>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard */}
      <div ref={list} className={styles.scroll} tabIndex={0}>
        <table data-who-pays>
          <thead>
            <tr>
              <th>{words.daySource}</th>
              <th>{words.dayTimes}</th>
              <th>{words.dayYuan}</th>
            </tr>
          </thead>
          <tbody>
            <tr data-things={1}>
              <td>{words.dayShop}</td>
              <td>{countText(figures.discounted)}</td>
              <td>{reportYuan(figures.discountFen)}</td>
            </tr>
            {figures.subsidies.map(({ fund, count, fen }) => (
              <tr key={fund} data-things={1}>
                <td>{title(fund)}</td>
                <td>{countText(count)}</td>
                <td>{reportYuan(fen)}</td>
              </tr>
            ))}
            <tr data-things={1}>
              <td>{words.dayOwnPay}</td>
              <td>{countText(figures.people)}</td>
              <td>{reportYuan(figures.ownPayFen)}</td>
            </tr>
          </tbody>
          <tfoot>
            <tr>
              <td data-stays>{words.dayList}</td>
              <td />
              <td>{reportYuan(figures.listFen)}</td>
            </tr>
          </tfoot>
        </table>
      </div>
    </section>
  )
}

const sum = (amounts: readonly (number | null)[]) =>
  amounts.some(amount => amount !== null) ? amounts.reduce<number>((total, amount) => total + (amount ?? 0), 0) : null

/** The drawers of all shifts together, with who counted them. */
export function DayMoney({ day }: { day: DayView }) {
  const { words } = useSpeech()
  const { shifts, figures, elsewhere, phone } = day
  const away = elsewhere.flatMap(({ tenders }) => tenders)
  const cashAway = away.reduce((total, { kind, fen }) => total + (kind === 'cash' ? fen : 0), 0)
  const notes = [
    ...(figures.roundingFen === 0 ? [] : [words.dayRounding(reportYuan(figures.roundingFen))]),
    ...(phone.waiting.count === 0 ? [] : [words.checkPhoneWaiting(phone.waiting.count, reportYuan(phone.waiting.fen))]),
    ...(phone.notPaid.count === 0 ? [] : [words.checkPhoneNotPaid(phone.notPaid.count, reportYuan(phone.notPaid.fen))]),
    ...(elsewhere.length === 0
      ? []
      : [
          words.dayElsewhere(
            elsewhere.reduce((total, { count }) => total + count, 0),
            reportYuan(cashAway),
          ),
        ]),
    ...(day.throughFirst === 0 ? [] : [words.checkThroughFirst(day.throughFirst)]),
    ...(shifts.some(({ corrected }) => corrected) ? [words.dayCorrected] : []),
  ]
  return (
    <section className={classes(styles.card, styles.money)}>
      <div className={styles.head}>
        <h2>{words.dayMoney}</h2>
        <p>{notes.length === 0 ? words.dayMoneyLead : notes.join('\u00a0· ')}</p>
      </div>
      <div className={styles.tiles}>
        <MoneyTile
          small
          kind="account"
          expectedFen={netBy(figures, 'account')}
          countedFen={null}
          differenceFen={null}
        />
        <MoneyTile
          small
          kind="outside"
          expectedFen={sum(shifts.map(({ sums }) => sums.outsideFen)) ?? 0}
          countedFen={sum(shifts.map(({ count }) => count?.outsideFen ?? null))}
          differenceFen={sum(shifts.map(({ outsideDifferenceFen }) => outsideDifferenceFen))}
        />
        <MoneyTile
          small
          kind="cash"
          expectedFen={sum(shifts.map(({ sums }) => sums.expectedFen)) ?? 0}
          countedFen={sum(shifts.map(({ count }) => count?.cashFen ?? null))}
          differenceFen={sum(shifts.map(({ differenceFen }) => differenceFen))}
        />
        <Key onPress={() => startCorrection()} cap="C" className={styles.little}>
          {words.dayCorrect}
        </Key>
      </div>
    </section>
  )
}

/** Record numbers, the head of the chain, whether it is sound, and what is still to be sent. */
export function RecordsCard({ day }: { day: DayView }) {
  const { words } = useSpeech()
  const { first, last, head, sound, unreadable, unsent } = day
  return (
    <section className={classes(styles.card, styles.records)}>
      <dl>
        <div>
          <dt>{words.dayRecords}</dt>
          <dd>{first && last ? `${seqText(first.seq)} – ${seqText(last.seq)}` : '–'}</dd>
        </div>
        <div>
          <dt>{words.dayHead}</dt>
          <dd data-head>{head ? head.hash.slice(0, 12) : '–'}</dd>
        </div>
        <div>
          <dt>{words.dayLedger}</dt>
          <dd>
            <span className={classes(styles.pill, !sound && styles.doubt)}>
              <Icon name={sound ? 'check' : 'triangle'} size={22} />
              {sound ? words.daySound : words.dayUnsound}
            </span>
          </dd>
        </div>
        <div>
          <dt>{words.dayUnsent}</dt>
          <dd>{unsent === 0 ? words.dayAllSent : words.dayUnsentCount(countText(unsent))}</dd>
        </div>
        {unreadable > 0 && (
          <div className={styles.unreadable}>
            <dt>{words.dayUnreadableName}</dt>
            <dd>{words.dayUnreadable(unreadable)}</dd>
          </div>
        )}
      </dl>
    </section>
  )
}

/** Who voided, refunded and overrode what. */
export function Persons({ day }: { day: DayView }) {
  const { words, say } = useSpeech()
  const { list: scrolled, below } = useBelow()
  const name = (operator: string | null) => operator ?? words.dayTerminalItself
  const backs = (list: DayView['voids'], what: string) =>
    list.map(({ record, at, set, operatorName, ownPayFen }) => ({
      ...{ record, at, what, detail: say(set), who: name(operatorName), amount: reportYuan(ownPayFen) },
    }))
  const rows = [
    ...backs(day.voids, words.dayVoid),
    ...backs(day.refunds, words.dayRefund),
    ...day.overrides.map(({ record, at, what, operatorName, approverName }) => ({
      ...{ record, at, what: words.dayOverride, detail: words.overrideWhat[what] ?? what, amount: '' },
      who: approverName === null ? operatorName : `${operatorName} · ${words.dayApprovedBy(approverName)}`,
    })),
  ].sort((one, other) => one.at - other.at)
  if (rows.length === 0) return <p className={styles.none}>{words.dayPersonsNone}</p>
  return (
    <div className={styles.listed}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard */}
      <ul ref={scrolled} className={styles.persons} tabIndex={0} data-persons>
        {rows.map(({ record, at, what, detail, who, amount }) => (
          <li key={record} data-things={1}>
            <span>{clockText(at)}</span>
            <strong>{what}</strong>
            <span>{detail}</span>
            <span>{who}</span>
            <span>{amount}</span>
          </li>
        ))}
      </ul>
      <p className={styles.more}>
        <RowsBelow below={below} />
      </p>
    </div>
  )
}
