import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { demoSeniors } from '../../../province/demo-people.ts'
import { deviceEventId, type SeniorId } from '../../../shared/ids.ts'
import { demoCodeReply } from '../../../shared/province-api.ts'
import { standardSuite } from '../../../shared/suite.ts'
import { uuidV7 } from '../../../shared/uuid.ts'
import { type DemoHouse, openDemoHouse } from '../../support/demo-house.ts'
import { demoPerson, eat, present } from '../../support/people.ts'
import { isPriced, isProblem, type Till } from '../../support/till.ts'

let house: DemoHouse
let till: Till
const members = demoSeniors().filter(senior => senior.expected.fen > 0 && senior.cards.length > 0)
let nextMember = 20

/** A member of the site who has not eaten yet. */
function somebody(): SeniorId {
  const member = members[nextMember++]
  if (!member) throw new Error('no demo members left')
  return member.id
}

async function cardOf(senior: SeniorId) {
  const card = members.find(member => member.id === senior)?.cards.at(-1)
  if (!card) throw new Error('no card')
  return card
}

async function mint(senior: SeniorId, kind: 'dynamic' | 'paper'): Promise<string> {
  const reply = await fetch(`${house.province.province.address}/v1/demo/codes`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ senior, kind }),
  })
  return demoCodeReply.parse(await reply.json()).text
}

/** As the page's camera does: a text it read, with an event id of its own. */
async function show(text: string): Promise<void> {
  const eventId = deviceEventId.parse(uuidV7(Date.now(), standardSuite.randomBytes(10)))
  await till.client.codeSeen({ camera: 'test', eventId, text })
}

async function sales(): Promise<number> {
  return await house.province.number("select count(*) from ledger where kind = 'sale'")
}

async function everythingArrived(): Promise<void> {
  await till.untilTerminal(view => view.unsent.count === 0 && view.network.state === 'online')
}

beforeAll(async () => {
  house = await openDemoHouse()
  till = await house.openTill()
})
afterAll(() => house?.close())
beforeEach(() => till.client.dismiss())
afterEach(() => till.client.dismiss())

describe('an ordinary meal', () => {
  it('is priced from the local roster, recorded by the digest that was shown, and counted by fund at the province', async () => {
    const oldest = await demoPerson(till.client, /有街道补贴/)
    const { priced, sale } = await eat(till, oldest.senior)
    expect(priced.ladder.map(step => [step.title.zh, step.fen])).toEqual([
      ['本店优惠', 150],
      ['市级补贴', 300],
      ['区级补贴', 200],
      ['街道补贴', 100],
    ])
    expect(priced.ownPayFen).toBe(750)
    expect(sale.ownPayFen).toBe(750)
    await everythingArrived()
    const rows = await house.province.rows(
      'select fund, fen, held from claim_line where senior_id = $1 order by fund',
      [oldest.senior],
    )
    expect(rows.map(row => [row.fund, Number(row.fen), row.held])).toEqual([
      ['city', 300, false],
      ['district', 200, false],
      ['street', 100, false],
    ])
  })

  it('carries the event id of the driver that read the card', async () => {
    const { priced } = await eat(till, somebody())
    expect(priced.device).toMatchObject({ id: 'simulated-reader', simulated: true })
  })

  it('is recorded once, however often the same confirmation is repeated', async () => {
    const priced = await present(till, somebody(), 'card')
    const question = { checkIn: priced.checkIn, digest: priced.digest }
    const answers = await Promise.all([1, 2, 3].map(() => till.client.confirm(question)))
    expect(answers.map(answer => answer.result)).toEqual(['recorded', 'recorded', 'recorded'])
    expect(answers.map(answer => answer.result === 'recorded' && answer.repeated)).toEqual([false, true, true])
    await everythingArrived()
    expect(await house.province.number('select count(*) from ledger where record_id = $1', [priced.checkIn])).toBe(1)
  })

  it('records nothing under a digest that was not shown, and shows the price again', async () => {
    const priced = await present(till, somebody(), 'card')
    const before = await sales()
    const answer = await till.client.confirm({ checkIn: priced.checkIn, digest: 'another' })
    expect(answer.result).toBe('price-changed')
    expect(isPriced(till.cashier())).toBe(true)
    await till.client.syncNow()
    expect(await sales()).toBe(before)
  })

  it('follows the set that is chosen', async () => {
    const priced = await present(till, somebody(), 'card')
    await till.client.chooseSet({ set: 'C' })
    const other = await till.untilCashier((view): view is never => isPriced(view) && view.set.id === 'C')
    expect(other).toMatchObject({ checkIn: priced.checkIn, listFen: 1200 })
  })

  it('is not sold from a set that is sold out', async () => {
    const answer = await till.client.chooseSet({ set: 'B' })
    expect(answer).toMatchObject({ result: 'refused', notice: { code: 'SOLD_OUT' } })
  })

  it('is sold to a guest at the list price, and a person confirms it', async () => {
    await till.client.startGuest()
    await till.untilCashier(isPriced)
    await till.client.chooseTender({ tender: 'cash' })
    const priced = await till.untilCashier((view): view is never => isPriced(view) && view.tender === 'cash')
    expect(priced).toMatchObject({ listFen: 1500, ownPayFen: 1500, discountFen: 0, entry: { seconds: null } })
  })
})

describe('one person, one limit', () => {
  it('prices the second meal of a meal period without subsidy, whatever the means, and says why', async () => {
    const senior = somebody()
    await eat(till, senior, 'card')
    const again = await present(till, senior, 'dynamic-code')
    expect(again.means).toBe('code')
    expect(again.attention.map(notice => notice.code)).toEqual(['DUPLICATE_TAP', 'LIMIT_MEAL'])
    expect(again).toMatchObject({ subsidyFen: 0, ownPayFen: 1350, entry: { seconds: null } })
  })

  it('takes the same card within ten seconds for a repeat and records nothing', async () => {
    const senior = somebody()
    await eat(till, senior)
    await till.client.simulate({ senior, present: 'card' })
    const problem = await till.untilCashier(isProblem)
    expect(problem.notice.code).toBe('DUPLICATE_TAP')
    expect(problem.already).not.toBeNull()
  })

  it('gives the right back when the sale is voided', async () => {
    const senior = somebody()
    const { sale, priced } = await eat(till, senior)
    expect(await till.client.voidSale({ sale: sale.record })).toEqual({ result: 'done' })
    expect(await till.client.voidSale({ sale: sale.record })).toMatchObject({ notice: { code: 'SALE_ALREADY_VOID' } })
    const again = await present(till, senior, 'dynamic-code')
    expect(again).toMatchObject({ subsidyFen: priced.subsidyFen, attention: [] })
    await till.client.confirm({ checkIn: again.checkIn, digest: again.digest })
    await everythingArrived()
    const total = await house.province.number('select sum(fen) from claim_line where senior_id = $1', [senior])
    expect(total).toBe(priced.subsidyFen)
  })

  it('records the person during the bar first when the next one comes', async () => {
    const [first, second] = [somebody(), somebody()]
    const priced = await present(till, first, 'card')
    await till.client.simulate({ senior: second, present: 'card' })
    const next = await till.untilCashier((view): view is never => isPriced(view) && view.checkIn !== priced.checkIn)
    expect(next).toMatchObject({ means: 'card' })
    expect(await till.client.confirm({ checkIn: priced.checkIn, digest: priced.digest })).toMatchObject({
      result: 'recorded',
      repeated: true,
    })
  })

  it('keeps the first person on the screen when their price changed as the next one came', async () => {
    const [first, second] = [somebody(), somebody()]
    const priced = await present(till, first, 'card')
    await house.province.rows(
      `update site set body = replace(body, '"priceFen": 1500', '"priceFen": 1600'), change = nextval('feed_change')`,
    )
    await till.untilTerminal(view => view.menu.some(item => item.priceFen === 1600))
    await till.client.simulate({ senior: second, present: 'card' })
    const still = await till.untilCashier((view): view is never => isPriced(view) && view.entry.held)
    expect(still).toMatchObject({ checkIn: priced.checkIn, listFen: 1600 })
    await till.client.chooseSet({ set: 'A' })
    expect(till.cashier()).toMatchObject({ state: 'priced', checkIn: priced.checkIn, listFen: 1600 })
    await house.province.rows(
      `update site set body = replace(body, '"priceFen": 1600', '"priceFen": 1500'), change = nextval('feed_change')`,
    )
    await till.untilTerminal(view => view.menu.some(item => item.priceFen === 1500))
  })

  it('never lets the next person push aside a sale that was stopped by hand', async () => {
    const [first, second] = [somebody(), somebody()]
    const priced = await present(till, first, 'card')
    await till.client.hold({ checkIn: priced.checkIn })
    await till.client.simulate({ senior: second, present: 'card' })
    await till.client.chooseSet({ set: 'A' })
    expect(till.cashier()).toMatchObject({ state: 'priced', checkIn: priced.checkIn })
  })
})

it('never lets the guest key push aside a sale that was stopped by hand', async () => {
  const priced = await present(till, somebody(), 'card')
  await till.client.hold({ checkIn: priced.checkIn })
  await till.client.startGuest()
  await till.client.chooseSet({ set: 'A' })
  expect(till.cashier()).toMatchObject({ state: 'priced', checkIn: priced.checkIn })
})

describe('a right that cannot be proven here', () => {
  it('is a pending claim for a person that no roster here knows: list price now, the province decides', async () => {
    const stranger = await demoPerson(till.client, /名单都没有/)
    await till.client.simulate({ senior: stranger.senior, present: 'card' })
    const problem = await till.untilCashier(isProblem)
    expect(problem.notice.code).toBe('NOT_ON_ROSTER')
    if (!problem.stranger) throw new Error('the stranger cannot eat')
    await till.client.priceAsStranger({ checkIn: problem.stranger })
    const priced = await till.untilCashier(isPriced)
    expect(priced).toMatchObject({ ownPayFen: 1500, person: null, entry: { seconds: null } })
    expect(priced.attention.map(notice => notice.code)).toEqual(['CLAIM_PENDING'])
    const answer = await till.client.confirm({ checkIn: priced.checkIn, digest: priced.digest })
    expect(answer).toMatchObject({ result: 'recorded', sale: { claimPending: true } })
    await everythingArrived()
    const [row] = await house.province.rows('select verdict, code from ledger where record_id = $1', [priced.checkIn])
    expect(row).toMatchObject({ verdict: 'accepted', code: null })
  })

  it('is a pending claim for a member of another site', async () => {
    const visitor = await demoPerson(till.client, /别处的人/)
    const { priced, sale } = await eat(till, visitor.senior)
    expect(priced).toMatchObject({ ownPayFen: 1500, subsidyFen: 0, person: null })
    expect(sale.claimPending).toBe(true)
  })
})

describe('a code', () => {
  it('that was used is not taken a second time', async () => {
    const code = await mint(somebody(), 'dynamic')
    await show(code)
    await till.untilCashier(isPriced)
    await till.client.dismiss()
    await show(code)
    expect((await till.untilCashier(isProblem)).notice.code).toBe('CODE_REPLAYED')
  })

  it('still in front of the camera changes nothing while its own price is on the screen', async () => {
    const code = await mint(somebody(), 'dynamic')
    await show(code)
    const priced = await till.untilCashier(isPriced)
    await show(code)
    await till.client.chooseSet({ set: 'A' })
    expect(till.cashier()).toMatchObject({ state: 'priced', checkIn: priced.checkIn })
  })

  it('on paper can be shown again and counts only as presented', async () => {
    const code = await mint(somebody(), 'paper')
    await show(code)
    expect(await till.untilCashier(isPriced)).toMatchObject({ codeKind: 'paper', assurance: 'presented' })
    await till.client.dismiss()
    await show(code)
    expect(await till.untilCashier(isPriced)).toMatchObject({ means: 'code' })
  })

  it('of another maker is told apart from a torn one', async () => {
    await show('https://pay.example/qr/123456')
    expect((await till.untilCashier(isProblem)).notice.code).toBe('CODE_UNKNOWN')
    await till.client.dismiss()
    await show((await mint(somebody(), 'dynamic')).slice(0, 90))
    expect((await till.untilCashier(isProblem)).notice.code).toBe('CODE_DAMAGED')
  })
})

describe('a card', () => {
  it('that was reported lost is not taken', async () => {
    const person = await demoPerson(till.client, /挂失/)
    await till.client.simulate({ senior: person.senior, present: 'card' })
    expect((await till.untilCashier(isProblem)).notice.code).toBe('CARD_LOST')
  })

  it('shows only its last signs to staff', async () => {
    const senior = somebody()
    const priced = await present(till, senior, 'card')
    expect(priced.credentialTail).toHaveLength(4)
    expect(JSON.stringify(priced)).not.toContain(await cardOf(senior))
  })
})

it('takes up a price that a restart cut off, held, and records it once', async () => {
  const priced = await present(till, somebody(), 'card')
  await house.restart()
  till = await house.openTill()
  const again = await till.untilCashier(isPriced)
  expect(again).toMatchObject({ checkIn: priced.checkIn, digest: priced.digest, entry: { held: true } })
  expect(await till.client.confirm({ checkIn: again.checkIn, digest: again.digest })).toMatchObject({
    result: 'recorded',
    repeated: false,
  })
})
