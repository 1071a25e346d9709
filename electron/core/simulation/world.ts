import { addDays, type BusinessDate, businessDate, type Meal } from '../../../shared/business-day.ts'
import type { PolicyPack } from '../../../shared/policy/language.ts'
import { parsePack } from '../../../shared/policy/parse-pack.ts'
import type { Site } from '../../../shared/site.ts'
import { chanceFrom } from './chance.ts'

export const mode = ['lease', 'bounded', 'online'] as const
export type Mode = (typeof mode)[number]

/** What a simulated world is made of. Shares are of 1; minutes of virtual time. */
export interface WorldParameters {
  readonly terminals: number
  readonly seniors: number
  readonly days: number
  readonly roam: number
  readonly mode: Mode
  readonly seed: number
  readonly mealCapFen: number
  readonly dayCapFen: number
  readonly monthCapFen: number
  readonly villageShare: number
  readonly villageUpDays: number
  readonly villageDownDays: number
  /** Of the villages: without a network for 35 days on end. */
  readonly longAwayShare: number
  readonly townUpDays: number
  readonly townDownHours: number
  readonly drop: number
  readonly duplicate: number
  readonly late: number
  readonly voids: number
  readonly greedy: number
  readonly movers: number
  readonly crash: number
  /** Of the terminals: with a clock up to a day wrong. */
  readonly skewed: number
  readonly lostTerminals: number
  readonly healDays: number
  readonly boundedDayFen: number
  readonly boundedUntilSyncFen: number
}

export const usualWorld: WorldParameters = {
  ...{ terminals: 200, seniors: 5000, days: 30, roam: 0.1, mode: 'lease', seed: 1 },
  ...{ mealCapFen: 600, dayCapFen: 1200, monthCapFen: 15_000 },
  ...{ villageShare: 0.2, villageUpDays: 1, villageDownDays: 7, longAwayShare: 0.1, townUpDays: 5, townDownHours: 2 },
  ...{ drop: 0.02, duplicate: 0.05, late: 0.02, voids: 0.01, greedy: 0.01, movers: 0.01, crash: 0.002, skewed: 0.03 },
  ...{ lostTerminals: 2, healDays: 14, boundedDayFen: 600, boundedUntilSyncFen: 1800 },
}

export const firstDay: BusinessDate = businessDate.parse('2026-11-10')

/** Half of the price, up to the caps by meal, day and month; what is left of them is paid. */
export function packOf(world: WorldParameters): PolicyPack {
  const words = (text: string) => ({ zh: text, en: text })
  const limit = (id: string, period: string, cap: number) => ({
    ...{ id, title: words(id), period, unit: 'fen', cap, beyond: 'rest' },
  })
  const parsed = parsePack({
    format: 1,
    id: 'SIMULATED',
    title: words('simulated'),
    area: 'SIM',
    funds: [{ id: 'city', title: words('city'), source: 'public' }],
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
  return parsed.pack
}

export interface SimulatedSenior {
  readonly id: number
  home: number
  readonly greedy: boolean
  /** The day on which this senior moves to another home, and which; null for most. */
  readonly moves: { readonly day: number; readonly to: number } | null
}

export interface SimulatedSite {
  readonly id: number
  readonly leaseClass: Site['leaseClass']
  /** Days that its clock is ahead of the true one. */
  readonly skewDays: number
  /** Minutes in which it is without a network, as [from, to). */
  readonly away: readonly (readonly [number, number])[]
  /** The minute from which it is gone for ever; null for most. */
  readonly lostAt: number | null
}

export interface Attempt {
  readonly at: number
  readonly senior: number
  readonly site: number
  readonly meal: Meal
  readonly listFen: number
  /** After the last day: what happens then shows what is made good, and does not count as an attempt. */
  readonly healing: boolean
}

const dayMinutes = 1440

export function dateAt(minute: number): BusinessDate {
  return addDays(firstDay, Math.floor(minute / dayMinutes))
}

export function makeSites(world: WorldParameters): SimulatedSite[] {
  const chance = chanceFrom(world.seed * 7919 + 1)
  const end = world.days * dayMinutes
  const lost = new Set<number>()
  while (lost.size < Math.min(world.lostTerminals, world.terminals)) lost.add(chance.below(world.terminals))
  return Array.from({ length: world.terminals }, (_, id) => {
    const village = chance.happens(world.villageShare)
    const away: [number, number][] = []
    const up = () => chance.waits((village ? world.villageUpDays : world.townUpDays) * dayMinutes)
    const down = () => chance.waits(village ? world.villageDownDays * dayMinutes : world.townDownHours * 60)
    if (village && chance.happens(world.longAwayShare)) away.push([chance.below(dayMinutes * 3), end])
    else
      for (let at = up() * chance.unit(); at < end; ) {
        const until = at + down()
        away.push([at, Math.min(until, end)])
        at = until + up()
      }
    return {
      id,
      leaseClass: village ? 'village' : 'town',
      skewDays: chance.happens(world.skewed) ? chance.below(3) - 1 : 0,
      away,
      lostAt: lost.has(id) ? Math.floor(end * (0.2 + 0.6 * chance.unit())) : null,
    }
  })
}

export function makeSeniors(world: WorldParameters): SimulatedSenior[] {
  const chance = chanceFrom(world.seed * 7919 + 2)
  return Array.from({ length: world.seniors }, (_, id) => ({
    id,
    home: chance.below(world.terminals),
    greedy: chance.happens(world.greedy),
    moves: chance.happens(world.movers)
      ? { day: 1 + chance.below(Math.max(1, world.days - 1)), to: chance.below(world.terminals) }
      : null,
  }))
}

/** Every visit of the world in the order of time, the days of healing included. */
export function makeAttempts(
  world: WorldParameters,
  seniors: readonly SimulatedSenior[],
  sites: readonly SimulatedSite[],
): Attempt[] {
  const chance = chanceFrom(world.seed * 7919 + 3)
  const prices = [800, 1000, 1200, 1500, 1800]
  const attempts: Attempt[] = []
  for (let day = 0; day < world.days + world.healDays; day++) {
    const healing = day >= world.days
    for (const senior of seniors) {
      const home = senior.moves !== null && day >= senior.moves.day ? senior.moves.to : senior.home
      const visit = (meal: Meal, from: number, minutes: number, wanted: number) => {
        const at = day * dayMinutes + from + chance.below(minutes)
        // Who finds the door shut for ever goes to the next one.
        const gone = (site: number) => (sites[site]?.lostAt ?? Number.POSITIVE_INFINITY) <= at
        let site = wanted
        while (gone(site)) site = (site + 1) % world.terminals
        const listFen = prices[chance.below(prices.length)] ?? 1000
        attempts.push({ at, senior: senior.id, site, meal, listFen, healing })
      }
      const place = () => (chance.happens(world.roam) ? chance.below(world.terminals) : home)
      if (chance.happens(0.85)) visit('lunch', 640, 140, place())
      if (chance.happens(0.45)) visit('dinner', 1010, 110, place())
      if (senior.greedy && !healing && chance.happens(0.5)) {
        // Home, elsewhere, home again, within one meal.
        visit('lunch', 630, 10, home)
        visit('lunch', 660, 30, chance.below(world.terminals))
        visit('lunch', 790, 10, home)
      }
    }
  }
  return attempts.sort((one, other) => one.at - other.at)
}

export function isAway(site: SimulatedSite, minute: number): boolean {
  return site.away.some(([from, to]) => minute >= from && minute < to)
}
