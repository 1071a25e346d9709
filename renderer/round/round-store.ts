import { create } from 'zustand'
import { bytesToHex, fromBase64Url, toBase64Url } from '../../shared/bytes.ts'
import { packResults } from '../../shared/round/pack.ts'
import { lastWords, type StopResult } from '../../shared/round/result.ts'
import { type Keeper, type KeptRound, openKeeper } from './kept.ts'
import { addressIn, askNews, handIn, openRound } from './line.ts'
import type { Language } from './words.ts'

/** A result can be taken back for so long (ms), and is handed in a little later, from whichever window. */
export const undoFor = 5000
const handInAfter = undoFor + 1000
const tryAgain = 20_000
/** A round that is over and handed in is forgotten after so many days, with its names and doors. */
const keptDays = 3

export type Screen = 'stop' | 'handing' | 'nobody' | 'all' | 'codes'

interface RoundState {
  readonly phase: 'opening' | 'open' | 'none' | 'offline' | 'refused' | 'not-kept'
  readonly refusal: Readonly<Record<Language, string>> | null
  readonly kept: KeptRound | null
  readonly today: string
  readonly screen: Screen
  readonly stop: number
  /** The result that was noted just now. */
  readonly undo: { readonly id: string; readonly stop: number } | null
  readonly language: Language
}

/** The business day in China at an instant (ms): it turns at four in the morning. */
const dayOf = (at: number) => new Date(at + 4 * 3_600_000).toISOString().slice(0, 10)

export const useRound = create<RoundState>(() => ({
  ...{ phase: 'opening', refusal: null, kept: null, today: dayOf(Date.now()), screen: 'stop', stop: 1, undo: null },
  language: navigator.language.startsWith('zh') ? 'zh' : 'en',
}))
const { getState, setState } = useRound

let keeper: Keeper | null = null
let device = ''
const random = (bytes: number) => crypto.getRandomValues(new Uint8Array(bytes))

/** The last word on each stop. */
export const wordsOn = (kept: KeptRound) => lastWords(kept.results)
export const isToday = ({ kept, today }: RoundState) => kept !== null && kept.round.date === today

export const isCancelled = (kept: KeptRound, stop: number) => kept.cancelled?.includes(stop) === true

/** The first stop after this one that nothing was noted of and that was not cancelled; null where there is none. */
function nextOpen(kept: KeptRound, after: number): number | null {
  const noted = new Set(wordsOn(kept).map(({ stop }) => stop))
  const open = kept.round.stops.map(({ stop }) => stop).filter(stop => !noted.has(stop) && !isCancelled(kept, stop))
  return open.find(stop => stop > after) ?? open[0] ?? null
}

/** The codes of all that was noted, as the till reads them. */
export function codesOf({ round, results }: KeptRound): string[] {
  return packResults(round.round, fromBase64Url(round.key), lastWords(results))
}

export const waiting = (kept: KeptRound) => wordsOn(kept).filter(({ id }) => !kept.handedIn.includes(id)).length

/** Opens what this phone keeps, and the round of the link that led here. */
export async function start(): Promise<void> {
  try {
    keeper = await openKeeper()
    device = await keeper.device(toBase64Url(random(16)))
  } catch (error) {
    console.info('nothing is kept here:', error instanceof Error ? error.message : String(error))
    setState({ phase: 'not-kept' })
    return
  }
  // The browser is asked to keep it when its disk runs full.
  await navigator.storage?.persist?.()
  const speak = () => void send().then(hear)
  await arrive()
  window.addEventListener('hashchange', () => void arrive().then(hear))
  window.addEventListener('online', speak)
  const lookAgain = () => {
    setState({ today: dayOf(Date.now()) })
    void refresh().then(speak)
  }
  document.addEventListener('visibilitychange', lookAgain)
  setInterval(lookAgain, tryAgain)
  speak()
}

/** Hears which stops of the round on the screen were cancelled; a province that is away, or older, says nothing. */
async function hear(): Promise<void> {
  const asked = getState().kept
  if (asked === null || !isToday(getState())) return
  const news = await askNews(asked.round, device)
  if (news.ok) await inLine(() => keepCancelled(asked.round.round, news.body.cancelled))
}

async function keepCancelled(round: string, cancelled: readonly number[]): Promise<void> {
  const { kept } = getState()
  const isNew = kept !== null && cancelled.some(stop => !isCancelled(kept, stop))
  if (keeper === null || kept?.round.round !== round || !isNew) return
  setState({ kept: await keeper.change(kept, now => ({ ...now, cancelled })) })
}

export async function arrive(): Promise<void> {
  if (keeper === null) return
  const address = addressIn(location.hash)
  const all = (await keeper.rounds()).sort((one, other) => (one.round.date < other.round.date ? 1 : -1))
  const known = address === null ? all[0] : all.find(({ round }) => round.round === address.round)
  if (known !== undefined) return show(known)
  if (address === null) {
    setState({ phase: 'none' })
    return
  }
  setState({ phase: 'opening' })
  const opened = await openRound(address, device)
  if (!opened.ok) {
    setState({ phase: opened.refusal === null ? 'offline' : 'refused', refusal: opened.refusal })
    return
  }
  const fresh = { round: opened.body, results: [], signatures: [], handedIn: [] }
  show(await keeper.change(fresh, kept => kept))
}

function show(kept: KeptRound): void {
  // The link was used up, and its secret is nobody's to read over a shoulder.
  history.replaceState(null, '', location.pathname)
  setState({ phase: 'open', kept, screen: 'stop', stop: nextOpen(kept, 0) ?? 1, undo: null })
}

/** Goes on from a stop that was cancelled. */
export function goOn(after: number): void {
  const { kept } = getState()
  const open = kept && nextOpen(kept, after)
  setState(open === null ? { screen: 'all' } : { screen: 'stop', stop: open })
}

/** Shows what another window of this phone noted meanwhile. */
function refresh(): Promise<void> {
  return inLine(async () => {
    const all = (await keeper?.rounds()) ?? []
    const { kept } = getState()
    const newest = all.find(({ round }) => round.round === kept?.round.round)
    if (newest !== undefined) setState({ kept: newest })
  })
}

export function look(screen: Screen, stop = getState().stop): void {
  setState({ screen, stop })
}

export function switchLanguage(): void {
  const language = getState().language === 'zh' ? 'en' : 'zh'
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en'
  setState({ language })
}

/** What is noted of a stop, without its number and time. */
type Noted = StopResult extends infer One ? (One extends StopResult ? Omit<One, 'id' | 'at' | 'stop'> : never) : never

let line: Promise<unknown> = Promise.resolve()

/** One change at a time, each on the disk before the next is made of it: nothing that was noted is written over. */
function inLine<T>(work: () => Promise<T>): Promise<T> {
  const mine = line.then(work)
  line = mine.catch(() => undefined)
  return mine
}

/** Notes what came of the stop on the screen: on the disk first, then the next stop. */
export function note(stop: number, noted: Noted, strokes: string | null = null): Promise<void> {
  return inLine(() => noteNow(stop, noted, strokes))
}

async function noteNow(stop: number, noted: Noted, strokes: string | null): Promise<void> {
  const { kept, screen } = getState()
  // A second tap comes when the next stop stands there already.
  const stands = getState().stop === stop && (screen === 'handing' || screen === 'nobody')
  if (keeper === null || kept === null || !isToday(getState()) || !stands) return
  const id = bytesToHex(random(8))
  const next = await keeper.change(kept, now => ({
    ...now,
    results: [...now.results, resultAfter(now.results, { ...noted, id, stop, at: Math.floor(Date.now() / 1000) })],
    signatures: strokes === null ? now.signatures : [...now.signatures, { result: id, strokes }],
    notedAt: Date.now(),
  }))
  const open = nextOpen(next, stop)
  setState({
    kept: next,
    undo: { id, stop },
    stop: open ?? stop,
    screen: open === null ? 'all' : 'stop',
  })
  setTimeout(() => {
    if (getState().undo?.id === id) setState({ undo: null })
  }, undoFor)
  setTimeout(() => void send(), handInAfter)
}

/** A result as it follows what was noted of its stop: later, also where the phone's clock was put back, and taking back what was handed over. */
function resultAfter(results: readonly StopResult[], result: StopResult): StopResult {
  const before = results.filter(({ stop }) => stop === result.stop)
  const at = Math.max(result.at, ...before.map(one => one.at + 1))
  const isBack = result.outcome === 'nobody' && before.some(({ outcome }) => outcome === 'handed')
  return isBack ? { ...result, at, takesBack: true } : { ...result, at }
}

/** Takes back what was noted just now, and shows that stop again. */
export function undo(): Promise<void> {
  return inLine(undoNow)
}

async function undoNow(): Promise<void> {
  const { kept, undo: last } = getState()
  if (keeper === null || kept === null || last === null || kept.handedIn.includes(last.id)) return
  const next = await keeper.change(kept, ({ notedAt: _, ...now }) => ({
    ...now,
    results: now.results.filter(({ id }) => id !== last.id),
    signatures: now.signatures.filter(({ result }) => result !== last.id),
  }))
  setState({ kept: next, undo: null, stop: last.stop, screen: 'stop' })
}

let sending = false

/** What was noted just now, in this window or another, can still be taken back. */
function isFresh({ round, notedAt }: KeptRound): boolean {
  const { kept, undo: last } = getState()
  const ago = notedAt === undefined ? handInAfter : Date.now() - notedAt
  return (last !== null && kept?.round.round === round.round) || (ago >= 0 && ago < handInAfter)
}

/** Hands in what the province does not have yet, of each round on this phone; safe to repeat, whatever became of an answer. */
async function send(): Promise<void> {
  if (keeper === null || sending) return
  sending = true
  try {
    const { rounds } = keeper
    // In line: what is on the disk has its undo on the screen as well.
    for (const kept of await inLine(rounds)) {
      if (isFresh(kept)) continue
      if (waiting(kept) === 0) {
        await forgetOld(kept)
        continue
      }
      const answer = await handIn(kept.round, codesOf(kept), kept.signatures)
      if (!answer.ok) continue
      await inLine(() => markHandedIn(kept, answer.body.results))
    }
  } finally {
    sending = false
  }
}

async function markHandedIn(sent: KeptRound, results: readonly string[]): Promise<void> {
  const next = await keeper?.change(sent, now => ({ ...now, handedIn: [...new Set([...now.handedIn, ...results])] }))
  if (next !== undefined && getState().kept?.round.round === sent.round.round) setState({ kept: next })
}

async function forgetOld(kept: KeptRound): Promise<void> {
  const over = dayOf(Date.now() - keptDays * 86_400_000)
  if (kept.round.date < over && kept.round.round !== getState().kept?.round.round)
    await keeper?.forget(kept.round.round)
}
