import type { MoneyStanding, StatementEntry } from './statement.ts'

/** Sums of a month in fen and times. `claimed` is by fund what funds are asked for; what is held or refused is in none of the funds. */
export interface StatementSums {
  readonly meals: number
  readonly services: number
  readonly minutes: number
  readonly listFen: number
  readonly claimed: readonly { readonly fund: string; readonly fen: number }[]
  readonly claimedFen: number
  readonly heldFen: number
  readonly refusedFen: number
  readonly paidFen: number
  readonly pendingFen: number
}

/** A void was no meal; who has the money back by a refund has eaten all the same. */
export function timesOf({ kind }: Pick<StatementEntry, 'kind'>): -1 | 0 | 1 {
  return kind === 'void' ? -1 : kind === 'refund' || kind === 'made-good' ? 0 : 1
}

export const subsidyOf = (entry: Pick<StatementEntry, 'subsidies'>) =>
  entry.subsidies.reduce((sum, part) => sum + part.fen, 0)

export function sumsOf(entries: readonly StatementEntry[]): StatementSums {
  const claimed = new Map<string, number>()
  for (const entry of entries)
    if (entry.standing === 'counted')
      for (const part of entry.subsidies) claimed.set(part.fund, (claimed.get(part.fund) ?? 0) + part.fen)
  const sum = (of: (entry: StatementEntry) => number) => entries.reduce((total, entry) => total + of(entry), 0)
  const asked = (standing: MoneyStanding) => sum(entry => (entry.standing === standing ? subsidyOf(entry) : 0))
  return {
    meals: sum(entry => (entry.service === null ? timesOf(entry) : 0)),
    services: sum(entry => (entry.service === null ? 0 : timesOf(entry))),
    minutes: sum(entry => entry.minutes ?? 0),
    listFen: sum(entry => entry.listFen),
    claimed: [...claimed]
      .map(([fund, amount]) => ({ fund, fen: amount }))
      .sort((one, other) => (one.fund < other.fund ? -1 : 1)),
    ...{ claimedFen: asked('counted'), heldFen: asked('held'), refusedFen: asked('refused') },
    paidFen: sum(entry => entry.paidFen),
    pendingFen: sum(entry => entry.pendingFen),
  }
}

/** The month so many months after another one, or before it. */
export function monthAfter(month: string, months: number): string {
  const [year = 0, number = 1] = month.split('-').map(Number)
  const place = year * 12 + number - 1 + months
  return `${Math.floor(place / 12)}-${String((place % 12) + 1).padStart(2, '0')}`
}
