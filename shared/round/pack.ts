import { hmac } from '@noble/hashes/hmac.js'
import { sha256 as hash } from '@noble/hashes/sha2.js'
import { fromBase32, toBase32 } from '../base32.ts'
import { bytesToHex, concatBytes, hexToBytes, sha256, utf8ToBytes } from '../bytes.ts'
import { proofKinds, type StopResult, seenKinds } from './result.ts'

/** What each code of a round's results begins with; an elder code begins with ZZ1. */
export const roundPrefix = 'ZZR1'

/** Results in one code: 40 stops are four codes of some 526 letters, QR version 14 at level M. */
export const resultsInPart = 10
const mostParts = 15
const purpose = utf8ToBytes('aixin-round-results-v1|')
const headBytes = 15
const macBytes = 16
const checkBytes = 4

/** One code of a round's results: part `part` of `of`, from 1. `batch` (3 hex digits) tells it from codes that were made of other results. */
export interface ResultPart {
  readonly round: string
  readonly batch: string
  readonly part: number
  readonly of: number
  readonly results: readonly StopResult[]
}

/** `damaged`: it is not one of our codes as it was made; `unknown`: of a round that nobody here has; `forged`: not made with the round's key. */
export type UnpackedPart =
  | ({ readonly ok: true } & ResultPart)
  | { readonly ok: false; readonly why: 'damaged' | 'unknown' | 'forged' }

/**
 * Results as the texts of QR codes, in route order, ten in each; none for no results. The layout is in docs/rounds.md.
 * @param round 16 hex digits
 * @param key the round's 32 bytes
 * @throws RangeError where there are more than 150 results, or times that lie more than 194 days apart
 */
export function packResults(round: string, key: Uint8Array, results: readonly StopResult[]): string[] {
  const of = Math.ceil(results.length / resultsInPart)
  if (of > mostParts) throw new RangeError('more results than a round has')
  const batch = sha256(utf8ToBytes(results.map(({ id }) => id).join(' ')))
  // Numbers up to 15 leave the higher half of their bytes to the batch.
  const marked = (value: number, byte: number) => ((batch[byte] ?? 0) & 0xf0) | value
  return Array.from({ length: of }, (_, at) => {
    const some = results.slice(at * resultsInPart, (at + 1) * resultsInPart)
    const since = Math.min(...some.map(result => result.at))
    const head = new Uint8Array(headBytes)
    const view = new DataView(head.buffer)
    head.set(hexToBytes(round))
    view.setUint8(8, marked(at + 1, 0))
    view.setUint8(9, marked(of, 1))
    view.setUint8(10, marked(some.length, 2))
    view.setUint32(11, since)
    const body = concatBytes(head, ...some.map(result => resultBytes(result, since)))
    const signed = concatBytes(body, macOf(key, body))
    return roundPrefix + toBase32(concatBytes(signed, sha256(signed).slice(0, checkBytes)))
  })
}

/** The round of a code, as far as its letters are whole; null where it is none of ours. Nothing is proven by it. */
export function roundOfPart(text: string): string | null {
  const signed = signedBytes(text)
  return signed === null ? null : bytesToHex(signed.slice(0, 8))
}

/** Reads one code. Never throws. @param keyOf the key of a round; null where it is not known here */
export function unpackPart(text: string, keyOf: (round: string) => Uint8Array | null): UnpackedPart {
  const signed = signedBytes(text)
  if (signed === null) return { ok: false, why: 'damaged' }
  const body = signed.slice(0, -macBytes)
  const round = bytesToHex(body.slice(0, 8))
  const key = keyOf(round)
  if (key === null) return { ok: false, why: 'unknown' }
  if (!isSame(macOf(key, body), signed.slice(-macBytes))) return { ok: false, why: 'forged' }
  const view = new DataView(body.buffer, body.byteOffset)
  const numbers = [view.getUint8(8), view.getUint8(9), view.getUint8(10)] as const
  const [part, of, count] = [numbers[0] & 15, numbers[1] & 15, numbers[2] & 15]
  const batch = numbers.map(number => (number >> 4).toString(16)).join('')
  const results = readResults(body.slice(headBytes), count, view.getUint32(11))
  const isPlaced = part >= 1 && part <= of && of <= mostParts
  return results === null || !isPlaced ? { ok: false, why: 'damaged' } : { ok: true, round, batch, part, of, results }
}

/** 13 bytes, and 16 more where there is a proof: id, stop, three bytes of seconds, what came of it. */
function resultBytes(result: StopResult, since: number): Uint8Array {
  const seconds = result.at - since
  if (seconds > 0xffffff) throw new RangeError('results that lie too far apart')
  const flags =
    result.outcome === 'nobody'
      ? result.takesBack
        ? 128
        : 0
      : 1 |
        ((result.proof === null ? 0 : proofKinds.indexOf(result.proof.kind) + 1) << 1) |
        (seenKinds.indexOf(result.seen) << 4) |
        (result.collected ? 64 : 0)
  const plain = [result.stop, seconds >> 16, (seconds >> 8) & 255, seconds & 255, flags]
  const proof = result.outcome === 'handed' && result.proof !== null ? hexToBytes(result.proof.hash) : new Uint8Array()
  return concatBytes(hexToBytes(result.id), Uint8Array.from(plain), proof)
}

function readResults(bytes: Uint8Array, count: number, since: number): StopResult[] | null {
  const results: StopResult[] = []
  let at = 0
  for (let index = 0; index < count; index++) {
    const [stop, high, middle, low, flags] = bytes.slice(at + 8, at + 13)
    if (stop === undefined || high === undefined || middle === undefined || low === undefined || flags === undefined)
      return null
    const about = {
      id: bytesToHex(bytes.slice(at, at + 8)),
      stop,
      at: since + ((high << 16) | (middle << 8) | low),
    }
    at += 13
    if (flags === 0 || flags === 128) {
      results.push({ ...about, outcome: 'nobody', ...(flags === 128 && { takesBack: true as const }) })
      continue
    }
    const seen = seenKinds[(flags >> 4) & 3]
    const proofNumber = (flags >> 1) & 7
    const kind = proofKinds[proofNumber - 1]
    if ((flags & 1) === 0 || flags > 127 || seen === undefined || (proofNumber > 0 && kind === undefined)) return null
    const proof = kind === undefined ? null : { kind, hash: bytesToHex(bytes.slice(at, at + 16)) }
    if (proof !== null) at += 16
    if (at > bytes.length) return null
    results.push({ ...about, outcome: 'handed', proof, seen, collected: (flags & 64) !== 0 })
  }
  return at === bytes.length ? results : null
}

/** Body and its mark of the round's key, where the letters are those that were made; null for anything else. */
function signedBytes(text: string): Uint8Array | null {
  if (!text.startsWith(roundPrefix)) return null
  try {
    const bytes = fromBase32(text.slice(roundPrefix.length))
    const signed = bytes.slice(0, -checkBytes)
    const isWhole = signed.length >= headBytes + macBytes
    return isWhole && isSame(sha256(signed).slice(0, checkBytes), bytes.slice(-checkBytes)) ? signed : null
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}

const macOf = (key: Uint8Array, body: Uint8Array) => hmac(hash, key, concatBytes(purpose, body)).slice(0, macBytes)

function isSame(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.reduce((differs, byte, at) => differs | (byte ^ (other[at] ?? 0)), 0) === 0
}
