import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { type DemoSenior, demoSeniors } from '../../../province/demo-people.ts'
import { addDays } from '../../../shared/business-day.ts'
import { operatorId, proxyId, recordId } from '../../../shared/ids.ts'
import type { LedgerRecord } from '../../../shared/record.ts'
import type { CashierView, PricedView } from '../../../shared/terminal-api.ts'
import { type DemoHouse, openDemoHouse } from '../../support/demo-house.ts'
import { findInFiles } from '../../support/find-in-files.ts'
import { present } from '../../support/people.ts'
import { readLedger } from '../../support/read-ledger.ts'
import { isPriced, type Till } from '../../support/till.ts'

let house: DemoHouse
let till: Till
const lead = operatorId.parse('sun-min')
const pin = '583920'
const approval = { operator: lead, pin }
const members = demoSeniors().filter(({ homeSite, cards }) => homeSite === 'demo-canteen' && cards.length === 1)
const withNeighbour = members.filter(({ proxies = [] }) => proxies.length === 1 && proxies[0]?.name === '周建平')
const withNobody = members.filter(({ proxies, expected }) => !proxies && expected.fen === 600)
const neighbour = withNeighbour[0]?.proxies?.[0]
let next = 2

function take(from: readonly DemoSenior[]): DemoSenior {
  const member = from[next++ % from.length]
  if (!member) throw new Error('no demo members left')
  return member
}

const isCollected = (view: CashierView): view is PricedView => isPriced(view) && view.proxy.chosen !== null
const offeredTo = ({ proxy }: PricedView) => proxy.offered[0]?.proxy ?? null
const choose = (priced: PricedView, proxy = offeredTo(priced)) =>
  till.client.proxy.choose({ checkIn: priced.checkIn, proxy })

async function collect(senior: DemoSenior): Promise<PricedView> {
  const priced = await present(till, senior.id, 'card')
  expect(await choose(priced)).toEqual({ result: 'done' })
  return await till.untilCashier(isCollected)
}

const confirm = ({ checkIn, digest }: PricedView) => till.client.confirm({ checkIn, digest })

async function records<K extends LedgerRecord['kind']>(kind: K): Promise<Extract<LedgerRecord, { kind: K }>[]> {
  const { records: all, findings } = await readLedger(house.dataDir)
  expect(findings).toEqual([])
  return all.filter((record): record is Extract<LedgerRecord, { kind: K }> => record.kind === kind)
}

async function verdictsOf(kind: string): Promise<unknown[]> {
  await till.untilTerminal(view => view.unsent.count === 0 && view.network.state === 'online')
  const rows = await house.province.rows('select verdict, code from ledger where kind = $1 order by seq', [kind])
  return rows.map(({ verdict, code }) => code ?? verdict)
}

beforeAll(async () => {
  house = await openDemoHouse()
  till = await house.openTill()
  await till.client.afterwards.setPin({ pin })
})
afterEach(async () => {
  await till.client.dismiss()
})
afterAll(() => house?.close())

describe('a meal that somebody collects', () => {
  it('is carried away by the senior’s own card and right, and is recorded once with who collected it', async () => {
    const senior = take(withNeighbour)
    const alone = await present(till, senior.id, 'card')
    expect(alone.proxy).toMatchObject({ offered: [{ name: neighbour?.name }], chosen: null, obstacle: null })
    await choose(alone)
    const collected = await till.untilCashier(isCollected)
    expect(collected).toMatchObject({ channel: 'takeaway', entry: { held: true }, proxy: { chosen: { portion: 1 } } })
    expect(await confirm(collected)).toMatchObject({ result: 'recorded', repeated: false })
    expect(await confirm(collected)).toMatchObject({ result: 'recorded', repeated: true })
    const [sale] = (await records('sale')).slice(-1)
    const evidence = await records('proxy-collection')
    expect(evidence).toHaveLength(1)
    expect(evidence[0]?.payload).toMatchObject({
      of: sale?.id,
      senior: sale?.payload.senior,
      portion: 1,
      approver: null,
      operator: lead,
    })
    expect(sale?.payload).toMatchObject({ channel: 'takeaway', means: 'card' })
    await vi.waitFor(async () => expect(await verdictsOf('proxy-collection')).toEqual(['accepted']), 20_000)
    await till.client.voidSale({ sale: recordId.parse(collected.checkIn) })
  })

  it('names nobody in what is signed', async () => {
    const text = (await records('proxy-collection')).map(record => JSON.stringify(record)).join()
    expect(text).not.toContain(neighbour?.name)
    expect(text).not.toContain(neighbour?.id)
  })

  it('becomes an ordinary meal again where it is taken back', async () => {
    const collected = await collect(take(withNeighbour))
    expect(await choose(collected, null)).toEqual({ result: 'done' })
    const again = await till.untilCashier((view): view is PricedView => isPriced(view) && view.proxy.chosen === null)
    expect(again).toMatchObject({ channel: 'dine-in', entry: { held: true } })
  })

  it('is not eaten here', async () => {
    await collect(take(withNeighbour))
    expect(await till.client.chooseChannel({ channel: 'dine-in' })).toMatchObject({ notice: { code: 'PROXY_CARRIES' } })
  })

  it('needs somebody who is registered', async () => {
    const priced = await present(till, take(withNobody).id, 'card')
    expect(priced.proxy).toMatchObject({ offered: [], obstacle: 'PROXY_NOT_REGISTERED' })
    const code = { notice: { code: 'PROXY_NOT_REGISTERED' } }
    expect(await choose(priced, neighbour?.id ?? null)).toMatchObject(code)
  })

  it('is not collected from a senior whom staff have compared', async () => {
    const senior = take(withNeighbour)
    await till.client.openDesk()
    await till.client.chooseSenior({ senior: senior.id })
    await till.client.serveSenior()
    const priced = await till.untilCashier(isPriced)
    expect(priced.proxy.obstacle).toBe('PROXY_IN_PERSON')
    expect(await choose(priced)).toMatchObject({ notice: { code: 'PROXY_IN_PERSON' } })
  })

  it('stands on the screen again after a crash', async () => {
    const collected = await collect(take(withNeighbour))
    await house.restart()
    till = await house.openTill()
    expect(await till.untilCashier(isCollected)).toMatchObject({ checkIn: collected.checkIn, channel: 'takeaway' })
  })
})

describe('the fourth portion of one proxy in a meal', () => {
  const sales: string[] = []

  it('waits for a station lead, who lets it go on by their PIN', async () => {
    for (let portion = 1; portion <= 3; portion++) {
      const collected = await collect(take(withNeighbour))
      expect(collected.proxy.chosen?.portion).toBe(portion)
      expect(await confirm(collected)).toMatchObject({ result: 'recorded' })
      sales.push(collected.checkIn)
    }
    const fourth = await collect(take(withNeighbour))
    expect(fourth).toMatchObject({ attention: [{ code: 'PROXY_MAX' }], entry: { seconds: null } })
    expect(await confirm(fourth)).toMatchObject({ notice: { code: 'PROXY_MAX' } })
    const { checkIn } = fourth
    const wrong = await till.client.proxy.approve({ checkIn, approval: { operator: lead, pin: '000111' } })
    expect(wrong).toMatchObject({ notice: { code: 'STAFF_PIN_WRONG' } })
    const noLead = { operator: operatorId.parse('he-ping'), pin }
    expect(await till.client.proxy.approve({ checkIn, approval: noLead })).toMatchObject({
      notice: { code: 'LEAD_ONLY' },
    })
    expect(await till.client.proxy.approve({ checkIn, approval })).toEqual({ result: 'done' })
    const approved = await till.untilCashier(
      (view): view is PricedView => isPriced(view) && view.proxy.leads === null && view.proxy.chosen !== null,
    )
    expect(await confirm(approved)).toMatchObject({ result: 'recorded' })
    const [last] = (await records('proxy-collection')).slice(-1)
    expect(last?.payload).toMatchObject({ of: checkIn, portion: 4, approver: lead })
    await vi.waitFor(
      async () => expect(new Set(await verdictsOf('proxy-collection'))).toEqual(new Set(['accepted'])),
      20_000,
    )
    sales.push(checkIn)
  })

  it('is the third one again where two of them are taken back', async () => {
    for (const sale of sales.slice(0, 2)) await till.client.voidSale({ sale: recordId.parse(sale) })
    expect((await collect(take(withNeighbour))).proxy.chosen?.portion).toBe(3)
  })
})

describe('a proxy who is registered at the till', () => {
  const name = '郑巧云'
  let senior: DemoSenior
  const draft = () => {
    const from = till.terminal().businessDate
    return { name, numberTail: '071X', relation: '侄女', from, until: addDays(from, 365) }
  }

  async function atDesk(): Promise<void> {
    await till.client.openDesk()
    await till.client.chooseSenior({ senior: senior.id })
  }

  it('needs a station lead, and dates of a year at most', async () => {
    senior = take(withNobody)
    await atDesk()
    const tooLong = { ...draft(), until: addDays(draft().from, 366) }
    expect(await till.client.proxy.register({ draft: tooLong, approval })).toMatchObject({
      notice: { code: 'PROXY_DATES' },
    })
    const noLead = { operator: operatorId.parse('he-ping'), pin }
    expect(await till.client.proxy.register({ draft: draft(), approval: noLead })).toMatchObject({
      notice: { code: 'LEAD_ONLY' },
    })
  })

  it('collects at once, and after a restart, and the province knows of it', async () => {
    await atDesk()
    expect(await till.client.proxy.register({ draft: draft(), approval })).toEqual({ result: 'done' })
    expect(await till.client.proxy.register({ draft: draft(), approval })).toMatchObject({
      notice: { code: 'PROXY_KNOWN' },
    })
    await till.client.dismiss()
    await house.restart()
    till = await house.openTill()
    const collected = await collect(senior)
    expect(collected.proxy.chosen?.name).toBe(name)
    await confirm(collected)
    await vi.waitFor(async () => expect(await verdictsOf('proxy-change')).toEqual(['accepted']), 20_000)
    await vi.waitFor(async () => expect((await verdictsOf('proxy-collection')).at(-1)).toBe('accepted'), 20_000)
  })

  it('may be a member, by the name and number of the roster, and never the senior', async () => {
    const other = take(withNobody)
    await till.client.openDesk()
    await till.client.chooseSenior({ senior: other.id })
    const { relation, from, until } = draft()
    const member = (id: DemoSenior['id']) =>
      till.client.proxy.register({ draft: { member: id, relation, from, until }, approval })
    expect(await member(other.id)).toMatchObject({ notice: { code: 'PROXY_DRAFT' } })
    expect(await member(senior.id)).toEqual({ result: 'done' })
    const view = till.cashier()
    expect(view.state === 'desk' && view.person?.proxies.map(one => one.name)).toEqual([senior.name])
    const byHand = { ...draft(), name: senior.name, numberTail: senior.numberTail ?? '' }
    expect(await till.client.proxy.register({ draft: byHand, approval })).toMatchObject({
      notice: { code: 'PROXY_KNOWN' },
    })
    const proxy = view.state === 'desk' ? view.person?.proxies[0]?.proxy : undefined
    if (proxy === undefined) throw new Error('nobody is registered')
    expect(await till.client.proxy.end({ proxy, approval })).toEqual({ result: 'done' })
    await till.client.dismiss()
  })

  it('is named by no signed record, and lies on no disk in plain', async () => {
    expect(JSON.stringify(await records('proxy-change'))).not.toContain(name)
    expect(findInFiles(house.dataDir, [{ what: 'the proxy', text: name }])).toMatchObject({ findings: [] })
  })

  it('is ended again, and then collects nothing', async () => {
    await atDesk()
    const view = till.cashier()
    const proxy = view.state === 'desk' ? view.person?.proxies[0]?.proxy : undefined
    if (proxy === undefined) throw new Error('nobody is registered')
    expect(await till.client.proxy.end({ proxy, approval })).toEqual({ result: 'done' })
    await till.client.dismiss()
    expect((await present(till, senior.id, 'dynamic-code')).proxy.obstacle).toBe('PROXY_NOT_REGISTERED')
    await vi.waitFor(async () => expect(await verdictsOf('proxy-change')).toEqual(Array(4).fill('accepted')), 20_000)
  })

  it('is not ended here where the roster brings it', async () => {
    senior = take(withNeighbour)
    await atDesk()
    const proxy = proxyId.parse(neighbour?.id)
    expect(await till.client.proxy.end({ proxy, approval })).toMatchObject({ notice: { code: 'PROXY_OF_ROSTER' } })
  })
})
