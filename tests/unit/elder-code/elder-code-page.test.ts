import { createPrivateKey, sign } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { leadSeconds, overlapSeconds } from '../../../province/code-keys.ts'
import { mostPhones } from '../../../province/device-keys.ts'
import { fromBase32 } from '../../../shared/base32.ts'
import { bytesToHex, hexToBytes, toBase64Url } from '../../../shared/bytes.ts'
import { deviceKeyClaim, keyIdOf } from '../../../shared/code-keys.ts'
import { encodeElderCode, parseElderCode } from '../../../shared/elder-code.ts'
import { seniorId } from '../../../shared/ids.ts'

/** docs/elder-code.md, read as another programmer would. */
const page = readFileSync(join(import.meta.dirname, '../../../docs/elder-code.md'), 'utf8')
const block = (label: string) => new RegExp(`^\`\`\`text ${label}\n([\\s\\S]*?)\n\`\`\`$`, 'm').exec(page)?.[1] ?? ''
const key = (name: string) => new RegExp(`^${name} (\\w+)$`, 'm').exec(block('keys'))?.[1] ?? ''

const pen = createPrivateKey({
  key: {
    ...{ kty: 'OKP', crv: 'Ed25519' },
    ...{ d: toBase64Url(hexToBytes(key('secret'))), x: toBase64Url(hexToBytes(key('public'))) },
  },
  format: 'jwk',
})
const claims = {
  kind: 'dynamic' as const,
  keyId: key('keyId'),
  issuedAt: 1_790_000_000,
  expiresAt: 1_790_000_120,
  serial: '0123456789abcdef',
  seniorId: seniorId.parse('00112233445566778899aabbccddeeff'),
  counter: 1_790_000_000,
}
const signed = (bytes: Uint8Array) => new Uint8Array(sign(null, bytes, pen))

/** The bytes of the table: the hex words before two spaces of each line. */
const hexOf = (table: string) =>
  table
    .split('\n')
    .map(line => (/^((?:[0-9a-f]{2,} ?)+?)(?: {2,}|$)/.exec(line.trim())?.[1] ?? '').replaceAll(' ', ''))
    .join('')

test('the id of the example key is the one that the rule gives', () => {
  expect(keyIdOf(hexToBytes(key('public')))).toBe(key('keyId'))
})

test('the example is what the claims give, byte by byte and in both encodings', async () => {
  const base32 = await encodeElderCode(claims, signed, 'base32')
  expect(hexOf(block('dynamic'))).toBe(bytesToHex(fromBase32(base32.slice(4))))
  expect(block('base32')).toBe(base32)
  expect(block('base45')).toBe(await encodeElderCode(claims, signed, 'base45'))
})

test('the example is read back to the claims that the page names', () => {
  expect(parseElderCode(block('base32'))).toMatchObject({ ok: true, token: { ...claims, algorithm: 'EdDSA' } })
})

test('a paper code is as the page says', async () => {
  const text = await encodeElderCode({ ...claims, kind: 'paper', counter: null }, signed, 'base32')
  expect(bytesToHex(fromBase32(text.slice(4)))).toContain('582fa4')
  expect(bytesToHex(fromBase32(text.slice(4)))).toContain(`820250${claims.seniorId}`)
})

test('the numbers of the page are those of the program', () => {
  const days = (seconds: number) => seconds / 86_400
  expect(page).toContain(`signs ${days(leadSeconds)} days later`)
  expect(page).toContain(`one day for dynamic codes, ${days(overlapSeconds.paper)} days for paper`)
  expect([days(overlapSeconds.dynamic), mostPhones]).toEqual([1, 2])
  expect(deviceKeyClaim(claims.seniorId, hexToBytes(key('public')))).toMatch(
    /^\{"publicKey":"[\w-]{43}","purpose":"aixin-device-key-v1","senior":"[0-9a-f]{32}"\}$/,
  )
})
