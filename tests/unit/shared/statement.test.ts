import { describe, expect, test } from 'vitest'
import { type LedgerRecord, ledgerRecord } from '../../../shared/record.ts'
import { entriesOfMonth, entryOf, type StatementEntry, seniorOf, serviceNameIn } from '../../../shared/statement.ts'
import { monthAfter, sumsOf } from '../../../shared/statement-sums.ts'

const hash = 'A'.repeat(43)
const senior = 'B'.repeat(42).concat('A')
const idOf = (number: number) => `01a1f5ee-4e70-70ec-ad4d-8532449f8d${String(number).padStart(2, '0')}`

function record(number: number, kind: string, payload: object, date = '2026-11-20'): LedgerRecord {
  const place = {
    v: 1,
    suite: 'standard',
    terminal: 'till-1',
    generation: 1,
    seq: number,
    prev: hash,
    id: idOf(number),
  }
  const bootId = '00000000-0000-4000-8000-000000000000'
  return ledgerRecord.parse({ ...place, at: 1_795_000_000_000 + number, bootId, businessDate: date, kind, payload })
}

const who = { site: 'station', senior, means: 'card', assurance: 'possessed', device: 'reader', deviceEvent: null }
const location = { evidence: 'reader', reference: 'reader' }
const priced = {
  ...{ policy: { pack: 'TEST', version: null, hash }, listFen: 6000, discountFen: 0, ownPayFen: 2005, operatorFen: 0 },
  ...{ subsidies: [{ fund: 'city', fen: 3995 }], cashRoundingFen: 5, pendingFen: 0, claimPending: false, debits: [] },
  ...{ quoteCommitment: hash, inputsCommitment: hash, tenders: [] },
}
const began = record(1, 'visit-in', { ...who, carer: 'li', service: 'bath', order: null, location, operator: 'sun' })
const ended = record(2, 'visit-out', {
  ...{ ...who, of: idOf(1), minutes: 45, endedEarly: null, location, ...priced, operator: 'sun' },
})
const undone = record(3, 'void', { of: idOf(2), reason: 'x', operator: null })
const back = record(
  4,
  'refund',
  { of: idOf(2), subsidies: [{ fund: 'city', fen: 3995 }], ownPayFen: 2000, reason: 'x', operator: null },
  '2026-12-01',
)

const all = [began, ended, undone, back]
const site = { station: { services: [{ id: 'bath', name: { zh: '助浴', en: 'Bathing' } }] } }
function entries(records: readonly LedgerRecord[]): StatementEntry[] {
  return records.flatMap(
    one =>
      entryOf(one, id => all.find(other => other.id === id) ?? null, {
        ...{ standing: 'counted', pending: false, proxy: null, siteName: of => of },
        serviceName: (_, service) => serviceNameIn(site, service),
      }) ?? [],
  )
}

describe('a visit in a statement', () => {
  test('is one line, with the service of its beginning and the minutes of its end', () => {
    expect(entries([began, ended])).toMatchObject([
      {
        kind: 'visit-out',
        service: { zh: '助浴', en: 'Bathing' },
        minutes: 45,
        meal: null,
        paidFen: 2000,
        of: idOf(1),
      },
    ])
    expect(sumsOf(entries([began, ended]))).toMatchObject({ meals: 0, services: 1, minutes: 45, claimedFen: 3995 })
  })

  test('that was voided is none, in times, minutes and money', () => {
    const sums = sumsOf(entries([began, ended, undone]))
    expect(sums).toMatchObject({ meals: 0, services: 0, minutes: 0, listFen: 0, claimedFen: 0, paidFen: 0 })
  })

  test('whose money was given back was given all the same, and the money goes back in the month in which that was done', () => {
    const found = entries([began, ended, back])
    expect(sumsOf(found)).toMatchObject({ services: 1, minutes: 45, claimedFen: 0, paidFen: 0 })
    expect(entriesOfMonth(found, '2026-12').map(({ kind }) => kind)).toEqual(['refund'])
  })

  test('is in the name that its record says; what takes it back names nobody', () => {
    expect([began, ended, undone].map(seniorOf)).toEqual([null, senior, null])
  })
})

test('a service that no catalogue names is shown by its id', () => {
  expect(serviceNameIn({}, 'bath')).toEqual({ zh: 'bath', en: 'bath' })
})

test('what is held or refused is in no fund’s sum', () => {
  const [entry] = entries([ended])
  if (!entry) throw new Error('no entry')
  const sums = sumsOf([entry, { ...entry, standing: 'held' }, { ...entry, standing: 'refused' }])
  expect(sums).toMatchObject({
    claimedFen: 3995,
    heldFen: 3995,
    refusedFen: 3995,
    claimed: [{ fund: 'city', fen: 3995 }],
  })
})

test('months are counted over the turn of a year', () => {
  expect([monthAfter('2026-12', 1), monthAfter('2026-01', -1), monthAfter('2026-11', 0)]).toEqual([
    ...['2027-01', '2025-12', '2026-11'],
  ])
})
