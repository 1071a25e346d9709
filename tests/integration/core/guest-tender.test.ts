import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import type { LedgerRecord } from '../../../shared/record.ts'
import type { PricedView } from '../../../shared/terminal-api.ts'
import { type DemoHouse, openDemoHouse } from '../../support/demo-house.ts'
import { readLedger } from '../../support/read-ledger.ts'
import { isPriced, type Till } from '../../support/till.ts'

let house: DemoHouse
let till: Till

beforeAll(async () => {
  house = await openDemoHouse()
  till = await house.openTill()
})
beforeEach(async () => {
  await till.client.dismiss()
})
afterAll(() => house?.close())

async function guest(): Promise<PricedView> {
  expect(await till.client.startGuest()).toEqual({ result: 'done' })
  return await till.untilCashier(isPriced)
}

async function tendersOf(sale: string) {
  const { records } = await readLedger(house.dataDir)
  const found = records.find((one): one is Extract<LedgerRecord, { kind: 'sale' }> => one.id === sale)
  return found?.payload.tenders
}

const cash = [{ kind: 'cash', fen: 1500, status: 'settled', reference: null }]
const refused = { result: 'refused', notice: { code: 'GUEST_ACCOUNT', values: {} } }

it('where a site has accounts by default a guest pays in cash, on the screen and in the record', async () => {
  expect(till.terminal().chosenTender).toBe('account')
  const { checkIn, digest, tender } = await guest()
  expect(tender).toBe('cash')
  expect(await till.client.confirm({ checkIn, digest })).toMatchObject({ result: 'recorded' })
  expect(await tendersOf(checkIn)).toEqual(cash)
})

it('an account that was chosen before the guest came is not theirs, and the next person has it', async () => {
  expect(await till.client.chooseTender({ tender: 'account' })).toEqual({ result: 'done' })
  expect((await guest()).tender).toBe('cash')
  await till.client.dismiss()
  await till.untilTerminal(({ chosenTender }) => chosenTender === 'account')
})

it('an account that is chosen for a guest is refused, and the sale stays as it was', async () => {
  const { checkIn, digest } = await guest()
  expect(await till.client.chooseTender({ tender: 'account' })).toEqual(refused)
  expect(till.cashier()).toMatchObject({ checkIn, tender: 'cash', digest })
  expect(till.terminal().chosenTender).toBe('account')
})

it.each([
  ['first', { kind: 'account', fen: 500 }, 'cash'],
  ['for the rest', { kind: 'cash', fen: 500 }, 'account'],
  ['for all of it', null, 'account'],
] as const)('an account is no part of what a guest pays, %s', async (_, first, rest) => {
  const { checkIn, digest } = await guest()
  expect(await till.client.payment.split({ checkIn, first, rest })).toEqual(refused)
  expect(till.cashier()).toMatchObject({ checkIn, tender: 'cash', parts: [] })
  expect(await till.client.confirm({ checkIn, digest })).toMatchObject({ result: 'recorded' })
  expect(await tendersOf(checkIn)).toEqual(cash)
})

it('what goes back to a guest goes back in cash, by a refund as by an undo', async () => {
  const { checkIn, digest } = await guest()
  const sold = await till.client.confirm({ checkIn, digest })
  if (sold.result !== 'recorded') throw new Error(sold.result)
  const back = [{ kind: 'cash', fen: 1500 }]
  const found = await till.client.afterwards.find({ date: till.terminal().businessDate })
  expect(found.find(({ record }) => record === sold.sale.record)).toMatchObject({ guest: true, back })
  expect(sold.sale.paid).toEqual(back)
})
