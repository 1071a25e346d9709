import { execFile } from 'node:child_process'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { demoSeniors } from '../../../province/demo-people.ts'
import { businessDateOf } from '../../../shared/business-day.ts'
import { fundId } from '../../../shared/ids.ts'
import { counterOf, emptyHolder, type Holder, left, withGrant } from '../../../shared/leases/holder.ts'
import { totalsFor } from '../../../shared/leases/rules.ts'
import type { PotWord } from '../../../shared/leases/word.ts'
import type { PolicyPack } from '../../../shared/policy/language.ts'
import type { PaperTerminal } from '../../support/paper-terminal.ts'
import { packJson, soundPack, subsidyStep, words } from '../../support/policy-kit.ts'
import { openProvinceHouse, type ProvinceHouse } from '../../support/province-house.ts'

const program = new URL('../../../province/main.ts', import.meta.url).pathname
const today = businessDateOf(Date.now())
const label = today.slice(0, 4)
const member = demoSeniors().find(({ homeSite }) => homeSite === 'demo-canteen')
const fund = fundId.parse('city')
const counter = counterOf(`pot:city|${label}`)

let house: ProvinceHouse
let tills: PaperTerminal[]
let pack: PolicyPack

beforeAll(async () => {
  house = await openProvinceHouse()
  const funds = [{ id: 'city', title: words('city'), source: 'public', pot: { period: 'year' } }]
  const text = JSON.stringify(
    packJson([subsidyStep('city', 500, { limits: ['meal'] })], {
      limits: [{ id: 'meal', period: 'meal', unit: 'count', cap: 1 }],
      pack: { id: 'DEMO', area: 'DEMO', funds },
    }),
  )
  await house.province.publishPolicy(text)
  pack = soundPack(JSON.parse(text))
  tills = [await house.terminal(), await house.terminal('demo-riverside'), await house.terminal('demo-riverside')]
})
afterAll(() => house.close())

/** The pot anew, with this amount and nothing drawn. */
async function anew(fen: number): Promise<void> {
  await house.rows("delete from lease_state where senior_id = 'pot:city'")
  await house.rows('delete from pot_amount')
  await house.rows(
    "insert into pot_amount (fund, label, change, fen, operator) values ('city', $1, nextval('pot_change'), $2, 'x')",
    [label, fen],
  )
  await house.rows('update terminal set pots_on = null')
}

async function ask(till: PaperTerminal, held: Holder, fen: number): Promise<PotWord> {
  if (member === undefined) throw new Error('no member')
  const debits = [{ ...counter, amount: fen }]
  const plain = (amounts: readonly (typeof debits)[number][]) =>
    amounts.map(({ limit, label: of, amount }) => ({ limit, label: of, amount }))
  const { pots } = await till.ask({
    ...{ senior: member.id, pack: 'DEMO', generation: 1, epoch: 1, totals: [], debits: [] },
    pots: [{ fund, totals: plain(totalsFor(held, debits)), debits: plain(debits) }],
  })
  const [word] = pots
  if (word === undefined) throw new Error('no word on the pot')
  return word
}

async function tranche(till: PaperTerminal): Promise<PotWord | null> {
  const page = await till.pull('leases', null)
  const items = page.feed === 'leases' ? page.items : []
  return items.flatMap(item => ('fund' in item ? [item] : []))[0] ?? null
}

describe('the first till of a site', () => {
  it('gets its members’ part of a pot with the feed, a second one only hears how the pot stands', async () => {
    await anew(300_000)
    const [canteen, riverside, second] = await Promise.all(tills.map(tranche))
    const of = (word: PotWord | null | undefined) => word?.grant.totals[counter.key] ?? 0
    // Of 280 of 300 members two weeks of a year, of 20 of 300.
    expect(of(canteen)).toBe(Math.floor((300_000 * 280 * 14) / 300 / daysOfYear))
    expect(of(riverside)).toBe(Math.floor((300_000 * 20 * 14) / 300 / daysOfYear))
    expect(of(second)).toBe(0)
    expect(second?.elsewhere).toEqual({ [counter.key]: 300_000 })
  })

  it('is told that a period without an amount has no bound, and of a later one nothing once there was an amount', async () => {
    await anew(1000)
    await house.rows('update pot_amount set label = $1', [String(Number(label) - 1)])
    const [word] = await Promise.all(tills.map(tranche))
    expect(word?.elsewhere[counter.key]).toBeNull()
    expect(word?.elsewhere[`pot:city|${Number(label) + 1}`]).toBeUndefined()
  })
})

const daysOfYear = new Date(Date.UTC(Number(label), 1, 29)).getUTCMonth() === 1 ? 366 : 365

it('tills that ask at once are never granted more than the pot holds, and all of it where they want it', async () => {
  const question = fc.record({ till: fc.nat({ max: 2 }), fen: fc.integer({ min: 1, max: 900 }) })
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 0, max: 3000 }),
      fc.array(fc.array(question, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 4 }),
      async (fen, rounds) => {
        await anew(fen)
        const held = tills.map(() => emptyHolder)
        let most = 0
        for (const round of rounds) {
          const first = round.filter(({ till }, at) => round.findIndex(other => other.till === till) === at)
          await Promise.all(
            first.map(async ({ till, fen: amount }) => {
              const from = tills[till]
              const before = held[till]
              if (from === undefined || before === undefined) throw new Error('no such till')
              most = Math.max(most, amount)
              const word = await ask(from, before, amount)
              held[till] = withGrant(before, word.grant)
              const there = word.elsewhere[counter.key]
              if (there !== null && there !== undefined) expect(there).toBeLessThanOrEqual(fen)
            }),
          )
          const sum = held.reduce((total, one) => total + left(one, counter), 0)
          expect(sum).toBeLessThanOrEqual(fen)
        }
        const sum = held.reduce((total, one) => total + left(one, counter), 0)
        expect(sum).toBeGreaterThanOrEqual(Math.min(most, fen))
      },
    ),
    { numRuns: 6 },
  )
})

describe('claims that wait for a pot', () => {
  const members = demoSeniors().filter(({ homeSite }) => homeSite === 'demo-canteen')
  const states = async () =>
    Object.fromEntries(
      (await house.rows('select state, count(*)::int as n from claim group by 1')).map(({ state, n }) => [state, n]),
    )
  const set = (yuan: number) =>
    new Promise(done => {
      const words = ['pots', 'set', 'city', label, String(yuan), '--operator', 'x', '--database-url', house.databaseUrl]
      execFile(process.execPath, [program, ...words], error => done(error?.code ?? 0))
    })

  // What is leased ahead to the homes of the seniors must not keep their claims waiting.
  beforeAll(() => house.rows("delete from lease_state where senior_id not like 'pot:%'"))

  it('end with nothing due when another till draws the last of it, and not before', async () => {
    await anew(1000)
    const [canteen, riverside] = tills
    const [one, two, three] = members
    if (!canteen || !riverside || !one || !two || !three) throw new Error('too few')
    await ask(canteen, emptyHolder, 1000)
    const waiting = await riverside.sale(one, { pack, rights: {} })
    await riverside.push([waiting])
    expect(await states()).toEqual({ open: 1 })
    await canteen.push([await canteen.sale(two, { pack, pots: { city: 1000 } })])
    expect(await states()).toEqual({ open: 1 })
    await canteen.push([await canteen.sale(three, { pack, pots: { city: 500 } })])
    expect(await states()).toEqual({ 'nothing-due': 1 })
  })

  it('are all decided when the amount is raised, however many they are', async () => {
    await house.rows('delete from claim')
    await anew(500)
    const [canteen, riverside] = tills
    if (!canteen || !riverside) throw new Error('too few')
    await ask(canteen, emptyHolder, 500)
    const many = members.slice(10, 220)
    for (let from = 0; from < many.length; from += 100) {
      const sales = []
      for (const senior of many.slice(from, from + 100)) sales.push(await riverside.sale(senior, { pack, rights: {} }))
      await riverside.push(sales)
    }
    expect(await states()).toEqual({ open: 210 })
    expect(await set(5 * 211)).toBe(0)
    expect(await states()).toEqual({ accepted: 210 })
  })
})
