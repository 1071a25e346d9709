import { describe, expect, test } from 'vitest'
import { discountStep, packOf, person, price, subsidyStep, visit, words } from '../../support/policy-kit.ts'

const services = [
  { id: 'bath', title: words('bath'), group: 'care', unit: words('time'), fen: 3000 },
  { id: 'hair', title: words('hair'), unit: words('time') },
  { id: 'walk', title: words('walk'), group: 'house', unit: words('hour') },
]
const outcome = (when: object, what: object = {}, who: object = {}) => {
  const pack = packOf([subsidyStep('s', 300, { when })], { version: { services } })
  const { subsidies, reasons } = price(pack, { person: person(who), visit: visit(what) })
  return subsidies.length > 0 ? 'granted' : reasons.map(({ code, values }) => [code, values])
}
const site = (more: object) => ({ site: { place: { city: 'A', district: 'D1' }, listed: true, ...more } })

describe('a site', () => {
  const elsewhere = [['SITE_NOT_COVERED', {}]]

  test('is covered by its grade', () => {
    expect(outcome({ siteGrade: [2, 3] }, site({ grade: 3 }))).toBe('granted')
    expect(outcome({ siteGrade: [2, 3] }, site({ grade: 4 }))).toEqual(elsewhere)
    expect(outcome({ siteGrade: [2, 3] }, site({}))).toEqual(elsewhere)
  })

  test('is covered by its mode', () => {
    expect(outcome({ siteMode: ['kitchen'] }, site({ mode: 'kitchen' }))).toBe('granted')
    expect(outcome({ siteMode: ['kitchen'] }, site({ mode: 'point' }))).toEqual(elsewhere)
    expect(outcome({ siteMode: ['kitchen'] }, site({}))).toEqual(elsewhere)
  })

  test('is covered by its place, of which the unit must be known', () => {
    expect(outcome({ sitePlace: { unit: 'district', is: ['D1', 'D2'] } }, site({}))).toBe('granted')
    expect(outcome({ sitePlace: { unit: 'district', is: ['D2'] } }, site({}))).toEqual(elsewhere)
    expect(outcome({ sitePlace: { unit: 'village', is: ['V'] } }, site({}))).toEqual(elsewhere)
  })
})

describe('the whitelist', () => {
  const off = site({ listed: false })
  const discounted = (listed: boolean, what: object) =>
    price(packOf([discountStep('shop', 10, { when: { listed } })]), { visit: visit(what) })

  test('bounds a discount that asks for it, and says so', () => {
    expect(discounted(true, {}).discountFen).toBe(150)
    expect(discounted(true, off)).toMatchObject({ discountFen: 0, reasons: [{ code: 'SITE_SUSPENDED', values: {} }] })
  })

  test('may be asked for the other way round, and then says nothing', () => {
    expect(discounted(false, off).discountFen).toBe(150)
    expect(discounted(false, {})).toMatchObject({ discountFen: 0, reasons: [] })
  })
})

describe('a service', () => {
  const bath = { meal: undefined, service: 'bath' }
  const walk = { meal: undefined, service: 'walk' }
  const uncovered = [['SERVICE_NOT_COVERED', {}]]

  test('is covered by its id or its group', () => {
    expect(outcome({ service: ['bath', 'hair'] }, bath)).toBe('granted')
    expect(outcome({ service: ['hair'] }, bath)).toEqual(uncovered)
    expect(outcome({ serviceGroup: ['care'] }, bath)).toBe('granted')
    expect(outcome({ serviceGroup: ['care'] }, walk)).toEqual(uncovered)
  })

  test('without a group, or one that the catalogue does not know, is in no group', () => {
    expect(outcome({ serviceGroup: ['care'] }, { meal: undefined, service: 'hair' })).toEqual(uncovered)
    expect(outcome({ serviceGroup: ['care'] }, { meal: undefined, service: 'other' })).toEqual(uncovered)
  })

  test('asked for by both must be in both', () => {
    expect(outcome({ service: ['bath', 'walk'], serviceGroup: ['care'] }, bath)).toBe('granted')
    expect(outcome({ service: ['bath', 'walk'], serviceGroup: ['care'] }, walk)).toEqual(uncovered)
    expect(outcome({ service: ['hair'], serviceGroup: ['care'] }, bath)).toEqual(uncovered)
  })

  test('is nothing that a meal could be told about', () => {
    expect(outcome({ service: ['bath'] })).toEqual([])
    expect(outcome({ serviceGroup: ['care'] })).toEqual([])
  })

  test('must last as long as asked; without a check-out its length is nothing', () => {
    const long = { minutes: { atLeast: 60 } }
    expect(outcome(long, { ...bath, minutes: 60 })).toBe('granted')
    expect(outcome(long, { ...bath, minutes: 59 })).toEqual([['TOO_SHORT', { minMinutes: 60, minutes: 59 }]])
    expect(outcome(long, bath)).toEqual([['TOO_SHORT', { minMinutes: 60, minutes: 0 }]])
  })
})

describe('long-term-care insurance', () => {
  test('that pays the visit excludes it where the rule asks for "not paid"', () => {
    expect(outcome({ paidByInsurance: false })).toBe('granted')
    expect(outcome({ paidByInsurance: false }, { paidByInsurance: false })).toBe('granted')
    expect(outcome({ paidByInsurance: false }, { paidByInsurance: true })).toEqual([['PAID_BY_INSURANCE', {}]])
  })

  test('may be what a rule is for, and then nobody else is told anything', () => {
    expect(outcome({ paidByInsurance: true }, { paidByInsurance: true })).toBe('granted')
    expect(outcome({ paidByInsurance: true })).toEqual([])
    expect(outcome({ paidByInsurance: true }, { paidByInsurance: false })).toEqual([])
  })

  test('named among what excludes is told as such, unless something else excludes as well', () => {
    const paid = { paidByInsurance: true }
    expect(outcome({ none: [{ paidByInsurance: true }] }, paid)).toEqual([['PAID_BY_INSURANCE', {}]])
    expect(outcome({ none: [{ paidByInsurance: true }, { meal: ['lunch'] }] }, paid)).toEqual([])
    expect(outcome({ none: [{ paidByInsurance: true }, { meal: ['dinner'] }] }, paid)).toEqual([
      ['PAID_BY_INSURANCE', {}],
    ])
  })
})

describe('the clock', () => {
  const between = (time: object, at: string | undefined) => outcome({ time }, at === undefined ? {} : { time: at })

  test('counts from the first minute and until before the last', () => {
    const lunch = { from: '11:00', before: '13:00' }
    expect([between(lunch, '11:00'), between(lunch, '12:59')]).toEqual(['granted', 'granted'])
    const closed = [['TIME_NOT_COVERED', { from: '11:00', before: '13:00' }]]
    expect([between(lunch, '10:59'), between(lunch, '13:00')]).toEqual([closed, closed])
  })

  test('may be bounded on one side', () => {
    expect([between({ from: '11:00' }, '23:59'), between({ before: '13:00' }, '00:00')]).toEqual(['granted', 'granted'])
    expect(between({ from: '11:00' }, '10:00')).toEqual([['TIME_NOT_COVERED', { from: '11:00', before: '' }]])
    expect(between({ before: '13:00' }, '13:00')).toEqual([['TIME_NOT_COVERED', { from: '', before: '13:00' }]])
  })

  test('that nobody read covers nothing and says nothing', () => {
    expect(between({ from: '00:00' }, undefined)).toEqual([])
  })
})

describe('a set meal', () => {
  test('is covered by its id; without one nothing is', () => {
    expect(outcome({ set: ['A', 'B'] }, { set: 'B' })).toBe('granted')
    expect(outcome({ set: ['A', 'B'] }, { set: 'C' })).toEqual([['SET_NOT_COVERED', { covered: 'A,B' }]])
    expect(outcome({ set: ['A'] })).toEqual([['SET_NOT_COVERED', { covered: 'A' }]])
  })
})

describe('prices', () => {
  test('"at most" holds on the figure, "below" only under it', () => {
    expect(outcome({ listPrice: { atMost: 1500 } })).toBe('granted')
    expect(outcome({ listPrice: { atMost: 1499 } })).toEqual([
      ['ABOVE_MAX', { maxFen: 1499, priceFen: 1500, bound: 'at-most' }],
    ])
    expect(outcome({ listPrice: { below: 1501 } })).toBe('granted')
    expect(outcome({ listPrice: { below: 1500 } })).toEqual([
      ['ABOVE_MAX', { maxFen: 1500, priceFen: 1500, bound: 'below' }],
    ])
  })

  test('between two bounds must keep both', () => {
    const between = { listPrice: { atLeast: 1000, below: 1500 } }
    expect(outcome(between, { listFen: 1000 })).toBe('granted')
    expect(outcome(between, { listFen: 999 })).toMatchObject([['BELOW_MIN', {}]])
    expect(outcome(between, { listFen: 1500 })).toMatchObject([['ABOVE_MAX', {}]])
  })
})

describe('what is known of a person', () => {
  test('care grades between two, both included; an unknown grade is in no range', () => {
    const graded = (careGrade: object, more: object) => outcome({ careGrade }, {}, more)
    const range = { atLeast: 2, atMost: 4 }
    expect([2, 4].map(careGrade => graded(range, { careGrade }))).toEqual(['granted', 'granted'])
    expect([1, 5].map(careGrade => graded(range, { careGrade }))).toEqual([[], []])
    expect(graded({ atLeast: 0 }, {})).toEqual([])
    expect([graded({ atMost: 0 }, { careGrade: 0 }), graded({ atMost: 0 }, { careGrade: 1 })]).toEqual(['granted', []])
  })

  test('height from a figure, below another', () => {
    const tall = (heightCm: number | undefined) => outcome({ heightCm: { atLeast: 100, below: 140 } }, {}, { heightCm })
    expect([tall(99), tall(100), tall(139), tall(140), tall(undefined)]).toEqual([[], 'granted', 'granted', [], []])
  })

  test('born between two days, both included', () => {
    const born = (birthDate: string) => outcome({ born: { from: '1944-03-02', to: '1944-03-31' } }, {}, { birthDate })
    expect(['1944-03-01', '1944-03-02', '1944-03-31', '1944-04-01'].map(born)).toEqual([[], 'granted', 'granted', []])
    expect(outcome({ born: { to: '1944-03-01' } })).toEqual([])
    expect(outcome({ born: { from: '1944-03-03' } })).toEqual([])
  })

  test('age between two: from the first birthday, until the other', () => {
    const aged = (birthDate: string) => outcome({ age: { atLeast: 60, below: 70 } }, {}, { birthDate })
    expect(['1966-11-20', '1956-11-21', '1956-11-20'].map(aged)).toEqual(['granted', 'granted', []])
    expect(aged('1966-11-21')).toEqual([['AGE_NOT_YET', { from: '2026-11-21' }]])
  })
})

describe('a category that follows from facts', () => {
  const following = (follows: object, when: object = { category: ['old'] }) =>
    packOf([subsidyStep('s', 300, { when })], {
      pack: {
        categories: [
          { id: 'dibao', title: words('dibao') },
          { id: 'old', title: words('old'), follows },
          { id: 'both', title: words('both'), follows: { category: ['old', 'dibao'] } },
        ],
      },
    })
  const paid = (pack: ReturnType<typeof following>, more: object = {}) =>
    price(pack, { person: person(more) }).subsidies.length > 0
  const old = following({ age: { atLeast: 90 } })

  test('is held by everybody of whom they are true, and by those on the roster', () => {
    expect(paid(old)).toBe(false)
    expect(paid(old, { birthDate: '1936-11-20' })).toBe(true)
    expect(paid(old, { categories: [{ id: 'old' }] })).toBe(true)
  })

  test('may follow from categories that stand before it', () => {
    const both = following({ age: { atLeast: 90 } }, { category: ['both'] })
    expect(paid(both)).toBe(false)
    expect(paid(both, { birthDate: '1930-01-01' })).toBe(true)
    expect(paid(both, { categories: [{ id: 'dibao' }] })).toBe(true)
  })

  test('says what the nearest way in lacks', () => {
    const reasons = (more: object) =>
      price(old, { person: person(more) }).reasons.map(({ code, values }) => [code, values])
    expect(reasons({ birthDate: '1936-12-01' })).toEqual([['AGE_NOT_YET', { from: '2026-12-01' }]])
    expect(reasons({ categories: [{ id: 'old', to: '2026-11-01' }] })).toEqual([
      ['ENTITLEMENT_EXPIRED', { to: '2026-11-01' }],
    ])
  })

  test('is no other category’s', () => {
    expect(paid(following({ age: { atLeast: 60 } }, { category: ['dibao'] }))).toBe(false)
  })
})

describe('a guest', () => {
  const anyone = (when: object) => price(packOf([discountStep('shop', 10, { for: 'anyone', when })]), { person: null })
  const known = (when: object) => price(packOf([discountStep('shop', 10, { for: 'anyone', when })]))

  test('is asked for, or ruled out, by a condition', () => {
    expect([anyone({ guest: true }).discountFen, known({ guest: true }).discountFen]).toEqual([150, 0])
    expect([anyone({ guest: false }).discountFen, known({ guest: false }).discountFen]).toEqual([0, 150])
  })

  test('fulfils no condition about a person, and is told nothing', () => {
    const about = [
      { age: { atLeast: 0 } },
      { age: { below: 200 } },
      { born: { from: '1900-01-01' } },
      { category: ['dibao'] },
      { household: { unit: 'city', is: ['A'] } },
      { residence: { unit: 'city', is: 'site' } },
      { careGrade: { atLeast: 0 } },
      { heightCm: { atLeast: 0 } },
    ]
    for (const when of about) expect(anyone(when)).toMatchObject({ discountFen: 0, reasons: [] })
  })

  test('is no person and gets nothing that is for persons; a person gets nothing that is for guests', () => {
    const steps = (whom: string) => packOf([discountStep('shop', 10, { for: whom })])
    expect(price(steps('person'), { person: null }).discountFen).toBe(0)
    expect(price(steps('guest'), { person: null }).discountFen).toBe(150)
    expect(price(steps('guest')).discountFen).toBe(0)
    expect(price(steps('anyone')).discountFen).toBe(150)
  })
})

describe('what stands in the way', () => {
  test('of two ways in that lack equally much, the first is told', () => {
    expect(outcome({ any: [{ meal: ['dinner'] }, { channel: ['delivery'] }] })).toMatchObject([
      ['MEAL_NOT_COVERED', {}],
    ])
    const farNear = { any: [{ meal: ['dinner'], channel: ['delivery'] }, { set: ['A'] }] }
    expect(outcome(farNear)).toMatchObject([['SET_NOT_COVERED', {}]])
  })

  test('is not told of a suspended site to those who would get nothing anyway', () => {
    expect(outcome({ age: { atLeast: 90 } }, site({ listed: false }))).toEqual([])
    expect(outcome({ meal: ['dinner'] }, site({ listed: false }))).toEqual([
      ['SITE_SUSPENDED', {}],
      ['MEAL_NOT_COVERED', { covered: 'dinner' }],
    ])
  })

  test('a working day that does not come within a month is not promised', () => {
    const holidays = Array.from({ length: 40 }, (_, day) =>
      new Date(Date.UTC(2026, 10, 20 + day)).toISOString().slice(0, 10),
    )
    const closed = (days: number) =>
      price(
        packOf([subsidyStep('s', 300, { when: { workingDay: true } })], {
          calendar: { holidays: holidays.slice(0, days), makeUpDays: [] },
        }),
      )
    expect(closed(31).reasons).toMatchObject([{ code: 'WEEKDAY_ONLY', values: { resumes: '2026-12-21' } }])
    for (const days of [32, 40]) expect(closed(days)).toMatchObject({ reasons: [], subsidies: [] })
  })
})
