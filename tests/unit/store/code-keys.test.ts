import { describe, expect, test } from 'vitest'
import { createCodeKeys } from '../../../electron/core/store/code-keys.ts'
import { createDocuments } from '../../../electron/core/store/documents.ts'
import { createVault } from '../../../electron/core/store/vault.ts'
import { fromBase64Url, toBase64Url, utf8ToBytes } from '../../../shared/bytes.ts'
import type { CodeKeyList } from '../../../shared/code-keys.ts'
import { standardSuite } from '../../../shared/suite.ts'
import { elderCodeMaker } from '../../support/elder-code-maker.ts'
import { openStore, tempFolder } from './store-kit.ts'

const [root, other] = await Promise.all([standardSuite.generateSigningKey(), standardSuite.generateSigningKey()])
const vault = createVault(new Uint8Array(32).fill(9))
const [first, second] = [elderCodeMaker().key, elderCodeMaker().key]

const textOf = (number: number, change: Partial<CodeKeyList> | Record<string, unknown> = {}) =>
  JSON.stringify({ purpose: 'aixin-code-keys-v1', number, at: 1_790_000_000, keys: [first], ...change })
async function signed(text: string, by = root) {
  const signer = await standardSuite.signer(by)
  return { text, signature: toBase64Url(await signer.sign(utf8ToBytes(text))) }
}
const genuine = (text: string, signature: string) =>
  standardSuite.verify(root.publicKey, utf8ToBytes(text), fromBase64Url(signature))

async function holding(number: number) {
  const dataDir = tempFolder()
  const store = openStore(dataDir)
  const codeKeys = createCodeKeys(createDocuments(store.db, vault))
  expect(await codeKeys.accept(await signed(textOf(number)), genuine)).toBeNull()
  return { dataDir, store, codeKeys }
}

test('before the first list there is no key', () => {
  const codeKeys = createCodeKeys(createDocuments(openStore(tempFolder()).db, vault))
  expect([codeKeys.current(), codeKeys.refused()]).toEqual([[], null])
})

test('a list that the root signed is held, also over a restart, and a higher number takes its place', async () => {
  const { dataDir, store, codeKeys } = await holding(3)
  expect(codeKeys.current()).toEqual([first])
  expect(await codeKeys.accept(await signed(textOf(5, { keys: [second] })), genuine)).toBeNull()
  store.close()
  expect(createCodeKeys(createDocuments(openStore(dataDir).db, vault)).current()).toEqual([second])
})

test('the same list once more is nothing new', async () => {
  const { codeKeys } = await holding(3)
  expect(await codeKeys.accept(await signed(textOf(3)), genuine)).toBeNull()
})

describe('a list is refused whole, with the reason, and the old one stays:', () => {
  test.each([
    ['signed by another key', () => signed(textOf(4), other), /signature/],
    ['changed after it was signed', async () => ({ ...(await signed(textOf(4))), text: textOf(5) }), /signature/],
    ['of a lower number', () => signed(textOf(2, { keys: [second] })), /number 2 is before 3/],
    ['of the same number with other keys', () => signed(textOf(3, { keys: [second] })), /two lists have number 3/],
    ['no JSON', () => signed('{'), /not a key list/],
    ['made for another purpose', () => signed(textOf(4, { purpose: 'keys' })), /not a key list/],
    ['with a key twice', () => signed(textOf(4, { keys: [first, first] })), /not a key list/],
    ['with a key that is none', () => signed(textOf(4, { keys: [{ ...first, publicKey: 'AAAA' }] })), /not a key list/],
    [
      'with a window that ends before it begins',
      () => signed(textOf(4, { keys: [{ ...first, notAfter: 0 }] })),
      /not a key list/,
    ],
    [
      'with a rule that nobody knows',
      () => signed(textOf(4, { keys: [{ ...first, onlyOn: 'monday' }] })),
      /not a key list/,
    ],
    [
      'with an area that is everywhere',
      () => signed(textOf(4, { keys: [{ ...first, areas: [{}] }] })),
      /not a key list/,
    ],
    ['without a number', () => signed(textOf(0)), /not a key list/],
  ])('%s', async (_, made, reason) => {
    const { dataDir, store, codeKeys } = await holding(3)
    const notice = await codeKeys.accept(await made(), genuine)
    expect(notice).toEqual({ code: 'CODE_KEYS_BAD', values: { detail: expect.stringMatching(reason) } })
    expect(codeKeys.current()).toEqual([first])
    store.close()
    const again = createCodeKeys(createDocuments(openStore(dataDir).db, vault))
    expect([again.current(), again.refused()]).toEqual([[first], notice])
  })
})

test('a good list after a refused one takes the complaint away', async () => {
  const { codeKeys } = await holding(3)
  await codeKeys.accept(await signed('{'), genuine)
  expect(await codeKeys.accept(await signed(textOf(4)), genuine)).toBeNull()
  expect(codeKeys.refused()).toBeNull()
})
