import { setTimeout as pause } from 'node:timers/promises'
import type { CDPSession } from 'playwright-core'

/** A key as a scanner gun or card reader set to the US layout presses it. */
export interface GunKey {
  readonly code: string
  readonly shift: boolean
}

const plain: Readonly<Record<string, string>> = {
  ' ': 'Space',
  '-': 'Minus',
  '=': 'Equal',
  '[': 'BracketLeft',
  ']': 'BracketRight',
  '\\': 'Backslash',
  ';': 'Semicolon',
  "'": 'Quote',
  '`': 'Backquote',
  ',': 'Comma',
  '.': 'Period',
  '/': 'Slash',
}
const shifted: Readonly<Record<string, string>> = {
  '!': 'Digit1',
  '@': 'Digit2',
  '#': 'Digit3',
  $: 'Digit4',
  '%': 'Digit5',
  '^': 'Digit6',
  '&': 'Digit7',
  '*': 'Digit8',
  '(': 'Digit9',
  ')': 'Digit0',
  _: 'Minus',
  '+': 'Equal',
  '{': 'BracketLeft',
  '}': 'BracketRight',
  '|': 'Backslash',
  ':': 'Semicolon',
  '"': 'Quote',
  '~': 'Backquote',
  '<': 'Comma',
  '>': 'Period',
  '?': 'Slash',
}

/** The key for a sign of printable ASCII. */
export function gunKey(sign: string): GunKey {
  if (/^[a-z]$/.test(sign)) return { code: `Key${sign.toUpperCase()}`, shift: false }
  if (/^[A-Z]$/.test(sign)) return { code: `Key${sign}`, shift: true }
  if (/^\d$/.test(sign)) return { code: `Digit${sign}`, shift: false }
  const code = plain[sign]
  if (code !== undefined) return { code, shift: false }
  const withShift = shifted[sign]
  if (withShift === undefined) throw new Error(`a gun types no ${sign}`)
  return { code: withShift, shift: true }
}

export interface Gun {
  /** Milliseconds from key to key. */
  readonly pace: number
  readonly capsLock?: boolean
  /** Every key as a Chinese input method hands it on: `Process`, 229. */
  readonly inputMethod?: boolean
  readonly end?: 'Enter' | 'Tab' | null
  /** The page hears the pace by the keys' own time alone: a busy machine that holds this process back cuts no scan in two. */
  readonly atOnce?: boolean
  /** The signs go into the field that has the focus, as from a real keyboard. */
  readonly writes?: boolean
}

/** Real key events of the browser, at the pace of a gun; none waits for the page. */
export async function shoot(
  keyboard: CDPSession,
  text: string,
  { pace, capsLock = false, inputMethod = false, end = 'Enter', atOnce = false, writes = false }: Gun,
): Promise<void> {
  const sent: Promise<unknown>[] = []
  const startedAt = performance.now()
  // Not Date: a test may have set it.
  const clock = (performance.timeOrigin + startedAt) / 1000
  if (atOnce) await pause((text.length + 2) * pace)
  let keys = 0

  async function press(code: string, shift: boolean, key: string): Promise<void> {
    const due = keys++ * pace
    if (!atOnce) await pause(Math.max(0, due - (performance.now() - startedAt)))
    const timestamp = clock + due / 1000
    const common = { code, modifiers: shift ? 8 : 0, timestamp }
    const seen = inputMethod ? { key: 'Process', windowsVirtualKeyCode: 229 } : { key }
    const down = writes
      ? { type: 'keyDown' as const, text: key === 'Enter' ? '\r' : key }
      : { type: 'rawKeyDown' as const }
    sent.push(keyboard.send('Input.dispatchKeyEvent', { ...down, ...common, ...seen }))
    sent.push(keyboard.send('Input.dispatchKeyEvent', { type: 'keyUp', ...common, ...seen }))
  }

  if (capsLock) await press('CapsLock', false, 'CapsLock')
  for (const sign of text) {
    const { code, shift } = gunKey(sign)
    const swapped = capsLock && /[a-z]/i.test(sign)
    await press(code, shift, swapped ? (shift ? sign.toLowerCase() : sign.toUpperCase()) : sign)
  }
  if (end !== null) await press(end, false, end)
  if (capsLock) await press('CapsLock', false, 'CapsLock')
  await Promise.all(sent)
}
