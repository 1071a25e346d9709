import { describe, expect, test } from 'vitest'
import { rulesOf } from '../../../shared/policy/conditions.ts'
import { capFor, countersFor, greatestCap } from '../../../shared/policy/counters.ts'
import { codes, discountStep, packOf, person, price, subsidyStep, visit, words } from '../../support/policy-kit.ts'

const allowance = (more: object = {}) => ({ id: 'purse', title: words('purse'), period: 'month', cap: 1000, ...more })
const spending = (more: object = {}, step: object = {}, rest: object = {}) =>
  packOf([subsidyStep('spend', 0, { amount: { kind: 'price', fen: 0 }, allowance: 'purse', ...step })], {
    version: { allowances: [allowance(more)] },
    ...rest,
  })
const key = 'purse|2026-11'

describe('an allowance', () => {
  test('is spent down, and the rest of it is used up', () => {
    const quote = price(spending(), { used: { [key]: 400 } })
    expect(quote).toMatchObject({ subsidies: [{ fund: 'city', fen: 600 }], ownPayFen: 900 })
    expect(quote.debits).toEqual([{ key, limit: 'purse', label: '2026-11', unit: 'fen', amount: 600 }])
    expect(quote.reasons).toEqual([
      {
        code: 'ALLOWANCE_SPENT',
        benefit: 'spend',
        values: { allowance: 'purse', cap: 1000, used: 400, resumes: '2026-12-01' },
      },
    ])
  })

  test('that covers the amount, to the fen, is not worth telling of', () => {
    const quote = price(spending(), { visit: visit({ listFen: 1000 }) })
    expect(quote).toMatchObject({ ownPayFen: 0, reasons: [], debits: [{ amount: 1000 }] })
  })

  test('that is spent, or overspent, pays nothing and takes nothing', () => {
    for (const used of [1000, 1001, 5000]) {
      const quote = price(spending(), { used: { [key]: used } })
      expect(quote).toMatchObject({ subsidies: [], ownPayFen: 1500, debits: [] })
      expect(codes(quote)).toEqual(['ALLOWANCE_SPENT'])
    }
  })

  test('may pay a percentage of the price only', () => {
    const third = { amount: { kind: 'percent', percent: 40, of: 'list' } }
    expect(price(spending({}, third))).toMatchObject({ subsidies: [{ fen: 600 }], debits: [{ amount: 600 }] })
  })

  test('is gone with its period', () => {
    expect(price(spending(), { used: { 'purse|2026-10': 1000 } }).subsidies).toEqual([{ fund: 'city', fen: 1000 }])
    const resumes = (period: string, used: string) =>
      price(spending({ period }), { used: { [used]: 1000 } }).reasons[0]?.values.resumes
    expect(resumes('day', 'purse|2026-11-20')).toBe('2026-11-21')
    expect(resumes('week', 'purse|2026-W47')).toBe('2026-11-23')
    expect(resumes('year', 'purse|2026')).toBe('2027-01-01')
  })

  test('is shared by the steps that name it', () => {
    const steps = ['a', 'b'].map(id => subsidyStep(id, 600, { allowance: 'purse' }))
    const quote = price(packOf(steps, { version: { allowances: [allowance()] } }))
    expect(quote.ladder.map(({ fen }) => fen)).toEqual([600, 400])
    expect(quote.debits).toMatchObject([{ amount: 1000 }])
    expect(quote.reasons).toMatchObject([{ benefit: 'b', values: { used: 0 } }])
  })

  test('stands after the limits among the counters, each by the label of its period', () => {
    const limits = [{ id: 'day', period: 'day', unit: 'count', cap: 3 }]
    const [version] = spending(
      { cap: { classes: [{ when: { category: ['dibao'] }, cap: 700 }, { cap: 300 }] } },
      {},
      { limits },
    ).versions
    expect(version && countersFor(version, visit()).map(({ key, unit, cap }) => [key, unit, cap])).toEqual([
      ['day|2026-11-20', 'count', 3],
      [key, 'fen', 700],
    ])
  })

  test('asks this terminal for rights that cover what it spends', () => {
    expect(price(spending(), { rights: { [key]: 999 } })).toMatchObject({ pendingFen: 1000, debits: [] })
    expect(price(spending(), { rights: { [key]: 1000 } })).toMatchObject({ pendingFen: 0, ownPayFen: 500 })
  })
})

test('a stranger has the counters of whoever they turn out to be', () => {
  const limits = [{ id: 'day', period: 'day', unit: 'count', cap: 1 }]
  const open = packOf([discountStep('shop', 10, { for: 'anyone', limits: ['day'] })], { limits })
  const stranger = { person: null, stranger: true } as const
  expect(price(open, { ...stranger, used: { 'day|2026-11-20': 1 } })).toMatchObject({
    discountFen: 0,
    reasons: [{ code: 'LIMIT_DAY' }],
  })
  expect(price(open, stranger)).toMatchObject({ discountFen: 150, debits: [{ amount: 1 }] })
})

describe('limits beside an allowance', () => {
  const limits = [{ id: 'meals', period: 'day', unit: 'count', cap: 1 }]

  test('must leave room too', () => {
    const pack = spending({}, { limits: ['meals'] }, { limits })
    expect(price(pack).debits.map(({ limit, amount }) => [limit, amount])).toEqual([
      ['meals', 1],
      ['purse', 1000],
    ])
    const full = price(pack, { used: { 'meals|2026-11-20': 1 } })
    expect(full).toMatchObject({ subsidies: [], debits: [] })
  })

  test('in fen see what the allowance left, where the whole would not have fitted', () => {
    const money = [{ id: 'money', period: 'day', unit: 'fen', cap: 800 }]
    const pack = spending({ cap: 700 }, { limits: ['money'] }, { limits: money })
    expect(price(pack)).toMatchObject({ subsidies: [{ fen: 700 }] })
    expect(price(spending({ cap: 900 }, { limits: ['money'] }, { limits: money }))).toMatchObject({ subsidies: [] })
  })
})

describe('a limit in fen', () => {
  const money = (beyond?: string) =>
    packOf([subsidyStep('a', 300, { limits: ['m'] }), subsidyStep('b', 300, { limits: ['m'] })], {
      limits: [{ id: 'm', period: 'month', unit: 'fen', cap: 500, ...(beyond === undefined ? {} : { beyond }) }],
    })

  test('pays the rest that fits where it says so', () => {
    expect(price(money('rest'))).toMatchObject({ subsidies: [{ fen: 500 }], debits: [{ amount: 500 }] })
    expect(price(money('rest'), { used: { 'm|2026-11': 450 } }).ladder.map(({ fen }) => fen)).toEqual([50])
    expect(price(money('rest'), { used: { 'm|2026-11': 600 } }).ladder).toEqual([])
  })

  test('pays nothing beyond it where it says "nothing", or nothing is said', () => {
    for (const beyond of ['nothing', undefined])
      expect(price(money(beyond)).subsidies).toEqual([{ fund: 'city', fen: 300 }])
  })

  test('that pays the rest comes first, so that another may take what it leaves', () => {
    const limits = [
      { id: 'whole', period: 'day', unit: 'fen', cap: 250 },
      { id: 'part', period: 'month', unit: 'fen', cap: 200, beyond: 'rest' },
    ]
    const quote = price(packOf([subsidyStep('a', 300, { limits: ['whole', 'part'] })], { limits }))
    expect(quote.subsidies).toEqual([{ fund: 'city', fen: 200 }])
    expect(codes(quote)).toEqual(['LIMIT_MONTH'])
  })
})

describe('a limit by count', () => {
  test('is taken once by a visit, however many steps share it', () => {
    const limits = [{ id: 'd', period: 'day', unit: 'count', cap: 1 }]
    const pack = packOf(
      ['a', 'b'].map(id => subsidyStep(id, 300, { limits: ['d'] })),
      { limits },
    )
    expect(price(pack)).toMatchObject({ ownPayFen: 900, debits: [{ amount: 1 }] })
    expect(price(pack, { rights: { 'd|2026-11-20': 1 } })).toMatchObject({ ownPayFen: 900, pendingFen: 0 })
  })

  test('names itself, its unit and its cap, what was used, and when it resumes', () => {
    const limits = [{ id: 'd', period: 'day', unit: 'count', cap: 2 }]
    const pack = packOf([subsidyStep('a', 300, { limits: ['d'] })], { limits })
    expect(price(pack, { used: { 'd|2026-11-20': 3 } }).reasons).toEqual([
      {
        code: 'LIMIT_DAY',
        benefit: 'a',
        values: { limit: 'd', unit: 'count', cap: 2, used: 3, resumes: '2026-11-21' },
      },
    ])
  })
})

describe('a cap by class', () => {
  const classes = [
    { when: { category: ['dibao'] }, cap: 1200 },
    { when: { age: { atLeast: 83 } }, cap: 800 },
    { when: { category: ['tekun'] }, cap: 0 },
  ]
  const capped = (more: object = {}) => price(spending({ cap: { classes } }), { person: person(more) })

  test('is that of the first class that holds', () => {
    expect(capped({ categories: [{ id: 'dibao' }] }).subsidies).toEqual([{ fund: 'city', fen: 1200 }])
    expect(capped({ birthDate: '1940-01-01', categories: [{ id: 'dibao' }] }).subsidies).toEqual([
      { fund: 'city', fen: 1200 },
    ])
    expect(capped({ birthDate: '1940-01-01' }).subsidies).toEqual([{ fund: 'city', fen: 800 }])
  })

  test('of nothing pays nothing and says nothing', () => {
    expect(capped({ birthDate: '1950-01-01', categories: [{ id: 'tekun' }] })).toMatchObject({
      subsidies: [],
      reasons: [],
    })
  })

  test('where no class holds there is nothing to draw on, and the nearest class says why', () => {
    expect(capped()).toMatchObject({
      subsidies: [],
      reasons: [{ code: 'AGE_NOT_YET', benefit: 'spend', values: { from: '2027-03-02' } }],
    })
  })

  test('belongs to limits too', () => {
    const limits = [
      {
        id: 'week',
        period: 'week',
        unit: 'count',
        cap: { classes: [{ when: { category: ['dibao'] }, cap: 5 }, { cap: 2 }] },
      },
    ]
    const pack = packOf([subsidyStep('a', 300, { limits: ['week'] })], { limits })
    const third = (more: object) => price(pack, { person: person(more), used: { 'week|2026-W47': 2 } }).subsidies.length
    expect([third({}), third({ categories: [{ id: 'dibao' }] })]).toEqual([0, 1])
  })

  test('of nothing is no limit that was reached: it says why, or nothing', () => {
    const limits = (when: object) => [
      { id: 'week', period: 'week', unit: 'count', cap: { classes: [{ when, cap: 2 }] } },
    ]
    const told = (when: object) =>
      price(packOf([subsidyStep('a', 300, { limits: ['week'] })], { limits: limits(when) }), {
        used: { 'week|2026-W47': 2 },
      })
    expect(told({ age: { atLeast: 83 } })).toMatchObject({ subsidies: [], reasons: [{ code: 'AGE_NOT_YET' }] })
    expect(told({ age: { atLeast: 83 } }).reasons).toHaveLength(1)
    expect(told({ category: ['dibao'] })).toMatchObject({ subsidies: [], reasons: [] })
  })

  test('is greatest for whom it is greatest', () => {
    expect(greatestCap({ classes: [{ cap: 3 }, { cap: 7 }, { cap: 5 }] })).toBe(7)
    expect(greatestCap(4)).toBe(4)
  })

  test('of a limit that the version does not have is nothing', () => {
    const pack = spending()
    const [version] = pack.versions
    const at = { person: person(), visit: visit() }
    expect(version && capFor(version, 'none', { ...at, rules: rulesOf(pack, version) })).toEqual({
      cap: 0,
      obstacles: [],
    })
  })
})

describe('an allowance whose classes are judged', () => {
  const classes = [
    { when: { category: ['dibao'] }, cap: 1200 },
    { when: { age: { atLeast: 60 } }, cap: 500 },
  ]
  const lost = person({ categories: [{ id: 'dibao', to: '2026-11-10' }] })
  const gained = person({ categories: [{ id: 'dibao', from: '2026-11-10' }] })
  const paid = (entitledOn: string | undefined, who: typeof lost, period = 'month') =>
    price(spending({ period, cap: { classes }, ...(entitledOn === undefined ? {} : { entitledOn }) }), { person: who })
      .subsidies[0]?.fen

  test('on the day loses what a class lost in mid-period gave', () => {
    expect([paid('day', lost), paid(undefined, lost)]).toEqual([500, 500])
  })

  test('for the period keeps it to the end, and gains at once what is gained', () => {
    expect([paid('period', lost), paid('period', gained)]).toEqual([1200, 1200])
  })

  test('for a period of one day is judged on that day', () => {
    const others = [{ when: { none: [{ category: ['dibao'] }] }, cap: 1200 }, { cap: 500 }]
    const pack = spending({ period: 'day', cap: { classes: others }, entitledOn: 'period' })
    const held = { categories: [{ id: 'dibao', from: '2026-11-20', to: '2026-11-20' }] }
    expect(price(pack, { person: person(held) }).subsidies).toEqual([{ fund: 'city', fen: 500 }])
  })

  test('says what stands in the way today, not what did at the start', () => {
    const pack = spending({ cap: { classes: classes.slice(0, 1) }, entitledOn: 'period' })
    const ended = (to: string) => codes(price(pack, { person: person({ categories: [{ id: 'dibao', to }] }) }))
    expect([ended('2025-11-19'), ended('2025-11-10')]).toEqual([['ENTITLEMENT_EXPIRED'], []])
  })

  test('looks at the first day of the day, week, month or year', () => {
    expect(['day', 'week', 'month', 'year'].map(period => paid('period', lost, period))).toEqual([500, 500, 1200, 1200])
    const until = (to: string) => person({ categories: [{ id: 'dibao', to }] })
    expect([paid('period', until('2026-11-16'), 'week'), paid('period', until('2026-11-15'), 'week')]).toEqual([
      1200, 500,
    ])
    expect([paid('period', until('2026-11-01')), paid('period', until('2026-10-31'))]).toEqual([1200, 500])
    expect([paid('period', until('2026-01-01'), 'year'), paid('period', until('2025-12-31'), 'year')]).toEqual([
      1200, 500,
    ])
  })
})
