import { type DateRange, isInRange } from '../../evidence.ts'
import type { RecordId } from '../../ids.ts'
import type { PolicyPack, PolicyVersion } from '../language.ts'
import { quoteUnder } from '../quote.ts'
import type { Gathered } from './gather.ts'
import { type Money, moneyOf, refundBoth } from './money.ts'
import type { Place, PricedRecord, Reversal, WhyLeftOut } from './read-line.ts'
import { type ChosenVersion, versionFor } from './version-for.ts'

/** A record with what it came to then and what it comes to under the draft. `person` tells seniors apart; null for a guest. */
export interface Repriced {
  readonly record: PricedRecord
  readonly person: string | null
  readonly chosen: ChosenVersion
  readonly before: Money
  readonly after: Money
}

export interface LeftOut {
  readonly record: PricedRecord
  readonly why: WhyLeftOut
}

/** The records of a range priced again. */
export interface Replay {
  readonly repriced: readonly Repriced[]
  readonly leftOut: readonly LeftOut[]
  /** Records of the range that a void took back: they cost nothing, then and now. */
  readonly voided: readonly PricedRecord[]
}

/** What a record took from a person's counters, by key. */
type Draws = readonly { readonly key: string; readonly amount: number }[]

/**
 * Prices records again under a draft, in the order of service: business date, then clock, then place in the ledger. Each person's
 * counters begin at nothing with the first record given, those before the range included, and all rights count as proven. A voided record
 * holds what it drew until its void comes; one that is left out holds what it drew then.
 * @param options.asOf prices every day by this version of the draft
 */
export function replay(
  draft: PolicyPack,
  { records, takenBack }: Gathered,
  options: { readonly range: DateRange; readonly asOf?: PolicyVersion | undefined },
): Replay {
  const persons = personsOf(records)
  const usage = new Map<string, Record<string, number>>()
  const usageOf = (person: string) => {
    const known = usage.get(person) ?? {}
    usage.set(person, known)
    return known
  }
  const change = (person: string | null, draws: Draws, sign: 1 | -1) => {
    if (person === null) return
    const used = usageOf(person)
    for (const { key, amount } of draws) used[key] = (used[key] ?? 0) + sign * amount
  }
  const drawn = new Map<RecordId, { readonly person: string | null; readonly draws: Draws }>()
  const gone = new Set<RecordId>()
  const repriced: Repriced[] = []
  const leftOut: LeftOut[] = []
  const voided: PricedRecord[] = []

  for (const event of inOrderOfService(records, takenBack)) {
    if ('of' in event) {
      const held = drawn.get(event.of)
      gone.add(event.of)
      if (held !== undefined) change(held.person, held.draws, -1)
      continue
    }
    const person = persons(event)
    const chosen = versionFor(draft, event.date, options.asOf)
    const isCounted = isInRange(options.range, event.date)
    const back = takenBack.get(event.id)
    if (isCounted && back?.refund === null) voided.push(event)
    let draws: Draws
    if (event.facts.ok) {
      const { quote: inputs } = event.facts
      const used = person === null ? {} : usageOf(person)
      const quote = quoteUnder(draft, chosen.version, { ...inputs, used, rights: 'whole-cap' })
      draws = quote.debits
      const [before, after] = [moneyOf(event.sale), moneyOf(quote)]
      const both = back?.refund ? refundBoth(before, after, back.refund) : { before, after }
      if (isCounted && back?.refund !== null) repriced.push({ record: event, person, chosen, ...both })
    } else {
      draws = drawsOfThen(event, chosen.version)
      if (isCounted && back?.refund !== null) leftOut.push({ record: event, why: event.facts.why })
    }
    // Where a clock was set back, a void may stand before what it takes back.
    if (gone.has(event.id)) continue
    change(person, draws, 1)
    drawn.set(event.id, { person, draws })
  }
  return { repriced, leftOut, voided }
}

/** Records and voids as they came about. Refunds leave the rights used and change nothing on the way. */
function inOrderOfService(
  records: readonly PricedRecord[],
  takenBack: ReadonlyMap<RecordId, Reversal>,
): (PricedRecord | Reversal)[] {
  const voids = [...takenBack.values()].filter(({ refund }) => refund === null)
  return [...records, ...voids].sort(byService)
}

function byService(one: Place, other: Place): number {
  return (
    compare(one.date, other.date) ||
    one.at - other.at ||
    compare(one.terminal, other.terminal) ||
    one.generation - other.generation ||
    one.seq - other.seq
  )
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0
}

/** Names persons: by the senior's id where inputs tell it, so that one who eats at two sites is one person; else by the site's reference. */
function personsOf(records: readonly PricedRecord[]): (record: PricedRecord) => string | null {
  const ids = new Map<string, string>()
  for (const { sale, facts } of records)
    if (sale.senior !== null && facts.ok && facts.senior !== null) ids.set(sale.senior, facts.senior)
  return ({ sale }) => (sale.senior === null ? null : (ids.get(sale.senior) ?? sale.senior))
}

/** What a record drew then, from the counters that the draft still has in the same unit. */
function drawsOfThen({ sale }: PricedRecord, version: PolicyVersion | null): Draws {
  const units = new Map(
    version === null
      ? []
      : [
          ...version.limits.map(({ id, unit }) => [id, unit] as const),
          ...(version.allowances ?? []).map(({ id }) => [id, 'fen'] as const),
        ],
  )
  return sale.debits
    .filter(({ limit, unit }) => units.get(limit) === unit)
    .map(({ limit, label, amount }) => ({ key: `${limit}|${label}`, amount }))
}
