import { countableOf } from '../countable.ts'
import { outcomeOf, unconfirmedPayments, waitingPayments } from '../payment-outcome.ts'
import type { LedgerRecord } from '../record.ts'
import type { FindRecord } from './add-up.ts'

/** How many, and fen. */
export interface PaymentSum {
  readonly count: number
  readonly fen: number
}

/** What came of phone payments that were not confirmed at the counter. They stay in the sums of the tenders, which say what was recorded. */
export interface PhonePayments {
  /** Of these records, and nobody has said yet whether they came. */
  readonly waiting: PaymentSum
  /** Said in this time, of whatever day the sale was. */
  readonly settled: PaymentSum
  /** The same, and a loss of the site; a void of the sale takes it out again. */
  readonly notPaid: PaymentSum
}

const sumOf = (parts: readonly { readonly fen: number }[], sign: 1 | -1 = 1): PaymentSum => ({
  count: sign * parts.length,
  fen: parts.reduce((sum, { fen }) => sum + sign * fen, 0),
})

const plus = (one: PaymentSum, other: PaymentSum): PaymentSum => ({
  count: one.count + other.count,
  fen: one.fen + other.fen,
})

/** @param isTakenBack whether a record was voided or refunded, on whatever day: then nothing is waited for */
export function phonePaymentsOf(
  records: readonly LedgerRecord[],
  find: FindRecord,
  isTakenBack: (id: string) => boolean,
): PhonePayments {
  const said = records.flatMap(record => (record.kind === 'payment-outcome' ? [record.payload] : []))
  const lifted = records.flatMap(record => {
    const of = record.kind === 'void' ? find(record.payload.of) : null
    return of === null ? [] : lossesOf(of, find)
  })
  return {
    waiting: sumOf(
      records.flatMap(record =>
        countableOf(record) === null || isTakenBack(record.id) ? [] : waitingPayments(record, find),
      ),
    ),
    settled: sumOf(said.filter(({ outcome }) => outcome === 'settled')),
    notPaid: plus(sumOf(said.filter(({ outcome }) => outcome === 'not-paid')), sumOf(lifted, -1)),
  }
}

const lossesOf = (record: LedgerRecord, find: FindRecord) =>
  unconfirmedPayments(record).filter(({ tender }) => outcomeOf(record.id, tender, find)?.payload.outcome === 'not-paid')

/** What of a drawer's own phone payments was said in the same shift not to have come (fen), so that the payment device cannot show it. */
export function missingFrom(records: readonly LedgerRecord[]): number {
  const mine = new Set<string>(records.map(({ id }) => id))
  const voided = new Set<string>(records.flatMap(record => (record.kind === 'void' ? [record.payload.of] : [])))
  return records
    .flatMap(record => (record.kind === 'payment-outcome' ? [record.payload] : []))
    .filter(({ of, outcome }) => outcome === 'not-paid' && mine.has(of) && !voided.has(of))
    .reduce((sum, { fen }) => sum + fen, 0)
}
