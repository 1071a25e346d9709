import { execFile } from 'node:child_process'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { demoSeniors } from '../../../province/demo-people.ts'
import { businessDateOf } from '../../../shared/business-day.ts'
import { recordId } from '../../../shared/ids.ts'
import type { PricedView } from '../../../shared/terminal-api.ts'
import { cuttableLine } from '../../support/cuttable-line.ts'
import { type DemoHouse, openDemoHouse } from '../../support/demo-house.ts'
import { present } from '../../support/people.ts'
import { packJson, subsidyStep, words } from '../../support/policy-kit.ts'
import { openSecondSite, type SecondSite } from '../../support/second-site.ts'
import { isPriced, type Till } from '../../support/till.ts'

const program = new URL('../../../province/main.ts', import.meta.url).pathname
const line = cuttableLine()
/** One meal a day from city; without a network a till gives two more, and the house bears what was too much. */
const pack = packJson([subsidyStep('city', 500, { limits: ['meal'] })], {
  limits: [{ id: 'meal', period: 'meal', unit: 'count', cap: 1 }],
  version: {
    offline: { mode: 'bounded', seniorDayFen: 500, seniorFen: 500, terminalFen: 1000, bearer: 'house' },
  },
  pack: {
    ...{ id: 'DEMO', area: 'DEMO' },
    funds: [
      { id: 'city', title: words('city'), source: 'public' },
      { id: 'house', title: words('house'), source: 'site' },
    ],
  },
})
const members = demoSeniors().filter(
  ({ homeSite, expected, cards }) => homeSite === 'demo-canteen' && expected.fen === 600 && cards.length > 0,
)

let house: DemoHouse
let home: Till
let away: SecondSite
let next = 6
function somebody() {
  const found = members[next++]
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
const everythingArrived = (till: Till) => till.untilTerminal(({ unsent }) => unsent.count === 0)
const claimOf = async (record: string) =>
  (await house.province.rows('select state, advanced from claim where record_id = $1', [record]))[0]
const asked = async () =>
  Object.fromEntries(
    (await house.province.rows('select fund, sum(claim_fen)::int as fen from claim_month group by 1')).map(row => [
      row.fund,
      row.fen,
    ]),
  )

/** Somebody whom the other site does not know yet stands there until the province has given their right. */
async function visit(senior: ReturnType<typeof somebody>): Promise<PricedView> {
  return await until(async () => {
    const view = await present(away.till(), senior, 'card')
    if (view.person === null) await away.till().client.askProvince({ checkIn: view.checkIn })
    const known = await away.till().untilCashier((now): now is PricedView => isPriced(now) && now.person !== null)
    if (known.subsidyFen === 500) return known
    await away.till().client.dismiss()
    return null
  })
}

async function confirm(till: Till, view: PricedView): Promise<string> {
  const result = await till.client.confirm({ checkIn: view.checkIn, digest: view.digest })
  if (result.result !== 'recorded') throw new Error(`not recorded: ${JSON.stringify(result)}`)
  return view.checkIn
}

const [twice, once, third] = [somebody(), somebody(), somebody()]
let overrun: string

beforeAll(async () => {
  house = await openDemoHouse({ reachableAt: address => line.open(address) })
  await house.province.province.publishPolicy(JSON.stringify(pack))
  home = await house.openTill()
  away = await openSecondSite(house.province)
  const looker = somebody()
  await until(async () => {
    const view = await present(home, looker, 'card')
    await home.client.dismiss()
    return view.subsidyFen === 500
  })
  // All three rights are at the other site; one is used there.
  await confirm(away.till(), await visit(twice))
  for (const senior of [once, third]) {
    await visit(senior)
    await away.till().client.dismiss()
  }
  await everythingArrived(away.till())
  await away.stop()
  await line.cut()
  await home.untilTerminal(({ network }) => network.state === 'offline')
})
afterAll(async () => {
  await away?.close()
  await house?.close()
  await line.cut()
})

describe('a till without a network and without a right', () => {
  it('gives as much as the policy says, and then the claim waits', async () => {
    const first = await present(home, twice, 'card')
    expect(first).toMatchObject({ subsidyFen: 500, pendingFen: 0 })
    overrun = await confirm(home, first)
    const second = await present(home, once, 'card')
    expect(second).toMatchObject({ subsidyFen: 500, pendingFen: 0 })
    await confirm(home, second)
    const beyond = await present(home, third, 'card')
    expect(beyond).toMatchObject({ subsidyFen: 0, pendingFen: 500 })
    await home.client.dismiss()
  })

  it('gives the same person nothing more that day', async () => {
    const again = await present(home, twice, 'card')
    expect(again).toMatchObject({ subsidyFen: 0 })
    await home.client.dismiss()
  })
})

describe('the province, once everybody was heard', () => {
  it('puts what was beyond the limits on the fund that bears it, and doubts no record', async () => {
    await line.mend()
    await everythingArrived(home)
    await until(async () => (await claimOf(overrun))?.state === 'overrun')
    expect(await claimOf(overrun)).toEqual({ state: 'overrun', advanced: true })
    const open = 'select count(*) from claim where advanced and state = $1'
    // The right of the other one is at a till that is not heard: nobody knows yet.
    expect(await house.province.number(open, ['open'])).toBe(1)
    await away.start()
    await until(async () => (await house.province.number(open, ['nothing-due'])) === 1)
    expect(await asked()).toEqual({ city: 1000, house: 500 })
    expect(await house.province.number('select count(*) from ledger where code is not null')).toBe(0)
  })

  it('shows it in the claims of the month', async () => {
    const month = businessDateOf(Date.now()).slice(0, 7)
    const said = await new Promise<string>(done => {
      const args = [program, 'claims', '--database-url', house.province.databaseUrl, '--month', month]
      execFile(process.execPath, args, (_, out) => done(out))
    })
    expect(said).toMatch(/overrun 1 = −5\.00/)
    expect(said).toMatch(/overrun 1 = 5\.00/)
  })

  it('asks the senior for nothing: what is taken back is taken back from whoever bore it', async () => {
    await home.client.voidSale({ sale: recordId.parse(overrun) })
    await everythingArrived(home)
    expect(await asked()).toEqual({ city: 1000, house: 0 })
  })
})
