import { expect, test } from 'vitest'
import { z } from 'zod'
import { createDocuments } from '../../../electron/core/store/documents.ts'
import { createVault } from '../../../electron/core/store/vault.ts'
import { type Enrolment, enrolment } from '../../../electron/core/sync/enrol.ts'
import { takeProvinceKeys } from '../../../electron/core/sync/province-keys.ts'
import { fromBase64Url, toBase64Url, utf8ToBytes } from '../../../shared/bytes.ts'
import { standardSuite } from '../../../shared/suite.ts'
import { openStore, tempFolder } from './store-kit.ts'

const [root, other] = await Promise.all([standardSuite.generateSigningKey(), standardSuite.generateSigningKey()])
const keySet = (digit: string) => {
  const key = digit.repeat(42).concat('A')
  return { transport: key, sealing: key, policy: key }
}
const enrolled: Enrolment = enrolment.parse({
  terminal: 't-1',
  site: 'demo-canteen',
  siteKey: 'k',
  lastHead: null,
  address: 'http://127.0.0.1:1',
  province: { keys: keySet('a'), root: toBase64Url(root.publicKey), signature: 's'.repeat(86) },
})

function till() {
  const { db } = openStore(tempFolder())
  const documents = createDocuments(db, createVault(new Uint8Array(32).fill(9)))
  documents.write('enrolment', enrolled)
  return {
    keys: () => documents.read('enrolment', enrolment)?.province.keys,
    documents,
    async take(text: string, by = root) {
      const signer = await standardSuite.signer(by)
      const signature = toBase64Url(await signer.sign(utf8ToBytes(text)))
      return await takeProvinceKeys({ db, documents }, { text, signature }, (signed, proof) =>
        standardSuite.verify(root.publicKey, utf8ToBytes(signed), fromBase64Url(proof)),
      )
    },
  }
}
const listOf = (number: number, digit: string, purpose = 'aixin-province-keys-v1') =>
  JSON.stringify({ purpose, number, at: 1_790_000_000, keys: keySet(digit) })

test('keys that the root signed take the place of those of the enrolment', async () => {
  const { take, keys } = till()
  expect(await take(listOf(2, 'b'))).toBe(true)
  expect(keys()).toEqual(keySet('b'))
})

test('packs come once more with new keys, and with no others', async () => {
  const { take, documents } = till()
  const cursor = () => documents.read('cursor:policies', z.string())
  await take(listOf(2, 'b'))
  documents.write('cursor:policies', '41')
  await take(listOf(2, 'b'))
  expect(cursor()).toBe('41')
  await take(listOf(3, 'c'))
  expect(cursor()).toBeNull()
})

test('keys that the root did not sign are not taken, and the ones before stay', async () => {
  const { take, keys } = till()
  expect(await take(listOf(2, 'b'), other)).toBe(false)
  expect(keys()).toEqual(keySet('a'))
})

test('what the root signed for another purpose is no list of keys', async () => {
  const { take, keys } = till()
  expect(await take(listOf(2, 'b', 'aixin-code-keys-v1'))).toBe(false)
  expect(await take('no list')).toBe(false)
  expect(keys()).toEqual(keySet('a'))
})

test('a list of before brings no former keys back', async () => {
  const { take, keys } = till()
  await take(listOf(3, 'c'))
  expect(await take(listOf(2, 'b'))).toBe(true)
  expect(await take(listOf(3, 'd'))).toBe(true)
  expect(keys()).toEqual(keySet('c'))
})
