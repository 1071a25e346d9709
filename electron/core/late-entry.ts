import type { Approval, LateMeal, LatePriced, LateReason, LateRecorded } from '../../shared/afterwards-api.ts'
import { missingFor } from '../../shared/assurance.ts'
import {
  addDays,
  type BusinessDate,
  beginOf,
  businessMinuteOf,
  clockTime,
  dayBegins,
  daysBetween,
  lateDays,
} from '../../shared/business-day.ts'
import { countableOf } from '../../shared/countable.ts'
import { type CheckInId, checkInId, type OperatorId, type RecordId, recordId, type SeniorId } from '../../shared/ids.ts'
import { dueFen } from '../../shared/payments.ts'
import { maskName } from '../../shared/person-names.ts'
import type { ProblemCode } from '../../shared/problems.ts'
import type { SeniorRef } from '../../shared/record.ts'
import type { FullSenior } from '../../shared/senior.ts'
import type { Site } from '../../shared/site.ts'
import type { Notice } from '../../shared/terminal-api.ts'
import { attentionOf } from './attention.ts'
import type { OpenCheckIn } from './check-in-state.ts'
import { canPayBy } from './guest-tender.ts'
import type { OperatorPins } from './operator-pins.ts'
import { type Priced, priceVisit } from './price-visit.ts'
import { type SaleParts, saleOutcome } from './record-sale.ts'
import type { Shifts } from './shift.ts'
import type { EarlierSales } from './store/earlier-sales.ts'
import type { Policies } from './store/policies.ts'
import type { Roster } from './store/roster.ts'

export interface LateParts extends Omit<SaleParts, 'openCheckIns' | 'proxyRefOf'> {
  readonly earlier: EarlierSales
  readonly roster: Roster
  readonly policies: Policies
  readonly shifts: Shifts
  readonly approvals: OperatorPins
  site(): Site | null
  /** The site as it was run at an instant (ms). */
  siteAt(at: number): Site | null
  refOf(senior: { id: SeniorId }): SeniorRef | null
  today(): BusinessDate
  rosterIsStale(): boolean
  /** When a senior ate in a meal at another till of the site, as far as that is known here (ms). */
  earlierElsewhere(senior: SeniorRef, date: BusinessDate, meal: LateMeal['meal']): number | null
  online(): boolean
  stopped(): Notice | null
  onRecorded(): void
}

export interface LateEntries {
  /** Prices a meal that was served without the terminal, by the rules and with the rights of that day. */
  price(meal: LateMeal): Promise<LatePriced>
  /**
   * Records what was priced last, once: for the day of the meal, made today. Without an approver it is held. Asked again with the same
   * entry it gives the stored result.
   */
  enter(request: {
    entry: CheckInId
    digest: string
    reason: LateReason
    approval: Approval | null
  }): Promise<LateRecorded>
}

interface Draft {
  readonly open: OpenCheckIn
  readonly meal: LateMeal
}

/** Meals that were served while the till was out, a power cut or a list on paper: a kind of their own, never dated back. */
export function createLateEntries(parts: LateParts): LateEntries {
  const { ledger, clock } = parts
  let draft: Draft | null = null

  const refuse = (code: ProblemCode, values: Notice['values'] = {}): { result: 'refused'; notice: Notice } => ({
    result: 'refused',
    notice: { code, values },
  })

  function place(meal: LateMeal) {
    const stopped = parts.stopped()
    if (stopped) return { result: 'refused' as const, notice: stopped }
    const site = parts.site()
    const policy = site && parts.policies.current(site.policy)
    if (!site) return refuse('NOT_ENROLLED')
    if (!policy) return refuse('NO_POLICY')
    const today = parts.today()
    const shift = parts.shifts.on(today)
    if (!shift) return refuse(ledger.dayIsClosed(today) ? 'DAY_CLOSED' : 'NO_SHIFT')
    const ago = daysBetween(meal.servedOn, today)
    if (ago > lateDays) return refuse('LATE_TOO_OLD', { days: lateDays, from: addDays(today, -lateDays) })
    const begins = site.mealPeriods[meal.meal].from
    if (ago < 0 || (ago === 0 && businessMinuteOf(clock.now()) < begins)) return refuse('LATE_NOT_YET')
    const menu = parts.siteAt(beginOf(meal.servedOn) + (begins - dayBegins) * 60_000)?.menu ?? []
    const set = menu.find(one => one.id === meal.set)
    if (!set || set.open) return refuse('SOLD_OUT', { set: meal.set })
    if (meal.senior === null && !canPayBy('guest', meal.tender)) return refuse('GUEST_ACCOUNT')
    const senior = meal.senior === null ? null : parts.roster.bySenior(meal.senior)
    if (meal.senior !== null && senior?.kind !== 'full') return refuse('SENIOR_UNKNOWN')
    return {
      result: 'found' as const,
      site,
      policy,
      shift,
      set,
      senior: senior?.kind === 'full' ? senior : null,
      today,
    }
  }

  type Place = Extract<ReturnType<typeof place>, { result: 'found' }>

  /** By the facts of that day. The hour is the meal period's first: nobody wrote down another. */
  function priceAt(at: Place, meal: LateMeal): Priced {
    const { site, policy, set, senior } = at
    const visit = {
      ...{ site, policy, set, senior, usage: parts.usage, ref: senior && parts.refOf(senior) },
      ...{ identified: senior !== null, businessDate: meal.servedOn, meal: meal.meal },
      ...{ time: clockTime(site.mealPeriods[meal.meal].from), rosterIsStale: parts.rosterIsStale() },
      // What is owed of other visits is made good at a visit, to the person who stands there; nothing was promised in advance either.
      leases: { rights: parts.leases.rights, pots: parts.leases.pots, owed: () => [], advance: () => 0 },
    }
    const priced = priceVisit(visit)
    return senior === null || missingFor(site, priced, 'presented') === null
      ? priced
      : priceVisit({ ...visit, atListPrice: true })
  }

  /** When the same person's same meal was recorded already; null where it was not. */
  function recordedBefore(senior: FullSenior | null, meal: LateMeal): number | null {
    const ref = senior && parts.refOf(senior)
    if (ref === null) return null
    for (const id of parts.earlier.of(ref, meal.servedOn, 100)) {
      const record = ledger.byId(id)?.record
      const sale = record && countableOf(record)
      if (record && sale?.date === meal.servedOn && sale.meal === meal.meal && !ledger.reversalOf(id)) return record.at
    }
    return parts.earlierElsewhere(ref, meal.servedOn, meal.meal)
  }

  function attention(at: Place, { open, meal }: Draft, priced: Priced): Notice[] {
    const before = recordedBefore(at.senior, meal)
    const told = attentionOf({
      ...{ open, priced, known: at.senior !== null, needs: null, earlier: null },
      stale: parts.rosterIsStale(),
    })
    const again: Notice[] =
      before === null ? [] : [{ code: 'LATE_ALREADY', values: { time: clockTime(businessMinuteOf(before)) } }]
    return [...again, ...told]
  }

  function viewOf(at: Place, current: Draft, priced: Priced): Extract<LatePriced, { result: 'priced' }> {
    const { quote } = priced
    return {
      result: 'priced',
      late: {
        entry: current.open.id,
        ...current.meal,
        name: at.senior && maskName(at.senior.name),
        listFen: quote.listFen,
        discountFen: quote.discountFen,
        subsidyFen: quote.subsidies.reduce((sum, { fen }) => sum + fen, 0),
        pendingFen: quote.pendingFen,
        ownPayFen: quote.ownPayFen,
        paidFen: dueFen(current.meal.tender, quote.ownPayFen),
        attention: attention(at, current, priced),
        digest: quote.digest,
      },
    }
  }

  function recordedAs(record: RecordId): LateRecorded | null {
    const stored = ledger.byId(record)?.record
    if (stored?.kind !== 'late-entry') return null
    return { result: 'recorded', record: stored.id, held: stored.payload.held }
  }

  return {
    async price(meal) {
      const at = place(meal)
      if (at.result === 'refused') return at
      const open: OpenCheckIn = {
        ...{ id: checkInId.parse(clock.mint()), at: clock.now(), set: meal.set, held: true },
        ...{ tender: meal.tender, first: null, paid: null },
        ...{ who: at.senior ? ('senior' as const) : ('guest' as const), senior: at.senior?.id ?? null },
        ...{ means: at.senior ? ('manual' as const) : null, assurance: at.senior ? ('presented' as const) : null },
        ...{
          codeKind: null,
          credentialKey: null,
          tail: null,
          device: null,
          atListPrice: false,
          face: null,
          proxy: null,
          parked: false,
          more: [],
          channel: 'dine-in',
        },
      }
      draft = { open, meal }
      const first = priceAt(at, meal)
      if (at.senior && first.quote.pendingFen > 0) await parts.leases.ask(at.senior, first)
      return viewOf(at, { open, meal }, priceAt(at, meal))
    },
    async enter({ entry, digest, reason, approval }) {
      const known = recordedAs(recordId.parse(entry))
      if (known) return known
      const current = draft
      if (current?.open.id !== entry) return refuse('LATE_GONE')
      const first = place(current.meal)
      if (first.result === 'refused') return first
      const approved = approval && parts.approvals.check(approval, first.shift.operator)
      if (approved) return refuse(approved)
      const answer = await ledger.inTurn(async (): Promise<LateRecorded> => {
        for (;;) {
          const at = place(current.meal)
          if (at.result === 'refused') return at
          const priced = priceAt(at, current.meal)
          if (priced.quote.digest !== digest) return { ...viewOf(at, current, priced), result: 'price-changed' }
          const record = await append(at, current, priced, { reason, approver: approval?.operator ?? null })
          if (record) return { result: 'recorded', record: record.id, held: approval === null }
        }
      })
      if (answer.result === 'recorded') {
        draft = null
        parts.onRecorded()
      }
      return answer
    },
  }

  async function append(
    { site, shift, senior }: Place,
    { open, meal }: Draft,
    priced: Priced,
    { reason, approver }: { reason: LateReason; approver: OperatorId | null },
  ) {
    const { servedOn } = meal
    const ref = senior && parts.refOf(senior)
    const sold = {
      ...{ open, ref, site, meal: meal.meal, operator: shift.operator, shift: shift.record },
      ...{ online: parts.online(), servedOn },
    }
    const { draft: made, also } = lateEntryDraft(parts, sold, { reason, approver }, priced)
    return await ledger.append(made, { also })
  }
}

/** The record of a late entry, with what goes with it: of the day on which it was served, and held where nobody else says that it was. */
export function lateEntryDraft(
  parts: Parameters<typeof saleOutcome>[0] & Pick<SaleParts, 'clock'>,
  { servedOn, ...sold }: Omit<Parameters<typeof saleOutcome>[1], 'date'> & { readonly servedOn: BusinessDate },
  { reason, approver }: { readonly reason: string; readonly approver: OperatorId | null },
  priced: Priced,
) {
  const { payload: sale, take } = saleOutcome(parts, { ...sold, date: servedOn }, priced)
  const payload = { servedOn, reason, approver, held: approver === null, sale }
  const draft = { kind: 'late-entry' as const, id: recordId.parse(sold.open.id), at: parts.clock.now(), payload }
  return { draft, also: take }
}
