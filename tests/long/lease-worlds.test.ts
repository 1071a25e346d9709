import fc from 'fast-check'
import { expect, test } from 'vitest'
import { simulate } from '../../electron/core/simulation/simulate.ts'
import { namedWorlds, usualWorld } from '../../electron/core/simulation/world.ts'
import { anyPolicy, anyWorld } from '../support/any-world.ts'

const smallWorld = anyWorld.map(world => ({
  ...world,
  ...{ terminals: Math.min(world.terminals, 4), seniors: Math.min(world.seniors, 5), healDays: 2 },
  days: Math.min(world.days, 5),
}))

test('6,000 small worlds hold every invariant after every visit, half of them under policies made at random', () => {
  fc.assert(
    fc.property(smallWorld, fc.option(anyPolicy, { freq: 1 }), (world, policy) => {
      const { overspentFen } = simulate(world, { watch: true, ...(policy === null ? {} : { policy }) })
      expect(overspentFen).toBe(0)
    }),
    { numRuns: 6000 },
  )
})

test('villages without a network for 35 days, over the end of a month, subsidise 99 of 100 home meals that are due', () => {
  const world = { ...usualWorld, ...namedWorlds['long-away'] }
  for (const seed of [1, 2, 3]) {
    const { homeAlone, overspentFen } = simulate({ ...world, seed })
    expect(homeAlone.entitled).toBeGreaterThan(8000)
    expect(homeAlone.subsidised).toBeGreaterThanOrEqual(Math.ceil(homeAlone.entitled * 0.99))
    expect(overspentFen).toBe(0)
  }
})
