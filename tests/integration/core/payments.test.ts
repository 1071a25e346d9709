import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { demoSeniors } from '../../../province/demo-people.ts'
import type { SeniorId } from '../../../shared/ids.ts'
import type { LedgerRecord } from '../../../shared/record.ts'
import type { PricedView } from '../../../shared/terminal-api.ts'
import { type DemoHouse, openDemoHouse } from '../../support/demo-house.ts'
import { present } from '../../support/people.ts'
import { readLedger } from '../../support/read-ledger.ts'
import { isPriced, type Till } from '../../support/till.ts'

let house: DemoHouse
let till: Till
const members = demoSeniors().filter(
  ({ homeSite, cards, expected }) => homeSite === 'demo-canteen' && cards.length === 1 && expected.fen === 600,
)
let next = 40

function somebody(): SeniorId {
  const member = members[next++]
  if (!member) throw new Error('no demo members left')
  return member.id
}

const shown = (fits: (view: PricedView) => boolean) =>
  till.untilCashier((view): view is PricedView => isPriced(view) && fits(view))

async function guest(): Promise<PricedView> {
  expect(await till.client.startGuest()).toEqual({ result: 'done' })
  return await shown(() => true)
}

async function split(priced: PricedView, fen: number): Promise<PricedView> {
  const asked = { checkIn: priced.checkIn, first: { kind: 'cash' as const, fen }, rest: 'outside' as const }
  expect(await till.client.payment.split(asked)).toEqual({ result: 'done' })
  return await shown(({ parts }) => parts.length === 2)
}

async function sales(): Promise<Extract<LedgerRecord, { kind: 'sale' }>[]> {
  const { records, findings } = await readLedger(house.dataDir)
  expect(findings).toEqual([])
  return records.flatMap(record => (record.kind === 'sale' ? [record] : []))
}

async function record({ checkIn, digest }: PricedView) {
  expect(await till.client.confirm({ checkIn, digest })).toMatchObject({ result: 'recorded', repeated: false })
  return (await sales()).at(-1)?.payload
}

beforeAll(async () => {
  house = await openDemoHouse()
  till = await house.openTill()
})
afterEach(async () => {
  await till.client.dismiss()
  for (const { checkIn } of till.terminal().parked) await till.client.dropParked({ checkIn })
})
afterAll(() => house?.close())

describe('a payment in two parts', () => {
  it('is recorded in the order of taking, the outside one pending', async () => {
    expect(await record(await split(await guest(), 1000))).toMatchObject({
      ownPayFen: 1500,
      cashRoundingFen: 0,
      tenders: [
        { kind: 'cash', fen: 1000, status: 'settled', reference: null },
        { kind: 'outside', fen: 500, status: 'pending', reference: null },
      ],
    })
  })

  it.each([
    ['nothing', 0],
    ['all of it', 1500],
    ['10 million yuan', 1_000_000_000],
    ['coins that there are none of', 1005],
  ])('is not made of %s, and the sale stays as it was', async (_, fen) => {
    const priced = await guest()
    const asked = { checkIn: priced.checkIn, first: { kind: 'cash' as const, fen }, rest: 'outside' as const }
    expect(await till.client.payment.split(asked)).toMatchObject({ notice: { code: 'PART_AMOUNT' } })
    expect(await shown(() => true)).toMatchObject({ parts: [], tender: 'cash', dueFen: 1500 })
  })

  it('follows the price: what another set costs is paid by both, and less than the first part by that alone', async () => {
    const priced = await split(await guest(), 1000)
    await till.client.chooseSet({ set: 'C' })
    const cheaper = await shown(({ set }) => set.id === 'C')
    expect(cheaper.parts).toEqual([
      { kind: 'cash', fen: 1000 },
      { kind: 'outside', fen: 200 },
    ])
    await till.client.chooseSet({ set: 'half' })
    const less = await shown(({ set }) => set.id === 'half')
    expect(less).toMatchObject({ checkIn: priced.checkIn, ownPayFen: 900, parts: [], tender: 'cash', dueFen: 900 })
    expect(await record(less)).toMatchObject({ tenders: [{ kind: 'cash', fen: 900 }] })
  })

  it('never records itself, and stays as it was while it is parked', async () => {
    const priced = await present(till, somebody(), 'card')
    const asked = { checkIn: priced.checkIn, first: { kind: 'cash' as const, fen: 500 }, rest: 'account' as const }
    expect(await till.client.payment.split(asked)).toEqual({ result: 'done' })
    const apart = await shown(({ parts }) => parts.length === 2)
    expect(apart.entry).toEqual({ seconds: null, held: true })
    await till.client.park({ checkIn: priced.checkIn })
    await till.client.takeBack({ checkIn: priced.checkIn })
    expect((await shown(() => true)).parts).toEqual(apart.parts)
  })

  it('is one payment again where another tender takes it all', async () => {
    await split(await guest(), 1000)
    await till.client.chooseTender({ tender: 'cash' })
    expect(await shown(({ tender }) => tender === 'cash')).toMatchObject({ parts: [], dueFen: 1500 })
  })
})

describe('the reference of an outside payment', () => {
  it('confirms it', async () => {
    const { checkIn } = await split(await guest(), 1000)
    expect(await till.client.payment.reference({ checkIn, fen: 500, reference: '4200778201' })).toEqual({
      result: 'done',
    })
    const confirmed = await shown(({ reference }) => reference !== null)
    expect((await record(confirmed))?.tenders[1]).toEqual({
      ...{ kind: 'outside', fen: 500, status: 'settled', reference: '4200778201' },
    })
  })

  it('of another amount confirms nothing, and an amount that changes has none any more', async () => {
    const { checkIn } = await split(await guest(), 1000)
    expect(await till.client.payment.reference({ checkIn, fen: 1500, reference: '778201' })).toMatchObject({
      notice: { code: 'PRICE_CHANGED' },
    })
    await till.client.payment.reference({ checkIn, fen: 500, reference: '778201' })
    await shown(({ reference }) => reference === '778201')
    await till.client.chooseSet({ set: 'C' })
    const changed = await shown(({ set }) => set.id === 'C')
    expect(changed.reference).toBeNull()
    expect((await record(changed))?.tenders[1]).toMatchObject({ fen: 200, status: 'pending', reference: null })
  })
})

describe('the undo of an undo', () => {
  async function sold(): Promise<PricedView['checkIn']> {
    const { checkIn, digest } = await split(await guest(), 1000)
    await till.client.confirm({ checkIn, digest })
    return checkIn
  }
  const saleOf = async (id: string) => {
    const found = (await sales()).find(one => one.id === id)
    if (!found) throw new Error('no such sale')
    return found.id
  }

  it('sells the same once more, in the same parts, and only once', async () => {
    const sale = await saleOf(await sold())
    expect(await till.client.voidSale({ sale })).toEqual({ result: 'done' })
    expect(await till.client.restoreSale({ sale })).toEqual({ result: 'done' })
    expect(await till.client.restoreSale({ sale })).toMatchObject({ notice: { code: 'RESTORE_GONE' } })
    const [voided, anew] = (await sales()).slice(-2)
    expect(voided?.id).toBe(sale)
    expect(anew?.payload).toMatchObject({ tenders: voided?.payload.tenders, listFen: 1500 })
    expect(
      till
        .terminal()
        .lastSales.slice(0, 2)
        .map(({ voided: gone }) => gone),
    ).toEqual([false, true])
  })

  it('is not there for a sale that stands', async () => {
    const sale = await saleOf(await sold())
    expect(await till.client.restoreSale({ sale })).toMatchObject({ notice: { code: 'RESTORE_GONE' } })
  })

  it('waits for the person on the screen', async () => {
    const sale = await saleOf(await sold())
    await till.client.voidSale({ sale })
    await guest()
    expect(await till.client.restoreSale({ sale })).toMatchObject({ notice: { code: 'ONE_AT_A_TIME' } })
    await till.client.dismiss()
    expect(await till.client.restoreSale({ sale })).toEqual({ result: 'done' })
  })
})

it('looking for a person puts the one on the screen aside, and another guest waits for them', async () => {
  const priced = await present(till, somebody(), 'card')
  await till.client.hold({ checkIn: priced.checkIn })
  expect(await till.client.startGuest()).toMatchObject({ notice: { code: 'ONE_AT_A_TIME' } })
  expect(await till.client.openDesk()).toEqual({ result: 'done' })
  expect(till.terminal().parked).toMatchObject([{ checkIn: priced.checkIn }])
})
