import type { CheckInId } from '../../shared/ids.ts'
import { canGoFirst, type Payment, paymentsOf } from '../../shared/payments.ts'
import type { ProblemCode } from '../../shared/problems.ts'
import type { TenderKind } from '../../shared/site.ts'
import type { Done } from '../../shared/terminal-api.ts'
import type { CheckInState, OpenCheckIn } from './check-in-state.ts'
import { canPayBy } from './guest-tender.ts'

export interface PaymentFloor {
  state(): CheckInState
  inQueue<T>(work: () => Promise<T> | T): Promise<T>
  changeOpen(id: CheckInId, change: Partial<OpenCheckIn>): void
}

/** How the check-in on the screen is paid, beyond the one tender. Whatever is changed here, a person confirms. */
export interface PaymentDesk {
  split(id: CheckInId, first: Payment | null, rest: TenderKind): Promise<Done>
  reference(id: CheckInId, fen: number, reference: string | null): Promise<Done>
}

/** How an open check-in is paid, as far as staff said it until now. */
export function paymentsOfOpen(
  open: OpenCheckIn,
  ownPayFen: number,
): readonly (Payment & { reference: string | null })[] {
  return paymentsOf(open, ownPayFen).map(payment => ({
    ...payment,
    // Typed for another amount it is another payment's.
    reference: payment.kind === 'outside' && open.paid?.fen === payment.fen ? open.paid.reference : null,
  }))
}

export function createPaymentDesk(floor: PaymentFloor): PaymentDesk {
  const done: Done = { result: 'done' }
  const refuse = (code: ProblemCode): Done => ({ result: 'refused', notice: { code, values: {} } })

  function priced(id: CheckInId) {
    const state = floor.state()
    return state.state === 'priced' && state.open.id === id ? state : null
  }

  return {
    split: (id, first, rest) =>
      floor.inQueue(() => {
        const current = priced(id)
        if (current === null) return refuse('CHECK_IN_GONE')
        if (!canPayBy(current.open.who, rest, ...(first ? [first.kind] : []))) return refuse('GUEST_ACCOUNT')
        if (first !== null && !canGoFirst(first, rest, current.priced.quote.ownPayFen)) return refuse('PART_AMOUNT')
        floor.changeOpen(id, { tender: rest, first, held: true })
        return done
      }),
    reference: (id, fen, reference) =>
      floor.inQueue(() => {
        const current = priced(id)
        if (current === null) return refuse('CHECK_IN_GONE')
        const payments = paymentsOf(current.open, current.priced.quote.ownPayFen)
        if (!payments.some(payment => payment.kind === 'outside' && payment.fen === fen)) return refuse('PRICE_CHANGED')
        floor.changeOpen(id, { paid: reference === null ? null : { reference, fen }, held: true })
        return done
      }),
  }
}
