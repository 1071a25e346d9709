import { decode, encode } from 'cborg'
import { z } from 'zod'
import { fromBase32, toBase32 } from './base32.ts'
import { fromBase45, toBase45 } from './base45.ts'
import { bytesToHex, hexToBytes } from './bytes.ts'
import { type SeniorId, seniorId } from './ids.ts'

/** `dynamic` is a fresh code on a phone; `paper` is printed on a card and can be copied. */
export const elderCodeKind = z.enum(['dynamic', 'paper'])
export type ElderCodeKind = z.infer<typeof elderCodeKind>

/** The signature schemes a token may name. Only `EdDSA` (Ed25519) can stand in a key list today. */
export type ElderCodeAlgorithm = 'EdDSA' | 'ES256' | 'SM2'

/** What an elder code says. Times are Unix seconds; `serial` is 8 bytes of hex; a dynamic code counts up, a paper code has no counter. */
export interface ElderCodeClaims {
  readonly kind: ElderCodeKind
  readonly issuedAt: number
  readonly expiresAt: number
  readonly serial: string
  readonly seniorId: SeniorId
  readonly counter: number | null
}

/** A decoded token whose signature nobody has checked yet. `signedBytes` is the COSE Sig_structure that `signature` must sign. */
export interface ElderCodeToken extends ElderCodeClaims {
  readonly keyId: string
  readonly algorithm: ElderCodeAlgorithm
  readonly signedBytes: Uint8Array
  readonly signature: Uint8Array
}

export type ParsedElderCode =
  | { readonly ok: true; readonly token: ElderCodeToken }
  | { readonly ok: false; readonly problem: 'CODE_UNKNOWN' | 'CODE_DAMAGED' }

export type ElderCodeEncoding = 'base32' | 'base45'

const prefixes = { base32: 'ZZ1B', base45: 'ZZ1:' } as const

/** COSE header labels (RFC 9052), CWT claim labels (RFC 8392), and a private label for the body, as CWT `sub` must be text. */
const label = { algorithm: 1, keyId: 4, expiresAt: 4, issuedAt: 6, serial: 7, body: -65550 } as const
const kindNumbers = { dynamic: 1, paper: 2 } as const

const algorithms = new Map<number, ElderCodeAlgorithm>([
  [-8, 'EdDSA'],
  [-19, 'EdDSA'],
  [-7, 'ES256'],
  [-65537, 'SM2'],
])

const bytesOf = (length: number) => z.instanceof(Uint8Array).refine(bytes => bytes.length === length)
const wholeNumber = z.int().nonnegative()
const coseSign1 = z.tuple([
  z.instanceof(Uint8Array),
  z.instanceof(Map).refine(unprotected => unprotected.size === 0),
  z.instanceof(Uint8Array),
  bytesOf(64),
])
const protectedHeader = z.object({ algorithm: z.int(), keyId: bytesOf(4) })
const claimSet = z.object({
  expiresAt: wholeNumber,
  issuedAt: wholeNumber,
  serial: bytesOf(8),
  body: z.union([
    z.tuple([z.literal(kindNumbers.dynamic), bytesOf(16), wholeNumber]),
    z.tuple([z.literal(kindNumbers.paper), bytesOf(16)]),
  ]),
})

/**
 * Decodes the text of a code into an elder code token (CWT in COSE_Sign1, untagged), without judging it.
 * A text of another maker is CODE_UNKNOWN; one with our prefix that is not exactly one well-formed token is CODE_DAMAGED. Never throws.
 */
export function parseElderCode(text: string): ParsedElderCode {
  const encoding = text.startsWith(prefixes.base32) ? 'base32' : text.startsWith(prefixes.base45) ? 'base45' : null
  if (encoding === null) return { ok: false, problem: 'CODE_UNKNOWN' }
  const token = decodeToken(text.slice(4), encoding)
  return token === null ? { ok: false, problem: 'CODE_DAMAGED' } : { ok: true, token }
}

/**
 * Writes and signs an elder code; `sign` gets the COSE Sig_structure and gives 64 bytes of Ed25519 signature.
 * @throws TypeError where the claims or the signature do not fit the format
 */
export async function encodeElderCode(
  claims: ElderCodeClaims & { readonly keyId: string },
  sign: (bytes: Uint8Array) => Uint8Array | Promise<Uint8Array>,
  encoding: ElderCodeEncoding,
): Promise<string> {
  if ((claims.kind === 'dynamic') !== (claims.counter !== null))
    throw new TypeError('a dynamic code counts, a paper code does not')
  const header = encode(
    new Map<number, unknown>([
      [label.algorithm, -8],
      [label.keyId, hexToBytes(claims.keyId)],
    ]),
  )
  const reference = hexToBytes(claims.seniorId)
  const payload = encode(
    new Map<number, unknown>([
      [label.expiresAt, claims.expiresAt],
      [label.issuedAt, claims.issuedAt],
      [label.serial, hexToBytes(claims.serial)],
      [label.body, [kindNumbers[claims.kind], reference, ...(claims.counter === null ? [] : [claims.counter])]],
    ]),
  )
  const signature = await sign(signatureStructure(header, payload))
  const cose = encode([header, new Map(), payload, signature])
  if (tokenOf(cose) === null) throw new TypeError('the claims do not fit an elder code')
  return prefixes[encoding] + (encoding === 'base32' ? toBase32(cose) : toBase45(cose))
}

function decodeToken(text: string, encoding: ElderCodeEncoding): ElderCodeToken | null {
  try {
    return tokenOf(encoding === 'base32' ? fromBase32(text) : fromBase45(text))
  } catch {
    // base32, base45 and cborg tell of malformed text by throwing; to the caller each of them is a damaged code.
    return null
  }
}

function tokenOf(cose: Uint8Array): ElderCodeToken | null {
  const envelope = coseSign1.safeParse(decodeCanonical(cose))
  if (!envelope.success) return null
  const [headerBytes, , payload, signature] = envelope.data
  const header = protectedHeader.safeParse(namedFields(headerBytes, ['algorithm', 'keyId']))
  const claims = claimSet.safeParse(namedFields(payload, ['expiresAt', 'issuedAt', 'serial', 'body']))
  if (!header.success || !claims.success) return null
  const algorithm = algorithms.get(header.data.algorithm)
  if (algorithm === undefined) return null
  const [kind, reference, counter] = claims.data.body
  return {
    kind: kind === kindNumbers.dynamic ? 'dynamic' : 'paper',
    keyId: bytesToHex(header.data.keyId),
    algorithm,
    issuedAt: claims.data.issuedAt,
    expiresAt: claims.data.expiresAt,
    serial: bytesToHex(claims.data.serial),
    seniorId: seniorId.parse(bytesToHex(reference)),
    counter: counter ?? null,
    signedBytes: signatureStructure(headerBytes, payload),
    signature,
  }
}

/** Sig_structure of RFC 9052 section 4.4 for COSE_Sign1, with no external data. */
function signatureStructure(header: Uint8Array, payload: Uint8Array): Uint8Array {
  return encode(['Signature1', header, new Uint8Array(0), payload])
}

/** Exactly the named fields of a CBOR map, or null: an unknown claim may carry a rule that this version would not keep. */
function namedFields(bytes: Uint8Array, names: readonly (keyof typeof label)[]): Record<string, unknown> | null {
  const map = decodeCanonical(bytes)
  if (!(map instanceof Map) || map.size !== names.length) return null
  return Object.fromEntries(names.map(name => [name, map.get(label[name])]))
}

/** One value, one spelling: strict CBOR that encodes back to the very same bytes, so nothing can be hidden in an alternative form. */
function decodeCanonical(bytes: Uint8Array): unknown {
  const value: unknown = decode(bytes, {
    useMaps: true,
    strict: true,
    allowIndefinite: false,
    rejectDuplicateMapKeys: true,
  })
  const again = encode(value)
  if (again.length !== bytes.length || again.some((byte, index) => byte !== bytes[index])) {
    throw new SyntaxError('not canonical CBOR')
  }
  return value
}
