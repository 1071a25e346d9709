import { addDays, type BusinessDate, type Meal } from '../../../shared/business-day.ts'
import type { Site } from '../../../shared/site.ts'
import { type Chance, chanceFrom } from './chance.ts'
import { firstDay, type WorldParameters } from './world.ts'

export interface SimulatedSenior {
  readonly id: number
  readonly home: number
  readonly greedy: boolean
  /** The day on which this senior moves to another home, and which; null for most. */
  readonly moves: { readonly day: number; readonly to: number } | null
}

/** Minutes, as [from, to). */
export type Spans = readonly (readonly [number, number])[]

export interface SimulatedSite {
  readonly id: number
  readonly leaseClass: Site['leaseClass']
  /** Days that its clock is ahead of the true one, by day. */
  readonly skewDays: readonly number[]
  /** When it is without a network. */
  readonly away: Spans
  /** The minute from which it is gone for ever; null for most. */
  readonly lostAt: number | null
  /** When its disk broke, and when the backup was made that it goes on from. */
  readonly restored: { readonly at: number; readonly backupAt: number } | null
  /** When a copy of its disk begins to sell; null for most. */
  readonly copiedAt: number | null
  /** When the LAN to its second till is down; null where it has none. */
  readonly lanAway: Spans | null
}

export interface Attempt {
  readonly at: number
  readonly senior: number
  readonly site: number
  readonly till: 'first' | 'second' | 'copy'
  readonly meal: Meal
  readonly listFen: number
  /** After the last day: what happens then shows what is made good, and does not count as an attempt. */
  readonly healing: boolean
}

const dayMinutes = 1440

/** The dates that were asked for, as every minute of a world asks for one. */
const dates: BusinessDate[] = []

/** The date of a minute of a world that began `startDay` days after the first. */
export function dateAt(minute: number, startDay: number): BusinessDate {
  const day = Math.floor(minute / dayMinutes) + startDay
  for (let next = dates.length; next <= day; next++) dates.push(addDays(firstDay, next))
  return dates[day] ?? addDays(firstDay, day)
}

export function within(spans: Spans, minute: number): boolean {
  return spans.some(([from, to]) => minute >= from && minute < to)
}

export function makeSites(world: WorldParameters): SimulatedSite[] {
  const chance = chanceFrom(world.seed * 7919 + 1)
  const end = world.days * dayMinutes
  const someOf = (count: number) => {
    const chosen = new Set<number>()
    while (chosen.size < Math.min(count, world.terminals)) chosen.add(chance.below(world.terminals))
    return chosen
  }
  const lost = someOf(world.lostTerminals)
  const restored = someOf(world.restoredTerminals)
  const copied = someOf(world.copiedTerminals)
  const inTheMiddle = () => Math.floor(end * (0.2 + 0.6 * chance.unit()))
  return Array.from({ length: world.terminals }, (_, id) => {
    const village = chance.happens(world.villageShare)
    const away =
      village && chance.happens(world.longAwayShare)
        ? [[chance.below(dayMinutes * 3), end] as const]
        : village
          ? outages(chance, end, world.villageUpDays * dayMinutes, world.villageDownDays * dayMinutes)
          : outages(chance, end, world.townUpDays * dayMinutes, world.townDownHours * 60)
    const skewed = chance.happens(world.skewed)
    const brokenAt = inTheMiddle()
    const backup = { at: brokenAt, backupAt: Math.max(0, brokenAt - chance.below(world.backupDays * dayMinutes + 1)) }
    return {
      ...{ id, away, leaseClass: village ? 'village' : 'town' },
      skewDays: Array.from({ length: world.days + world.healDays }, () => (skewed ? chance.below(3) - 1 : 0)),
      lostAt: lost.has(id) ? inTheMiddle() : null,
      restored: restored.has(id) ? backup : null,
      copiedAt: copied.has(id) ? inTheMiddle() : null,
      lanAway: chance.happens(world.secondTills)
        ? outages(chance, end, world.lanUpDays * dayMinutes, world.lanDownHours * 60)
        : null,
    }
  })
}

function outages(chance: Chance, end: number, meanUp: number, meanDown: number): Spans {
  const spans: [number, number][] = []
  for (let at = chance.waits(meanUp) * chance.unit(); at < end; ) {
    const until = at + chance.waits(meanDown)
    spans.push([at, Math.min(until, end)])
    at = until + chance.waits(meanUp)
  }
  return spans
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
  const tillOf = (site: SimulatedSite | undefined, at: number) => {
    if (site !== undefined && site.copiedAt !== null && at >= site.copiedAt && chance.happens(0.5)) return 'copy'
    return site?.lanAway && chance.happens(0.4) ? 'second' : 'first'
  }
  for (let day = 0; day < world.days + world.healDays; day++) {
    const healing = day >= world.days
    for (const senior of seniors) {
      const home = senior.moves !== null && day >= senior.moves.day ? senior.moves.to : senior.home
      const visit = (meal: Meal, from: number, minutes: number, wanted: number) => {
        const at = day * dayMinutes + from + chance.below(minutes)
        // Who finds the door shut for ever goes to the next one.
        const gone = (site: number) => (sites[site]?.lostAt ?? Number.POSITIVE_INFINITY) <= at
        let site = wanted
        for (let next = 0; next < world.terminals && gone(site); next++) site = (site + 1) % world.terminals
        if (gone(site)) return
        const listFen = prices[chance.below(prices.length)] ?? 1000
        const till = tillOf(sites[site], at)
        attempts.push({ at, senior: senior.id, site, till, meal, listFen, healing })
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
