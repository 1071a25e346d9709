import { z } from 'zod'
import { type BusinessDate, businessDate, type LimitPeriod, labelEndsBefore } from '../../shared/business-day.ts'
import { at, counterOf } from '../../shared/leases/holder.ts'
import { outstanding, settledOf } from '../../shared/leases/rights.ts'
import { counterLabel, resumesOn } from '../../shared/policy/counters.ts'
import type { Words } from '../../shared/policy/language.ts'
import { type Database, insertRows, type Queryable, select, transaction } from '../database.ts'
import type { Keyring } from '../keys.ts'
import { currentPack } from '../policies.ts'
import { decideWaiting, noteFreed } from './freed-pots.ts'
import { amountsOfFund, askedAnew, potAmounts } from './pots.ts'
import { lockLeases, potSubject } from './states.ts'

/** A fund's pot in one period, as it stands. */
export interface PotState {
  readonly fund: string
  readonly title: Words
  readonly label: string
  /** Null: nobody set an amount, there is no bound. */
  readonly fen: number | null
  readonly drawnFen: number
  /** What tills may draw without asking. */
  readonly heldFen: number
  /** Open claims that wait for money of this fund. */
  readonly waiting: number
}

/** Funds with a pot in the packs that are sent to terminals now. A fund that several packs name is one. */
async function fundsOf(
  client: Queryable,
): Promise<Map<string, { title: Words; periods: Set<Exclude<LimitPeriod, 'meal'>> }>> {
  const packs = await select(
    client,
    z.object({ pack_id: z.string() }),
    'select pack_id from policy where current order by 1',
  )
  const funds = new Map<string, { title: Words; periods: Set<Exclude<LimitPeriod, 'meal'>> }>()
  for (const { pack_id } of packs) {
    const pack = await currentPack(client, pack_id)
    for (const { id, title, pot } of pack?.funds ?? []) {
      if (pot === undefined) continue
      const known = funds.get(id) ?? { title, periods: new Set() }
      known.periods.add(pot.period)
      funds.set(id, known)
    }
  }
  return funds
}

/** Every fund's pot in the present period and the next, and in every later one with an amount. */
export async function potStates(database: Database, today: BusinessDate): Promise<PotState[]> {
  return await transaction(database, async client => {
    const funds = await fundsOf(client)
    const amounts = await potAmounts(client, [...funds.keys()])
    const book = await lockLeases(client, [...funds.keys()].map(potSubject))
    const waiting = await select(
      client,
      z.object({ fund: z.string(), waiting: z.int() }),
      "select waits_for as fund, count(*) as waiting from claim where state = 'open' and waits_for is not null group by 1",
    )
    return [...funds].flatMap(([fund, { title, periods }]) => {
      const set = amountsOfFund(amounts.fen, fund)
      const near = [...periods].flatMap(period => {
        const next = resumesOn(period, today) ?? today
        return [today, next].map(date => counterLabel(period, date, undefined))
      })
      const later = Object.keys(set)
        .map(key => counterOf(key).label)
        .filter(label => !labelEndsBefore(label, today))
      const { rights } = book.of(potSubject(fund))
      return [...new Set([...near, ...later])].sort().map(label => {
        const counter = counterOf(`pot:${fund}|${label}`)
        return {
          ...{ fund, title, label, fen: at(set, counter.key) ?? null },
          ...{ drawnFen: settledOf(rights, counter), heldFen: outstanding(rights, counter) },
          waiting: waiting.find(row => row.fund === fund)?.waiting ?? 0,
        }
      })
    })
  })
}

const shapes: Record<Exclude<LimitPeriod, 'meal'>, z.ZodType> = {
  day: businessDate,
  week: z.string().regex(/^\d{4}-W(0[1-9]|[1-4]\d|5[0-3])$/),
  month: z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/),
  year: z.string().regex(/^\d{4}$/),
}

export type SetOutcome =
  | { readonly result: 'set' }
  | { readonly result: 'no-such-pot'; readonly funds: readonly string[] }
  | { readonly result: 'other-period'; readonly periods: readonly string[] }
  | { readonly result: 'ended' }
  /** `fen`: what is drawn, or in the hands of tills. */
  | { readonly result: 'less-than-out'; readonly fen: number }

/**
 * Sets how much a fund's pot holds in a period; again, with another amount, raises or lowers it, but never below what is drawn or in the hands
 * of tills. Tills hear of it with their next pull, and claims that waited for the money are decided.
 */
export async function setPotAmount(
  database: Database,
  keys: Keyring,
  pot: { readonly fund: string; readonly label: string; readonly fen: number; readonly operator: string },
  today: BusinessDate,
): Promise<SetOutcome> {
  const { fund, label, fen, operator } = pot
  const outcome = await transaction(database, async (client): Promise<SetOutcome> => {
    const funds = await fundsOf(client)
    const known = funds.get(fund)
    if (known === undefined) return { result: 'no-such-pot', funds: [...funds.keys()] }
    const periods = [...known.periods]
    if (!periods.some(period => shapes[period].safeParse(label).success)) return { result: 'other-period', periods }
    if (labelEndsBefore(label, today)) return { result: 'ended' }
    // Terminals before leases, as every push locks them; a refusal costs one refill.
    await askedAnew(client, fund)
    const book = await lockLeases(client, [potSubject(fund)])
    const { rights } = book.of(potSubject(fund))
    const counter = counterOf(`pot:${fund}|${label}`)
    const out = settledOf(rights, counter) + outstanding(rights, counter)
    if (fen < out) return { result: 'less-than-out', fen: out }
    const { rows } = await client.query("select nextval('pot_change') as change")
    await insertRows(
      client,
      'pot_amount',
      ['fund', 'label', 'change', 'fen', 'operator'],
      rows.map(row => [fund, label, row.change, fen, operator]),
    )
    await book.store()
    await noteFreed(client, [fund])
    return { result: 'set' }
  })
  if (outcome.result === 'set') await decideWaiting(database, keys)
  return outcome
}
