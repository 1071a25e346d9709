import { addDays, type BusinessDate, type LimitPeriod, labelBeginsBy, labelEndsBefore } from '../business-day.ts'
import { fundId } from '../ids.ts'
import { potCounter } from '../policy/counters.ts'
import type { PolicyPack } from '../policy/language.ts'
import type { Site } from '../site.ts'
import { at, type CounterRef, counterOf, left } from './holder.ts'
import { trancheOf } from './pots.ts'
import { grantOf, type HolderId, holderOf, type Rights, settledOf, topUp } from './rights.ts'
import { daysLeft, leasedThrough, reserveOf } from './rules.ts'
import type { SeniorLease } from './senior-lease.ts'
import type { PotWord } from './word.ts'

/** A fund's pot in one of its periods. */
export interface PotPeriod {
  readonly fund: string
  readonly period: Exclude<LimitPeriod, 'meal'>
  readonly counter: CounterRef
  /** The first date of interest in the period. */
  readonly date: BusinessDate
}

/** The pots of a pack in every period in which a site of that class may sell, from a date on, before it is heard again. */
export function potsAhead(pack: PolicyPack, leaseClass: Site['leaseClass'], from: BusinessDate): PotPeriod[] {
  const found = new Map<string, PotPeriod>()
  for (let date = from; date <= leasedThrough(leaseClass, from); date = addDays(date, 1))
    for (const { id: fund, pot } of pack.funds) {
      const counter = potCounter(pack, fund, date)
      if (pot !== undefined && counter !== null && !found.has(counter.key))
        found.set(counter.key, { fund, period: pot.period, counter, date })
    }
  return [...found.values()]
}

/** A pot's rights with a site's tranche as it should stand: its members' part, as far as that is free beyond what stays at the province for visits elsewhere. */
export function withTranche(
  kept: Rights,
  id: HolderId,
  { period, counter, date }: PotPeriod,
  to: {
    readonly leaseClass: Site['leaseClass']
    readonly capFen: number
    readonly members: { readonly here: number; readonly all: number }
  },
): Rights {
  const { leaseClass, capFen, members } = to
  const amount = trancheOf(leaseClass, { period, capFen, date }, members)
  const reserve = () => reserveOf(period, capFen, daysLeft(period, date))
  return topUp(kept, id, [{ ...counter, amount }], () => capFen, reserve)
}

/** What is known of how much a fund's pot holds: fen by counter. A counter without an amount has no bound. */
export type PotAmounts = Readonly<Record<string, number>>

/**
 * What a holder has to hear of a pot. `asked`: counters to speak of beside those that it holds. That a period has no bound is said once it has
 * begun, and earlier only of a fund to which no amount was ever set: one that comes later would find it given away.
 */
export function potWordFor(
  { rights, recalls }: Pick<SeniorLease, 'rights' | 'recalls'>,
  to: {
    readonly id: HolderId
    readonly generation: number
    readonly fund: string
    readonly amounts: PotAmounts
    readonly asked: readonly CounterRef[]
    readonly today: BusinessDate
  },
): PotWord {
  const { id, generation, fund, amounts, today } = to
  const held = holderOf(rights, id)
  const isEverBound = Object.keys(amounts).length > 0
  const counters = new Map([...Object.keys(held.lines).map(counterOf), ...to.asked].map(item => [item.key, item]))
  const elsewhere = [...counters.values()].flatMap((counter): [string, number | null][] => {
    if (labelEndsBefore(counter.label, addDays(today, -2))) return []
    const cap = at(amounts, counter.key)
    if (cap === undefined) return !isEverBound || labelBeginsBy(counter.label, today) ? [[counter.key, null]] : []
    return [[counter.key, Math.max(0, cap - settledOf(rights, counter) - left(held, counter))]]
  })
  const recall = recalls[id]
  return {
    ...{ fund: fundId.parse(fund), generation, grant: grantOf(rights, id), elsewhere: Object.fromEntries(elsewhere) },
    recall: recall
      ? {
          id: recall.id,
          amounts: recall.amounts.map(({ limit, label, amount: much }) => ({ limit, label, amount: much })),
        }
      : null,
  }
}
