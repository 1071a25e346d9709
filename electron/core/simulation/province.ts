import { addDays, type BusinessDate, lateDays } from '../../../shared/business-day.ts'
import type { Amount, CounterRef } from '../../../shared/leases/holder.ts'
import { debitsByScope } from '../../../shared/leases/pots.ts'
import { type HolderId, holderId, retired, settleDrawn, unsettle } from '../../../shared/leases/rights.ts'
import {
  afterClose,
  afterRelease,
  afterRestart,
  afterWriteOff,
  asked,
  type SeniorLease,
  withOwed,
} from '../../../shared/leases/senior-lease.ts'
import type { SimulatedSite } from './inhabitants.ts'
import type { Batch, Entry, Question, Scope, Word } from './messages.ts'
import type { Pricing } from './pricing.ts'
import { provinceBook } from './province-book.ts'
import { type Accepted, type Claim, provinceClaims } from './province-claims.ts'
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
  today(): BusinessDate
  /** A claim was decided in the senior's favour. */
  accepted(claim: Accepted): void
  /** A claim was decided, and nothing is due for it. */
  ended(claim: Claim): void
  /** An accepted claim that nobody paid fell away with its sale. */
  dropped(claim: Accepted): void
}) {
  const { pricing, sites, leases, siteOf } = parts
  const book = provinceBook({ pricing, potFen: parts.potFen, tills: siteOf.length, today: parts.today })
  const claims = provinceClaims({
    ...{ book, pricing, now: parts.now, accepted: parts.accepted, ended: parts.ended, dropped: parts.dropped },
    homeOf: senior => homes.homeOf(senior),
  })
  const homes = provinceHomes({
    ...{ book, pricing, sites, today: parts.today },
    homes: parts.homes.map(home => (leases ? home : null)),
  })
  /** The records of each generation of a till, by what stands for their hash. */
  const ledgers = new Map<HolderId, number[]>()
  const applied = new Set<number>()
  const quarantined = new Set<HolderId>()
  const notHeld: string[] = []
  const refilled = new Map<number, BusinessDate>()

  function apply(till: number, id: HolderId, entry: Entry): void {
    switch (entry.kind) {
      case 'sale':
        for (const [scope, amounts] of byScope(entry.senior, entry.debits)) {
          const { rights, beyond } = settleDrawn(book.of(scope).rights, id, amounts)
          book.putRights(scope, rights)
          for (const { key } of beyond) notHeld.push(`${scope}: ${id} drew ${key} without a right`)
        }
        claims.paid(entry.senior, entry.debits, 1)
        // Whoever drew the last of a pot ends what waited for it.
        for (const fund of debitsByScope(entry.debits).pots.keys()) claims.decideFor(fund)
        homes.seenAt(entry.senior, siteOf[till] ?? till)
        return
      case 'pending':
        if (claims.take(entry) && entry.granted.length === 0) homes.seenAt(entry.senior, siteOf[till] ?? till)
        return
      case 'void': {
        const before = book.of(entry.senior).rights
        for (const [scope, amounts] of byScope(entry.senior, entry.debits)) {
          const epoch = typeof scope === 'number' ? entry.epochs.person : (entry.epochs.pots[scope] ?? 0)
          book.putRights(scope, unsettle(book.of(scope).rights, id, amounts, epoch))
        }
        claims.paid(entry.senior, entry.debits, -1)
        claims.drop(entry.of)
        claims.lookAgain(entry.senior, before)
        for (const [scope] of byScope(entry.senior, entry.debits)) claims.decideFor(scope)
        return
      }
      case 'release':
        freeing(entry.scope, lease => afterRelease(lease, id, entry.amounts, entry))
        claims.decideFor(entry.scope)
        return
      case 'close': {
        freeing(entry.scope, lease => afterClose(lease, id, entry.epoch))
        const home = typeof entry.scope === 'number' ? homes.homeOf(entry.scope) : null
        if (typeof entry.scope === 'number' && home !== null && home !== till) homes.refill(entry.scope, home)
        claims.decideFor(entry.scope)
        return
      }
      case 'opened':
        open(till, id, entry.date)
    }
  }

  /** Something may have gone back: with it goes what claims of voided sales took, and what stood behind those is looked at again. */
  function freeing(scope: Scope, change: (lease: SeniorLease) => SeniorLease): void {
    const before = book.of(scope)
    book.put(scope, change(before))
    if (typeof scope !== 'number') return
    claims.letGo(scope)
    claims.lookAgain(scope, before.rights)
  }

  /** A till goes on from a backup: of what its lost disk held, the periods that it could not draw on yet are free. */
  function open(till: number, id: HolderId, date: BusinessDate): void {
    const generation = Number(id.split('#')[1])
    const before = holderId(String(till), generation - 1)
    const heardOn = addDays(book.heard.get(before) ?? firstDay, -1)
    const pots = new Map<string, CounterRef>()
    for (let day = addDays(heardOn, -lateDays); day <= date; day = addDays(day, 1))
      for (const counter of pricing.pots(day)) pots.set(counter.key, counter)
    for (const scope of book.scopes()) {
      const lease = book.of(scope)
      if (typeof scope === 'number')
        book.put(scope, afterRestart(lease, before, { heardOn, date, limitsOn: pricing.limits }))
      else book.putRights(scope, retired(lease.rights, before, [...pots.values()]))
    }
    book.opened(till, generation)
    if (leases && siteOf[till] === till) homes.refillSite(till)
    for (const scope of book.scopes()) claims.decideFor(scope)
  }

  /** Whether records that the backup of a restored till had are still on their way: what it voids may be among them. */
  function lacksBackup(till: number, generation: number, after: number): boolean {
    const before = holderId(String(till), generation - 1)
    return (ledgers.get(before)?.length ?? 0) < after && !quarantined.has(before)
  }

  function byScope(senior: number, debits: readonly Amount[]): [Scope, readonly Amount[]][] {
    const { person, pots } = debitsByScope(debits)
    return [[senior, person], ...pots]
  }

  return {
    book,
    claims: claims.all,
    quarantined,
    /** Draws that no right stood behind, as the province has it. */
    notHeld,
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
        if (entry.kind === 'opened' && lacksBackup(till, generation, entry.after)) break
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
      const today = parts.today()
      if (leases && siteOf[till] === till && refilled.get(till) !== today && !quarantined.has(book.idOf(till))) {
        refilled.set(till, today)
        homes.refillSite(till)
      }
      const news = book.news(till, cursor)
      // A payout is leased to a home that is on the line, and never to one that may not be heard again.
      for (const scope of news.scopes)
        if (typeof scope === 'number' && homes.homeOf(scope) === till)
          book.put(scope, withOwed(book.of(scope), book.idOf(till), book.capOf))
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
      for (const question of questions) {
        const { scope } = question
        book.putTold(scope, asked(book.of(scope), id, question, book.capOf))
        const holders = Object.keys(book.of(scope).recalls)
        for (const holder of holders) recallNow(book.tillOf(holder), scope)
        if (holders.length > 0)
          book.putTold(scope, asked(book.of(scope), id, { ...question, isSame: true }, book.capOf))
      }
      return questions.map(({ scope, debits }) => book.wordOf(till, scope, debits))
    },
    wordOf: (till: number, scope: Scope) => book.wordOf(till, scope),
    /** An operator gives up what a lost disk held. */
    giveUp(till: number, generation: number): void {
      const id = holderId(String(till), generation)
      for (const scope of book.scopes())
        if (Object.hasOwn(book.of(scope).rights.holders, id)) freeing(scope, lease => afterWriteOff(lease, id))
      for (const scope of book.scopes()) claims.decideFor(scope)
    },
  }
}
