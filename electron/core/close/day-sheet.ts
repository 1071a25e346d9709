import type { BusinessDate } from '../../../shared/business-day.ts'
import type { ClosedShift, DayView, DrawerSums, TakenBack } from '../../../shared/close-api.ts'
import { differenceReason } from '../../../shared/close-api.ts'
import { countableOf } from '../../../shared/countable.ts'
import { addUp, type FindRecord } from '../../../shared/day-close/add-up.ts'
import { drawersOf, type ShiftOf, shiftsOf } from '../../../shared/day-close/drawers.ts'
import type { DayFigures } from '../../../shared/day-close/figures.ts'
import { netBy } from '../../../shared/day-close/net.ts'
import { missingFrom, phonePaymentsOf } from '../../../shared/day-close/phone-payments.ts'
import { quarterHours } from '../../../shared/day-close/quarter-hours.ts'
import type { FundId, OperatorId, RecordId, TerminalId } from '../../../shared/ids.ts'
import type { LedgerRecord } from '../../../shared/record.ts'
import type { Bilingual, Site } from '../../../shared/site.ts'
import type { Days } from '../store/day-records.ts'
import type { Head } from '../store/ledger.ts'

export interface SheetParts {
  readonly terminal: TerminalId
  readonly days: Days
  site(): Pick<Site, 'name' | 'operators' | 'menu'> | null
  /** The funds of a policy pack by its hash; none where it is not here. */
  fundsOf(hash: string): readonly { readonly id: FundId; readonly title: Bilingual }[]
  head(): Head | null
}

/** What of a day is not in its records. */
export type Beside = Pick<DayView, 'throughFirst' | 'open' | 'sound' | 'unsent'>

type Totals = Extract<LedgerRecord, { kind: 'totals' }>['payload']

/**
 * The money of a drawer by the sums of its records. @param floatFen null: nobody counted it, so that it is taken for none
 * @param missingFen what of the phone payments was said not to have come
 */
export function drawerSumsOf(floatFen: number | null, figures: DayFigures, missingFen: number): DrawerSums {
  const cash = figures.tenders.find(({ kind }) => kind === 'cash')
  return {
    floatFen,
    takenFen: cash?.takenFen ?? 0,
    voidedFen: cash?.voidedFen ?? 0,
    refundedFen: cash?.refundedFen ?? 0,
    madeGoodFen: cash?.madeGoodFen ?? 0,
    expectedFen: (floatFen ?? 0) + netBy(figures, 'cash'),
    outsideFen: netBy(figures, 'outside') - missingFen,
    accountFen: netBy(figures, 'account'),
  }
}

/** Reads the ledger as a close needs it: shifts with their drawers, and the whole day. */
export function createDaySheets(parts: SheetParts) {
  const { days } = parts
  const find: FindRecord = id => days.byId(id)

  const nameOf = (operator: OperatorId) => parts.site()?.operators.find(({ id }) => id === operator)?.name ?? operator

  function takenBackBy(record: LedgerRecord): TakenBack[] {
    if (record.kind !== 'void' && record.kind !== 'refund') return []
    const { of, reason, operator } = record.payload
    const taken = find(of)
    const back = taken && countableOf(taken)
    const set = back?.items?.[0]?.set ?? ''
    return [
      {
        ...{ record: record.id, at: record.at, reason },
        set: parts.site()?.menu.find(({ id }) => id === set)?.name ?? { zh: `套餐 ${set}`, en: `Set ${set}` },
        ownPayFen: record.kind === 'refund' ? record.payload.ownPayFen : (back?.ownPayFen ?? 0),
        operatorName: operator === null ? null : nameOf(operator),
      },
    ]
  }

  function closedShift(shift: ShiftOf, records: readonly LedgerRecord[], totals: readonly Totals[]): ClosedShift {
    const sums = drawerSumsOf(shift.float.fen, addUp(records, find), missingFrom(records))
    const { count, closed } = shift
    const said = totals.find(({ shift: of }) => of === shift.record)?.drawer
    const reason = differenceReason.nullable().safeParse(said?.reason ?? null)
    return {
      ...headOf(shift),
      closedAt: closed?.at ?? null,
      sums,
      count: count && {
        ...{ record: count.record, at: count.at, operatorName: nameOf(count.operator) },
        ...{ cashFen: count.cashFen, outsideFen: count.outsideFen, times: count.times },
      },
      differenceFen: count && count.cashFen - sums.expectedFen,
      outsideDifferenceFen: count?.outsideFen == null ? null : count.outsideFen - sums.outsideFen,
      reason: reason.success ? reason.data : null,
      note: said?.note ?? null,
      corrected: said != null && (said.count !== (count?.record ?? null) || said.floatFen !== shift.float.fen),
    }
  }

  function headOf({ record, number, operator, openedAt, float }: ShiftOf) {
    return { record, number, operator, operatorName: nameOf(operator), openedAt, floatFen: float.fen }
  }

  function totalsSince(date: BusinessDate): Totals[] {
    return days.shiftsSince(date).flatMap(record => (record.kind === 'totals' ? [record.payload] : []))
  }

  return {
    nameOf,
    headOf,
    shiftsOf: (date: BusinessDate) => shiftsOf(date, days.shiftsSince(date)),
    /** A shift with its drawer, the voids and refunds of it, and the sums of its records. */
    shift(shift: ShiftOf) {
      const mine = drawersOf(days.of(shift.date).records, find).get(shift.record) ?? []
      return {
        shift: closedShift(shift, mine, totalsSince(shift.date)),
        figures: addUp(mine, find),
        phone: phonePaymentsOf(mine, find, days.isTakenBack),
        voids: mine.filter(({ kind }) => kind === 'void').flatMap(takenBackBy),
        refunds: mine.filter(({ kind }) => kind === 'refund').flatMap(takenBackBy),
      }
    },
    day(date: BusinessDate, beside: Beside): DayView {
      const { records, unreadable, first, last } = days.of(date)
      const figures = addUp(records, find)
      const drawers = drawersOf(records, find)
      const shifts = shiftsOf(date, days.shiftsSince(date))
      const totals = totalsSince(date)
      const close = days.closeOf(date)
      const closing = close && find(close.record)
      const head = parts.head()
      return {
        ...{ terminal: parts.terminal, siteName: parts.site()?.name ?? '', date, figures, ...beside },
        funds: titlesOf(records, figures),
        quarters: quarterHours(records),
        shifts: shifts.map(shift => closedShift(shift, drawers.get(shift.record) ?? [], totals)),
        elsewhere: [...drawers].flatMap(([drawer, mine]) => elsewhere(drawer, mine)),
        voids: records.filter(({ kind }) => kind === 'void').flatMap(takenBackBy),
        refunds: records.filter(({ kind }) => kind === 'refund').flatMap(takenBackBy),
        overrides: records.flatMap(record => (record.kind === 'override' ? [overrideOf(record)] : [])),
        phone: phonePaymentsOf(records, find, days.isTakenBack),
        ...{ first, last, unreadable },
        head: head && { generation: head.generation, seq: head.seq, hash: head.hash },
        closed:
          closing?.kind === 'shift'
            ? { record: closing.id, at: closing.at, operatorName: nameOf(closing.payload.operator) }
            : null,
      }
    },
  }

  /** Drawers of other tills: their shifts are no records here. */
  function elsewhere(drawer: RecordId | null, mine: readonly LedgerRecord[]): DayView['elsewhere'] {
    if (drawer === null || find(drawer) !== null) return []
    const { people, tenders } = addUp(mine, find)
    const nets = tenders.map(({ kind }) => ({ kind, fen: netBy({ tenders }, kind) }))
    return [{ shift: drawer, count: Math.max(0, people), tenders: nets }]
  }

  function overrideOf({ id, at, payload }: Extract<LedgerRecord, { kind: 'override' }>): DayView['overrides'][number] {
    const { what, reason, operator, approver } = payload
    const approverName = approver === null ? null : nameOf(approver)
    return { record: id, at, what, reason, operatorName: nameOf(operator), approverName }
  }

  function titlesOf(records: readonly LedgerRecord[], figures: DayFigures): Record<string, Bilingual> {
    const ids = new Set(
      // A fund may come to nothing over the day and not over each of its meals.
      [figures.subsidies, figures.refunds.subsidies, ...figures.meals.map(({ subsidies }) => subsidies)]
        .flat()
        .map(({ fund }) => fund),
    )
    const hashes = new Set<string>()
    for (const record of records) {
      const of = record.kind === 'void' || record.kind === 'refund' ? find(record.payload.of) : record
      const served = of && countableOf(of)
      if (served) hashes.add(served.policy.hash)
    }
    const known = [...hashes].flatMap(hash => parts.fundsOf(hash))
    return Object.fromEntries([...ids].map(id => [id, known.find(fund => fund.id === id)?.title ?? { zh: id, en: id }]))
  }
}

export type DaySheets = ReturnType<typeof createDaySheets>
