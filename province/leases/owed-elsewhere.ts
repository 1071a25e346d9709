import { z } from 'zod'
import { type SeniorId, seniorId } from '../../shared/ids.ts'
import { type HolderId, holderOf } from '../../shared/leases/rights.ts'
import { asked, wordFor } from '../../shared/leases/senior-lease.ts'
import { type Queryable, select } from '../database.ts'
import { type LeaseBook, partsOf, type SeniorSubject } from './states.ts'

/** Under which packs beside these ones these seniors are owed something: a sale elsewhere was under another pack, or their site has a new one. */
export async function owedElsewhere(
  client: Queryable,
  seniors: readonly SeniorId[],
  packs: readonly string[],
): Promise<SeniorSubject[]> {
  return await select(
    client,
    z.object({ senior: seniorId, pack: z.string() }),
    `select senior_id as senior, pack_id as pack from lease_state
      where senior_id = any($1) and pack_id <> all($2) and body::jsonb -> 'owed' <> '{}'::jsonb order by 1, 2`,
    [seniors, packs],
  )
}

/** Leases a holder what it may pay of these, as far as that is free, and asks the rest back; all who are concerned hear of it. */
export function bringOwed(book: LeaseBook, subjects: readonly SeniorSubject[], id: HolderId): void {
  for (const subject of subjects) {
    const before = book.of(subject)
    const question = { epoch: holderOf(before.rights, id).epoch, totals: [], debits: [] }
    const { lease, tell } = asked(before, id, question, () => 1)
    book.put(subject, lease)
    const to = { id, generation: partsOf(id).generation, ...subject }
    const isNew = JSON.stringify(wordFor(lease, to)) !== JSON.stringify(wordFor(before, to))
    book.tell(subject, isNew ? [id, ...tell] : tell)
  }
}
