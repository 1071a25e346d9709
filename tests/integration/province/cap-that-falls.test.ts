import { afterAll, beforeAll, expect, it } from 'vitest'
import { demoSeniors } from '../../../province/demo-people.ts'
import { addDays, businessDateOf } from '../../../shared/business-day.ts'
import type { LeaseWord } from '../../../shared/leases/word.ts'
import type { PaperTerminal } from '../../support/paper-terminal.ts'
import { packJson, soundPack, subsidyStep, words } from '../../support/policy-kit.ts'
import { openProvinceHouse, type ProvinceHouse } from '../../support/province-house.ts'

const today = businessDateOf(Date.now())
const yesterday = addDays(today, -1)
/** A period that holds yesterday and today, whatever the date. */
const label = today.slice(0, 4)
const version = (id: string, cap: number) => ({
  ...{ id, rounding: { unitFen: 1, mode: 'half-up' }, limits: [{ id: 'year', period: 'year', unit: 'count', cap }] },
  benefits: [subsidyStep('city', 500, { limits: ['year'] })],
})
const packOf = (versions: object[]) => {
  const funds = [{ id: 'city', title: words('city'), source: 'public' }]
  return packJson([], { pack: { id: 'DEMO', area: 'DEMO', funds, versions } })
}
const before = packOf([{ ...version('V1', 4), from: '2020-01-01' }])
const after = packOf([
  { ...version('V1', 4), from: '2020-01-01', to: yesterday },
  { ...version('V2', 2), from: today },
])
const senior = demoSeniors().find(({ homeSite, cards }) => homeSite === 'demo-canteen' && cards.length === 1)
if (senior === undefined) throw new Error('no demo members')

let house: ProvinceHouse
let home: PaperTerminal
let away: PaperTerminal
beforeAll(async () => {
  house = await openProvinceHouse()
  await house.province.publishPolicy(JSON.stringify(before))
  home = await house.terminal()
  away = await house.terminal('demo-riverside')
})
afterAll(() => house.close())

async function wordOf(till: PaperTerminal): Promise<LeaseWord | undefined> {
  const heard: LeaseWord[] = []
  for (let cursor: string | null = null, more = true; more; ) {
    const page = await till.pull('leases', cursor)
    if (page.feed === 'leases') heard.push(...page.items.flatMap(item => ('senior' in item ? [item] : [])))
    ;({ cursor, more } = page)
  }
  return heard.findLast(word => word.senior === senior?.id)
}
const push = async (till: PaperTerminal, ...items: Parameters<PaperTerminal['push']>[0]) =>
  (await till.push(items)).verdicts.map(({ verdict, code }) => (code === null ? verdict : `${verdict} ${code}`))

it.skipIf(yesterday.slice(0, 4) !== label)(
  'what was granted before a cap fell is paid where it is drawn after it, and nothing more is granted',
  async () => {
    const key = `year|${label}`
    const visit = [{ limit: 'year', label, amount: 1 }]
    const ask = (totals: number) =>
      away.ask({
        ...{ senior: senior.id, pack: 'DEMO', generation: 1, epoch: 1 },
        totals: visit.map(one => ({ ...one, amount: totals })),
        debits: visit,
      })
    await wordOf(home)
    await ask(1)
    const recall = (await wordOf(home))?.recall
    if (!recall) throw new Error('nothing was asked back')
    expect(await push(home, await home.release(senior, soundPack(before), recall))).toEqual(['accepted'])
    expect((await ask(1)).word?.grant.totals[key]).toBe(1)
    const first = await away.sale(senior, {
      ...{ pack: soundPack(before), meal: 'breakfast', date: yesterday, rights: { [key]: 1 } },
    })
    expect(await push(away, first)).toEqual(['accepted'])
    await house.province.publishPolicy(JSON.stringify(after))
    await wordOf(home)
    const pack = soundPack(after)
    const sales = [
      await home.sale(senior, { pack, meal: 'breakfast', used: { [key]: 0 }, rights: { [key]: 3 } }),
      await home.sale(senior, { pack, meal: 'lunch', used: { [key]: 1 }, rights: { [key]: 2 } }),
    ]
    expect(await push(home, ...sales)).toEqual(['accepted', 'accepted'])
    const money = 'select held, sum(fen)::int as fen from claim_line where senior_id = $1 group by 1'
    expect(await house.rows(money, [senior.id])).toEqual([{ held: false, fen: 1500 }])
    expect((await ask(2)).word?.grant.totals[key]).toBe(1)
  },
)
