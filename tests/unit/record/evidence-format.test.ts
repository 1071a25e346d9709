import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { evidenceFilter, evidenceLine, evidenceText } from '../../../shared/evidence.ts'
import { readEvidenceLine } from '../../../shared/policy/replay/read-line.ts'
import { commitmentHolds, type LedgerRecord, ledgerRecord } from '../../../shared/record.ts'
import { date } from '../../support/policy-kit.ts'
import { readFormatPage } from './format-page.ts'

const page = readFileSync(join(import.meta.dirname, '../../../docs/evidence-format.md'), 'utf8')
const lines = /^```json lines\n([\s\S]*?)\n```$/m.exec(page)?.[1]?.split('\n') ?? []
const records = new Map<LedgerRecord['kind'], LedgerRecord>(
  readFormatPage()
    .examples.map(({ text }) => ledgerRecord.parse(JSON.parse(text)))
    .map(record => [record.kind, record]),
)

function recordOf(kind: LedgerRecord['kind']): LedgerRecord {
  const record = records.get(kind)
  if (record === undefined) throw new Error(`no example of a ${kind}`)
  return record
}

describe('the example of the page', () => {
  test('is a sale with the inputs that it committed to, and its refund', () => {
    const [sale, refund] = lines.map(line => evidenceLine.parse(JSON.parse(line)))
    const record = ledgerRecord.parse(JSON.parse(sale?.record ?? ''))
    if (record.kind !== 'sale' || !sale?.opened) throw new Error('no sale with inputs')
    expect(commitmentHolds(sale.opened, record.payload.inputsCommitment)).toBe(true)
    expect(JSON.parse(refund?.record ?? '')).toMatchObject({ kind: 'refund', payload: { of: record.id } })
  })

  test('is written as the programs write it', () => {
    for (const line of lines) expect(evidenceText(evidenceLine.parse(JSON.parse(line)))).toBe(line)
  })

  test('is read without a fault', () => {
    expect(lines.map((line, index) => readEvidenceLine(line, index + 1))).toMatchObject([
      { line: 1, is: 'priced', record: { date: '2026-11-20', facts: { ok: true } } },
      { line: 2, is: 'reversal', record: { refund: { ownPayFen: 750 } } },
    ])
  })
})

describe('an export of a range', () => {
  const [sale, refund, late, voidOfLate] = (['sale', 'refund', 'late-entry', 'void'] as const).map(recordOf)
  const chosen = (from: string, to: string) =>
    [sale, refund, late, voidOfLate].map(record => record && evidenceFilter({ from: date(from), to: date(to) })(record))

  test('holds what counts for a day in it, both ends included', () => {
    expect(chosen('2026-11-20', '2026-11-20')).toEqual([true, true, false, true])
    expect(chosen('2026-11-21', '2026-11-30')).toEqual([false, false, false, false])
  })

  test('holds a late entry for the day on which the meal was served', () => {
    expect(chosen('2026-11-19', '2026-11-19')).toEqual([false, false, true, false])
  })

  test('holds what takes back one of its records, however late', () => {
    const filter = evidenceFilter({ to: date('2026-11-19') })
    expect([late, voidOfLate, refund].map(record => record && filter(record))).toEqual([true, true, false])
  })

  test('leaves out no text that is no record', () => {
    expect(evidenceFilter({ from: date('2999-01-01') })(null)).toBe(true)
  })
})
