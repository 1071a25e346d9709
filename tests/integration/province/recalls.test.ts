import { afterAll, beforeAll, expect, it } from 'vitest'
import { demoSeniors } from '../../../province/demo-people.ts'
import { businessDateOf } from '../../../shared/business-day.ts'
import type { LeaseWord } from '../../../shared/leases/word.ts'
import type { PaperTerminal } from '../../support/paper-terminal.ts'
import { packJson, soundPack, subsidyStep, words } from '../../support/policy-kit.ts'
import { openProvinceHouse, type ProvinceHouse } from '../../support/province-house.ts'

const month = businessDateOf(Date.now()).slice(0, 7)
const text = JSON.stringify(
  packJson([subsidyStep('city', 500, { limits: ['month'] })], {
    limits: [{ id: 'month', period: 'month', unit: 'count', cap: 4 }],
    pack: { id: 'DEMO', area: 'DEMO', funds: [{ id: 'city', title: words('city'), source: 'public' }] },
  }),
)
const pack = soundPack(JSON.parse(text))
const [senior] = demoSeniors().filter(({ homeSite, cards }) => homeSite === 'demo-canteen' && cards.length === 1)
let house: ProvinceHouse
beforeAll(async () => {
  house = await openProvinceHouse()
  await house.province.publishPolicy(text)
})
afterAll(() => house.close())

async function recallOf(till: PaperTerminal): Promise<LeaseWord['recall']> {
  const page = await till.pull('leases', null)
  const heard = page.feed === 'leases' ? page.items.flatMap(item => ('senior' in item ? [item] : [])) : []
  return heard.findLast(word => word.senior === senior?.id)?.recall ?? null
}

it('a right that the one with most does not hand back is asked of the next while the person still stands there', async () => {
  if (!senior) throw new Error('no demo members')
  const home = await house.terminal()
  const away = await house.terminal('demo-riverside')
  const third = await house.terminal('demo-riverside')
  const one = [{ limit: 'month', label: month, amount: 1 }]
  const ask = (till: PaperTerminal) =>
    till.ask({ ...{ senior: senior.id, pack: 'DEMO', generation: 1, epoch: 1 }, totals: one, debits: one })
  await recallOf(home)
  await ask(away)
  const asked = await recallOf(home)
  if (asked) await home.push([await home.release(senior, pack, asked)])
  await ask(away)
  // From here on the home is cut off.
  expect((await ask(third)).word?.grant.totals).toEqual({})
  const next = await recallOf(away)
  if (!next) throw new Error('nothing was asked back')
  await away.push([await away.release(senior, pack, next)])
  expect((await ask(third)).word?.grant.totals).toEqual({ [`month|${month}`]: 1 })
})
