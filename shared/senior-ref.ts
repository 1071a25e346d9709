import { hmac } from '@noble/hashes/hmac.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { toBase64Url, utf8ToBytes } from './bytes.ts'
import type { SeniorId } from './ids.ts'
import { type SeniorRef, seniorRef } from './record.ts'

/** A senior's site-scoped reference: HMAC-SHA-256 of the senior id under the site's 32-byte key, which the province holds too. */
export function seniorRefOf(siteKey: Uint8Array, id: SeniorId): SeniorRef {
  return seniorRef.parse(toBase64Url(hmac(sha256, siteKey, utf8ToBytes(`senior|${id}`))))
}
