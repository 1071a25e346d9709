import type { StatementEntry } from '../../../shared/statement.ts'
import type { StatementView } from '../../../shared/statement-api.ts'
import { subsidyOf, sumsOf } from '../../../shared/statement-sums.ts'
import {
  hasTime,
  meansText,
  monthText,
  standingText,
  statementEn,
  statementZh,
  whatText,
} from '../../../shared/statement-words.ts'
import { classes } from '../../design/classes.ts'
import { Icon } from '../../design/Icon.tsx'
import { Key } from '../../design/Key.tsx'
import { clockText, shortDate } from '../../i18n/dates.ts'
import { reportYuan } from '../../i18n/money.ts'
import { useSpeech } from '../../i18n/use-words.ts'
import { useCashier } from '../../state/cashier-store.ts'
import {
  askForAllSites,
  askToRevoke,
  closeStatement,
  printStatement,
  revokePapers,
  stepMonth,
} from '../../state/statement-actions.ts'
import { useStatement } from '../../state/statement-store.ts'
import { useFocusHere } from '../../state/use-focus-here.ts'
import styles from './statement.module.css'

function useStatementWords() {
  const { language } = useSpeech()
  return language === 'zh' ? statementZh : statementEn
}

function Entry({ entry }: { entry: StatementEntry }) {
  const { language } = useSpeech()
  const say = useStatementWords()
  const subsidy = subsidyOf(entry)
  const waits = standingText(entry, language)
  return (
    <li className={styles.entry} data-statement-entry={entry.record}>
      <span className={styles.when}>
        {shortDate(entry.date, language)}
        <small>{hasTime(entry) ? clockText(entry.at) : ''}</small>
      </span>
      <span className={styles.what}>
        <strong>{whatText(entry, language)}</strong>
        <small>{[entry.siteName, meansText(entry, language)].filter(part => part !== null).join(' · ')}</small>
      </span>
      <span className={styles.money}>
        {reportYuan(subsidy)}
        <small>{say.subsidy}</small>
      </span>
      <span className={styles.money}>
        {reportYuan(entry.paidFen)}
        <small>{say.paid}</small>
      </span>
      {waits && <span className={styles.waits}>{waits}</span>}
    </li>
  )
}

function Sums({ view }: { view: StatementView }) {
  const { words, say } = useSpeech()
  const statement = useStatementWords()
  const sums = sumsOf(view.entries)
  const lines: readonly (readonly [string, number])[] = [
    [words.statementHeld, sums.heldFen],
    [words.statementRefused, sums.refusedFen],
    [words.statementPending, sums.pendingFen],
  ]
  return (
    <dl className={styles.sums}>
      <div>
        <dt>{words.statementMeals}</dt>
        <dd data-sum="meals">{statement.times(sums.meals)}</dd>
      </div>
      {sums.services !== 0 && (
        <div>
          <dt>{words.statementServices}</dt>
          <dd data-sum="services">
            {statement.times(sums.services)} · {statement.minutes(sums.minutes)}
          </dd>
        </div>
      )}
      <div className={styles.large}>
        <dt>{words.statementClaimed}</dt>
        <dd data-sum="claimed">{reportYuan(sums.claimedFen)}</dd>
      </div>
      {sums.claimed.map(({ fund, fen }) => (
        <div key={fund} className={styles.part}>
          <dt>{say(view.funds[fund] ?? { zh: fund, en: fund })}</dt>
          <dd>{reportYuan(fen)}</dd>
        </div>
      ))}
      {lines
        .filter(([, fen]) => fen !== 0)
        .map(([name, fen]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{reportYuan(fen)}</dd>
          </div>
        ))}
      <div className={styles.large}>
        <dt>{words.statementOwn}</dt>
        <dd data-sum="paid">{reportYuan(sums.paidFen)}</dd>
      </div>
    </dl>
  )
}

function Acts({ view }: { view: StatementView }) {
  const { words } = useSpeech()
  const { asking, revoking, done } = useStatement()
  const printer = useCashier(state => state.terminal?.printer)
  if (revoking)
    return (
      <div className={styles.acts} data-statement-revoke>
        <p className={styles.question}>{words.statementRevokeAsk}</p>
        <Key onPress={() => void revokePapers()} tone="primary" cap={words.enter}>
          {words.statementRevokeDo}
        </Key>
        <Key onPress={() => askToRevoke(false)} cap="Esc">
          {words.statementRevokeKeep}
        </Key>
      </div>
    )
  return (
    <div className={styles.acts}>
      {done && (
        <p className={styles.done} role="status" data-statement-done={done}>
          <Icon name="check" size={28} />
          {done === 'printed' ? words.statementPrinted : words.statementRevoked}
        </p>
      )}
      {view.coverage === 'here' && (
        <Key onPress={() => void askForAllSites()} cap="N" disabled={asking}>
          <Icon name="cloud" />
          {asking ? words.statementAsking : words.statementAsk}
        </Key>
      )}
      {printer && (
        <Key onPress={() => void printStatement()} tone="primary" cap="T">
          <Icon name="printer" />
          {words.statementPrint}
        </Key>
      )}
      <Key onPress={() => askToRevoke(true)} cap="X">
        <Icon name="lock" />
        {words.statementRevoke}
      </Key>
    </div>
  )
}

/** What was claimed in a senior's name, to be looked at together with them. */
export function StatementScreen() {
  const { words, language } = useSpeech()
  const view = useStatement(state => state.view)
  const title = useFocusHere()
  const lead = view && [view.coverage === 'all' ? words.statementAll : words.statementHere]
  if (lead && view.unheard > 0) lead.push(words.statementUnheard(view.unheard))
  return (
    <main className={styles.screen} data-screen="statement" data-coverage={view?.coverage ?? 'waiting'}>
      <div className={styles.top}>
        <div className={styles.whose}>
          <h1 ref={title} tabIndex={-1}>
            {view ? words.statementTitle(view.name, monthText(view.month, language)) : words.statementWait}
          </h1>
          <p>{lead?.join(' · ')}</p>
        </div>
        {view && (
          <>
            <Key onPress={() => stepMonth(-1)} cap="A">
              {words.statementEarlier}
            </Key>
            <Key onPress={() => stepMonth(1)} cap="D" disabled={view.month >= view.thisMonth}>
              {words.statementLater}
            </Key>
          </>
        )}
        <Key onPress={closeStatement} cap="Esc">
          {words.back}
        </Key>
      </div>
      {view && (
        <div className={styles.columns}>
          {view.entries.length === 0 ? (
            <section className={styles.none}>
              <Icon name="list" size={54} />
              <h2>{words.statementNone}</h2>
              {view.coverage === 'here' && <p>{words.statementNoneNote}</p>}
            </section>
          ) : (
            // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
            <ol className={classes(styles.list)} tabIndex={0} data-statement-list>
              {view.entries.map(entry => (
                <Entry key={entry.record} entry={entry} />
              ))}
            </ol>
          )}
          <section className={styles.card}>
            <Sums view={view} />
            <Acts view={view} />
          </section>
        </div>
      )}
    </main>
  )
}
