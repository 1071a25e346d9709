import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Candidate, drawInspectors, drawRecords, inLotOrder, lotOf, uncovered } from '../../../shared/sampling.ts'
import { runs } from '../../support/property-runs.ts'

const stratum = fc.constantFrom('city', 'district', 'street', 'kind:attendance')
const candidates = fc.uniqueArray(
  fc.record({
    id: fc.string({ minLength: 1, maxLength: 12 }),
    strata: fc.uniqueArray(stratum, { minLength: 1, maxLength: 2 }),
  }),
  { selector: ({ id }) => id, maxLength: 60 },
)
const seed = fc.string({ minLength: 1, maxLength: 20 })
const size = fc.integer({ min: 0, max: 70 })
const idsOf = (drawn: readonly Candidate[]) => drawn.map(({ id }) => id)

describe('a sample', () => {
  test('is the same whatever the order of the rows', () => {
    fc.assert(
      fc.property(
        candidates.chain(from => fc.tuple(fc.constant(from), fc.shuffledSubarray(from, { minLength: from.length }))),
        seed,
        size,
        ([from, shuffled], text, many) => {
          expect(idsOf(drawRecords(shuffled, text, many))).toEqual(idsOf(drawRecords(from, text, many)))
        },
      ),
      runs(300),
    )
  })

  test('holds every smaller one of its seed, in the same order', () => {
    fc.assert(
      fc.property(candidates, seed, size, size, (from, text, one, other) => {
        const [few, many] = [Math.min(one, other), Math.max(one, other)]
        expect(idsOf(drawRecords(from, text, many)).slice(0, few)).toEqual(idsOf(drawRecords(from, text, few)))
      }),
      runs(300),
    )
  })

  test('has as many as were asked for, each once, and all where there are no more', () => {
    fc.assert(
      fc.property(candidates, seed, size, (from, text, many) => {
        const drawn = idsOf(drawRecords(from, text, many))
        expect(drawn).toHaveLength(Math.min(many, from.length))
        expect(new Set(drawn).size).toBe(drawn.length)
      }),
      runs(300),
    )
  })

  test('has some of each fund as soon as it is as large as there are funds', () => {
    fc.assert(
      fc.property(candidates, seed, (from, text) => {
        const strata = new Set(from.flatMap(one => one.strata))
        expect(uncovered(from, drawRecords(from, text, strata.size))).toEqual([])
      }),
      runs(300),
    )
  })

  test('finds the one record of a fund among a thousand of another', () => {
    const many = Array.from({ length: 1000 }, (_, place) => ({ id: `record-${place}`, strata: ['city'] }))
    fc.assert(
      fc.property(seed, text => {
        const drawn = drawRecords([...many, { id: 'rare', strata: ['street'] }], text, 2)
        expect(idsOf(drawn)).toContain('rare')
      }),
      runs(20),
    )
  })

  test('stays as it was, one by one, where records of others come in later', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 2 }), seed, (ids, text) => {
        const [late, ...before] = ids
        expect(inLotOrder(text, 'record', ids).filter(id => id !== late)).toEqual(inLotOrder(text, 'record', before))
      }),
      runs(300),
    )
  })

  test('draws every record equally often, over four thousand seeds', () => {
    const from = Array.from({ length: 50 }, (_, place) => ({ id: `record-${place}`, strata: ['city'] }))
    const times = new Map(from.map(({ id }) => [id, 0]))
    for (let round = 0; round < 4000; round += 1)
      for (const { id } of drawRecords(from, `seed ${round}`, 5)) times.set(id, (times.get(id) ?? 0) + 1)
    const expected = (4000 * 5) / 50
    const chiSquare = [...times.values()].reduce((sum, seen) => sum + (seen - expected) ** 2 / expected, 0)
    // 49 degrees of freedom: beyond 85.35 once in a thousand, below 23.98 once in a thousand.
    expect(chiSquare).toBeLessThan(85.35)
    expect(chiSquare).toBeGreaterThan(23.98)
  })

  test('is simply the smallest lots, but where a fund would have nobody', () => {
    fc.assert(
      fc.property(candidates, seed, size, (from, text, many) => {
        const smallest = inLotOrder(text, 'record', idsOf(from)).slice(0, many)
        const plain = from.filter(({ id }) => smallest.includes(id))
        if (uncovered(from, plain).length === 0)
          expect(idsOf(drawRecords(from, text, many)).sort()).toEqual(smallest.sort())
      }),
      runs(300),
    )
  })
})

describe('inspectors', () => {
  const names = ['王芳', '李强', '陈静', '赵磊', '孙敏', '何平']

  test('are drawn for a site whatever the order of the list, and without regard to other sites', () => {
    fc.assert(
      fc.property(seed, fc.shuffledSubarray(names, { minLength: names.length }), (text, shuffled) => {
        expect(drawInspectors(text, 'canteen', shuffled, 2)).toEqual(drawInspectors(text, 'canteen', names, 2))
      }),
      runs(100),
    )
  })

  test('come to every site equally often', () => {
    const times = new Map(names.map(name => [name, 0]))
    for (let round = 0; round < 3000; round += 1)
      for (const name of drawInspectors('2026-11', `site-${round}`, names, 2))
        times.set(name, (times.get(name) ?? 0) + 1)
    const chiSquare = [...times.values()].reduce((sum, seen) => sum + (seen - 1000) ** 2 / 1000, 0)
    // 5 degrees of freedom: beyond 20.5 once in a thousand.
    expect(chiSquare).toBeLessThan(20.5)
  })
})

test('a lot is the SHA-256 that the page on evidence says, for whoever checks a draw by other means', () => {
  expect(lotOf('2026-11 第一次', 'record', '01a1f5ee-4e70-70ec-ad4d-8532449f6d01')).toBe(
    '8134fddd98240a0e9f2140f23f3694fa446882dfadc2310e61be3dbfcac65b44',
  )
  expect(lotOf(' cafe\u0301 ', 'site', 'a')).toBe(lotOf('caf\u00e9', 'site', 'a'))
})
