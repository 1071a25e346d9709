import { type BusinessDate, businessDate } from '../../../shared/business-day.ts'
import type { PolicyPack } from '../../../shared/policy/language.ts'
import { parsePack } from '../../../shared/policy/parse-pack.ts'

export const mode = ['lease', 'bounded', 'online'] as const
export type Mode = (typeof mode)[number]

/** What a simulated world is made of. Shares are of 1; minutes of virtual time. */
export interface WorldParameters {
  readonly terminals: number
  readonly seniors: number
  readonly days: number
  /** Days after the 10 November on which it begins. */
  readonly startDay: number
  readonly roam: number
  readonly mode: Mode
  readonly seed: number
  readonly mealCapFen: number
  readonly dayCapFen: number
  readonly monthCapFen: number
  /** What the fund has for everybody in a month; 0 = it has no pot. */
  readonly potFen: number
  readonly villageShare: number
  readonly villageUpDays: number
  readonly villageDownDays: number
  /** Of the villages: without a network from one of the first days to the last. */
  readonly longAwayShare: number
  readonly townUpDays: number
  readonly townDownHours: number
  /** Of the sites: with a second till, which sells through the first while the LAN between them is up. */
  readonly secondTills: number
  readonly lanUpDays: number
  readonly lanDownHours: number
  /** Of the sales at a second till: the LAN is cut before the answer came. */
  readonly lanCut: number
  readonly drop: number
  readonly duplicate: number
  readonly late: number
  readonly voids: number
  /** Up to how many days after its sale a void comes; 0 = the newest sale alone is voided. */
  readonly voidDays: number
  /** Of the visits: written on paper, and entered up to a week later. */
  readonly lateEntries: number
  readonly greedy: number
  readonly movers: number
  readonly crash: number
  /** Of the sales: the page confirms a second time. */
  readonly retry: number
  /** Of the terminals: with a clock up to a day wrong, another error each day. */
  readonly skewed: number
  readonly lostTerminals: number
  /** Terminals that go on from a backup that is up to `backupDays` old. */
  readonly restoredTerminals: number
  readonly backupDays: number
  /** Terminals whose disk is copied and goes on selling elsewhere under the same name. */
  readonly copiedTerminals: number
  /** Days until an operator gives up the lease of a lost or restored disk; null = nobody does. */
  readonly writeOffDays: number | null
  readonly healDays: number
  readonly boundedDayFen: number
  readonly boundedUntilSyncFen: number
}

export const usualWorld: WorldParameters = {
  ...{ terminals: 200, seniors: 5000, days: 30, startDay: 0, roam: 0.1, mode: 'lease', seed: 1 },
  ...{ mealCapFen: 600, dayCapFen: 1200, monthCapFen: 15_000, potFen: 0 },
  ...{ villageShare: 0.2, villageUpDays: 1, villageDownDays: 7, longAwayShare: 0.1, townUpDays: 5, townDownHours: 2 },
  ...{ secondTills: 0, lanUpDays: 5, lanDownHours: 2, lanCut: 0.002 },
  ...{
    drop: 0.02,
    duplicate: 0.05,
    late: 0.02,
    voids: 0.01,
    voidDays: 3,
    lateEntries: 0,
    greedy: 0.01,
    movers: 0.01,
    crash: 0.002,
    retry: 0.01,
  },
  ...{ skewed: 0.03, lostTerminals: 2, restoredTerminals: 0, backupDays: 3, copiedTerminals: 0, writeOffDays: null },
  ...{ healDays: 14, boundedDayFen: 600, boundedUntilSyncFen: 1800 },
}

/** Worlds that are asked for by name; each says what it changes of the usual one. */
export const namedWorlds = {
  usual: {},
  /** Everything that can go wrong with tills and money at once: second tills, restored disks, late entries, a pot for four in five of what seniors may have. */
  hard: { secondTills: 0.2, restoredTerminals: 4, potFen: 60_000_000, lateEntries: 0.01 },
  /** Every site is a village that loses its network within three days and stays without for at least 35, over the end of a month. */
  'long-away': {
    ...{ villageShare: 1, longAwayShare: 1, days: 38, terminals: 10, seniors: 250, lostTerminals: 0 },
  },
} as const satisfies Readonly<Record<string, Partial<WorldParameters>>>

export const firstDay: BusinessDate = businessDate.parse('2026-11-10')

/** A policy as a simulation lives it: a pack, and the fen that the pots of its funds hold in each of their periods. */
export interface SimulatedPolicy {
  readonly pack: PolicyPack
  readonly potFen: Readonly<Record<string, number>>
}

/** Half of the price, up to the caps by meal, day and month; what is left of them is paid, while the fund has money. */
export function policyOf(world: WorldParameters): SimulatedPolicy {
  const words = (text: string) => ({ zh: text, en: text })
  const limit = (id: string, period: string, cap: number) => ({
    ...{ id, title: words(id), period, unit: 'fen', cap, beyond: 'rest' },
  })
  const pot = world.potFen === 0 ? {} : { pot: { period: 'month', beyond: 'rest' } }
  const parsed = parsePack({
    format: 1,
    id: 'SIMULATED',
    title: words('simulated'),
    area: 'SIM',
    funds: [{ id: 'city', title: words('city'), source: 'public', ...pot }],
    categories: [],
    versions: [
      {
        id: 'SIMULATED-1',
        from: '2020-01-01',
        rounding: { unitFen: 1, mode: 'half-up' },
        limits: [
          limit('meal', 'meal', world.mealCapFen),
          limit('day', 'day', world.dayCapFen),
          limit('month', 'month', world.monthCapFen),
        ],
        benefits: [
          {
            ...{ id: 'half', kind: 'subsidy', title: words('half'), fund: 'city', limits: ['meal', 'day', 'month'] },
            amount: { kind: 'percent', percent: 50, of: 'list' },
          },
        ],
      },
    ],
  })
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems))
  return { pack: parsed.pack, potFen: world.potFen === 0 ? {} : { city: world.potFen } }
}
