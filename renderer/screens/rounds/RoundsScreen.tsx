import { businessMinuteOf, clockTime } from '../../../shared/business-day.ts'
import { dueFen } from '../../../shared/payments.ts'
import type { RoundsView, StopView } from '../../../shared/round-api.ts'
import type { TerminalView } from '../../../shared/terminal-api.ts'
import { classes } from '../../design/classes.ts'
import { Key } from '../../design/Key.tsx'
import { shortDate } from '../../i18n/dates.ts'
import { yuan } from '../../i18n/money.ts'
import { useSpeech } from '../../i18n/use-words.ts'
import { sayNotice } from '../../i18n/words.ts'
import { useCashier } from '../../state/cashier-store.ts'
import {
  chooseStop,
  chosenRound,
  enterStop,
  isAhead,
  nextRound,
  printRound,
  seenAgain,
  setCollected,
} from '../../state/rounds-actions.ts'
import { useRounds } from '../../state/rounds-store.ts'
import styles from './rounds.module.css'

type RoundView = RoundsView['rounds'][number]

/** The rounds of this till: what came back of each door, and who is to be looked after. */
export function RoundsScreen({ terminal }: { terminal: TerminalView }) {
  const { words } = useSpeech()
  const { view, place, stop } = useRounds()
  const round = chosenRound({ view, place })
  const chosen = round?.stops.find(one => one.stop === stop) ?? null
  return (
    <div className={styles.columns}>
      {round === null ? (
        <section className={styles.empty}>
          <h2>{words.roundsNone}</h2>
          <p>{words.roundsNoneNote}</p>
        </section>
      ) : (
        <RoundList round={round} many={(view?.rounds.length ?? 0) > 1} printer={terminal.printer !== null} />
      )}
      <div className={styles.side}>
        <Answer />
        {view?.scan && <Scan scan={view.scan} />}
        {chosen ? (
          <Chosen stop={chosen} ahead={isAhead({ view, place })} />
        ) : (
          <FollowUps people={view?.followUps ?? []} hasRound={round !== null} />
        )}
      </div>
    </div>
  )
}

function Answer() {
  const { language } = useSpeech()
  const answer = useCashier(state => state.answer)
  if (answer === null) return null
  const said = sayNotice(answer, language)
  return (
    <p className={styles.answer} role="status">
      <strong>{said.what}</strong> {said.next}
    </p>
  )
}

function RoundList({ round, many, printer }: { round: RoundView; many: boolean; printer: boolean }) {
  const { words, language } = useSpeech()
  const { stop: chosen } = useRounds()
  const cancelled = round.stops.filter(({ state }) => state === 'cancelled').length
  const open = round.stops.filter(({ state }) => state === 'open').length
  const all = round.stops.length - cancelled
  return (
    <section className={styles.round} data-round={round.round}>
      <div className={styles.head}>
        <div>
          <h2>{words.roundOf(round.courier, shortDate(round.date, language), round.stops.length)}</h2>
          <p>{words.roundDone(all - open, all, cancelled)}</p>
        </div>
        {many && (
          <Key onPress={nextRound} cap="N">
            {words.roundNext}
          </Key>
        )}
        {printer && (
          <Key onPress={printRound} cap="T">
            {words.roundPrint}
          </Key>
        )}
      </div>
      {round.waits && (
        <p className={styles.waits}>
          <strong>{sayNotice(round.waits, language).what}</strong> {sayNotice(round.waits, language).next}
        </p>
      )}
      <ol className={styles.stops}>
        {round.stops.map(stop => (
          <li key={stop.stop}>
            <button
              type="button"
              className={classes(styles.stop, chosen === stop.stop && styles.here)}
              data-stop={stop.stop}
              data-state={stop.state}
              onMouseDown={event => event.preventDefault()}
              onClick={() => chooseStop(stop.stop)}
            >
              <b>{stop.stop}</b>
              <span className={styles.door}>{stop.door}</span>
              <span>{stop.name}</span>
              <em>{words.roundStates[stop.state]}</em>
              {stop.overFen > 0 && <small>{words.roundOver(yuan(stop.overFen))}</small>}
              {stop.carriedFen > 0 && <small>{words.roundCarried(yuan(stop.carriedFen))}</small>}
            </button>
          </li>
        ))}
      </ol>
    </section>
  )
}

function Scan({ scan }: { scan: NonNullable<RoundsView['scan']> }) {
  const { words } = useSpeech()
  const left = Array.from({ length: scan.of }, (_, at) => at + 1).filter(part => !scan.got.includes(part))
  return (
    <section className={classes(styles.scan, left.length === 0 && styles.whole)} role="status">
      <h3>{words.roundScan(scan.got.length, scan.of)}</h3>
      <p>{left.length === 0 ? words.roundScanDone : words.roundScanLeft(left.join('、'))}</p>
    </section>
  )
}

/** One stop: its one-time code for whoever telephones, and what a paper list says of it. */
function Chosen({ stop, ahead }: { stop: StopView; ahead: boolean }) {
  const { words, language } = useSpeech()
  const { collected, busy } = useRounds()
  const due = stop.pays === 'cash' ? dueFen('cash', stop.toldFen) : 0
  const ordered = [{ name: stop.set, quantity: stop.portions }, ...stop.more]
  const things = ordered.map(({ name, quantity }) => `${name[language]} ×${quantity}`)
  const takesPaper = !ahead && (stop.state === 'open' || stop.state === 'cancelled')
  const said = [
    ['well', words.roundPaperHanded],
    ['unwell', words.roundPaperUnwell],
    ['not-seen', words.roundPaperNotSeen],
    ['nobody', words.roundPaperNobody],
  ] as const
  return (
    <section className={styles.card}>
      <h2>
        {stop.stop} · {stop.door}
      </h2>
      <p className={styles.who}>
        {stop.name} {stop.phone}
      </p>
      <p>
        {things.join(words.roundAnd)} · {due > 0 ? words.roundTake(yuan(due)) : words.roundTakeNothing}
      </p>
      <p className={styles.code}>
        <span>{words.roundHandCode}</span>
        <strong>{stop.handCode}</strong>
        <small>{words.roundHandCodeNote}</small>
      </p>
      {takesPaper ? (
        <>
          <h3>{stop.state === 'open' ? words.roundPaper : words.roundPaperCancelled}</h3>
          {due > 0 && (
            <Key onPress={() => setCollected(!collected)} cap="C" pressed={collected}>
              {collected ? words.roundCollected(yuan(due)) : words.roundNotCollected}
            </Key>
          )}
          <div className={styles.keys}>
            {said.map(([what, text], at) => (
              <Key
                key={what}
                onPress={() => enterStop(what)}
                cap={String(at + 1)}
                disabled={busy}
                className={styles.key}
              >
                {text}
              </Key>
            ))}
          </div>
        </>
      ) : (
        <h3>{stop.state === 'open' ? words.roundPaperAhead : words.roundStates[stop.state]}</h3>
      )}
    </section>
  )
}

/** Whoever was not seen, or not well, until somebody has seen to them; the first has keys. */
function FollowUps({ people, hasRound }: { people: RoundsView['followUps']; hasRound: boolean }) {
  const { words } = useSpeech()
  const { busy } = useRounds()
  return (
    <section className={styles.card}>
      <h2>{words.followUpsTitle}</h2>
      {people.length === 0 ? (
        <p className={styles.soft}>{words.followUpsNone}</p>
      ) : (
        <ul className={styles.people}>
          {people.map((person, at) => (
            <li key={person.of} data-follow-up={person.of}>
              <strong>
                {person.name} · {person.door}
              </strong>
              <p>
                {words.followUpReason[person.outcome === 'nobody' ? 'nobody' : person.seen]} · {person.phone}
              </p>
              <small>{words.followUpSince(clockTime(businessMinuteOf(person.at)), person.courier)}</small>
              <div className={styles.pair}>
                <Key onPress={() => seenAgain(person.of, 'well')} disabled={busy} {...(at === 0 ? { cap: 'V' } : {})}>
                  {words.followUpWell}
                </Key>
                <Key onPress={() => seenAgain(person.of, 'unwell')} disabled={busy} {...(at === 0 ? { cap: 'U' } : {})}>
                  {words.followUpUnwell}
                </Key>
              </div>
            </li>
          ))}
        </ul>
      )}
      {people.length === 0 && hasRound && <p className={styles.soft}>{words.roundChoose}</p>}
    </section>
  )
}
