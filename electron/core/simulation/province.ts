import { addDays, type BusinessDate, meal } from '../../../shared/business-day.ts'
import { type Amount, type CounterRef, left } from '../../../shared/leases/holder.ts'
import { debitsByScope } from '../../../shared/leases/pots.ts'
import {
  grantTotals,
  grantUpTo,
  type HolderId,
  holderId,
  holderOf,
  retired,
  settleClosed,
  settleDrawn,
  settledOf,
  settleReleased,
  unsettle,
} from '../../../shared/leases/rights.ts'
import { recallsFor } from '../../../shared/leases/rules.ts'
import { dateAt, type SimulatedSite } from './inhabitants.ts'
import type { Batch, Entry, Question, Scope, Word } from './messages.ts'
import type { Pricing } from './pricing.ts'
import { provinceBook } from './province-book.ts'
import { type Accepted, provinceClaims } from './province-claims.ts'
import { provinceHomes } from './province-homes.ts'
import { firstDay } from './world.ts'

export type SimulatedProvince = ReturnType<typeof simulatedProvince>

/** The province of a simulation: the rules of `shared/leases` over seniors and pots in memory. */
export function simulatedProvince(parts: {
  readonly pricing: Pricing
  readonly potFen: Readonly<Record<string, number>>
  readonly sites: readonly SimulatedSite[]
  /** The site of each till: first the first till of every site, in their order, then the second ones. */
  readonly siteOf: readonly number[]
  readonly homes: readonly number[]
  /** False: nothing is granted ahead. */
  readonly leases: boolean
  now(): number
  /** A claim was decided in the senior's favour. */
  accepted(claim: Accepted): void
}) {
  const { pricing, sites, leases, siteOf } = parts
  const book = provinceBook({ pricing, potFen: parts.potFen, tills: siteOf.length })
  const claims = provinceClaims({
    ...{ book, pricing, now: parts.now, accepted: parts.accepted },
    homeOf: senior => homes.homeOf(senior),
  })
  const homes = provinceHomes({
    ...{ book, pricing, sites, today: () => dateAt(parts.now()) },
    homes: parts.homes.map(home => (leases ? home : null)),
  })
  /** The records of each generation of a till, by what stands for their hash. */
  const ledgers = new Map<HolderId, number[]>()
  const applied = new Set<number>()
  const quarantined = new Set<HolderId>()
  const refilled = new Map<number, BusinessDate>()

  function apply(till: number, id: HolderId, entry: Entry): void {
    switch (entry.kind) {
      case 'sale':
        for (const [scope, amounts] of byScope(entry.senior, entry.debits)) {
          const state = book.of(scope)
          state.rights = settleDrawn(state.rights, id, amounts).rights
        }
        claims.paid(entry.senior, entry.debits, 1)
        homes.seenAt(entry.senior, siteOf[till] ?? till)
        return
      case 'pending':
        if (claims.take(entry) && entry.granted.length === 0) homes.seenAt(entry.senior, siteOf[till] ?? till)
        return
      case 'void':
        for (const [scope, amounts] of byScope(entry.senior, entry.debits)) {
          const state = book.of(scope)
          const epoch = typeof scope === 'number' ? entry.epochs.person : (entry.epochs.pots[scope] ?? 0)
          state.rights = unsettle(state.rights, id, amounts, epoch)
          claims.decideFor(scope)
        }
        claims.paid(entry.senior, entry.debits, -1)
        claims.drop(entry.of)
        return
      case 'release': {
        const state = book.of(entry.scope)
        state.rights = settleReleased(state.rights, id, entry.amounts)
        book.answered(entry.scope, id, entry.amounts)
        claims.decideFor(entry.scope)
        return
      }
      case 'close': {
        const state = book.of(entry.scope)
        state.rights = settleClosed(state.rights, id, entry.epoch)
        state.recalls.delete(id)
        if (typeof entry.scope === 'number') {
          const home = homes.homeOf(entry.scope)
          if (home !== null && home !== till) homes.refill(entry.scope, home)
        }
        claims.decideFor(entry.scope)
        return
      }
      case 'opened':
        open(till, id, entry.date)
    }
  }

  /** A till goes on from a backup: of what its lost disk held, the periods that it could not draw on yet are free. */
  function open(till: number, id: HolderId, date: BusinessDate): void {
    const generation = Number(id.split('#')[1])
    const before = holderId(String(till), generation - 1)
    const touchable = new Map<string, CounterRef>()
    for (let day = addDays(book.heard.get(before) ?? firstDay, -1); day <= date; day = addDays(day, 1)) {
      const ofDay = meal.options.flatMap(name => pricing.counters({ date: day, meal: name }))
      for (const counter of [...ofDay, ...pricing.pots(day)]) touchable.set(counter.key, counter)
    }
    const { person, pots } = debitsByScope([...touchable.values()])
    for (const scope of book.scopes()) {
      const state = book.of(scope)
      state.rights = retired(state.rights, before, typeof scope === 'number' ? person : (pots.get(scope) ?? []))
    }
    book.opened(till, generation)
    if (leases && siteOf[till] === till) homes.refillSite(till)
    for (const scope of book.scopes()) claims.decideFor(scope)
  }

  function byScope(senior: number, debits: readonly Amount[]): [Scope, readonly Amount[]][] {
    const { person, pots } = debitsByScope(debits)
    return [[senior, person], ...pots]
  }

  return {
    book,
    claims: claims.all,
    quarantined,
    hasApplied: (entry: Entry) => applied.has(entry.id),
    /**
     * Takes a batch of a till's ledger: what it has is passed over, a gap waits, and another record in the place of one that it has shows a
     * copied disk, of which nothing more is taken. Answers how far it has got.
     */
    push(till: number, { generation, date, from, entries }: Batch): number {
      const id = holderId(String(till), generation)
      const ledger = ledgers.get(id) ?? []
      ledgers.set(id, ledger)
      for (const [place, entry] of entries.entries()) {
        const seq = from + place
        if (seq < ledger.length && ledger[seq] !== entry.id) quarantined.add(id)
        if (seq !== ledger.length || quarantined.has(id)) continue
        ledger.push(entry.id)
        applied.add(entry.id)
        apply(till, id, entry)
      }
      const heard = book.heard.get(id)
      book.heard.set(id, heard !== undefined && heard > date ? heard : date)
      return ledger.length
    },
    /** What is new for a till since its cursor. */
    pull(till: number, cursor: number): { words: Word[]; cursor: number } {
      const today = dateAt(parts.now())
      if (leases && siteOf[till] === till && refilled.get(till) !== today && !quarantined.has(book.idOf(till))) {
        refilled.set(till, today)
        homes.refillSite(till)
      }
      const news = book.news(till, cursor)
      // A payout is leased to a home that is on the line, and never to one that may not be heard again.
      for (const scope of news.scopes)
        if (typeof scope === 'number' && homes.homeOf(scope) === till) claims.grantOwed(scope, till)
      return { words: [...news.scopes].map(scope => book.wordOf(till, scope)), cursor: news.cursor }
    },
    /** Asks for what a visit lacks. `recallNow` reaches the tills that hold it, where it can. */
    ask(
      till: number,
      generation: number,
      questions: readonly Question[],
      recallNow: (till: number, scope: Scope) => void,
    ): Word[] {
      const id = book.idOf(till)
      if (holderId(String(till), generation) !== id || quarantined.has(id)) return []
      for (const { scope, epoch, totals, debits } of questions) {
        const state = book.of(scope)
        const fetch = (wanted: readonly Amount[]) => {
          const recalls = recallsFor(state.rights, id, wanted, book.capOf)
          if (recalls === null || recalls.size === 0) return
          book.recall(scope, recalls)
          for (const holder of recalls.keys()) recallNow(book.tillOf(holder), scope)
        }
        // No more than all that records leave: of a limit that pays its rest, that is what the visit is to get.
        const undrawn = debits.map(item => ({
          ...item,
          amount: Math.min(item.amount, Math.max(0, book.capOf(item) - settledOf(state.rights, item))),
        }))
        const all = grantTotals(state.rights, id, epoch, totals, book.capOf)
        if (all !== null) state.rights = all
        else {
          fetch(undrawn)
          state.rights = grantUpTo(state.rights, id, epoch, totals, book.capOf)
        }
        if (typeof scope === 'number' && claims.lacksOwed(scope, till)) {
          fetch(claims.owedTo(scope).filter(item => left(holderOf(state.rights, id), item) === 0))
          claims.grantOwed(scope, till)
        }
      }
      return questions.map(({ scope, debits }) => book.wordOf(till, scope, debits))
    },
    wordOf: (till: number, scope: Scope) => book.wordOf(till, scope),
    /** An operator gives up what a lost disk held. */
    giveUp(till: number, generation: number): void {
      book.giveUp(holderId(String(till), generation))
      for (const scope of book.scopes()) claims.decideFor(scope)
    },
  }
}
