import { expect, test } from 'vitest'
import { makeSites } from '../../../electron/core/simulation/inhabitants.ts'
import { simulate } from '../../../electron/core/simulation/simulate.ts'
import { namedWorlds, usualWorld } from '../../../electron/core/simulation/world.ts'

const world = { ...usualWorld, ...namedWorlds['long-away'], terminals: 3, seniors: 30 }

test('a village without a network for 35 days, over the end of a month, subsidises 99 of 100 home meals that are due', () => {
  for (const { away } of makeSites(world)) expect((away[0]?.[1] ?? 0) - (away[0]?.[0] ?? 0)).toBeGreaterThan(35 * 1440)
  const { homeAlone, overspentFen } = simulate(world)
  expect(homeAlone.entitled).toBeGreaterThan(900)
  expect(homeAlone.subsidised).toBeGreaterThanOrEqual(Math.ceil(homeAlone.entitled * 0.99))
  expect(overspentFen).toBe(0)
})
