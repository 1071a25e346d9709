import { describe, expect, onTestFinished, test } from 'vitest'
import { createDays } from '../../../electron/core/store/day-records.ts'
import { createHistory } from '../../../electron/core/store/history.ts'
import { addDays, businessDate } from '../../../shared/business-day.ts'
import { terminalId } from '../../../shared/ids.ts'
import type { HistoryItem } from '../../../shared/province-api.ts'
import { itemsOf, pageOf, restoredFrom, restoredTill } from '../../support/restored-till.ts'
import { firstDay, houseSeniors, openSaleHouse, type SaleHouse } from '../../support/sale-house.ts'

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

describe('a till that is restored once more', () => {
  const secondRestore = '2026-11-30T20:00:00+08:00'
  const date = businessDate.parse('2026-11-30')

  test('asks for all that it lost where the first loss was never asked for', async () => {
    const { till, lost } = await restoredTill()
    const again = await restoredFrom(till.db.serialize(), secondRestore)
    expect(again.history.due()).toEqual({ after: { generation: 1, seq: 2 }, before: 3 })
    const second = itemsOf(till, { generation: 1, seq: 99 })
    expect(again.history.take(pageOf([...lost, ...second]))).toBe(true)
    expect([again.history.due(), again.history.refilled()]).toEqual([null, 3])
    expect(usedBy(again.till, 0)).toEqual(usedBy((await refilledOnce()).till, 0))
  })

  test('asks for the later loss alone where the first one came back whole', async () => {
    const { till } = await refilledOnce()
    const again = await restoredFrom(till.db.serialize(), secondRestore)
    expect(again.history.due()).toEqual({ after: { generation: 2, seq: 1 }, before: 3 })
  })

  test('asks for its whole past where its disk was lost before and nothing of it has come back', async () => {
    const lastHead = { generation: 1, seq: 7, hash: 'A'.repeat(43) }
    const enrolled = await openSaleHouse(undefined, lastHead)
    onTestFinished(() => enrolled.close())
    const again = await restoredFrom(enrolled.db.serialize(), secondRestore)
    expect(again.history.due()).toEqual({ after: { generation: 0, seq: 0 }, before: 3 })
  })

  test('counts and lists once what its backup holds and the province sends with the rest', async () => {
    const { till, history, lost } = await restoredTill()
    expect(history.take(pageOf(lost.slice(0, 1), true))).toBe(true)
    await eatWithRight(till)
    const before = used(till)
    const again = await restoredFrom(till.db.serialize(), secondRestore)
    expect(again.history.due()).toEqual({ after: { generation: 1, seq: 3 }, before: 3 })
    const second = itemsOf(till, { generation: 1, seq: 99 })
    expect(again.history.take(pageOf([...lost.slice(1), ...second]))).toBe(true)
    expect(again.history.refilled()).toBe(lost.length - 1)
    expect(used(again.till)).toEqual(before)
    expect(again.till.ledger.sales(date, 9).map(({ generation, seq }) => `${generation}/${seq}`)).toEqual(['2/2'])
    expect(
      createDays(again.till.db)
        .of(date)
        .records.filter(({ kind }) => kind === 'sale'),
    ).toHaveLength(1)
  })

  test('passes over a page of which it holds every record', async () => {
    const { till } = await restoredTill()
    await till.eat(0, 4)
    const again = await restoredFrom(till.db.serialize(), secondRestore)
    expect(again.history.take(pageOf(itemsOf(till, { generation: 1, seq: 99 }), true))).toBe(true)
    expect([again.history.due(), again.history.refilled()]).toEqual([
      { after: { generation: 2, seq: 2 }, before: 3 },
      0,
    ])
  })

  async function refilledOnce() {
    const made = await restoredTill()
    expect(made.history.take(pageOf(made.lost))).toBe(true)
    return made
  }

  /** The first senior has a right for the generation that goes on, and uses it on the 30th. */
  async function eatWithRight(till: SaleHouse): Promise<void> {
    const senior = houseSeniors[0]?.senior.id
    if (senior === undefined) throw new Error('nobody')
    const ahead = { through: addDays(firstDay, 9), each: { meal: 1, week: 3, budget: 900 } }
    const grant = { epoch: 1, totals: {}, ahead }
    await till.parts.leases.hear([{ senior, pack: till.pack.id, generation: 2, grant, recall: null, owed: {} }])
    const eaten = await till.eat(0, 4)
    expect(eaten.kind === 'sale' && eaten.payload.claimPending).toBe(false)
  }

  function used({ usage, pack }: SaleHouse) {
    const ref = houseSeniors[0]?.ref
    return ref ? usage.of(ref, pack.id, ['meal|2026-11-30/lunch', 'week|2026-W49', 'budget|2026-11']) : null
  }
})
