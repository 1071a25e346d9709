import fc from 'fast-check'
import { expect, test } from 'vitest'
import { simulate } from '../../../electron/core/simulation/simulate.ts'
import { usualWorld, type WorldParameters } from '../../../electron/core/simulation/world.ts'
import { runs } from '../../support/property-runs.ts'

/** Small worlds in which everything that goes wrong does so often. */
const world: fc.Arbitrary<WorldParameters> = fc
  .record({
    terminals: fc.integer({ min: 1, max: 5 }),
    seniors: fc.integer({ min: 1, max: 8 }),
    days: fc.integer({ min: 1, max: 12 }),
    mode: fc.constantFrom<WorldParameters['mode']>('lease', 'online'),
    seed: fc.integer({ min: 1, max: 1_000_000 }),
    monthCapFen: fc.constantFrom(1500, 4000, 15_000),
    roam: fc.constantFrom(0, 0.3, 0.7),
    drop: fc.constantFrom(0, 0.3),
    duplicate: fc.constantFrom(0, 0.3),
    late: fc.constantFrom(0, 0.3),
    voids: fc.constantFrom(0, 0.2),
    greedy: fc.constantFrom(0, 0.5),
    movers: fc.constantFrom(0, 0.3),
    crash: fc.constantFrom(0, 0.1),
    skewed: fc.constantFrom(0, 0.5),
    townUpDays: fc.constantFrom(0.2, 5),
    townDownHours: fc.constantFrom(2, 30),
    lostTerminals: fc.constant(0),
    healDays: fc.constant(5),
  })
  .map(changes => ({ ...usualWorld, ...changes }))

test('no world overspends a fen, whoever visits where and whatever the network does', () => {
  fc.assert(
    fc.property(world, parameters => {
      expect(simulate(parameters).overspentFen).toBe(0)
    }),
    runs(15),
  )
})

test('no world leaves a claim undecided once every link is healed', () => {
  fc.assert(
    fc.property(world, parameters => {
      expect(simulate(parameters).openAtEndPct).toBe(0)
    }),
    runs(15),
  )
})
