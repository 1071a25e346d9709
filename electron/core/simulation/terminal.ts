import { addDays, type BusinessDate } from '../../../shared/business-day.ts'
import {
  type Amount,
  at,
  closed,
  counterOf,
  emptyHolder,
  givenBack,
  type Holder,
  left,
  released,
  withGrant,
  withoutPast,
} from '../../../shared/leases/holder.ts'
import { debitsByScope, drawnWithPots, potFundOf, potsLeft } from '../../../shared/leases/pots.ts'
import { rightsOf, totalsFor } from '../../../shared/leases/rules.ts'
import { keptDays } from '../../../shared/leases/senior-lease.ts'
import type { Entry, Epochs, Question, Scope, Word } from './messages.ts'
import type { Means, Price, Pricing, SimulatedVisit } from './pricing.ts'
import {
  copyOf,
  freshKnown,
  freshState,
  generationOf,
  type Known,
  restoredFrom,
  type Served,
  type TerminalState,
  unsentOf,
} from './terminal-state.ts'
import { firstDay } from './world.ts'

/** The province at the other end of the line. Null: no answer came. */
export interface Asking {
  ask(questions: readonly Question[]): readonly Word[] | null
}

/** An entry without its id. */
type Writing<T = Entry> = T extends unknown ? Omit<T, 'id'> : never

export type SimulatedTerminal = ReturnType<typeof simulatedTerminal>

/** The terminal of a simulation: the rules of `shared/leases` over a disk in memory. */
export function simulatedTerminal(parts: {
  readonly pricing: Pricing
  /** Whether it is the first till of its site and holds tranches of pots from day to day. */
  readonly keepsPots: boolean
  /** Most that may be given to one senior without a right: a day, and until the province was heard; null where nothing may. */
  readonly bounded: { readonly dayFen: number; readonly untilSyncFen: number } | null
  mint(): number
  readonly disk?: TerminalState
}) {
  const { pricing, bounded, mint } = parts
  let disk = parts.disk ?? freshState()

  const of = (senior: number): Known => {
    const found = disk.known.get(senior) ?? freshKnown()
    disk.known.set(senior, found)
    return found
  }
  const write = (entry: Writing) => generationOf(disk).entries.push({ ...entry, id: mint() })
  const heldOf = (scope: Scope): Holder =>
    typeof scope === 'number' ? of(scope).held : (disk.pots.get(scope) ?? emptyHolder)
  function hold(scope: Scope, held: Holder): void {
    if (typeof scope === 'number') of(scope).held = held
    else disk.pots.set(scope, held)
  }

  function close(scope: Scope): void {
    const held = heldOf(scope)
    write({ kind: 'close', scope, epoch: held.epoch })
    hold(scope, closed(held))
  }

  /** Rights of those whose home is elsewhere go back when the day is over, so that no right is stranded here. A day never goes back. */
  function turnDay(date: BusinessDate): void {
    if (disk.today !== null && disk.today >= date) return
    disk.today = date
    const since = addDays(date, -keptDays)
    const isOpen = (held: Holder) => Object.keys(held.lines).some(key => left(held, counterOf(key)) > 0)
    for (const [senior, known] of disk.known) {
      known.held = withoutPast(known.held, since)
      if (known.held.ahead === null && known.touchedOn !== date && isOpen(known.held)) close(senior)
    }
    for (const [fund, held] of disk.pots) {
      disk.pots.set(fund, withoutPast(held, since))
      if (!parts.keepsPots && disk.potsTouchedOn !== date && isOpen(held)) close(fund)
    }
  }

  const dayOf = (date: BusinessDate) => (disk.today !== null && disk.today > date ? disk.today : date)

  /** A word of the province, in whatever order it comes. What was said to another generation is not for this one. */
  function hear({ scope, generation, grant, recall, owed, used, elsewhere }: Word): void {
    if (generation !== generationOf(disk).generation) return
    const before = heldOf(scope)
    hold(scope, withGrant(before, grant))
    if (typeof scope === 'number') {
      const known = of(scope)
      known.owed = owed
      known.boldFen = 0
      for (const [key, amount] of Object.entries(used)) known.told.set(key, amount)
    } else disk.elsewhere = { ...disk.elsewhere, ...elsewhere }
    if (recall === null || grant.epoch < before.epoch || disk.answered.get(scope) === recall.id) return
    disk.answered.set(scope, recall.id)
    if (recall.close) {
      close(scope)
      return
    }
    const { holder, amounts } = released(heldOf(scope), recall.amounts)
    hold(scope, holder)
    // Nothing left is an answer too: the province asks no longer.
    write({ kind: 'release', scope, amounts, recall: recall.id, on: disk.today ?? firstDay })
  }

  function usedOf(known: Known, visit: SimulatedVisit): Record<string, number> {
    const counters = pricing.counters(visit)
    return Object.fromEntries(
      counters.map(({ key }) => [key, Math.max(known.own.get(key) ?? 0, known.told.get(key) ?? 0)]),
    )
  }

  function meansOf(known: Known, visit: SimulatedVisit): Means {
    const rights = rightsOf(known.held, pricing.counters(visit))
    return { used: usedOf(known, visit), rights, pots: potsLeft(pricing.pack, visit.date, disk.pots) }
  }

  /** Whether a price lacks money of a pot of which there may be some elsewhere. Where there is none, the price stands. */
  function lacksPot({ short }: Price, visit: SimulatedVisit): boolean {
    return pricing
      .pots(visit.date)
      .some(({ key, limit }) => short.includes(potFundOf(limit) ?? '') && at(disk.elsewhere, key) !== 0)
  }

  function questions(senior: number, known: Known, visit: SimulatedVisit): Question[] {
    const { debits } = pricing.price(visit, { used: usedOf(known, visit), rights: 'whole-cap' })
    const { person, pots } = debitsByScope(debits)
    const about = (scope: Scope, amounts: readonly Amount[]): Question => {
      const held = heldOf(scope)
      return { scope, epoch: held.epoch, totals: totalsFor(held, amounts), debits: amounts }
    }
    return [about(senior, person), ...[...pots].map(([fund, amounts]) => about(fund, amounts))]
  }

  const epochsNow = (person: number): Epochs => ({
    person,
    pots: Object.fromEntries([...disk.pots].map(([fund, { epoch }]) => [fund, epoch])),
  })

  function use(known: Known, debits: readonly Amount[], sign: 1 | -1): void {
    for (const { key, amount } of debitsByScope(debits).person)
      known.own.set(key, Math.max(0, (known.own.get(key) ?? 0) + sign * amount))
  }

  function keep(known: Known, held: { person: Holder; pots: ReadonlyMap<string, Holder> }): void {
    known.held = held.person
    for (const [fund, pot] of held.pots) disk.pots.set(fund, pot)
  }

  /** Gives what no right stands behind, as far as `bounded` lets it; null where it does not. Pots are held to all the same. */
  function serveBoldly(known: Known, visit: SimulatedVisit): Omit<Served, 'sale' | 'asked' | 'generation'> | null {
    if (bounded === null) return null
    const today = known.boldDay?.date === visit.date ? known.boldDay.fen : 0
    const most = Math.max(0, Math.min(bounded.dayFen - today, bounded.untilSyncFen - known.boldFen))
    if (most === 0) return null
    const counters = pricing.counters(visit)
    const rights = Object.fromEntries(counters.map(item => [item.key, Math.max(left(known.held, item), most)]))
    const priced = pricing.price(visit, { ...meansOf(known, visit), rights })
    const pots = drawnWithPots(
      emptyHolder,
      disk.pots,
      priced.debits.filter(({ limit }) => potFundOf(limit) !== null),
    )
    if (priced.pendingFen > 0 || priced.subsidyFen === 0 || priced.short.length > 0 || pots === null) return null
    keep(known, { person: known.held, pots: pots.pots })
    known.boldFen += priced.subsidyFen
    known.boldDay = { date: visit.date, fen: today + priced.subsidyFen }
    return { ...priced, madeGood: [], epochs: epochsNow(0), boldFen: priced.subsidyFen }
  }

  /** Serves what the rights that are here prove, with the payouts that are due. */
  function serveByRights(known: Known, priced: Price): Omit<Served, 'sale' | 'asked' | 'generation'> {
    const due = Object.keys(known.owed).filter(key => left(known.held, counterOf(key)) > 0)
    const madeGood = due.map(key => ({ ...counterOf(key), amount: 1 }))
    const next = drawnWithPots(known.held, disk.pots, [...priced.debits, ...madeGood])
    if (next === null) throw new Error('a quote drew more than its rights')
    keep(known, next)
    return { ...priced, madeGood, epochs: epochsNow(known.held.epoch), boldFen: 0 }
  }

  return {
    /** The business date that the terminal goes by where its clock shows a date: never an earlier one than before. */
    dayOf,
    unsent: () => unsentOf(disk),
    acknowledge(generation: number, through: number) {
      const ledger = disk.ledgers.find(item => item.generation === generation)
      if (ledger === undefined) return
      const { ended, entries, acknowledged } = ledger
      // Of more records than there are here, somebody else wrote the rest under this name: then they stay to be sent, and show it. Of a
      // generation that a backup ended, the rest is what was lost with the disk.
      if (ended !== null || through <= entries.length)
        ledger.acknowledged = Math.max(acknowledged, Math.min(through, entries.length))
    },
    cursor: () => disk.cursor,
    generation: () => generationOf(disk).generation,
    hear,
    /** A page of news, and how far it went: the cursor moves with what it brought. */
    hearAll(words: readonly Word[], cursor: number) {
      for (const word of words) hear(word)
      disk.cursor = Math.max(disk.cursor, cursor)
    },
    turnDay,
    backup: () => copyOf(disk),
    /** Goes on as a copy of another's disk. */
    become(other: TerminalState) {
      disk = other
    },
    /** Goes on from a backup; answers the records that are lost with the disk, all generations'. */
    restore(backup: TerminalState, date: BusinessDate): Entry[] {
      const kept = new Set(backup.ledgers.flatMap(({ entries }) => entries.map(({ id }) => id)))
      const lost = disk.ledgers.flatMap(({ entries }) => entries.filter(({ id }) => !kept.has(id)))
      const voided = new Set(lost.flatMap(entry => (entry.kind === 'void' ? [entry.of] : [])))
      const slips = lost.filter(
        entry => entry.kind === 'pending' && entry.granted.length === 0 && !voided.has(entry.sale),
      )
      disk = restoredFrom(backup, dayOf(date), mint, slips)
      return lost
    },
    /** The entries of the disk that the province never acknowledged. */
    unheard: () => unsentOf(disk).flatMap(({ entries }) => entries),
    /** Serves a visit by the rights that are here, those that the province gives now, or none: then the claim is pending. */
    serve(senior: number, sale: number, visit: SimulatedVisit, province: Asking | null): Served {
      turnDay(visit.date)
      const today = dayOf(visit.date)
      const known = of(senior)
      // A page that confirms again hears what it was told: nothing is sold twice.
      if (known.last?.sale === sale) return known.last
      known.touchedOn = today
      disk.potsTouchedOn = today
      let priced = pricing.price(visit, meansOf(known, visit))
      const asked = province !== null && (priced.pendingFen > 0 || lacksPot(priced, visit) || known.held.ahead === null)
      if (asked) {
        for (const word of province.ask(questions(senior, known, visit)) ?? []) hear(word)
        priced = pricing.price(visit, meansOf(known, visit))
      }
      if (lacksPot(priced, visit)) {
        const whole = pricing.price(visit, { used: usedOf(known, visit), rights: 'whole-cap' })
        priced = { ...priced, subsidyFen: 0, debits: [], pendingFen: whole.subsidyFen }
      }
      const served = (priced.pendingFen > 0 ? serveBoldly(known, visit) : null) ?? serveByRights(known, priced)
      use(known, served.debits, 1)
      const debits = [...served.debits, ...served.madeGood]
      if (debits.length > 0) write({ kind: 'sale', senior, sale, debits })
      if (served.pendingFen > 0)
        write({ kind: 'pending', senior, sale, visit, granted: served.debits, grantedFen: served.subsidyFen })
      known.last = { ...served, sale, asked, generation: generationOf(disk).generation }
      return known.last
    },
    /**
     * Voids a sale: the meal alone, or also the payouts that came with it, where nobody was told of either. False where the disk that was
     * restored knows nothing of it. What a generation before drew, this one gets nothing back of.
     */
    undo(
      senior: number,
      { sale, generation, debits: ofMeal, madeGood, epochs: drawnIn }: Served,
      what: 'meal' | 'all',
    ): boolean {
      const known = of(senior)
      const isOwn = generation === generationOf(disk).generation
      if (!isOwn && !disk.ledgers.some(({ entries }) => entries.some(entry => 'sale' in entry && entry.sale === sale)))
        return false
      const epochs = isOwn ? drawnIn : { person: 0, pots: {} }
      const debits = what === 'meal' ? ofMeal : [...ofMeal, ...madeGood]
      use(known, ofMeal, -1)
      const { person, pots } = debitsByScope(debits)
      known.held = givenBack(known.held, person, epochs.person)
      for (const [fund, amounts] of pots) hold(fund, givenBack(heldOf(fund), amounts, epochs.pots[fund] ?? 0))
      write({ kind: 'void', senior, of: sale, debits, epochs })
      return true
    },
    /** What the terminal may still draw of a scope; a test looks at it. */
    heldOf,
  }
}
