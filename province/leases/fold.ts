import type { PoolClient } from 'pg'
import { z } from 'zod'
import { type BusinessDate, businessDate, businessDateOf } from '../../shared/business-day.ts'
import { type SeniorId, type SiteId, seniorId, type TerminalId } from '../../shared/ids.ts'
import type { LimitsOn } from '../../shared/leases/cap-day.ts'
import { type Amount, amountsOf, type CounterRef, counterOf } from '../../shared/leases/holder.ts'
import { debitsByScope, potFundOf } from '../../shared/leases/pots.ts'
import {
  type CapOf,
  free,
  type HolderId,
  holderId,
  holderOf,
  outstanding,
  type Rights,
  settleDrawn,
  settledOf,
  settleUnleased,
  unsettle,
  wasLeased,
} from '../../shared/leases/rights.ts'
import type { LimitCap } from '../../shared/leases/rules.ts'
import {
  afterClose,
  afterRelease,
  afterRestart,
  seenAt,
  withoutClaim,
  withoutOwed,
} from '../../shared/leases/senior-lease.ts'
import { isOwed, owedKey } from '../../shared/leases/word.ts'
import { greatestCap } from '../../shared/policy/counters.ts'
import type { LedgerRecord, OpenedInputs } from '../../shared/record.ts'
import type { Arrival } from '../bookings.ts'
import { select } from '../database.ts'
import type { VerdictCode } from '../examine.ts'
import type { Keyring } from '../keys.ts'
import { currentPack } from '../policies.ts'
import { boundAdvances } from './advances.ts'
import { capsOfVisit, limitsAt, peopleOf, siteOf } from './caps.ts'
import { bookOverrun, decideClaims, openAgain, openClaims, whoCame } from './claims.ts'
import { bookPayouts, holdTakenBack, type PaidAfter, type PayoutLine } from './payouts.ts'
import { fundsWithPots, potAmounts } from './pots.ts'
import { claimsOf, doubtedBacks, payoutsOf, soldBefore, sumOf } from './sold.ts'
import {
  isSenior,
  knownPots,
  lockLeases,
  partsOf,
  potSubject,
  type SeniorSubject,
  type Subject,
  scopeId,
  seniorsByRef,
  terminalsOf,
} from './states.ts'
import { freeWithdrawn, notWithdrawn, salesInDoubt, withdrawnIn } from './withdrawn.ts'

/** An arrival after its rights were settled. `leaseEpoch`: which lease of its terminal it drew on; `drewPots`: on whose tranches. */
export interface Settled extends Arrival {
  readonly leaseEpoch: number | null
  readonly drewPots: readonly string[]
}

/** Tranches of pots are never closed: their epoch stays the first. */
const potEpoch = 1

/**
 * Folds new records of one terminal over the leases that they touch, in their order: the province comes to the terminal's own lines, only
 * later. A sale that drew what no right stood behind gets RIGHT_NOT_HELD; claims are opened and decided as far as they can be. `freed`: the
 * funds of whose pots something came free, or all that tills held was drawn.
 */
export async function foldLeases(
  client: PoolClient,
  keys: Keyring,
  from: { readonly terminal: TerminalId; readonly generation: number; readonly site: SiteId },
  arrivals: readonly Arrival[],
  opened: readonly (OpenedInputs | null)[],
): Promise<{ settled: Settled[]; finish: () => Promise<void>; freed: () => ReadonlySet<string> }> {
  const { terminal, generation, site } = from
  const id = holderId(terminal, generation)
  const records = arrivals.map(({ record }) => record)
  const came = await Promise.all(
    arrivals.map(async (arrival, at): Promise<SeniorId | null> => {
      const known = seniorId.safeParse(arrival.senior)
      if (known.success) return known.data
      const inputs = opened[at]
      return arrival.countable?.claimPending && arrival.code === null && inputs
        ? await whoCame(client, inputs.inputs)
        : null
    }),
  )
  const named = await seniorsByRef(
    client,
    site,
    arrivals.flatMap(({ record }) =>
      (record?.kind === 'right-change' && record.payload.senior !== null) || record?.kind === 'made-good'
        ? [String(record.payload.senior)]
        : [],
    ),
  )
  const sold = await soldBefore(client, from, records)
  const isRestart = arrivals.some(({ record }) => record?.kind === 'key-change' && record.payload.reason === 'restored')
  const lost = isRestart ? await heldBefore(client, from) : []
  const subjectOf = (senior: SeniorId | null | undefined, pack: string): SeniorSubject | null =>
    senior === null || senior === undefined ? null : { senior, pack }
  const subjects = arrivals.map(({ record, countable }, at): SeniorSubject | null => {
    if (countable !== null) return subjectOf(came[at], countable.policy.pack)
    if (record?.kind === 'right-change')
      return subjectOf(named.get(String(record.payload.senior)), record.payload.policy.pack)
    return null
  })
  const goods = await claimsOf(
    client,
    arrivals.flatMap(({ record }) => (record?.kind === 'made-good' ? [record.payload.of] : [])),
  )
  const seniors = [
    ...subjects.filter(subject => subject !== null),
    ...[...sold.values()].flatMap(({ subject }) => subject ?? []),
    ...goods.values(),
  ]
  const potted = new Set([
    ...(await fundsWithPots(
      client,
      seniors.map(({ pack }) => pack),
    )),
    ...[...arrivals.flatMap(debitsIn), ...[...sold.values()].flatMap(({ debits }) => debits)].flatMap(
      ({ limit }) => potFundOf(limit) ?? [],
    ),
    // An accepted claim may have taken of a pot that no policy names any more.
    ...(sold.size > 0 || arrivals.some(mayEndPayouts) ? await knownPots(client) : []),
  ])
  const book = await lockLeases(client, [
    ...seniors,
    ...lost.map(({ subject }) => subject),
    ...[...potted].map(potSubject),
  ])
  const { fen: potFen, since: potSince } = await potAmounts(client, [...potted])
  const freed = new Set<string>()
  const advances = await boundAdvances(client, from, arrivals, opened)
  const drawnOn = new Map<string, readonly CounterRef[]>()
  /** Folds a change over a pot's rights. */
  const change = (fund: string, to: (kept: Rights) => Rights) => {
    const pot = potSubject(fund)
    book.put(pot, { ...book.of(pot), rights: to(book.of(pot).rights) })
  }
  const giveBackPots = (amounts: ReadonlyMap<string, readonly Amount[]>, drew: readonly string[]) => {
    for (const [fund, debits] of amounts) {
      change(fund, kept => unsettle(kept, id, debits, drew.includes(fund) ? potEpoch : null))
      freed.add(fund)
    }
  }
  const houses = await terminalsOf(client, site)
  const place = await siteOf(client, site)
  const people = await peopleOf(
    client,
    subjects.flatMap((subject, at) => (opened[at]?.inputs.quote.rights === 'whole-cap' && subject?.senior) || []),
  )
  const capOf = (arrival: Arrival, { senior }: SeniorSubject): CapOf => {
    const person = people.get(senior)?.person
    const { countable, pack } = arrival
    return countable && pack && person && place
      ? capsOfVisit(limitsAt(pack, person, place), countable.date)
      : widestCap(arrival)
  }
  const doubted = arrivals.map(({ record, code }) => (code === null ? null : record))
  const doubtedHere = await doubtedBacks(client, from, doubted)
  const inDoubt = await salesInDoubt(
    client,
    seniors.flatMap(subject => withdrawnIn(book.of(subject))),
  )
  const touched = new Map<string, SeniorSubject>()
  const touch = (subject: SeniorSubject) => touched.set(`${subject.senior}|${subject.pack}`, subject)
  const claims: Parameters<typeof openClaims>[1][number][] = []
  const lines: PayoutLine[] = []
  const takenBack: { senior: SeniorId; of: string; seq: number; on: string }[] = []
  const again: string[] = []
  const paidBefore: { senior: SeniorId; record: LedgerRecord; of: string }[] = []
  /** Sales that were taken back before the payout of their claim was heard. */
  const paidAfter = new Map<string, PaidAfter>()
  /** Frees what withdrawn claims took that nobody can pay any more; claims that stood behind them are open again. */
  const letGo = (subject: SeniorSubject, before: Rights) => {
    const { records, funds } = freeWithdrawn(book, subject, before, inDoubt)
    again.push(...records)
    for (const fund of funds) freed.add(fund)
  }
  const folded = arrivals.map((arrival, at): Settled => {
    const { record, countable, code, item } = arrival
    const subject = subjects[at] ?? null
    const same: Settled = { ...arrival, leaseEpoch: null, drewPots: [] }
    if (record === null) return same
    if (record.kind === 'key-change' && record.payload.reason === 'restored') {
      for (const { subject: whose, id: old, ...known } of lost)
        book.put(whose, afterRestart(book.of(whose), old, { ...known, date: record.businessDate }))
      return same
    }
    if (countable !== null) {
      const isAdvance = subject !== null && advances.has(at)
      /** What nobody approved is not paid by a claim either. */
      const mayOpen = (final: VerdictCode | null) => final === null && !countable.held
      const claim = (final: VerdictCode | null) => {
        const place = [terminal, generation, item.seq] as const
        const about = { record: record.id, senior: subject?.senior ?? null, pack: countable.policy.pack }
        const state = mayOpen(final) ? 'open' : 'held'
        if (countable.claimPending || (isAdvance && mayOpen(final)))
          claims.push({ ...about, place, site, date: countable.date, state, advanced: !countable.claimPending })
      }
      const { person: debits, pots } = debitsByScope(amountsOf(countable.debits))
      const drewPots: string[] = []
      const givenFen = sumOf(countable.subsidies)
      let beyondPots = false
      for (const [fund, amounts] of pots) {
        drawnOn.set(fund, [...(drawnOn.get(fund) ?? []), ...amounts])
        // A till that was told of no bound drew on no tranche.
        if (!Object.hasOwn(opened[at]?.inputs.quote.pots ?? {}, fund)) {
          change(fund, kept => settleUnleased(kept, amounts))
          beyondPots ||= amounts.some(({ key }) => record.at >= (potSince.get(key) ?? Number.POSITIVE_INFINITY))
          continue
        }
        const drawn = settleDrawn(book.of(potSubject(fund)).rights, id, amounts)
        change(fund, () => drawn.rights)
        drewPots.push(fund)
        beyondPots ||= drawn.beyond.some(({ key }) => potSince.has(key))
      }
      const ofPots: VerdictCode | null = code ?? (beyondPots ? 'RIGHT_NOT_HELD' : null)
      if (subject === null) {
        claim(ofPots)
        sold.set(record.id, { subject, debits: amountsOf(countable.debits), epoch: null, drewPots, givenFen })
        return { ...same, code: ofPots, drewPots }
      }
      touch(subject)
      const lease = book.of(subject)
      const epoch = isAdvance ? null : holderOf(lease.rights, id).epoch
      // Given without a right it takes the counters when it is decided; where it is doubted, at once.
      const undrawn = mayOpen(ofPots) ? lease.rights : settleUnleased(lease.rights, debits)
      const { rights, beyond } = isAdvance ? { rights: undrawn, beyond: [] } : settleDrawn(lease.rights, id, debits)
      const isOwnHouse = lease.home !== null && houses.has(partsOf(lease.home).terminal)
      const here = { ...lease, rights, elsewhere: null }
      const seen = isOwnHouse ? { lease: here, tell: [] } : seenAt({ ...lease, rights }, id)
      const isUnleased = opened[at]?.inputs.quote.rights === 'whole-cap' && !wasLeased(lease.rights, id)
      const isFree =
        isUnleased && debits.every(debit => debit.amount <= free(lease.rights, debit, capOf(arrival, subject)))
      const found: VerdictCode | null = beyond.length > 0 && !isFree ? 'RIGHT_NOT_HELD' : null
      const final = ofPots ?? found
      claim(final)
      const isOpen = (countable.claimPending || isAdvance) && mayOpen(final)
      const open = isOpen ? [...seen.lease.open, record.id] : seen.lease.open
      book.put(subject, { ...seen.lease, open })
      book.tell(subject, seen.tell)
      sold.set(record.id, { subject, debits: amountsOf(countable.debits), epoch, drewPots, givenFen })
      return { ...arrival, code: final, leaseEpoch: debits.length > 0 ? epoch : null, drewPots }
    }
    if ((record.kind === 'void' || record.kind === 'refund') && code === null) {
      const { of } = record.payload
      const sale = sold.get(of)
      if (sale === undefined) return same
      const { person, pots } = debitsByScope(sale.debits)
      const isVoid = record.kind === 'void'
      if (sale.subject === null) {
        if (isVoid) giveBackPots(pots, sale.drewPots)
        return same
      }
      const { senior } = sale.subject
      touch(sale.subject)
      // What a doubted record withdrew before it this one withdraws for good.
      const before = notWithdrawn(book.of(sale.subject), of)
      // The person has the money of the claim: nobody but a person can say whether it came back.
      if (settledOf(before.rights, { key: owedKey(of) }) > 0) {
        paidBefore.push({ senior, record, of })
        return { ...same, code: 'CLAIM_PAID' }
      }
      if (isVoid) giveBackPots(pots, sale.drewPots)
      // What was given in advance and is not decided took nothing yet. A refund gives money back, never a right: it takes that now.
      const tookNothing = sale.epoch === null && before.open.includes(of)
      const { lease, tell } = withoutClaim(before, of, isVoid ? sale.debits : [])
      const refunded = tookNothing ? settleUnleased(lease.rights, person) : lease.rights
      const voided = tookNothing ? lease.rights : unsettle(lease.rights, id, person, sale.epoch)
      const rights = isVoid ? voided : refunded
      book.put(sale.subject, { ...lease, rights })
      book.tell(sale.subject, tell)
      letGo(sale.subject, before.rights)
      if (isVoid || sumOf(record.payload.subsidies) === sale.givenFen)
        takenBack.push({ senior, of, seq: item.seq, on: record.businessDate })
      if (lease.home !== null) book.tell(sale.subject, [lease.home])
      return same
    }
    // While it is in doubt whether the sale was taken back, its claim waits: an accepted one is asked back, and a payout held beside what is doubted.
    if ((record.kind === 'void' || record.kind === 'refund') && doubtedHere.has(item.seq)) {
      const { of } = record.payload
      const whose = sold.get(of)?.subject ?? null
      if (whose === null) return same
      const before = book.of(whose)
      if (settledOf(before.rights, { key: owedKey(of) }) > 0) {
        paidBefore.push({ senior: whose.senior, record, of })
        paidAfter.delete(of)
      }
      if (before.owed[owedKey(of)] === undefined) return same
      const { lease, tell } = withoutClaim(before, of)
      inDoubt.add(of)
      book.put(whose, lease)
      book.tell(whose, lease.home === null ? tell : [...tell, lease.home])
      return same
    }
    if (record.kind === 'right-change' && record.payload.senior === null && record.payload.change === 'release') {
      const { entries, grant } = record.payload
      for (const [fund, amounts] of debitsByScope(amountsOf(entries)).pots) {
        const pot = potSubject(fund)
        book.put(pot, afterRelease(book.of(pot), id, amounts, { recall: grant, on: record.businessDate }))
        freed.add(fund)
      }
      return same
    }
    if (record.kind === 'right-change' && subject !== null) {
      touch(subject)
      const { change, entries, epoch, grant } = record.payload
      const lease = book.of(subject)
      if (change === 'release')
        book.put(subject, afterRelease(lease, id, amountsOf(entries), { recall: grant, on: record.businessDate }))
      if (change === 'write-off') {
        book.put(subject, afterClose(lease, id, epoch))
        if (lease.home !== null) book.tell(subject, [lease.home])
      }
      letGo(subject, lease.rights)
      return same
    }
    if (record.kind === 'made-good') {
      const claim = goods.get(record.payload.of)
      const senior = named.get(record.payload.senior) ?? null
      if (claim === undefined || (senior !== null && claim.senior !== senior))
        return { ...same, senior, code: code ?? 'RIGHT_NOT_HELD' }
      const key = owedKey(record.payload.of)
      const lease = book.of(claim)
      const right = { ...counterOf(key), amount: 1 }
      const { rights, beyond } = settleDrawn(lease.rights, id, [right])
      const withdrawn = lease.withdrawn[key]
      const owed = lease.owed[key] ?? withdrawn
      const isHeld = beyond.length === 0
      const fits = isHeld && JSON.stringify(owed?.subsidies) === JSON.stringify(record.payload.subsidies)
      const found = code ?? (fits ? null : 'RIGHT_NOT_HELD')
      // What is doubted takes nothing off what is owed (`decidePayout`); a right that its till had is spent until then.
      if (found === null) book.put(claim, withoutOwed({ ...lease, rights }, key))
      else if (isHeld) book.put(claim, { ...lease, rights })
      if (withdrawn !== undefined && found === null) {
        for (const [fund, amounts] of debitsByScope(withdrawn.gaveBack).pots)
          change(fund, kept => settleUnleased(kept, amounts))
        paidAfter.set(record.payload.of, { ...claim, gaveBack: withdrawn.gaveBack })
      }
      const about = { senior: claim.senior, record, site, held: found !== null }
      for (const { fund, fen } of record.payload.subsidies) lines.push({ ...about, fund, fen })
      return { ...same, senior: claim.senior, code: found }
    }
    return same
  })
  // What took the sale back was heard before the payout: now it waits for a person, as if it had come after.
  const result = folded.map((arrival): Settled => {
    const { record, code, item } = arrival
    if (record?.kind !== 'void' && record?.kind !== 'refund') return arrival
    if (code !== null && !doubtedHere.has(item.seq)) return arrival
    const paid = paidAfter.get(record.payload.of)
    if (paid === undefined) return arrival
    paidBefore.push({ senior: paid.senior, record, of: record.payload.of })
    takenBack.splice(0, takenBack.length, ...takenBack.filter(({ seq }) => seq !== item.seq))
    paidAfter.delete(record.payload.of)
    return { ...arrival, code: code ?? 'CLAIM_PAID' }
  })
  // Who draws the last that any till held of a pot ends what waits for it: nothing more comes back.
  const isLast = (fund: string) => (counter: CounterRef) =>
    Object.hasOwn(potFen, counter.key) && outstanding(book.of(potSubject(fund)).rights, counter) === 0
  for (const [fund, counters] of drawnOn) if (counters.some(isLast(fund))) freed.add(fund)
  await openClaims(client, claims)
  await closeClaims(client, site, result)
  await openAgain(client, again)
  for (const { senior, of, ...by } of takenBack)
    await bookOverrun(client, { record: of, senior, site }, [], { terminal, generation, ...by })
  const sound = result.flatMap(({ record, code }) => (code === null ? [record] : []))
  for (const { senior, record, of } of paidBefore)
    for (const paid of await payoutsOf(client, { senior, of }, sound))
      for (const { fund, fen } of paid.subsidies)
        lines.push({ senior, record, site: paid.site, fund, fen: -fen, held: true })
  await bookPayouts(client, from, lines)
  for (const [of, paid] of paidAfter) await holdTakenBack(client, of, paid, sound)
  await holdLines(client, from, arrivals, result)
  return {
    settled: result,
    freed: () => freed,
    async finish() {
      await decideClaims(client, keys, book, [...touched.values()])
      await book.store()
    },
  }
}

/** What a limit gives anybody, where the person is not known any more. */
function widestCap({ countable, pack }: Arrival): CapOf {
  const version = pack?.versions.find(({ id }) => id === countable?.policy.version)
  const limits = [...(version?.limits ?? []), ...(version?.allowances ?? [])]
  return ({ limit }) => {
    const found = limits.find(({ id }) => id === limit)
    return found === undefined ? 0 : greatestCap(found.cap)
  }
}

/** Whether a record may hand back the right to pay a claim. */
function mayEndPayouts({ record }: Arrival): boolean {
  return (
    record?.kind === 'right-change' && (record.payload.change === 'write-off' || record.payload.entries.some(isOwed))
  )
}

/** The counters that a record speaks of. */
function debitsIn({ record, countable }: Arrival): readonly { readonly limit: string }[] {
  if (countable !== null) return countable.debits
  return record?.kind === 'right-change' && record.payload.senior === null ? record.payload.entries : []
}

interface HeldBefore {
  readonly subject: Subject
  readonly id: HolderId
  readonly heardOn: BusinessDate
  readonly limitsOn: LimitsOn
}

/** What earlier generations of a terminal held, with the limits of each senior. */
async function heldBefore(
  client: PoolClient,
  { terminal, generation, site }: { readonly terminal: TerminalId; readonly generation: number; readonly site: SiteId },
): Promise<HeldBefore[]> {
  const rows = await select(
    client,
    z.object({ senior_id: scopeId, pack_id: z.string(), generation: z.int(), heard_on: businessDate.nullable() }),
    `select n.senior_id, n.pack_id, n.generation, w.heard_on from lease_news n
       left join watermark w using (terminal_id, generation) where n.terminal_id = $1 and n.generation < $2`,
    [terminal, generation],
  )
  const place = await siteOf(client, site)
  const people = await peopleOf(
    client,
    rows.flatMap(row => seniorId.safeParse(row.senior_id).data ?? []),
  )
  const today = businessDateOf(Date.now())
  const held: HeldBefore[] = []
  for (const row of rows) {
    const subject: Subject = { senior: row.senior_id, pack: row.pack_id }
    const pack = isSenior(subject) ? await currentPack(client, row.pack_id) : null
    const person = isSenior(subject) ? people.get(subject.senior)?.person : undefined
    const ofPerson = pack !== null && place !== null && person ? limitsAt(pack, person, place) : () => []
    const limitsOn = isSenior(subject) ? ofPerson : () => potLimits(row.senior_id)
    held.push({ subject, id: holderId(terminal, row.generation), heardOn: row.heard_on ?? today, limitsOn })
  }
  return held
}

/** A pot as a limit, in whatever period packs had it. */
function potLimits(limit: string): LimitCap[] {
  return (['day', 'week', 'month', 'year'] as const).map(period => ({ limit, period, cap: 0 }))
}

/** Writes down which claims ended with these records. */
async function closeClaims(client: PoolClient, site: SiteId, settled: readonly Settled[]): Promise<void> {
  const sound = settled.flatMap(({ record, code }) => (record !== null && code === null ? [record] : []))
  const paid = sound.flatMap(record => (record.kind === 'made-good' ? [record.payload.of] : []))
  // Who got the money of a meal back is owed no difference of it.
  const taken = sound.flatMap(record => (record.kind === 'void' || record.kind === 'refund' ? [record.payload.of] : []))
  if (paid.length > 0)
    await client.query(
      "update claim set state = 'made-good', made_good_at = now(), made_good_site = $2 where record_id = any($1)",
      [paid, site],
    )
  if (taken.length > 0)
    await client.query("update claim set state = 'void' where record_id = any($1) and state <> 'made-good'", [taken])
}

/** Holds the claim lines of sales that turned out to have no right behind them. */
async function holdLines(
  client: PoolClient,
  { terminal, generation }: { readonly terminal: TerminalId; readonly generation: number },
  arrivals: readonly Arrival[],
  settled: readonly Settled[],
): Promise<void> {
  const doubted = settled.flatMap(({ code, countable, item }, at) =>
    countable !== null && code !== null && arrivals[at]?.code === null ? [item.seq] : [],
  )
  if (doubted.length === 0) return
  await client.query('update claim_line set held = true where terminal_id = $1 and generation = $2 and seq = any($3)', [
    terminal,
    generation,
    doubted,
  ])
}
