import { describe, expect, test } from 'vitest'
import { isWorkingDay } from '../../../shared/policy/conditions.ts'
import { date, packOf, person, price, shippedPack, subsidyStep, visit } from '../../support/policy-kit.ts'

const pack = (when: object, calendar?: object) =>
  packOf([subsidyStep('meal', 300, { when })], calendar === undefined ? {} : { calendar })
const outcome = (when: object, who: object = {}, what: object = {}, calendar?: object) => {
  const { subsidies, reasons } = price(pack(when, calendar), { person: person(who), visit: visit(what) })
  return subsidies.length > 0 ? 'granted' : reasons.map(({ code, values }) => [code, values])
}

describe('age', () => {
  const sixty = { age: { atLeast: 60 } }
  test('counts from the birthday itself', () => {
    expect(outcome(sixty, { birthDate: '1966-11-20' })).toBe('granted')
    expect(outcome(sixty, { birthDate: '1966-11-21' })).toEqual([['AGE_NOT_YET', { from: '2026-11-21' }]])
  })
  test('of somebody born on 29 February counts from 1 March in common years', () => {
    expect(outcome(sixty, { birthDate: '1968-02-29' }, { businessDate: '2028-02-28' })).toEqual([
      ['AGE_NOT_YET', { from: '2028-02-29' }],
    ])
    const sixtyOne = { age: { atLeast: 61 } }
    expect(outcome(sixtyOne, { birthDate: '1968-02-29' }, { businessDate: '2029-02-28' })).toEqual([
      ['AGE_NOT_YET', { from: '2029-03-01' }],
    ])
    expect(outcome(sixtyOne, { birthDate: '1968-02-29' }, { businessDate: '2029-03-01' })).toBe('granted')
  })
  test('more than 366 days away is not worth telling', () => {
    expect(outcome(sixty, { birthDate: '1967-11-21' })).toEqual([['AGE_NOT_YET', { from: '2027-11-21' }]])
    expect(outcome(sixty, { birthDate: '1967-11-22' })).toEqual([])
  })
  test('below an age ends on the birthday', () => {
    expect(outcome({ age: { below: 70 } }, { birthDate: '1956-11-21' })).toBe('granted')
    expect(outcome({ age: { below: 70 } }, { birthDate: '1956-11-20' })).toEqual([])
  })
})

describe('a category', () => {
  const dibao = { category: ['dibao', 'tekun'] }
  const held = (more: object) => ({ categories: [{ id: 'dibao', ...more }] })
  test('holds without dates, and within them, both ends included', () => {
    expect(outcome(dibao, held({}))).toBe('granted')
    expect(outcome(dibao, held({ from: '2026-11-20', to: '2026-11-20' }))).toBe('granted')
    expect(outcome(dibao, { categories: [{ id: 'tekun' }] })).toBe('granted')
  })
  test('that ended in mid-month is told with its last day', () => {
    expect(outcome(dibao, held({ to: '2026-11-19' }))).toEqual([['ENTITLEMENT_EXPIRED', { to: '2026-11-19' }]])
  })
  test('that ended is told as ended also where its first day is known', () => {
    expect(outcome(dibao, held({ from: '2026-01-01', to: '2026-11-19' }))).toEqual([
      ['ENTITLEMENT_EXPIRED', { to: '2026-11-19' }],
    ])
  })
  test('that excludes together with something that is no category is not told as one', () => {
    const none = [{ category: ['in_institution'] }, { meal: ['lunch'] }]
    expect(outcome({ none }, { categories: [{ id: 'in_institution' }] })).toEqual([])
  })
  test('that begins later is told with its first day', () => {
    expect(outcome(dibao, held({ from: '2026-11-21' }))).toEqual([['AGE_NOT_YET', { from: '2026-11-21' }]])
  })
  test('renewed after a gap tells the renewal, not the old end', () => {
    const categories = [
      { id: 'dibao', to: '2026-11-01' },
      { id: 'dibao', from: '2026-12-01' },
    ]
    expect(outcome(dibao, { categories })).toEqual([['AGE_NOT_YET', { from: '2026-12-01' }]])
  })
  test('of several that begin later tells the first, of several that ended the last', () => {
    const told = (...categories: object[]) =>
      outcome(dibao, { categories: categories.map(more => ({ id: 'dibao', ...more })) })
    const [near, far] = [{ from: '2026-12-01' }, { from: '2026-12-20' }]
    expect([told(near, far), told(far, near)]).toEqual(Array(2).fill([['AGE_NOT_YET', { from: '2026-12-01' }]]))
    const [lately, before] = [{ to: '2026-11-10' }, { to: '2026-11-01' }]
    expect([told(lately, before), told(before, lately)]).toEqual(
      Array(2).fill([['ENTITLEMENT_EXPIRED', { to: '2026-11-10' }]]),
    )
  })
  test('whose end lies before its start holds on no day', () => {
    expect(outcome(dibao, held({ from: '2026-11-20', to: '2026-11-10' }))).toEqual([
      ['ENTITLEMENT_EXPIRED', { to: '2026-11-10' }],
    ])
  })
  test('never held, or ended long ago, is not worth telling', () => {
    expect(outcome(dibao)).toEqual([])
    expect(outcome(dibao, held({ to: '2025-11-18' }))).toEqual([])
    expect(outcome(dibao, held({ to: '2025-11-19' }))).not.toEqual([])
  })
  test('that excludes is told without naming it', () => {
    const free = { none: [{ category: ['in_institution'] }] }
    expect(outcome(free)).toBe('granted')
    expect(outcome(free, { categories: [{ id: 'in_institution' }] })).toEqual([['EXCLUDED_CLASS', {}]])
    expect(outcome(free, { categories: [{ id: 'in_institution', to: '2026-11-19' }] })).toBe('granted')
  })
})

describe('household and residence', () => {
  const street = { household: { unit: 'street', is: 'site' } }
  test("match the site's unit", () => {
    expect(outcome(street)).toBe('granted')
    expect(outcome({ residence: { unit: 'city', is: 'site' } }, { residence: { city: 'A' } })).toBe('granted')
  })
  test('differ: the widest unit that differs is told', () => {
    expect(outcome(street, { household: { city: 'A', district: 'D1', street: 'S2' } })).toEqual([
      ['OUT_OF_AREA', { unit: 'street' }],
    ])
    expect(outcome(street, { household: { city: 'B', district: 'D1', street: 'S1' } })).toEqual([
      ['OUT_OF_AREA', { unit: 'city' }],
    ])
  })
  test('match by what both state; an unknown unit matches nothing and says nothing', () => {
    expect(outcome(street, { household: { street: 'S1' } })).toBe('granted')
    const wider = { household: { province: 'P', city: 'A', district: 'D1', street: 'S1' } }
    expect(outcome(street, wider)).toBe('granted')
    expect(outcome(street, { household: { city: 'A', district: 'D1' } })).toEqual([])
    expect(outcome({ household: { unit: 'village', is: 'site' } }, { household: { village: 'V' } })).toEqual([])
    expect(outcome({ residence: { unit: 'city', is: 'site' } })).toEqual([])
  })
  test('match units that the pack states, wherever the site is', () => {
    const stated = { household: { unit: 'city', is: ['A', 'B'] } }
    expect(outcome(stated, { household: { city: 'B' } })).toBe('granted')
    expect(outcome(stated, { household: { city: 'C' } })).toEqual([['OUT_OF_AREA', { unit: 'city' }]])
  })
})

describe('days', () => {
  const calendar = {
    holidays: ['2026-10-01', '2026-10-02', '2026-10-05', '2026-10-06', '2026-10-07'],
    makeUpDays: ['2026-10-10'],
  }
  const on = (when: object, businessDate: string) => outcome(when, {}, { businessDate }, calendar)
  const parsed = { holidays: calendar.holidays.map(date), makeUpDays: calendar.makeUpDays.map(date) }
  test('a working day is Monday to Friday without holidays, and a worked Saturday', () => {
    const counted = ['2026-09-30', '2026-10-01', '2026-10-08', '2026-10-09', '2026-10-10', '2026-10-11', '2026-10-12']
    expect(counted.map(day => isWorkingDay(date(day), parsed))).toEqual([true, false, true, true, true, false, true])
  })
  test('outside working days the next one is told, over a long holiday too', () => {
    expect(on({ workingDay: true }, '2026-10-01')).toEqual([['WEEKDAY_ONLY', { resumes: '2026-10-08' }]])
    expect(on({ workingDay: true }, '2026-10-10')).toBe('granted')
    expect(on({ workingDay: true }, '2026-10-11')).toEqual([['WEEKDAY_ONLY', { resumes: '2026-10-12' }]])
    expect(on({ workingDay: false }, '2026-10-01')).toBe('granted')
  })
  test('weekdays know no holiday', () => {
    expect(on({ weekday: [1, 2, 3, 4, 5] }, '2026-10-01')).toBe('granted')
    expect(on({ weekday: [1, 2, 3, 4, 5] }, '2026-10-10')).toEqual([['WEEKDAY_ONLY', { resumes: '2026-10-12' }]])
  })
  test('the Tianjin rule of 2019 follows the calendar of the State Council: closed on 4 October 2019, open on Saturday 12 October', () => {
    const tianjin = shippedPack('TJ')
    const place = { city: 'TJ' }
    const at = (businessDate: string) =>
      price(tianjin, {
        person: person({ birthDate: '1930-01-01', household: place }),
        visit: visit({ businessDate, site: { place, listed: true } }),
      })
    expect(at('2019-10-04')).toMatchObject({
      subsidies: [],
      reasons: [{ code: 'WEEKDAY_ONLY', values: { resumes: '2019-10-08' } }],
    })
    expect(at('2019-10-12').subsidies).toEqual([{ fund: 'city+district', fen: 300 }])
  })
})

describe('meal and channel', () => {
  test('tell what is covered', () => {
    expect(outcome({ meal: ['lunch'] })).toBe('granted')
    expect(outcome({ meal: ['breakfast', 'dinner'] })).toEqual([['MEAL_NOT_COVERED', { covered: 'breakfast,dinner' }]])
    expect(outcome({ channel: ['dine-in'] })).toBe('granted')
    expect(outcome({ channel: ['dine-in'] }, {}, { channel: 'takeaway' })).toEqual([
      ['CHANNEL', { covered: 'dine-in' }],
    ])
  })
  test('a service that is no meal is covered by no meal rule', () => {
    expect(outcome({ meal: ['lunch'] }, {}, { meal: undefined, service: 'bath' })).toEqual([])
  })
})

describe('price thresholds', () => {
  test('"at least" holds on the figure, "more than" only above it', () => {
    expect(outcome({ listPrice: { atLeast: 1500 } })).toBe('granted')
    expect(outcome({ listPrice: { moreThan: 1500 } })).toEqual([
      ['BELOW_MIN', { minFen: 1500, priceFen: 1500, bound: 'more-than' }],
    ])
    expect(outcome({ listPrice: { moreThan: 1499 } })).toBe('granted')
    expect(outcome({ listPrice: { atLeast: 1501 } })).toEqual([
      ['BELOW_MIN', { minFen: 1501, priceFen: 1500, bound: 'at-least' }],
    ])
  })
  test('may be read on the price that earlier steps left', () => {
    const beyond = (bound: number) =>
      price(
        packOf([subsidyStep('first', 300), subsidyStep('second', 100, { when: { runningPrice: { atLeast: bound } } })]),
      )
    expect(beyond(1200).ownPayFen).toBe(1100)
    expect(beyond(1201)).toMatchObject({
      ownPayFen: 1200,
      reasons: [{ code: 'BELOW_MIN', values: { priceFen: 1200 } }],
    })
  })
})

describe('nesting', () => {
  test('any holds by one of its parts, all by every one', () => {
    expect(outcome({ any: [{ age: { atLeast: 90 } }, { meal: ['lunch'] }] })).toBe('granted')
    expect(outcome({ all: [{ age: { atLeast: 80 } }, { meal: ['lunch'] }] })).toBe('granted')
    expect(outcome({ all: [{ age: { atLeast: 90 } }, { meal: ['lunch'] }] })).toEqual([])
    expect(outcome({ all: [{ any: [{ none: [{ meal: ['lunch'] }] }] }] })).toEqual([])
  })
  test('a person who would not qualify anyway is told nothing about the meal', () => {
    expect(outcome({ age: { atLeast: 90 }, meal: ['dinner'] })).toEqual([])
  })
  test('of several ways in, the nearest is told', () => {
    const ways = [{ meal: ['dinner'], channel: ['delivery'] }, { age: { atLeast: 95 } }, { meal: ['breakfast'] }]
    expect(outcome({ any: ways })).toEqual([['MEAL_NOT_COVERED', { covered: 'breakfast' }]])
  })
  test('all that stands in the way is told', () => {
    expect(outcome({ meal: ['dinner'], channel: ['delivery'] })).toEqual([
      ['MEAL_NOT_COVERED', { covered: 'dinner' }],
      ['CHANNEL', { covered: 'delivery' }],
    ])
  })
})
