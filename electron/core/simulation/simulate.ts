import type { Amount } from '../../../shared/leases/holder.ts'
import { type Chance, chanceFrom } from './chance.ts'
import type { Word } from './messages.ts'
import { pricer } from './pricing.ts'
import { simulatedProvince } from './province.ts'
import { simulatedTerminal } from './terminal.ts'
import { type Attempt, isAway, makeAttempts, makeSeniors, makeSites, packOf, type WorldParameters } from './world.ts'

/** How a simulated month went. Percentages of attempts, but for `neverMadeGoodPct`: of accepted claims whose person came again. */
export interface SimulationReport {
  readonly attempts: number
  readonly grantedFen: number
  readonly overspentFen: number
  readonly refusedAtFirstPct: number
  readonly neverMadeGoodPct: number
  readonly openAtEndPct: number
  readonly onlineAsksPer100: number
  readonly causes: Readonly<Record<string, { readonly home: number; readonly roaming: number }>>
  readonly params: WorldParameters
}

const SYNC_MINUTES = 60

/**
 * Lets a world of terminals, seniors and a bad network live for its days, then heals every link and lets the healing days pass. Everybody
 * follows the rules of `shared/leases`; an oracle beside them knows what was truly given, on which label.
 */
export function simulate(world: WorldParameters): SimulationReport {
  const chance = chanceFrom(world.seed * 7919 + 4)
  const pack = packOf(world)
  const pricing = pricer(pack)
  const sites = makeSites(world)
  const seniors = makeSeniors(world)
  const attempts = makeAttempts(world, seniors, sites)
  const healAt = world.days * 1440
  let now = 0

  const given = seniors.map(() => new Map<string, number>())
  const give = (senior: number, debits: readonly Amount[], sign: 1 | -1 = 1) => {
    for (const { key, limit, amount } of debits)
      if (limit !== 'owed') given[senior]?.set(key, (given[senior]?.get(key) ?? 0) + sign * amount)
  }
  const province = simulatedProvince({
    pricing,
    sites,
    homes: seniors.map(({ home }) => home),
    leases: world.mode !== 'online',
    now: () => now,
    accepted: ({ senior, debits }) => give(senior, debits),
  })
  const bounded =
    world.mode === 'bounded' ? { dayFen: world.boundedDayFen, untilSyncFen: world.boundedUntilSyncFen } : null
  const terminals = sites.map(site => simulatedTerminal({ site, pricing, bounded }))
  const nextSync = sites.map(() => chance.below(SYNC_MINUTES))
  const late: { at: number; site: number; words: readonly Word[] }[] = []

  const isUp = (site: number) => {
    const place = sites[site]
    if (place === undefined || (place.lostAt !== null && place.lostAt <= now)) return false
    return now >= healAt || !isAway(place, now)
  }
  const arrives = () => now >= healAt || !chance.happens(world.drop)

  function push(site: number): void {
    const terminal = terminals[site]
    if (terminal === undefined || !arrives()) return
    const { from, entries } = terminal.unsent()
    const through = province.push(site, from, entries, terminal.today(now))
    if (chance.happens(world.duplicate)) province.push(site, from, entries, terminal.today(now))
    if (arrives()) terminal.acknowledge(through)
  }

  function sync(site: number): void {
    const terminal = terminals[site]
    if (terminal === undefined) return
    terminal.turnDay(terminal.today(now))
    push(site)
    if (!arrives()) return
    const { words, cursor } = province.pull(site, terminal.cursor())
    if (!arrives()) return
    if (now < healAt && chance.happens(world.late)) late.push({ at: now + chance.below(1440), site, words })
    else {
      for (const word of words) terminal.hear(word)
      terminal.heardThrough(cursor)
      push(site)
    }
  }

  function passTime(until: number): void {
    for (let minute = Math.floor(now) + 1; minute <= until; minute++) {
      now = minute
      for (const [site, due] of nextSync.entries())
        if (due <= minute) {
          nextSync[site] = minute + SYNC_MINUTES
          if (isUp(site)) sync(site)
        }
      for (let place = late.length - 1; place >= 0; place--) {
        const message = late[place]
        if (message === undefined || message.at > minute) continue
        late.splice(place, 1)
        if (isUp(message.site)) for (const word of message.words) terminals[message.site]?.hear(word)
      }
    }
  }

  const recallNow = (site: number, senior: number) => {
    if (!isUp(site) || !arrives()) return
    terminals[site]?.hear(province.wordOf(site, senior))
    push(site)
  }

  const tally = { attempts: 0, refused: 0, asks: 0 }
  const causes = new Map<string, { home: number; roaming: number }>()
  const paidClaims = new Set<number>()
  const visitsOf: { at: number; site: number }[][] = seniors.map(() => [])
  const subsidised: { site: number; senior: number; sale: number; debits: readonly Amount[]; epoch: number }[] = []

  function visit(attempt: Attempt, sale: number): void {
    const terminal = terminals[attempt.site]
    if (terminal === undefined) return
    const up = isUp(attempt.site)
    const meal = { date: terminal.today(now), meal: attempt.meal, listFen: attempt.listFen }
    const counters = pricing.counters(meal)
    const truth = given[attempt.senior] ?? new Map<string, number>()
    const oracle = pricing.price(
      meal,
      Object.fromEntries(counters.map(({ key }) => [key, truth.get(key) ?? 0])),
      'whole-cap',
    )
    const crashed = !attempt.healing && chance.happens(world.crash)
    let lostAnswer = false
    const online = up
      ? {
          ask(question: Parameters<typeof province.ask>[2]): Word | null {
            if (!arrives()) return null
            const word = province.ask(attempt.site, attempt.senior, question, recallNow)
            if (chance.happens(world.duplicate)) province.ask(attempt.site, attempt.senior, question, recallNow)
            lostAnswer = !arrives()
            return lostAnswer ? null : word
          },
        }
      : null
    if (crashed) {
      // The machine dies between the question and the record: the right is granted, and nothing was sold.
      online?.ask({ epoch: terminal.epochOf(attempt.senior), totals: oracle.debits, debits: oracle.debits })
    }
    const served = terminal.serve(attempt.senior, sale, meal, online)
    visitsOf[attempt.senior]?.push({ at: now, site: attempt.site })
    for (const claim of served.madeGood) {
      if (paidClaims.has(claim)) throw new Error(`claim ${claim} was paid twice`)
      paidClaims.add(claim)
    }
    if (served.subsidyFen > 0) {
      give(attempt.senior, served.debits)
      // What was given without a right leaves no right behind when it is voided.
      const epoch = served.bold ? 0 : terminal.epochOf(attempt.senior)
      subsidised.push({ site: attempt.site, senior: attempt.senior, sale, debits: served.debits, epoch })
    }
    if (!attempt.healing) {
      tally.attempts++
      if (served.asked) tally.asks++
      if (oracle.subsidyFen > 0 && served.subsidyFen === 0) {
        tally.refused++
        const why = up ? (lostAnswer ? 'answer lost' : 'right is elsewhere') : 'no network'
        const found = causes.get(why) ?? { home: 0, roaming: 0 }
        found[seniors[attempt.senior]?.home === attempt.site ? 'home' : 'roaming']++
        causes.set(why, found)
      }
    }
    if (up) push(attempt.site)
    undoSome(chance)
  }

  function undoSome(by: Chance): void {
    const last = subsidised.at(-1)
    if (last === undefined || now >= healAt || !by.happens(world.voids)) return
    subsidised.pop()
    terminals[last.site]?.undo(last.senior, last.sale, last.debits, last.epoch)
    give(last.senior, last.debits, -1)
    if (isUp(last.site)) push(last.site)
  }

  for (const [sale, attempt] of attempts.entries()) {
    passTime(attempt.at)
    visit(attempt, sale)
  }
  passTime((world.days + world.healDays) * 1440)

  const wrong = world.mode === 'bounded' ? null : province.problem()
  if (wrong !== null) throw new Error(wrong)
  let overspentFen = 0
  let grantedFen = 0
  for (const labels of given)
    for (const [key, amount] of labels) {
      const cap = { meal: world.mealCapFen, day: world.dayCapFen, month: world.monthCapFen }[key.split('|')[0] ?? '']
      overspentFen += Math.max(0, amount - (cap ?? 0))
      if (key.startsWith('month|')) grantedFen += amount
    }
  const accepted = [...province.claims.values()].filter(({ state }) => state === 'accepted' || state === 'paid')
  const cameAgain = accepted.filter(claim =>
    visitsOf[claim.senior]?.some(({ at }) => claim.acceptedAt !== null && at > claim.acceptedAt),
  )
  const unpaid = cameAgain.filter(({ sale }) => !paidClaims.has(sale))
  const open = [...province.claims.values()].filter(({ state }) => state === 'open').length
  const percent = (part: number, whole: number) => (whole === 0 ? 0 : Math.round((part / whole) * 1_000_000) / 10_000)
  return {
    attempts: tally.attempts,
    grantedFen,
    overspentFen,
    refusedAtFirstPct: percent(tally.refused, tally.attempts),
    neverMadeGoodPct: percent(unpaid.length, cameAgain.length),
    openAtEndPct: percent(open, tally.attempts),
    onlineAsksPer100: Math.round((tally.asks / Math.max(1, tally.attempts)) * 1000) / 10,
    causes: Object.fromEntries(causes),
    params: world,
  }
}
