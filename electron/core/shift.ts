import { z } from 'zod'
import type { BusinessDate } from '../../shared/business-day.ts'
import { businessDate } from '../../shared/business-day.ts'
import { type OperatorId, operatorId, type RecordId, recordId } from '../../shared/ids.ts'
import type { Done } from '../../shared/terminal-api.ts'
import type { Clock } from './clock.ts'
import type { Documents } from './store/documents.ts'
import type { Ledger } from './store/ledger.ts'

const openedShift = z.strictObject({
  record: recordId,
  openedAt: z.int(),
  operator: operatorId,
  date: businessDate,
})
export type OpenedShift = z.infer<typeof openedShift>

const storedShift = openedShift.extend({ closed: z.boolean().default(false) })

export interface Shifts {
  /** The shift that is open on this business date; null where none is. */
  on(date: BusinessDate): OpenedShift | null
  /**
   * Opens a shift: the operator confirmed `date` as today, which stops a wrong clock before it reaches a record. `floatFen`: the cash in the drawer, null where
   * nobody counted it. Asked again by the same operator it opens nothing twice; on a closed day, or beside an open shift, it opens nothing.
   */
  open(operator: OperatorId, date: BusinessDate, today: BusinessDate, floatFen: number | null): Promise<Done>
  /** The shift is closed. Belongs into the transaction of the record that closes it. */
  closed(shift: RecordId): void
}

export function createShifts(parts: { documents: Documents; ledger: Ledger; clock: Clock }): Shifts {
  const { documents, ledger, clock } = parts

  function on(date: BusinessDate): OpenedShift | null {
    const stored = documents.read('shift', storedShift)
    if (!stored || stored.date !== date || stored.closed) return null
    const { closed: _, ...shift } = stored
    return shift
  }

  return {
    on,
    async open(operator, date, today, floatFen) {
      if (date !== today) return { result: 'refused', notice: { code: 'DATE_WRONG', values: { date, today } } }
      return await ledger.inTurn(async () => {
        const before = on(date)
        if (before?.operator === operator) return { result: 'done' }
        if (before) return { result: 'refused', notice: { code: 'SHIFT_OPEN', values: {} } }
        if (ledger.dayIsClosed(date)) return { result: 'refused', notice: { code: 'DAY_CLOSED', values: {} } }
        const id = recordId.parse(clock.mint())
        const at = clock.now()
        await ledger.append(
          {
            kind: 'shift',
            id,
            at,
            payload: { event: 'open', shift: null, operator, confirmedDate: date, countedFen: floatFen },
          },
          {
            also() {
              documents.write('shift', { record: id, openedAt: at, operator, date })
              return true
            },
          },
        )
        return { result: 'done' }
      })
    },
    closed(shift) {
      const stored = documents.read('shift', storedShift)
      if (stored?.record === shift) documents.write('shift', { ...stored, closed: true })
    },
  }
}
