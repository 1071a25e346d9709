import { hmac } from '@noble/hashes/hmac.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, concatBytes, fromBase64Url, hexToBytes, toBase64Url, utf8ToBytes } from './bytes.ts'
import { type SeniorId, seniorId, type TerminalId } from './ids.ts'
import { statementMonth } from './statement.ts'
import type { KeyPair, Suite } from './suite.ts'

/** For how long (ms) a printed code opens its page. */
export const linkLife = 90 * 86_400_000
/** A till's clock may be so far ahead (ms); what claims to be of later is none. */
const aheadMost = 86_400_000

/** Whose statement of which month a code opens, and when it was printed (ms). */
export interface StatementLink {
  readonly senior: SeniorId
  readonly month: string
  readonly printedAt: number
}

const version = 1
const proofLength = 16
/** Ephemeral key, 25 bytes and tag of a sealed link. */
const sealedLength = 32 + 25 + 16
/** Letters of a token. */
export const tokenLength = Math.ceil(((sealedLength + proofLength) * 4) / 3)

const contextOf = (terminal: string) => `statement-link|${terminal}`

function proofOf(siteKey: Uint8Array, terminal: string, sealed: Uint8Array): Uint8Array {
  return hmac(sha256, siteKey, concatBytes(utf8ToBytes(`${contextOf(terminal)}|`), sealed)).slice(0, proofLength)
}

/**
 * A token for a printed statement, made without a network: what it opens is sealed to the province with a fresh key each time, so that two
 * tokens of one senior have nothing in common, and proven by the site's key, which only the site's tills and the province hold.
 */
export async function makeToken(
  suite: Suite,
  by: { readonly terminal: TerminalId; readonly siteKey: Uint8Array; readonly sealTo: Uint8Array },
  { senior, month, printedAt }: StatementLink,
): Promise<string> {
  const [year = 0, number = 0] = month.split('-').map(Number)
  const plain = new Uint8Array(25)
  const view = new DataView(plain.buffer)
  view.setUint8(0, version)
  plain.set(hexToBytes(senior), 1)
  view.setUint16(17, year * 12 + number - 1)
  view.setUint16(19, Math.floor(printedAt / 2 ** 32))
  view.setUint32(21, printedAt % 2 ** 32)
  const sealed = await suite.seal(by.sealTo, plain, contextOf(by.terminal))
  return toBase64Url(concatBytes(sealed, proofOf(by.siteKey, by.terminal, sealed)))
}

/** True where a token was made with the key of the terminal's site. Costs one hash: whoever guesses is sent away before anything is opened. */
export function tokenIsProven(siteKey: Uint8Array, terminal: string, token: string): boolean {
  const bytes = bytesOf(token)
  if (bytes === null) return false
  const proof = proofOf(siteKey, terminal, bytes.slice(0, sealedLength))
  let differs = 0
  for (const [place, byte] of proof.entries()) differs |= byte ^ (bytes[sealedLength + place] ?? 0)
  return differs === 0
}

/** What a proven token opens; null where it does not open, is over or is of the future. @param now ms */
export async function openToken(
  suite: Suite,
  sealing: KeyPair,
  { terminal, token, now }: { readonly terminal: string; readonly token: string; readonly now: number },
): Promise<StatementLink | null> {
  const bytes = bytesOf(token)
  const plain = bytes && (await suite.open(sealing, bytes.slice(0, sealedLength), contextOf(terminal)))
  if (plain?.length !== 25 || plain[0] !== version) return null
  const view = new DataView(plain.buffer, plain.byteOffset, plain.byteLength)
  const months = view.getUint16(17)
  const month = `${Math.floor(months / 12)}-${String((months % 12) + 1).padStart(2, '0')}`
  const printedAt = view.getUint16(19) * 2 ** 32 + view.getUint32(21)
  const isNow = now < printedAt + linkLife && printedAt < now + aheadMost
  if (!isNow || !statementMonth.safeParse(month).success) return null
  return { senior: seniorId.parse(bytesToHex(plain.slice(1, 17))), month, printedAt }
}

function bytesOf(token: string): Uint8Array | null {
  if (token.length !== tokenLength) return null
  try {
    return fromBase64Url(token)
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}

/** Where the page of a printed code lies at the province. */
export function linkPath(terminal: TerminalId, token: string): string {
  return `/m/${terminal}/${token}`
}
