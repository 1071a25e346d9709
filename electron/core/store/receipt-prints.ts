import { z } from 'zod'
import type { RecordId } from '../../../shared/ids.ts'
import { type TenderKind, tenderKind } from '../../../shared/site.ts'
import type { Db } from './open-database.ts'

/** How often the receipt of each sale went to the printer. */
export interface ReceiptPrints {
  /** Null: nothing is known of this sale. */
  of(sale: RecordId): { readonly tender: TenderKind; readonly prints: number } | null
  /** A sale was made now (`at`, ms); what is older than a week is forgotten. */
  keep(sale: RecordId, tender: TenderKind, at: number): void
  /** It goes to the printer now: kept before the first byte leaves. Gives how often it went there before. */
  begin(sale: RecordId, tender: TenderKind, at: number): number
  /** No byte of it left after all. */
  notBegun(sale: RecordId): void
}

const kept = 7 * 86_400_000

export function createReceiptPrints(db: Db): ReceiptPrints {
  const select = db.prepare<[string], unknown>('SELECT tender, prints FROM receipt_print WHERE record_id = ?')
  const insert = db.prepare('INSERT OR IGNORE INTO receipt_print (record_id, tender, prints, at) VALUES (?, ?, 0, ?)')
  const count = db.prepare('UPDATE receipt_print SET prints = max(0, prints + ?) WHERE record_id = ?')
  const forget = db.prepare('DELETE FROM receipt_print WHERE at < ?')
  const row = z.object({ tender: tenderKind, prints: z.int() }).nullable()
  const of = (sale: RecordId) => row.parse(select.get(sale) ?? null)
  const keep = (sale: RecordId, tender: TenderKind, at: number) => {
    forget.run(at - kept)
    insert.run(sale, tender, at)
  }
  return {
    of,
    keep: (sale, tender, at) => db.transaction(() => keep(sale, tender, at)).immediate(),
    begin: (sale, tender, at) =>
      db
        .transaction(() => {
          keep(sale, tender, at)
          count.run(1, sale)
          return (of(sale)?.prints ?? 1) - 1
        })
        .immediate(),
    notBegun: sale => void count.run(-1, sale),
  }
}
