import fc from 'fast-check'
import { expect, test } from 'vitest'
import { verifyEd25519 } from '../../../electron/core/identify/judge-code.ts'
import { fromBase32, toBase32 } from '../../../shared/base32.ts'
import { fromBase45, toBase45 } from '../../../shared/base45.ts'
import { bytesToHex, fromBase64Url } from '../../../shared/bytes.ts'
import { type ElderCodeClaims, encodeElderCode, parseElderCode } from '../../../shared/elder-code.ts'
import { seniorId } from '../../../shared/ids.ts'
import { elderCodeMaker } from '../../support/elder-code-maker.ts'

const maker = elderCodeMaker()
const publicKey = fromBase64Url(maker.key.publicKey)
const hex = (length: number) => fc.uint8Array({ minLength: length, maxLength: length }).map(bytesToHex)
const encoding = fc.constantFrom('base32' as const, 'base45' as const)
const time = fc.maxSafeNat()
const claims: fc.Arbitrary<ElderCodeClaims> = fc
  .record({ issuedAt: time, expiresAt: time, serial: hex(8), senior: hex(16), counter: fc.option(fc.maxSafeNat()) })
  .map(({ senior, counter, ...rest }) => ({
    ...rest,
    seniorId: seniorId.parse(senior),
    kind: counter === null ? 'paper' : 'dynamic',
    counter,
  }))

test('every code that can be written is read back as it was written', async () => {
  await fc.assert(
    fc.asyncProperty(claims, encoding, async (written, how) => {
      const parsed = parseElderCode(await encodeElderCode({ ...written, keyId: maker.key.keyId }, maker.sign, how))
      expect(parsed).toMatchObject({ ok: true, token: { ...written, keyId: maker.key.keyId } })
    }),
  )
})

test('a code with one letter changed is never a good code', async () => {
  const letters = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:abcz爱'
  await fc.assert(
    fc.asyncProperty(claims, encoding, fc.nat(), fc.constantFrom(...letters), async (written, how, place, letter) => {
      const text = await encodeElderCode({ ...written, keyId: maker.key.keyId }, maker.sign, how)
      const at = place % text.length
      fc.pre(text.charAt(at) !== letter)
      const parsed = parseElderCode(text.slice(0, at) + letter + text.slice(at + 1))
      if (!parsed.ok) return
      const stillOurKey = parsed.token.keyId === maker.key.keyId && parsed.token.algorithm === maker.key.algorithm
      expect(stillOurKey && verifyEd25519(publicKey, parsed.token.signedBytes, parsed.token.signature)).toBe(false)
    }),
    { numRuns: 500 },
  )
})

test('no text at all makes the reader throw', () => {
  const ours = fc.tuple(fc.constantFrom('ZZ1:', 'ZZ1B'), fc.string({ unit: 'binary' })).map(parts => parts.join(''))
  const wrapped = fc
    .uint8Array({ maxLength: 200 })
    .chain(bytes => fc.constantFrom(`ZZ1B${toBase32(bytes)}`, `ZZ1:${toBase45(bytes)}`))
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary' }), ours, wrapped), text => {
      expect(parseElderCode(text)).toMatchObject({ ok: false })
    }),
    { numRuns: 2000 },
  )
})

test('bytes go through base32 and base45 unharmed', () => {
  fc.assert(
    fc.property(fc.uint8Array(), bytes => {
      expect(fromBase32(toBase32(bytes))).toEqual(bytes)
      expect(fromBase45(toBase45(bytes))).toEqual(bytes)
    }),
  )
})

test('one text alone stands for given bytes: whatever base32 or base45 accepts is what it would write', () => {
  const letters = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:'
  const text = fc.string({ unit: fc.constantFrom(...letters), maxLength: 24 })
  fc.assert(
    fc.property(text, written => {
      for (const [read, write] of [[fromBase32, toBase32] as const, [fromBase45, toBase45] as const]) {
        let bytes: Uint8Array
        try {
          bytes = read(written)
        } catch (error) {
          expect(error).toBeInstanceOf(SyntaxError)
          continue
        }
        expect(write(bytes)).toBe(written)
      }
    }),
    { numRuns: 2000 },
  )
})
