import { createPublicKey, verify } from 'node:crypto'
import { fromBase64Url, toBase64Url } from '../../../shared/bytes.ts'
import { type CodeKey, type DeviceKey, keyCovers, type SigningKey, signingKey } from '../../../shared/code-keys.ts'
import type { Assurance } from '../../../shared/credential.ts'
import type { ElderCodeKind, ElderCodeToken } from '../../../shared/elder-code.ts'
import type { SeniorId } from '../../../shared/ids.ts'
import type { Site } from '../../../shared/site.ts'

/** The longest life of a dynamic code, in seconds. */
export const DYNAMIC_LIFE_SECONDS = 120
/** The longest life of a paper code, in seconds: one year with a leap day. */
export const PAPER_LIFE_SECONDS = 366 * 86_400
/** How far the clocks of a phone and a terminal may lie apart, in seconds. */
export const CLOCK_TOLERANCE_SECONDS = 90
/** What is allowed beyond expiry while the terminal's own clock cannot be trusted, in seconds. */
const DOUBTED_CLOCK_TOLERANCE_SECONDS = 86_400
/** How long a spent serial must be remembered after the code expired, in seconds: as long as any clock could let it pass, and twice the clock tolerance. */
export const REPLAY_MEMORY_SECONDS = DOUBTED_CLOCK_TOLERANCE_SECONDS + 2 * CLOCK_TOLERANCE_SECONDS

/** Why a well-formed code is refused; finer than the problem that staff are told. */
export type CodeProblem =
  | 'CODE_KEY_UNKNOWN'
  | 'CODE_KEY_EXPIRED'
  | 'CODE_KEY_REVOKED'
  | 'CODE_NOT_FOR_HERE'
  | 'CODE_FORGED'
  | 'CODE_LIVES_TOO_LONG'
  | 'CODE_FROM_FUTURE'
  | 'CODE_EXPIRED'
  | 'CODE_REVOKED'
  | 'CODE_REPLACED'
  | 'CODE_REPLAYED'

/** What the terminal knows when it judges a code. Times are Unix seconds. */
export interface CodeKnowledge {
  /** Of the list that the province's root key signed. */
  readonly keys: readonly CodeKey[]
  readonly site: Pick<Site, 'id' | 'facts'>
  readonly nowSeconds: number
  readonly clockTrusted: boolean
  /** Keys of this senior's own phones. */
  deviceKeys(seniorId: SeniorId): readonly DeviceKey[]
  seen(keyId: string, serial: string): boolean
  /** The last count of the senior's codes from the province, or of those that one of their phones made. */
  lastCounter(seniorId: SeniorId, deviceKeyId: string | null): number | null
  /** The least issue time of a paper code still good for the senior. */
  cardVersion(seniorId: SeniorId): number | null
  /** Codes of either kind issued before this time do not count; 0 where none was revoked. */
  revokedBefore(seniorId: SeniorId): number
  serialRevoked(serial: string): boolean
  verify(publicKeyRaw: Uint8Array, signedBytes: Uint8Array, signature: Uint8Array): boolean
}

export type JudgedCode =
  | {
      readonly ok: true
      readonly assurance: Assurance
      readonly kind: ElderCodeKind
      readonly seniorId: SeniorId
      readonly keyId: string
      readonly serial: string
      readonly expiresAt: number
      readonly counter: number | null
      /** The phone's key that signed it; null where the province did. Each counts for itself. */
      readonly deviceKeyId: string | null
    }
  | { readonly ok: false; readonly problem: CodeProblem }

/**
 * Judges an elder code with what the terminal itself knows, without a network. Reads only: the caller marks the code spent
 * after all else about the check-in has passed. A fresh dynamic code shows `possessed`; a paper code, and a dynamic one
 * while the clock is in doubt, only `presented`.
 */
export function judgeCode(token: ElderCodeToken, known: CodeKnowledge): JudgedCode {
  const { kind, seniorId, keyId, serial, expiresAt, counter } = token
  const key = signingKey(keyId, known.keys, { senior: seniorId, keys: known.deviceKeys(seniorId) })
  if (key === null) return { ok: false, problem: 'CODE_KEY_UNKNOWN' }
  const deviceKeyId = key.holder === null ? null : key.keyId
  const problem = keyProblem(token, key, known) ?? timeProblem(token, known) ?? holderProblem(token, deviceKeyId, known)
  if (problem !== null) return { ok: false, problem }
  const assurance = kind === 'dynamic' && known.clockTrusted ? 'possessed' : 'presented'
  return { ok: true, assurance, kind, seniorId, keyId, serial, expiresAt, counter, deviceKeyId }
}

/** Checks an Ed25519 signature (RFC 8032) against a raw 32-byte public key; false for anything malformed. */
export function verifyEd25519(publicKeyRaw: Uint8Array, signedBytes: Uint8Array, signature: Uint8Array): boolean {
  if (publicKeyRaw.length !== 32 || signature.length !== 64) return false
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: toBase64Url(publicKeyRaw) }, format: 'jwk' })
  return verify(null, signedBytes, key, signature)
}

/** Nothing a code claims, but whose key it names, is looked at before its signature holds. */
function keyProblem(token: ElderCodeToken, key: SigningKey, known: CodeKnowledge): CodeProblem | null {
  if (key.revoked === true) return 'CODE_KEY_REVOKED'
  if (key.algorithm !== token.algorithm) return 'CODE_FORGED'
  if (!known.verify(fromBase64Url(key.publicKey), token.signedBytes, token.signature)) return 'CODE_FORGED'
  if (!key.kinds.includes(token.kind)) return 'CODE_FORGED'
  if (!keyCovers(key, known.site)) return 'CODE_NOT_FOR_HERE'
  const issuedInWindow = token.issuedAt >= key.notBefore && token.issuedAt <= key.notAfter
  const keyPast = known.clockTrusted && known.nowSeconds > key.notAfter + CLOCK_TOLERANCE_SECONDS
  return issuedInWindow && !keyPast ? null : 'CODE_KEY_EXPIRED'
}

/** A clock in doubt cannot say that a code is too young, and needs a day's grace to say that one is too old. */
function timeProblem(token: ElderCodeToken, known: CodeKnowledge): CodeProblem | null {
  const life = token.expiresAt - token.issuedAt
  if (life > (token.kind === 'dynamic' ? DYNAMIC_LIFE_SECONDS : PAPER_LIFE_SECONDS)) return 'CODE_LIVES_TOO_LONG'
  if (life < 0) return 'CODE_EXPIRED'
  if (known.clockTrusted && token.issuedAt > known.nowSeconds + CLOCK_TOLERANCE_SECONDS) return 'CODE_FROM_FUTURE'
  const grace = known.clockTrusted ? CLOCK_TOLERANCE_SECONDS : DOUBTED_CLOCK_TOLERANCE_SECONDS
  return known.nowSeconds > token.expiresAt + grace ? 'CODE_EXPIRED' : null
}

function holderProblem(token: ElderCodeToken, deviceKeyId: string | null, known: CodeKnowledge): CodeProblem | null {
  if (token.issuedAt < known.revokedBefore(token.seniorId)) return 'CODE_REVOKED'
  if (known.serialRevoked(token.serial)) return 'CODE_REVOKED'
  if (token.kind === 'paper') {
    const leastIssue = known.cardVersion(token.seniorId)
    return leastIssue !== null && token.issuedAt < leastIssue ? 'CODE_REPLACED' : null
  }
  if (known.seen(token.keyId, token.serial)) return 'CODE_REPLAYED'
  const last = known.lastCounter(token.seniorId, deviceKeyId)
  return last !== null && (token.counter ?? 0) <= last ? 'CODE_REPLAYED' : null
}
