import { hmac } from '@noble/hashes/hmac.js'
import { sha256 as hash } from '@noble/hashes/sha2.js'
import { bytesToHex, hexToBytes, sha256, utf8ToBytes } from '../bytes.ts'
import type { ProofKind } from './result.ts'

/**
 * What a result keeps of a proof: 16 bytes of HMAC-SHA-256 under the round's key, as hex. `shown` is the senior's id (code), the key of the
 * card, the digits of the one-time code, or the strokes of a signature.
 */
export function proofOf(key: Uint8Array, kind: ProofKind, stop: number, shown: string): string {
  return bytesToHex(hmac(hash, key, utf8ToBytes(`${kind}|${stop}|${shown}`)).slice(0, 16))
}

/** What a phone is given to tell a senior's own code and cards by, from which the proof cannot be made. 8 bytes of hex. */
export function checkOf(proof: string): string {
  return bytesToHex(sha256(hexToBytes(proof)).slice(0, 8))
}

/** A one-time hand-over code: five digits and one that tells a slip of the finger. @param five of them */
export function withCheckDigit(five: string): string {
  return five + checkDigit(five)
}

/** True for six digits without a slip of one finger; whether it is the code of a stop the phone cannot tell. */
export function handCodeIsSound(text: string): boolean {
  return /^\d{6}$/.test(text) && checkDigit(text.slice(0, 5)) === text.slice(5)
}

/** ISO 7064 MOD 11,10: finds every single wrong digit. */
function checkDigit(digits: string): string {
  let product = 10
  for (const digit of digits) {
    const sum = (product + Number(digit)) % 10
    product = ((sum === 0 ? 10 : sum) * 2) % 11
  }
  return String((11 - product) % 10)
}
