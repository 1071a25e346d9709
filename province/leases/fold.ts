import type { PoolClient } from 'pg'
import { businessDateOf } from '../../shared/business-day.ts'
import { type SeniorId, type SiteId, seniorId, type TerminalId } from '../../shared/ids.ts'
import type { CounterRef } from '../../shared/leases/holder.ts'
import { potFundOf } from '../../shared/leases/pots.ts'
import { type CapOf, type HolderId, holderId, outstanding } from '../../shared/leases/rights.ts'
import { leasedThrough } from '../../shared/leases/rules.ts'
import { afterRestart } from '../../shared/leases/senior-lease.ts'
import { isOwed } from '../../shared/leases/word.ts'
import { greatestCap } from '../../shared/policy/counters.ts'
import type { LedgerRecord, OpenedInputs } from '../../shared/record.ts'
import type { Arrival } from '../bookings.ts'
import { wentBackAt } from '../feed-epochs.ts'
import type { Keyring } from '../keys.ts'
import { boundAdvances } from './advances.ts'
import { capsOfVisit, limitsAt, peopleOf, siteOf } from './caps.ts'
import { bookOverrun, decideClaims, openAgain, openClaims, whoCame } from './claims.ts'
import { foldMadeGood } from './fold-made-good.ts'
import { foldPotRelease, foldRightChange } from './fold-rights.ts'
import { foldSale } from './fold-sale.ts'
import { foldDoubtedBack, foldTakenBack } from './fold-taken-back.ts'
import type { Folding, Settled } from './folding.ts'
import { heldBefore } from './held-before.ts'
import { bookPayouts, holdTakenBack } from './payouts.ts'
import { fundsWithPots, potAmounts, potCaps } from './pots.ts'
import { claimsOf, doubtedBacks, payoutsOf, soldBefore } from './sold.ts'
import {
  homeHolderOf,
  knownPots,
  lockLeases,
  partsOf,
  potSubject,
  type SeniorSubject,
  seniorsByRef,
  terminalsOf,
} from './states.ts'
import { salesInDoubt, withdrawnIn } from './withdrawn.ts'

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
  const wentBack = await wentBackAt(client)
  const advances = await boundAdvances(client, from, arrivals, opened, wentBack)
  const place = await siteOf(client, site)
  // What was leased before the province went back tills may draw on until that lease ends.
  const forgotten =
    wentBack === null || place === null ? null : leasedThrough(place.leaseClass, businessDateOf(wentBack))
  const mayBeForgotten = (record: LedgerRecord) => forgotten !== null && record.businessDate <= forgotten
  const people = await peopleOf(
    client,
    subjects.flatMap((subject, at) => {
      const record = records[at]
      const isAsked = opened[at]?.inputs.quote.rights === 'whole-cap' || (record && mayBeForgotten(record))
      return (isAsked && subject?.senior) || []
    }),
  )
  const doubted = arrivals.map(({ record, code }) => (code === null ? null : record))
  const folding: Folding = {
    ...{ from, id, book, sold, goods, named, potSince, mayBeForgotten },
    capOfPot: potCaps(potFen),
    first: await firstOf(client, from),
    houses: await terminalsOf(client, site),
    capOf(arrival, { senior }) {
      const person = people.get(senior)?.person
      const { countable, pack } = arrival
      return countable && pack && person && place
        ? capsOfVisit(limitsAt(pack, person, place), countable.date)
        : widestCap(arrival)
    },
    doubtedHere: await doubtedBacks(client, from, doubted),
    inDoubt: await salesInDoubt(
      client,
      seniors.flatMap(subject => withdrawnIn(book.of(subject))),
    ),
    touched: new Map(),
    claims: [],
    lines: [],
    takenBack: [],
    again: [],
    paidBefore: [],
    paidAfter: new Map(),
    freed: new Set(),
    drawnOn: new Map(),
  }
  const { takenBack, paidBefore, paidAfter, freed } = folding
  const folded = arrivals.map((arrival, at): Settled => {
    const { record, countable, code, item } = arrival
    const subject = subjects[at] ?? null
    if (record === null) return { ...arrival, leaseEpoch: null, drewPots: [] }
    if (record.kind === 'key-change' && record.payload.reason === 'restored') {
      for (const { subject: whose, id: old, ...known } of lost)
        book.put(whose, afterRestart(book.of(whose), old, { ...known, date: record.businessDate }))
    } else if (countable !== null) {
      const isAdvance = subject !== null && advances.has(at)
      return foldSale(folding, { arrival, record, countable, subject, opened: opened[at] ?? null, isAdvance })
    } else if (record.kind === 'void' || record.kind === 'refund') {
      if (code === null) return foldTakenBack(folding, arrival, record)
      if (folding.doubtedHere.has(item.seq)) return foldDoubtedBack(folding, arrival, record)
    } else if (record.kind === 'right-change') {
      const { senior, change } = record.payload
      if (senior === null && change === 'release') return foldPotRelease(folding, arrival, record)
      if (subject !== null) return foldRightChange(folding, arrival, record, subject)
    } else if (record.kind === 'made-good') return foldMadeGood(folding, arrival, record)
    return { ...arrival, leaseEpoch: null, drewPots: [] }
  })
  // What took the sale back was heard before the payout: now it waits for a person, as if it had come after.
  const result = folded.map((arrival): Settled => {
    const { record, code, item } = arrival
    if (record?.kind !== 'void' && record?.kind !== 'refund') return arrival
    if (code !== null && !folding.doubtedHere.has(item.seq)) return arrival
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
  for (const [fund, counters] of folding.drawnOn) if (counters.some(isLast(fund))) freed.add(fund)
  await openClaims(client, folding.claims)
  await closeClaims(client, site, result)
  await openAgain(client, folding.again)
  for (const { senior, of, ...by } of takenBack)
    await bookOverrun(client, { record: of, senior, site }, [], { terminal, generation, ...by })
  const sound = result.flatMap(({ record, code }) => (code === null ? [record] : []))
  for (const { senior, record, of } of paidBefore)
    for (const paid of await payoutsOf(client, { senior, of }, sound))
      for (const { fund, fen } of paid.subsidies)
        folding.lines.push({ senior, record, site: paid.site, fund, fen: -fen, held: true })
  await bookPayouts(client, from, folding.lines)
  for (const [of, paid] of paidAfter) await holdTakenBack(client, of, paid, sound)
  await holdLines(client, from, arrivals, result)
  return {
    settled: result,
    freed: () => freed,
    async finish() {
      await decideClaims(client, keys, book, [...folding.touched.values()])
      await book.store()
    },
  }
}

/** Who holds at a terminal's site what is leased ahead: a generation that is heard for the first time is not known there yet. */
async function firstOf(
  client: PoolClient,
  { terminal, generation, site }: { readonly terminal: TerminalId; readonly generation: number; readonly site: SiteId },
): Promise<HolderId> {
  const first = await homeHolderOf(client, site)
  if (first === null) return holderId(terminal, generation)
  const known = partsOf(first)
  return known.terminal === terminal ? holderId(terminal, Math.max(generation, known.generation)) : first
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
