import { randomInt } from 'node:crypto'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type DemoSenior, demoSeniors, stranger } from '../../../province/demo-people.ts'
import { seniorId } from '../../../shared/ids.ts'
import { type LedgerRecord, ledgerRecord } from '../../../shared/record.ts'
import type { CashierView, DeskView, PricedView } from '../../../shared/terminal-api.ts'
import { type DemoHouse, openDemoHouse } from '../../support/demo-house.ts'
import { readLedger } from '../../support/read-ledger.ts'
import { isPriced, isProblem, type Till } from '../../support/till.ts'

const everybody = demoSeniors()
const members = everybody.filter(
  ({ homeSite, cardNumber, expected, cards }) =>
    homeSite === 'demo-canteen' && cardNumber !== null && cards.length === 1 && expected.fen === 600,
)
/** The cast of the simulator stands first, with a card that is lost among them. */
let nextMember = 5

let house: DemoHouse
let till: Till

function somebody(): DemoSenior {
  const member = members[nextMember++]
  if (!member) throw new Error('every member has eaten')
  return member
}

const isDesk = (view: CashierView): view is DeskView => view.state === 'desk'
const deskWhere = (fits: (desk: DeskView) => boolean) =>
  till.untilCashier((view): view is DeskView => isDesk(view) && fits(view))

async function present(senior: string, what: 'card' | 'dynamic-code' | 'paper-code' = 'card'): Promise<void> {
  expect(await till.client.simulate({ senior: seniorId.parse(senior), present: what })).toEqual({ result: 'done' })
}

async function priced(senior: string, what: 'card' | 'dynamic-code' | 'paper-code' = 'card'): Promise<PricedView> {
  await present(senior, what)
  return await till.untilCashier(isPriced)
}

async function chooseAtDesk(senior: DemoSenior): Promise<DeskView> {
  await till.client.openDesk()
  await till.client.chooseSenior({ senior: senior.id })
  return await deskWhere(desk => desk.person?.name === senior.name)
}

async function eat(view: PricedView): Promise<void> {
  expect(await till.client.confirm({ checkIn: view.checkIn, digest: view.digest })).toMatchObject({
    result: 'recorded',
  })
}

async function everythingArrived(): Promise<void> {
  await till.untilTerminal(view => view.unsent.count === 0 && view.network.state === 'online')
}

async function recordsOf<K extends LedgerRecord['kind']>(kind: K): Promise<Extract<LedgerRecord, { kind: K }>[]> {
  const { records } = await readLedger(house.dataDir)
  return records.filter((record): record is Extract<LedgerRecord, { kind: K }> => record.kind === kind)
}

const lastOf = async <K extends LedgerRecord['kind']>(kind: K) => (await recordsOf(kind)).at(-1)

/** Makes every subsidy of the canteen need a verified person, or puts the default back. */
async function demand(assurance: { subsidised: string; verifiedAboveFen: number | null } | null): Promise<void> {
  const change =
    assurance === null ? "body::jsonb - 'assurance'" : 'body::jsonb || jsonb_build_object($1::text, $2::jsonb)'
  const values = assurance === null ? [] : ['assurance', JSON.stringify(assurance)]
  await house.province.rows(
    `update site set body = (${change})::text, change = nextval('feed_change') where site_id = 'demo-canteen'`,
    values,
  )
  await till.client.syncNow()
  await till.untilTerminal(view => view.network.state === 'online')
}

beforeAll(async () => {
  house = await openDemoHouse({ syncSeconds: 0.3 })
  till = await house.openTill()
})
afterAll(() => house?.close())
beforeEach(() => till.client.dismiss())
afterEach(() => till.client.dismiss())

describe('staff’s search', () => {
  it('finds a member by name, initials or last digits, and shows a masked name', async () => {
    const senior = somebody()
    const byName = await till.client.findSeniors({ text: senior.name })
    const byDigits = await till.client.findSeniors({ text: `${senior.name.charAt(0)}${senior.numberTail}` })
    expect(byName.map(found => found.senior)).toContain(senior.id)
    expect(byDigits.map(found => found.senior)).toEqual([senior.id])
    expect(JSON.stringify(byDigits)).not.toContain(senior.name)
  })

  it('lists nobody for nothing, and never a member of another site', async () => {
    const elsewhere = everybody.find(({ homeSite }) => homeSite === 'demo-riverside')
    expect(await till.client.findSeniors({ text: ' ' })).toEqual([])
    expect(await till.client.findSeniors({ text: elsewhere?.name ?? '' })).toEqual([])
  })
})

describe('an unknown card', () => {
  it('is bound to the member whom staff compared, serves at once, and reaches every site', async () => {
    const senior = somebody()
    await present(stranger.id)
    const problem = await till.untilCashier(isProblem)
    if (!problem.stranger) throw new Error('the unknown card opened no check-in')
    expect(await till.client.openDeskWithCard({ checkIn: problem.stranger })).toEqual({ result: 'done' })
    await till.client.chooseSenior({ senior: senior.id })
    expect(await till.client.bindCard()).toEqual({ result: 'done' })
    const now = await till.untilCashier(isPriced)
    expect(now).toMatchObject({ person: { name: senior.name }, means: 'card', assurance: 'verified', subsidyFen: 600 })
    await eat(now)
    await everythingArrived()

    expect((await lastOf('means-change'))?.payload).toMatchObject({
      change: 'card-bound',
      means: 'manual',
      operator: 'sun-min',
    })
    const elsewhere = await house.province.terminal('demo-riverside')
    const roster = await elsewhere.pull('roster', null)
    expect(JSON.stringify(roster.items)).toContain(stranger.card)
    const [row] = await house.province.rows(
      "select verdict, senior_id, convert_from(record, 'UTF8') as text from ledger where kind = 'means-change'",
    )
    expect(row).toMatchObject({ verdict: 'accepted', senior_id: senior.id })
    expect(String(row?.text)).not.toContain(stranger.card)
  })

  it('that is another member’s by now is kept as it is, with words', async () => {
    await chooseAtDesk(somebody())
    await present(stranger.id)
    const desk = await deskWhere(view => view.notice !== null)
    expect(desk).toMatchObject({ notice: { code: 'CARD_BOUND' }, card: null })
    const before = (await recordsOf('means-change')).length
    expect(await till.client.bindCard()).toMatchObject({ result: 'refused' })
    expect(await recordsOf('means-change')).toHaveLength(before)
  })
})

describe('a card that was bound to the wrong member', () => {
  /** The desk with the owner of the stranger's card, who has one card of the roster and this one. */
  async function deskOfOwner() {
    await till.client.openDesk()
    await present(stranger.id)
    const desk = await deskWhere(view => view.person !== null)
    const cards = desk.person?.cards ?? []
    const bound = cards.find(card => card.bound)
    const own = cards.find(card => !card.bound)
    if (!bound || !own) throw new Error('the card was never bound')
    return { bound, own }
  }

  it('is taken off by staff, is nobody’s then, and is bound to the right one; the province and other sites follow', async () => {
    const { bound } = await deskOfOwner()
    expect(await till.client.unbindCard({ handle: bound.handle })).toEqual({ result: 'done' })
    expect(await deskWhere(view => view.person?.cards.length === 1)).toMatchObject({ person: { means: null } })
    await till.client.dismiss()

    await present(stranger.id)
    const problem = await till.untilCashier(isProblem)
    expect(problem.notice.code).toBe('NOT_ON_ROSTER')
    if (!problem.stranger) throw new Error('the card opened no check-in')
    const right = somebody()
    await till.client.openDeskWithCard({ checkIn: problem.stranger })
    await till.client.chooseSenior({ senior: right.id })
    expect(await till.client.bindCard()).toEqual({ result: 'done' })
    await everythingArrived()
    await till.client.syncNow()

    const changes = await house.province.rows(
      "select verdict, code, senior_id, convert_from(record, 'UTF8') as text from ledger where kind = 'means-change' order by seq desc limit 2",
    )
    expect(
      changes.map(({ verdict, code, text }) => [verdict, code, /"change":"([a-z-]+)"/.exec(String(text))?.[1]]),
    ).toEqual([
      ['accepted', null, 'card-bound'],
      ['accepted', null, 'card-unbound'],
    ])
    const elsewhere = await house.province.terminal('demo-riverside')
    const { items } = await elsewhere.pull('roster', null)
    const holders = items.filter(item => JSON.stringify(item).includes(stranger.card))
    expect(holders).toMatchObject([{ id: right.id }])
    await till.client.dismiss()
    expect(await priced(stranger.id)).toMatchObject({ person: { name: right.name } })
  })

  it('is not taken off while it is reported lost, nor is a card of the roster', async () => {
    const { bound, own } = await deskOfOwner()
    const before = (await recordsOf('means-change')).length
    expect(await till.client.unbindCard({ handle: own.handle })).toMatchObject({ notice: { code: 'CARD_OF_ROSTER' } })
    expect(await recordsOf('means-change')).toHaveLength(before)
    await till.client.reportCard({ handle: bound.handle, lost: true })
    expect(await till.client.unbindCard({ handle: bound.handle })).toMatchObject({
      notice: { code: 'CARD_LOST_BOUND' },
    })
    await till.client.reportCard({ handle: bound.handle, lost: false })
  })
})

describe('a lost card', () => {
  it('is blocked at once here and at the next sync everywhere; the person eats by another means under the same limit', async () => {
    const senior = somebody()
    await eat(await priced(senior.id, 'dynamic-code'))
    const desk = await chooseAtDesk(senior)
    const [card] = desk.person?.cards ?? []
    if (!card) throw new Error('the member has no card')
    await till.client.reportCard({ handle: card.handle, lost: true })
    await till.client.dismiss()
    await present(senior.id)
    expect((await till.untilCashier(isProblem)).notice.code).toBe('CARD_LOST')
    await till.client.dismiss()

    await chooseAtDesk(senior)
    await till.client.serveSenior()
    const again = await till.untilCashier(isPriced)
    expect(again).toMatchObject({ means: 'manual', assurance: 'verified', subsidyFen: 0, ownPayFen: 1350 })
    expect(again.attention.map(({ code }) => code)).toContain('LIMIT_MEAL')
    await everythingArrived()
    const elsewhere = await house.province.terminal('demo-riverside')
    const blocked = await elsewhere.pull('revocations', null)
    expect(blocked.items).toContainEqual({ kind: 'card', card: senior.cards[0], lost: true })
  })

  it('that is reported elsewhere while its price stands here records nothing more', async () => {
    const senior = somebody()
    const view = await priced(senior.id)
    await till.client.hold({ checkIn: view.checkIn })
    const elsewhere = await house.province.terminal('demo-riverside')
    const [card = ''] = senior.cards
    await elsewhere.push([await elsewhere.changeMeans(senior, 'card-lost', card)])
    let answer = await till.client.confirm({ checkIn: view.checkIn, digest: 'another' })
    for (; answer.result !== 'refused'; ) {
      await till.client.syncNow()
      answer = await till.client.confirm({ checkIn: view.checkIn, digest: 'another' })
    }
    expect(answer.notice.code).toBe('CARD_LOST')
  })

  it('that is found is let through again by staff', async () => {
    const senior = somebody()
    const [card] = (await chooseAtDesk(senior)).person?.cards ?? []
    if (!card) throw new Error('the member has no card')
    await till.client.reportCard({ handle: card.handle, lost: true })
    await till.client.reportCard({ handle: card.handle, lost: false })
    await till.client.dismiss()
    expect(await priced(senior.id)).toMatchObject({ person: { name: senior.name }, subsidyFen: 600 })
    await everythingArrived()
    await till.client.syncNow()
    await till.client.dismiss()
    expect(await priced(senior.id)).toMatchObject({ subsidyFen: 600 })
  })
})

describe('a subsidy that needs a verified person', () => {
  beforeAll(() => demand({ subsidised: 'presented', verifiedAboveFen: 500 }))
  afterAll(() => demand(null))

  async function untilDemanded(senior: DemoSenior, what: 'card' | 'paper-code' = 'card'): Promise<PricedView> {
    for (;;) {
      const view = await priced(senior.id, what)
      if (view.needs) return view
      await till.client.dismiss()
      await till.client.syncNow()
    }
  }

  it('is not recorded before the person is verified, nor by itself', async () => {
    const view = await untilDemanded(somebody())
    expect(view).toMatchObject({ needs: { assurance: 'verified', ways: ['staff'] }, entry: { seconds: null } })
    expect(view.attention[0]?.code).toBe('ASSURANCE_LOW')
    expect(await till.client.confirm({ checkIn: view.checkIn, digest: view.digest })).toMatchObject({
      result: 'refused',
      notice: { code: 'ASSURANCE_LOW' },
    })
  })

  it('is lifted by staff who compared the person, and a record says who did', async () => {
    const view = await untilDemanded(somebody())
    expect(await till.client.comparePerson({ checkIn: view.checkIn })).toEqual({ result: 'done' })
    const lifted = await till.untilCashier((now): now is PricedView => isPriced(now) && now.needs === null)
    expect(lifted).toMatchObject({ assurance: 'verified', needs: null, subsidyFen: 600 })
    await eat(lifted)
    expect((await lastOf('override'))?.payload).toMatchObject({
      of: view.checkIn,
      what: 'assurance',
      operator: 'sun-min',
    })
    expect((await lastOf('sale'))?.payload).toMatchObject({ assurance: 'verified', means: 'card', operator: 'sun-min' })
  })

  it.each(['card', 'paper-code'] as const)(
    'is lifted by the senior’s PIN after a %s, without a word of staff',
    async what => {
      const senior = somebody()
      const pin = String(randomInt(400_000, 899_999))
      await chooseAtDesk(senior)
      expect(await till.client.setPin({ pin })).toEqual({ result: 'done' })
      await till.client.dismiss()
      const view = await untilDemanded(senior, what)
      expect(view.needs?.ways).toEqual(['staff', 'pin'])
      const overrides = (await recordsOf('override')).length
      expect(await till.client.enterPin({ checkIn: view.checkIn, pin })).toEqual({ result: 'done' })
      const lifted = await till.untilCashier((now): now is PricedView => isPriced(now) && now.needs === null)
      expect(lifted).toMatchObject({ assurance: 'verified', needs: null })
      await eat(lifted)
      expect(await recordsOf('override')).toHaveLength(overrides)
    },
  )

  it('is a pending claim at the list price where nobody verifies the person', async () => {
    const view = await untilDemanded(somebody())
    await till.client.takeListPrice({ checkIn: view.checkIn })
    const list = await till.untilCashier((now): now is PricedView => isPriced(now) && now.needs === null)
    expect(list).toMatchObject({ needs: null, subsidyFen: 0, pendingFen: 600 })
    await eat(list)
    expect((await lastOf('sale'))?.payload).toMatchObject({ claimPending: true, assurance: 'presented', subsidies: [] })
    await everythingArrived()
    const [row] = await house.province.rows('select verdict, code from ledger where record_id = $1', [view.checkIn])
    expect(row).toMatchObject({ verdict: 'accepted', code: null })
  })
})

describe('a PIN', () => {
  it('rests after five wrong tries, over a restart too, until staff set a new one; each change is a record without it', async () => {
    const senior = somebody()
    await chooseAtDesk(senior)
    await till.client.setPin({ pin: '482915' })
    await till.client.dismiss()
    const view = await priced(senior.id)
    for (let tries = 0; tries < 3; tries += 1)
      expect(await till.client.enterPin({ checkIn: view.checkIn, pin: '700001' })).toMatchObject({
        notice: { code: 'PIN_WRONG' },
      })
    await till.client.hold({ checkIn: view.checkIn })
    await house.restart()
    till = await house.openTill()
    const again = await till.untilCashier(isPriced)
    const answers: unknown[] = []
    for (const pin of ['700002', '700003', '482915']) {
      const answer = await till.client.enterPin({ checkIn: again.checkIn, pin })
      answers.push(answer.result === 'refused' ? answer.notice.code : answer.result)
    }
    expect(answers).toEqual(['PIN_WRONG', 'PIN_LOCKED', 'PIN_LOCKED'])
    await till.client.dismiss()
    expect((await chooseAtDesk(senior)).person?.pin).toBe('locked')
    await till.client.setPin({ pin: '593026' })
    expect((await deskWhere(desk => desk.person?.pin === 'set')).person?.pin).toBe('set')
    const changes = (await recordsOf('means-change')).map(({ payload }) => payload.change)
    expect(changes.slice(-2)).toEqual(['pin-set', 'pin-set'])
    const { records } = await readLedger(house.dataDir)
    expect(JSON.stringify(records)).not.toMatch(/482915|593026|700001/)
  })

  it('that anybody would try first is not taken', async () => {
    const senior = somebody()
    await chooseAtDesk(senior)
    const birthday = senior.person.birthDate.replaceAll('-', '').slice(2)
    for (const pin of ['111111', '123456', '987654', birthday])
      expect(await till.client.setPin({ pin })).toMatchObject({ notice: { code: 'PIN_EASY' } })
    expect(isDesk(till.cashier()) && (await deskWhere(() => true)).person?.pin).toBe('none')
  })
})

describe('a person whom this till does not know by name', () => {
  const visitor = everybody.find(({ homeSite, cardNumber }) => homeSite === 'demo-riverside' && cardNumber !== null)
  if (!visitor) throw new Error('the demo has nobody from elsewhere')

  it('is asked of the province by their card, eats on rights that it gives them there, and stays known as a visitor', async () => {
    await everythingArrived()
    const view = await priced(visitor.id)
    expect(view).toMatchObject({ person: null, askable: true })
    expect(await till.client.askProvince({ checkIn: view.checkIn })).toEqual({ result: 'done' })
    const known = await till.untilCashier((now): now is PricedView => isPriced(now) && now.subsidyFen > 0)
    expect(known).toMatchObject({ person: { name: visitor.name, home: false }, pendingFen: 0, askable: false })
    await eat(known)
    await everythingArrived()
    const [row] = await house.province.rows('select verdict, code from ledger where record_id = $1', [view.checkIn])
    expect(row).toMatchObject({ verdict: 'accepted', code: null })
    expect(await till.client.findSeniors({ text: visitor.name })).toHaveLength(1)
    expect(await house.province.rows('select by, senior_id from lookup')).toEqual([
      { by: 'card', senior_id: visitor.id },
    ])
  })

  it('is found by whole name and last digits, and by nothing less', async () => {
    const other = everybody.filter(({ homeSite }) => homeSite === 'demo-riverside')[1]
    if (!other?.numberTail) throw new Error('the demo has too few people from elsewhere')
    await till.client.openDesk()
    const wrong = other.numberTail === '1234' ? '4321' : '1234'
    expect(await till.client.askProvinceByName({ name: other.name, numberTail: wrong })).toMatchObject({
      notice: { code: 'PERSON_NOT_FOUND' },
    })
    expect(await till.client.askProvinceByName({ name: other.name, numberTail: other.numberTail })).toEqual({
      result: 'done',
    })
    expect((await deskWhere(desk => desk.person !== null)).person).toMatchObject({ name: other.name, home: false })
    expect(await till.client.bindCard()).toMatchObject({ result: 'refused' })
  })
})

it('every record names means, assurance, device and operator, as far as there are any', async () => {
  const sales = await recordsOf('sale')
  expect(sales.length).toBeGreaterThan(4)
  expect(sales.every(({ payload }) => payload.operator === 'sun-min' && payload.shift !== null)).toBe(true)
  expect(sales.every(({ payload }) => (payload.means === 'manual') === (payload.device === null))).toBe(true)
  expect(sales.every(({ payload }) => payload.assurance !== null)).toBe(true)
  const kept = await house.province.rows(
    "select convert_from(record, 'UTF8') as text from ledger where kind = 'override'",
  )
  expect(kept.map(({ text }) => ledgerRecord.parse(JSON.parse(String(text))).kind)).toContain('override')
})
