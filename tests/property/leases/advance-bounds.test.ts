import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fundId } from '../../../shared/ids.ts'
import { type Advance, type AdvanceBounds, advanceLeft, withinBounds } from '../../../shared/leases/advance-bounds.ts'
import { runs } from '../../support/property-runs.ts'

const bearer = fundId.parse('house')
const fen = fc.integer({ min: 1, max: 900 })
const anyBounds: fc.Arbitrary<AdvanceBounds> = fc.record({
  ...{ mode: fc.constant('bounded' as const), bearer: fc.constant(bearer) },
  ...{ seniorDayFen: fen, seniorFen: fen, terminalFen: fc.integer({ min: 1, max: 1500 }) },
})
const visit = fc.record({
  what: fc.constant('visit' as const),
  senior: fc.constantFrom('a', 'b', 'c'),
  pack: fc.constantFrom('one', 'other'),
  fen: fc.integer({ min: 1, max: 300 }),
  nextDay: fc.nat({ max: 5 }).map(one => one === 0),
})
/** So many records are sent; the answer comes, or not. */
const push = fc.record({
  what: fc.constant('push' as const),
  most: fc.integer({ min: 1, max: 6 }),
  isHeard: fc.boolean(),
})
type Happening = typeof visit | typeof push extends fc.Arbitrary<infer T> ? T : never
const life = fc.array(fc.oneof({ weight: 3, arbitrary: visit }, { weight: 1, arbitrary: push }), { maxLength: 60 })

const sum = (given: readonly Advance[]) => given.reduce((total, one) => total + one.fen, 0)
const isOfDay = (one: Advance) => (other: Advance) =>
  other.senior === one.senior && other.pack === one.pack && other.date === one.date

/** Lives a till and a province; answers the advances that the province doubts. `keeps`: the till keeps to its bounds. */
function live(bounds: AdvanceBounds, events: readonly Happening[], keeps: boolean): Advance[] {
  const ledger: Advance[] = []
  let acknowledged = 0
  let stored = 0
  let day = 1
  const doubted: Advance[] = []
  const send = (most: number, isHeard: boolean) => {
    const until = Math.min(ledger.length, acknowledged + most)
    const earlier = ledger.slice(0, stored)
    const fresh = ledger.slice(stored, until).map(one => ({ ...one, bounds, wasHeard: false }))
    const fits = withinBounds(fresh, one => sum(earlier.filter(isOfDay(one))))
    doubted.push(...fresh.filter((_, place) => !fits[place]))
    stored = Math.max(stored, until)
    if (isHeard) acknowledged = stored
  }
  for (const event of events) {
    if (event.what === 'push') {
      send(event.most, event.isHeard)
      continue
    }
    if (event.nextDay) day += 1
    const one = { senior: event.senior, pack: event.pack, date: String(day), fen: event.fen }
    const unheard = ledger.slice(acknowledged)
    const left = advanceLeft(bounds, {
      dayFen: sum(ledger.filter(isOfDay(one))),
      seniorFen: sum(unheard.filter(({ senior }) => senior === one.senior)),
      terminalFen: sum(unheard),
    })
    if (!keeps || one.fen <= left) ledger.push(one)
  }
  send(ledger.length, true)
  return doubted
}

test('no till that keeps to its bounds is doubted, whatever is sent in one piece and whatever answer is lost', () => {
  fc.assert(
    fc.property(anyBounds, life, (bounds, events) => {
      expect(live(bounds, events, true)).toEqual([])
    }),
    runs(300),
  )
})

test('of what a till gives beyond its bounds no push brings more than they allow, and no senior more on a day', () => {
  const advance = fc.record({
    ...{ senior: fc.constantFrom('a', 'b'), pack: fc.constant('one'), date: fc.constantFrom('1', '2'), fen },
  })
  fc.assert(
    fc.property(anyBounds, fc.array(fc.array(advance)), (bounds, pushes) => {
      const accepted: Advance[] = []
      const all: Advance[] = []
      for (const sent of pushes) {
        const earlier = [...all]
        const fits = withinBounds(
          sent.map(one => ({ ...one, bounds, wasHeard: false })),
          one => sum(earlier.filter(isOfDay(one))),
        )
        const fitting = sent.filter((_, place) => fits[place])
        expect(sum(fitting)).toBeLessThanOrEqual(bounds.terminalFen)
        for (const senior of ['a', 'b'])
          expect(sum(fitting.filter(one => one.senior === senior))).toBeLessThanOrEqual(bounds.seniorFen)
        accepted.push(...fitting)
        all.push(...sent)
      }
      for (const one of accepted) expect(sum(accepted.filter(isOfDay(one)))).toBeLessThanOrEqual(bounds.seniorDayFen)
    }),
    runs(300),
  )
})

test('a till that does not ask itself is found out', () => {
  const bounds = {
    mode: 'bounded',
    seniorDayFen: 500,
    seniorFen: 500,
    terminalFen: 1000,
    bearer: 'house',
  } as AdvanceBounds
  const give = (senior: 'a' | 'b' | 'c') => ({
    ...{ what: 'visit' as const, senior, pack: 'one' as const, fen: 500, nextDay: false },
  })
  const seniors = (given: readonly Advance[]) => given.map(({ senior }) => senior)
  expect(seniors(live(bounds, [give('a'), give('b'), give('c')], false))).toEqual(['c'])
  const heard = { what: 'push' as const, most: 9, isHeard: true }
  expect(seniors(live(bounds, [give('a'), heard, give('a'), give('b')], false))).toEqual(['a'])
})
