import { describe, expect, test } from 'vitest'
import { addDays } from '../../../../shared/business-day.ts'
import type { PolicyPack } from '../../../../shared/policy/language.ts'
import { gather } from '../../../../shared/policy/replay/gather.ts'
import { readEvidenceLine } from '../../../../shared/policy/replay/read-line.ts'
import { replay } from '../../../../shared/policy/replay/replay.ts'
import { versionFor } from '../../../../shared/policy/replay/version-for.ts'
import { evidenceMaker, mealAtInstant, type Served } from '../../../support/evidence-maker.ts'
import { date, discountStep, packJson, packOf, person, soundPack, subsidyStep } from '../../../support/policy-kit.ts'

const monday = date('2026-11-16')
const hour = 3_600_000
/** Noon of a day of that week, 0 Monday, and some hours later. */
const at = (day: number, hours = 0) => Date.parse(`${addDays(monday, day)}T12:00:00+08:00`) + hours * hour

const weekly = (cap: number) => [{ id: 'week', period: 'week', unit: 'count', cap }]
const city = (fen: number, cap: number) =>
  packOf([subsidyStep('city', fen, { limits: ['week'] })], { limits: weekly(cap) })

function maker(pack: PolicyPack, site = 1) {
  const made = evidenceMaker(pack, site)
  return {
    ...made,
    eat: (when: number, more: Partial<Served> = {}) =>
      made.serve({ at: when, senior: 1, person: person(), visit: mealAtInstant(when), ...more }),
  }
}

/** Own payments under a draft, in the order of service. */
function replayed(draft: PolicyPack, lines: readonly string[], options: Partial<Parameters<typeof replay>[2]> = {}) {
  const gathered = gather(lines.map((line, index) => readEvidenceLine(line, index + 1)))
  const result = replay(draft, gathered, { range: {}, ...options })
  return { ...result, own: result.repriced.map(({ after }) => after.ownPay) }
}

describe('usage under a draft', () => {
  test('is counted anew for each senior: a limit of the draft holds where the old one did not', () => {
    const made = maker(city(300, 5))
    for (const day of [0, 1, 2]) made.eat(at(day))
    made.eat(at(3), { senior: 2 })
    expect(replayed(city(400, 2), made.lines).own).toEqual([1100, 1100, 1500, 1100])
  })

  test('is none for a guest, however often guests come', () => {
    const guests = packOf([discountStep('shop', 10, { for: 'anyone', limits: ['week'] })], { limits: weekly(1) })
    const made = maker(guests)
    for (const day of [0, 1]) made.eat(at(day), { senior: null, person: null })
    const result = replayed(guests, made.lines)
    expect(result.own).toEqual([1350, 1350])
    expect(result.repriced.map(item => item.person)).toEqual([null, null])
  })

  test('begins with the first record, also before the range that is summed', () => {
    const made = maker(city(300, 5))
    for (const day of [0, 1, 2, 3]) made.eat(at(day))
    const range = { from: date('2026-11-17'), to: date('2026-11-18') }
    expect(replayed(city(300, 2), made.lines, { range }).own).toEqual([1200, 1500])
  })

  test('follows the order of service, not that of the file: date, then clock', () => {
    const made = maker(city(300, 5))
    made.eat(at(2))
    made.eat(at(3), { kind: 'late-entry', visit: mealAtInstant(at(0)) })
    made.eat(at(1, 2))
    made.eat(at(1, 1))
    const { repriced } = replayed(city(300, 2), made.lines)
    expect(repriced.map(({ record, after }) => [record.line, after.ownPay])).toEqual([
      [2, 1200],
      [4, 1200],
      [3, 1500],
      [1, 1500],
    ])
  })

  test('at one and the same moment follows the names of the terminals', () => {
    const [here, there] = [maker(city(300, 5)), maker(city(300, 5), 2)]
    here.eat(at(0))
    there.eat(at(0))
    const { repriced } = replayed(city(300, 1), [...there.lines, ...here.lines])
    expect(repriced.map(({ record, after }) => [record.terminal, after.ownPay])).toEqual([
      ['till-1', 1200],
      ['till-2', 1500],
    ])
  })

  test('of one who eats at two sites is one person, by the id that the inputs tell', () => {
    const [here, there] = [maker(city(300, 5)), maker(city(300, 5), 2)]
    here.eat(at(0))
    there.eat(at(1))
    const { own, repriced } = replayed(city(300, 1), [...here.lines, ...there.lines])
    expect(own).toEqual([1200, 1500])
    expect(new Set(repriced.map(item => item.person)).size).toBe(1)
  })
})

describe('a voided record', () => {
  test('counts for nothing, and gives back what it drew from its void on', () => {
    const made = maker(city(300, 1))
    const first = made.eat(at(0))
    made.eat(at(1))
    made.takeBack(at(1, 1), first)
    made.eat(at(2))
    const { own, voided } = replayed(city(400, 1), made.lines)
    expect(own).toEqual([1500, 1100])
    expect(voided.map(({ id }) => id)).toEqual([first])
  })

  test('draws nothing where a clock that was set back puts its void before it', () => {
    const made = maker(city(300, 1))
    const first = made.eat(at(0, 2))
    made.takeBack(at(0, 1), first)
    made.eat(at(1))
    expect(replayed(city(400, 1), made.lines).own).toEqual([1100])
  })

  test('out of the range is not among those told', () => {
    const made = maker(city(300, 1))
    made.takeBack(at(0, 1), made.eat(at(0)))
    made.eat(at(1))
    expect(replayed(city(300, 1), made.lines, { range: { from: date('2026-11-17') } })).toMatchObject({
      voided: [],
      own: [1200],
    })
  })
})

describe('a refund', () => {
  const both = (cityFen: number, streetFen: number) =>
    packOf([subsidyStep('city', cityFen), subsidyStep('street', streetFen, { fund: 'street' })])

  test('takes the same part off the amounts of the draft, and leaves the right used', () => {
    const made = maker(both(300, 200))
    made.refund(at(0, 1), made.eat(at(0)), 50)
    const [item] = replayed(both(400, 101), made.lines).repriced
    expect(item?.before).toMatchObject({ list: 1500, ownPay: 500, refunded: 750 })
    expect(Object.fromEntries(item?.before.byFund ?? [])).toEqual({ city: 150, street: 100 })
    expect(Object.fromEntries(item?.after.byFund ?? [])).toEqual({ city: 200, street: 50 })
    expect(item?.after).toMatchObject({ list: 1500, ownPay: 499, refunded: 751 })
  })

  test('takes the part of the whole off a fund that paid nothing then', () => {
    const made = maker(both(300, 0))
    made.refund(at(0, 1), made.eat(at(0)), 100)
    const [item] = replayed(both(300, 200), made.lines).repriced
    expect(item?.after).toMatchObject({ ownPay: 0, refunded: 1500 })
    expect(Object.fromEntries(item?.after.byFund ?? [])).toEqual({ city: 0, street: 0 })
  })

  test('of a meal that cost nothing takes nothing', () => {
    const free = packOf([discountStep('free', 100)])
    const made = maker(free)
    made.refund(at(0, 1), made.eat(at(0)), 100)
    expect(replayed(both(300, 0), made.lines).repriced[0]?.after).toMatchObject({ ownPay: 1200, refunded: 0 })
  })

  test('leaves the right used', () => {
    const made = maker(city(300, 1))
    made.refund(at(0, 1), made.eat(at(0)), 100)
    made.eat(at(1))
    expect(replayed(city(400, 1), made.lines).own).toEqual([0, 1500])
  })
})

describe('a record that cannot be priced again', () => {
  test('is left out with its reason, and holds what it drew then', () => {
    const made = maker(city(300, 2))
    made.eat(at(0), { tell: () => null })
    made.eat(at(1))
    made.eat(at(2))
    const { own, leftOut } = replayed(city(300, 2), made.lines)
    expect(own).toEqual([1200, 1500])
    expect(leftOut.map(({ why, record }) => [why, record.line])).toEqual([['NO_INPUTS', 1]])
  })

  test('holds nothing of a counter that the draft keeps in another unit, or not at all', () => {
    const made = maker(city(300, 2))
    made.eat(at(0), { tell: () => null })
    made.eat(at(1))
    const inFen = packOf([subsidyStep('city', 300, { limits: ['week'] })], {
      limits: [{ id: 'week', period: 'week', unit: 'fen', cap: 300 }],
    })
    expect(replayed(inFen, made.lines).own).toEqual([1200])
    expect(replayed(packOf([subsidyStep('city', 300)]), made.lines).own).toEqual([1200])
  })

  test('holds what it spent of an allowance', () => {
    const card = packOf([subsidyStep('card', 300, { allowance: 'card' })], {
      version: { allowances: [{ id: 'card', title: { zh: '卡', en: 'card' }, period: 'month', cap: 500 }] },
    })
    const made = maker(card)
    made.eat(at(0), { tell: () => null })
    made.eat(at(1))
    expect(replayed(card, made.lines).own).toEqual([1300])
  })

  test('of a pending claim is left out, though its inputs are there', () => {
    const made = maker(city(300, 2))
    made.eat(at(0), { rights: {} })
    expect(replayed(city(300, 2), made.lines)).toMatchObject({ own: [], leftOut: [{ why: 'CLAIM_PENDING' }] })
  })

  test('is not told twice where it was voided, nor where it lies out of the range', () => {
    const made = maker(city(300, 2))
    made.takeBack(at(0, 1), made.eat(at(0), { tell: () => null }))
    made.eat(at(1), { tell: () => null })
    const range = { to: date('2026-11-16') }
    expect(replayed(city(300, 2), made.lines, { range })).toMatchObject({ leftOut: [], voided: [{ line: 1 }] })
  })
})

describe('the version that prices a day', () => {
  const [version] = packJson([]).versions
  const draft = soundPack({
    ...packJson([]),
    versions: [
      { ...version, id: 'LATER', from: '2026-12-01', to: '2026-12-31' },
      { ...version, id: 'NOW', from: '2026-11-16', to: '2026-11-20' },
    ],
  })
  const chosen = (day: string) => {
    const { why, version } = versionFor(draft, date(day), undefined)
    return [why, version?.id]
  }

  test('is the one in force, else the first that comes after, else none', () => {
    expect(chosen('2026-11-15')).toEqual(['next', 'NOW'])
    expect(chosen('2026-11-16')).toEqual(['in-force', 'NOW'])
    expect(chosen('2026-11-20')).toEqual(['in-force', 'NOW'])
    expect(chosen('2026-11-21')).toEqual(['next', 'LATER'])
    expect(chosen('2026-12-31')).toEqual(['in-force', 'LATER'])
    expect(chosen('2027-01-01')).toEqual(['none', undefined])
  })

  test('is the one that was asked for on every day', () => {
    const [later] = draft.versions
    expect(versionFor(draft, date('2027-06-01'), later)).toEqual({ why: 'asked', version: later })
  })

  test('prices the records: the list price where there is none', () => {
    const made = maker(city(300, 5))
    made.eat(at(0))
    const ended = soundPack({
      ...packJson([subsidyStep('city', 500)]),
      versions: [{ ...packJson([subsidyStep('city', 500)]).versions[0], to: '2026-11-15' }],
    })
    expect(replayed(ended, made.lines).own).toEqual([1500])
    expect(replayed(ended, made.lines, { asOf: ended.versions[0] }).own).toEqual([1000])
  })
})
