import { demandOfVersion, missingAssurance, personalSubsidyFen } from '../shared/assurance.ts'
import { addDays, type BusinessDate, businessDateOf, lateDays } from '../shared/business-day.ts'
import type { Countable } from '../shared/countable.ts'
import type { OperatorId, SeniorId, SiteId } from '../shared/ids.ts'
import { greatestCap } from '../shared/policy/counters.ts'
import type { PolicyPack } from '../shared/policy/language.ts'
import type { LedgerRecord, OpenedInputs } from '../shared/record.ts'
import type { VerdictCode } from './examine.ts'

const dayLength = 86_400_000

/** What the province knows apart from the record: its own list of homes, and every price that stood on the site's menu when the sale was made. */
export interface Known {
  readonly homes: ReadonlyMap<SeniorId, SiteId>
  readonly hasPrice: (set: string, fen: number) => boolean
  /** The pack that the sale was priced with; undefined where it is not known. */
  readonly pack: PolicyPack | undefined
}

/** Why somebody should look at a sale whose quote comes out the same: what stands beside the quote, or what the quote was asked to believe. */
export function doubtAbout(countable: Countable, opened: OpenedInputs, known: Known): VerdictCode | null {
  if (!addsUp(countable, opened)) return 'AMOUNTS_DIFFER'
  const items = countable.items ?? []
  if (!items.every(({ set, quantity, fen }) => known.hasPrice(set, fen / quantity))) return 'PRICE_UNKNOWN'
  if ((countable.means === null) !== (countable.assurance === null)) return 'IDENTITY_DOUBTFUL'
  if (countable.means === null && countable.senior !== null) return 'IDENTITY_DOUBTFUL'
  if (countable.means === null && opened.inputs.quote.stranger === true) return 'IDENTITY_DOUBTFUL'
  if (countable.means === null && countable.tenders.some(({ kind }) => kind === 'account')) return 'GUEST_ACCOUNT'
  if (!isSureEnough(countable, opened, known)) return 'ASSURANCE_LOW'
  return holdsItsRights(countable, opened, known) ? null : 'RIGHT_NOT_HELD'
}

/** What the pack demands, which the record names by its hash. What the site demands beside it may have changed since, and is the site's to keep. */
function isSureEnough({ assurance, policy, subsidies }: Countable, { inputs }: OpenedInputs, { pack }: Known): boolean {
  const version = pack?.versions.find(({ id }) => id === policy.version)
  const subsidyFen = personalSubsidyFen(inputs.quote, subsidies)
  return missingAssurance(demandOfVersion(version), assurance, subsidyFen) === null
}

function addsUp(sale: Countable, { inputs }: OpenedInputs): boolean {
  const { items, tenders, cashRoundingFen, means, pendingFen } = sale
  const mayBePaidBack = pendingFen > 0 || (means !== null && inputs.quote.person === null)
  return (
    (items === undefined || sumOf(items) === sale.listFen) &&
    tenders.every(({ fen }) => fen >= 0) &&
    sumOf(tenders) + cashRoundingFen === sale.ownPayFen &&
    cashRoundingFen >= 0 &&
    cashRoundingFen <= 9 &&
    (cashRoundingFen === 0 || tenders.at(-1)?.kind === 'cash') &&
    sale.claimPending === mayBePaidBack
  )
}

function sumOf(parts: readonly { readonly fen: number }[]): number {
  return parts.reduce((sum, { fen }) => sum + fen, 0)
}

/** What a terminal drew is held against its lease when it is settled (`leases/fold-sale.ts`); the whole cap is the home's alone. */
function holdsItsRights({ site }: Countable, { inputs: { senior, quote } }: OpenedInputs, { homes }: Known): boolean {
  if (quote.rights !== 'whole-cap') return true
  return quote.person !== null && senior !== null && homes.get(senior) === site
}

/**
 * True where a record's dates do not fit together: business dates never fall, never lie behind the terminal's own clock, and never run ahead of
 * it or of the province's by more than a day; none lies more than a day before the terminal was first enrolled; a late entry is made within
 * `lateDays` of its meal.
 * @param known.last business date of the newest record before it in its generation that nobody doubted; null where there is none
 * @param known.enrolledOn business date on which the terminal was first enrolled; null where it was before the province noted it
 * @param known.now the province's clock in ms
 */
export function dateIsDoubtful(
  { at, businessDate }: LedgerRecord,
  countable: Countable | null,
  { last, enrolledOn, now }: { last: string | null; enrolledOn: BusinessDate | null; now: number },
): boolean {
  // Instants beyond these bounds have no business date at all.
  if (at < 0 || at > now + dayLength) return true
  const clockDate = businessDateOf(at)
  return (
    businessDate < clockDate ||
    businessDate > addDays(clockDate, 1) ||
    (last !== null && businessDate < last) ||
    (enrolledOn !== null && businessDate < addDays(enrolledOn, -1)) ||
    (countable !== null && (countable.date > businessDate || countable.date < addDays(businessDate, -lateDays)))
  )
}

/**
 * Why somebody should look at a late entry that is to be paid: nobody of the site's staff but who entered it has said that the meal was served, or the visit given.
 * @param isStaff whether somebody was of the site's staff at an instant (ms)
 */
export function doubtAboutApproval(
  record: LedgerRecord,
  isStaff: (operator: OperatorId, at: number) => boolean,
): VerdictCode | null {
  if ((record.kind !== 'late-entry' && record.kind !== 'late-visit') || record.payload.held) return null
  const { approver } = record.payload
  const entered = record.kind === 'late-entry' ? record.payload.sale.operator : record.payload.visit.operator
  const isApproved = approver !== null && approver !== entered && isStaff(approver, record.at)
  return isApproved ? null : 'NOT_APPROVED'
}

/** Why somebody should look at a grant: it names a limit that its policy version does not have, or more than the cap of one. */
export function doubtAboutGrant(record: LedgerRecord, pack: PolicyPack | undefined): VerdictCode | null {
  if (record.kind !== 'right-change' || record.payload.change !== 'grant') return null
  const { policy, entries } = record.payload
  if (pack === undefined || pack.id !== policy.pack) return 'POLICY_UNKNOWN'
  const version = pack.versions.find(({ id }) => id === policy.version)
  const allowances = (version?.allowances ?? []).map(item => ({ ...item, unit: 'fen' }))
  const limits = [...(version?.limits ?? []), ...allowances]
  const within = entries.every(({ limit, unit, amount }) =>
    limits.some(item => item.id === limit && item.unit === unit && amount >= 0 && amount <= greatestCap(item.cap)),
  )
  const counters = new Set(entries.map(({ limit, label }) => `${limit}|${label}`))
  return within && counters.size === entries.length ? null : 'RIGHT_NOT_HELD'
}
