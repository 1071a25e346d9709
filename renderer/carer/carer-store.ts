import { create } from 'zustand'
import { fromBase64Url } from '../../shared/bytes.ts'
import { carerAnswer } from '../../shared/visit/carer-answer.ts'
import { type CarerKey, carerKeyIn } from '../../shared/visit/carer-link.ts'
import { readStationCode } from '../../shared/visit/station-code.ts'
import { type KeptKeys, openKeptKeys } from './kept-keys.ts'
import type { Language } from './words.ts'

/** An answer is good in the station's minute, the one before and the one after: it stands no longer than that (ms). */
const shownFor = 120_000

interface CarerState {
  readonly phase: 'opening' | 'open' | 'none' | 'not-whole' | 'not-kept'
  readonly keys: readonly CarerKey[]
  readonly screen: 'look' | 'type'
  /** Which terminal's digits are typed, where this phone answers several. */
  readonly terminal: string | null
  readonly answer: { readonly of: CarerKey; readonly text: string } | null
  /** What was read is no station's code, or of one that gave this phone no key. */
  readonly misread: 'other' | 'elsewhere' | null
  readonly language: Language
}

export const useCarer = create<CarerState>(() => ({
  ...{ phase: 'opening', keys: [], screen: 'look', terminal: null, answer: null, misread: null },
  language: navigator.language.startsWith('zh') ? 'zh' : 'en',
}))
const { getState, setState } = useCarer

let kept: KeptKeys | null = null
let forgetting: ReturnType<typeof setTimeout> | undefined

/** Opens the keys that this phone keeps, and the one of the link that led here. */
export async function start(): Promise<void> {
  try {
    kept = await openKeptKeys()
  } catch (error) {
    console.info('nothing is kept here:', error instanceof Error ? error.message : String(error))
    setState({ phase: 'not-kept' })
    return
  }
  // The browser is asked to keep it when its disk runs full.
  await navigator.storage?.persist?.()
  // Before the first look, and one after the other: a link that is opened meanwhile is kept too.
  let arriving = Promise.resolve()
  const next = () => {
    arriving = arriving.then(arrive, arrive)
  }
  window.addEventListener('hashchange', next)
  next()
}

async function arrive(): Promise<void> {
  if (kept === null) return
  const key = carerKeyIn(location.hash)
  const isBroken = key === null && location.hash.length > 1
  if (key !== null) {
    await kept.keep(key)
    // The key is on the disk: nobody reads it in the address any more.
    history.replaceState(null, '', location.pathname)
  }
  const keys = await kept.all()
  lookAgain()
  setState({ keys, phase: isBroken ? 'not-whole' : keys.length > 0 ? 'open' : 'none' })
}

/** Back to the camera. */
export function lookAgain(): void {
  clearTimeout(forgetting)
  setState({ screen: 'look', answer: null, misread: null, terminal: null })
}

export const typeInstead = () => setState({ screen: 'type', misread: null })
export const chooseTerminal = (terminal: string) => setState({ terminal })
/** A broken link is left for what this phone has. */
export const leaveLink = () => {
  history.replaceState(null, '', location.pathname)
  void arrive()
}

function answerFor(of: CarerKey, code: string): void {
  clearTimeout(forgetting)
  forgetting = setTimeout(lookAgain, shownFor)
  setState({ answer: { of, text: carerAnswer(fromBase64Url(of.key), of.terminal, code) }, misread: null })
}

/** What the camera read. */
export function read(text: string): void {
  const code = readStationCode(text)
  const of = getState().keys.find(({ terminal }) => terminal === code?.terminal)
  if (code !== null && of !== undefined) answerFor(of, code.code)
  else setState({ misread: code === null ? 'other' : 'elsewhere' })
}

/** All six digits of the station whose key is asked. */
export function typed(of: CarerKey, code: string): void {
  answerFor(of, code)
}

export function speakAs(language: Language): void {
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en'
  setState({ language })
}
