import { afterAll, beforeAll, expect, it } from 'vitest'
import { demoSeniors } from '../../../province/demo-people.ts'
import { addDays, businessDateOf } from '../../../shared/business-day.ts'
import { counterOf, emptyHolder, left, withGrant } from '../../../shared/leases/holder.ts'
import type { LeaseWord } from '../../../shared/leases/word.ts'
import { resumesOn } from '../../../shared/policy/counters.ts'
import type { PaperTerminal } from '../../support/paper-terminal.ts'
import { packJson, soundPack, subsidyStep, words } from '../../support/policy-kit.ts'
import { openProvinceHouse, type ProvinceHouse } from '../../support/province-house.ts'

const today = businessDateOf(Date.now())
const nextMonth = resumesOn('month', today) ?? today
const yesterday = addDays(today, -1)
const members = demoSeniors().filter(({ homeSite, cards }) => homeSite === 'demo-canteen' && cards.length === 1)
const [senior] = members
if (!senior?.person) throw new Error('no demo members')
/** Today is the birthday on which the cap rises. */
const born = `1944${today.slice(4)}`
const byAge = { classes: [{ when: { age: { atLeast: Number(today.slice(0, 4)) - 1944 } }, cap: 2 }, { cap: 1 }] }
const version = (id: string, limits: readonly object[], names: readonly string[]) => ({
  ...{ id, rounding: { unitFen: 1, mode: 'half-up' }, limits },
  benefits: [subsidyStep('city', 500, { limits: names })],
})
const meal = { id: 'meal', period: 'meal', unit: 'count', cap: byAge }
const month = { id: 'month', period: 'month', unit: 'fen', cap: 15000 }
const packText = JSON.stringify(
  packJson([], {
    pack: {
      ...{ id: 'DEMO', area: 'DEMO', funds: [{ id: 'city', title: words('city'), source: 'public' }] },
      versions: [
        { ...version('V1', [meal], ['meal']), from: '2020-01-01', to: addDays(nextMonth, -1) },
        { ...version('V2', [meal, month], ['meal', 'month']), from: nextMonth },
      ],
    },
  }),
)
const pack = soundPack(JSON.parse(packText))
let house: ProvinceHouse
let home: PaperTerminal
let second: PaperTerminal

beforeAll(async () => {
  house = await openProvinceHouse()
  await house.province.publishPolicy(packText)
  await house.rows(`update site set body = jsonb_set(body::jsonb, '{leaseClass}', '"village"')::text`)
  await house.rows(
    `update senior set body = jsonb_set(body::jsonb, '{person,birthDate}', to_jsonb($2::text))::text where senior_id = $1`,
    [senior.id, born],
  )
  home = await house.terminal()
  second = await house.terminal()
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
const held = (word: LeaseWord | undefined, key: string) =>
  word ? left(withGrant(emptyHolder, word.grant), counterOf(key)) : null

it('a lunch of the day before a birthday holds what it held then, at the home and at a till that asks', async () => {
  const label = `${yesterday}/lunch`
  const word = await wordOf(home)
  expect([held(word, `meal|${label}`), held(word, `meal|${today}/lunch`)]).toEqual([1, 2])
  const lunch = { limit: 'meal', label, amount: 2 }
  const question = { senior: senior.id, pack: pack.id, generation: 1, epoch: 1, totals: [lunch], debits: [lunch] }
  const told = (await second.ask(question)).word
  expect(told?.grant.totals[`meal|${label}`] ?? 0).toBe(0)
})

it('a village holds next month by the version that is in force then', async () => {
  const word = await wordOf(home)
  expect(held(word, `month|${nextMonth.slice(0, 7)}`)).toBe(15000)
  expect(held(word, `month|${today.slice(0, 7)}`)).toBe(0)
})
