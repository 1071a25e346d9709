import { type RecordId, recordId, type TerminalId, terminalId } from '../../../shared/ids.ts'
import type { Db } from './open-database.ts'

/** At the first till: claims that it does not pay, because another till refunds the sale. */
export interface LaneHolds {
  /** `by`: the record of the refund to come. False where that refund was said not to be made: its question came late. */
  hold(of: RecordId, by: RecordId, lane: TerminalId): boolean
  /** The refund `by` was not made, and is not held for any more. */
  free(of: RecordId, by: RecordId, lane: TerminalId): void
  has(of: RecordId): boolean
}

export function createLaneHolds(db: Db): LaneHolds {
  const insert = db.prepare('INSERT OR IGNORE INTO lane_hold (of_id, by_id, lane, held) VALUES (?, ?, ?, 1)')
  const update = db.prepare(
    `INSERT INTO lane_hold (of_id, by_id, lane, held) VALUES (?, ?, ?, 0)
      ON CONFLICT (of_id, by_id) DO UPDATE SET held = 0 WHERE lane = excluded.lane`,
  )
  const selectOne = db.prepare<[string, string], { held: number }>(
    'SELECT held FROM lane_hold WHERE of_id = ? AND by_id = ?',
  )
  const select = db.prepare<[string], { by_id: string }>('SELECT by_id FROM lane_hold WHERE of_id = ? AND held = 1')
  return {
    hold(of, by, lane) {
      insert.run(of, by, lane)
      return selectOne.get(of, by)?.held === 1
    },
    free: (of, by, lane) => void update.run(of, by, lane),
    has: of => select.get(of) !== undefined,
  }
}

/** At the second till: refunds for which it asked the first to hold a claim. */
export interface LaneRefunds {
  /** Before the question leaves. */
  asked(of: RecordId, by: RecordId, first: TerminalId): void
  /** The first till holds what it has to, and no more. */
  settled(of: RecordId, by: RecordId): void
  open(): { readonly of: RecordId; readonly by: RecordId; readonly first: TerminalId }[]
}

export function createLaneRefunds(db: Db): LaneRefunds {
  const insert = db.prepare('INSERT OR REPLACE INTO lane_refund (of_id, by_id, first) VALUES (?, ?, ?)')
  const remove = db.prepare('DELETE FROM lane_refund WHERE of_id = ? AND by_id = ?')
  const select = db.prepare<[], { of_id: string; by_id: string; first: string }>(
    'SELECT of_id, by_id, first FROM lane_refund',
  )
  return {
    asked: (of, by, first) => void insert.run(of, by, first),
    settled: (of, by) => void remove.run(of, by),
    open: () =>
      select.all().map(row => ({
        of: recordId.parse(row.of_id),
        by: recordId.parse(row.by_id),
        first: terminalId.parse(row.first),
      })),
  }
}
