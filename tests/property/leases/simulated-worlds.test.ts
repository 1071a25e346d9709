import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { pricer } from '../../../electron/core/simulation/pricing.ts'
import { simulate } from '../../../electron/core/simulation/simulate.ts'
import { addDays, businessDate } from '../../../shared/business-day.ts'
import { anyPolicy, anyWorld } from '../../support/any-world.ts'
import { runs } from '../../support/property-runs.ts'

/* `simulate` throws where the province promises more than a cap after any visit, where what it settled is not the sum of all records, each
 * once, and where a till that lives never gets its records through. */

const everyWorld = (usual: number, holds: (world: Parameters<typeof simulate>[0]) => void) =>
  fc.assert(fc.property(anyWorld, holds), runs(usual))

test('no world overspends a fen, whoever visits where and whatever the network and the disks do', () => {
  everyWorld(25, world => {
    expect(simulate(world, { watch: true }).overspentFen).toBe(0)
  })
})

test('no world of any policy overspends a count, a fen or a pot', () => {
  fc.assert(
    fc.property(anyWorld, anyPolicy, (world, policy) => {
      expect(simulate(world, { policy, watch: true }).overspentFen).toBe(0)
    }),
    runs(25),
  )
})

test('no world leaves a claim undecided or unpaid once every link is healed, or ends one that is due, where no disk was lost', () => {
  everyWorld(25, world => {
    const { openAtEndPct, neverMadeGoodPct } = simulate({ ...world, restoredTerminals: 0 })
    expect({ openAtEndPct, neverMadeGoodPct }).toEqual({ openAtEndPct: 0, neverMadeGoodPct: 0 })
  })
})

describe('what is given beyond the caps is at most', () => {
  /** The same fen may be beyond the limits of meal, day and month and beyond the pot, and counts for each. */
  const caps = 4

  test('what is given without a right, where a policy accepts that', () => {
    everyWorld(15, world => {
      const { overspentFen, boldFen } = simulate({ ...world, mode: 'bounded' })
      expect(overspentFen).toBeLessThanOrEqual(caps * boldFen)
    })
  })

  test('what lost records gave, where an operator gives up the lease of a lost disk', () => {
    everyWorld(15, world => {
      const { overspentFen, lostFen } = simulate({ ...world, restoredTerminals: 2, writeOffDays: 1 })
      expect(overspentFen).toBeLessThanOrEqual(caps * lostFen)
    })
  })

  test('what a copied disk and the one it was copied from gave, which is found', () => {
    everyWorld(15, world => {
      const some = { ...world, days: 12, mode: 'lease', restoredTerminals: 0, copiedTerminals: 1 } as const
      const { overspentFen, copiedFen, copies } = simulate(some)
      expect(overspentFen).toBeLessThanOrEqual(caps * copiedFen)
      expect(copies.found).toBeGreaterThanOrEqual(copies.sold)
    })
  })
})

test('a price that is remembered is the price of the quote', () => {
  const upTo = (max: number) => fc.integer({ min: 0, max })
  const visit = fc.record({
    date: upTo(60).map(days => addDays(businessDate.parse('2026-11-10'), days)),
    meal: fc.constantFrom('lunch' as const, 'dinner' as const),
    listFen: fc.integer({ min: 1, max: 3000 }),
  })
  const figures = fc.array(fc.oneof(upTo(6), upTo(5000)), { minLength: 3, maxLength: 3 })
  const asked = fc.record({
    visit,
    used: figures,
    rights: fc.option(figures),
    pots: fc.option(fc.tuple(upTo(3000), upTo(3000))),
  })
  fc.assert(
    fc.property(anyPolicy, fc.array(asked, { maxLength: 8 }), (policy, all) => {
      const pricing = pricer(policy.pack)
      for (const { visit, used, rights, pots } of all) {
        const by = (amounts: readonly number[]) =>
          Object.fromEntries(pricing.counters(visit).map(({ key }, place) => [key, amounts[place] ?? 0]))
        const means = {
          ...{ used: by(used), rights: rights === null ? ('whole-cap' as const) : by(rights) },
          ...(pots === null ? {} : { pots: { city: pots[0], street: pots[1] } }),
        }
        expect(pricing.price(visit, means)).toEqual(pricing.priceOf(visit, means))
      }
    }),
    runs(200),
  )
})
