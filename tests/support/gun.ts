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
