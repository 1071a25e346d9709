import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runVerify } from '../../../electron/core/audit/verify.ts'
import { businessDate } from '../../../shared/business-day.ts'
import { parseRecord } from '../../../shared/countable.ts'
import type { LedgerRecord } from '../../../shared/record.ts'
import { type AfterwardsHouse, canteenMembers, noonOf, openAfterwardsHouse } from '../../support/afterwards-house.ts'

/** The clock of a running terminal is set while its monotonic clock stands where it was. */
const today = '2026-11-26'
let house: AfterwardsHouse

function member(place: number) {
  const senior = canteenMembers[place + 30]
  if (senior === undefined) throw new Error('the demo has too few members')
  return senior
}

async function recorded(): Promise<Extract<LedgerRecord, { kind: 'clock-set' }>[]> {
  await house.allSent()
  const rows = await house.province.rows("select record from ledger where kind = 'clock-set' order by seq")
  return rows.flatMap(({ record }) => {
    const read = parseRecord(String(record))
    return read?.kind === 'clock-set' ? [read] : []
  })
}

beforeAll(async () => {
  house = await openAfterwardsHouse(today, { watchClock: true })
  await house.openShift()
}, 240_000)
afterAll(() => house?.close())

describe('a clock that jumps far ahead', () => {
  it('stops sales and moves no date before an operator has said that it is right', async () => {
    house.setTo('2027-11-26')
    const view = await house.till.untilTerminal(({ clockJump }) => clockJump !== null)
    expect(view.stopped?.code).toBe('CLOCK_JUMPED')
    expect(view.businessDate).toBe(today)
    expect(await house.till.client.startGuest()).toMatchObject({ notice: { code: 'CLOCK_JUMPED' } })
  }, 30_000)

  it('that was set right again leaves no trace', async () => {
    house.setTo(today)
    await house.till.untilTerminal(({ clockJump, stopped }) => clockJump === null && stopped === null)
    expect((await house.eat(member(0))).ownPayFen).toBe(750)
    expect(await recorded()).toEqual([])
  }, 30_000)

  it('and is right is a record of who said so, and counts from then on', async () => {
    house.setTo('2026-11-28')
    const { clockJump } = await house.till.untilTerminal(view => view.clockJump !== null)
    if (clockJump === null) throw new Error('nothing is asked')
    const [, second] = house.till.terminal().operators
    if (second === undefined) throw new Error('the site has one operator')
    const { client } = house.till
    const wrong = await client.confirmClock({ operator: second.id, date: businessDate.parse('2026-11-27') })
    expect(wrong).toMatchObject({ result: 'refused', notice: { code: 'DATE_WRONG' } })
    const date = businessDate.parse('2026-11-28')
    expect(await client.confirmClock({ operator: second.id, date })).toEqual({ result: 'done' })
    await house.openShift()
    await house.eat(member(1))
    const [set] = await recorded()
    expect(set).toMatchObject({ businessDate: date, payload: { source: 'operator', operator: second.id } })
    expect(set?.payload.after).toBeGreaterThanOrEqual(noonOf('2026-11-28'))
    expect(Math.abs((set?.payload.before ?? 0) - noonOf(today))).toBeLessThan(120_000)
  }, 30_000)
})

describe('a clock that is set back', () => {
  it('is a record by itself, and no business date falls', async () => {
    house.setTo('2026-11-27')
    await expect.poll(async () => (await recorded()).length, { timeout: 20_000 }).toBe(2)
    const [, back] = await recorded()
    expect(back).toMatchObject({ businessDate: '2026-11-28', payload: { source: 'system', operator: null } })
    expect((back?.payload.after ?? 0) - (back?.payload.before ?? 0)).toBeLessThan(-80_000_000)
    const sale = await house.eat(member(2))
    const rows = await house.till.client.afterwards.find({ date: businessDate.parse('2026-11-28') })
    expect(rows.map(({ record }) => record)).toContain(sale.record)
  }, 40_000)

  it('the province doubts none of it, and the chain verifies', async () => {
    await house.allSent()
    expect(await house.province.rows("select kind, code from ledger where verdict <> 'accepted'")).toEqual([])
    await house.stop()
    expect(await runVerify({ settings: { dataDir: house.folder } })).toMatchObject({ exitCode: 0 })
  })
})
