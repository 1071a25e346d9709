import { type BusinessDate, daysBetween, type LimitPeriod } from '../business-day.ts'
import { fundId } from '../ids.ts'
import { potCounter, resumesOn, startsOn } from '../policy/counters.ts'
import type { PolicyPack } from '../policy/language.ts'
import type { Site } from '../site.ts'
import { type Amount, drawn, emptyHolder, type Holder, left } from './holder.ts'

/** What terminals and the province keep of pots, by fund: rights of their own, beside those of each senior. */
export type PotHolders = ReadonlyMap<string, Holder>

const prefix = 'pot:'

/** The fund whose pot a limit is (see `potCounter`); null for a limit of a person. */
export function potFundOf(limit: string): string | null {
  const fund = fundId.safeParse(limit.startsWith(prefix) ? limit.slice(prefix.length) : null)
  return fund.success ? fund.data : null
}

/** A visit's debits by whose rights they draw on: the person's, and each fund's pot, which all seniors share. */
export function debitsByScope<T extends Omit<Amount, 'amount'>>(
  debits: readonly T[],
): { person: T[]; pots: ReadonlyMap<string, T[]> } {
  const person: T[] = []
  const pots = new Map<string, T[]>()
  for (const debit of debits) {
    const fund = potFundOf(debit.limit)
    if (fund === null) person.push(debit)
    else pots.set(fund, [...(pots.get(fund) ?? []), debit])
  }
  return { person, pots }
}

/** Fen left here in the pots of a pack's funds on a date, as `QuoteInputs.pots` takes it. */
export function potsLeft(pack: PolicyPack, date: BusinessDate, held: PotHolders): Record<string, number> {
  const entries = pack.funds.flatMap(({ id }): [string, number][] => {
    const counter = potCounter(pack, id, date)
    return counter === null ? [] : [[id, Math.max(0, left(held.get(id) ?? emptyHolder, counter))]]
  })
  return Object.fromEntries(entries)
}

/** A senior's lease and the pots' after a visit drew on them, all or nothing; null where one of them does not hold as much. */
export function drawnWithPots(
  person: Holder,
  pots: PotHolders,
  debits: readonly Amount[],
): { person: Holder; pots: PotHolders } | null {
  const scopes = debitsByScope(debits)
  const after = drawn(person, scopes.person)
  if (after === null) return null
  const next = new Map(pots)
  for (const [fund, amounts] of scopes.pots) {
    const held = drawn(next.get(fund) ?? emptyHolder, amounts)
    if (held === null) return null
    next.set(fund, held)
  }
  return { person: after, pots: next }
}

/**
 * Fen of a pot that a site shall be able to draw in the period that holds a date: of its members' part of the pot two weeks' worth in town, all
 * of it in a village. What other sites do not need can be called back, so a tranche that is too small costs a question, not a meal.
 */
export function trancheOf(
  leaseClass: Site['leaseClass'],
  pot: { readonly period: Exclude<LimitPeriod, 'meal'>; readonly capFen: number; readonly date: BusinessDate },
  members: { readonly here: number; readonly all: number },
): number {
  const part = members.all === 0 ? 0 : (pot.capFen * members.here) / members.all
  if (leaseClass === 'village') return Math.floor(part)
  const from = startsOn(pot.period, pot.date)
  const days = daysBetween(from, resumesOn(pot.period, from) ?? from)
  return Math.floor(days <= 14 ? part : (part * 14) / days)
}
