import fc from 'fast-check'
import { expect, test } from 'vitest'
import { netMinutes } from '../../../shared/visit/minutes.ts'
import { type PlacedVisit, placeConflict } from '../../../shared/visit/station-day.ts'
import { overlap, placeOf } from '../../../shared/visit/two-places.ts'

const minute = 60_000
const seniors = ['chen', 'wang', 'li']
const carers = ['wu', 'xu', 'zheng']
const travelMinutes = 10

const wish = fc.record({
  senior: fc.constantFrom(...seniors),
  carer: fc.constantFrom(...carers),
  second: fc.option(fc.constantFrom(...carers)),
  where: fc.constantFrom('station' as const, 'home' as const),
  from: fc.integer({ min: 0, max: 600 }),
  lasts: fc.integer({ min: 2, max: 120 }),
  isStay: fc.boolean(),
})

/** Whoever wishes for a visit is given it where the rules let it be. */
function given(wishes: readonly (typeof wish extends fc.Arbitrary<infer T> ? T : never)[]): PlacedVisit[] {
  const done: PlacedVisit[] = []
  for (const { senior, carer, second, where, from, lasts, isStay } of wishes) {
    const [begins, ends] = [from * minute, (from + lasts) * minute]
    const change = begins + Math.floor(lasts / 2) * minute
    const parts =
      second === null
        ? [{ carer, from: begins, until: ends }]
        : [
            { carer, from: begins, until: change },
            { carer: second, from: change, until: ends },
          ]
    const place = placeOf(where, senior)
    const visit = {
      senior,
      place,
      from: begins,
      until: ends,
      minutes: lasts,
      carers: parts,
      isStay: isStay && second === null,
    }
    if (placeConflict(visit, done, travelMinutes) === null) done.push(visit)
  }
  return done
}

test('whatever is wished for in whatever order, no senior is in two places, and no carer with two people or on two ways', () => {
  fc.assert(
    fc.property(fc.array(wish, { maxLength: 40 }), wishes => {
      const visits = given(wishes)
      for (const [at, one] of visits.entries())
        for (const other of visits.slice(at + 1)) {
          if (one.senior === other.senior && overlap(one, other)) {
            expect(one.place).toBe(other.place)
            expect(one.isStay).not.toBe(other.isStay)
          }
          if (one.isStay || other.isStay) continue
          for (const mine of one.carers)
            for (const theirs of other.carers) {
              if (mine.carer !== theirs.carer) continue
              const gap = Math.max(mine.from - (theirs.until ?? 0), theirs.from - (mine.until ?? 0))
              expect(gap).toBeGreaterThanOrEqual(one.place === other.place ? 0 : travelMinutes * minute)
            }
        }
    }),
    { numRuns: 1000 },
  )
})

test('the minutes of a visit and of its pauses are never more than its length, and without pauses all of it', () => {
  const pause = fc.record({ from: fc.integer({ min: -100, max: 700 }), lasts: fc.integer({ min: 0, max: 200 }) })
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 600 }), fc.array(pause, { maxLength: 8 }), (length, pauses) => {
      const spans = pauses.map(({ from, lasts }) => ({ from: from * minute, until: (from + lasts) * minute }))
      const minutes = netMinutes(0, length * minute, spans)
      const paused = Array.from({ length }, (_, at) => at * minute).filter(at =>
        spans.some(({ from, until }) => at >= from && at < until),
      ).length
      expect(minutes).toBe(length - paused)
    }),
    { numRuns: 1000 },
  )
})
