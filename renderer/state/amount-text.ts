/** What a number pad has taken so far, as yuan: at most six digits before the point and two after. */
const typed = /^\d{0,6}(\.\d{0,2})?$/

/** The text after one more key: a digit, `.` or `back`. What would be no amount changes nothing. */
export function typeAmount(text: string, key: string): string {
  if (key === 'back') return text.slice(0, -1)
  const next = key === '.' && text === '' ? '0.' : text + key
  const tidy = next.replace(/^0+(?=\d)/, '')
  return typed.test(tidy) ? tidy : text
}

/** The text in fen; null where nothing was typed. */
export function fenOf(text: string): number | null {
  if (text === '') return null
  const [yuan = '0', part = ''] = text.split('.')
  return Number(yuan) * 100 + Number(part.padEnd(2, '0'))
}

/** The pad's key for a keyboard key's place; null where it is none of the pad's. */
export function padKey(code: string): string | null {
  const digit = /^(?:Digit|Numpad)(\d)$/.exec(code)?.[1]
  if (digit !== undefined) return digit
  if (code === 'Period' || code === 'NumpadDecimal') return '.'
  return code === 'Backspace' ? 'back' : null
}
