import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { demoSeniors } from '../../../province/demo-people.ts'
import { businessDateOf } from '../../../shared/business-day.ts'
import type { AnyWord } from '../../../shared/leases/word.ts'
import type { PaperTerminal } from '../../support/paper-terminal.ts'
import { packJson, subsidyStep, words } from '../../support/policy-kit.ts'
import { openProvinceHouse, type ProvinceHouse } from '../../support/province-house.ts'

const today = businessDateOf(Date.now())
const member = demoSeniors().find(({ homeSite }) => homeSite === 'demo-canteen')
/** Like the demo's pack, with one pot, under a mode. */
const packUnder = (offline?: object) =>
  JSON.stringify(
    packJson([subsidyStep('city', 500, { limits: ['meal'] })], {
      limits: [{ id: 'meal', period: 'meal', unit: 'count', cap: 1 }],
      ...(offline ? { version: { offline } } : {}),
      pack: {
        ...{ id: 'DEMO', area: 'DEMO' },
        funds: [{ id: 'city', title: words('city'), source: 'public', pot: { period: 'year' } }],
      },
    }),
  )

let house: ProvinceHouse
let till: PaperTerminal
beforeAll(async () => {
  house = await openProvinceHouse()
  till = await house.terminal()
  await house.rows(
    "insert into pot_amount (fund, label, change, fen, operator) values ('city', $1, nextval('pot_change'), 900000, 'x')",
    [today.slice(0, 4)],
  )
})
afterAll(() => house.close())

async function told(): Promise<AnyWord[]> {
  const heard: AnyWord[] = []
  for (let cursor: string | null = null, more = true; more; ) {
    const page = await till.pull('leases', cursor)
    if (page.feed === 'leases') heard.push(...page.items)
    ;({ cursor, more } = page)
  }
  return heard
}
/** Of the pack for meals and of pots: services have packs of their own. */
const held = (all: readonly AnyWord[]) =>
  all
    .filter(word => 'fund' in word || word.pack === 'DEMO')
    .filter(({ grant }) => grant.ahead !== null || Object.values(grant.totals).some(total => total > 0))

describe('a policy under which tills ask for everything', () => {
  it('leases nothing ahead, neither of seniors nor of pots, and grants what a visit asks for', async () => {
    await house.province.publishPolicy(packUnder({ mode: 'online' }))
    const heard = await told()
    expect(heard.length).toBeGreaterThan(200)
    expect(held(heard)).toEqual([])
    if (member === undefined) throw new Error('no member')
    const meal = [{ limit: 'meal', label: `${today}/lunch`, amount: 1 }]
    const { word } = await till.ask({
      ...{ senior: member.id, pack: 'DEMO', generation: 1, epoch: 1, totals: meal, debits: meal },
    })
    expect(word?.grant.totals).toEqual({ [`meal|${today}/lunch`]: 1 })
  })
})

describe('a policy that says nothing of it', () => {
  it('leases ahead, and gives tranches', async () => {
    await house.province.publishPolicy(packUnder())
    await house.rows('update terminal set leases_on = null, pots_on = null')
    const heard = held(await told())
    expect(heard.some(word => 'fund' in word)).toBe(true)
    expect(heard.filter(word => 'senior' in word && word.grant.ahead !== null).length).toBeGreaterThan(200)
  })
})
