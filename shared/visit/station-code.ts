import { hmac } from '@noble/hashes/hmac.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { utf8ToBytes } from '../bytes.ts'

/** How long one code is shown (ms). It still counts in the window after, and one that runs ahead counts in the window before. */
export const codeWindow = 60_000
/** Windows in which an old code is still known as one that was shown here, and not taken for a slip of the finger. */
const rememberedWindows = 120
const digits = 6
const prefix = 'AIXIN-STATION:'

/** Which window an instant (ms) lies in. */
export function windowAt(at: number): number {
  return Math.floor(at / codeWindow)
}

/** The six digits that a station shows in one window: HMAC-SHA-256 under the site's key, cut as RFC 4226 does. @param siteKey 32 bytes */
export function stationCode(siteKey: Uint8Array, terminal: string, window: number): string {
  const mac = hmac(sha256, siteKey, utf8ToBytes(`visit-code|${terminal}|${window}`))
  const offset = (mac[mac.length - 1] ?? 0) & 15
  const number = [0, 1, 2, 3].reduce((sum, at) => sum * 256 + (mac[offset + at] ?? 0), 0) % 0x8000_0000
  return String(number % 10 ** digits).padStart(digits, '0')
}

/** What the square code beside the digits holds: which terminal it is, and the digits. */
export function stationCodeText(terminal: string, code: string): string {
  return `${prefix}${terminal}:${code}`
}

export type CodeVerdict =
  | { readonly verdict: 'fresh'; readonly window: number }
  /** `stale`: it was shown here, and no longer counts; `unknown`: it never was, as far as is remembered. */
  | { readonly verdict: 'used' | 'stale' | 'unknown' | 'elsewhere' }

/**
 * Judges what a carer typed or scanned: the digits, or the whole text of the square code.
 * @param used windows whose code this carer has already shown for another visit
 */
export function judgeStationCode(
  text: string,
  at: { readonly siteKey: Uint8Array; readonly terminal: string; readonly now: number },
  used: readonly number[],
): CodeVerdict {
  const typed = text.trim()
  if (typed.startsWith(prefix) && !typed.startsWith(`${prefix}${at.terminal}:`)) return { verdict: 'elsewhere' }
  const code = typed.startsWith(prefix) ? typed.slice(prefix.length + at.terminal.length + 1) : typed
  const here = windowAt(at.now)
  for (const window of [here, here - 1, here + 1])
    if (stationCode(at.siteKey, at.terminal, window) === code)
      return used.includes(window) ? { verdict: 'used' } : { verdict: 'fresh', window }
  for (let window = here - 2; window >= here - rememberedWindows; window -= 1)
    if (stationCode(at.siteKey, at.terminal, window) === code) return { verdict: 'stale' }
  return { verdict: 'unknown' }
}
