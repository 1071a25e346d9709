import { afterEach, beforeEach, expect, it } from 'vitest'
import { demoSeniors } from '../../../province/demo-people.ts'
import { businessDateOf, type Meal, weekLabel } from '../../../shared/business-day.ts'
import { openOfflineTill } from '../../support/offline-till.ts'
import type { PaperTerminal } from '../../support/paper-terminal.ts'
import { keepCopy } from '../../support/province-copy.ts'
import { openProvinceHouse, type ProvinceHouse } from '../../support/province-house.ts'

/** The province is restored from a copy that is older than what it asked back of a till, and had been answered. */
const members = demoSeniors().filter(({ homeSite, expected }) => homeSite === 'demo-canteen' && expected.fen === 600)
const member = (index: number) => {
  const found = members[index]
  if (found === undefined) throw new Error('too few members')
  return found
}
const senior = member(1)
const today = businessDateOf(Date.now())
let house: ProvinceHouse
let till: Awaited<ReturnType<typeof openOfflineTill>>
let away: PaperTerminal

beforeEach(async () => {
  house = await openProvinceHouse({ lunchAllDay: true })
  till = await openOfflineTill(await house.code())
  away = await house.terminal('demo-riverside')
  await settle()
  const goBack = await keepCopy(house)
  await ask('breakfast', 1)
  await settle()
  expect(await ask('breakfast', 1)).toMatchObject({ [`meal|${today}/breakfast`]: 1 })
  await goBack()
  // With its next sale the till finds out that the province lacks its answer, and gives it again.
  await till.sell(member(9).id)
  await settle()
}, 120_000)
afterEach(async () => {
  await till?.close()
  await house?.close()
})

async function settle(): Promise<void> {
  for (let round = 0; round < 3; round += 1) await till.sync.round()
}

/** What the till elsewhere has after it asked for a meal of the senior, who eats so many times this week. */
async function ask(meal: Meal, times: number): Promise<Record<string, number> | undefined> {
  const of = (amount: number) => [
    { limit: 'meal', label: `${today}/${meal}`, amount: 1 },
    { limit: 'week', label: weekLabel(today), amount },
  ]
  const about = { senior: senior.id, pack: 'DEMO', generation: 1, epoch: 1 }
  return (await away.ask({ ...about, totals: of(times), debits: of(1) })).word?.grant.totals
}

it('a till hands back what is asked of it afterwards, though it had answered as many questions before', async () => {
  await ask('dinner', 2)
  await settle()
  expect(await ask('dinner', 2)).toMatchObject({ [`meal|${today}/dinner`]: 1 })
})

it('a claim is decided for which a till is asked afterwards', async () => {
  const sale = await away.sale(senior, { meal: 'dinner', rights: {}, at: Date.now() })
  expect((await away.push([sale])).verdicts).toMatchObject([{ verdict: 'accepted' }])
  await settle()
  const [claim] = await house.rows('select state from claim where record_id = $1', [sale.id])
  expect(claim).toEqual({ state: 'accepted' })
})
