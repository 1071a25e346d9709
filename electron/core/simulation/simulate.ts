import { addDays, lateDays } from '../../../shared/business-day.ts'
import { chanceFrom } from './chance.ts'
import { diskEvents } from './disks.ts'
import { type Attempt, dateAt, makeAttempts, makeSeniors, makeSites, within } from './inhabitants.ts'
import type { Entry } from './messages.ts'
import { network, type Till } from './network.ts'
import { type Price, pricer, type SimulatedVisit } from './pricing.ts'
import { simulatedProvince } from './province.ts'
import type { SimulationReport } from './report.ts'
import { tallyOf } from './tally.ts'
import { simulatedTerminal } from './terminal.ts'
import type { Served } from './terminal-state.ts'
import { truth } from './truth.ts'
import { policyOf, type SimulatedPolicy, type WorldParameters } from './world.ts'

interface Sold {
  readonly till: Till
  readonly senior: number
  readonly served: Served
  readonly at: number
}

/**
 * Lets a world of terminals, seniors and a bad network live for its days, then heals every link and lets the healing days pass. Everybody
 * follows the rules of `shared/leases`; an oracle beside them knows what was truly given, on which label. Throws where an invariant is broken
 * that no world may break; `watch` looks at them after every visit, which only small worlds can afford.
 */
export function simulate(
  world: WorldParameters,
  { policy = policyOf(world), watch = false }: { policy?: SimulatedPolicy; watch?: boolean } = {},
): SimulationReport {
  const chance = chanceFrom(world.seed * 7919 + 4)
  const pricing = pricer(policy.pack)
  const sites = makeSites(world)
  const seniors = makeSeniors(world)
  const healAt = world.days * 1440
  let now = 0
  let lastEntry = 0
  const mint = () => ++lastEntry

  const oracle = truth(pricing)
  const seconds = sites.filter(({ lanAway }) => lanAway !== null)
  const province = simulatedProvince({
    ...{ pricing, sites, potFen: policy.potFen, leases: world.mode !== 'online', now: () => now },
    siteOf: [...sites, ...seconds].map(({ id }) => id),
    homes: seniors.map(({ home }) => home),
    today: () => dateAt(now, world.startDay),
    ended: claim => tally.ended(claim),
    accepted: ({ senior, debits, fen }) => tally.accepted(senior, debits, fen, 1),
    dropped: ({ senior, debits, fen }) => tally.accepted(senior, debits, fen, -1),
  })
  const { capOf } = province.book
  const bounded =
    world.mode === 'bounded' ? { dayFen: world.boundedDayFen, untilSyncFen: world.boundedUntilSyncFen } : null
  const till = (name: number, site: Till['site'], keepsPots: boolean, since = 0): Till => {
    return { name, site, since, terminal: simulatedTerminal({ pricing, bounded, mint, keepsPots }) }
  }
  const firsts = sites.map(site => till(site.id, site, world.mode !== 'online'))
  const second = new Map(seconds.map((site, place) => [site.id, till(sites.length + place, site, false)]))
  const copies = new Map(
    sites.flatMap(site => (site.copiedAt === null ? [] : [[site.id, till(site.id, site, true, site.copiedAt)]])),
  )
  const tills = [...firsts, ...second.values(), ...copies.values()]
  const lines = network({ world, chance, tills, province, healAt, now: () => now })

  const sold: Sold[] = []
  const unheard: Entry[] = []
  const cancelled: Sold[] = []
  const tally = tallyOf({ world, policy, pricing, oracle, province, copies, now: () => now })
  const disks = diskEvents({
    ...{ world, firsts, copies, province, lines, now: () => now },
    lost(entries) {
      for (const entry of entries) {
        unheard.push(entry)
        if (entry.kind === 'sale') tally.lost(entry.sale, entry.debits)
      }
    },
  })

  function passTime(until: number): void {
    for (let minute = Math.floor(now) + 1; minute <= until; minute++) {
      now = minute
      disks.minute()
      lines.minute()
    }
  }

  /** Sells at a till; one visit has one number, so that a till that is asked again for it answers as before. */
  function sell(
    place: Till,
    senior: number,
    sale: number,
    { ago, ...visit }: Omit<SimulatedVisit, 'date'> & { ago: number },
    again: boolean,
  ): { served: Served; lost: boolean } {
    const asking = lines.asking(place)
    const date = addDays(place.terminal.dayOf(lines.clockOf(place)), -ago)
    const served = place.terminal.serve(senior, sale, { ...visit, date }, asking)
    if (again) place.terminal.serve(senior, sale, { ...visit, date }, asking)
    tally.gave(place, senior, served, 1)
    return { served, lost: asking?.lost() ?? false }
  }

  function visit({ senior, site, till: lane, meal, listFen, healing }: Attempt, sale: number): void {
    const first = firsts[site]
    if (first === undefined) return
    const other = lane === 'second' ? second.get(site) : lane === 'copy' ? copies.get(site) : undefined
    const hasLan = now >= healAt || !within(first.site.lanAway ?? [], now)
    const viaLan = lane === 'second' && hasLan
    let place = other === undefined || viaLan ? first : other
    // A list on paper is typed in within a week: the meal is of an earlier day, and the record of this one.
    const ago = !healing && world.lateEntries > 0 && chance.happens(world.lateEntries) ? 1 + chance.below(lateDays) : 0
    const date = addDays(place.terminal.dayOf(lines.clockOf(place)), -ago)
    const wanted = { meal, listFen, date }
    const best = pricing.price(wanted, oracle.means(senior, wanted, capOf))
    const asked = { meal, listFen, ago }
    if (!healing && chance.happens(world.crash)) {
      // The machine dies between the question and the record: the right is granted, and nothing was sold.
      crash(place, senior, best)
    }
    const again = !healing && chance.happens(world.retry)
    let { served, lost } = sell(place, senior, sale, asked, again)
    if (viaLan && other !== undefined && !healing && chance.happens(world.lanCut)) {
      // The second till never heard that the first one sold: it goes on alone, and the first one's sale is voided when the LAN is back.
      cancelled.push({ till: place, senior, served, at: now })
      place = other
      const alone = sell(place, senior, sale, asked, again)
      served = alone.served
      lost = alone.lost
    } else if (hasLan) cancelAt(first)
    tally.came(senior)
    if (!healing) {
      const why = lines.isUp(place) ? (lost ? 'answer lost' : 'right is elsewhere') : 'no network'
      tally.attempt(served, seniors[senior]?.home === site, best.subsidyFen > 0 ? why : null)
    }
    if (served.subsidyFen + served.pendingFen > 0) sold.push({ till: place, senior, served, at: now })
    if (lines.isUp(place)) lines.push(place)
    undoSome()
  }

  function crash(place: Till, senior: number, { debits }: Price): void {
    const { epoch } = place.terminal.heldOf(senior)
    const own = debits.filter(({ limit }) => !limit.startsWith('pot:'))
    lines.asking(place)?.ask([{ scope: senior, epoch, totals: own, debits: own }])
  }

  function cancelAt(first: Till): void {
    for (let place = cancelled.length - 1; place >= 0; place--) {
      const sale = cancelled[place]
      if (sale === undefined || sale.till !== first) continue
      cancelled.splice(place, 1)
      const { senior, served } = sale
      const debits = [...served.debits, ...served.madeGood]
      if (!first.terminal.undo(senior, served, 'all'))
        unheard.push({ id: 0, kind: 'void', senior, of: served.sale, debits, epochs: served.epochs })
      tally.gave(first, senior, served, -1)
    }
  }

  function undoSome(): void {
    if (now >= healAt || !chance.happens(world.voids)) return
    const since = now - world.voidDays * 1440
    const old = sold.findIndex(({ at }) => at >= since)
    sold.splice(0, old === -1 ? sold.length : old)
    const [last] = sold.splice(world.voidDays === 0 ? -1 : chance.below(sold.length), 1)
    if (last === undefined || !lines.isThere(last.till)) return
    if (!last.till.terminal.undo(last.senior, last.served, 'meal')) return
    tally.gave(last.till, last.senior, { ...last.served, madeGood: [] }, -1)
    if (lines.isUp(last.till)) lines.push(last.till)
  }

  /** What no world may break. Under `bounded` caps are exceeded on purpose, and after a write-off perhaps; a copied disk breaks them all. */
  function check(scopes: Iterable<number | string>): void {
    if (world.mode === 'bounded' || world.writeOffDays !== null || world.copiedTerminals > 0) return
    const wrong = province.notHeld[0] ?? province.book.problem(scopes)
    if (wrong !== null) throw new Error(wrong)
  }

  for (const [sale, attempt] of makeAttempts(world, seniors, sites).entries()) {
    passTime(attempt.at)
    visit(attempt, sale)
    if (watch) check([attempt.senior, ...Object.keys(policy.potFen)])
  }
  passTime((world.days + world.healDays) * 1440)
  for (const first of firsts) cancelAt(first)
  passTime(now + 1440)

  check(province.book.scopes())
  if (world.copiedTerminals === 0) {
    for (const { site, terminal } of tills) {
      if (site.lostAt === null && terminal.unheard().length > 0)
        throw new Error(`site ${site.id} never got its records through`)
      for (const entry of terminal.unheard()) unheard.push(entry)
    }
    const wrong = oracle.unequal(province, unheard)
    if (wrong !== null) throw new Error(wrong)
  }
  return tally.report()
}
