import { type ReactNode, useState } from 'react'
import { shortDate } from '../../shared/dates.ts'
import { fen, formatYuan } from '../../shared/money.ts'
import { dueFen } from '../../shared/payments.ts'
import type { PhoneRound, PhoneStop } from '../../shared/round/round.ts'
import { HeldUpCode } from '../phone/HeldUpCode.tsx'
import { Handing } from './Handing.tsx'
import type { KeptRound } from './kept.ts'
import {
  arrive,
  codesOf,
  goOn,
  isCancelled,
  isToday,
  look,
  note,
  switchLanguage,
  undo,
  useRound,
  waiting,
  wordsOn,
} from './round-store.ts'
import { roundWords } from './words.ts'

const useWords = () => roundWords[useRound(state => state.language)]

/** The courier's page: one stop a card in route order, and what was handed in of it. */
export function Round() {
  const { phase, kept, screen, stop } = useRound()
  const here = kept?.round.stops.find(one => one.stop === stop)
  if (phase !== 'open' || kept === null || here === undefined) return <Waiting />
  if (screen === 'handing') return <Handing key={stop} round={kept.round} stop={here} />
  if (screen === 'nobody') return <Nobody stop={here} />
  if (screen === 'all') return <AllStops kept={kept} />
  if (screen === 'codes') return <Codes kept={kept} />
  return <StopCard kept={kept} stop={here} />
}

function Waiting() {
  const words = useWords()
  const { phase, refusal, language } = useRound()
  const said = {
    opening: [words.opening, ''],
    open: [words.opening, ''],
    none: [words.noRound, words.noRoundNext],
    offline: [words.noNetwork, ''],
    refused: [refusal?.[language] ?? words.noRound, ''],
    'not-kept': [words.notKept, ''],
  }[phase]
  return (
    <main className="screen" data-screen={phase}>
      <Bar />
      <section className="middle">
        <h1>{said[0]}</h1>
        {said[1] !== '' && <p>{said[1]}</p>}
        {phase === 'offline' && (
          <button type="button" className="main" onClick={() => void arrive()}>
            {words.again}
          </button>
        )}
      </section>
    </main>
  )
}

function Bar({ title, children }: { title?: string; children?: ReactNode }) {
  const words = useWords()
  return (
    <header className="bar">
      <b>{title ?? words.title}</b>
      {children}
      <button type="button" className="plain" onClick={switchLanguage}>
        {words.otherLanguage}
      </button>
    </header>
  )
}

/** What is not of today is said on every screen of it. */
function OldNote({ round }: { round: PhoneRound }) {
  const words = useWords()
  const { language } = useRound()
  const today = useRound(isToday)
  return today ? null : (
    <p className="old" role="status">
      <b>{words.old(shortDate(round.date, language))}</b> {words.oldNext}
    </p>
  )
}

function Undo() {
  const words = useWords()
  const last = useRound(state => state.undo)
  return last === null ? null : (
    <div className="undo" role="status">
      <span>{words.done(last.stop)}</span>
      <button type="button" onClick={() => void undo()}>
        {words.undo}
      </button>
    </div>
  )
}

function HandedIn({ kept }: { kept: KeptRound }) {
  const words = useWords()
  const count = waiting(kept)
  // What was noted just now can still be taken back: that key comes first.
  const isFresh = useRound(state => state.undo !== null)
  if (kept.results.length === 0 || isFresh) return null
  return (
    <div className="handed-in" data-waiting={count}>
      <span>{count > 0 ? words.handInWaits(count) : words.handInDone}</span>
      <button type="button" className="plain" onClick={() => look('codes')}>
        {words.byCodes}
      </button>
    </div>
  )
}

function StopCard({ kept, stop }: { kept: KeptRound; stop: PhoneStop }) {
  const words = useWords()
  const { language } = useRound()
  const today = useRound(isToday)
  const { round } = kept
  const noted = wordsOn(kept).find(one => one.stop === stop.stop)
  const due = stop.pays === 'cash' ? dueFen('cash', stop.toldFen) : 0
  const more = (stop.more ?? []).map(({ name, quantity }) => `${name[language]}\u00a0×${quantity}`)
  const cancelled = noted === undefined && isCancelled(kept, stop.stop)
  return (
    <main className="screen" data-screen="stop" data-stop={stop.stop}>
      <Bar title={words.stopOf(stop.stop, round.stops.length)}>
        <button type="button" className="plain" onClick={() => look('all')}>
          {words.all}
        </button>
      </Bar>
      <OldNote round={round} />
      <section className="card">
        <h1>{stop.door}</h1>
        <div className="who">
          <strong>{stop.name}</strong>
          {stop.phone !== null && <a href={`tel:${stop.phone.replace(/[^\d+]/g, '')}`}>{words.call}</a>}
        </div>
        <p className="what">
          {stop.set[language]} · {words.portions(stop.portions)}
        </p>
        {more.length > 0 && <p className="what">{words.more(more)}</p>}
        {!cancelled && <p className="take">{due > 0 ? words.take(formatYuan(fen(due))) : words.takeNothing}</p>}
        {noted !== undefined && <p className="noted">{words.states[noted.outcome]}</p>}
        {cancelled && (
          <p className="noted left-out" role="status">
            <b>{words.cancelled}</b> {words.cancelledNext}
          </p>
        )}
      </section>
      <Undo />
      {today && cancelled && (
        <div className="keys">
          <button type="button" className="main" onClick={() => goOn(stop.stop)}>
            {words.goOn}
          </button>
          <button type="button" onClick={() => look('handing')}>
            {words.handedAllTheSame}
          </button>
        </div>
      )}
      {today && !cancelled && (
        <div className="keys">
          <button type="button" className="main" onClick={() => look('handing')}>
            {noted === undefined ? words.handed : `${words.change} · ${words.handed}`}
          </button>
          <button type="button" onClick={() => look('nobody')}>
            {words.nobody}
          </button>
        </div>
      )}
      <HandedIn kept={kept} />
    </main>
  )
}

function Nobody({ stop }: { stop: PhoneStop }) {
  const words = useWords()
  return (
    <main className="screen" data-screen="nobody">
      <Bar />
      <section className="card">
        <h1>{stop.door}</h1>
        <div className="who">
          <strong>{stop.name}</strong>
          {stop.phone !== null && <a href={`tel:${stop.phone.replace(/[^\d+]/g, '')}`}>{words.call}</a>}
        </div>
        <p className="what">{words.nobodyQuestion}</p>
        <p>{words.nobodyNext}</p>
      </section>
      <div className="keys">
        <button type="button" className="main" onClick={() => void note(stop.stop, { outcome: 'nobody' })}>
          {words.yesNobody}
        </button>
        <button type="button" onClick={() => look('stop')}>
          {words.back}
        </button>
      </div>
    </main>
  )
}

function AllStops({ kept }: { kept: KeptRound }) {
  const words = useWords()
  const { stop: last } = useRound()
  const noted = wordsOn(kept)
  const isOver = (stop: number) => isCancelled(kept, stop) || noted.some(one => one.stop === stop)
  const isDone = kept.round.stops.every(({ stop }) => isOver(stop))
  return (
    <main className="screen" data-screen="all">
      <Bar>
        <button type="button" className="plain" onClick={() => look('stop', last)}>
          {words.back}
        </button>
      </Bar>
      <OldNote round={kept.round} />
      {isDone && <h2>{words.allDone}</h2>}
      <Undo />
      <ol className="list">
        {kept.round.stops.map(stop => {
          const result = noted.find(one => one.stop === stop.stop)
          const unheard = isCancelled(kept, stop.stop) ? 'cancelled' : 'open'
          const isWell = result?.outcome === 'handed' && result.seen === 'well'
          return (
            <li key={stop.stop}>
              <button type="button" onClick={() => look('stop', stop.stop)}>
                <b>{stop.stop}</b>
                <span className={result === undefined && unheard === 'cancelled' ? 'not-brought' : ''}>
                  {stop.door}
                </span>
                <span>{stop.name}</span>
                <em data-state={result?.outcome ?? unheard}>
                  {words.states[result?.outcome ?? unheard]}
                  {result?.outcome === 'handed' && !isWell && ` · ${words.seen[result.seen]}`}
                </em>
              </button>
            </li>
          )
        })}
      </ol>
      <HandedIn kept={kept} />
    </main>
  )
}

/** The results as codes, for a till's camera: big, dark on white, one at a time. */
function Codes({ kept }: { kept: KeptRound }) {
  const words = useWords()
  const codes = codesOf(kept)
  const [at, setAt] = useState(0)
  const text = codes[at % codes.length]
  if (text === undefined) return null
  return (
    <main className="screen codes" data-screen="codes" data-code={text}>
      <Bar>
        <button type="button" className="plain" onClick={() => look('all')}>
          {words.back}
        </button>
      </Bar>
      <p>{words.codesHint}</p>
      <HeldUpCode text={text} label={words.codeOf((at % codes.length) + 1, codes.length)} />
      <h2>{words.codeOf((at % codes.length) + 1, codes.length)}</h2>
      {codes.length > 1 && (
        <div className="keys">
          <button type="button" className="main" onClick={() => setAt(at + 1)}>
            {words.next}
          </button>
        </div>
      )}
    </main>
  )
}
