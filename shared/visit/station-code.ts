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

/** The windows whose code counts at an instant (ms): this one first. */
export function openWindows(at: number): readonly number[] {
  const here = windowAt(at)
  return [here, here - 1, here + 1]
}

/** The windows before these in which a code was shown that is still known as one, the latest first. */
export function pastWindows(at: number): readonly number[] {
  return Array.from({ length: rememberedWindows - 1 }, (_, ago) => windowAt(at) - 2 - ago)
}

/** So many decimal digits of HMAC-SHA-256 over a text, cut as RFC 4226 does. @param key 32 bytes @param count 9 at the most */
export function digitsOf(key: Uint8Array, text: string, count: number): string {
  const mac = hmac(sha256, key, utf8ToBytes(text))
  const offset = (mac[mac.length - 1] ?? 0) & 15
  const number = [0, 1, 2, 3].reduce((sum, at) => sum * 256 + (mac[offset + at] ?? 0), 0) % 0x8000_0000
  return String(number % 10 ** count).padStart(count, '0')
}

/** The six digits that a station shows in one window. @param siteKey 32 bytes */
export function stationCode(siteKey: Uint8Array, terminal: string, window: number): string {
  return digitsOf(siteKey, `visit-code|${terminal}|${window}`, digits)
}

/** What the square code beside the digits holds: which terminal it is, and the digits. */
export function stationCodeText(terminal: string, code: string): string {
  return `${prefix}${terminal}:${code}`
}

/** The terminal and the digits that a square code of a station holds; null for any other text. */
export function readStationCode(text: string): { readonly terminal: string; readonly code: string } | null {
  const [, terminal, code] = /^AIXIN-STATION:([\w.-]{1,64}):(\d{6})$/.exec(text.trim()) ?? []
  return terminal === undefined || code === undefined ? null : { terminal, code }
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
  for (const window of openWindows(at.now))
    if (stationCode(at.siteKey, at.terminal, window) === code)
      return used.includes(window) ? { verdict: 'used' } : { verdict: 'fresh', window }
  const wasShown = pastWindows(at.now).some(window => stationCode(at.siteKey, at.terminal, window) === code)
  return { verdict: wasShown ? 'stale' : 'unknown' }
}
