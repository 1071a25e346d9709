import { z } from 'zod'
import { bytesToHex, sha256, toBase64Url } from './bytes.ts'
import { canonicalJson } from './canonical-json.ts'
import { elderCodeKind } from './elder-code.ts'
import { bytes32, type SeniorId, siteId } from './ids.ts'
import { type PlaceFacts, placeFacts } from './policy/facts.ts'
import type { Site } from './site.ts'

/** 4 bytes of hex that name a key in a code. */
export const keyId = z.string().regex(/^[0-9a-f]{8}$/)
const seconds = z.int().nonnegative()
/** An area that states no part would be everywhere. */
const area = placeFacts.refine(place => Object.keys(place).length > 0, 'an area must state a place')
const window = (key: { notBefore: number; notAfter: number }) => key.notBefore <= key.notAfter

/**
 * One entry of the signed key list. `keyId` is 4 bytes of hex, `publicKey` the raw 32 bytes as base64url, times are Unix seconds.
 * `sites` and `areas`, where they are stated, are where its codes count: at one of these sites, or at a site in one of these places.
 */
export const codeKey = z
  .strictObject({
    keyId,
    algorithm: z.literal('EdDSA'),
    publicKey: bytes32,
    notBefore: seconds,
    notAfter: seconds,
    kinds: z.array(elderCodeKind).min(1),
    sites: z.array(siteId).min(1).optional(),
    areas: z.array(area).min(1).optional(),
    /** Its codes count nowhere any more, whatever its window says. */
    revoked: z.literal(true).optional(),
  })
  .refine(window, 'notAfter lies before notBefore')
export type CodeKey = z.infer<typeof codeKey>

/** All keys that sign elder codes, as one numbered list: a higher number takes the place of a lower one, never the other way round. */
export const codeKeyList = z
  .strictObject({
    purpose: z.literal('aixin-code-keys-v1'),
    number: z.int().positive(),
    /** When the list was made, Unix seconds. */
    at: seconds,
    keys: z.array(codeKey).max(200),
  })
  .refine(list => new Set(list.keys.map(key => key.keyId)).size === list.keys.length, 'one keyId stands twice')
export type CodeKeyList = z.infer<typeof codeKeyList>

/** A key list as published: its exact text, and the Ed25519 signature of the province's root key over the text's UTF-8 bytes. */
export const signedCodeKeyList = z.strictObject({
  text: z.string().max(200_000),
  signature: z.string().regex(/^[A-Za-z0-9_-]{86}$/),
})
export type SignedCodeKeyList = z.infer<typeof signedCodeKeyList>

/** The key of one senior's own phone, as the roster carries it: it signs dynamic codes of this senior and of nobody else. */
export const deviceKey = z
  .strictObject({ keyId, publicKey: bytes32, notBefore: seconds, notAfter: seconds })
  .refine(window, 'notAfter lies before notBefore')
export type DeviceKey = z.infer<typeof deviceKey>

/** A key that a code may have been signed with: of the list, or, where `holder` is a senior, of that senior's phone. */
export type SigningKey = CodeKey & { readonly holder: SeniorId | null }

/** The list's key of this id, else the senior's own phone key of this id; null where neither knows it. */
export function signingKey(
  id: string,
  list: readonly CodeKey[],
  phone: { readonly senior: SeniorId; readonly keys: readonly DeviceKey[] },
): SigningKey | null {
  const listed = list.find(key => key.keyId === id)
  if (listed !== undefined) return { ...listed, holder: null }
  const own = phone.keys.find(key => key.keyId === id)
  return own === undefined ? null : { ...own, algorithm: 'EdDSA', kinds: ['dynamic'], holder: phone.senior }
}

/** True where a key's codes count at a site; a key without stated sites and areas counts everywhere. */
export function keyCovers(key: CodeKey, site: Pick<Site, 'id' | 'facts'>): boolean {
  if (key.sites === undefined && key.areas === undefined) return true
  const inArea = (area: PlaceFacts) => lies(site.facts.place, area)
  return (key.sites ?? []).includes(site.id) || (key.areas ?? []).some(inArea)
}

/** True where every part of the area that is stated is the place's own. */
function lies(place: PlaceFacts, area: PlaceFacts): boolean {
  return placeParts.every(part => area[part] === undefined || area[part] === place[part])
}
const placeParts = ['province', 'city', 'district', 'street', 'village'] as const

/** The id of a key: the first 4 bytes of SHA-256 over its raw public key, as hex. */
export function keyIdOf(publicKey: Uint8Array): string {
  return bytesToHex(sha256(publicKey)).slice(0, 8)
}

/** What a phone signs with its new key to show that it holds it: canonical JSON of senior and key, under a purpose of its own. */
export function deviceKeyClaim(senior: SeniorId, publicKey: Uint8Array): string {
  return canonicalJson({ purpose: 'aixin-device-key-v1', senior, publicKey: toBase64Url(publicKey) })
}
