import { createPrivateKey, generateKeyPairSync, sign } from 'node:crypto'
import { encode } from 'cborg'
import { expect, test } from 'vitest'
import type { CodeKnowledge } from '../../../electron/core/identify/judge-code.ts'
import { fromBase32, toBase32 } from '../../../shared/base32.ts'
import { hexToBytes } from '../../../shared/bytes.ts'
import type { DeviceKey } from '../../../shared/code-keys.ts'
import type { ElderCodeClaims } from '../../../shared/elder-code.ts'
import { seniorId, siteId } from '../../../shared/ids.ts'
import { codeKnowledge, elderCodeClaims, elderCodeMaker, verdictOn } from '../../support/elder-code-maker.ts'

/*
 * What every reader of elder codes must say to every kind of code (docs/elder-code.md). A case is a text and what the terminal knows;
 * the verdict is the assurance that a good code shows, or the reason why it is not taken.
 */

const now = 1_790_000_000
const day = 86_400
const maker = elderCodeMaker()
const phone = elderCodeMaker()
const otherPhone = elderCodeMaker()
const senior = elderCodeClaims().seniorId
const another = seniorId.parse('ffeeddccbbaa99887766554433221100')
const phoneKey = (by = phone, window: Partial<DeviceKey> = {}): DeviceKey => ({
  keyId: by.key.keyId,
  publicKey: by.key.publicKey,
  notBefore: now - day,
  notAfter: now + day,
  ...window,
})
const boundElsewhere = { keys: [{ ...maker.key, sites: [siteId.parse('riverside')] }] }
const withPhone = (key = phoneKey()) => ({ deviceKeys: (id: string) => (id === senior ? [key] : []) })

const code = (claims: Partial<ElderCodeClaims> = {}, by = maker) => by.mint({ issuedAt: now, ...claims })
const paper = (claims: Partial<ElderCodeClaims> = {}, by = maker) => code({ kind: 'paper', ...claims }, by)
const code45 = (claims: Partial<ElderCodeClaims> = {}) => maker.mint({ issuedAt: now, ...claims }, 'base45')

const header = (algorithm = -8, keyId = hexToBytes(maker.key.keyId)) => [
  [1, algorithm],
  [4, keyId],
]
const claims = (issuedAt = now) => [
  [4, issuedAt + 120],
  [6, issuedAt],
  [7, new Uint8Array(8).fill(1)],
  [-65550, [1, hexToBytes(senior), 1]],
]
type Entries = readonly (readonly unknown[])[]
const mapOf = (entries: Entries) => encode(new Map(entries.map(([key, value]) => [key, value])))

/** A token of any shape, truly signed by the listed key over exactly these bytes. */
function signed(parts: {
  header?: Uint8Array
  payload?: Uint8Array
  unprotected?: Map<number, unknown>
  wrap?: (cose: unknown[]) => unknown
  tail?: number[]
}): string {
  const protectedBytes = parts.header ?? mapOf(header())
  const payload = parts.payload ?? mapOf(claims())
  const signature = maker.sign(encode(['Signature1', protectedBytes, new Uint8Array(0), payload]))
  const cose = [protectedBytes, parts.unprotected ?? new Map(), payload, signature]
  return `ZZ1B${toBase32(Uint8Array.from([...encode(parts.wrap?.(cose) ?? cose), ...(parts.tail ?? [])]))}`
}

const bytes = (...parts: (number | Uint8Array)[]) =>
  Uint8Array.from(parts.flatMap(part => (typeof part === 'number' ? [part] : [...part])))
const kid = hexToBytes(maker.key.keyId)

/** The last letter of base32 carries bits that no byte needs: 212 letters are 1060 bits, 132 bytes are 1056. */
function spareBit(text: string, bit: number): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
  const last = alphabet.indexOf(text.slice(-1)) ^ bit
  return text.slice(0, -1) + alphabet.charAt(last)
}

/** A group of base45 letters written as a greater number that has the same low 16 bits. */
function overflown(text: string): string {
  const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:'
  for (let at = 4; at + 3 <= text.length; at += 3) {
    const [a = 0, b = 0, c = 0] = [...text.slice(at, at + 3)].map(letter => alphabet.indexOf(letter))
    const more = a + b * 45 + c * 2025 + 65_536
    if (more < 45 ** 3)
      return (
        text.slice(0, at) +
        alphabet.charAt(more % 45) +
        alphabet.charAt(Math.floor(more / 45) % 45) +
        alphabet.charAt(Math.floor(more / 2025)) +
        text.slice(at + 3)
      )
  }
  throw new Error('no group of this text can be overflown')
}

/** The same signature with its scalar raised by the order of the group (RFC 8032 forbids it). */
function malleable(text: string): string {
  const order = hexToBytes('edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010')
  const cose = fromBase32(text.slice(4))
  let carry = 0
  for (let at = 0; at < 32; at += 1) {
    const place = cose.length - 32 + at
    const sum = (cose[place] ?? 0) + (order[at] ?? 0) + carry
    cose[place] = sum & 255
    carry = sum >> 8
  }
  return `ZZ1B${toBase32(cose)}`
}

/** Signed over a Sig_structure of another context, as a COSE signature of something else would be. */
async function signedElsewhere(): Promise<string> {
  const cose = fromBase32((await code()).slice(4))
  const payload = mapOf(claims())
  const signature = maker.sign(encode(['CounterSignature', mapOf(header()), new Uint8Array(0), payload]))
  expect(cose).toHaveLength(132)
  return `ZZ1B${toBase32(encode([mapOf(header()), new Map(), payload, signature]))}`
}

function signedByEcdsa(): string {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const key = createPrivateKey(privateKey.export({ format: 'pem', type: 'pkcs8' }))
  const protectedBytes = mapOf(header(-7))
  const payload = mapOf(claims())
  const toSign = encode(['Signature1', protectedBytes, new Uint8Array(0), payload])
  const signature = sign('sha256', toSign, { key, dsaEncoding: 'ieee-p1363' })
  return `ZZ1B${toBase32(encode([protectedBytes, new Map(), payload, new Uint8Array(signature)]))}`
}

type Case = readonly [
  name: string,
  text: () => string | Promise<string>,
  verdict: string,
  knows?: Partial<CodeKnowledge>,
]

const cases: readonly Case[] = [
  // good codes
  ['a fresh dynamic code in base32', () => code(), 'possessed'],
  ['a fresh dynamic code in base45', () => code45(), 'possessed'],
  ['a paper code in base32', () => paper(), 'presented'],
  ['a paper code in base45', () => maker.mint({ kind: 'paper', issuedAt: now }, 'base45'), 'presented'],
  ['a token put together by hand', () => signed({}), 'possessed'],
  ['the newer number of the same algorithm (RFC 9864)', () => signed({ header: mapOf(header(-19)) }), 'possessed'],

  // other makers
  ['an empty text', () => '', 'CODE_UNKNOWN'],
  ['a payment code', () => '286812345678901234', 'CODE_UNKNOWN'],
  ['a web address', () => 'https://pay.example/qr?x=1', 'CODE_UNKNOWN'],
  ['a later version of our prefix', async () => `ZZ2B${(await code()).slice(4)}`, 'CODE_UNKNOWN'],
  ['our prefix in lower case', async () => `zz1b${(await code()).slice(4)}`, 'CODE_UNKNOWN'],
  ['a space before the code', async () => ` ${await code()}`, 'CODE_UNKNOWN'],

  // base32 that is not the canonical text
  ...[1, 2, 4, 8].map(
    (bit): Case => [`base32 with spare bit ${bit} set`, async () => spareBit(await code(), bit), 'CODE_DAMAGED'],
  ),
  ['base32 of a paper code with a spare bit set', async () => spareBit(await paper(), 1), 'CODE_DAMAGED'],
  ['base32 in lower case', async () => `ZZ1B${(await code()).slice(4).toLowerCase()}`, 'CODE_DAMAGED'],
  ['base32 with padding', async () => `${await code()}====`, 'CODE_DAMAGED'],
  ['base32 with a space after it', async () => `${await code()} `, 'CODE_DAMAGED'],
  ['base32 with a line end after it', async () => `${await code()}\n`, 'CODE_DAMAGED'],
  ['base32 with a space in its midst', async () => (await code()).replace(/^(.{40})/, '$1 '), 'CODE_DAMAGED'],
  ['base32 with a digit that it does not have', async () => `${(await code()).slice(0, -1)}0`, 'CODE_DAMAGED'],
  ['base32 with one letter too many', async () => `${await code()}A`, 'CODE_DAMAGED'],
  ['base32 with one letter too few', async () => (await code()).slice(0, -1), 'CODE_DAMAGED'],
  ['base32 with a whole group more', async () => `${await code()}AAAAAAAA`, 'CODE_DAMAGED'],
  ['the prefix of base32 alone', () => 'ZZ1B', 'CODE_DAMAGED'],
  ['base45 under the prefix of base32', async () => `ZZ1B${(await code45()).slice(4)}`, 'CODE_DAMAGED'],

  // base45 that is not the canonical text
  ['base45 with a group worth more than two bytes', async () => overflown(await code45()), 'CODE_DAMAGED'],
  [
    'base45 with a last group worth more than a byte',
    async () => `${(await maker.mint({ kind: 'paper', issuedAt: now }, 'base45')).slice(0, -2)}::`,
    'CODE_DAMAGED',
  ],
  ['base45 in lower case', async () => `ZZ1:${(await code45()).slice(4).toLowerCase()}`, 'CODE_DAMAGED'],
  ['base45 without its last letter', async () => (await code45()).slice(0, -1), 'CODE_DAMAGED'],
  ['base45 with a space after it', async () => `${await code45()} `, 'CODE_DAMAGED'],
  ['base45 with one letter replaced by one outside', async () => (await code45()).replace(/.$/, '='), 'CODE_DAMAGED'],
  ['the prefix of base45 alone', () => 'ZZ1:', 'CODE_DAMAGED'],
  ['base32 under the prefix of base45', async () => `ZZ1:${(await code()).slice(4)}`, 'CODE_DAMAGED'],

  // one value, one spelling
  ['a byte after the token', () => signed({ tail: [0] }), 'CODE_DAMAGED'],
  [
    'a tag 18 around it',
    async () => `ZZ1B${toBase32(bytes(0xd2, fromBase32((await code()).slice(4))))}`,
    'CODE_DAMAGED',
  ],
  ['five members', () => signed({ wrap: cose => [...cose, 0] }), 'CODE_DAMAGED'],
  ['three members', () => signed({ wrap: cose => cose.slice(0, 3) }), 'CODE_DAMAGED'],
  ['an unprotected header', () => signed({ unprotected: new Map([[1, -8]]) }), 'CODE_DAMAGED'],
  [
    'a header with the same key twice',
    () => signed({ header: bytes(0xa3, 1, 0x27, 1, 0x27, 4, 0x44, kid) }),
    'CODE_DAMAGED',
  ],
  ['a header of indefinite length', () => signed({ header: bytes(0xbf, 1, 0x27, 4, 0x44, kid, 0xff) }), 'CODE_DAMAGED'],
  ['a header out of order', () => signed({ header: bytes(0xa2, 4, 0x44, kid, 1, 0x27) }), 'CODE_DAMAGED'],
  [
    'a number longer than it need be',
    () => signed({ header: bytes(0xa2, 0x18, 1, 0x27, 4, 0x44, kid) }),
    'CODE_DAMAGED',
  ],
  ['a length longer than it need be', () => signed({ header: bytes(0xa2, 1, 0x27, 4, 0x58, 4, kid) }), 'CODE_DAMAGED'],
  ['a header with a field that nobody knows', () => signed({ header: mapOf([...header(), [2, 1]]) }), 'CODE_DAMAGED'],
  ['a header without the key', () => signed({ header: mapOf(header().slice(0, 1)) }), 'CODE_DAMAGED'],
  ['a key id of five bytes', () => signed({ header: mapOf(header(-8, bytes(kid, 0))) }), 'CODE_DAMAGED'],
  ['an algorithm that nobody knows', () => signed({ header: mapOf(header(-99)) }), 'CODE_DAMAGED'],
  ['a claim that nobody knows', () => signed({ payload: mapOf([...claims(), [9, 1]]) }), 'CODE_DAMAGED'],
  ['a claim less', () => signed({ payload: mapOf(claims().slice(0, 3)) }), 'CODE_DAMAGED'],
  ['a time as a fraction', () => signed({ payload: mapOf([[4, now + 60.5], ...claims().slice(1)]) }), 'CODE_DAMAGED'],
  ['a time as a text', () => signed({ payload: mapOf([[4, String(now + 60)], ...claims().slice(1)]) }), 'CODE_DAMAGED'],
  ['a time before 1970', () => signed({ payload: mapOf([[4, -1], ...claims().slice(1)]) }), 'CODE_DAMAGED'],
  [
    'a serial of nine bytes',
    () =>
      signed({ payload: mapOf(claims().map(([label, value]) => [label, label === 7 ? new Uint8Array(9) : value])) }),
    'CODE_DAMAGED',
  ],
  ...(
    [
      ['a kind that nobody knows', [3, hexToBytes(senior), 1]],
      ['a dynamic code without a count', [1, hexToBytes(senior)]],
      ['a paper code with a count', [2, hexToBytes(senior), 1]],
      ['a reference of 15 bytes', [1, hexToBytes(senior).subarray(1), 1]],
      ['a reference as text', [1, senior, 1]],
      ['a count beyond exact numbers', [1, hexToBytes(senior), 2n ** 60n]],
      ['a count below zero', [1, hexToBytes(senior), -1]],
    ] as const
  ).map(
    ([name, body]): Case => [
      name,
      () => signed({ payload: mapOf([...claims().slice(0, 3), [-65550, body]]) }),
      'CODE_DAMAGED',
    ],
  ),
  [
    'a signature of 63 bytes',
    () => signed({ wrap: cose => [...cose.slice(0, 3), new Uint8Array(63)] }),
    'CODE_DAMAGED',
  ],

  // signature and key
  [
    'a signature with one bit turned',
    async () => {
      const cose = fromBase32((await code()).slice(4))
      cose[100] = (cose[100] ?? 0) ^ 4
      return `ZZ1B${toBase32(cose)}`
    },
    'CODE_FORGED',
  ],
  ['a signature with its scalar raised by the order', async () => malleable(await code()), 'CODE_FORGED'],
  [
    'a signature of nothing but zeros',
    () => signed({ wrap: cose => [...cose.slice(0, 3), new Uint8Array(64)] }),
    'CODE_FORGED',
  ],
  ['a signature under another context', () => signedElsewhere(), 'CODE_FORGED'],
  ['ECDSA under the name of an Ed25519 key', () => signedByEcdsa(), 'CODE_FORGED'],
  ['the number of SM2 over an Ed25519 signature', () => signed({ header: mapOf(header(-65_537)) }), 'CODE_FORGED'],
  ['the number of ECDSA over an Ed25519 signature', () => signed({ header: mapOf(header(-7)) }), 'CODE_FORGED'],
  ['a key that is not on the list', () => code({}, elderCodeMaker()), 'CODE_KEY_UNKNOWN'],
  ['no list at all', () => code(), 'CODE_KEY_UNKNOWN', { keys: [] }],
  ['a key that was revoked', () => code(), 'CODE_KEY_REVOKED', { keys: [{ ...maker.key, revoked: true }] }],
  [
    'a key that was revoked, under a clock in doubt',
    () => code(),
    'CODE_KEY_REVOKED',
    { keys: [{ ...maker.key, revoked: true }], clockTrusted: false },
  ],
  [
    'a paper code of a key for dynamic ones',
    () => paper(),
    'CODE_FORGED',
    { keys: [{ ...maker.key, kinds: ['dynamic'] }] },
  ],
  ['a dynamic code of a key for paper', () => code(), 'CODE_FORGED', { keys: [{ ...maker.key, kinds: ['paper'] }] }],
  ['issued in the first second of its key', () => code(), 'possessed', { keys: [{ ...maker.key, notBefore: now }] }],
  ['issued before its key', () => code(), 'CODE_KEY_EXPIRED', { keys: [{ ...maker.key, notBefore: now + 1 }] }],
  ['issued in the last second of its key', () => code(), 'possessed', { keys: [{ ...maker.key, notAfter: now }] }],
  ['issued after its key', () => code(), 'CODE_KEY_EXPIRED', { keys: [{ ...maker.key, notAfter: now - 1 }] }],
  [
    'paper, 90 s past the end of its key',
    () => paper(),
    'presented',
    { keys: [{ ...maker.key, notAfter: now + day }], nowSeconds: now + day + 90 },
  ],
  [
    'paper, 91 s past the end of its key',
    () => paper(),
    'CODE_KEY_EXPIRED',
    { keys: [{ ...maker.key, notAfter: now + day }], nowSeconds: now + day + 91 },
  ],
  ['old and new key side by side: the old', () => code(), 'possessed', { keys: [elderCodeMaker().key, maker.key] }],
  [
    'a key bound to this site',
    () => code(),
    'possessed',
    { keys: [{ ...maker.key, sites: [siteId.parse('canteen')] }] },
  ],
  [
    'a key bound to another site',
    () => code(),
    'CODE_NOT_FOR_HERE',
    { keys: [{ ...maker.key, sites: [siteId.parse('riverside')] }] },
  ],
  ['paper of a key bound to another site', () => paper(), 'CODE_NOT_FOR_HERE', boundElsewhere],
  [
    'a key bound to another site, under a clock in doubt',
    () => code(),
    'CODE_NOT_FOR_HERE',
    { ...boundElsewhere, clockTrusted: false },
  ],
  ...(
    [
      ['another province', { province: '邻省' }],
      ['another city', { province: '示范省', city: '临川市' }],
      ['another village', { district: '东亭区', village: '槐树里' }],
    ] as const
  ).map(
    ([where, area]): Case => [
      `a key bound to ${where}`,
      () => code(),
      'CODE_NOT_FOR_HERE',
      { keys: [{ ...maker.key, areas: [area] }] },
    ],
  ),
  [
    'a key bound to two areas, one of them here',
    () => code(),
    'possessed',
    { keys: [{ ...maker.key, areas: [{ city: '临川市' }, { city: '禾光市' }] }] },
  ],
  [
    'a key bound to this site and to an area elsewhere',
    () => code(),
    'possessed',
    { keys: [{ ...maker.key, sites: [siteId.parse('canteen')], areas: [{ city: '临川市' }] }] },
  ],
  [
    'a key bound to this city',
    () => code(),
    'possessed',
    { keys: [{ ...maker.key, areas: [{ province: '示范省', city: '禾光市' }] }] },
  ],
  [
    'a key bound to another district of this city',
    () => code(),
    'CODE_NOT_FOR_HERE',
    { keys: [{ ...maker.key, areas: [{ city: '禾光市', district: '西亭区' }] }] },
  ],
  [
    'a key bound to a street that the site does not state',
    () => code(),
    'CODE_NOT_FOR_HERE',
    { keys: [{ ...maker.key, areas: [{ street: '槐树里街道' }] }] },
  ],
  [
    'a key bound to another site and to this city',
    () => code(),
    'possessed',
    { keys: [{ ...maker.key, sites: [siteId.parse('riverside')], areas: [{ city: '禾光市' }] }] },
  ],

  // time
  ['a dynamic code of 120 s', () => code({ expiresAt: now + 120 }), 'possessed'],
  ['a dynamic code of 121 s', () => code({ expiresAt: now + 121 }), 'CODE_LIVES_TOO_LONG'],
  ['a paper code of 366 days', () => paper({ expiresAt: now + 366 * day }), 'presented'],
  ['a paper code of 366 days and a second', () => paper({ expiresAt: now + 366 * day + 1 }), 'CODE_LIVES_TOO_LONG'],
  ['expired before it was issued', () => code({ expiresAt: now - 1 }), 'CODE_EXPIRED'],
  ['90 s past its end', () => code(), 'possessed', { nowSeconds: now + 210 }],
  ['91 s past its end', () => code(), 'CODE_EXPIRED', { nowSeconds: now + 211 }],
  ['90 s before its issue', () => code(), 'possessed', { nowSeconds: now - 90 }],
  ['91 s before its issue', () => code(), 'CODE_FROM_FUTURE', { nowSeconds: now - 91 }],
  ['paper, 91 s past its end', () => paper(), 'CODE_EXPIRED', { nowSeconds: now + 365 * day + 91 }],

  // a clock in doubt
  ['dynamic under a clock in doubt', () => code(), 'presented', { clockTrusted: false }],
  [
    'dynamic, years ahead of a clock in doubt',
    () => code(),
    'presented',
    { clockTrusted: false, nowSeconds: now - 900 * day },
  ],
  [
    'dynamic, a day past its end under a clock in doubt',
    () => code(),
    'presented',
    { clockTrusted: false, nowSeconds: now + 120 + day },
  ],
  [
    'dynamic, a day and a second past its end under a clock in doubt',
    () => code(),
    'CODE_EXPIRED',
    { clockTrusted: false, nowSeconds: now + 121 + day },
  ],
  ['spent, under a clock in doubt', () => code(), 'CODE_REPLAYED', { clockTrusted: false, seen: () => true }],
  [
    'counting the same, under a clock in doubt',
    () => code({ counter: 7 }),
    'CODE_REPLAYED',
    { clockTrusted: false, lastCounter: () => 7 },
  ],
  [
    'issued before the senior was revoked, under a clock in doubt',
    () => code(),
    'CODE_REVOKED',
    { clockTrusted: false, revokedBefore: () => now + 1 },
  ],
  [
    'paper of the card before, under a clock in doubt',
    () => paper(),
    'CODE_REPLACED',
    { clockTrusted: false, cardVersion: () => now + 1 },
  ],
  [
    'past the end of its key, under a clock in doubt',
    () => paper(),
    'presented',
    { clockTrusted: false, keys: [{ ...maker.key, notAfter: now + day }], nowSeconds: now + 9 * day },
  ],

  // used, counted, revoked
  [
    'spent',
    () => code({ serial: '00000000000000aa' }),
    'CODE_REPLAYED',
    { seen: (keyId, serial) => keyId === maker.key.keyId && serial === '00000000000000aa' },
  ],
  [
    'the same serial spent under another key',
    () => code({ serial: '00000000000000aa' }),
    'possessed',
    { seen: keyId => keyId === phone.key.keyId },
  ],
  ['counting one further', () => code({ counter: 8 }), 'possessed', { lastCounter: () => 7 }],
  ['counting the same', () => code({ counter: 7 }), 'CODE_REPLAYED', { lastCounter: () => 7 }],
  ['counting backwards', () => code({ counter: 6 }), 'CODE_REPLAYED', { lastCounter: () => 7 }],
  ['the first count of all', () => code({ counter: 0 }), 'possessed'],
  [
    'behind the count of somebody else',
    () => code({ counter: 3 }),
    'possessed',
    { lastCounter: id => (id === senior ? null : 99) },
  ],
  ['paper shown again', () => paper(), 'presented', { seen: () => true, lastCounter: () => 99 }],
  ['paper of the newest card', () => paper(), 'presented', { cardVersion: () => now }],
  ['paper of the card before', () => paper(), 'CODE_REPLACED', { cardVersion: () => now + 1 }],
  ['dynamic, whatever the newest card', () => code(), 'possessed', { cardVersion: () => now + 1 }],
  [
    'dynamic, issued before the senior was revoked',
    () => code(),
    'CODE_REVOKED',
    { revokedBefore: id => (id === senior ? now + 1 : 0) },
  ],
  ['paper, issued before the senior was revoked', () => paper(), 'CODE_REVOKED', { revokedBefore: () => now + 1 }],
  ['issued at the time of the revocation', () => code(), 'possessed', { revokedBefore: () => now }],
  [
    'issued while somebody else was revoked',
    () => code(),
    'possessed',
    { revokedBefore: id => (id === senior ? 0 : now + 1) },
  ],
  [
    'paper whose serial was revoked',
    () => paper({ serial: '00000000000000bb' }),
    'CODE_REVOKED',
    { serialRevoked: serial => serial === '00000000000000bb' },
  ],
  [
    'dynamic whose serial was revoked',
    () => code({ serial: '00000000000000bb' }),
    'CODE_REVOKED',
    { serialRevoked: serial => serial === '00000000000000bb' },
  ],
  [
    'paper beside one whose serial was revoked',
    () => paper(),
    'presented',
    { serialRevoked: serial => serial === '00000000000000bb' },
  ],

  // a phone's own key
  ["signed by the senior's own phone", () => code({}, phone), 'possessed', withPhone()],
  ['signed by a phone for another senior', () => code({ seniorId: another }, phone), 'CODE_KEY_UNKNOWN', withPhone()],
  ["paper signed by the senior's own phone", () => paper({}, phone), 'CODE_FORGED', withPhone()],
  ['signed by a phone that was taken off the roster', () => code({}, phone), 'CODE_KEY_UNKNOWN'],
  [
    "signed by another phone under this phone's id",
    () => code({}, otherPhone),
    'CODE_FORGED',
    withPhone({ ...phoneKey(otherPhone), publicKey: phone.key.publicKey }),
  ],
  [
    "after the year of a phone's key",
    () => code({}, phone),
    'CODE_KEY_EXPIRED',
    withPhone(phoneKey(phone, { notAfter: now - 1 })),
  ],
  [
    "a phone's key under the id of a listed key",
    () => code(),
    'possessed',
    withPhone({ ...phoneKey(), keyId: maker.key.keyId }),
  ],
  [
    'a phone counts for itself',
    () => code({ counter: 5 }, phone),
    'possessed',
    { ...withPhone(), lastCounter: (_, device) => (device === phone.key.keyId ? 4 : 900) },
  ],
  [
    'a phone that counts backwards',
    () => code({ counter: 4 }, phone),
    'CODE_REPLAYED',
    { ...withPhone(), lastCounter: (_, device) => (device === phone.key.keyId ? 4 : null) },
  ],
  [
    'a code of the province beside a phone that counts further',
    () => code({ counter: 5 }),
    'possessed',
    { ...withPhone(), lastCounter: (_, device) => (device === null ? 4 : 900) },
  ],
  [
    "spent, signed by the senior's own phone",
    () => code({ serial: '00000000000000cc' }, phone),
    'CODE_REPLAYED',
    { ...withPhone(), seen: (keyId, serial) => keyId === phone.key.keyId && serial === '00000000000000cc' },
  ],
  [
    'signed by the second of two phones',
    () => code({}, phone),
    'possessed',
    { deviceKeys: id => (id === senior ? [phoneKey(otherPhone), phoneKey()] : []) },
  ],
  ["signed by somebody else's phone", () => code({}, otherPhone), 'CODE_KEY_UNKNOWN', withPhone()],

  // several things wrong at once: key and signature are looked at first, then the time, then the holder
  ['forged and expired', async () => malleable(await code()), 'CODE_FORGED', { nowSeconds: now + day }],
  [
    'of a revoked key and expired',
    () => code(),
    'CODE_KEY_REVOKED',
    { keys: [{ ...maker.key, revoked: true }], nowSeconds: now + day },
  ],
  ['for elsewhere and expired', () => code(), 'CODE_NOT_FOR_HERE', { ...boundElsewhere, nowSeconds: now + day }],
  ['expired and spent', () => code(), 'CODE_EXPIRED', { nowSeconds: now + day, seen: () => true }],
  [
    'expired, of the card before',
    () => paper(),
    'CODE_EXPIRED',
    { nowSeconds: now + 500 * day, cardVersion: () => now + 1 },
  ],
  ['a phone of 121 s', () => code({ expiresAt: now + 121 }, phone), 'CODE_LIVES_TOO_LONG', withPhone()],
]

const named = cases.map(([name, text, verdict, knows = {}]) => ({ name, text, verdict, knows }))

test.each(named)('$name: $verdict', async ({ text, verdict, knows }) => {
  const known = codeKnowledge({ keys: [maker.key], nowSeconds: now + 10, ...knows })
  expect(verdictOn(await text(), known)).toBe(verdict)
})

test('there are at least 60 cases, no two of one name', () => {
  expect(cases.length).toBeGreaterThanOrEqual(60)
  expect(new Set(cases.map(([name]) => name)).size).toBe(cases.length)
})

test('nothing but what is listed is looked up: judging writes nothing and asks for the senior of the code alone', async () => {
  const asked: string[] = []
  const ask = (id: string) => {
    asked.push(id)
    return null
  }
  verdictOn(await code(), codeKnowledge({ keys: [maker.key], nowSeconds: now, lastCounter: ask, cardVersion: ask }))
  expect(new Set(asked)).toEqual(new Set([senior]))
})
