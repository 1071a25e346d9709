import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  type AssuranceDemand,
  demandOf,
  demandOfVersion,
  missingAssurance,
  neededFor,
  personalSubsidyFen,
  stricterOf,
} from '../../../shared/assurance.ts'
import { assurance, assuranceReaches } from '../../../shared/credential.ts'
import { runs } from '../../support/property-runs.ts'

const level = fc.constantFrom(...assurance.options)
const subsidy = fc.oneof(fc.constantFrom(0, 1, 4999, 5000, 5001), fc.integer({ min: -1000, max: 100_000 }))
const demand: fc.Arbitrary<AssuranceDemand> = fc.record({
  subsidised: level,
  verifiedAboveFen: fc.option(fc.integer({ min: 0, max: 20_000 })),
})

test('who reached what a visit needs lacks nothing, and who did not lacks exactly that', () => {
  fc.assert(
    fc.property(demand, level, subsidy, (asked, held, fen) => {
      const needed = neededFor(asked, fen)
      const missing = missingAssurance(asked, held, fen)
      expect(missing).toBe(needed !== null && !assuranceReaches(held, needed) ? needed : null)
    }),
    runs(500),
  )
})

test('a verified person never lacks anything, and where no public money is in it nobody does', () => {
  fc.assert(
    fc.property(demand, level, subsidy, (asked, held, fen) => {
      expect(missingAssurance(asked, 'verified', fen)).toBeNull()
      expect(missingAssurance(asked, held, Math.min(fen, 0))).toBeNull()
      expect(missingAssurance(asked, null, Math.min(fen, 0))).toBeNull()
    }),
    runs(500),
  )
})

test('more subsidy never needs less, and being surer never lacks more', () => {
  const rank = (value: ReturnType<typeof neededFor>) => (value === null ? -1 : assurance.options.indexOf(value))
  fc.assert(
    fc.property(demand, level, level, subsidy, subsidy, (asked, one, other, a, b) => {
      expect(rank(neededFor(asked, Math.max(a, b)))).toBeGreaterThanOrEqual(rank(neededFor(asked, Math.min(a, b))))
      const [less, more] = assuranceReaches(one, other) ? [other, one] : [one, other]
      if (missingAssurance(asked, less, a) === null) expect(missingAssurance(asked, more, a)).toBeNull()
    }),
    runs(500),
  )
})

test.each([
  [true, 'presented'],
  [false, 'possessed'],
] as const)('staff present %s: the default asks %s, and a verified person above 50 yuan', (staffed, usual) => {
  const asked = demandOf({ staffed })
  expect([neededFor(asked, 1), neededFor(asked, 5000), neededFor(asked, 5001)]).toEqual([usual, usual, 'verified'])
})

test('a site that says what it demands is taken at its word', () => {
  const own = { subsidised: 'verified', verifiedAboveFen: null } as const
  expect(demandOf({ staffed: true, assurance: own })).toEqual(own)
})

test('of site and policy the stricter holds: enough for both is enough for each, and the other way round', () => {
  const enough = (asked: AssuranceDemand, held: (typeof assurance.options)[number], fen: number) =>
    missingAssurance(asked, held, fen) === null
  fc.assert(
    fc.property(demand, demand, level, subsidy, (one, other, held, fen) => {
      expect(enough(stricterOf(one, other), held, fen)).toBe(enough(one, held, fen) && enough(other, held, fen))
    }),
    runs(500),
  )
})

test('a version that says nothing demands nothing beyond the site, and one that does is taken at its word', () => {
  const site = demandOf({ staffed: true })
  expect(stricterOf(site, demandOfVersion({}))).toEqual(site)
  expect(stricterOf(site, demandOfVersion(null))).toEqual(site)
  expect(demandOfVersion({ leastAssurance: 'possessed', verifiedAboveFen: 0 })).toEqual({
    subsidised: 'possessed',
    verifiedAboveFen: 0,
  })
})

test('money that anybody would have had needs no proof of who it is', () => {
  expect(personalSubsidyFen({ person: null }, [{ fen: 300 }, { fen: 200 }])).toBe(0)
})
