import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { demoSeniors } from '../../../province/demo-people.ts'
import { addDays, type BusinessDate, businessDate } from '../../../shared/business-day.ts'
import type { SeniorId } from '../../../shared/ids.ts'
import type { PolicyPack } from '../../../shared/policy/language.ts'
import type { PricedView } from '../../../shared/terminal-api.ts'
import { type DemoHouse, openDemoHouse } from '../../support/demo-house.ts'
import { eat, present } from '../../support/people.ts'
import { shippedPack } from '../../support/policy-kit.ts'
import { isPriced, type Till } from '../../support/till.ts'

let house: DemoHouse
let till: Till
let today: BusinessDate

beforeAll(async () => {
  house = await openDemoHouse()
  till = await house.openTill()
  today = till.terminal().businessDate
})
afterAll(() => house?.close())

const members = demoSeniors().filter(senior => senior.expected.fen > 0 && senior.cards.length > 0)
let nextMember = 40

/** Somebody who has not eaten yet sits down: who, and what the city pays. */
async function oneEats(): Promise<{ senior: SeniorId; cityFen: number | undefined }> {
  const senior = members[nextMember++]?.id
  if (senior === undefined) throw new Error('no demo members left')
  const { priced } = await eat(till, senior)
  return { senior, cityFen: priced.ladder.find(({ fund }) => fund === 'city')?.fen }
}

/** The demo's pack: its first version up to a date, and from the next day on one whose city subsidy is `fen`. */
function changedFrom(date: BusinessDate, fen: number, version: string): PolicyPack {
  const demo = shippedPack('DEMO')
  const [first] = demo.versions
  if (first === undefined) throw new Error('DEMO has no version')
  const benefits = first.benefits.map(benefit =>
    benefit.kind === 'subsidy' && benefit.id === 'city'
      ? { ...benefit, amount: { kind: 'fixed' as const, fen } }
      : benefit,
  )
  return {
    ...demo,
    versions: [
      { ...first, to: addDays(date, -1) },
      { ...first, id: version, from: date, benefits },
    ],
    vectors: [],
  }
}

const publish = (pack: PolicyPack) => house.province.province.publishPolicy(JSON.stringify(pack))

describe('a policy that the province publishes', () => {
  it('for tomorrow prices nothing yet; the screen names the version and its day', async () => {
    const tomorrow = addDays(today, 1)
    await publish(changedFrom(tomorrow, 400, 'DEMO-LATER'))
    const view = await till.untilTerminal(now => now.policy?.next?.id === 'DEMO-LATER')
    expect(view.policy).toMatchObject({ id: 'DEMO', version: { id: 'DEMO-2026' }, next: { from: tomorrow } })
    expect((await oneEats()).cityFen).toBe(300)
  })

  it('for today prices from now on; a meal that waited is judged by the pack it was priced with', async () => {
    const before = await oneEats()
    await publish(changedFrom(today, 200, 'DEMO-NOW'))
    await till.untilTerminal(now => now.policy?.version?.id === 'DEMO-NOW')
    const after = await oneEats()
    expect([before.cityFen, after.cityFen]).toEqual([300, 200])
    await till.untilTerminal(view => view.unsent.count === 0)
    const lines = await house.province.rows(
      "select senior_id, fen, held from claim_line where fund = 'city' and senior_id = any($1)",
      [[before.senior, after.senior]],
    )
    expect(new Map(lines.map(({ senior_id, fen, held }) => [senior_id, [Number(fen), held]]))).toEqual(
      new Map([
        [before.senior, [300, false]],
        [after.senior, [200, false]],
      ]),
    )
  })

  it('that is not sound, or prices its own vectors otherwise, is not published', async () => {
    const [vector] = shippedPack('DEMO').vectors ?? []
    if (vector === undefined) throw new Error('DEMO has no vector')
    const wrong = { ...vector, expect: { ...vector.expect, ownPayFen: vector.expect.ownPayFen + 1 } }
    await expect(publish({ ...shippedPack('DEMO'), vectors: [wrong] })).rejects.toThrow(vector.id)
    await expect(house.province.province.publishPolicy('{"format":1}')).rejects.toThrow('not a sound policy pack')
  })
})

describe('a pack that does not pass at the terminal', () => {
  const arrives = (text: string) =>
    house.province.rows(
      `insert into policy (hash, pack_id, body, signature, current, change)
        values ($1, 'DEMO', $2, $3, true, nextval('feed_change'))`,
      [`hash-of-${text.length}`, text, 'A'.repeat(86)],
    )

  it('is refused whole with its reason on the screen, over a restart too; the old one goes on pricing', async () => {
    await arrives(JSON.stringify(changedFrom(today, 900, 'DEMO-FALSE')))
    const refused = await till.untilTerminal(now => now.policiesRefused.length > 0)
    expect(refused.policiesRefused).toMatchObject([{ id: 'DEMO', detail: expect.stringContaining('签名') }])
    expect(refused.notices.map(({ code }) => code)).toContain('POLICY_BAD')
    expect(refused.policy?.version?.id).toBe('DEMO-NOW')
    till.close()
    await house.restart()
    till = await house.openTill()
    const again = await till.untilTerminal(now => now.policiesRefused.length > 0)
    expect(again.policy?.version?.id).toBe('DEMO-NOW')
    expect((await oneEats()).cityFen).toBe(200)
  })

  it('leaves the screen when a good one follows', async () => {
    await publish(changedFrom(businessDate.parse('2026-01-02'), 250, 'DEMO-GOOD'))
    const view = await till.untilTerminal(now => now.policy?.version?.id === 'DEMO-GOOD')
    expect(view.policiesRefused).toEqual([])
  })
})

describe('a policy that pays verified people only, at a site that asks for less', () => {
  /** The demo's rules, where the city's money is under no limit either. */
  function sure(): PolicyPack {
    const pack = changedFrom(today, 200, 'DEMO-SURE')
    const free = (benefit: (typeof pack.versions)[0]['benefits'][number]) =>
      benefit.kind === 'subsidy' && benefit.id === 'city' ? { ...benefit, limits: [] } : benefit
    const versions = pack.versions.map(version => ({
      ...version,
      leastAssurance: 'verified' as const,
      benefits: version.benefits.map(free),
    }))
    return { ...pack, versions }
  }
  const verdictOn = async (checkIn: string) => {
    await till.untilTerminal(view => view.unsent.count === 0)
    return (await house.province.rows('select verdict, code from ledger where record_id = $1', [checkIn]))[0]
  }
  const somebody = (): SeniorId => {
    const senior = members[nextMember++]?.id
    if (senior === undefined) throw new Error('no demo members left')
    return senior
  }

  beforeAll(async () => {
    await publish(sure())
    await till.untilTerminal(now => now.policy?.version?.id === 'DEMO-SURE')
  })
  afterEach(() => till.client.dismiss())

  it('is not recorded for a card alone, and is once staff compared the person', async () => {
    const view = await present(till, somebody(), 'card')
    expect(view).toMatchObject({ needs: { assurance: 'verified' }, entry: { seconds: null } })
    expect(view.subsidyFen).toBeGreaterThan(0)
    const shown = { checkIn: view.checkIn, digest: view.digest }
    expect(await till.client.confirm(shown)).toMatchObject({ notice: { code: 'ASSURANCE_LOW' } })
    await till.client.comparePerson({ checkIn: view.checkIn })
    await till.untilCashier((now): now is PricedView => isPriced(now) && now.needs === null)
    expect(await till.client.confirm(shown)).toMatchObject({ result: 'recorded' })
    expect(await verdictOn(view.checkIn)).toEqual({ verdict: 'accepted', code: null })
  })

  it('turns nobody away: without proof the meal is sold without subsidy, as a pending claim', async () => {
    const view = await present(till, somebody(), 'card')
    await till.client.takeListPrice({ checkIn: view.checkIn })
    const list = await till.untilCashier((now): now is PricedView => isPriced(now) && now.needs === null)
    expect(list).toMatchObject({ subsidyFen: 0, ownPayFen: list.listFen })
    const result = await till.client.confirm({ checkIn: list.checkIn, digest: list.digest })
    expect(result).toMatchObject({ result: 'recorded', sale: { claimPending: true } })
    expect(await verdictOn(view.checkIn)).toEqual({ verdict: 'accepted', code: null })
  })

  it.each([
    ['presented', true],
    ['possessed', true],
    ['verified', false],
  ] as const)(
    'is examined by the province: a subsidised record that says %s is too little: %s',
    async (assurance, isLow) => {
      const terminal = await house.province.terminal()
      const eats = somebody()
      const senior = demoSeniors().find(({ id }) => id === eats)
      if (senior === undefined) throw new Error('the member is not of the demo')
      const item = await terminal.sale(senior, { pack: sure(), alter: payload => ({ ...payload, assurance }) })
      // A terminal on paper holds no right of its own, which is another doubt.
      const [verdict] = (await terminal.push([item])).verdicts
      expect(verdict?.code === 'ASSURANCE_LOW').toBe(isLow)
    },
  )
})
