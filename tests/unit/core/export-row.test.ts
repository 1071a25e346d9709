import { expect, test } from 'vitest'
import { exportRow } from '../../../electron/core/bureau/export-csv.ts'
import { chainStart, ledgerRecord } from '../../../shared/record.ts'

const id = (last: number) => `0193aaaa-0000-7000-8000-00000000000${last}`

test('what was paid of an accepted claim is a row: the funds pay it, and the senior gets it back', () => {
  const record = ledgerRecord.parse({
    ...{ v: 1, suite: 'standard', terminal: 'till-1', generation: 1, seq: 7, prev: chainStart, bootId: id(1) },
    ...{ id: id(2), at: Date.parse('2026-11-22T12:00:00+08:00'), businessDate: '2026-11-22', kind: 'made-good' },
    payload: {
      ...{ site: 'canteen', senior: 'A'.repeat(43), of: id(3), at: id(4), operator: null },
      subsidies: [
        { fund: 'city', fen: 300 },
        { fund: 'street', fen: 205 },
      ],
    },
  })
  expect(exportRow(record, 'hash')).toMatchObject({
    ...{ kind: 'made-good', site: 'canteen', of_record: id(3), subsidies: 'city=3.00; street=2.05' },
    ...{ subsidy_yuan: { fen: 505 }, own_pay_yuan: { fen: -505 }, business_date: '2026-11-22' },
  })
})

test('who vouched for the person of a visit is a row behind it, as the site names them', () => {
  const record = ledgerRecord.parse({
    ...{ v: 1, suite: 'standard', terminal: 'till-1', generation: 1, seq: 8, prev: chainStart, bootId: id(1) },
    ...{ id: id(2), at: Date.parse('2026-11-22T12:00:00+08:00'), businessDate: '2026-11-22', kind: 'visit-proxy' },
    payload: { site: 'station', senior: 'A'.repeat(43), of: id(3), proxy: 'B'.repeat(42).concat('A'), operator: null },
  })
  expect(exportRow(record, 'hash')).toMatchObject({
    ...{ kind: 'visit-proxy', site: 'station', senior_ref: 'A'.repeat(43), of_record: id(3) },
    proxy_ref: 'B'.repeat(42).concat('A'),
  })
})
