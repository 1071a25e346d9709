import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest'
import { demoSeniors } from '../../../province/demo-people.ts'
import type { SeniorId } from '../../../shared/ids.ts'
import type { LedgerRecord } from '../../../shared/record.ts'
import { type DemoHouse, openDemoHouse } from '../../support/demo-house.ts'
import { findInFiles } from '../../support/find-in-files.ts'
import { present } from '../../support/people.ts'
import { readLedger } from '../../support/read-ledger.ts'
import { isProblem, type Till } from '../../support/till.ts'

let house: DemoHouse
let till: Till
const members = demoSeniors().filter(
  ({ homeSite, cards, expected }) => homeSite === 'demo-canteen' && cards.length === 1 && expected.fen === 600,
)
let next = 20

function somebody(): SeniorId {
  const member = members[next++]
  if (!member) throw new Error('no demo members left')
  return member.id
}

const group = () => till.terminal().group
const untilListed = async (count: number) => {
  const { group: view } = await till.untilTerminal(now => now.group?.members.length === count)
  if (!view) throw new Error('no group is open')
  return view
}

async function list(senior = somebody()) {
  const count = group()?.members.length ?? 0
  const { checkIn, digest } = await present(till, senior, 'card')
  expect(await till.client.confirm({ checkIn, digest })).toEqual({ result: 'listed' })
  return await untilListed(count + 1)
}

async function records<K extends LedgerRecord['kind']>(kind: K): Promise<Extract<LedgerRecord, { kind: K }>[]> {
  const { records: all, findings } = await readLedger(house.dataDir)
  expect(findings).toEqual([])
  return all.filter((record): record is Extract<LedgerRecord, { kind: K }> => record.kind === kind)
}

beforeAll(async () => {
  house = await openDemoHouse()
  till = await house.openTill()
})
afterEach(async () => {
  await till.client.dismiss()
  for (const { checkIn } of group()?.members ?? []) await till.client.group.takeOff({ checkIn })
  await till.client.group.end()
  await till.untilTerminal(view => view.group === null)
})
afterAll(() => house?.close())

it('is paid once: one sale a person and one record that names them, all at once', async () => {
  const before = (await records('sale')).length
  await till.client.group.start()
  await list()
  await list()
  const view = await list()
  expect(await records('sale')).toHaveLength(before)
  expect(view).toMatchObject({ tender: 'cash', sumFen: 2250 })
  expect(view.members.map(({ dueFen, changed }) => [dueFen, changed])).toEqual(Array(3).fill([750, false]))
  expect(await till.client.group.pay({ digest: view.digest })).toEqual({ result: 'recorded', count: 3, sumFen: 2250 })
  const sales = (await records('sale')).slice(before)
  const [paid] = await records('group')
  expect(sales.map(({ payload }) => payload.tenders)).toEqual(
    Array(3).fill([{ kind: 'cash', fen: 750, status: 'settled', reference: null }]),
  )
  expect(paid?.payload).toMatchObject({ sales: sales.map(({ id }) => id), tender: 'cash', sumFen: 2250 })
  await vi.waitFor(async () => {
    const rows = await house.province.rows("select kind, verdict, code from ledger where kind in ('sale', 'group')")
    expect(rows.filter(({ verdict }) => verdict !== 'accepted')).toEqual([])
    expect(rows.filter(({ kind }) => kind === 'group')).toHaveLength(1)
  }, 20_000)
})

it('has sales that are undone and restored like any other', async () => {
  await till.client.group.start()
  await list()
  const { digest } = await list()
  expect(await till.client.group.pay({ digest })).toMatchObject({ result: 'recorded' })
  const sale = (await records('sale')).at(-1)
  if (!sale) throw new Error('no sale')
  expect(await till.client.voidSale({ sale: sale.id })).toEqual({ result: 'done' })
  expect((await till.untilTerminal(({ lastSales }) => lastSales[0]?.voided === true)).restorable).toBe(sale.id)
  expect(await till.client.restoreSale({ sale: sale.id })).toEqual({ result: 'done' })
  const anew = (await records('sale')).at(-1)
  expect(anew?.id).not.toBe(sale.id)
  expect(anew?.payload).toMatchObject({ senior: sale.payload.senior, tenders: sale.payload.tenders })
})

it('has sales that nobody offers to restore once the core was started again', async () => {
  await till.client.group.start()
  await list()
  const { digest } = await list()
  expect(await till.client.group.pay({ digest })).toMatchObject({ result: 'recorded' })
  await house.restart()
  till = await house.openTill()
  const newest = (await till.untilTerminal(({ lastSales }) => lastSales.length > 0)).lastSales[0]
  if (!newest) throw new Error('no sale')
  expect(await till.client.voidSale({ sale: newest.record })).toEqual({ result: 'done' })
  const undone = await till.untilTerminal(({ lastSales }) => lastSales[0]?.voided === true)
  expect(undone.restorable).toBe(null)
  expect(await till.client.restoreSale({ sale: newest.record })).toMatchObject({ notice: { code: 'RESTORE_GONE' } })
})

it('has nobody twice, by whatever they come', async () => {
  await till.client.group.start()
  const senior = somebody()
  await list(senior)
  await till.client.simulate({ senior, present: 'dynamic-code' })
  expect(await till.untilCashier(isProblem)).toMatchObject({ notice: { code: 'GROUP_TWICE' } })
  expect(group()?.members).toHaveLength(1)
})

it('lets somebody be taken off, and is ended only when nobody is on it', async () => {
  await till.client.group.start()
  await list()
  const [first] = (await list()).members
  expect(await till.client.group.end()).toMatchObject({ notice: { code: 'GROUP_NOT_EMPTY' } })
  if (first) await till.client.group.takeOff({ checkIn: first.checkIn })
  expect((await untilListed(1)).sumFen).toBe(750)
})

it('records nothing where a price has changed since, and shows which', async () => {
  await till.client.group.start()
  const [first, second] = [somebody(), somebody()]
  await list(first)
  const view = await list(second)
  const before = (await records('sale')).length
  // Their entitlement ends meanwhile: the feed brings it.
  await house.province.rows(
    `update senior set body = jsonb_set(body::jsonb, '{person,household,city}', '"远山市"')::text,
       change = (select max(change) + 1000 from senior) where senior_id = $1`,
    [second],
  )
  await till.client.syncNow()
  const changed = await till.untilTerminal(now => now.group?.members[1]?.changed === true)
  expect(await till.client.group.pay({ digest: view.digest })).toEqual({ result: 'price-changed' })
  expect(changed.group?.members.map(one => one.changed)).toEqual([false, true])
  expect(await records('sale')).toHaveLength(before)
})

it('takes guests too, and rounds each one’s cash by itself', async () => {
  await till.client.group.start()
  await till.client.startGuest()
  const guest = till.cashier()
  if (guest.state !== 'priced') throw new Error('no guest on the screen')
  await till.client.confirm({ checkIn: guest.checkIn, digest: guest.digest })
  await untilListed(1)
  await till.client.group.chooseTender({ tender: 'outside' })
  const view = (await till.untilTerminal(now => now.group?.tender === 'outside')).group
  expect(view).toMatchObject({ sumFen: 1500, members: [{ name: null, guest: true }] })
})

it('outlives a restart, encrypted', async () => {
  await till.client.group.start()
  const senior = somebody()
  await list(senior)
  const view = await list()
  await house.restart()
  till = await house.openTill()
  const again = await untilListed(2)
  expect(again).toEqual(view)
  expect(findInFiles(house.dataDir, [{ what: 'the senior', text: senior }])).toMatchObject({ findings: [] })
  expect(await till.client.group.pay({ digest: again.digest })).toMatchObject({ result: 'recorded', count: 2 })
})

it('stands in the way of a close', async () => {
  await till.client.group.start()
  const date = till.terminal().businessDate
  expect(await till.client.close.look({ date })).toMatchObject({ blocked: { code: 'CLOSE_GROUP' } })
})

it('is sold what was promised to it where the set sold out meanwhile, and nobody joins with that set', async () => {
  await till.client.group.start()
  await list()
  const { digest, sumFen } = await list()
  const [sold] = till.terminal().menu.filter(({ id }) => id === 'A')
  const set = sold?.id ?? ''
  expect(await till.client.settings.sellOut({ set, soldOut: true })).toEqual({ result: 'done' })
  await till.untilTerminal(({ menu }) => menu.some(({ id, soldOut }) => id === set && soldOut))
  expect(group()).toMatchObject({ digest, sumFen })
  const third = await present(till, somebody(), 'card')
  expect(third.set.id).not.toBe(set)
  await till.client.dismiss()
  expect(await till.client.group.pay({ digest })).toMatchObject({ result: 'recorded', count: 2, sumFen })
  expect(await till.client.settings.sellOut({ set, soldOut: false })).toEqual({ result: 'done' })
})
