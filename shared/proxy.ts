import { hmac } from '@noble/hashes/hmac.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex } from '@noble/hashes/utils.js'
import { z } from 'zod'
import { type BusinessDate, businessDate } from './business-day.ts'
import { toBase64Url, utf8ToBytes } from './bytes.ts'
import { bytes32, type ProxyId, proxyId } from './ids.ts'

/** Portions that one proxy collects in one meal before a station lead has to look. One visit is one portion. */
export const mostPortions = 3
/** As many as there are digits to choose by. */
export const mostProxies = 9

/** Somebody who may collect a senior's meals, on business dates from `from` to `until`, both included. */
export const rosterProxy = z.object({
  id: proxyId,
  name: z.string().min(1).max(64),
  from: businessDate,
  until: businessDate,
  /** Registered at a till, and may be ended there; the others are the roster's. */
  byStaff: z.literal(true).optional(),
})
export type RosterProxy = z.infer<typeof rosterProxy>

/** A proxy as one site names them in its records: base64url HMAC-SHA-256 of the proxy id under the site's key. */
export const proxyRef = bytes32.brand<'ProxyRef'>()
export type ProxyRef = z.infer<typeof proxyRef>

/** @param siteKey the site's 32 bytes, which the province holds too */
export function proxyRefOf(siteKey: Uint8Array, id: ProxyId): ProxyRef {
  return proxyRef.parse(toBase64Url(hmac(sha256, siteKey, utf8ToBytes(`proxy|${id}`))))
}

/**
 * The id of a person by name and last four signs of their number: the same wherever they are registered, so that their portions add up
 * over all seniors whom they collect for.
 */
export function proxyIdOf(name: string, numberTail: string): ProxyId {
  return proxyId.parse(bytesToHex(sha256(utf8ToBytes(`proxy|${name.normalize('NFKC')}|${numberTail}`)).slice(0, 16)))
}

/** Those of a senior's proxies who may collect on a business date. */
export function proxiesOn(proxies: readonly RosterProxy[] | undefined, date: BusinessDate): RosterProxy[] {
  return (proxies ?? []).filter(({ from, until }) => from <= date && date <= until)
}
