/** What a number pad has taken so far, as yuan: more digits than any amount has, so that none is cut off behind somebody's back. */
const typed = /^\d{0,9}(\.\d{0,2})?$/
const mostYuan = 999_999

/** The text after one more key: a digit, `.` or `back`. What would be no amount changes nothing. */
export function typeAmount(text: string, key: string): string {
  if (key === 'back') return text.slice(0, -1)
  const next = key === '.' && text === '' ? '0.' : text + key
  const tidy = next.replace(/^0+(?=\d)/, '')
  return typed.test(tidy) ? tidy : text
}

/** More than a drawer holds: it is said, and never taken. */
export function isTooLarge(text: string): boolean {
  return Number(text.split('.')[0]) > mostYuan
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
