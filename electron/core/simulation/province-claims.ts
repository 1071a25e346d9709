import { recordId } from '../../../shared/ids.ts'
import { lookedAtAgain, withEnded } from '../../../shared/leases/ended-claims.ts'
import type { Amount } from '../../../shared/leases/holder.ts'
import { debitsByScope, potFundOf } from '../../../shared/leases/pots.ts'
import { type Rights, settledOf, settlePending, unsettlePending } from '../../../shared/leases/rights.ts'
import {
  recallsOf,
  withoutClaim,
  withoutOwed,
  withoutWithdrawn,
  withRecalls,
} from '../../../shared/leases/senior-lease.ts'
import { isOwed, owedKey } from '../../../shared/leases/word.ts'
import type { Entry, Scope } from './messages.ts'
import type { Pricing, SimulatedVisit } from './pricing.ts'
import type { ProvinceBook } from './province-book.ts'

type Pending = Extract<Entry, { kind: 'pending' }>

export interface Claim extends Omit<Pending, 'id' | 'kind'> {
  readonly acceptedAt: number | null
  readonly subsidyFen: number
  /** What it took of the counters when it was accepted. */
  readonly debits: readonly Amount[]
  readonly state: 'open' | 'accepted' | 'nothing-due' | 'void' | 'paid'
}

/** A claim that was decided in a senior's favour. */
export interface Accepted {
  readonly senior: number
  readonly visit: SimulatedVisit
  readonly debits: readonly Amount[]
  readonly fen: number
}

/** The record of a sale, by its number. */
const recordOf = (sale: number) => recordId.parse(`00000000-0000-7000-8000-${sale.toString(16).padStart(12, '0')}`)
/** The key of the right to pay the claim of a sale. */
export const owedKeyOf = (sale: number) => owedKey(recordOf(sale))
/** The sale whose claim a right pays. */
export const saleOf = (key: string) => Number.parseInt(key.slice(-12), 16)

/** The fund in whose name payouts stand; who pays which part of them makes no difference to rights. */
function payerOf({ pack }: Pricing) {
  const [fund] = pack.funds
  if (fund === undefined) throw new Error('a simulated policy without a fund')
  return fund.id
}

export type ProvinceClaims = ReturnType<typeof provinceClaims>

/** Pending claims at the province of a simulation: decided when they arrive and the holders were heard, paid at the next visit anywhere. */
export function provinceClaims(parts: {
  readonly book: ProvinceBook
  readonly pricing: Pricing
  now(): number
  accepted(claim: Accepted): void
  /** A claim was decided, and nothing is due for it. */
  ended(claim: Claim): void
  /** An accepted claim that nobody paid fell away with its sale. */
  dropped(claim: Accepted): void
  /** The till that is to pay a senior, where one is the home. */
  homeOf(senior: number): number | null
}) {
  const { book, pricing } = parts
  const payer = payerOf(pricing)
  const claims = new Map<number, Claim>()
  const voided = new Set<number>()
  /** Claims that wait for somebody's rights, by scope. */
  const waiting = new Map<Scope, Set<number>>()

  const waitFor = (scope: Scope, sale: number) => waiting.set(scope, (waiting.get(scope) ?? new Set()).add(sale))

  /** What of a claim is due and was not given yet, by what records say was drawn. */
  function due({ senior, visit, granted, grantedFen }: Claim): { debits: Amount[]; fen: number } {
    const own = new Map(granted.map(({ key, amount }) => [key, amount]))
    const drawn = (scope: Scope, counter: Omit<Amount, 'amount'>) =>
      settledOf(book.of(scope).rights, counter) - (own.get(counter.key) ?? 0)
    const used = pricing.counters(visit).map((counter): [string, number] => [counter.key, drawn(senior, counter)])
    const pots = pricing.pots(visit.date).map((counter): [string, number] => {
      const fund = potFundOf(counter.limit) ?? ''
      return [fund, Math.max(0, book.capOf(counter) - drawn(fund, counter))]
    })
    const whole = pricing.price(visit, {
      ...{ used: Object.fromEntries(used), rights: 'whole-cap', pots: Object.fromEntries(pots) },
    })
    const debits = whole.debits.map(debit => ({ ...debit, amount: debit.amount - (own.get(debit.key) ?? 0) }))
    return { debits: debits.filter(({ amount }) => amount > 0), fen: whole.subsidyFen - grantedFen }
  }

  /** Decides a claim as far as it can be decided: what others may still have drawn is asked back first. */
  function decide(sale: number): void {
    const claim = claims.get(sale)
    if (claim === undefined || claim.state !== 'open') return
    const { debits, fen } = due(claim)
    const { person, pots } = debitsByScope(debits)
    const wanted = new Map<Scope, readonly Amount[]>([[claim.senior, person], ...pots])
    const settled = new Map<Scope, Rights>()
    if (fen > 0)
      for (const [scope, amounts] of wanted) {
        const after = settlePending(book.of(scope).rights, amounts, book.capOf)
        if (after !== null) settled.set(scope, after)
        else {
          waitFor(scope, sale)
          const recalls = recallsOf(book.of(scope), '', amounts, book.capOf)
          if (recalls !== null) book.putTold(scope, withRecalls(book.of(scope), recalls))
        }
      }
    if (fen > 0 && settled.size < wanted.size) return
    for (const sales of waiting.values()) sales.delete(sale)
    if (fen <= 0) {
      claims.set(sale, { ...claim, state: 'nothing-due' })
      const ended = { counters: pricing.counters(claim.visit), taken: [] }
      book.put(claim.senior, withEnded(book.of(claim.senior), recordOf(sale), ended))
      parts.ended(claim)
      return
    }
    claims.set(sale, { ...claim, state: 'accepted', acceptedAt: parts.now(), subsidyFen: fen, debits })
    for (const [scope, rights] of settled) book.putRights(scope, rights)
    parts.accepted({ senior: claim.senior, visit: claim.visit, debits, fen })
    owe(sale, claim.senior, fen, debits)
    // What it took of a pot may have been the last: what waits for that is due nothing any more.
    for (const fund of pots.keys()) decideFor(fund)
  }

  /** Looks again at the claims that wait for what a scope lacked, in the order of their coming, until one still lacks it. */
  function decideFor(scope: Scope): void {
    for (const sale of [...(waiting.get(scope) ?? [])]) {
      decide(sale)
      if (typeof scope === 'string' && claims.get(sale)?.state === 'open') return
    }
  }

  function owe(sale: number, senior: number, fen: number, debits: readonly Amount[]): void {
    const lease = book.of(senior)
    // A right without an end: it waits until the senior comes.
    const owed = { of: recordOf(sale), subsidies: [{ fund: payer, fen }], debits: [...debitsByScope(debits).person] }
    book.put(senior, { ...lease, owed: { ...lease.owed, [owedKeyOf(sale)]: owed } })
    const home = parts.homeOf(senior)
    if (home !== null) book.tell(home, senior)
  }

  /** A sale was voided: its claim is no more asked for, and what an accepted one took is free once nobody can pay it any more. */
  function drop(sale: number): void {
    voided.add(sale)
    const claim = claims.get(sale)
    if (claim === undefined || claim.state === 'void' || claim.state === 'paid') return
    const { senior } = claim
    claims.set(sale, { ...claim, state: 'void' })
    book.putTold(senior, withoutClaim(book.of(senior), recordOf(sale)))
    const home = parts.homeOf(senior)
    if (claim.state === 'accepted' && home !== null) book.tell(home, senior)
    letGo(senior)
  }

  /** Frees what claims of voided sales took that nobody can pay any more. */
  function letGo(senior: number): void {
    const { lease, freed } = withoutWithdrawn(book.of(senior))
    book.put(senior, lease)
    for (const { of } of freed) {
      const claim = claims.get(saleOf(of))
      if (claim === undefined) continue
      const { visit, debits, subsidyFen } = claim
      const { pots } = debitsByScope(debits)
      for (const [fund, amounts] of pots) book.putRights(fund, unsettlePending(book.of(fund).rights, amounts))
      parts.dropped({ senior, visit, debits, fen: subsidyFen })
      for (const fund of pots.keys()) decideFor(fund)
    }
  }

  return {
    all: claims,
    /** Takes a claim; one that comes again, by another record, is the same claim, and is not new. */
    take({ id, kind, ...claim }: Pending): boolean {
      if (claims.has(claim.sale)) return false
      claims.set(claim.sale, { ...claim, acceptedAt: null, subsidyFen: 0, debits: [], state: 'open' })
      decide(claim.sale)
      return true
    },
    decideFor,
    drop,
    letGo,
    /** Something of a senior was taken back: claims that ended with nothing due while it stood are decided again. */
    lookAgain(senior: number, before: Rights): void {
      const { lease, records } = lookedAtAgain(before, book.of(senior))
      book.put(senior, lease)
      for (const sale of records.map(saleOf)) {
        const claim = claims.get(sale)
        if (claim !== undefined) claims.set(sale, { ...claim, state: 'open' })
        decide(sale)
      }
    },
    /** A payout was recorded, or taken back because nobody got it. */
    paid(senior: number, debits: readonly Amount[], sign: 1 | -1): void {
      for (const { key } of debits.filter(isOwed)) {
        const claim = claims.get(saleOf(key))
        if (claim === undefined) continue
        claims.set(claim.sale, { ...claim, state: sign === 1 ? 'paid' : 'accepted' })
        if (sign === 1) book.put(senior, withoutOwed(book.of(senior), key))
        else owe(claim.sale, senior, claim.subsidyFen, claim.debits)
        if (sign === -1 && voided.has(claim.sale)) drop(claim.sale)
      }
    },
  }
}
