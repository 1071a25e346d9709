import { afterAll, beforeAll, expect, test } from 'vitest'
import { demoSeniors } from '../../../province/demo-people.ts'
import { addDays, businessDateOf } from '../../../shared/business-day.ts'
import { operatorId } from '../../../shared/ids.ts'
import { proxyIdOf } from '../../../shared/proxy.ts'
import type { PaperTerminal } from '../../support/paper-terminal.ts'
import { openProvinceHouse, type ProvinceHouse } from '../../support/province-house.ts'

let house: ProvinceHouse
const ofCanteen = demoSeniors().filter(({ homeSite }) => homeSite === 'demo-canteen')
const neighbour = { name: '周建平', numberTail: '4412' }
const niece = { name: '郑巧云', numberTail: '071X' }
const neighbourId = proxyIdOf(neighbour.name, neighbour.numberTail)
const nieceId = proxyIdOf(niece.name, niece.numberTail)
const withNeighbour = ofCanteen.filter(({ proxies = [] }) => proxies.some(({ id }) => id === neighbourId)).values()
const withNobody = ofCanteen.filter(({ proxies }) => !proxies).values()
const lead = operatorId.parse('sun-min')
const today = businessDateOf(Date.now())

function someoneOf(from: Iterator<(typeof ofCanteen)[number]>) {
  const { value } = from.next()
  if (!value) throw new Error('no senior left for this test')
  return value
}

beforeAll(async () => {
  house = await openProvinceHouse()
})
afterAll(() => house.close())

async function outcomes(terminal: PaperTerminal, items: Parameters<PaperTerminal['push']>[0]) {
  return (await terminal.push(items)).verdicts.map(({ verdict, code }) => code ?? verdict)
}

/** A sale and who collected it. */
async function collected(
  terminal: PaperTerminal,
  senior = someoneOf(withNeighbour),
  proxy = neighbourId,
  how: Parameters<PaperTerminal['collected']>[3] = {},
) {
  const sale = await terminal.sale(senior)
  return [sale, await terminal.collected(senior, sale.id, proxy, how)] as const
}

test('a proxy of the roster is taken, and one who is not on it is flagged; both sales stand', async () => {
  const terminal = await house.terminal()
  const items = [...(await collected(terminal)), ...(await collected(terminal, someoneOf(withNobody)))]
  expect(await outcomes(terminal, items)).toEqual(['accepted', 'accepted', 'accepted', 'PROXY_UNKNOWN'])
})

test('a proxy whose time is over is flagged', async () => {
  const [terminal, senior] = [await house.terminal(), someoneOf(withNeighbour)]
  await house.rows(
    `update senior set body = jsonb_set(body::jsonb, '{proxies,0,until}', to_jsonb($2::text))::text where senior_id = $1`,
    [senior.id, addDays(today, -1)],
  )
  expect(await outcomes(terminal, await collected(terminal, senior))).toEqual(['accepted', 'PROXY_UNKNOWN'])
})

test('a fourth portion in a meal needs a station lead, and one that was taken back makes room', async () => {
  const terminal = await house.terminal()
  const first = await collected(terminal)
  const more = [...(await collected(terminal)), ...(await collected(terminal))]
  expect(await outcomes(terminal, [...first, ...more])).toEqual(Array(6).fill('accepted'))
  const beyond = await collected(terminal)
  const approved = await collected(terminal, someoneOf(withNeighbour), neighbourId, { portion: 5, approver: lead })
  const cashier = { portion: 6, approver: operatorId.parse('he-ping') }
  const wrong = await collected(terminal, someoneOf(withNeighbour), neighbourId, cashier)
  expect(await outcomes(terminal, [...beyond, ...approved, ...wrong])).toEqual([
    ...['accepted', 'PROXY_OVER', 'accepted', 'accepted', 'accepted', 'NOT_APPROVED'],
  ])
  const voids = [await terminal.voidOf(first[0].id), await terminal.voidOf(beyond[0].id)]
  const again = [await terminal.voidOf(approved[0].id), await terminal.voidOf(wrong[0].id)]
  expect(await outcomes(terminal, [...voids, ...again, ...(await collected(terminal))])).toEqual(
    Array(6).fill('accepted'),
  )
})

test('one that names no sale, or another senior’s, is flagged', async () => {
  const [terminal, one, other] = [await house.terminal(), someoneOf(withNeighbour), someoneOf(withNeighbour)]
  const sale = await terminal.sale(one)
  const wrong = await terminal.collected(other, sale.id, neighbourId)
  const nothing = await terminal.collected(one, wrong.id, neighbourId)
  expect(await outcomes(terminal, [sale, wrong, nothing])).toEqual(['accepted', 'IDENTITY_DOUBTFUL', 'UNKNOWN_RECORD'])
})

test('whoever was registered at a till collects from then on, at the other tills of the site too, until it is ended', async () => {
  const [first, second, senior] = [await house.terminal(), await house.terminal(), someoneOf(withNobody)]
  const { cursor } = await second.pull('roster', null)
  const registered = await first.changeProxy(senior, niece)
  const sale = await first.sale(senior)
  const items = [registered, sale, await first.collected(senior, sale.id, nieceId)]
  expect(await outcomes(first, items)).toEqual(['accepted', 'accepted', 'accepted'])
  const told = async (from: string | null) => {
    const page = await second.pull('roster', from)
    const entry = page.feed === 'roster' ? page.items.find(({ id }) => id === senior.id) : undefined
    return { cursor: page.cursor, proxies: entry?.kind === 'full' ? (entry.proxies ?? []) : [] }
  }
  const { cursor: heard, proxies } = await told(cursor)
  expect(proxies).toEqual([{ id: nieceId, name: niece.name, from: today, until: addDays(today, 365), byStaff: true }])
  expect(await outcomes(first, [await first.changeProxy(senior, niece, { change: 'ended' })])).toEqual(['accepted'])
  expect((await told(heard)).proxies).toEqual([])
  // On the day of the end itself the order of two tills is not known.
  expect((await outcomes(second, await collected(second, senior, nieceId)))[1]).toBe('accepted')
})

test.each([
  ['by somebody who is no lead', { approver: 'he-ping' }, 'NOT_APPROVED'],
  ['for more than a year', { until: addDays(today, 366) }, 'DATE_DOUBTFUL'],
  ['for days that are over', { from: addDays(today, -1) }, 'DATE_DOUBTFUL'],
  ['under another name than its id', { name: '别人' }, 'INPUTS_DIFFER'],
  ['as ended that never was', { change: 'ended' }, 'PROXY_UNKNOWN'],
] as const)('a proxy registered %s is flagged and collects nothing', async (_, other, code) => {
  const [terminal, senior] = [await house.terminal(), someoneOf(withNobody)]
  const change = await terminal.changeProxy(senior, niece, other)
  const items = [change, ...(await collected(terminal, senior, nieceId))]
  expect(await outcomes(terminal, items)).toEqual([code, 'accepted', 'PROXY_UNKNOWN'])
})

test('nobody is named in what the province keeps of a collection', async () => {
  const rows = await house.rows('select * from proxy_collection')
  expect(rows.length).toBeGreaterThan(0)
  expect(JSON.stringify(rows)).not.toMatch(new RegExp(`${neighbour.name}|${neighbourId}`))
})
