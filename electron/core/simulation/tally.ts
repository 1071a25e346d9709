import type { Amount } from '../../../shared/leases/holder.ts'
import { potFundOf } from '../../../shared/leases/pots.ts'
import { holderId, settledOf } from '../../../shared/leases/rights.ts'
import { isOwed } from '../../../shared/leases/word.ts'
import type { Till } from './network.ts'
import type { Pricing } from './pricing.ts'
import type { SimulatedProvince } from './province.ts'
import { type Claim, saleOf } from './province-claims.ts'
import { type Refusals, reportOf, type SimulationReport, type Sums } from './report.ts'
import type { Served } from './terminal-state.ts'
import type { truth } from './truth.ts'
import type { SimulatedPolicy, WorldParameters } from './world.ts'

/** What is counted while a world lives, and what was truly given. */
export function tallyOf(parts: {
  readonly world: WorldParameters
  readonly policy: SimulatedPolicy
  readonly pricing: Pricing
  readonly oracle: ReturnType<typeof truth>
  readonly province: SimulatedProvince
  readonly copies: ReadonlyMap<number, Till>
  now(): number
}) {
  const { world, pricing, oracle, province, copies, now } = parts
  const sums: Sums = {
    ...{ attempts: 0, refused: 0, asks: 0, entitled: 0, subsidised: 0 },
    ...{ grantedFen: 0, lostFen: 0, copiedFen: 0, boldFen: 0 },
  }
  const causes = new Map<string, Refusals>()
  const comes = new Map<number, number[]>()
  const paid = new Set<string>()
  const endedWrongly = new Set<number>()
  const { capOf } = province.book
  const fenOfSale = new Map<number, number>()
  const soldBy = { copy: new Set<number>(), copied: new Set<number>() }

  const owedFen = (key: string) => province.claims.get(saleOf(key))?.subsidyFen ?? 0
  /** What a record gave: its subsidy, and its payouts. */
  const worth = (sale: number, debits: readonly Amount[]) =>
    debits.reduce((sum, { key, limit }) => sum + (isOwed({ limit }) ? owedFen(key) : 0), fenOfSale.get(sale) ?? 0)

  function notice(place: Till, served: Served): void {
    const copy = copies.get(place.site.id)
    const isWritten = served.debits.length + served.madeGood.length + served.pendingFen > 0
    if (copy === undefined || now() < copy.since || !isWritten) return
    sums.copiedFen += worth(served.sale, served.madeGood)
    if (copy === place) soldBy.copy.add(place.name)
    else if (copy.name === place.name) soldBy.copied.add(place.name)
  }

  return {
    /** A visit was served, or (-1) what it gave was taken back. */
    gave(place: Till, senior: number, served: Served, sign: 1 | -1): void {
      const claims = served.madeGood.flatMap(({ key }) => province.claims.get(saleOf(key))?.debits ?? [])
      oracle.give(senior, [...served.debits, ...served.madeGood], claims, sign)
      sums.grantedFen += sign * served.subsidyFen
      if (sign === -1) {
        for (const { key } of served.madeGood) paid.delete(key)
        return
      }
      for (const { key } of served.madeGood) paid.add(key)
      fenOfSale.set(served.sale, served.subsidyFen)
      sums.boldFen += served.boldFen
      notice(place, served)
    },
    /** A claim was accepted, or (-1) fell away with its sale. */
    accepted(senior: number, debits: readonly Amount[], fen: number, sign: 1 | -1): void {
      oracle.promise(senior, debits, sign)
      sums.grantedFen += sign * fen
    },
    /** A claim ended with nothing. Whoever knows what was given may find that something is due; what a pot lacks is due to nobody. */
    ended({ sale, senior, visit, granted, grantedFen }: Claim): void {
      const own = new Map(granted.map(({ key, amount }) => [key, amount]))
      const means = oracle.means(senior, visit, capOf)
      const used = Object.entries(means.used).map(([key, amount]) => [key, amount - (own.get(key) ?? 0)])
      const pots = pricing.pots(visit.date).map((counter): [string, number] => {
        const fund = potFundOf(counter.limit) ?? ''
        const left = capOf(counter) - settledOf(province.book.of(fund).rights, counter)
        return [fund, Math.max(0, Math.min(left, means.pots?.[fund] ?? 0) + (own.get(counter.key) ?? 0))]
      })
      const whole = pricing.price(visit, { ...means, used: Object.fromEntries(used), pots: Object.fromEntries(pots) })
      if (whole.subsidyFen > grantedFen) endedWrongly.add(sale)
      else endedWrongly.delete(sale)
    },
    lost: (sale: number, debits: readonly Amount[]) => {
      sums.lostFen += worth(sale, debits)
    },
    came(senior: number): void {
      const before = comes.get(senior) ?? []
      before.push(now())
      comes.set(senior, before)
    },
    /** An attempt; `why`: the reason where somebody who knows all would have subsidised it, and this terminal perhaps did not. */
    attempt(served: Served, isHome: boolean, why: string | null): void {
      sums.attempts++
      if (served.asked) sums.asks++
      if (why === null) return
      if (isHome && why === 'no network') {
        sums.entitled++
        if (served.subsidyFen > 0) sums.subsidised++
      }
      if (served.subsidyFen > 0) return
      sums.refused++
      const found = causes.get(why) ?? { home: 0, roaming: 0 }
      found[isHome ? 'home' : 'roaming']++
      causes.set(why, found)
    },
    report(): SimulationReport {
      const { versions } = parts.policy.pack
      const units = new Map(versions.flatMap(({ limits }) => limits.map(({ id, unit }) => [id, unit])))
      const mostFen = [...fenOfSale.values()].reduce((most, fen) => Math.max(most, fen), 0)
      const overspentFen = oracle.overspentFen(province.book.capOf, (key, beyond) => {
        const [limit = ''] = key.split('|')
        return beyond * (isOwed({ limit }) ? owedFen(key) : units.get(limit) === 'count' ? mostFen : 1)
      })
      const isFound = (name: number) => province.quarantined.has(holderId(String(name), 1))
      const sold = [...soldBy.copy].filter(name => soldBy.copied.has(name)).length
      const copiesFound = { sold, found: [...soldBy.copy].filter(isFound).length }
      const claims = [...province.claims.values()]
      return reportOf({ world, sums, causes, comes, paid, endedWrongly, claims, overspentFen, copies: copiesFound })
    },
  }
}
