import type { BusinessDate } from '../../business-day.ts'
import { type Countable, countableOf, parseRecord } from '../../countable.ts'
import { evidenceLine } from '../../evidence.ts'
import type { RecordId, SeniorId, TerminalId } from '../../ids.ts'
import { commitmentHolds, type LedgerRecord, type OpenedInputs } from '../../record.ts'
import type { QuoteInputs } from '../quote-form.ts'

/** Where and when a record was made. `date` is the business date that it counts for, `at` milliseconds UTC. */
export interface Place {
  readonly line: number
  readonly date: BusinessDate
  readonly at: number
  readonly terminal: TerminalId
  readonly generation: number
  readonly seq: number
}

/**
 * Why a record cannot be priced again: `NO_INPUTS` nothing tells who came for what; `INPUTS_DIFFER` what is told is not what the record
 * committed to; `CLAIM_PENDING` the price of then was not settled, or the person not known.
 */
export type WhyLeftOut = 'NO_INPUTS' | 'INPUTS_DIFFER' | 'CLAIM_PENDING'

/** A sale, a late entry or the end of a visit, with the amounts of then. */
export interface PricedRecord extends Place {
  readonly id: RecordId
  readonly kind: LedgerRecord['kind']
  readonly sale: Countable
  /** What it is priced from; `senior` is null for a guest. */
  readonly facts:
    | { readonly ok: true; readonly senior: SeniorId | null; readonly quote: QuoteInputs }
    | { readonly ok: false; readonly why: WhyLeftOut }
}

/** A void, or a refund with what went back to each fund and to the senior. */
export interface Reversal extends Place {
  readonly of: RecordId
  readonly refund: Pick<Countable, 'subsidies' | 'ownPayFen'> | null
}

/**
 * A line that counts for nothing: `UNREADABLE` it is no evidence line; `BAD_RECORD` its text is no canonical record; `REPEATED` its record
 * stands in an earlier line; `UNKNOWN_RECORD` it takes back a record that is not there; `TAKEN_BACK_TWICE` one that was taken back before.
 */
export type Fault = {
  readonly line: number
  readonly code: 'UNREADABLE' | 'BAD_RECORD' | 'REPEATED' | 'UNKNOWN_RECORD' | 'TAKEN_BACK_TWICE'
}

/** A line that was read. `day` is the business date on which its record was made. */
export type ReadLine = { readonly line: number } & (
  | { readonly is: 'priced'; readonly record: PricedRecord; readonly id: RecordId; readonly day: BusinessDate }
  | { readonly is: 'reversal'; readonly record: Reversal; readonly id: RecordId; readonly day: BusinessDate }
  | { readonly is: 'other'; readonly id: RecordId; readonly day: BusinessDate }
  | { readonly is: 'fault'; readonly code: Fault['code'] }
)

/** Reads one line of an evidence file, held against what its record committed to. Never throws. @param line number of the line, from 1 */
export function readEvidenceLine(text: string, line: number): ReadLine {
  const parsed = evidenceLine.safeParse(jsonOf(text))
  if (!parsed.success) return { line, is: 'fault', code: 'UNREADABLE' }
  const record = parseRecord(parsed.data.record)
  if (record === null) return { line, is: 'fault', code: 'BAD_RECORD' }
  const { id, businessDate: day, at, terminal, generation, seq } = record
  const place = { line, date: day, at, terminal, generation, seq }
  if (record.kind === 'void' || record.kind === 'refund') {
    const refund = record.kind === 'refund' ? record.payload : null
    return { line, is: 'reversal', id, day, record: { ...place, of: record.payload.of, refund } }
  }
  const sale = countableOf(record)
  if (sale === null) return { line, is: 'other', id, day }
  const facts = factsOf(sale, parsed.data.opened)
  return { line, is: 'priced', id, day, record: { ...place, date: sale.date, id, kind: record.kind, sale, facts } }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // No JSON is no evidence line either: the parse that follows says so.
    return undefined
  }
}

function factsOf(sale: Countable, opened: OpenedInputs | null): PricedRecord['facts'] {
  if (sale.claimPending) return { ok: false, why: 'CLAIM_PENDING' }
  if (opened === null) return { ok: false, why: 'NO_INPUTS' }
  const { senior, quote } = opened.inputs
  const fits =
    commitmentHolds(opened, sale.inputsCommitment) &&
    (senior === null) === (sale.senior === null) &&
    quote.visit.businessDate === sale.date &&
    quote.visit.listFen === sale.listFen &&
    (sale.meal === undefined || (quote.visit.meal ?? null) === sale.meal) &&
    (sale.channel === undefined || quote.visit.channel === sale.channel)
  return fits ? { ok: true, senior, quote } : { ok: false, why: 'INPUTS_DIFFER' }
}
