import { sha256, utf8ToBytes } from './bytes.ts'
import { type Countable, countableOf } from './countable.ts'
import { type RecordId, recordId } from './ids.ts'
import type { LedgerRecord } from './record.ts'
import { uuidV7 } from './uuid.ts'

type OutcomeRecord = Extract<LedgerRecord, { kind: 'payment-outcome' }>
type FindRecord = (id: string) => LedgerRecord | null

/**
 * The id of the record that says what came of a payment: made of the sale and the place of the tender, so that the ledger itself takes one for each and
 * finds it by what it is about.
 */
export function outcomeIdOf(of: RecordId, tender: number): RecordId {
  const soldAt = Number.parseInt(of.replaceAll('-', '').slice(0, 12), 16)
  return recordId.parse(uuidV7(soldAt, sha256(utf8ToBytes(`payment-outcome|${of}|${tender}`))))
}

/** A phone payment that was not confirmed when the meal was handed out, by its place among the tenders, and its amount in fen. */
export interface UnconfirmedPayment {
  readonly tender: number
  readonly fen: number
}

/** The phone payments of a record that somebody has to confirm, whether they did or not; of a kind that takes no money none. */
export function unconfirmedPayments(record: LedgerRecord): readonly UnconfirmedPayment[] {
  return (countableOf(record)?.tenders ?? []).flatMap(({ kind, status, fen }, tender) =>
    kind === 'outside' && status === 'pending' ? [{ tender, fen }] : [],
  )
}

/** What was said of a payment; null: it still waits. */
export function outcomeOf(of: RecordId, tender: number, find: FindRecord): OutcomeRecord | null {
  const record = find(outcomeIdOf(of, tender))
  return record?.kind === 'payment-outcome' ? record : null
}

/** Those of its phone payments that nobody has said anything of yet. */
export function waitingPayments(record: LedgerRecord, find: FindRecord): readonly UnconfirmedPayment[] {
  return unconfirmedPayments(record).filter(({ tender }) => outcomeOf(record.id, tender, find) === null)
}

/** True where a phone payment of the record was confirmed, at the counter or later. */
export function isPhoneSettled(record: LedgerRecord, find: FindRecord): boolean {
  return (countableOf(record)?.tenders ?? []).some(
    ({ kind, status }, tender) =>
      kind === 'outside' && (status === 'settled' || outcomeOf(record.id, tender, find)?.payload.outcome === 'settled'),
  )
}

/** What of a record was really taken: without the tenders of which it was said that they were not paid, and without their fen in the own payment. */
export function receivedOf<Part extends Pick<Countable, 'tenders' | 'ownPayFen'>>(
  of: RecordId,
  sale: Part,
  find: FindRecord,
): Part {
  const isLost = (_: unknown, place: number) => outcomeOf(of, place, find)?.payload.outcome === 'not-paid'
  const lostFen = sale.tenders.filter(isLost).reduce((sum, { fen }) => sum + fen, 0)
  if (lostFen === 0) return sale
  const tenders = sale.tenders.filter((tender, place) => !isLost(tender, place))
  return { ...sale, tenders, ownPayFen: sale.ownPayFen - lostFen }
}
