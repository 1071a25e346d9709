import { z } from 'zod'
import { addDays, type BusinessDate, daysBetween, labelEndsBefore, lateDays } from '../business-day.ts'
import type { Site } from '../site.ts'
import type { LimitsOn } from './cap-day.ts'
import { type Amount, counterOf, left, withoutPast } from './holder.ts'
import { debitsByScope } from './pots.ts'
import {
  type CapOf,
  grantOf,
  grantUpTo,
  type HolderId,
  holderOf,
  leaseAhead,
  noRights,
  outstanding,
  retired,
  rights,
  rightsWithoutOld,
  rightsWithoutPast,
  settleClosed,
  settledOf,
  settleReleased,
  settleUnleased,
  topUp,
  unsettlePending,
  writeOff,
} from './rights.ts'
import { aheadFor, countersOn, daysLeft, recallsFor, reserveOf } from './rules.ts'
import { type LeaseWord, owedClaim, owedKey } from './word.ts'

const amount = z.strictObject({ key: z.string(), limit: z.string(), label: z.string(), amount: z.int().nonnegative() })

/** An accepted claim, with what it took of the counters. */
export const acceptedClaim = owedClaim.extend({ debits: z.array(amount) })
export type AcceptedClaim = z.infer<typeof acceptedClaim>

/** An accepted claim of a sale that was taken back, while somebody may have paid it all the same. `gaveBack`: what the sale itself drew and a void gave back. */
export const withdrawnClaim = acceptedClaim.extend({ gaveBack: z.array(amount) })
export type WithdrawnClaim = z.infer<typeof withdrawnClaim>

/** A claim that was decided without a payout: the counters that its visit looked at, and what the decision took of them for what was given in advance. */
export const endedClaim = z.strictObject({ counters: z.array(z.string()), taken: z.array(amount) })
export type EndedClaim = z.infer<typeof endedClaim>

/** All that the province keeps of one senior under one pack: rights, what it wants back and from whom, and the claims that wait. */
export const seniorLease = z.strictObject({
  rights,
  /** Who holds periods ahead. */
  home: z.string().nullable(),
  /** The member's site in the roster when it leased to them last. Visits elsewhere move the home; another site in the roster does so too. */
  rosterSite: z.string().nullable().default(null),
  /** Where the senior was seen last, away from home: two visits in a row at one place make it the home. */
  elsewhere: z.string().nullable(),
  recalls: z.record(z.string(), z.strictObject({ id: z.string(), close: z.boolean(), amounts: z.array(amount) })),
  /** The number of the last recall: each has one of its own, so that an answer says which one it answers (`withoutUsedNumbers`). */
  recalled: z.int().nonnegative(),
  /** Records whose claim is not decided yet. */
  open: z.array(z.string()),
  /** Accepted claims that are not made good yet, by the key of the right to pay them. */
  owed: z.record(z.string(), acceptedClaim),
  /** Accepted claims of sales that were taken back, by the same key, until nobody can pay them any more: so long what they took stays taken. */
  withdrawn: z.record(z.string(), withdrawnClaim).default({}),
  /** Claims that ended without a payout, by record: a sale that is taken back may open them again. */
  ended: z.record(z.string(), endedClaim).default({}),
})
export type SeniorLease = z.infer<typeof seniorLease>

export const freshLease: SeniorLease = {
  ...{
    rights: noRights,
    home: null,
    rosterSite: null,
    elsewhere: null,
    recalls: {},
    recalled: 0,
    open: [],
    owed: {},
    withdrawn: {},
    ended: {},
  },
}

/** The lease of a senior after something, and the holders that have to hear of it. */
export interface Told {
  readonly lease: SeniorLease
  readonly tell: readonly HolderId[]
}

/** Asks holders for amounts back, beside what they were asked for before. */
export function withRecalls(before: SeniorLease, wanted: ReadonlyMap<HolderId, readonly Amount[]>): Told {
  let { recalled } = before
  const recalls = { ...before.recalls }
  const tell: HolderId[] = []
  for (const [id, amounts] of wanted) {
    const asked = recalls[id]
    if (asked?.close === true) continue
    const known = new Map((asked?.amounts ?? []).map(item => [item.key, item]))
    if (asked !== undefined && amounts.every(({ key, amount: more }) => (known.get(key)?.amount ?? 0) >= more)) continue
    for (const item of amounts) known.set(item.key, { ...item })
    recalled += 1
    recalls[id] = { id: String(recalled), close: asked?.close ?? false, amounts: [...known.values()] }
    tell.push(id)
  }
  return { lease: { ...before, recalls, recalled }, tell }
}

/** Asks a holder for all that it has. */
export function withCloseRecall(before: SeniorLease, id: HolderId): Told {
  const asked = before.recalls[id]
  if (asked?.close === true) return { lease: before, tell: [] }
  const recalled = before.recalled + 1
  const recall = { id: String(recalled), close: true, amounts: asked?.amounts ?? [] }
  return { lease: { ...before, recalled, recalls: { ...before.recalls, [id]: recall } }, tell: [id] }
}

/**
 * The lease with numbers for its next recalls that none of before had: a database that went back to an older copy has forgotten some, and a
 * terminal passes over a recall that it answered before.
 * @param now ms, which do not go back with a copy
 */
export function withoutUsedNumbers(lease: SeniorLease, now: number): SeniorLease {
  return { ...lease, recalled: Math.max(lease.recalled, now) }
}

function withoutRecall(lease: SeniorLease, id: HolderId): SeniorLease {
  return { ...lease, recalls: Object.fromEntries(Object.entries(lease.recalls).filter(([holder]) => holder !== id)) }
}

/** A terminal forgets a period so many days after it ended, at the latest with its next answer to a recall: no late entry draws on it any more. */
export const keptDays = lateDays + 2

/**
 * Periods that ended before this date the province forgets of a holder whose records have reached a date: the terminal has forgotten them, or
 * may draw on them no more. One day more than there, since its ledger may date a record later than the terminal did.
 */
export function forgottenBefore(heard: BusinessDate): BusinessDate {
  return addDays(heard, -keptDays - 1)
}

/**
 * After a holder's record that it handed amounts back; `recall` is the one that it answers, as far as it could, `on` the record's date. The
 * terminal has forgotten the periods that ended `keptDays` before, so nothing of them is in its hands any more.
 */
export function afterRelease(
  before: SeniorLease,
  id: HolderId,
  amounts: readonly Amount[],
  { recall, on }: { readonly recall: string | null; readonly on: BusinessDate },
): SeniorLease {
  const after = settleReleased(before.rights, id, amounts)
  const holders = { ...after.holders, [id]: withoutPast(holderOf(after, id), forgottenBefore(on)) }
  const lease = { ...before, rights: { ...after, holders } }
  const asked = lease.recalls[id]
  return asked !== undefined && asked.id === recall && !asked.close ? withoutRecall(lease, id) : lease
}

/** After a holder's record that it closed an epoch. */
export function afterClose(before: SeniorLease, id: HolderId, epoch: number): SeniorLease {
  return withoutRecall({ ...before, rights: settleClosed(before.rights, id, epoch) }, id)
}

/** After a visit at a holder's till. Two in a row at one place away from home make it the home: the old one is asked to close. */
export function seenAt(before: SeniorLease, id: HolderId): Told {
  if (before.home === id || before.home === null) return { lease: { ...before, elsewhere: null }, tell: [] }
  if (before.elsewhere !== id) return { lease: { ...before, elsewhere: id }, tell: [] }
  return movedHome(before, id)
}

/** After another holder became the home: the old one, where there is one, is asked to close. */
export function movedHome(before: SeniorLease, id: HolderId): Told {
  if (before.home === id) return { lease: before, tell: [] }
  const asked = before.home === null ? { lease: before, tell: [] } : withCloseRecall(before, before.home)
  return { lease: { ...asked.lease, home: id, elsewhere: null }, tell: [...asked.tell, id] }
}

/** After a holder was given up: its terminal is lost, or went on in a new generation. */
export function afterWriteOff(before: SeniorLease, id: HolderId): SeniorLease {
  const lease = withoutRecall({ ...before, rights: writeOff(before.rights, id) }, id)
  return { ...lease, home: lease.home === id ? null : lease.home }
}

/**
 * After a terminal went on in a new generation: what the old one may have drawn unheard, from its last word to that day and for meals that it
 * may have entered late, stays with it, and whatever it held of later periods is free.
 */
export function afterRestart(
  before: SeniorLease,
  id: HolderId,
  at: { readonly heardOn: BusinessDate; readonly date: BusinessDate; readonly limitsOn: LimitsOn },
): SeniorLease {
  const from = addDays(at.heardOn, -lateDays)
  const days = Array.from({ length: Math.max(0, daysBetween(from, at.date)) + 1 }, (_, day) => addDays(from, day))
  const touchable = days.flatMap(day => countersOn(at.limitsOn(day), day))
  const lease = withoutRecall({ ...before, rights: retired(before.rights, id, touchable) }, id)
  return { ...lease, home: before.home === id ? null : before.home }
}

/**
 * After a sale was taken back: its claim is asked for no more. An accepted one is withdrawn, and whoever may still pay it is asked for that right:
 * it was told to pay, and may have done so (`withoutWithdrawn`). One that was paid before stays paid, and what it took stays taken.
 */
export function withoutClaim(before: SeniorLease, record: string, gaveBack: readonly Amount[] = []): Told {
  const key = owedKey(record)
  const { [key]: accepted, ...owed } = before.owed
  const { [record]: _, ...ended } = before.ended
  const lease = { ...before, open: before.open.filter(other => other !== record), owed, ended }
  if (accepted === undefined) return { lease, tell: [] }
  const payout = { ...counterOf(key), amount: 1 }
  const payers = Object.entries(before.rights.holders).filter(([, held]) => left(held, payout) > 0)
  const withdrawn = { ...before.withdrawn, [key]: { ...accepted, gaveBack: [...gaveBack] } }
  return withRecalls({ ...lease, withdrawn }, new Map(payers.map(([id]) => [id, [payout]])))
}

/**
 * Frees what withdrawn claims took of the senior's counters, once nobody can pay them any more.
 * @returns the lease, and these claims with all that they took: that of pots is the caller's to free
 */
export function withoutWithdrawn(before: SeniorLease): {
  readonly lease: SeniorLease
  readonly freed: readonly WithdrawnClaim[]
} {
  const isOver = (key: string) => outstanding(before.rights, counterOf(key)) === 0
  const freed = Object.entries(before.withdrawn).flatMap(([key, claim]) => (isOver(key) ? [claim] : []))
  if (freed.length === 0) return { lease: before, freed }
  const withdrawn = Object.fromEntries(Object.entries(before.withdrawn).filter(([key]) => !isOver(key)))
  const debits = freed.flatMap(claim => debitsByScope(claim.debits).person)
  return { lease: { ...before, withdrawn, rights: unsettlePending(before.rights, debits) }, freed }
}

/**
 * After a holder paid a claim: nobody may pay it again. Of one that was withdrawn meanwhile what the void gave back is taken again, for it is not
 * known what of the money came back.
 */
export function withoutOwed(before: SeniorLease, key: string): SeniorLease {
  const { [key]: _, ...owed } = before.owed
  const { [key]: late, ...withdrawn } = before.withdrawn
  const again = debitsByScope(late?.gaveBack ?? []).person
  return { ...before, rights: settleUnleased(before.rights, again), owed, withdrawn }
}

/** Lets a holder pay every accepted claim whose right is free. */
export function withOwed(lease: SeniorLease, id: HolderId, capOf: CapOf): SeniorLease {
  const wanted = Object.keys(lease.owed).map(key => ({ ...counterOf(key), amount: 1 }))
  return { ...lease, rights: topUp(lease.rights, id, wanted, capOf) }
}

/**
 * The home's lease as it should stand on a date: periods ahead by the class of its site, what is free of the long ones but for a reserve,
 * and the right to pay accepted claims. Lines of periods that ended before `since` are dropped: the records of all holders must have passed it.
 */
export function refilled(
  before: SeniorLease,
  id: HolderId,
  at: {
    readonly leaseClass: Site['leaseClass']
    readonly date: BusinessDate
    /** What is leased of each period. */
    readonly limitsOn: LimitsOn
    readonly since: BusinessDate
    readonly capOf: CapOf
  },
): SeniorLease {
  const { date, limitsOn, capOf } = at
  const limits = limitsOn(date)
  let kept = rightsWithoutPast(before.rights, forgottenBefore(at.since))
  const { ahead, lowerThan } = aheadFor(at.leaseClass, date, limitsOn, addDays(date, -keptDays))
  kept = leaseAhead(kept, id, ahead, capOf, lowerThan)
  const long = limits.filter(({ period }) => period !== 'meal' && period !== 'day')
  kept = topUp(kept, id, countersOn(long, date), capOf, ({ limit }) => {
    const found = long.find(item => item.limit === limit)
    return found === undefined ? 0 : reserveOf(found.period, found.cap, daysLeft(found.period, date), at.leaseClass)
  })
  // Where another terminal still holds the periods ahead, those of today are given as far as they are free.
  if (holderOf(kept, id).ahead === null) kept = topUp(kept, id, countersOn(limits, date), capOf)
  return withOwed({ ...before, rights: kept, home: before.home ?? id }, id, capOf)
}

/** Whether a holder was asked for some of a counter, or for all that it has, and has not answered. */
function isUnanswered(lease: SeniorLease, id: HolderId, { key }: Pick<Amount, 'key'>): boolean {
  const recall = lease.recalls[id]
  return recall !== undefined && (recall.close || recall.amounts.some(item => item.key === key && item.amount > 0))
}

/** What to ask back for these debits, as `recallsFor` says; whoever was asked before and did not answer comes last. */
export function recallsOf(
  lease: SeniorLease,
  asker: HolderId,
  debits: readonly Amount[],
  capOf: CapOf,
): ReturnType<typeof recallsFor> {
  return recallsFor(lease.rights, asker, debits, capOf, (id, debit) => isUnanswered(lease, id, debit))
}

/**
 * A holder's question for the totals that a visit needs: granted where they are free, else asked back from whoever holds most, by a later
 * question from the next, and meanwhile as far as they are free. `isSame`: the question was asked before, and is looked at again. No more is
 * asked back than records leave of a counter: of a limit that pays its rest, the visit gets that.
 */
export function asked(
  before: SeniorLease,
  id: HolderId,
  question: {
    readonly epoch: number
    readonly totals: readonly Amount[]
    readonly debits: readonly Amount[]
    readonly isSame?: boolean
  },
  capOf: CapOf,
): Told {
  const { epoch, totals, debits } = question
  const granted = grantUpTo(before.rights, id, epoch, totals, capOf)
  const undrawn = debits.map(debit => {
    const rest = Math.max(0, capOf(debit) - settledOf(granted, debit))
    return { ...debit, amount: Math.min(debit.amount, rest) }
  })
  const withGranted = { ...before, rights: granted }
  const wanted = question.isSame ? recallsFor(granted, id, undrawn, capOf) : recallsOf(withGranted, id, undrawn, capOf)
  const first = wanted === null ? { lease: withGranted, tell: [] } : withRecalls(withGranted, wanted)
  const lease = withOwed(first.lease, id, capOf)
  const due = Object.keys(lease.owed)
    .map(key => ({ ...counterOf(key), amount: 1 }))
    .filter(counter => left(holderOf(lease.rights, id), counter) === 0)
  const back = due.length === 0 ? null : recallsFor(lease.rights, id, due, capOf)
  if (back === null) return { lease, tell: first.tell }
  const second = withRecalls(lease, back)
  return { lease: second.lease, tell: [...first.tell, ...second.tell] }
}

/** What a holder has to hear now. */
export function wordFor(
  lease: SeniorLease,
  to: {
    readonly id: HolderId
    readonly generation: number
    readonly senior: LeaseWord['senior']
    readonly pack: string
  },
): LeaseWord {
  const recall = lease.recalls[to.id]
  return {
    ...{ senior: to.senior, pack: to.pack, generation: to.generation, grant: grantOf(lease.rights, to.id) },
    recall: recall
      ? {
          ...{ id: recall.id, close: recall.close },
          amounts: recall.amounts.map(({ limit, label, amount: much }) => ({ limit, label, amount: much })),
        }
      : null,
    owed: Object.fromEntries(Object.entries(lease.owed).map(([key, { of, subsidies }]) => [key, { of, subsidies }])),
  }
}

/** What was drawn of a period is kept for so many days after it ended: longer than any record of it may be late, or taken back. */
const oldDays = 400

/**
 * The lease as it is worth keeping on a date: without what was drawn of periods that ended long ago and of which nobody holds anything, and without
 * the claims that ended in them. While a claim is open all stays: it may be about any of them.
 */
export function withoutOld(lease: SeniorLease, today: BusinessDate): SeniorLease {
  if (lease.open.length > 0) return lease
  const before = addDays(today, -oldDays)
  const isOld = (key: string) => labelEndsBefore(counterOf(key).label, before)
  const ended = Object.entries(lease.ended).filter(([, { counters }]) => !counters.every(isOld))
  return { ...lease, rights: rightsWithoutOld(lease.rights, before), ended: Object.fromEntries(ended) }
}
