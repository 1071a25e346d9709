import type { BusinessDate } from './business-day.ts'
import { canonicalJson } from './canonical-json.ts'
import { type LedgerRecord, ledgerRecord, type SalePayload } from './record.ts'

/** What of a sale, a late entry or the end of a visit is counted. `meal`, `channel`, `items` and `minutes` are undefined where the kind has none. */
export interface Countable
  extends Pick<
    SalePayload,
    | 'site'
    | 'senior'
    | 'means'
    | 'assurance'
    | 'policy'
    | 'listFen'
    | 'discountFen'
    | 'subsidies'
    | 'ownPayFen'
    | 'operatorFen'
    | 'cashRoundingFen'
    | 'pendingFen'
    | 'claimPending'
    | 'debits'
    | 'tenders'
    | 'quoteCommitment'
    | 'inputsCommitment'
  > {
  readonly meal: SalePayload['meal'] | undefined
  readonly channel: SalePayload['channel'] | undefined
  readonly items: SalePayload['items'] | undefined
  /** Of a visit, its whole minutes. */
  readonly minutes: number | undefined
  /** The business date that it counts for: of a late entry, the day on which it was served. */
  readonly date: BusinessDate
  readonly held: boolean
}

const withoutMeal = { meal: undefined, channel: undefined, items: undefined }
const withoutMinutes = { minutes: undefined }

/** The countable part of a record, or null for a kind that has none. */
export function countableOf(record: LedgerRecord): Countable | null {
  switch (record.kind) {
    case 'sale':
      return { ...record.payload, ...withoutMinutes, date: record.businessDate, held: false }
    case 'late-entry':
      return { ...record.payload.sale, ...withoutMinutes, date: record.payload.servedOn, held: record.payload.held }
    case 'visit-out':
      return { ...record.payload, ...withoutMeal, date: record.businessDate, held: false }
    case 'late-visit':
      return { ...record.payload.visit, ...withoutMeal, date: record.payload.servedOn, held: record.payload.held }
    default:
      return null
  }
}

/** The record whose canonical bytes a text is; null where it is none. */
export function parseRecord(text: string): LedgerRecord | null {
  try {
    const parsed = ledgerRecord.safeParse(JSON.parse(text))
    return parsed.success && canonicalJson(parsed.data) === text ? parsed.data : null
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TypeError) return null
    throw error
  }
}
