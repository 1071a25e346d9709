import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runVerify } from '../../../electron/core/audit/verify.ts'
import { runExport } from '../../../electron/core/bureau/export-csv.ts'
import { businessDate } from '../../../shared/business-day.ts'
import type { SaleView } from '../../../shared/terminal-api.ts'
import { type AfterwardsHouse, canteenMembers, openAfterwardsHouse } from '../../support/afterwards-house.ts'

const [served, later] = ['2026-11-27', '2026-11-30']
let house: AfterwardsHouse
let work: string
let [came, lost, kept, waits]: SaleView[] = []

function member(place: number) {
  const senior = canteenMembers[place]
  if (senior === undefined) throw new Error('the demo has too few members')
  return senior
}

function sold(sale: SaleView | undefined): SaleView {
  if (sale === undefined) throw new Error('nothing was sold')
  return sale
}

const say = (sale: SaleView, outcome: 'settled' | 'not-paid', reference: string | null = null, tender = 0) =>
  house.till.client.afterwards.sayPayment({ of: sale.record, tender, outcome, reference })
const waiting = async () => (await house.till.client.afterwards.waitingPayments()).map(({ of }) => of)
const shown = async (sale: SaleView) =>
  (await house.till.untilTerminal(() => true)).lastSales.find(({ record }) => record === sale.record)?.phone

beforeAll(async () => {
  work = mkdtempSync(join(tmpdir(), 'aixin-phone-'))
  house = await openAfterwardsHouse(served)
  await house.openShift()
  ;[came, lost, kept, waits] = [
    await house.eat(member(0), 'outside'),
    await house.eat(member(1), 'outside'),
    await house.eat(member(2), 'outside'),
    await house.eat(member(3), 'outside'),
  ]
  await house.eat(member(4), 'cash')
}, 240_000)
afterAll(async () => {
  await house?.close()
  rmSync(work, { recursive: true, force: true })
})

describe('a phone payment that nobody confirmed at the counter', () => {
  it('waits in the list of the till, newest first, and other payments do not', async () => {
    expect(await house.till.client.afterwards.waitingPayments()).toMatchObject([
      { of: sold(waits).record, tender: 0, fen: 750, guest: false, servedOn: served },
      { of: sold(kept).record },
      { of: sold(lost).record },
      { of: sold(came).record },
    ])
    expect(await shown(sold(came))).toBe('waiting')
  })

  it('is confirmed once, with the number of its receipt, and pressed again it is the same record', async () => {
    expect(await say(sold(came), 'settled', '4200778201')).toEqual({ result: 'done' })
    expect(await say(sold(came), 'settled')).toEqual({ result: 'done' })
    expect(await say(sold(came), 'not-paid')).toMatchObject({ notice: { code: 'PAYMENT_TOLD' } })
    expect(await waiting()).not.toContain(sold(came).record)
    expect(await shown(sold(came))).toBe('settled')
  })

  it('of a sale that was undone waits no more, and nothing can be said of it', async () => {
    expect(await house.till.client.voidSale({ sale: sold(kept).record })).toEqual({ result: 'done' })
    expect(await waiting()).toEqual([sold(waits).record, sold(lost).record])
    expect(await say(sold(kept), 'settled')).toMatchObject({ notice: { code: 'SALE_ALREADY_VOID' } })
  })

  it('that there is none of cannot be confirmed', async () => {
    expect(await say(sold(waits), 'settled', null, 1)).toMatchObject({ notice: { code: 'SALE_UNKNOWN' } })
  })

  it('is still waited for days later; one that never came is recorded, and the senior is asked for nothing', async () => {
    house.setTo(later)
    expect(await say(sold(lost), 'not-paid')).toMatchObject({ notice: { code: 'NO_SHIFT' } })
    await house.openShift()
    expect(await waiting()).toEqual([sold(waits).record, sold(lost).record])
    expect(await say(sold(lost), 'not-paid')).toEqual({ result: 'done' })
    expect(await waiting()).toEqual([sold(waits).record])
    const [next] = [await house.eat(member(1))]
    expect(next.ownPayFen).toBe(sold(lost).ownPayFen)
  })

  it('and never came is not given back by a refund, which gives the funds theirs', async () => {
    const [, sale] = await house.till.client.afterwards.find({ senior: member(1).id })
    expect(sale).toMatchObject({ record: sold(lost).record, ownPayFen: 0, backFen: 0, back: [] })
    expect(await house.till.client.afterwards.refund({ sale: sold(lost).record, reason: 'other' })).toEqual({
      result: 'done',
    })
    await house.allSent()
    expect((await house.claims('2026-11')).map(({ fund, back }) => [fund, back])).toEqual([
      ['city', -600],
      ['district', -400],
      ['street', -200],
    ])
  })

  it('is not given back before somebody said that it came, which can be said of it however old it is', async () => {
    const { client } = house.till
    house.setTo('2027-03-15')
    await house.openShift()
    const refund = () => client.afterwards.refund({ sale: sold(waits).record, reason: 'other' })
    expect(await refund()).toMatchObject({ result: 'refused', notice: { code: 'REFUND_WAITING' } })
    expect(await client.afterwards.find({ date: businessDate.parse(served) })).toContainEqual(
      expect.objectContaining({ record: sold(waits).record, standing: 'open', waitingFen: 750 }),
    )
    expect(await waiting()).toEqual([])
    expect(await client.afterwards.waitingPayment({ sale: sold(waits).record })).toMatchObject({ tender: 0, fen: 750 })
    expect(await client.afterwards.waitingPayment({ sale: sold(came).record })).toBeNull()
  })
})

describe('afterwards', () => {
  it('the province has taken every record, and counts what came and what did not for the site', async () => {
    await house.allSent()
    expect(await house.province.rows("select kind, code from ledger where verdict <> 'accepted'")).toEqual([])
    expect(
      await house.province.rows(
        'select of_id, outcome, fen::int as fen, booked_on from payment_outcome order by outcome',
      ),
    ).toEqual([
      { of_id: sold(lost).record, outcome: 'not-paid', fen: 750, booked_on: later },
      { of_id: sold(came).record, outcome: 'settled', fen: 750, booked_on: served },
    ])
  })

  it('the chain verifies, and the table for other platforms says what came of each', async () => {
    await house.stop()
    const settings = { dataDir: house.folder }
    expect((await runVerify({ settings })).exitCode).toBe(0)
    const file = join(work, 'table.csv')
    expect(await runExport({ settings, file, from: undefined, to: undefined })).toMatchObject({ exitCode: 0 })
    const said = readFileSync(file, 'utf8')
      .split('\r\n')
      .filter(line => line.includes('payment-outcome'))
    expect(said).toHaveLength(2)
    expect(said[0]).toContain(`outside=7.50 settled,${sold(came).record}`)
    expect(said[1]).toContain(`outside=7.50 not-paid,${sold(lost).record}`)
  })
})
