import { execFile } from 'node:child_process'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { demoSeniors } from '../../../province/demo-people.ts'
import { businessDateOf } from '../../../shared/business-day.ts'
import { recordId } from '../../../shared/ids.ts'
import { counterOf, emptyHolder, left } from '../../../shared/leases/holder.ts'
import { outstanding, settledOf } from '../../../shared/leases/rights.ts'
import { seniorLease } from '../../../shared/leases/senior-lease.ts'
import { cuttableLine } from '../../support/cuttable-line.ts'
import { type DemoHouse, openDemoHouse } from '../../support/demo-house.ts'
import { eat, present } from '../../support/people.ts'
import { packJson, subsidyStep, words } from '../../support/policy-kit.ts'
import { openSecondSite, type SecondSite } from '../../support/second-site.ts'
import type { Till } from '../../support/till.ts'

const program = new URL('../../../province/main.ts', import.meta.url).pathname
const label = businessDateOf(Date.now()).slice(0, 7)
const november = counterOf(`pot:city|${label}`)
const line = cuttableLine()
/** City pays 5.00 of a meal out of a pot, whole or not at all; street pays 1.00 without one. */
const pack = packJson(
  [subsidyStep('city', 500, { limits: ['meal'] }), subsidyStep('street', 100, { fund: 'street' })],
  {
    limits: [{ id: 'meal', period: 'meal', unit: 'count', cap: 1 }],
    pack: {
      id: 'DEMO',
      area: 'DEMO',
      funds: [
        { id: 'city', title: words('city'), source: 'public', pot: { period: 'month' } },
        { id: 'street', title: words('street'), source: 'public' },
      ],
    },
  },
)

let house: DemoHouse
let home: Till
let away: SecondSite

const queues = new Map(
  ['demo-canteen', 'demo-riverside'].map(site => [
    site,
    demoSeniors().filter(
      ({ homeSite, cards, expected }) => homeSite === site && cards.length > 0 && expected.fen === 600,
    ),
  ]),
)
// The first of the canteen are the cast of the simulator, with a card that is lost among them.
queues.get('demo-canteen')?.splice(0, 10)
/** A member who has not eaten. */
function somebody(site: 'demo-canteen' | 'demo-riverside' = 'demo-canteen') {
  const found = queues.get(site)?.shift()
  if (!found) throw new Error('no demo members left')
  return found.id
}

async function until<T>(look: () => Promise<T> | T): Promise<NonNullable<T>> {
  for (;;) {
    const found = await look()
    if (found) return found
    await new Promise(resolve => setTimeout(resolve, 50))
  }
}

async function pots(...more: string[]): Promise<{ code: unknown; said: string }> {
  return await new Promise(done => {
    const args = [program, 'pots', '--database-url', house.province.databaseUrl, ...more]
    execFile(process.execPath, args, (error, out, complained) =>
      done({ code: error?.code ?? 0, said: out + complained }),
    )
  })
}

/** The pot as the province keeps it. */
async function pot() {
  const [row] = await house.province.rows("select body from lease_state where senior_id = 'pot:city'")
  const { rights } = seniorLease.parse(JSON.parse(String(row?.body)))
  return { drawn: settledOf(rights, november), out: outstanding(rights, november), rights }
}
const claimOf = async (record: string) =>
  (await house.province.rows('select state, waits_for from claim where record_id = $1', [record]))[0]
const paidByCity = () =>
  house.province.number("select coalesce(sum(fen), 0) from claim_line where fund = 'city' and not held")
const everythingArrived = (till: Till) => till.untilTerminal(({ unsent }) => unsent.count === 0)

/** Sets what the pot holds, and waits until these tills have heard of it. */
async function setPot(fen: number, ...tills: Till[]): Promise<void> {
  const { code, said } = await pots('set', 'city', label, (fen / 100).toFixed(2), '--operator', '李主任')
  if (code !== 0) throw new Error(said)
  const at = Date.now()
  // The round that began before may have passed the leases already: the next one brings them.
  for (let rounds = 0; rounds < 2; rounds += 1)
    for (const till of tills) {
      const since = Date.now()
      await till.untilTerminal(({ roster }) => (roster.syncedAt ?? 0) > Math.max(at, since))
    }
}

interface Served {
  readonly record: string
  readonly cityFen: number
  readonly pending: number
}

/** One meal as it is priced at once, with what city paid of it. */
async function serve(till: Till, senior = somebody()): Promise<Served> {
  const { priced, sale } = await eat(till, senior)
  return { record: sale.record, cityFen: priced.subsidyFen - 100, pending: priced.pendingFen }
}

/** One meal of somebody who stands there until the province has answered in time: a busy machine takes its time. */
async function serveOnline(till: Till, senior = somebody()): Promise<Served> {
  for (;;) {
    const { pendingFen } = await present(till, senior, 'card')
    if (pendingFen === 0) return await serve(till, senior)
    await till.client.dismiss()
  }
}

beforeAll(async () => {
  house = await openDemoHouse({ reachableAt: address => line.open(address) })
  await house.province.province.publishPolicy(JSON.stringify(pack))
  home = await house.openTill()
  away = await openSecondSite(house.province)
  // The pack that the demo began with may have come first.
  await until(async () => {
    const view = await present(home, somebody(), 'card')
    await home.client.dismiss()
    return view.subsidyFen === 600 && view.ladder.length === 2
  })
})
afterAll(async () => {
  await away?.close()
  await house?.close()
  await line.cut()
})
afterEach(async () => {
  await home.client.dismiss()
})

describe('a pot without an amount', () => {
  it('has no bound, and what is drawn of it is known', async () => {
    expect(await serve(home)).toMatchObject({ cityFen: 500, pending: 0 })
    await everythingArrived(home)
    expect((await pot()).drawn).toBe(500)
    expect((await pots()).said).toMatch(new RegExp(`\\(city\\) ${label} .*no bound.*drawn 5\\.00`))
  })
})

describe('an amount', () => {
  it.each([
    [['set', 'city', label, '4.99', '--operator', '李'], /5\.00 is drawn or in the hands of tills/],
    [['set', 'city', '2026-W47', '100', '--operator', '李'], /period of this pot is a month/],
    [['set', 'city', '2020-01', '100', '--operator', '李'], /that period is over/],
    [['set', 'street', label, '100', '--operator', '李'], /no such pot; the packs in use have: city/],
    [['set', 'city', label, '100'], /say who decides/],
  ])('is not set by %j', async (said, expected) => {
    expect(await pots(...said)).toMatchObject({ code: 1, said: expect.stringMatching(expected) })
    expect(await house.province.number('select count(*) from pot_amount')).toBe(0)
  })
})

describe('a pot of two sites', () => {
  it('pays for as many meals as it holds, wherever they are eaten, and then nobody waits for a claim', async () => {
    await setPot(2500, home, away.till())
    const { drawn, out } = await pot()
    expect(drawn + out).toBeLessThanOrEqual(2500)
    const served = [
      await serveOnline(home),
      await serveOnline(home),
      await serveOnline(away.till(), somebody('demo-riverside')),
    ]
    expect(served.map(({ cityFen, pending }) => [cityFen, pending])).toEqual([
      [500, 0],
      [500, 0],
      [500, 0],
    ])
    expect(await serveOnline(home)).toMatchObject({ cityFen: 500, pending: 0 })
    expect(await serveOnline(home)).toMatchObject({ cityFen: 0, pending: 0 })
    expect(await serveOnline(away.till(), somebody('demo-riverside'))).toMatchObject({ cityFen: 0, pending: 0 })
    await Promise.all([everythingArrived(home), everythingArrived(away.till())])
    expect(await pot()).toMatchObject({ drawn: 2500, out: 0 })
    expect(await paidByCity()).toBe(2500)
    expect(await house.province.number('select count(*) from claim')).toBe(0)
  })

  it('tells the cashier that the fund is used up', async () => {
    const view = await present(home, somebody(), 'card')
    expect(view.attention.map(({ code }) => code)).toContain('FUND_EXHAUSTED')
  })

  it('gets back what a void gives back, and the next person has it', async () => {
    await setPot(3000, home)
    const taken = await serveOnline(home)
    expect(taken.cityFen).toBe(500)
    expect((await serveOnline(home)).cityFen).toBe(0)
    await home.client.voidSale({ sale: recordId.parse(taken.record) })
    expect((await serveOnline(home)).cityFen).toBe(500)
    await everythingArrived(home)
    expect(await pot()).toMatchObject({ drawn: 3000, out: 0 })
  })
})

describe('a till without a network', () => {
  it('goes on with its tranche; what is beyond it waits, and is made good when the pot has it', async () => {
    await setPot(8000, home, away.till())
    const tranche = (await pot()).out
    await line.cut()
    const served = []
    while (served.length < 30) {
      const one = await serve(home)
      served.push(one)
      if (one.pending > 0) break
    }
    const paid = served.filter(({ pending }) => pending === 0)
    expect(paid.every(({ cityFen }) => cityFen === 500)).toBe(true)
    expect(paid.length * 500).toBeLessThanOrEqual(tranche)
    expect(paid.length).toBeGreaterThan(0)
    const last = served.at(-1)
    expect(last).toMatchObject({ cityFen: 0, pending: 500 })
    await line.mend()
    await everythingArrived(home)
    await until(async () => (await claimOf(last?.record ?? ''))?.state === 'accepted')
    const { drawn, out } = await pot()
    expect(drawn).toBe(3000 + paid.length * 500 + 500)
    expect(drawn + out).toBeLessThanOrEqual(8000)
  })

  it('holds back what others need until it is heard: their claim waits for the fund, and is decided then', async () => {
    // All that is left goes to the second site, which is cut off with it.
    await away.stop()
    const { drawn } = await pot()
    await setPot(drawn + (await pot()).out, home)
    const claims: string[] = []
    while (claims.length === 0) {
      const one = await serve(home)
      if (one.pending > 0) claims.push(one.record)
      if (one.pending === 0 && one.cityFen === 0) break
    }
    await everythingArrived(home)
    const { out } = await pot()
    if (out >= 500) {
      await until(async () => (await claimOf(claims[0] ?? ''))?.waits_for === 'city')
      expect(await claimOf(claims[0] ?? '')).toMatchObject({ state: 'open' })
      await away.start()
      await until(async () => (await claimOf(claims[0] ?? ''))?.state === 'accepted')
    } else expect(claims).toEqual([])
  })
})

it('a till that lost its disk gets a tranche of its own; what the lost one held stays out until an operator gives it up', async () => {
  const before = await pot()
  await house.restart({ onEmptyDisk: true })
  home = await house.openTill()
  await setPot(before.drawn + before.out + 9000, home)
  const after = await until(async () => {
    const now = await pot()
    return left(now.rights.holders['paper-1#2'] ?? emptyHolder, november) > 0 ? now : null
  })
  expect(after.drawn).toBe(before.drawn)
  const lost = after.rights.holders['paper-1#1']
  expect(lost && left(lost, november)).toBe(left(before.rights.holders['paper-1#1'] ?? emptyHolder, november))
})

it('in the end city paid no fen more than its pot holds, and no record is doubted', async () => {
  const amount = await house.province.number('select fen from pot_amount order by change desc limit 1')
  const { drawn, out } = await pot()
  expect(drawn + out).toBeLessThanOrEqual(amount)
  expect(await paidByCity()).toBeLessThanOrEqual(drawn)
  expect(await house.province.number('select count(*) from ledger where code is not null')).toBe(0)
})
