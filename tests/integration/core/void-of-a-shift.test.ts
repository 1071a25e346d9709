import { afterAll, beforeAll, expect, it } from 'vitest'
import type { RecordId } from '../../../shared/ids.ts'
import { type DemoHouse, openDemoHouse } from '../../support/demo-house.ts'
import { isPriced, type Till } from '../../support/till.ts'

let house: DemoHouse
let till: Till

beforeAll(async () => {
  house = await openDemoHouse()
  till = await house.openTill()
})
afterAll(() => house?.close())

async function sell(): Promise<RecordId> {
  expect(await till.client.startGuest()).toEqual({ result: 'done' })
  const { checkIn, digest } = await till.untilCashier(isPriced)
  const sold = await till.client.confirm({ checkIn, digest })
  if (sold.result !== 'recorded') throw new Error(sold.result)
  return sold.sale.record
}

async function closeShift(): Promise<void> {
  const { shift, operator } = till.terminal()
  if (!shift || !operator) throw new Error('no shift is open')
  const closing = { shift: shift.record, operator: operator.id }
  expect(await till.client.close.count({ ...closing, cashFen: 0, outsideFen: 0 })).toEqual({ result: 'done' })
  const check = await till.client.close.look({ date: null })
  if (check.step !== 'check' || !check.shift.count) throw new Error(check.step)
  const count = check.shift.count.record
  const closed = await till.client.close.closeShift({ ...closing, count, reason: 'other', note: '' })
  expect(closed).toEqual({ result: 'done' })
  await till.untilTerminal(view => view.shift === null)
}

async function openShift(): Promise<void> {
  const { operators, businessDate } = till.terminal()
  const operator = operators[0]?.id
  if (!operator) throw new Error('no operators')
  expect(await till.client.openShift({ operator, date: businessDate, floatFen: 0 })).toEqual({ result: 'done' })
  await till.untilTerminal(view => view.shift !== null)
}

const voidable = (sale: RecordId) => till.terminal().lastSales.find(({ record }) => record === sale)?.voidable

it('only a sale of the open shift can be undone; once the shift is closed its money goes back by a refund', async () => {
  const [undone, kept] = [await sell(), await sell()]
  await till.untilTerminal(view => view.lastSales[0]?.record === kept)
  expect(voidable(kept)).toBe(true)
  expect(await till.client.voidSale({ sale: undone })).toEqual({ result: 'done' })
  await closeShift()
  const refused = { result: 'refused', notice: { code: 'SHIFT_OVER', values: {} } }
  expect(voidable(kept)).toBe(false)
  expect(await till.client.voidSale({ sale: kept })).toEqual(refused)
  await openShift()
  expect(voidable(kept)).toBe(false)
  expect(await till.client.voidSale({ sale: kept })).toEqual(refused)
  expect(await till.client.voidSale({ sale: undone })).toMatchObject({ notice: { code: 'SALE_ALREADY_VOID' } })
  const next = await sell()
  await till.untilTerminal(view => view.lastSales[0]?.record === next)
  expect(voidable(next)).toBe(true)
  expect(await till.client.voidSale({ sale: next })).toEqual({ result: 'done' })
})
