import { encode } from 'cborg'
import { expect, test } from 'vitest'
import { fromBase32, toBase32 } from '../../../shared/base32.ts'
import { fromBase45, toBase45 } from '../../../shared/base45.ts'
import { hexToBytes } from '../../../shared/bytes.ts'
import { codeKey } from '../../../shared/code-keys.ts'
import { encodeElderCode, parseElderCode } from '../../../shared/elder-code.ts'
import { elderCodeClaims, elderCodeMaker } from '../../support/elder-code-maker.ts'

const maker = elderCodeMaker()
const damaged = { ok: false, problem: 'CODE_DAMAGED' }
const unknown = { ok: false, problem: 'CODE_UNKNOWN' }

/** A token put together by hand, so that a test can bend one part of it. */
function handmade(parts: {
  header?: Uint8Array
  payload?: Uint8Array
  unprotected?: Map<number, unknown>
  tail?: number[]
}): string {
  const keyId = hexToBytes(maker.key.keyId)
  const header =
    parts.header ??
    encode(
      new Map<number, unknown>([
        [1, -8],
        [4, keyId],
      ]),
    )
  const payload = parts.payload ?? encode(claimMap())
  const cose = encode([header, parts.unprotected ?? new Map(), payload, new Uint8Array(64)])
  return `ZZ1B${toBase32(Uint8Array.from([...cose, ...(parts.tail ?? [])]))}`
}

function claimMap(): Map<number, unknown> {
  return new Map<number, unknown>([
    [4, 1_790_000_120],
    [6, 1_790_000_000],
    [7, new Uint8Array(8)],
    [-65550, [1, new Uint8Array(16), 1_000_000]],
  ])
}

test('a dynamic code is 132 bytes: 216 letters of base32 or 202 of base45 with the prefix', async () => {
  const base32 = await maker.mint({}, 'base32')
  const base45 = await maker.mint({}, 'base45')
  expect(fromBase32(base32.slice(4))).toHaveLength(132)
  expect(base32).toHaveLength(216)
  expect(base45).toHaveLength(202)
})

test('a paper code is 127 bytes: 208 letters of base32 or 195 of base45 with the prefix', async () => {
  expect(await maker.mint({ kind: 'paper' }, 'base32')).toHaveLength(208)
  expect(await maker.mint({ kind: 'paper' }, 'base45')).toHaveLength(195)
})

test('base32 codes hold letters and digits only, so that no scanner gun loses one', async () => {
  expect(await maker.mint({}, 'base32')).toMatch(/^[0-9A-Z]+$/)
})

test.each(['base32', 'base45'] as const)('what was written in %s is read back', async encoding => {
  const claims = elderCodeClaims()
  const parsed = parseElderCode(await maker.mint(claims, encoding))
  expect(parsed).toMatchObject({ ok: true, token: { ...claims, keyId: maker.key.keyId, algorithm: 'EdDSA' } })
})

test('the token handed out for checking carries the bytes that the issuer signed', async () => {
  const parsed = parseElderCode(await maker.mint())
  if (!parsed.ok) throw new Error(parsed.problem)
  expect(maker.sign(parsed.token.signedBytes)).toEqual(parsed.token.signature)
})

test.each([
  '',
  'ZZ',
  'ZZ1',
  'ZZ2:ABC',
  'zz1bABC',
  'https://pay.example/qr?x=1',
  '286812345678901234',
  'HC1:NCFOXN',
  '爱心餐',
])('the text %j of another maker is unknown', text => {
  expect(parseElderCode(text)).toEqual(unknown)
})

test.each(['ZZ1:', 'ZZ1B', 'ZZ1B====', 'ZZ1::::', 'ZZ1Baaaa', 'ZZ1:爱心'])(
  'the text %j with our prefix and no token is damaged',
  text => {
    expect(parseElderCode(text)).toEqual(damaged)
  },
)

test('a code torn off at any letter is damaged', async () => {
  const text = await maker.mint()
  for (let length = 4; length < text.length; length++) expect(parseElderCode(text.slice(0, length))).toEqual(damaged)
})

test('the handmade token is good before any part of it is bent', () => {
  expect(parseElderCode(handmade({}))).toMatchObject({ ok: true })
})

test.each([
  ['bytes after its end', { tail: [0] }],
  ['an unprotected header', { unprotected: new Map([[1, -8]]) }],
  [
    'a number written longer than needed',
    { header: Uint8Array.from([0xa2, 0x18, 0x01, 0x27, 0x04, 0x44, 1, 2, 3, 4]) },
  ],
  ['a key twice in one map', { header: Uint8Array.from([0xa3, 0x01, 0x27, 0x01, 0x26, 0x04, 0x44, 1, 2, 3, 4]) }],
  ['a map of indefinite length', { header: Uint8Array.from([0xbf, 0x01, 0x27, 0x04, 0x44, 1, 2, 3, 4, 0xff]) }],
  ['the keys of a map out of order', { header: Uint8Array.from([0xa2, 0x04, 0x44, 1, 2, 3, 4, 0x01, 0x27]) }],
  [
    'an algorithm nobody knows',
    {
      header: encode(
        new Map<number, unknown>([
          [1, -999],
          [4, new Uint8Array(4)],
        ]),
      ),
    },
  ],
  ['a claim nobody knows', { payload: encode(claimMap().set(9, 1)) }],
  ['a missing claim', { payload: encode(new Map([...claimMap()].slice(1))) }],
  ['a negative time', { payload: encode(claimMap().set(6, -1)) }],
  ['a short serial', { payload: encode(claimMap().set(7, new Uint8Array(7))) }],
  ['a kind nobody knows', { payload: encode(claimMap().set(-65550, [3, new Uint8Array(16)])) }],
  ['a dynamic code without a counter', { payload: encode(claimMap().set(-65550, [1, new Uint8Array(16)])) }],
  ['a paper code with a counter', { payload: encode(claimMap().set(-65550, [2, new Uint8Array(16), 5])) }],
])('a token with %s is damaged', (_what, parts) => {
  expect(parseElderCode(handmade(parts))).toEqual(damaged)
})

test('claims that do not fit the format are refused when the code is written', async () => {
  const write = (claims: Parameters<typeof elderCodeClaims>[0]) =>
    encodeElderCode({ ...elderCodeClaims(claims), keyId: maker.key.keyId }, maker.sign, 'base32')
  await expect(write({ counter: null })).rejects.toThrow(TypeError)
  await expect(write({ kind: 'paper', counter: 3 })).rejects.toThrow(TypeError)
  await expect(write({ serial: '00' })).rejects.toThrow(TypeError)
  await expect(write({ expiresAt: 1.5 })).rejects.toThrow(TypeError)
})

test('base32 and base45 give the examples of RFC 4648 and RFC 9285', () => {
  const bytes = (text: string) => new TextEncoder().encode(text)
  expect(['f', 'fo', 'foo', 'foob', 'fooba', 'foobar'].map(text => toBase32(bytes(text)))).toEqual([
    'MY',
    'MZXQ',
    'MZXW6',
    'MZXW6YQ',
    'MZXW6YTB',
    'MZXW6YTBOI',
  ])
  expect(['AB', 'Hello!!', 'base-45', 'ietf!'].map(text => toBase45(bytes(text)))).toEqual([
    'BB8',
    '%69 VD92EX0',
    'UJCLQE7W581',
    'QED8WEX0',
  ])
})

test.each([
  ['lower case', 'my'],
  ['padding', 'MY======'],
  ['a length no bytes have', 'MYA'],
  ['stray bits at the end', 'MZ'],
  ['a digit outside the alphabet', 'M1'],
])('base32 with %s is refused', (_what, text) => {
  expect(() => fromBase32(text)).toThrow(SyntaxError)
})

test.each([
  ['three letters worth more than two bytes', ':::'],
  ['two letters worth more than one byte', '::'],
  ['lower case', 'bb8'],
  ['a length no bytes have', 'BB8B'],
  ['a letter outside the alphabet', 'BB='],
])('base45 with %s is refused', (_what, text) => {
  expect(() => fromBase45(text)).toThrow(SyntaxError)
})

test('an entry of the key list must hold a raw key of 32 bytes and a window that is not empty', () => {
  expect(codeKey.safeParse(maker.key).success).toBe(true)
  expect(codeKey.safeParse({ ...maker.key, publicKey: 'AAAA' }).success).toBe(false)
  expect(codeKey.safeParse({ ...maker.key, publicKey: '!' }).success).toBe(false)
  expect(codeKey.safeParse({ ...maker.key, notAfter: 0 }).success).toBe(false)
})
