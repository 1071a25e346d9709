import { describe, expect, test, vi } from 'vitest'
import { hexToBytes, utf8ToBytes } from '../../../shared/bytes.ts'
import { standardSuite as suite } from '../../../shared/suite.ts'

const plain = utf8ToBytes('{"birthDate":"1944-03-02"}')
const context = 'inputs|till-1'

describe('what is sealed', () => {
  test('opens with its key under its context', async () => {
    const pair = await suite.generateSealingKey()
    expect(await suite.open(pair, await suite.seal(pair.publicKey, plain, context), context)).toEqual(plain)
  })

  test('opens when it is empty', async () => {
    const pair = await suite.generateSealingKey()
    const nothing = new Uint8Array(0)
    expect(await suite.open(pair, await suite.seal(pair.publicKey, nothing, context), context)).toEqual(nothing)
  })

  test('differs each time', async () => {
    const { publicKey } = await suite.generateSealingKey()
    const [one, two] = await Promise.all([1, 2].map(() => suite.seal(publicKey, plain, context)))
    expect(one).not.toEqual(two)
  })

  test('does not open with another key, or under another context', async () => {
    const [pair, other] = await Promise.all([suite.generateSealingKey(), suite.generateSealingKey()])
    const sealed = await suite.seal(pair.publicKey, plain, context)
    expect(await suite.open(other, sealed, context)).toBeNull()
    expect(await suite.open(pair, sealed, 'inputs|till-2')).toBeNull()
    expect(await suite.open({ ...pair, publicKey: other.publicKey }, sealed, context)).toBeNull()
  })

  test('does not open with a byte changed, wherever it is, or cut short', async () => {
    const pair = await suite.generateSealingKey()
    const sealed = await suite.seal(pair.publicKey, plain, context)
    const changed = [0, 31, 32, sealed.length - 1].map(at =>
      sealed.map((byte, index) => (index === at ? byte ^ 1 : byte)),
    )
    const cut = [0, 32, 47, sealed.length - 1].map(length => sealed.slice(0, length))
    const opened = await Promise.all([...changed, ...cut].map(bytes => suite.open(pair, bytes, context)))
    expect(opened).toEqual(Array.from({ length: 8 }, () => null))
  })

  test('does not open against a public key of no order, which would make the secret known', async () => {
    const pair = await suite.generateSealingKey()
    const sealed = await suite.seal(pair.publicKey, plain, context)
    sealed.fill(0, 0, 32)
    expect(await suite.open(pair, sealed, context)).toBeNull()
  })

  test('opens with a private key that is imported once for each pair', async () => {
    const [pair, other] = await Promise.all([suite.generateSealingKey(), suite.generateSealingKey()])
    const [mine, theirs] = await Promise.all(
      [pair, other].map(({ publicKey }) => suite.seal(publicKey, plain, context)),
    )
    if (!mine || !theirs) throw new Error('nothing was sealed')
    const imports = vi.spyOn(crypto.subtle, 'importKey')
    for (let time = 0; time < 3; time += 1) {
      expect(await suite.open(pair, mine, context)).toEqual(plain)
      expect(await suite.open(other, theirs, context)).toEqual(plain)
      expect(await suite.open(other, mine, context)).toBeNull()
    }
    expect(imports.mock.calls.filter(([format]) => format === 'pkcs8')).toHaveLength(2)
    imports.mockRestore()
  })
})

describe('signatures', () => {
  /** RFC 8032, section 7.1, test 2. */
  const seed = '4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb'
  const publicKey = hexToBytes('3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c')
  const signature =
    '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00'

  test('are Ed25519 as RFC 8032 has it', async () => {
    const signer = await suite.signer({ publicKey, privateKey: hexToBytes(`302e020100300506032b657004220420${seed}`) })
    expect(await signer.sign(Uint8Array.of(0x72))).toEqual(hexToBytes(signature))
    expect(await suite.verify(publicKey, Uint8Array.of(0x72), hexToBytes(signature))).toBe(true)
  })

  test('do not hold for other bytes, another key, or another length', async () => {
    const { publicKey: other } = await suite.generateSigningKey()
    const genuine = hexToBytes(signature)
    expect(
      await Promise.all([
        suite.verify(publicKey, Uint8Array.of(0x73), genuine),
        suite.verify(other, Uint8Array.of(0x72), genuine),
        suite.verify(publicKey, Uint8Array.of(0x72), genuine.subarray(1)),
        suite.verify(publicKey.subarray(1), Uint8Array.of(0x72), genuine),
      ]),
    ).toEqual([false, false, false, false])
  })
})
