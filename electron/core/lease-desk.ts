import { addDays, type BusinessDate } from '../../shared/business-day.ts'
import { recordId, type SeniorId } from '../../shared/ids.ts'
import {
  type Amount,
  amountsOf,
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
import { rightsOf, totalsFor } from '../../shared/leases/rules.ts'
import { isOwed, type LeaseWord, type OwedClaim } from '../../shared/leases/word.ts'
import { quote } from '../../shared/policy/quote.ts'
import { type AskBody, askReply } from '../../shared/province-api.ts'
import type { LedgerRecord, SeniorRef } from '../../shared/record.ts'
import type { Clock } from './clock.ts'
import type { Priced } from './price-visit.ts'
import type { Lease, Leases } from './store/leases.ts'
import type { Ledger } from './store/ledger.ts'
import type { HeldPolicy } from './store/policies.ts'
import type { Exchange } from './sync/exchange.ts'

/** How long a person at the till waits for the province's word on their rights (ms); then the claim is pending. */
const patience = 2000
/** Lines of periods that ended so many days ago are dropped: nothing draws on them any more. */
const keptDays = 2

type Debit = Extract<LedgerRecord, { kind: 'sale' }>['payload']['debits'][number]

/** An accepted claim that can be made good here and now, by the key of its right. */
export interface Owed extends OwedClaim {
  readonly key: string
}

export interface LeaseDesk {
  /** What a visit may draw of each of these counters. */
  rights(senior: SeniorRef, pack: string, counters: readonly Omit<Amount, 'amount'>[]): Record<string, number>
  owed(senior: SeniorRef, pack: string): Owed[]
  /** Draws on the lease inside the transaction of a record; false where it does not hold as much. */
  draw(
    senior: SeniorRef,
    pack: string,
    draw: { record: string; date: BusinessDate; amounts: readonly Amount[] },
  ): boolean
  /** Gives back inside the transaction of a void what the sale drew. */
  giveBack(senior: SeniorRef, pack: string, sale: string, debits: readonly Debit[]): void
  /** Takes the province's words, and answers what it wants back with records. */
  hear(words: readonly LeaseWord[]): Promise<void>
  /** Hands back the leases of visitors who did not come today. */
  turnDay(): Promise<void>
  /** Asks the province for the rights that a visit lacks. Nothing came of it where it is offline or does not answer in time. */
  ask(senior: { id: SeniorId }, priced: Priced): Promise<void>
}

export function createLeaseDesk(parts: {
  readonly leases: Leases
  readonly ledger: Ledger
  readonly clock: Clock
  policy(): HeldPolicy | null
  today(): BusinessDate
  refOf(senior: { id: SeniorId }): SeniorRef | null
  online(): boolean
  send(body: AskBody, patienceMs: number): Promise<Exchange>
  transaction(work: () => void): void
  /** Words came, and are stored. */
  onHeard(): void
}): LeaseDesk {
  const { leases, ledger } = parts

  /** Writes a record of rights with what it does to the lease. Call inside the ledger's turn. */
  async function record(
    senior: SeniorRef,
    pack: string,
    change: { change: 'release' | 'write-off'; entries: readonly Debit[]; epoch: number; recall: string | null },
    lease: Lease,
  ): Promise<void> {
    const policy = parts.policy()
    const hash = policy?.pack.id === pack ? policy.hash : null
    if (hash === null) {
      // The pack that the lease was of is not in use here: nothing can draw on it, and the lease stays until it is.
      leases.put(senior, pack, { ...lease, recall: leases.of(senior, pack).recall })
      return
    }
    const payload = {
      ...{ change: change.change, senior, policy: { pack, version: null, hash } },
      ...{ entries: [...change.entries], epoch: change.epoch, grant: change.recall },
    }
    for (;;) {
      const stored = await ledger.append(
        { kind: 'right-change', id: recordId.parse(parts.clock.mint()), at: parts.clock.now(), payload },
        {
          also() {
            leases.put(senior, pack, lease)
            return true
          },
        },
      )
      if (stored) return
    }
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
    const back = released(held, amountsOf(recall.amounts))
    const entries = back.amounts.map(({ limit, label, amount }) => ({ limit, label, unit: unitOf(limit), amount }))
    const change = { change: 'release' as const, entries, epoch: held.epoch, recall: recall.id }
    await record(senior, pack, change, { ...lease, held: back.holder, recall: recall.id })
  }

  function unitOf(limit: string): Debit['unit'] {
    const versions = parts.policy()?.pack.versions ?? []
    const isFen =
      versions.some(version => version.limits.some(({ id, unit }) => id === limit && unit === 'fen')) ||
      versions.some(version => version.allowances?.some(({ id }) => id === limit))
    return isFen ? 'fen' : 'count'
  }

  const isOpen = (held: Holder) => Object.keys(held.lines).some(key => left(held, counterOf(key)) > 0)

  async function hear(words: readonly LeaseWord[]): Promise<void> {
    for (const word of words) await ledger.inTurn(() => hearOne(word))
    if (words.length > 0) parts.onHeard()
  }

  return {
    rights(senior, pack, counters) {
      const all = rightsOf(leases.of(senior, pack).held, counters)
      return Object.fromEntries(Object.entries(all).filter(([, amount]) => amount > 0))
    },
    owed(senior, pack) {
      const { held, owed } = leases.of(senior, pack)
      return Object.entries(owed).flatMap(([key, claim]) => (left(held, counterOf(key)) > 0 ? [{ key, ...claim }] : []))
    },
    draw(senior, pack, { record: id, date, amounts }) {
      const lease = leases.of(senior, pack)
      const held = drawn(withoutPast(lease.held, addDays(date, -keptDays)), amounts)
      if (held === null) return false
      const spent = new Set(amounts.filter(isOwed).map(({ key }) => key))
      const owed = Object.fromEntries(Object.entries(lease.owed).filter(([key]) => !spent.has(key)))
      leases.put(senior, pack, { ...lease, held, owed, touchedOn: date })
      leases.drew(id, held.epoch)
      return true
    },
    giveBack(senior, pack, sale, debits) {
      const epoch = leases.epochOf(sale)
      if (epoch === null) return
      const lease = leases.of(senior, pack)
      leases.put(senior, pack, { ...lease, held: givenBack(lease.held, amountsOf(debits), epoch) })
    },
    hear,
    async turnDay() {
      const today = parts.today()
      await ledger.inTurn(async () => {
        for (const { senior, pack, ...lease } of leases.untouchedOn(today)) {
          if (lease.held.ahead !== null || !isOpen(lease.held)) continue
          const change = { change: 'write-off' as const, entries: [], epoch: lease.held.epoch, recall: null }
          await record(senior, pack, change, { ...lease, held: closed(lease.held), touchedOn: null })
        }
      })
    },
    async ask(senior, { inputs, quote: priced, policy }) {
      const ref = parts.refOf(senior)
      const generation = ledger.head()?.generation
      if (ref === null || generation === undefined || !parts.online()) return
      const { held } = leases.of(ref, policy.pack.id)
      // Somebody whose home is elsewhere may have a claim to be made good, which only the province knows of.
      if (priced.pendingFen === 0 && held.ahead !== null) return
      const debits = amountsOf(quote(policy.pack, { ...inputs, rights: 'whole-cap' }).debits)
      const plain = ({ limit, label, amount }: Amount) => ({ limit, label, amount })
      const reply = await parts.send(
        {
          ...{ senior: senior.id, pack: policy.pack.id, generation, epoch: held.epoch },
          ...{ totals: totalsFor(held, debits).map(plain), debits: debits.map(plain) },
        },
        patience,
      )
      const answer = reply.ok ? askReply.safeParse(reply.body) : null
      if (answer?.success && answer.data.word !== null) await hear([answer.data.word])
    },
  }
}
