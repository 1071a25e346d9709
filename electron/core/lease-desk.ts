import { addDays, type BusinessDate, labelEndsBefore } from '../../shared/business-day.ts'
import { fundId, type RecordId, recordId, type SeniorId } from '../../shared/ids.ts'
import { advanceLeft } from '../../shared/leases/advance-bounds.ts'
import {
  type Amount,
  amountsOf,
  at,
  type CounterRef,
  closed,
  counterOf,
  drawn,
  givenBack,
  type Holder,
  left,
  released,
  withGrant,
  withoutPast,
} from '../../shared/leases/holder.ts'
import type { PotStanding, PotStandings } from '../../shared/leases/pot-price.ts'
import { debitsByScope } from '../../shared/leases/pots.ts'
import { rightsOf, totalsFor } from '../../shared/leases/rules.ts'
import { keptDays } from '../../shared/leases/senior-lease.ts'
import { type AnyWord, isOwed, type LeaseWord, type OwedClaim, type PotWord } from '../../shared/leases/word.ts'
import { potCounter } from '../../shared/policy/counters.ts'
import type { PolicyPack } from '../../shared/policy/language.ts'
import { quote, versionInForce } from '../../shared/policy/quote.ts'
import type { Quote, QuoteInputs } from '../../shared/policy/quote-form.ts'
import { type AskBody, askReply } from '../../shared/province-api.ts'
import type { LedgerRecord, SeniorRef } from '../../shared/record.ts'
import type { Clock } from './clock.ts'
import type { Lease, Leases } from './store/leases.ts'
import type { Ledger } from './store/ledger.ts'
import type { HeldPolicy } from './store/policies.ts'
import type { Exchange } from './sync/exchange.ts'

/** How long a person at the till waits for the province's word on their rights (ms); then the claim is pending. */
const patience = 2000

interface Change {
  readonly change: 'release' | 'write-off'
  readonly entries: readonly Debit[]
  readonly epoch: number
  readonly recall: string | null
}

type Debit = Extract<LedgerRecord, { kind: 'sale' }>['payload']['debits'][number]

/** An accepted claim that can be made good here and now, by the key of its right. */
export interface Owed extends OwedClaim {
  readonly key: string
  /** The pack under which the right to pay it is leased. */
  readonly pack: string
}

/** What a visit would draw, by which pack, and of which funds the pot here holds less than that. */
export interface PriceToAsk {
  readonly inputs: QuoteInputs
  readonly quote: Quote
  readonly policy: HeldPolicy
  readonly short: readonly string[]
}

export interface LeaseDesk {
  /** What a visit may draw of each of these counters. */
  rights(senior: SeniorRef, pack: string, counters: readonly Omit<Amount, 'amount'>[]): Record<string, number>
  /** What records took of counters, by key, of which the province answered that they leave nothing; kept in memory until it is forgotten. */
  spent(senior: SeniorRef, pack: string): Readonly<Record<string, number>>
  /** What was used up may have come back by a void elsewhere: it is asked once more. */
  forgetSpent(senior: { id: SeniorId }): void
  /** Accepted claims of a senior that may be paid here, under whatever pack the sale was. */
  owed(senior: SeniorRef): Owed[]
  /** How the pots of a pack's funds stand here on a date. */
  pots(pack: PolicyPack, date: BusinessDate): PotStandings
  /**
   * Draws on the senior's lease and on tranches of pots inside the transaction of a record, all or nothing; false where one of them does not
   * hold as much. `senior` null: a guest, who draws on pots alone. `advanceFen`: the visit's subsidies, of which no right stands behind any.
   */
  draw(
    senior: SeniorRef | null,
    pack: string,
    draw: { record: string; date: BusinessDate; amounts: readonly Amount[]; advanceFen?: number },
  ): boolean
  /** Fen that may be given to a senior now without a right: nothing while there is a network, or where the policy lets nothing be given so. */
  advance(senior: SeniorRef, pack: PolicyPack, date: BusinessDate): number
  /** Gives back inside the transaction of a void what the sale drew. */
  giveBack(senior: SeniorRef | null, pack: string, sale: string, debits: readonly Debit[]): void
  /** Takes the province's words, and answers what it wants back with records. */
  hear(words: readonly AnyWord[]): Promise<void>
  /** Hands back the leases of visitors who did not come today. */
  turnDay(): Promise<void>
  /** Asks the province for the rights that a visit lacks. Nothing came of it where it is offline or does not answer in time. */
  ask(senior: { id: SeniorId }, priced: PriceToAsk): Promise<void>
}

export function createLeaseDesk(parts: {
  readonly leases: Leases
  readonly ledger: Ledger
  readonly clock: Clock
  /** The packs that the site prices by, as far as they have arrived, its own for meals first. */
  policies(): HeldPolicy[]
  /** A pack as it arrived here last, in use here or not. */
  policyOf(pack: string): HeldPolicy | null
  today(): BusinessDate
  refOf(senior: { id: SeniorId }): SeniorRef | null
  online(): boolean
  /** Up to where the province is known to hold this terminal's ledger. */
  acknowledged(): { readonly generation: number; readonly seq: number }
  send(body: AskBody, patienceMs: number): Promise<Exchange>
  /** The site bears a part of this sale's price: what funds pay of it afterwards is not the senior's. */
  isCarried(sale: RecordId, soldOn: BusinessDate): boolean
  /** Another till of the site refunds this sale. */
  refundedElsewhere(sale: RecordId): boolean
  transaction(work: () => void): void
  /** Words came, and are stored. */
  onHeard(): void
}): LeaseDesk {
  const { leases, ledger } = parts
  const spentOf = new Map<SeniorRef, ReadonlyMap<string, Readonly<Record<string, number>>>>()

  /** Writes a record of rights with what it does to the lease. Call inside the ledger's turn. */
  async function record(senior: SeniorRef, pack: string, change: Change, lease: Lease): Promise<void> {
    const policy = parts.policyOf(pack)
    if (policy !== null) await append(senior, policy, change, () => leases.put(senior, pack, lease))
    // The pack that the lease was of is not here: nothing can draw on it, and the lease stays until it is.
    else leases.put(senior, pack, { ...lease, recall: leases.of(senior, pack).recall })
  }

  async function append(senior: SeniorRef | null, policy: HeldPolicy, change: Change, keep: () => void): Promise<void> {
    const payload = {
      ...{ change: change.change, senior, policy: { pack: policy.pack.id, version: null, hash: policy.hash } },
      ...{ entries: [...change.entries], epoch: change.epoch, grant: change.recall },
    }
    for (;;) {
      const stored = await ledger.append(
        { kind: 'right-change', id: recordId.parse(parts.clock.mint()), at: parts.clock.now(), payload },
        {
          also() {
            keep()
            return true
          },
        },
      )
      if (stored) return
    }
  }

  /** A pot's word: its tranche as it stands, and what is asked back of it. That nothing is left is an answer too: of each counter 0. */
  async function hearPot({ fund, generation, grant, recall, elsewhere }: PotWord): Promise<void> {
    if (generation !== ledger.head()?.generation) return
    const before = leases.pots.of(fund)
    const since = addDays(parts.today(), -keptDays)
    const known = Object.entries({ ...before.elsewhere, ...elsewhere }).filter(
      ([key]) => !labelEndsBefore(counterOf(key).label, since),
    )
    const held = withoutPast(withGrant(before.held, grant), since)
    const lease = { ...before, held, elsewhere: Object.fromEntries(known) }
    const policies = parts.policies()
    const policy = policies.find(({ pack }) => pack.funds.some(({ id, pot }) => id === fund && pot)) ?? policies[0]
    if (recall === null || recall.id === before.recall || policy === undefined) {
      parts.transaction(() => leases.pots.put(fund, lease))
      return
    }
    const back = released(held, amountsOf(recall.amounts))
    const entries = recall.amounts.map(({ limit, label }) => {
      const amount = back.amounts.find(item => item.limit === limit && item.label === label)?.amount ?? 0
      return { limit, label, unit: 'fen' as const, amount }
    })
    const change = { change: 'release' as const, entries, epoch: held.epoch, recall: recall.id }
    const next = { ...lease, held: back.holder, recall: recall.id }
    await append(null, policy, change, () => leases.pots.put(fund, next))
  }

  async function hearOne(word: LeaseWord): Promise<void> {
    const senior = parts.refOf({ id: word.senior })
    if (senior === null || word.generation !== ledger.head()?.generation) return
    const { pack, recall } = word
    const before = leases.of(senior, pack)
    const held = withGrant(before.held, word.grant)
    const touchedOn = held.ahead === null ? parts.today() : before.touchedOn
    const lease: Lease = { ...before, held, owed: word.owed, touchedOn }
    if (recall === null || recall.id === before.recall || word.grant.epoch < before.held.epoch) {
      parts.transaction(() => leases.put(senior, pack, lease))
      return
    }
    if (recall.close) {
      const change = { change: 'write-off' as const, entries: [], epoch: held.epoch, recall: recall.id }
      return await record(senior, pack, change, { ...lease, held: closed(held), recall: recall.id })
    }
    const kept = withoutPast(held, addDays(parts.today(), -keptDays))
    const back = released(kept, amountsOf(recall.amounts))
    const entries = back.amounts.map(({ limit, label, amount }) => ({
      limit,
      label,
      unit: unitOf(pack, limit),
      amount,
    }))
    const change = { change: 'release' as const, entries, epoch: held.epoch, recall: recall.id }
    await record(senior, pack, change, { ...lease, held: back.holder, recall: recall.id })
  }

  function unitOf(pack: string, limit: string): Debit['unit'] {
    const versions = parts.policyOf(pack)?.pack.versions ?? []
    const isFen =
      versions.some(version => version.limits.some(({ id, unit }) => id === limit && unit === 'fen')) ||
      versions.some(version => version.allowances?.some(({ id }) => id === limit))
    return isFen ? 'fen' : 'count'
  }

  const isForVisits = (counter: CounterRef) => !isOwed(counter)
  const isOpen = (held: Holder, of = (_: CounterRef) => true) =>
    Object.keys(held.lines).some(key => of(counterOf(key)) && left(held, counterOf(key)) > 0)

  /** Whether the province is known to hold a record of this terminal. */
  function isKnown(id: string): boolean {
    const stored = ledger.byId(recordId.parse(id))?.record
    const { generation, seq } = parts.acknowledged()
    if (stored === undefined) return false
    return stored.generation < generation || (stored.generation === generation && stored.seq <= seq)
  }

  async function hear(words: readonly AnyWord[]): Promise<void> {
    for (const word of words) await ledger.inTurn(() => ('fund' in word ? hearPot(word) : hearOne(word)))
    if (words.length > 0) parts.onHeard()
  }

  return {
    rights(senior, pack, counters) {
      const all = rightsOf(leases.of(senior, pack).held, counters)
      return Object.fromEntries(Object.entries(all).filter(([, amount]) => amount > 0))
    },
    spent: (senior, pack) => spentOf.get(senior)?.get(pack) ?? {},
    forgetSpent(senior) {
      const ref = parts.refOf(senior)
      if (ref !== null) spentOf.delete(ref)
    },
    owed(senior) {
      // A sale that was taken back here, or by another till of the site, is owed nothing, also before the province has said so.
      const isCarried = (of: RecordId) => {
        const sold = ledger.byId(of)?.record
        return sold !== undefined && parts.isCarried(sold.id, sold.businessDate)
      }
      const stands = ({ of }: OwedClaim) =>
        ledger.reversalOf(of) === null && !parts.refundedElsewhere(of) && !isCarried(of)
      return leases
        .ofSenior(senior)
        .flatMap(({ pack, held, owed }) =>
          Object.entries(owed).flatMap(([key, claim]) =>
            left(held, counterOf(key)) > 0 && stands(claim) ? [{ key, pack, ...claim }] : [],
          ),
        )
    },
    pots(pack, date) {
      const standings = pack.funds.flatMap(({ id }): [string, PotStanding][] => {
        const counter = potCounter(pack, id, date)
        if (counter === null) return []
        const { held, elsewhere } = leases.pots.of(id)
        const there = at(elsewhere, counter.key)
        const leftFen = there === null ? null : Math.max(0, left(held, counter))
        return [[id, { leftFen, isLast: there === 0 }]]
      })
      return Object.fromEntries(standings)
    },
    advance(senior, pack, date) {
      const rule = versionInForce(pack, date)?.offline
      if (rule?.mode !== 'bounded' || parts.online()) return 0
      const unheard = leases.advances.unheard().filter(given => !isKnown(given.record))
      const sum = (given: typeof unheard) => given.reduce((total, { fen }) => total + fen, 0)
      return advanceLeft(rule, {
        dayFen: leases.advances.onDay(senior, pack.id, date),
        seniorFen: sum(unheard.filter(given => given.senior === senior)),
        terminalFen: sum(unheard),
      })
    },
    draw(senior, pack, { record: id, date, amounts, advanceFen }) {
      const { person: ofPerson, pots } = debitsByScope(amounts)
      const person = advanceFen === undefined ? ofPerson : []
      const lease = senior === null ? null : leases.of(senior, pack)
      const held = lease && drawn(withoutPast(lease.held, addDays(date, -keptDays)), person)
      const tranches = [...pots].map(([fund, debits]) => {
        const pot = leases.pots.of(fund)
        const isUnbound = debits.every(({ key }) => at(pot.elsewhere, key) === null)
        return { fund, pot, isUnbound, after: isUnbound ? pot.held : drawn(pot.held, debits) }
      })
      if ((held === null && person.length > 0) || tranches.some(({ after }) => after === null)) return false
      if (senior !== null && lease !== null && held !== null && person.length > 0) {
        const spent = new Set(person.filter(isOwed).map(({ key }) => key))
        const owed = Object.fromEntries(Object.entries(lease.owed).filter(([key]) => !spent.has(key)))
        leases.put(senior, pack, { ...lease, held, owed, touchedOn: date })
        leases.drew(id, held.epoch)
      }
      if (senior !== null && advanceFen !== undefined) leases.advances.add(id, senior, pack, date, advanceFen)
      for (const { fund, pot, isUnbound, after } of tranches) {
        if (isUnbound || after === null) continue
        leases.pots.put(fund, { ...pot, held: after })
        leases.pots.drew(id, fund, after.epoch)
      }
      return true
    },
    giveBack(senior, pack, sale, debits) {
      const { person, pots } = debitsByScope(amountsOf(debits))
      for (const [fund, amounts] of pots) {
        const potEpoch = leases.pots.epochOf(sale, fund)
        const pot = leases.pots.of(fund)
        if (potEpoch !== null) leases.pots.put(fund, { ...pot, held: givenBack(pot.held, amounts, potEpoch) })
      }
      const epoch = leases.epochOf(sale)
      if (senior === null || epoch === null) return
      const lease = leases.of(senior, pack)
      leases.put(senior, pack, { ...lease, held: givenBack(lease.held, person, epoch) })
    },
    hear,
    async turnDay() {
      const today = parts.today()
      for (const { record: id } of leases.advances.unheard()) if (isKnown(id)) leases.advances.heard(id)
      await ledger.inTurn(async () => {
        for (const { senior, pack, ...lease } of leases.untouchedOn(today)) {
          if (lease.held.ahead !== null || !isOpen(lease.held)) continue
          // Of a member it keeps what it may pay, whatever the pack.
          if (!isOpen(lease.held, isForVisits) && leases.ofSenior(senior).some(({ held }) => held.ahead !== null))
            continue
          const change = { change: 'write-off' as const, entries: [], epoch: lease.held.epoch, recall: null }
          await record(senior, pack, change, { ...lease, held: closed(lease.held), touchedOn: null })
        }
      })
    },
    async ask(senior, { inputs, quote: priced, policy, short }) {
      const ref = parts.refOf(senior)
      const generation = ledger.head()?.generation
      if (ref === null || generation === undefined) return
      const { held } = leases.of(ref, policy.pack.id)
      // Somebody whose home is elsewhere may have a claim to be made good, which only the province knows of.
      if (priced.pendingFen === 0 && short.length === 0 && held.ahead !== null) return
      const { pots: _, unproven: __, advance: ___, ...whole } = { ...inputs, rights: 'whole-cap' as const }
      const { person, pots } = debitsByScope(amountsOf(quote(policy.pack, whole).debits))
      const plain = ({ limit, label, amount }: Amount) => ({ limit, label, amount })
      const about = (holder: Holder, debits: readonly Amount[]) => ({
        ...{ totals: totalsFor(holder, debits).map(plain), debits: debits.map(plain) },
      })
      const asked = [...pots].flatMap(([fund, debits]) =>
        short.includes(fund) ? [{ fund: fundId.parse(fund), ...about(leases.pots.of(fund).held, debits) }] : [],
      )
      const reply = await parts.send(
        {
          ...{ senior: senior.id, pack: policy.pack.id, generation, epoch: held.epoch, ...about(held, person) },
          ...(asked.length === 0 ? {} : { pots: asked }),
        },
        patience,
      )
      const answer = reply.ok ? askReply.safeParse(reply.body) : null
      if (!answer?.success) return
      const { word, pots: told, spent = [] } = answer.data
      const taken = Object.fromEntries(amountsOf(spent).map(({ key, amount }) => [key, amount]))
      spentOf.set(ref, new Map([...(spentOf.get(ref) ?? []), [policy.pack.id, taken]]))
      await hear([...(word === null ? [] : [word]), ...told])
    },
  }
}
