import type { BusinessDate } from '../business-day.ts'
import { countableOf } from '../countable.ts'
import type { OperatorId, RecordId } from '../ids.ts'
import type { LedgerRecord } from '../record.ts'
import type { FindRecord } from './add-up.ts'

/** A count of a shift's drawer, as its newest record says it. */
export interface DrawerCount {
  readonly record: RecordId
  readonly at: number
  readonly operator: OperatorId
  readonly cashFen: number
  /** What the outside payment device says it took; null where nobody looked. */
  readonly outsideFen: number | null
  /** How often it was counted. */
  readonly times: number
}

/** One shift of this terminal. */
export interface ShiftOf {
  /** The record that opened it. */
  readonly record: RecordId
  /** Of the day, from 1. */
  readonly number: number
  readonly date: BusinessDate
  readonly operator: OperatorId
  readonly openedAt: number
  /** The cash that was in the drawer at its start (fen), with the newest record that says so; null where nobody counted it. */
  readonly float: { readonly record: RecordId; readonly fen: number | null }
  readonly count: DrawerCount | null
  readonly closed: { readonly record: RecordId; readonly at: number; readonly operator: OperatorId } | null
}

/** The shifts of a business date, oldest first. @param records shifts and counts of that date and later ones, in the order of the chain */
export function shiftsOf(date: BusinessDate, records: readonly LedgerRecord[]): ShiftOf[] {
  const shifts: ShiftOf[] = []
  const change = (of: RecordId | null, next: (shift: ShiftOf) => ShiftOf) => {
    const place = shifts.findIndex(({ record }) => record === of)
    const shift = shifts[place]
    if (shift !== undefined) shifts[place] = next(shift)
  }
  for (const record of records) {
    const { id, at } = record
    if (record.kind === 'shift' && record.payload.event === 'open' && record.payload.confirmedDate === date) {
      const { operator, countedFen } = record.payload
      const float = { record: id, fen: countedFen }
      shifts.push({
        record: id,
        number: shifts.length + 1,
        date,
        operator,
        openedAt: at,
        float,
        count: null,
        closed: null,
      })
    }
    if (record.kind === 'shift' && record.payload.event === 'close') {
      const { operator, shift: of } = record.payload
      change(of, shift => ({ ...shift, closed: shift.closed ?? { record: id, at, operator } }))
    }
    if (record.kind === 'cash-count') {
      const { what, shift: of, cashFen, outsideFen, operator } = record.payload
      change(of, shift =>
        what === 'float'
          ? { ...shift, float: { record: id, fen: cashFen } }
          : {
              ...shift,
              count: { record: id, at, operator, cashFen, outsideFen, times: (shift.count?.times ?? 0) + 1 },
            },
      )
    }
  }
  return shifts
}

/**
 * The records of a day by the drawer that their money went through: the record that opened its shift, or null where no shift was open. A sale that was
 * made for another till of the site names that till's shift: its cash lies over there, and goes back from there.
 * @param records in the order of the chain
 */
export function drawersOf(
  records: readonly LedgerRecord[],
  find: FindRecord,
): ReadonlyMap<RecordId | null, readonly LedgerRecord[]> {
  const drawers = new Map<RecordId | null, LedgerRecord[]>()
  let open: RecordId | null = null
  const shiftOf = (record: LedgerRecord | null): RecordId | null => {
    if (record?.kind === 'sale') return record.payload.shift
    if (record?.kind === 'late-entry') return record.payload.sale.shift
    return record?.kind === 'late-visit' ? record.payload.visit.shift : null
  }
  const drawerOf = (record: LedgerRecord): RecordId | null => {
    if (record.kind === 'sale' || record.kind === 'late-entry' || record.kind === 'late-visit') return shiftOf(record)
    if (record.kind === 'made-good') return shiftOf(find(record.payload.at)) ?? open
    if (record.kind !== 'void' && record.kind !== 'refund' && record.kind !== 'payment-outcome') return open
    const sold = shiftOf(find(record.payload.of))
    const isElsewhere = sold !== null && find(sold) === null
    return isElsewhere ? sold : (open ?? sold)
  }
  for (const record of records) {
    if (record.kind === 'shift' && record.payload.event === 'open') open = record.id
    if (record.kind === 'shift' && record.payload.event === 'close' && record.payload.shift === open) open = null
    if (!hasMoney(record) && record.kind !== 'override') continue
    const drawer = drawerOf(record)
    drawers.set(drawer, [...(drawers.get(drawer) ?? []), record])
  }
  return drawers
}

function hasMoney(record: LedgerRecord): boolean {
  return countableOf(record) !== null || ['void', 'refund', 'made-good', 'payment-outcome'].includes(record.kind)
}
