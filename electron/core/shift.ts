import { z } from 'zod'
import type { BusinessDate } from '../../shared/business-day.ts'
import { businessDate } from '../../shared/business-day.ts'
import { type OperatorId, operatorId, recordId } from '../../shared/ids.ts'
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

export interface Shifts {
  /** The shift of this business date; null where none was opened yet. */
  on(date: BusinessDate): OpenedShift | null
  /** Opens a shift: the operator confirmed `date` as today, which stops a wrong clock before it reaches a record. */
  open(operator: OperatorId, date: BusinessDate, today: BusinessDate): Promise<Done>
}

export function createShifts(parts: { documents: Documents; ledger: Ledger; clock: Clock }): Shifts {
  const { documents, ledger, clock } = parts
  return {
    on(date) {
      const shift = documents.read('shift', openedShift)
      return shift && shift.date === date ? shift : null
    },
    async open(operator, date, today) {
      if (date !== today) return { result: 'refused', notice: { code: 'DATE_WRONG', values: { date, today } } }
      return await ledger.inTurn(async () => {
        const id = recordId.parse(clock.mint())
        const at = clock.now()
        await ledger.append(
          {
            kind: 'shift',
            id,
            at,
            payload: { event: 'open', shift: null, operator, confirmedDate: date, countedFen: null },
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
  }
}
