import { z } from 'zod'
import { bytes32 } from './ids.ts'

/** The keys that the province signs envelopes, opens what is sealed to it, and signs policy packs with: raw public keys, base64url. */
export const provinceKeySet = z.strictObject({ transport: bytes32, sealing: bytes32, policy: bytes32 })

/**
 * The province's keys after an exchange. A terminal that enrolled earlier takes a list only where its `number` is above that of the list it
 * holds, so that nobody who came by former keys can bring them back. `at` is Unix seconds.
 */
export const provinceKeyList = z.strictObject({
  purpose: z.literal('aixin-province-keys-v1'),
  number: z.int().positive(),
  at: z.int().nonnegative(),
  keys: provinceKeySet,
})
export type ProvinceKeyList = z.infer<typeof provinceKeyList>

/** A list as sent: its exact text, and the Ed25519 signature of the province's root key over the text's UTF-8 bytes. */
export const signedProvinceKeyList = z.strictObject({
  text: z.string().max(2000),
  signature: z.string().regex(/^[A-Za-z0-9_-]{86}$/),
})
export type SignedProvinceKeyList = z.infer<typeof signedProvinceKeyList>

/** What a signed text says; null where it is no list of keys. */
export function provinceKeyListIn(text: string): ProvinceKeyList | null {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    // A signed text that is no JSON is no list of keys, like any other text that does not fit.
    return null
  }
  const parsed = provinceKeyList.safeParse(json)
  return parsed.success ? parsed.data : null
}
