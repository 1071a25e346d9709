import fc from 'fast-check'
import { type SimulatedPolicy, usualWorld, type WorldParameters } from '../../electron/core/simulation/world.ts'
import { parsePack } from '../../shared/policy/parse-pack.ts'

/** Small worlds in which everything that goes wrong does so often. */
export const anyWorld: fc.Arbitrary<WorldParameters> = fc
  .record({
    terminals: fc.integer({ min: 1, max: 5 }),
    seniors: fc.integer({ min: 1, max: 8 }),
    days: fc.integer({ min: 1, max: 12 }),
    startDay: fc.constantFrom(0, 18),
    mode: fc.constantFrom<WorldParameters['mode']>('lease', 'online'),
    seed: fc.integer({ min: 1, max: 1_000_000 }),
    monthCapFen: fc.constantFrom(1500, 4000, 15_000),
    potFen: fc.constantFrom(0, 0, 3000, 20_000),
    roam: fc.constantFrom(0, 0.3, 0.7),
    drop: fc.constantFrom(0, 0.3),
    duplicate: fc.constantFrom(0, 0.3),
    late: fc.constantFrom(0, 0.3),
    voids: fc.constantFrom(0, 0.2),
    voidDays: fc.constantFrom(0, 1, 4),
    lateEntries: fc.constantFrom(0, 0.2),
    greedy: fc.constantFrom(0, 0.5),
    movers: fc.constantFrom(0, 0.3),
    crash: fc.constantFrom(0, 0.1),
    retry: fc.constantFrom(0, 0.2),
    skewed: fc.constantFrom(0, 0.5),
    townUpDays: fc.constantFrom(0.2, 5),
    townDownHours: fc.constantFrom(2, 30),
    secondTills: fc.constantFrom(0, 0.5),
    lanUpDays: fc.constantFrom(0.2, 2),
    lanDownHours: fc.constantFrom(2, 20),
    lanCut: fc.constantFrom(0, 0.1),
    restoredTerminals: fc.constantFrom(0, 0, 1, 2),
    lostTerminals: fc.constant(0),
    healDays: fc.constant(5),
  })
  .map(changes => ({ ...usualWorld, ...changes }))

const words = { zh: '某', en: 'some' }
const limitOf = (id: string) =>
  fc
    .record({
      period: fc.constantFrom('meal', 'day', 'week', 'month'),
      unit: fc.constantFrom('count', 'fen'),
      count: fc.integer({ min: 1, max: 6 }),
      fen: fc.constantFrom(600, 1300, 4000),
      rest: fc.boolean(),
    })
    .map(({ period, unit, count, fen, rest }) => {
      const beyond = rest && unit === 'fen' ? { beyond: 'rest' } : {}
      return { id, title: words, period, unit, cap: unit === 'count' ? count : fen, ...beyond }
    })

const amount = fc.oneof(
  fc.constantFrom(25, 50, 100).map(percent => ({ kind: 'percent', percent, of: 'list' })),
  fc.constantFrom(100, 350, 500).map(fen => ({ kind: 'fixed', fen })),
)
const pot = fc.option(
  fc.record({ period: fc.constantFrom('week', 'month'), beyond: fc.constantFrom('nothing', 'rest') }),
  { nil: undefined },
)

/** Packs of three limits of any period, by count or money, that two or three steps share in any way, paid by two funds with or without a pot. */
export const anyPolicy: fc.Arbitrary<SimulatedPolicy> = fc
  .record({
    limits: fc.tuple(limitOf('a'), limitOf('b'), limitOf('c')),
    steps: fc.array(
      fc.record({
        amount,
        limits: fc.subarray(['a', 'b', 'c'], { minLength: 1 }),
        funds: fc.constantFrom(['city'], ['street'], ['city', 'street']),
      }),
      { minLength: 1, maxLength: 3 },
    ),
    pots: fc.tuple(pot, pot),
    potFen: fc.tuple(fc.constantFrom(2000, 9000, 40_000), fc.constantFrom(2000, 9000, 40_000)),
  })
  .map(({ limits, steps, pots, potFen }) => {
    const parsed = parsePack({
      ...{ format: 1, id: 'SIMULATED', title: words, area: 'SIM', categories: [] },
      funds: ['city', 'street'].map((id, place) => {
        const bound = pots[place] === undefined ? {} : { pot: pots[place] }
        return { id, title: words, source: 'public', ...bound }
      }),
      versions: [
        {
          ...{ id: 'SIMULATED-1', from: '2020-01-01', rounding: { unitFen: 1, mode: 'half-up' }, limits },
          benefits: steps.map(({ funds, ...step }, place) => ({
            ...{ id: `step-${place}`, kind: 'subsidy', title: words, ...step },
            funds: funds.map(fund => ({ fund, share: 1 })),
          })),
        },
      ],
    })
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems))
    return { pack: parsed.pack, potFen: { city: potFen[0], street: potFen[1] } }
  })
