import { digitsOf, openWindows, pastWindows, stationCode } from './station-code.ts'

const digits = 8
const prefix = 'AIXIN-CARER:'
/** Behind the name of the terminal where a record says that a phone answered its code. */
export const answeredByPhone = '/phone'

/**
 * What a carer's phone answers to the code of a station: eight digits of HMAC-SHA-256 under the carer's key over
 * `aixin-carer-answer-v1|terminal|code`, cut as RFC 4226 does.
 * @param key 32 bytes, of this carer at this terminal alone
 * @param code the six digits that the station shows
 */
export function carerAnswer(key: Uint8Array, terminal: string, code: string): string {
  return digitsOf(key, `aixin-carer-answer-v1|${terminal}|${code}`, digits)
}

/** What the square code beside the digits holds: whose answer it is, and the digits. */
export function carerAnswerText(carer: string, answer: string): string {
  return `${prefix}${carer}:${answer}`
}

/** True for the text of a phone's square code, be it right or wrong. */
export const isCarerAnswer = (text: string): boolean => text.trim().startsWith(prefix)

/** Whose answer a phone's square code says that it is, and its digits; null for any other text. */
export function readCarerAnswer(text: string): { readonly carer: string; readonly answer: string } | null {
  const [, carer, answer] = /^AIXIN-CARER:([\w.-]{1,64}):(\d{8})$/.exec(text.trim()) ?? []
  return carer === undefined || answer === undefined ? null : { carer, answer }
}

/** A carer whose phone holds a key of this terminal. */
export interface CarerPhone {
  readonly carer: string
  /** 32 bytes. */
  readonly key: Uint8Array
  /** Windows whose code this carer has shown already. */
  readonly used: readonly number[]
}

export type AnswerVerdict =
  | { readonly verdict: 'fresh'; readonly carer: string; readonly window: number }
  /**
   * `stale`: right for a code that was shown here and no longer counts; `none`: of a carer whose phone holds no key of this terminal;
   * `unknown`: none of this carer's, of this terminal's code, or of this key.
   */
  | { readonly verdict: 'used' | 'stale' | 'none' | 'unknown' }

/**
 * Judges an answer: the whole text of the phone's square code, which is held against the key of the carer whom it names, or its digits,
 * which are held against each key.
 */
export function judgeCarerAnswer(
  text: string,
  at: { readonly siteKey: Uint8Array; readonly terminal: string; readonly now: number },
  phones: readonly CarerPhone[],
): AnswerVerdict {
  const scanned = readCarerAnswer(text)
  const asked = scanned === null ? phones : phones.filter(({ carer }) => carer === scanned.carer)
  if (scanned !== null && asked.length === 0) return { verdict: 'none' }
  const answer = scanned?.answer ?? text.replace(/\s/g, '')
  const givenIn = (window: number) => {
    const code = stationCode(at.siteKey, at.terminal, window)
    return asked.find(({ key }) => carerAnswer(key, at.terminal, code) === answer)
  }
  for (const window of openWindows(at.now)) {
    const phone = givenIn(window)
    if (phone?.used.includes(window)) return { verdict: 'used' }
    if (phone !== undefined) return { verdict: 'fresh', carer: phone.carer, window }
  }
  const wasRight = pastWindows(at.now).some(window => givenIn(window) !== undefined)
  return { verdict: wasRight ? 'stale' : 'unknown' }
}
