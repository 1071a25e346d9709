import { describe, expect, test } from 'vitest'
import { createDocuments } from '../../../electron/core/store/documents.ts'
import { createPolicies } from '../../../electron/core/store/policies.ts'
import { createVault } from '../../../electron/core/store/vault.ts'
import { fromBase64Url, toBase64Url, utf8ToBytes } from '../../../shared/bytes.ts'
import { packHash } from '../../../shared/policy/parse-pack.ts'
import { standardSuite } from '../../../shared/suite.ts'
import { packJson, soundPack, subsidyStep } from '../../support/policy-kit.ts'
import { openStore, tempFolder } from './store-kit.ts'

const [keys, strangerKeys] = await Promise.all([standardSuite.generateSigningKey(), standardSuite.generateSigningKey()])

async function signed(text: string, by = keys, id = 'TEST') {
  const signer = await standardSuite.signer(by)
  return { id, text, signature: toBase64Url(await signer.sign(utf8ToBytes(text))) }
}

const genuine = (text: string, signature: string) =>
  standardSuite.verify(keys.publicKey, utf8ToBytes(text), fromBase64Url(signature))

const packText = (fen: number) => JSON.stringify(packJson([subsidyStep('city', fen)]))
/** A pack that subsidises `fen` and carries a vector that expects `expected`. */
const withVector = (fen: number, expected: number, scheme = 'TEST') =>
  JSON.stringify({
    ...packJson([subsidyStep('city', fen)]),
    vectors: [
      {
        id: 'v1',
        scheme,
        person: { birthDate: '1944-03-02' },
        visit: { date: '2026-11-20', meal: 'lunch', listPriceFen: 1500 },
        expect: { discountFen: 0, subsidyFen: { city: expected }, ownPayFen: 1500 - expected },
      },
    ],
  })
const hashOf = (text: string) => packHash(soundPack(JSON.parse(text)))
const arrived = Date.parse('2026-11-20T06:10:00+08:00')
const vault = createVault(new Uint8Array(32).fill(9))

async function holding(fen: number) {
  const dataDir = tempFolder()
  const store = openStore(dataDir)
  const policies = createPolicies(createDocuments(store.db, vault), () => arrived)
  await policies.accept(await signed(packText(fen)), genuine)
  return { dataDir, store, policies }
}

test('a pack that the province signed is held, and the next one takes its place', async () => {
  const { policies } = await holding(300)
  expect(policies.current('TEST')?.hash).toBe(hashOf(packText(300)))
  expect(await policies.accept(await signed(packText(200)), genuine)).toBeNull()
  expect(policies.current('TEST')?.hash).toBe(hashOf(packText(200)))
})

test('a pack is held over a restart', async () => {
  const { dataDir, store } = await holding(300)
  store.close()
  const again = createPolicies(createDocuments(openStore(dataDir).db, vault), () => arrived)
  expect(again.current('TEST')).toEqual({ pack: soundPack(JSON.parse(packText(300))), hash: hashOf(packText(300)) })
  expect(again.current('OTHER')).toBeNull()
})

describe('a pack is refused whole, with the reason, and the old one stays:', () => {
  test.each([
    ['signed by somebody else', () => signed(packText(900), strangerKeys), /signature/],
    [
      'changed after it was signed',
      async () => ({ ...(await signed(packText(900))), text: packText(901) }),
      /signature/,
    ],
    ['no JSON', () => signed('{"format":1,'), /JSON/],
    ['JSON that is no pack', () => signed('[]'), /TEST: /],
    [
      'with a fund that it does not name',
      () => signed(packText(900).replaceAll('"fund":"city"', '"fund":"x"')),
      /fund/,
    ],
    ['with a key that the language does not have', () => signed(packText(900).replace('{', '{"bonus":1,')), /bonus|:/],
    [
      'with a vector that it prices otherwise itself',
      () => signed(withVector(900, 300)),
      /vector v1: subsidyFen city: expected 300, got 900/,
    ],
    ['with a vector for another policy', () => signed(withVector(900, 900, 'ELSE')), /vector v1: scheme/],
    ['under the name of another', () => signed(packText(900), keys, 'OTHER'), /OTHER: id TEST/],
  ])('%s', async (_, made, reason) => {
    const { dataDir, store, policies } = await holding(300)
    const notice = await policies.accept(await made(), genuine)
    expect(notice).toMatchObject({ code: 'POLICY_BAD', values: { detail: expect.stringMatching(reason) } })
    expect(policies.current('TEST')?.hash).toBe(hashOf(packText(300)))
    store.close()
    const again = createPolicies(createDocuments(openStore(dataDir).db, vault), () => arrived)
    expect([again.current('TEST')?.hash, again.current('OTHER')]).toEqual([hashOf(packText(300)), null])
    expect(again.refused().map(({ id, detail }) => `${id}: ${detail}`)).toEqual([expect.stringMatching(reason)])
    expect(again.refused()[0]?.at).toBe(arrived)
  })
})

test('a pack that would leave today without rules is refused, unless it names the version that it ends', async () => {
  const { policies } = await holding(300)
  const json = packJson([subsidyStep('city', 300)])
  const [now] = json.versions
  const later = { ...now, id: 'TEST-9', from: '2099-01-01' }
  const notice = await policies.accept(await signed(JSON.stringify({ ...json, versions: [later] })), genuine)
  expect(notice?.values.detail).toMatch(/gone/)
  expect(policies.current('TEST')?.hash).toBe(hashOf(packText(300)))
  const ended = { ...json, versions: [{ ...now, to: '2026-11-19' }, later] }
  expect(await policies.accept(await signed(JSON.stringify(ended)), genuine)).toBeNull()
})

test('a good pack after a refused one takes the complaint away, and only its own', async () => {
  const { policies } = await holding(300)
  await policies.accept(await signed('[]'), genuine)
  await policies.accept(await signed('[]', keys, 'OTHER'), genuine)
  await policies.accept(await signed(withVector(200, 200)), genuine)
  expect(policies.refused().map(({ id }) => id)).toEqual(['OTHER'])
  expect(policies.current('TEST')?.hash).toBe(hashOf(withVector(200, 200)))
})
