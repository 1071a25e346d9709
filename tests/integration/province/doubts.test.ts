import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type DemoSenior, demoSeniors } from '../../../province/demo-people.ts'
import { addDays, businessDateOf, weekLabel } from '../../../shared/business-day.ts'
import { operatorId, siteId } from '../../../shared/ids.ts'
import { packHash } from '../../../shared/policy/parse-pack.ts'
import type { SalePayload, Tender } from '../../../shared/record.ts'
import { demoPack, enrolPaperTerminal, type PaperTerminal, type SaleOptions } from '../../support/paper-terminal.ts'
import { openProvinceHouse, type ProvinceHouse } from '../../support/province-house.ts'

const outcomes = (reply: Awaited<ReturnType<PaperTerminal['push']>>) =>
  reply.verdicts.map(({ verdict, code }) => (code === null ? verdict : `${verdict} ${code}`))
const dayLength = 86_400_000

describe('what the province does not simply accept', () => {
  let house: ProvinceHouse
  const seniors = demoSeniors().filter(({ homeSite, expected }) => homeSite === 'demo-canteen' && expected.fen === 600)
  let next = 0
  /** A senior aged 80 or more whom no other test uses: of 15.00 they pay 7.50 themselves. */
  const someone = (): DemoSenior => {
    const senior = seniors[next++]
    if (senior === undefined) throw new Error('no senior left for this test')
    return senior
  }
  /** What the province says to one sale of a fresh terminal. */
  async function outcomeOf(options: SaleOptions, site?: string): Promise<string | undefined> {
    const terminal = await house.terminal(site)
    return outcomes(await terminal.push([await terminal.sale(someone(), options)]))[0]
  }
  const altered = (change: Partial<SalePayload>, options: SaleOptions = {}) =>
    outcomeOf({ ...options, alter: payload => ({ ...payload, ...change }) })
  const tender = (kind: Tender['kind'], fen: number): Tender => ({ kind, fen, status: 'settled', reference: null })

  beforeAll(async () => {
    house = await openProvinceHouse()
  })
  afterAll(() => house.close())

  it('holds the claim of a sale that it flags, and counts it', async () => {
    const terminal = await house.terminal()
    await terminal.push([await terminal.sale(someone(), { alter: payload => ({ ...payload, items: [] }) })])
    expect(
      await house.rows('select held, sum(fen)::int as fen from claim_line where terminal_id = $1 group by held', [
        terminal.terminal,
      ]),
    ).toEqual([{ held: true, fen: 600 }])
  })

  it('leaves the claim of a sale that it flags to a person', async () => {
    const claims = async (change: Partial<SalePayload>) => {
      const terminal = await house.terminal()
      const senior = someone()
      const alter = (payload: SalePayload) => ({ ...payload, ...change })
      await terminal.push([await terminal.sale(senior, { rights: {}, alter })])
      const leases = await house.rows("select body from lease_state where senior_id = $1 and pack_id = 'DEMO'", [
        senior.id,
      ])
      const [claim] = await house.rows('select state from claim where terminal_id = $1', [terminal.terminal])
      return { claim, isOpen: leases.some(({ body }) => !String(body).includes('"open":[]')) }
    }
    expect(await claims({ items: [] })).toEqual({ claim: { state: 'held' }, isOpen: false })
    expect(await claims({})).toEqual({ claim: { state: 'accepted' }, isOpen: false })
  })

  describe('amounts', () => {
    it('flags lines of the bill that are not the list price', async () => {
      expect(await altered({ items: [{ set: 'C', quantity: 1, fen: 1200 }] })).toBe('flagged AMOUNTS_DIFFER')
    })

    it('accepts a list price of several lines and pieces', async () => {
      const items = [
        { set: 'half', quantity: 2, fen: 1800 },
        { set: 'soup', quantity: 1, fen: 300 },
      ]
      expect(await altered({ items }, { listFen: 2100 })).toBe('accepted')
    })

    it('flags tenders that are not what the senior owes', async () => {
      expect(await altered({ tenders: [tender('account', 740)] })).toBe('flagged AMOUNTS_DIFFER')
      expect(await altered({ tenders: [] })).toBe('flagged AMOUNTS_DIFFER')
      expect(await altered({ tenders: [tender('account', 800), tender('cash', -50)] })).toBe('flagged AMOUNTS_DIFFER')
    })

    it('accepts cash rounded down below 0.10, and flags any other rounding', async () => {
      const rounded = (kind: Tender['kind'], cashRoundingFen: number) =>
        altered({ cashRoundingFen, tenders: [tender(kind, 750 - cashRoundingFen)] })
      expect(await rounded('cash', 9)).toBe('accepted')
      expect(await rounded('cash', 10)).toBe('flagged AMOUNTS_DIFFER')
      expect(await rounded('cash', -1)).toBe('flagged AMOUNTS_DIFFER')
      expect(await rounded('account', 5)).toBe('flagged AMOUNTS_DIFFER')
    })

    it('flags a pending claim that nothing makes pending, and one that was kept quiet', async () => {
      expect(await altered({ claimPending: true })).toBe('flagged AMOUNTS_DIFFER')
      expect(await altered({ claimPending: false }, { who: 'unknown' })).toBe('flagged AMOUNTS_DIFFER')
      expect(await altered({ claimPending: false }, { rights: {} })).toBe('flagged AMOUNTS_DIFFER')
    })

    it('flags a price that never stood on the menu of the site', async () => {
      expect(await outcomeOf({ listFen: 9900 })).toBe('flagged PRICE_UNKNOWN')
      expect(await outcomeOf({ set: 'C', listFen: 1500 })).toBe('flagged PRICE_UNKNOWN')
    })

    it('accepts a price of a menu that the site was sent earlier', async () => {
      await house.rows("update site set body = replace(body, '1500', '1600')")
      expect(await outcomeOf({ listFen: 1500 })).toBe('accepted')
    })
  })

  describe('persons and rights', () => {
    it('accepts a guest, a person not known, and a senior whose rights are not proven', async () => {
      expect(await outcomeOf({ who: 'guest' })).toBe('accepted')
      expect(await outcomeOf({ who: 'unknown' })).toBe('accepted')
      expect(await outcomeOf({ rights: {} })).toBe('accepted')
    })

    it('flags what a guest is said to have paid from a card account, in part too, and takes it from a person not known', async () => {
      expect(await altered({ tenders: [tender('account', 1500)] }, { who: 'guest' })).toBe('flagged GUEST_ACCOUNT')
      const inPart = [tender('account', 500), tender('cash', 1000)]
      expect(await altered({ tenders: inPart }, { who: 'guest' })).toBe('flagged GUEST_ACCOUNT')
      expect(await altered({ tenders: [tender('account', 1500)] }, { who: 'unknown' })).toBe('accepted')
    })

    it('flags a senior whom nothing identified, and a means without assurance', async () => {
      expect(await altered({ means: null, assurance: null })).toBe('flagged IDENTITY_DOUBTFUL')
      expect(await altered({ assurance: null })).toBe('flagged IDENTITY_DOUBTFUL')
      expect(await altered({ assurance: 'verified' }, { who: 'guest' })).toBe('flagged IDENTITY_DOUBTFUL')
    })

    it('flags the whole cap where it is held by another site', async () => {
      expect(await outcomeOf({}, 'demo-riverside')).toBe('flagged RIGHT_NOT_HELD')
      expect(await outcomeOf({ rights: {} }, 'demo-riverside')).toBe('accepted')
    })

    it('flags the whole cap for a guest and for a person not known', async () => {
      expect(await outcomeOf({ who: 'guest', rights: 'whole-cap' })).toBe('flagged RIGHT_NOT_HELD')
      expect(await outcomeOf({ who: 'unknown', rights: 'whole-cap' })).toBe('flagged RIGHT_NOT_HELD')
    })

    it('flags what was drawn on a right that nobody was given', async () => {
      const date = businessDateOf(Date.now())
      const rights = { [`meal|${date}/lunch`]: 1, [`week|${weekLabel(date)}`]: 1 }
      expect(await outcomeOf({ rights })).toBe('flagged RIGHT_NOT_HELD')
    })

    it('accepts a grant of whole caps, and flags one of an unknown limit, of more than a cap, or twice of a counter', async () => {
      const terminal = await house.terminal()
      const pack = demoPack()
      const policy = { pack: pack.id, version: pack.versions[0]?.id ?? null, hash: packHash(pack) }
      const meal = { limit: 'meal', label: '2026-11-20/lunch', unit: 'count', amount: 1 }
      const grant = (entries: unknown[], of = policy) =>
        terminal.sign(
          'right-change',
          { change: 'grant', senior: null, policy: of, entries, epoch: 1, grant: null },
          null,
        )
      const reply = await terminal.push([
        await grant([meal, { limit: 'week', label: '2026-W47', unit: 'count', amount: 5 }]),
        await grant([{ ...meal, limit: 'year' }]),
        await grant([{ ...meal, amount: 2 }]),
        await grant([meal, meal]),
        await grant([meal], { ...policy, version: 'DEMO-1999' }),
        await grant([meal], { ...policy, hash: 'A'.repeat(43) }),
      ])
      expect(outcomes(reply)).toEqual([
        'accepted',
        ...Array.from({ length: 4 }, () => 'flagged RIGHT_NOT_HELD'),
        'flagged POLICY_UNKNOWN',
      ])
    })
  })

  describe('dates', () => {
    it('flags a business date before that of the record before, in the same push or a later one', async () => {
      const terminal = await house.terminal()
      const today = businessDateOf(Date.now())
      const at = Date.now() - dayLength
      const back = () => terminal.sale(someone(), { date: addDays(today, -1), at })
      const first = await terminal.push([await terminal.sale(someone()), await back()])
      expect(outcomes(first)).toEqual(['accepted', 'flagged DATE_DOUBTFUL'])
      expect(outcomes(await terminal.push([await back()]))).toEqual(['flagged DATE_DOUBTFUL'])
      expect(outcomes(await terminal.push([await terminal.sale(someone())]))).toEqual(['accepted'])
    })

    it('accepts sales of days ago that arrive late, in their order', async () => {
      const terminal = await house.terminal()
      const ago = (days: number) => Date.now() - days * dayLength
      const sales = []
      for (const days of [9, 3, 3])
        sales.push(await terminal.sale(someone(), { date: businessDateOf(ago(days)), at: ago(days) }))
      expect(outcomes(await terminal.push(sales))).toEqual(['accepted', 'accepted', 'accepted'])
    })

    it('accepts a clock that went back while the business date stayed', async () => {
      const terminal = await house.terminal()
      const [today, at] = [businessDateOf(Date.now()), Date.now() - dayLength]
      const sales = [await terminal.sale(someone()), await terminal.sale(someone(), { date: today, at })]
      expect(outcomes(await terminal.push(sales))).toEqual(['accepted', 'accepted'])
    })

    it('flags a business date more than a day ahead of the clock of the record', async () => {
      const today = businessDateOf(Date.now())
      expect(await outcomeOf({ date: addDays(today, 2) })).toBe('flagged DATE_DOUBTFUL')
      expect(await outcomeOf({ date: addDays(today, 1) })).toBe('accepted')
    })

    it('flags the first record of a terminal whose business date lies behind its own clock, in a month at rest or before all of them', async () => {
      const today = businessDateOf(Date.now())
      for (const date of [addDays(today, -40), '1970-01-01', addDays(today, -1)])
        expect(await outcomeOf({ date, at: Date.now() })).toBe('flagged DATE_DOUBTFUL')
      const held = await house.rows('select distinct held from claim_line where booked_on = $1', [addDays(today, -40)])
      expect(held).toEqual([{ held: true }])
    })

    it('flags a record of more than a day before its terminal was enrolled, and accepts one by a clock that is a day behind', async () => {
      const today = businessDateOf(Date.now())
      const of = async (days: number) => {
        const terminal = await house.newTerminal()
        return outcomes(await terminal.push([await terminal.sale(someone(), { date: addDays(today, -days) })]))
      }
      expect(await of(2)).toEqual(['flagged DATE_DOUBTFUL'])
      expect(await of(1)).toEqual(['accepted'])
    })

    it('accepts what a terminal wrote before it was enrolled anew', async () => {
      const terminal = await house.newTerminal()
      const before = { date: addDays(businessDateOf(Date.now()), -9) }
      await house.rows('update terminal set enrolled_on = $2 where terminal_id = $1', [terminal.terminal, before.date])
      const code = await house.province.createEnrolmentCode(terminal.terminal, siteId.parse('demo-canteen'))
      const anew = await enrolPaperTerminal(code, terminal.keys)
      expect(outcomes(await anew.push([await anew.sale(someone(), before)]))).toEqual(['accepted'])
    })

    it('accepts a late entry of the day before, and flags one of a meal that is still to come', async () => {
      const today = businessDateOf(Date.now())
      const terminal = await house.terminal()
      const entry = (date: string) => terminal.sale(someone(), { date, enteredOn: today })
      const reply = await terminal.push([
        await entry(addDays(today, -1)),
        await terminal.sale(someone()),
        await entry(addDays(today, 1)),
      ])
      expect(outcomes(reply)).toEqual(['accepted', 'accepted', 'flagged DATE_DOUBTFUL'])
    })

    it('flags a late entry of a meal more than seven days ago', async () => {
      const today = businessDateOf(Date.now())
      const terminal = await house.terminal()
      const reply = await terminal.push([
        await terminal.sale(someone(), { date: addDays(today, -7), enteredOn: today }),
        await terminal.sale(someone(), { date: addDays(today, -8), enteredOn: today }),
      ])
      expect(outcomes(reply)).toEqual(['accepted', 'flagged DATE_DOUBTFUL'])
    })

    it('flags a late entry that is to be paid on the word of the one who entered it, and holds its claim lines', async () => {
      const today = businessDateOf(Date.now())
      const terminal = await house.terminal()
      const operator = operatorId.parse('he-ping')
      const entry = (approver: typeof operator, held = false) =>
        terminal.sale(someone(), { enteredOn: today, approver, held, alter: sale => ({ ...sale, operator }) })
      const own = await entry(operator)
      const reply = await terminal.push([own, await entry(operatorId.parse('lin-yue')), await entry(operator, true)])
      expect(outcomes(reply)).toEqual(['flagged NOT_APPROVED', 'accepted', 'accepted'])
      const lines = await house.rows('select distinct seq, held from claim_line where terminal_id = $1 order by seq', [
        terminal.terminal,
      ])
      expect(lines.map(({ held }) => held)).toEqual([true, false, true])
    })

    it('flags a late entry on the word of somebody whom nobody knows, and of the staff of another site', async () => {
      const today = businessDateOf(Date.now())
      const by = (name: string) => outcomeOf({ enteredOn: today, approver: operatorId.parse(name) })
      expect(await by('made-up-person')).toBe('flagged NOT_APPROVED')
      expect(await by('gao-yan')).toBe('flagged NOT_APPROVED')
      expect(await by('sun-min')).toBe('accepted')
    })

    it('flags a clock more than a day ahead of the province, even one beyond all dates', async () => {
      const ahead = Date.now() + 1.5 * dayLength
      expect(await outcomeOf({ at: ahead, date: businessDateOf(ahead) })).toBe('flagged DATE_DOUBTFUL')
      const terminal = await house.terminal()
      const reason = { of: '01900000-0000-7000-8000-000000000000', reason: 'x', operator: null }
      const id = (last: number) => `01900000-0000-7000-8000-00000000000${last}`
      const beyond = [
        await terminal.sign('void', reason, null, { id: id(1), clock: Number.MAX_SAFE_INTEGER, date: '2026-11-20' }),
        await terminal.sign('void', reason, null, { id: id(2), clock: Number.MIN_SAFE_INTEGER, date: '2026-11-20' }),
      ]
      expect(outcomes(await terminal.push(beyond))).toEqual(['flagged DATE_DOUBTFUL', 'flagged DATE_DOUBTFUL'])
    })
  })

  describe('refunds', () => {
    it('takes back own payment up to what the sale brought, and flags more or less than nothing', async () => {
      const terminal = await house.terminal()
      const sales = [
        await terminal.sale(someone()),
        await terminal.sale(someone()),
        await terminal.sale(someone()),
      ] as const
      const refund = (of: string, ownPayFen: number) =>
        terminal.sign('refund', { of, subsidies: [], ownPayFen, reason: 'x', operator: null }, null)
      const reply = await terminal.push([
        ...sales,
        await refund(sales[0].id, 750),
        await refund(sales[1].id, 751),
        await refund(sales[2].id, -1),
      ])
      expect(outcomes(reply).slice(3)).toEqual(['accepted', 'flagged QUOTE_DIFFERS', 'flagged QUOTE_DIFFERS'])
    })
  })
})
