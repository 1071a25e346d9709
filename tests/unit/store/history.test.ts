import { describe, expect, onTestFinished, test } from 'vitest'
import { createHistory } from '../../../electron/core/store/history.ts'
import { businessDate } from '../../../shared/business-day.ts'
import { terminalId } from '../../../shared/ids.ts'
import type { HistoryItem } from '../../../shared/province-api.ts'
import { pageOf, restoredTill } from '../../support/restored-till.ts'
import { houseSeniors, openSaleHouse, type SaleHouse } from '../../support/sale-house.ts'

const usedBy = ({ usage, pack }: SaleHouse, who: number) => {
  const ref = houseSeniors[who]?.ref
  return ref ? usage.of(ref, pack.id, ['meal|2026-11-26/lunch', 'meal|2026-11-27/lunch', 'week|2026-W48']) : null
}

test('a ledger that lost nothing misses nothing', async () => {
  const till = await openSaleHouse()
  onTestFinished(() => till.close())
  const parts = { db: till.db, documents: till.documents, ledger: till.ledger, usage: till.usage }
  expect(createHistory({ ...parts, terminal: terminalId.parse('till-1') }).due()).toBeNull()
})

test('what was lost comes back page by page, counts once, and stands in the lists', async () => {
  const { till, history, lost } = await restoredTill()
  expect(history.due()).toEqual({ after: { generation: 1, seq: 2 }, before: 2 })
  expect(usedBy(till, 0)).toEqual({ 'meal|2026-11-26/lunch': 1, 'week|2026-W48': 1 })
  expect(history.take(pageOf(lost.slice(0, 1), true))).toBe(true)
  expect(history.due()).toEqual({ after: { generation: 1, seq: 3 }, before: 2 })
  expect(history.take(pageOf(lost.slice(1)))).toBe(true)
  expect([history.due(), history.refilled()]).toEqual([null, 3])
  expect(usedBy(till, 0)).toEqual({ 'meal|2026-11-26/lunch': 1, 'meal|2026-11-27/lunch': 1, 'week|2026-W48': 2 })
  const listed = till.ledger.sales(businessDate.parse('2026-11-27'), 9)
  expect(listed.map(({ seq }) => seq).sort()).toEqual([3, 4])
})

test('a void that was lost is one still: its sale is taken back, and used nothing', async () => {
  const { till, history, lost } = await restoredTill()
  history.take(pageOf(lost))
  const sale = lost[1] ? JSON.parse(lost[1].record).id : ''
  expect(till.ledger.reversalOf(sale)).toBe(lost[2] ? JSON.parse(lost[2].record).id : '')
  expect(usedBy(till, 1)).toEqual({})
})

test('it is no part of the chain, goes nowhere, and is guarded like it', async () => {
  const { till, history, lost } = await restoredTill()
  const before = till.ledger.after({ generation: 1, seq: 0 }, 50).length
  history.take(pageOf(lost))
  expect(till.ledger.after({ generation: 1, seq: 0 }, 50)).toHaveLength(before)
  expect(() => till.db.exec('DELETE FROM history')).toThrow(/never deleted/)
  expect(() => till.db.exec("UPDATE history SET kind = ''")).toThrow(/never changed/)
})

test('what the province rejected is kept and counts for nothing', async () => {
  const { till, history, lost } = await restoredTill()
  expect(history.take(pageOf(lost.map(item => ({ ...item, counted: false }))))).toBe(true)
  expect(usedBy(till, 0)).toEqual({ 'meal|2026-11-26/lunch': 1, 'week|2026-W48': 1 })
})

describe('a page is refused whole, and changes nothing, where', () => {
  test.each<[string, (lost: HistoryItem[]) => HistoryItem[]]>([
    ['a record is left out', lost => lost.slice(1)],
    [
      'one does not follow the one before',
      ([a, b]) => (a && b ? [a, { ...b, record: a.record.replace('"seq":3', '"seq":4') }] : []),
    ],
    [
      'they are of another terminal',
      lost => lost.map(item => ({ ...item, record: item.record.replace('till-1', 'till-2') })),
    ],
  ])('%s', async (_, change) => {
    const { till, history, lost } = await restoredTill()
    expect(history.take(pageOf(change(lost)))).toBe(false)
    expect([history.due(), usedBy(till, 0)]).toEqual([
      { after: { generation: 1, seq: 2 }, before: 2 },
      { 'meal|2026-11-26/lunch': 1, 'week|2026-W48': 1 },
    ])
  })
})
