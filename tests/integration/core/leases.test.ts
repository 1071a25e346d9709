import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { demoSeniors } from '../../../province/demo-people.ts'
import { recordId } from '../../../shared/ids.ts'
import { ledgerRecord } from '../../../shared/record.ts'
import type { PricedView } from '../../../shared/terminal-api.ts'
import { type DemoHouse, openDemoHouse } from '../../support/demo-house.ts'
import { eat, present } from '../../support/people.ts'
import { openSecondSite, type SecondSite } from '../../support/second-site.ts'
import { isPriced, type Till } from '../../support/till.ts'

const members = demoSeniors().filter(
  ({ homeSite, expected, cards }) => homeSite === 'demo-canteen' && expected.fen === 600 && cards.length > 0,
)
let house: DemoHouse
let home: Till
let away: SecondSite
// The first are the cast of the simulator, with a card that is lost among them.
let next = 6

/** A member of the home site who has not eaten, with 6.00 of subsidies at lunch. */
function somebody() {
  const found = members[next++]
  if (!found) throw new Error('no demo members left')
  return found
}

async function until<T>(look: () => Promise<T> | T): Promise<NonNullable<T>> {
  for (;;) {
    const found = await look()
    if (found) return found
    await new Promise(resolve => setTimeout(resolve, 50))
  }
}

const everythingArrived = (till: Till) => till.untilTerminal(({ unsent }) => unsent.count === 0)
const subsidyOf = (senior: string) =>
  house.province.number('select coalesce(sum(fen), 0) from claim_line where senior_id = $1 and not held', [senior])
const codesOf = (senior: string) =>
  house.province.rows('select kind, verdict, code from ledger where senior_id = $1 order by received_at, seq', [senior])
const claimOf = async (record: string) =>
  (await house.province.rows('select * from claim where record_id = $1', [record]))[0]

/** Somebody whom the other site does not know yet stands there, and the province is asked who it is. */
async function visit(
  till: Till,
  senior: (typeof members)[number],
  fits = (view: PricedView) => view.subsidyFen > 0,
): Promise<PricedView> {
  return await until(async () => {
    const view = await present(till, senior.id, 'card')
    if (view.person === null) await till.client.askProvince({ checkIn: view.checkIn })
    const known = await till.untilCashier((now): now is PricedView => isPriced(now) && now.person !== null)
    if (fits(known)) return known
    // A busy machine answers too late: the next question finds what came meanwhile.
    await till.client.dismiss()
    return null
  })
}

/** Somebody stands at home, again and again until the words that are on their way have come: a busy machine takes its time. */
function presentUntil(one: (typeof members)[number], fits: (view: PricedView) => boolean): Promise<PricedView> {
  return until(async () => {
    const view = await present(home, one.id, 'card')
    if (fits(view)) return view
    await home.client.dismiss()
    return null
  })
}

async function confirm(till: Till, view: PricedView) {
  const result = await till.client.confirm({ checkIn: view.checkIn, digest: view.digest })
  if (result.result !== 'recorded') throw new Error(`not recorded: ${JSON.stringify(result)}`)
  await everythingArrived(till)
  return view.checkIn
}

beforeAll(async () => {
  house = await openDemoHouse()
  home = await house.openTill()
  away = await openSecondSite(house.province)
})
afterAll(async () => {
  await away?.close()
  await house?.close()
})
afterEach(async () => {
  await home.client.dismiss()
})

describe('at home', () => {
  it('a member draws on the lease, once a meal, and a void gives the right back', async () => {
    const one = somebody()
    const first = await eat(home, one.id)
    expect(first.priced).toMatchObject({ subsidyFen: 600, pendingFen: 0 })
    await home.client.voidSale({ sale: first.sale.record })
    const again = await present(home, one.id, 'card')
    expect(again).toMatchObject({ subsidyFen: 600, pendingFen: 0 })
    await confirm(home, again)
    expect(await subsidyOf(one.id)).toBe(600)
    expect((await codesOf(one.id)).map(({ verdict }) => verdict)).toEqual(['accepted', 'accepted'])
  })
})

describe('at another site, while both are online', () => {
  it('the right is asked back from the home while the person stands there, and is then used up at home', async () => {
    const one = somebody()
    const there = await visit(away.till(), one)
    expect(there).toMatchObject({ subsidyFen: 600, pendingFen: 0 })
    await confirm(away.till(), there)
    const back = await present(home, one.id, 'card')
    expect(back.subsidyFen).toBe(0)
    await confirm(home, back)
    await until(async () => (await claimOf(back.checkIn))?.state === 'nothing-due')
    expect(await subsidyOf(one.id)).toBe(600)
    expect((await codesOf(one.id)).map(({ code }) => code)).toEqual([null, null])
  })

  it('a right that was asked for and not used goes back, and the home has it again', async () => {
    const one = somebody()
    expect(await visit(away.till(), one)).toMatchObject({ subsidyFen: 600 })
    await away.till().client.dismiss()
    await presentUntil(one, view => view.subsidyFen === 600 && view.pendingFen === 0)
  })
})

describe('while the home is cut off', () => {
  it('the person eats at the list price with a pending claim, which is decided when the home is heard and made good once', async () => {
    const two = somebody()
    await house.host.stop()
    const there = await visit(away.till(), two, () => true)
    expect(there).toMatchObject({ subsidyFen: 0, ownPayFen: there.listFen - there.discountFen })
    expect(there.pendingFen).toBe(600)
    const claim = await confirm(away.till(), there)
    expect(await claimOf(claim)).toMatchObject({ state: 'open', senior_id: two.id })

    await house.restart()
    home = await house.openTill()
    await until(async () => (await claimOf(claim))?.state === 'accepted')
    expect(await claimOf(claim)).toMatchObject({ owed_fen: '600' })
    const back = await presentUntil(two, view => view.attention.some(({ code }) => code === 'MADE_GOOD_NOW'))
    expect(back.attention).toContainEqual({ code: 'MADE_GOOD_NOW', values: { yuan: '6.00' } })
    expect(back.entry.seconds).toBeNull()
    await confirm(home, back)
    await until(async () => (await claimOf(claim))?.state === 'made-good')
    const [made] = await house.province.rows(
      "select record, verdict from ledger where kind = 'made-good' and senior_id = $1",
      [two.id],
    )
    expect(made?.verdict).toBe('accepted')
    expect(ledgerRecord.parse(JSON.parse(String(made?.record)))).toMatchObject({
      payload: { of: claim, at: back.checkIn },
    })
    expect(await subsidyOf(two.id)).toBe(600)
    await until(async () => (await claimOf(back.checkIn))?.state === 'nothing-due')
    expect(await house.province.number("select count(*) from ledger where kind = 'made-good'")).toBe(1)
  })

  it('a sale that is taken back after its claim was accepted leaves the right at home, and nothing to make good', async () => {
    const three = somebody()
    await house.host.stop()
    const there = await visit(away.till(), three, () => true)
    const claim = await confirm(away.till(), there)
    await house.restart()
    home = await house.openTill()
    await until(async () => (await claimOf(claim))?.state === 'accepted')
    await away.till().client.voidSale({ sale: recordId.parse(claim) })
    await everythingArrived(away.till())
    expect(await claimOf(claim)).toMatchObject({ state: 'void' })
    const back = await presentUntil(three, view => view.subsidyFen === 600)
    expect(back.attention.map(({ code }) => code)).not.toContain('MADE_GOOD_NOW')
    await confirm(home, back)
    expect(await subsidyOf(three.id)).toBe(600)
  })
})

describe('while the site that holds the right is cut off', () => {
  it('the meal at home is a claim; once it was paid there, the sale is not voided: the money is the fund’s', async () => {
    const one = somebody()
    await visit(away.till(), one)
    await away.till().client.dismiss()
    await away.stop()
    const there = await present(home, one.id, 'card')
    expect(there.pendingFen).toBe(600)
    const claim = await confirm(home, there)
    await away.start()
    // A card that was just taken is not taken again: somebody else eats in between.
    await eat(home, somebody().id)
    await until(async () => (await claimOf(claim))?.state === 'accepted')
    await confirm(home, await presentUntil(one, view => view.attention.some(({ code }) => code === 'MADE_GOOD_NOW')))
    await until(async () => (await claimOf(claim))?.state === 'made-good')
    expect(await home.client.voidSale({ sale: recordId.parse(claim) })).toMatchObject({
      notice: { code: 'REFUND_MADE_GOOD' },
    })
    expect(await subsidyOf(one.id)).toBe(600)
  })
})
