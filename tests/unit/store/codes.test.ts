import { expect, test } from 'vitest'
import { createUsedCodes } from '../../../electron/core/store/codes.ts'
import { createVault } from '../../../electron/core/store/vault.ts'
import { seniorId } from '../../../shared/ids.ts'
import { openStore, tempFolder } from './store-kit.ts'

const vault = createVault(new Uint8Array(32).fill(5))
const senior = seniorId.parse('1'.repeat(32))
const other = seniorId.parse('2'.repeat(32))
const code = { keyId: 'k', serial: 's1', seniorId: senior, deviceKeyId: null, counter: 10, forgetAt: 1300 }

test('a code that was used is remembered over a restart, with its counter', () => {
  const dataDir = tempFolder()
  const { db, close } = openStore(dataDir)
  createUsedCodes(db, vault).spend(code, 1000)
  close()
  const codes = createUsedCodes(openStore(dataDir).db, vault)
  expect([codes.seen('k', 's1'), codes.lastCounter(senior, null)]).toEqual([true, 10])
})

test('another serial, another key and another senior are not touched', () => {
  const codes = createUsedCodes(openStore(tempFolder()).db, vault)
  codes.spend(code, 1000)
  expect([codes.seen('k', 's2'), codes.seen('j', 's1'), codes.lastCounter(other, null)]).toEqual([false, false, null])
})

test('a code is forgotten only after its time, and the counter never', () => {
  const codes = createUsedCodes(openStore(tempFolder()).db, vault)
  codes.spend(code, 1000)
  codes.spend({ ...code, serial: 's2', counter: 11, forgetAt: 1600 }, 1300)
  expect([codes.seen('k', 's1'), codes.seen('k', 's2')]).toEqual([true, true])
  codes.spend({ ...code, serial: 's3', seniorId: other, forgetAt: 1601 }, 1301)
  expect([codes.seen('k', 's1'), codes.seen('k', 's2'), codes.lastCounter(senior, null)]).toEqual([false, true, 11])
})

test('a counter never falls, and a code without one leaves it', () => {
  const codes = createUsedCodes(openStore(tempFolder()).db, vault)
  for (const [serial, counter] of [
    ['a', 10],
    ['b', 4],
    ['c', null],
  ] as const)
    codes.spend({ ...code, serial, counter }, 1000)
  expect(codes.lastCounter(senior, null)).toBe(10)
})

test('the same code spent twice is one use', () => {
  const codes = createUsedCodes(openStore(tempFolder()).db, vault)
  codes.spend(code, 1000)
  codes.spend(code, 1001)
  expect(codes.seen('k', 's1')).toBe(true)
})

test("the codes of a senior's phone count for themselves, beside those of the province and of another phone", () => {
  const codes = createUsedCodes(openStore(tempFolder()).db, vault)
  codes.spend({ ...code, counter: 90 }, 1000)
  codes.spend({ ...code, serial: 'p', deviceKeyId: '0a0b0c0d', counter: 3 }, 1000)
  expect(['0a0b0c0d', null, '11111111'].map(phone => codes.lastCounter(senior, phone))).toEqual([3, 90, null])
})
