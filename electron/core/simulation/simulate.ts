import type { Amount } from '../../../shared/leases/holder.ts'
import { holderId } from '../../../shared/leases/rights.ts'
import { chanceFrom } from './chance.ts'
import { type Attempt, makeAttempts, makeSeniors, makeSites, within } from './inhabitants.ts'
import type { Entry } from './messages.ts'
import { network, type Till } from './network.ts'
import { type Price, pricer, type SimulatedVisit } from './pricing.ts'
import { simulatedProvince } from './province.ts'
import { type Refusals, reportOf, type SimulationReport, type Sums } from './report.ts'
import { type Served, simulatedTerminal } from './terminal.ts'
import { truth } from './truth.ts'
import { policyOf, type SimulatedPolicy, type WorldParameters } from './world.ts'

interface Sold {
  readonly till: Till
  readonly senior: number
  readonly served: Served
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
    accepted({ senior, debits, fen }) {
      oracle.give(senior, debits)
      sums.grantedFen += fen
    },
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
  const cancelled: { readonly at: Till; readonly senior: number; readonly served: Served }[] = []
  const paid = new Set<string>()
  const fenOfSale = new Map<number, number>()
  const sums: Sums = {
    ...{ attempts: 0, refused: 0, asks: 0, entitled: 0, subsidised: 0 },
    ...{ grantedFen: 0, lostFen: 0, copiedFen: 0, boldFen: 0 },
  }
  const causes = new Map<string, Refusals>()
  const comes: number[][] = seniors.map(() => [])
  const copySold = new Set<number>()
  const copiedSold = new Set<number>()

  const disks = diskEvents()
  function diskEvents() {
    const events: { readonly at: number; readonly happens: () => void }[] = []
    for (const { site, name, terminal } of firsts) {
      const { restored, copiedAt, lostAt } = site
      if (restored !== null) {
        let backup = terminal.backup()
        const makeBackup = () => {
          backup = terminal.backup()
        }
        events.push({ at: restored.backupAt, happens: makeBackup })
        events.push({ at: restored.at, happens: () => loseDisk(name, backup) })
      }
      if (copiedAt !== null)
        events.push({ at: copiedAt, happens: () => copies.get(site.id)?.terminal.become(terminal.backup()) })
      if (lostAt !== null && world.writeOffDays !== null)
        events.push({
          at: lostAt + world.writeOffDays * 1440,
          happens: () => province.giveUp(name, terminal.generation()),
        })
    }
    return events.sort((one, other) => one.at - other.at)
  }

  function loseDisk(name: number, backup: ReturnType<Till['terminal']['backup']>): void {
    const broken = firsts[name]
    if (broken === undefined || !lines.isThere(broken)) return
    const generation = broken.terminal.generation()
    for (const entry of broken.terminal.restore(backup, lines.clockOf(broken))) {
      if (province.hasApplied(entry)) continue
      unheard.push(entry)
      if (entry.kind === 'sale') sums.lostFen += worth(entry.sale, entry.debits)
    }
    if (world.writeOffDays === null) return
    const at = now + world.writeOffDays * 1440
    disks.push({ at, happens: () => province.giveUp(name, generation) })
    disks.sort((one, other) => one.at - other.at)
  }

  /** What a record gave: its subsidy, and its payouts. */
  const worth = (sale: number, debits: readonly Amount[]) =>
    (fenOfSale.get(sale) ?? 0) + debits.reduce((sum, { key, limit }) => sum + (limit === 'owed' ? owedFen(key) : 0), 0)
  const owedFen = (key: string) => province.claims.get(Number(key.split('/')[1]))?.subsidyFen ?? 0

  function passTime(until: number): void {
    for (let minute = Math.floor(now) + 1; minute <= until; minute++) {
      now = minute
      while (disks[0] !== undefined && disks[0].at <= now) disks.shift()?.happens()
      lines.minute()
    }
  }

  function note(place: Till, senior: number, served: Served, sign: 1 | -1 = 1): void {
    oracle.give(senior, [...served.debits, ...served.madeGood], sign)
    for (const { key } of served.madeGood) sign === 1 ? paid.add(key) : paid.delete(key)
    sums.grantedFen += sign * served.subsidyFen
    if (sign === 1) fenOfSale.set(served.sale, served.subsidyFen)
    else return
    sums.boldFen += served.boldFen
    const copy = copies.get(place.site.id)
    if (
      copy === undefined ||
      now < copy.since ||
      served.debits.length + served.madeGood.length + served.pendingFen === 0
    )
      return
    sums.copiedFen += worth(served.sale, served.madeGood)
    if (copy === place) copySold.add(place.name)
    else if (place === firsts[place.site.id]) copiedSold.add(place.name)
  }

  /** Sells at a till; one visit has one number, so that a till that is asked again for it answers as before. */
  function sell(
    place: Till,
    senior: number,
    sale: number,
    visit: Omit<SimulatedVisit, 'date'>,
    again: boolean,
  ): { served: Served; lost: boolean } {
    const asking = lines.asking(place)
    const date = place.terminal.dayOf(lines.clockOf(place))
    const served = place.terminal.serve(senior, sale, { ...visit, date }, asking)
    if (again) place.terminal.serve(senior, sale, { ...visit, date }, asking)
    note(place, senior, served)
    return { served, lost: asking?.lost() ?? false }
  }

  function visit({ senior, site, till: wanted, meal, listFen, healing }: Attempt, sale: number): void {
    const first = firsts[site]
    if (first === undefined) return
    const other = wanted === 'second' ? second.get(site) : wanted === 'copy' ? copies.get(site) : undefined
    const hasLan = now >= healAt || !within(first.site.lanAway ?? [], now)
    const viaLan = wanted === 'second' && hasLan
    let place = other === undefined || viaLan ? first : other
    const asked = { meal, listFen }
    const date = place.terminal.dayOf(lines.clockOf(place))
    const best = pricing.price({ ...asked, date }, oracle.means(senior, { ...asked, date }, capOf))
    if (!healing && chance.happens(world.crash)) {
      // The machine dies between the question and the record: the right is granted, and nothing was sold.
      crash(place, senior, best)
    }
    const again = !healing && chance.happens(world.retry)
    let { served, lost } = sell(place, senior, sale, asked, again)
    if (viaLan && other !== undefined && !healing && chance.happens(world.lanCut)) {
      // The second till never heard that the first one sold: it goes on alone, and the first one's sale is voided when the LAN is back.
      cancelled.push({ at: place, senior, served })
      place = other
      const alone = sell(place, senior, sale, asked, again)
      served = alone.served
      lost = alone.lost
    } else if (hasLan) cancelAt(first)
    comes[senior]?.push(now)
    const isHome = seniors[senior]?.home === site
    if (!healing) {
      sums.attempts++
      if (served.asked) sums.asks++
      if (best.subsidyFen > 0)
        tally(isHome, served, lines.isUp(place) ? (lost ? 'answer lost' : 'right is elsewhere') : 'no network')
    }
    if (served.subsidyFen > 0 && served.pendingFen === 0) sold.push({ till: place, senior, served })
    if (lines.isUp(place)) lines.push(place)
    undoSome()
  }

  function tally(isHome: boolean, served: Served, why: string): void {
    if (isHome && why === 'no network') {
      sums.entitled++
      if (served.subsidyFen > 0) sums.subsidised++
    }
    if (served.subsidyFen > 0) return
    sums.refused++
    const found = causes.get(why) ?? { home: 0, roaming: 0 }
    found[isHome ? 'home' : 'roaming']++
    causes.set(why, found)
  }

  function crash(place: Till, senior: number, { debits }: Price): void {
    const { epoch } = place.terminal.heldOf(senior)
    const own = debits.filter(({ limit }) => !limit.startsWith('pot:'))
    lines.asking(place)?.ask([{ scope: senior, epoch, totals: own, debits: own }])
  }

  function cancelAt(first: Till): void {
    for (let place = cancelled.length - 1; place >= 0; place--) {
      const sale = cancelled[place]
      if (sale === undefined || sale.at !== first) continue
      cancelled.splice(place, 1)
      const { senior, served } = sale
      const debits = [...served.debits, ...served.madeGood]
      if (!first.terminal.undo(senior, served, 'all'))
        unheard.push({ id: 0, kind: 'void', senior, of: served.sale, debits, epochs: served.epochs })
      note(first, senior, served, -1)
    }
  }

  function undoSome(): void {
    const last = sold.at(-1)
    if (last === undefined || now >= healAt || !chance.happens(world.voids)) return
    sold.pop()
    if (!last.till.terminal.undo(last.senior, last.served, 'meal')) return
    note(last.till, last.senior, { ...last.served, madeGood: [] }, -1)
    if (lines.isUp(last.till)) lines.push(last.till)
  }

  /** What no world may break. Under `bounded` caps are exceeded on purpose, and after a write-off perhaps; a copied disk breaks them all. */
  function check(scopes: Iterable<number | string>): void {
    if (world.mode === 'bounded' || world.writeOffDays !== null || world.copiedTerminals > 0) return
    const wrong = province.book.problem(scopes)
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
  const units = new Map(policy.pack.versions.flatMap(({ limits }) => limits.map(({ id, unit }) => [id, unit])))
  const mostFen = [...fenOfSale.values()].reduce((most, fen) => Math.max(most, fen), 0)
  return reportOf({
    ...{ world, sums, causes, comes, paid, claims: [...province.claims.values()] },
    overspentFen: oracle.overspentFen(capOf, (key, beyond) => {
      const [limit = ''] = key.split('|')
      return beyond * (limit === 'owed' ? owedFen(key) : units.get(limit) === 'count' ? mostFen : 1)
    }),
    copies: {
      sold: [...copySold].filter(name => copiedSold.has(name)).length,
      found: [...copySold].filter(name => province.quarantined.has(holderId(String(name), 1))).length,
    },
  })
}
