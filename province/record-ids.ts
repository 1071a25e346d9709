import type { PoolClient } from 'pg'
import { z } from 'zod'
import { parseRecord } from '../shared/countable.ts'
import type { RecordId, TerminalId } from '../shared/ids.ts'
import type { LedgerRecord } from '../shared/record.ts'
import type { Arrival } from './bookings.ts'
import { select } from './database.ts'
import type { VerdictCode } from './examine.ts'

/** The record that a void or a refund takes back. */
export function takenBackBy(record: LedgerRecord | null): RecordId[] {
  return record?.kind === 'void' || record?.kind === 'refund' ? [record.payload.of] : []
}

/**
 * Where several records stand under one id, which of them a terminal means, in SQL the first of `order by`: its own before others', then one
 * that nobody doubts, then the one that came first. @param terminal the SQL of the terminal's id
 */
export const meantFirst = (terminal: string, l: string) =>
  `(${l}.terminal_id = ${terminal}) desc, (${l}.verdict = 'accepted') desc, ${l}.received_at, ${l}.terminal_id, ${l}.generation, ${l}.seq`

const row = z.object({ record_id: z.string(), terminal_id: z.string(), verdict: z.string() })

/** What a terminal recorded under an id; null where nothing is stored of it. */
export async function storedRecord(client: PoolClient, terminal: TerminalId, of: string): Promise<LedgerRecord | null> {
  const [found] = await select(
    client,
    z.object({ record: z.instanceof(Buffer) }),
    "select record from ledger where terminal_id = $1 and record_id = $2 and verdict in ('accepted', 'flagged')",
    [terminal, of],
  )
  return found === undefined ? null : parseRecord(found.record.toString('utf8'))
}

/** What stands under an id: how many records, and whether the one that this terminal means is doubted. */
interface Standing {
  readonly count: number
  readonly isOwn: boolean
  readonly isDoubted: boolean
}

/**
 * Says of each record whose id another one has already that it does (`ID_TAKEN`), whatever terminal wrote that: an id is what takes a record back.
 * So is flagged what takes a record back that is doubted, where its id means several.
 */
export async function judgeIds(
  client: PoolClient,
  terminal: TerminalId,
  arrivals: readonly Arrival[],
): Promise<Arrival[]> {
  const ids = arrivals.flatMap(({ record }) => (record === null ? [] : [record.id, ...takenBackBy(record)]))
  const stored = await select(
    client,
    row,
    `select l.record_id, l.terminal_id, l.verdict from ledger l where l.record_id = any($2) order by ${meantFirst('$1', 'l')}`,
    [terminal, [...new Set(ids)]],
  )
  const known = new Map<string, Standing>()
  const add = (id: string, isOwn: boolean, isDoubted: boolean) => {
    const before = known.get(id)
    const isMeant = before === undefined || (isOwn && !before.isOwn)
    known.set(id, { ...(isMeant ? { isOwn, isDoubted } : before), count: (before?.count ?? 0) + 1 })
  }
  for (const { record_id, terminal_id, verdict } of stored)
    add(record_id, terminal_id === terminal, verdict !== 'accepted')
  return arrivals.map(arrival => {
    const { record, code } = arrival
    if (record === null) return arrival
    const isTaken = known.has(record.id)
    const isUnclear = takenBackBy(record).some(of => {
      const named = known.get(of)
      return named !== undefined && named.count > 1 && named.isDoubted
    })
    const judged = isTaken || isUnclear ? { ...arrival, code: keptBefore(code) ?? 'ID_TAKEN' } : arrival
    add(record.id, true, judged.code !== null)
    return judged
  })
}

/** What is wrong with the ledger itself says more than a taken id. */
function keptBefore(code: VerdictCode | null): VerdictCode | null {
  return code === 'CHAIN_BROKEN' || code === 'COPIED_DISK' ? code : null
}
