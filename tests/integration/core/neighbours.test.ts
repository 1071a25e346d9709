import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { type Database, openDatabase } from '../../../province/database.ts'
import { heldRecords } from '../../../province/held.ts'
import { businessDate, businessDateOf } from '../../../shared/business-day.ts'
import type { SeniorId } from '../../../shared/ids.ts'
import { mostNeighbours, type NeighbourView } from '../../../shared/neighbour-api.ts'
import type { Notice, PricedView } from '../../../shared/terminal-api.ts'
import { type AfterwardsHouse, canteenMembers, openAfterwardsHouse } from '../../support/afterwards-house.ts'
import { isPriced } from '../../support/till.ts'

const yesterday = businessDate.parse('2026-11-26')
let house: AfterwardsHouse
let database: Database

beforeAll(async () => {
  house = await openAfterwardsHouse('2026-11-27')
  database = await openDatabase(house.province.databaseUrl)
  await house.openShift()
}, 240_000)
afterAll(async () => {
  await database.close()
  await house.close()
})

async function look(): Promise<NeighbourView> {
  for await (const view of await house.till.client.neighbour.watch()) return view
  throw new Error('the household says nothing')
}

/** The site's document as the province sets it, with one operator, until the till has it. */
async function setSite(change: Record<string, unknown>, fits: (view: NeighbourView) => boolean): Promise<void> {
  await house.province.rows(
    `update site set body = (body::jsonb || $1::jsonb)::text, change = nextval('feed_change') where site_id = 'demo-canteen'`,
    [JSON.stringify(change)],
  )
  await house.till.client.syncNow()
  await vi.waitFor(async () => expect(fits(await look())).toBe(true), 60_000)
}

function member(place: number): { id: SeniorId } {
  const senior = canteenMembers[place]
  if (senior === undefined) throw new Error('the demo has too few members')
  return senior
}

const notice = (answer: { result: string; notice?: Notice }) => answer.notice?.code ?? answer.result

async function named(senior: { id: SeniorId }): Promise<PricedView> {
  expect(await house.till.client.neighbour.serve({ senior: senior.id })).toEqual({ result: 'done' })
  return await house.till.untilCashier(isPriced)
}

async function eat(senior: { id: SeniorId }) {
  const { checkIn, digest } = await named(senior)
  const result = await house.till.client.confirm({ checkIn, digest })
  if (result.result !== 'recorded') throw new Error(`not recorded: ${JSON.stringify(result)}`)
  return result.sale
}

/** Named again and again until the site's new demand has arrived. */
async function untilNeeds(senior: { id: SeniorId }, needs: PricedView['needs']): Promise<void> {
  await vi.waitFor(async () => {
    await house.till.client.dismiss()
    await house.till.client.syncNow()
    expect((await named(senior)).needs).toEqual(needs)
  }, 60_000)
}

const kinds = async () =>
  (await house.province.rows('select kind, verdict, code from ledger order by seq')).map(row => ({ ...row }))

describe('a counter like any other', () => {
  it('has no list of people, and serves nobody by a tile', async () => {
    expect(await look()).toBeNull()
    expect(notice(await house.till.client.neighbour.serve({ senior: member(0).id }))).toBe('SENIOR_UNKNOWN')
  })
})

describe('a neighbour household with one person', () => {
  beforeAll(async () => {
    const [site] = await house.province.rows("select body from site where site_id = 'demo-canteen'")
    const { operators } = JSON.parse(String(site?.body))
    await setSite({ neighbour: true, operators: operators.slice(0, 1) }, view => view !== null)
  })

  it('shows the first members by name, never more than a screen of them, and how many there are beside', async () => {
    const view = await look()
    expect(view?.people).toHaveLength(mostNeighbours)
    expect(view?.more).toBe(house.till.terminal().roster.members - mostNeighbours)
    const names = (view?.people ?? []).map(({ name }) => name)
    expect(names).toEqual([...names].sort((one, other) => one.localeCompare(other, 'zh-u-co-pinyin')))
    expect(Object.keys(view?.people[0] ?? {}).sort()).toEqual(['ate', 'name', 'senior'])
  })

  it('records a meal of whom it names: by hand, shown and no more, with the same price and rights as at any counter', async () => {
    const subsidised = new Set(canteenMembers.map(({ id }) => id))
    const place = (await look())?.people.findIndex(({ senior }) => subsidised.has(senior)) ?? -1
    const person = (await look())?.people[place]
    if (person === undefined) throw new Error('the household knows nobody with a subsidy')
    const priced = await named({ id: person.senior })
    expect(priced).toMatchObject({
      ...{ means: 'manual', assurance: 'presented', needs: null, entry: { seconds: null } },
      ...{ listFen: 1500, discountFen: 150, subsidyFen: 600, ownPayFen: 750, pendingFen: 0, attention: [] },
    })
    expect((await look())?.chosen).toEqual({ checkIn: priced.checkIn, senior: person.senior })
    // Pressed twice it is one check-in.
    expect((await named({ id: person.senior })).checkIn).toBe(priced.checkIn)
    const result = await house.till.client.confirm({ checkIn: priced.checkIn, digest: priced.digest })
    expect(result).toMatchObject({ result: 'recorded', repeated: false })
    expect((await look())?.people[place]?.ate).not.toBeNull()
    await house.allSent()
    expect((await kinds()).filter(({ kind }) => kind === 'sale' || kind === 'override')).toEqual([
      { kind: 'sale', verdict: 'accepted', code: null },
    ])
  })

  it('takes the next one only when the one before is recorded or left', async () => {
    await named(member(1))
    expect(notice(await house.till.client.neighbour.serve({ senior: member(2).id }))).toBe('ONE_NOT_RECORDED')
    await house.till.client.dismiss()
    expect((await look())?.chosen).toBeNull()
    await named(member(2))
    await house.till.client.dismiss()
  })

  it('is asked for more than a name where the subsidy needs more, and says so by the act of one person', async () => {
    await setSite({ assurance: { subsidised: 'presented', verifiedAboveFen: 100 } }, () => true)
    await untilNeeds(member(3), { assurance: 'verified', ways: ['staff'] })
    const low = await named(member(3))
    expect(notice(await house.till.client.confirm({ checkIn: low.checkIn, digest: low.digest }))).toBe('ASSURANCE_LOW')
    expect(await house.till.client.comparePerson({ checkIn: low.checkIn })).toEqual({ result: 'done' })
    const sure = await house.till.untilCashier(
      (view): view is PricedView => isPriced(view) && view.assurance === 'verified',
    )
    expect(await house.till.client.confirm({ checkIn: sure.checkIn, digest: sure.digest })).toMatchObject({
      result: 'recorded',
    })
    await setSite({ assurance: { subsidised: 'presented', verifiedAboveFen: null } }, () => true)
    await untilNeeds(member(4), null)
    await house.till.client.dismiss()
  })

  it('takes a meal back, and gives the money of one back, alone', async () => {
    const [first, second] = [await eat(member(5)), await eat(member(6))]
    expect(await house.till.client.voidSale({ sale: first.record })).toEqual({ result: 'done' })
    expect(await house.till.client.afterwards.refund({ sale: second.record, reason: 'charged by mistake' })).toEqual({
      result: 'done',
    })
  })

  it('enters a meal from paper without anybody else, and the province lists it as held', async () => {
    const { own, others } = await house.till.client.afterwards.approvers()
    expect([own === null, others]).toEqual([false, []])
    const late = await house.till.client.afterwards.priceLate({
      ...{ servedOn: yesterday, meal: 'lunch', senior: member(7).id, set: 'A', tender: 'cash' },
    })
    if (late.result !== 'priced') throw new Error(`not priced: ${JSON.stringify(late)}`)
    const { entry, digest } = late.late
    expect(
      await house.till.client.afterwards.enterLate({ entry, digest, reason: 'power cut', approval: null }),
    ).toMatchObject({ result: 'recorded', held: true })
    await house.allSent()
    expect((await heldRecords(database.pool, null)).map(({ record, kind }) => ({ record, kind }))).toEqual([
      { record: entry, kind: 'late-entry' },
    ])
  })

  it('closes its day alone, a difference in the cash too, and holds nothing for it', async () => {
    const { client, terminal } = house.till
    const { shift, operator } = terminal()
    if (!shift || !operator) throw new Error('no shift is open')
    await client.close.count({ shift: shift.record, operator: operator.id, cashFen: 12_345, outsideFen: 0 })
    const counted = await client.close.look({ date: null })
    if (counted.step !== 'check' || !counted.shift.count) throw new Error(`nothing was counted: ${counted.step}`)
    const closing = { shift: shift.record, operator: operator.id, count: counted.shift.count.record, note: '' }
    expect(notice(await client.close.closeShift({ ...closing, reason: null }))).toBe('DIFFERENCE_REASON')
    expect(await client.close.closeShift({ ...closing, reason: 'other' })).toEqual({ result: 'done' })
    const day = await client.close.look({ date: null })
    if (day.step !== 'day') throw new Error(`no day to close: ${day.step}`)
    const date = businessDateOf(Date.now())
    expect(await client.close.closeDay({ date, operator: operator.id, shown: day.shown })).toEqual({ result: 'done' })
    await house.allSent()
    expect(await heldRecords(database.pool, null)).toHaveLength(1)
    expect((await kinds()).every(({ verdict, kind }) => kind === 'late-entry' || verdict === 'accepted')).toBe(true)
  })
})
