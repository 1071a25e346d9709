import { z } from 'zod'
import type { Anchor } from '../../../shared/anchor.ts'
import { utf8ToBytes } from '../../../shared/bytes.ts'
import { countableOf, parseRecord } from '../../../shared/countable.ts'
import { evidenceLine } from '../../../shared/evidence.ts'
import type { Finding } from '../../../shared/findings.ts'
import { inputsFit, quoteIsTheSame } from '../../../shared/recompute.ts'
import { type LedgerRecord, recordHash } from '../../../shared/record.ts'
import type { Audit, PackSource } from './audit-ledger.ts'

/**
 * Looks at an evidence file: canonical records in their order, links wherever two neighbours of a chain are both there, and every quote whose
 * inputs are opened. Signatures are not in such a file, and an export of a range has gaps that say nothing.
 */
export async function auditEvidence(
  lines: AsyncIterable<string>,
  options: { readonly anchor: Anchor | null; readonly packs: PackSource },
): Promise<Audit> {
  const { anchor, packs } = options
  const findings: Finding[] = []
  let [records, same, withoutInputs, withoutPack, number] = [0, 0, 0, 0, 0]
  let before: { record: LedgerRecord; hash: string } | null = null
  let anchored: Audit['anchor'] = null
  for await (const text of lines) {
    number += 1
    if (text.trim() === '') continue
    const line = evidenceLine.safeParse(jsonOf(text))
    const record = line.success ? parseRecord(line.data.record) : null
    if (!line.success || record === null) {
      findings.push({ code: 'NOT_A_RECORD', place: null, detail: `line ${number}` })
      before = null
      continue
    }
    records += 1
    const hash = recordHash(utf8ToBytes(line.data.record))
    const note = (code: Finding['code']) =>
      void findings.push({
        ...{ code, place: { generation: record.generation, seq: record.seq } },
        detail: `line ${number}`,
      })
    const order = before && orderOf(before, record)
    if (order !== null) note(order)
    before = { record, hash }
    if (anchor && isAt(anchor, record)) {
      anchored = hash === anchor.hash ? 'fits' : 'does-not-fit'
      if (anchored === 'does-not-fit') note('ANCHOR_DIFFERS')
    }
    const countable = countableOf(record)
    const { opened } = line.data
    if (countable === null) continue
    const pack = packs(countable.policy.hash)
    if (opened === null) withoutInputs += 1
    else if (!inputsFit(countable, opened)) note('INPUTS_DIFFER')
    else if (pack === null) withoutPack += 1
    else if (quoteIsTheSame(countable, opened, pack)) same += 1
    else note('QUOTE_DIFFERS')
  }
  const last = before?.record
  return {
    ...{ records, findings, anchor: anchored, quotes: { same, withoutInputs, withoutPack } },
    head: last
      ? { terminal: last.terminal, generation: last.generation, seq: last.seq, hash: before?.hash ?? '', at: last.at }
      : null,
  }
}

function isAt(anchor: Anchor, { terminal, generation, seq }: LedgerRecord): boolean {
  return anchor.terminal === terminal && anchor.generation === generation && anchor.seq === seq
}

/** What is wrong with a record that comes after another one; null where nothing is, or another terminal's begins. */
function orderOf(before: { record: LedgerRecord; hash: string }, record: LedgerRecord): Finding['code'] | null {
  if (before.record.terminal !== record.terminal) return null
  const [last, now] = [before.record, record]
  if (now.generation < last.generation || (now.generation === last.generation && now.seq <= last.seq))
    return 'RECORD_MISPLACED'
  const isNext = now.generation === last.generation && now.seq === last.seq + 1
  return isNext && now.prev !== before.hash ? 'LINK_BROKEN' : null
}

function jsonOf(text: string): z.core.util.JSONType | undefined {
  try {
    return z.json().parse(JSON.parse(text))
  } catch {
    // No JSON is no evidence line: the parse that follows says so.
    return undefined
  }
}
