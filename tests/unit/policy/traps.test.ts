import { describe, expect, test } from 'vitest'
import { businessDateOf } from '../../../shared/business-day.ts'
import { canonicalJson } from '../../../shared/canonical-json.ts'
import type { PolicyPack } from '../../../shared/policy/language.ts'
import { readCases, smallPacks, wrongIn } from '../../support/case-kit.ts'
import { codes, price, soundPack, visit } from '../../support/policy-kit.ts'
import { paidFen, usageBook } from '../../support/usage-book.ts'

const packs = smallPacks()
const cases = readCases('traps')
const run = new Set<string>()

/** Runs the vectors of a trap: those whose note begins with its name. */
function itsVectors(trap: string): void {
  const own = cases.filter(({ note }) => note?.startsWith(`${trap}: `))
  for (const { id } of own) run.add(id)
  test.each(own.map(item => [item.id, item.note?.slice(trap.length + 2), item] as const))(
    '%s %s',
    (_id, _note, item) => {
      expect(wrongIn(packs, item)).toEqual([])
    },
  )
}

function describeTrap(trap: string, sequences?: () => void): void {
  describe(trap, () => {
    itsVectors(trap)
    sequences?.()
  })
}

function packCalled(id: string): PolicyPack {
  const pack = packs.find(item => item.id === id)
  if (pack === undefined) throw new Error(`no pack ${id}`)
  return pack
}

const lunchOn = (businessDate: string, more: object = {}) => ({ businessDate, meal: 'lunch', ...more })
const mayDays = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => lunchOn(`2026-05-${from + index}`))

describeTrap('a threshold that is "more than" and not "at least"')
describeTrap('a discount before or after the subsidy, by scheme')
describeTrap('class beats age, or age beats class')
describeTrap('two classes at once: best-of, first, or sum')
describeTrap('a percentage of a price that does not divide')
describeTrap('a cap on the amount against a cap on the count')

describeTrap('a week that turns over on Monday inside an offline stretch', () => {
  test('after five up to Friday, Sunday pays the list price and Monday is subsidised, though nothing was uploaded between', () => {
    const book = usageBook(packCalled('TRAP-WEEK'))
    expect(mayDays(18, 25).map(meal => paidFen(book.sell(meal)))).toEqual([300, 300, 300, 300, 300, 0, 0, 300])
    expect(book.used).toEqual({ 'week|2026-W21': 5, 'week|2026-W22': 1 })
  })

  test("a terminal whose rights end with the week keeps Monday's claim pending, one that holds the next week's grants it", () => {
    const thisWeek = { 'week|2026-W21': 5 }
    const [short, long] = [thisWeek, { ...thisWeek, 'week|2026-W22': 5 }].map(rights =>
      usageBook(packCalled('TRAP-WEEK'), { rights }),
    )
    expect(mayDays(22, 25).map(meal => short?.sell(meal).pendingFen)).toEqual([0, 0, 0, 300])
    expect(mayDays(22, 25).map(meal => long?.sell(meal).pendingFen)).toEqual([0, 0, 0, 0])
  })
})

describeTrap('the same person by card at 11:30 and by face at 11:40', () => {
  test('the second pays the list price and is told that the meal is taken, the first keeps its subsidy', () => {
    const book = usageBook(packCalled('TRAP-MEAL'))
    const byCard = book.sell({ time: '11:30' })
    const byFace = book.sell({ time: '11:40' })
    expect([paidFen(byCard), paidFen(byFace)]).toEqual([300, 0])
    expect(codes(byFace)).toEqual(['LIMIT_MEAL'])
    expect(byFace.debits).toEqual([])
  })

  test('takeaway beside the meal eaten here, or another canteen, is the same meal too', () => {
    const elsewhere = { site: { place: { city: 'A', district: 'D2', street: 'S9' }, listed: true } }
    for (const more of [{ channel: 'takeaway' }, elsewhere]) {
      const book = usageBook(packCalled('TRAP-MEAL'))
      expect([paidFen(book.sell({ time: '11:30' })), paidFen(book.sell({ time: '11:40', ...more }))]).toEqual([300, 0])
    }
  })
})

describeTrap('a void that gives the right back', () => {
  test.each(['TRAP-MEAL', 'TRAP-WEEK', 'TRAP-AMOUNT-CAP', 'TRAP-COUNT-CAP', 'TRAP-MONTH'])(
    'after the void, %s prices the meal again to the same bytes',
    id => {
      const book = usageBook(packCalled(id))
      book.sell({ meal: 'breakfast' })
      const before = { ...book.used }
      const sale = book.sell({})
      expect(paidFen(sale)).toBeGreaterThan(0)
      book.void(sale)
      expect(book.used).toEqual(before)
      expect(canonicalJson(book.sell({}))).toBe(canonicalJson(sale))
    },
  )

  test('a void of the meal that took the rest gives back the rest, no more', () => {
    const book = usageBook(packCalled('TRAP-AMOUNT-CAP'))
    const breakfast = book.sell({ meal: 'breakfast' })
    const lunch = book.sell({})
    expect([paidFen(breakfast), paidFen(lunch)]).toEqual([400, 200])
    book.void(lunch)
    expect(paidFen(book.sell({ meal: 'dinner' }))).toBe(200)
    book.void(breakfast)
    expect(paidFen(book.sell({}))).toBe(400)
  })
})

describeTrap('a policy that changes at midnight while sales wait to be uploaded', () => {
  const changed = packCalled('TRAP-CHANGE')
  const [old] = changed.versions
  const unchanged = soundPack({ ...changed, versions: [{ ...old, to: undefined }] })
  const soldAt = (instant: string) => visit({ businessDate: businessDateOf(Date.parse(instant)), meal: 'dinner' })

  test.each(['2026-06-01T18:00+08:00', '2026-06-30T18:20+08:00', '2026-07-01T00:30+08:00', '2026-07-01T03:59+08:00'])(
    'a sale of %s, recomputed under the pack with the change, comes to the same bytes',
    instant => {
      const sold = price(unchanged, { visit: soldAt(instant) })
      expect(paidFen(sold)).toBe(300)
      expect(canonicalJson(price(changed, { visit: soldAt(instant) }))).toBe(canonicalJson(sold))
    },
  )

  test('from 04:00 on, when the business day turns, the new version prices', () => {
    const sold = price(changed, { visit: soldAt('2026-07-01T04:00+08:00') })
    expect([sold.version, paidFen(sold)]).toEqual(['TRAP-CHANGE-NEW', 400])
  })

  test('a terminal that has not heard of the change goes on with the old version: the digests differ, so the province sees it', () => {
    const sold = soldAt('2026-07-01T12:00+08:00')
    const [here, there] = [price(unchanged, { visit: sold }), price(changed, { visit: sold })]
    expect([paidFen(here), paidFen(there)]).toEqual([300, 400])
    expect(here.digest).not.toBe(there.digest)
  })
})

describeTrap('a clock set back by a day', () => {
  test('wins no second subsidy: the day that comes again is taken, and so is today once the clock is right', () => {
    const book = usageBook(packCalled('TRAP-MEAL'))
    const days = ['2026-05-20', '2026-05-21', '2026-05-20', '2026-05-21', '2026-05-22']
    expect(days.map(date => paidFen(book.sell(lunchOn(date))))).toEqual([300, 300, 0, 0, 300])
  })

  test('on a Monday falls into the full week before, and the new week is still whole', () => {
    const book = usageBook(packCalled('TRAP-WEEK'))
    for (const meal of mayDays(18, 22)) book.sell(meal)
    expect(['2026-05-24', '2026-05-25'].map(date => paidFen(book.sell(lunchOn(date))))).toEqual([0, 300])
    expect(book.used).toEqual({ 'week|2026-W21': 5, 'week|2026-W22': 1 })
  })
})

describeTrap('a class that ends in mid-month')

describeTrap('a site taken off the whitelist while it is offline', () => {
  const here = (listed: boolean) => ({ site: { place: { city: 'A', district: 'D1', street: 'S1' }, listed } })

  test('grants until it hears of it, then leaves the discount of the shop; what was granted recomputes to the same bytes', () => {
    const book = usageBook(packCalled('TRAP-LISTED'))
    const sold = [here(true), here(true), here(false)].map(facts => ({ facts, sale: book.sell(facts) }))
    expect(sold.map(({ sale }) => [paidFen(sale), sale.discountFen])).toEqual([
      [300, 150],
      [300, 150],
      [0, 150],
    ])
    for (const { facts, sale } of sold)
      expect(canonicalJson(price(packCalled('TRAP-LISTED'), { visit: visit(facts) }))).toBe(canonicalJson(sale))
  })

  test('recomputed off the list, such a sale differs by its public money alone', () => {
    const [sold, checked] = [true, false].map(listed =>
      price(packCalled('TRAP-LISTED'), { visit: visit(here(listed)) }),
    )
    expect(checked).toMatchObject({
      discountFen: sold?.discountFen,
      subsidies: [],
      ownPayFen: (sold?.ownPayFen ?? 0) + 300,
    })
    expect(checked?.reasons).toMatchObject([{ code: 'SITE_SUSPENDED' }])
  })

  test('a meal there draws on no right: the same meal is subsidised at a site on the list', () => {
    const book = usageBook(packCalled('TRAP-MEAL'))
    expect([paidFen(book.sell(here(false))), book.used]).toEqual([0, {}])
    expect(paidFen(book.sell(here(true)))).toBe(300)
  })
})

describeTrap('a refund in the next month', () => {
  test('frees the month of the meal and not that of the refund', () => {
    const book = usageBook(packCalled('TRAP-MONTH'))
    const [, second] = ['2026-06-10', '2026-06-20', '2026-07-01', '2026-07-02'].map(date => book.sell(lunchOn(date)))
    expect(book.used).toEqual({ 'month|2026-06': 1000, 'month|2026-07': 1000 })
    if (second !== undefined) book.void(second)
    expect(book.used).toEqual({ 'month|2026-06': 500, 'month|2026-07': 1000 })
    expect(paidFen(book.sell(lunchOn('2026-07-03')))).toBe(0)
    expect(paidFen(book.sell(lunchOn('2026-06-30')))).toBe(500)
  })
})

describeTrap('a fund that has run out', () => {
  test.each([
    ['TRAP-POT', [300, 300, 0], 100],
    ['TRAP-POT-REST', [300, 300, 100], 0],
  ] as const)('%s: of 7.00 three meals get %j', (id, paid, left) => {
    const book = usageBook(packCalled(id), { pots: { city: 700 } })
    const sales = mayDays(18, 20).map(meal => book.sell(meal))
    expect(sales.map(paidFen)).toEqual(paid)
    expect(sales.map(codes)).toEqual([[], [], ['FUND_EXHAUSTED']])
    expect(book.pots).toEqual({ city: left })
  })

  test('a void fills it again, for whoever comes next', () => {
    const book = usageBook(packCalled('TRAP-POT'), { pots: { city: 300 } })
    const sale = book.sell({})
    expect(paidFen(book.sell({ meal: 'dinner' }))).toBe(0)
    book.void(sale)
    expect(paidFen(book.sell({ meal: 'dinner' }))).toBe(300)
  })
})

test('every vector of the traps is run by a trap that is named here', () => {
  expect(cases.filter(({ id }) => !run.has(id)).map(({ id }) => id)).toEqual([])
})
