import { afterAll, beforeAll, expect, it } from 'vitest'
import { type DemoSenior, demoSeniors } from '../../../province/demo-people.ts'
import { businessDateOf } from '../../../shared/business-day.ts'
import type { LeaseWord } from '../../../shared/leases/word.ts'
import type { PaperTerminal } from '../../support/paper-terminal.ts'
import { packJson, soundPack, subsidyStep, words } from '../../support/policy-kit.ts'
import { openProvinceHouse, type ProvinceHouse } from '../../support/province-house.ts'

const today = businessDateOf(Date.now())
const members = demoSeniors().filter(({ homeSite, cards }) => homeSite === 'demo-canteen' && cards.length === 1)
const text = (id: string) =>
  JSON.stringify(
    packJson([subsidyStep('city', 500, { limits: ['meal'] })], {
      limits: [{ id: 'meal', period: 'meal', unit: 'count', cap: 1 }],
      pack: { id, area: id, funds: [{ id: 'city', title: words('city'), source: 'public' }] },
    }),
  )
const other = soundPack(JSON.parse(text('OTHER')))
const city = [{ fund: 'city', fen: 500 }]
let house: ProvinceHouse
let home: PaperTerminal
let away: PaperTerminal
let next = 12

beforeAll(async () => {
  house = await openProvinceHouse()
  await house.province.publishPolicy(text('DEMO'))
  await house.province.publishPolicy(text('OTHER'))
  await house.rows(
    `update site set body = jsonb_set(body::jsonb, '{policy}', '"OTHER"')::text where site_id = 'demo-riverside'`,
  )
  home = await house.terminal()
  away = await house.terminal('demo-riverside')
  await wordsOf(home)
})
afterAll(() => house.close())

async function wordsOf(till: PaperTerminal): Promise<LeaseWord[]> {
  const heard: LeaseWord[] = []
  for (let cursor: string | null = null, more = true; more; ) {
    const page = await till.pull('leases', cursor)
    if (page.feed === 'leases') heard.push(...page.items.flatMap(item => ('senior' in item ? [item] : [])))
    ;({ cursor, more } = page)
  }
  return heard
}
const wordOf = async (till: PaperTerminal, senior: DemoSenior) =>
  (await wordsOf(till)).findLast(word => word.senior === senior.id && word.pack === 'OTHER')
const verdictsOf = async (till: PaperTerminal, ...items: Parameters<PaperTerminal['push']>[0]) =>
  (await till.push(items)).verdicts.map(({ verdict }) => verdict)
const ask = async (till: PaperTerminal, senior: DemoSenior) =>
  await till.ask({ senior: senior.id, pack: 'DEMO', generation: 1, epoch: 1, totals: [], debits: [] })

/** A meal at a site of another pack than the member's own, at the list price. */
async function eatenElsewhere() {
  const senior = members[next++]
  if (!senior) throw new Error('no demo members left')
  const sale = await away.sale(senior, { pack: other, rights: { [`meal|${today}/lunch`]: 0 } })
  await away.push([sale])
  const state = async () => (await house.rows('select state from claim where record_id = $1', [sale.id]))[0]?.state
  return { senior, sale, key: `owed|9999-12-31/${sale.id}`, state }
}

it('a claim of a sale under another pack reaches the home, and is paid there', async () => {
  const { senior, sale, key, state } = await eatenElsewhere()
  expect(await wordOf(home, senior)).toMatchObject({
    owed: { [key]: { of: sale.id } },
    grant: { totals: { [key]: 1 } },
  })
  expect([await verdictsOf(home, await home.madeGood(senior, sale.id, city)), await state()]).toEqual([
    ['accepted'],
    'made-good',
  ])
})

it('it reaches another till that asks by its own pack, once the home handed the right back', async () => {
  const { senior, sale, key, state } = await eatenElsewhere()
  const third = await house.terminal()
  expect((await wordOf(home, senior))?.grant.totals[key]).toBe(1)
  await ask(third, senior)
  const recall = (await wordOf(home, senior))?.recall
  if (!recall) throw new Error('nothing was asked back')
  await home.push([await home.release(senior, other, recall)])
  await ask(third, senior)
  expect((await wordOf(third, senior))?.grant.totals[key]).toBe(1)
  expect([await verdictsOf(third, await third.madeGood(senior, sale.id, city)), await state()]).toEqual([
    ['accepted'],
    'made-good',
  ])
})

it('a home that was given up, and another that took its place, is told with its leases what its members are owed', async () => {
  const { senior, sale, key } = await eatenElsewhere()
  await house.rows(
    `update lease_state set body = jsonb_set(jsonb_set(body::jsonb, '{home}', 'null'), '{rights,holders}', '{}')::text
      where senior_id = $1 and pack_id = 'OTHER'`,
    [senior.id],
  )
  await house.rows('update terminal set leases_on = null')
  expect(await wordOf(home, senior)).toMatchObject({
    owed: { [key]: { of: sale.id } },
    grant: { totals: { [key]: 1 } },
  })
})
