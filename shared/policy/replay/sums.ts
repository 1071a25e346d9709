import type { FundId } from '../../ids.ts'
import type { PolicyPack } from '../language.ts'
import { type Money, subsidyOf } from './money.ts'
import type { Repriced } from './replay.ts'

/** An amount of then and under the draft, in fen. */
export interface BeforeAfter {
  readonly before: number
  readonly after: number
}

export const totalNames = ['list', 'discount', 'subsidy', 'ownPay', 'refunded', 'operator'] as const
export type TotalName = (typeof totalNames)[number]

export interface PersonSum {
  /** The reference by which the records name the senior: of several sites, the first. */
  readonly reference: string
  readonly visits: number
  readonly ownPay: BeforeAfter
  readonly subsidy: BeforeAfter
}

/** Seniors with the same fate; `fen` is by how much their own payments fell or rose together, 0 or more. */
export interface Group {
  readonly persons: number
  readonly visits: number
  readonly fen: number
}

export interface Sums {
  /** In the draft's order, then funds of then that the draft does not have. */
  readonly funds: readonly { readonly fund: FundId; readonly fen: BeforeAfter }[]
  readonly totals: Readonly<Record<TotalName, BeforeAfter>>
  /** In the order of their first visit. */
  readonly persons: readonly PersonSum[]
  readonly gain: Group
  readonly lose: Group
  readonly stay: Group
  readonly guests: { readonly visits: number; readonly ownPay: BeforeAfter }
}

const none: BeforeAfter = { before: 0, after: 0 }

/** Adds up records that were priced again. */
export function sumUp(draft: PolicyPack, repriced: readonly Repriced[]): Sums {
  const persons = new Map<string, PersonSum>()
  const funds = new Map<FundId, BeforeAfter>(draft.funds.map(({ id }) => [id, none]))
  const totals: Record<TotalName, BeforeAfter> = {
    ...{ list: none, discount: none, subsidy: none },
    ...{ ownPay: none, refunded: none, operator: none },
  }
  let guests: Sums['guests'] = { visits: 0, ownPay: none }
  for (const { record, person, before, after } of repriced) {
    for (const name of totalNames) totals[name] = add(totals[name], totalOf(before, name), totalOf(after, name))
    for (const fund of new Set([...before.byFund.keys(), ...after.byFund.keys()]))
      funds.set(fund, add(funds.get(fund) ?? none, before.byFund.get(fund) ?? 0, after.byFund.get(fund) ?? 0))
    if (person === null) guests = { visits: guests.visits + 1, ownPay: add(guests.ownPay, before.ownPay, after.ownPay) }
    else {
      const known = persons.get(person) ?? {
        reference: record.sale.senior ?? '',
        visits: 0,
        ownPay: none,
        subsidy: none,
      }
      persons.set(person, {
        reference: known.reference,
        visits: known.visits + 1,
        ownPay: add(known.ownPay, before.ownPay, after.ownPay),
        subsidy: add(known.subsidy, subsidyOf(before), subsidyOf(after)),
      })
    }
  }
  const all = [...persons.values()]
  return {
    funds: [...funds].map(([fund, fen]) => ({ fund, fen })),
    totals,
    persons: all,
    gain: groupOf(all.filter(({ ownPay }) => ownPay.after < ownPay.before)),
    lose: groupOf(all.filter(({ ownPay }) => ownPay.after > ownPay.before)),
    stay: groupOf(all.filter(({ ownPay }) => ownPay.after === ownPay.before)),
    guests,
  }
}

function totalOf(money: Money, name: TotalName): number {
  return name === 'subsidy' ? subsidyOf(money) : money[name]
}

function add(sum: BeforeAfter, before: number, after: number): BeforeAfter {
  return { before: sum.before + before, after: sum.after + after }
}

function groupOf(persons: readonly PersonSum[]): Group {
  return {
    persons: persons.length,
    visits: persons.reduce((sum, { visits }) => sum + visits, 0),
    fen: persons.reduce((sum, { ownPay }) => sum + Math.abs(ownPay.after - ownPay.before), 0),
  }
}

/** The persons whose own payment fell (`gain`) or rose (`lose`) most, the greatest first; of equals in the order of their references. */
export function greatest(persons: readonly PersonSum[], which: 'gain' | 'lose', howMany: number): PersonSum[] {
  const change = ({ ownPay }: PersonSum) =>
    which === 'gain' ? ownPay.before - ownPay.after : ownPay.after - ownPay.before
  return persons
    .filter(person => change(person) > 0)
    .sort((one, other) => change(other) - change(one) || (one.reference < other.reference ? -1 : 1))
    .slice(0, howMany)
}
