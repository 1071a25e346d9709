import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest'
import { demoSeniors } from '../../../province/demo-people.ts'
import { phonePaymentsOf } from '../../../shared/day-close/phone-payments.ts'
import type { RecordId } from '../../../shared/ids.ts'
import type { LedgerRecord } from '../../../shared/record.ts'
import { type DemoHouse, openDemoHouse } from '../../support/demo-house.ts'
import { present } from '../../support/people.ts'
import { readLedger } from '../../support/read-ledger.ts'
import type { Till } from '../../support/till.ts'

let house: DemoHouse
let till: Till
const members = demoSeniors()
  .filter(({ homeSite, cards, expected }) => homeSite === 'demo-canteen' && cards.length === 1 && expected.fen === 600)
  .slice(20)
  .values()

beforeAll(async () => {
  house = await openDemoHouse()
  till = await house.openTill()
})
afterEach(async () => {
  for (const { of, tender } of await waiting()) await say(of, 'settled', tender)
})
afterAll(() => house?.close())

const waiting = () => till.client.afterwards.waitingPayments()
const say = (of: RecordId, outcome: 'settled' | 'not-paid', tender = 0, reference: string | null = null) =>
  till.client.afterwards.sayPayment({ of, tender, outcome, reference })

async function records<K extends LedgerRecord['kind']>(kind: K): Promise<Extract<LedgerRecord, { kind: K }>[]> {
  const { records: all, findings } = await readLedger(house.dataDir)
  expect(findings).toEqual([])
  return all.filter((record): record is Extract<LedgerRecord, { kind: K }> => record.kind === kind)
}

/** Three people whom one payer pays for by phone, without a number; gives their sales. */
async function paidTogether(): Promise<[RecordId, RecordId, RecordId]> {
  // The sale before may stand on the screen yet.
  await till.client.dismiss()
  await till.client.group.start()
  for (const count of [1, 2, 3]) {
    const { value } = members.next()
    if (!value) throw new Error('no demo members left')
    const { checkIn, digest } = await present(till, value.id, 'card')
    expect(await till.client.confirm({ checkIn, digest })).toEqual({ result: 'listed' })
    await till.untilTerminal(({ group }) => group?.members.length === count)
  }
  await till.client.group.chooseTender({ tender: 'outside' })
  const { group } = await till.untilTerminal(view => view.group?.tender === 'outside')
  expect(await till.client.group.pay({ digest: group?.digest ?? '' })).toMatchObject({ sumFen: 2250 })
  const [one, two, three] = (await records('group')).at(-1)?.payload.sales ?? []
  if (!one || !two || !three) throw new Error('the group has no three sales')
  return [one, two, three]
}

/** What the close of this day says of phone payments. */
async function phoneSums() {
  const { records: all } = await readLedger(house.dataDir)
  const reversed = new Set<string>(
    all.flatMap(({ kind, payload }) => (kind === 'void' || kind === 'refund' ? [payload.of] : [])),
  )
  return phonePaymentsOf(
    all,
    id => all.find(record => record.id === id) ?? null,
    id => reversed.has(id),
  )
}

/** What was said of each of these sales. */
async function said(sales: readonly RecordId[]): Promise<(string | null)[]> {
  const outcomes = await records('payment-outcome')
  return sales.map(of => outcomes.find(({ payload }) => payload.of === of)?.payload.outcome ?? null)
}

it('is one row with the sum of the group, and each of its sales leads to it', async () => {
  const sales = await paidTogether()
  const rows = await waiting()
  expect(rows).toMatchObject([
    { of: sales[0], fen: 2250, group: { askedFen: 2250, waiting: sales.map(of => ({ of, tender: 0, fen: 750 })) } },
  ])
  expect(new Set(rows[0]?.group?.waiting.map(({ name }) => name)).size).toBe(3)
  for (const sale of sales) expect(await till.client.afterwards.waitingPayment({ sale })).toEqual(rows[0])
})

it.each(['settled', 'not-paid'] as const)(
  'is said to be %s once, by any of its sales, and recorded for each',
  async outcome => {
    const sales = await paidTogether()
    const before = (await records('payment-outcome')).length
    expect(await say(sales[1], outcome, 0, '4200778201')).toEqual({ result: 'done' })
    const outcomes = (await records('payment-outcome')).slice(before)
    expect(outcomes.map(({ payload }) => payload)).toEqual(
      sales.map(of => expect.objectContaining({ of, tender: 0, fen: 750, outcome, reference: '4200778201' })),
    )
    expect(await waiting()).toEqual([])
    for (const of of sales) expect(await say(of, outcome)).toEqual({ result: 'done' })
    const other = outcome === 'settled' ? 'not-paid' : 'settled'
    expect(await say(sales[2], other)).toMatchObject({ notice: { code: 'PAYMENT_TOLD' } })
    expect(await records('payment-outcome')).toHaveLength(before + 3)
  },
)

it('no longer waits for a sale that was undone, and says what was asked for', async () => {
  const sales = await paidTogether()
  expect(await till.client.voidSale({ sale: sales[0] })).toEqual({ result: 'done' })
  expect(await waiting()).toMatchObject([
    { of: sales[1], fen: 1500, group: { askedFen: 2250, waiting: [{ of: sales[1] }, { of: sales[2] }] } },
  ])
  expect(await say(sales[0], 'settled')).toMatchObject({ notice: { code: 'SALE_ALREADY_VOID' } })
  expect(await said(sales)).toEqual([null, null, null])
  expect(await say(sales[2], 'settled')).toEqual({ result: 'done' })
  expect(await said(sales)).toEqual([null, 'settled', 'settled'])
})

it('is not refunded sale by sale before somebody said that it came, and then is', async () => {
  const sales = await paidTogether()
  const refund = () => till.client.afterwards.refund({ sale: sales[2], reason: 'other' })
  expect(await refund()).toMatchObject({ notice: { code: 'REFUND_WAITING' } })
  expect(await say(sales[2], 'settled')).toEqual({ result: 'done' })
  expect(await refund()).toEqual({ result: 'done' })
})

it('is not mixed up with another group, or with one who pays alone', async () => {
  const [first, second] = [await paidTogether(), await paidTogether()]
  await till.client.dismiss()
  const { value } = members.next()
  if (!value) throw new Error('no demo members left')
  await present(till, value.id, 'card')
  await till.client.chooseTender({ tender: 'outside' })
  const shown = till.cashier()
  if (shown.state !== 'priced') throw new Error('nobody on the screen')
  const alone = await till.client.confirm({ checkIn: shown.checkIn, digest: shown.digest })
  expect(alone).toMatchObject({ result: 'recorded' })
  expect((await waiting()).map(({ fen, group }) => [fen, group?.waiting.length])).toEqual([
    [750, undefined],
    [2250, 3],
    [2250, 3],
  ])
  expect(await say(first[0], 'not-paid')).toEqual({ result: 'done' })
  expect(await said(first)).toEqual(['not-paid', 'not-paid', 'not-paid'])
  expect(await said(second)).toEqual([null, null, null])
})

it('is summed at the close as its sales are, and the province takes each word', async () => {
  const before = await phoneSums()
  const sales = await paidTogether()
  expect((await phoneSums()).waiting).toEqual({ count: 3, fen: 2250 })
  await say(sales[0], 'not-paid')
  const { waiting: left, notPaid } = await phoneSums()
  expect(left).toEqual({ count: 0, fen: 0 })
  expect(notPaid).toEqual({ count: before.notPaid.count + 3, fen: before.notPaid.fen + 2250 })
  await vi.waitFor(async () => {
    const rows = await house.province.rows("select verdict from ledger where kind = 'payment-outcome'")
    expect(rows).toHaveLength((await records('payment-outcome')).length)
    expect(new Set(rows.map(({ verdict }) => verdict))).toEqual(new Set(['accepted']))
  }, 60_000)
})
