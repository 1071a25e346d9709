import type { BusinessDate } from '../../shared/business-day.ts'
import { countableOf } from '../../shared/countable.ts'
import { type OperatorId, type RecordId, recordId } from '../../shared/ids.ts'
import type { LedgerRecord } from '../../shared/record.ts'
import type { Done } from '../../shared/terminal-api.ts'
import type { Clock } from './clock.ts'
import type { LeaseDesk } from './lease-desk.ts'
import type { OpenedShift } from './shift.ts'
import type { Ledger } from './store/ledger.ts'
import type { Usage } from './store/usage.ts'

/**
 * True where the money of a sale lies in the drawer of this open shift. Another till's sale, whose shift this ledger does not hold, is of
 * whichever shift was open when it came.
 */
export function isOfShift(
  ledger: Pick<Ledger, 'byId'>,
  sale: Pick<Extract<LedgerRecord, { kind: 'sale' }>, 'at' | 'payload'>,
  shift: OpenedShift | null,
): boolean {
  if (shift === null) return false
  const of = sale.payload.shift
  return of === shift.record || ((of === null || ledger.byId(of) === null) && sale.at >= shift.openedAt)
}

/**
 * Takes a sale, or with `kind` a visit, of this business day (`today` null: of any) back, once: a record of its own, and the rights it used return with it, in one transaction.
 * @param request.by id of that record, where somebody had to know it before
 */
export async function voidSale(
  parts: { ledger: Ledger; usage: Usage; leases: Pick<LeaseDesk, 'giveBack'>; clock: Clock },
  request: {
    sale: RecordId
    today: BusinessDate | null
    operator: OperatorId | null
    reason?: string
    by?: RecordId
    kind?: 'sale' | 'visit-out' | 'late-visit'
  },
): Promise<Done> {
  const { ledger, usage, leases, clock } = parts
  const refuse = (code: 'SALE_UNKNOWN' | 'SALE_ALREADY_VOID' | 'SALE_ALREADY_REFUNDED' | 'DAY_CLOSED'): Done => ({
    result: 'refused',
    notice: { code, values: {} },
  })
  return await ledger.inTurn(async () => {
    const stored = ledger.byId(request.sale)
    if (stored?.record.kind !== (request.kind ?? 'sale')) return refuse('SALE_UNKNOWN')
    const taken = countableOf(stored.record)
    if (taken === null) return refuse('SALE_UNKNOWN')
    if (stored.record.businessDate !== (request.today ?? stored.record.businessDate)) return refuse('SALE_UNKNOWN')
    const reversal = ledger.reversalOf(request.sale)
    if (reversal !== null)
      return refuse(ledger.byId(reversal)?.record.kind === 'refund' ? 'SALE_ALREADY_REFUNDED' : 'SALE_ALREADY_VOID')
    if (request.today !== null && ledger.dayIsClosed(request.today)) return refuse('DAY_CLOSED')
    const { senior, debits, policy } = taken
    const by = request.by ?? recordId.parse(clock.mint())
    await ledger.append(
      {
        kind: 'void',
        id: by,
        at: clock.now(),
        payload: { of: request.sale, reason: request.reason ?? 'operator', operator: request.operator },
      },
      {
        also() {
          ledger.reverse(request.sale, by)
          leases.giveBack(senior, policy.pack, request.sale, debits)
          if (senior)
            for (const { limit, label, amount } of debits)
              usage.change(senior, policy.pack, `${limit}|${label}`, -amount)
          return true
        },
      },
    )
    return { result: 'done' }
  })
}
