import { expect, test } from 'vitest'
import { countableOf } from '../../../shared/countable.ts'
import {
  isPhoneSettled,
  outcomeIdOf,
  receivedOf,
  unconfirmedPayments,
  waitingPayments,
} from '../../../shared/payment-outcome.ts'
import { type LedgerRecord, ledgerRecord } from '../../../shared/record.ts'
import { readFormatPage } from './format-page.ts'

const records = readFormatPage().examples.map(({ text }) => ledgerRecord.parse(JSON.parse(text)))
const said = records.find(record => record.kind === 'payment-outcome')
const visit = records.find(({ id }) => id === said?.payload.of)
if (said === undefined || visit === undefined) throw new Error('the page has no such examples')
const find = (id: string): LedgerRecord | null => records.find(record => record.id === id) ?? null
const lost = (id: string): LedgerRecord | null =>
  id === said.id ? { ...said, payload: { ...said.payload, outcome: 'not-paid' } } : null

test('the id of an outcome is made of what it is about: the same for the same payment, another one for any other', () => {
  expect(said.id).toBe(outcomeIdOf(visit.id, 0))
  const others = [outcomeIdOf(visit.id, 1), outcomeIdOf(said.id, 0)]
  expect(new Set([said.id, ...others]).size).toBe(3)
})

test('only phone payments that were not confirmed are to be confirmed, of visits like of meals', () => {
  expect(unconfirmedPayments(visit)).toEqual([{ tender: 0, fen: 3600 }])
  expect(records.filter(record => unconfirmedPayments(record).length > 0).map(({ kind }) => kind)).toEqual([
    ...['visit-out', 'late-visit'],
  ])
})

test('a payment waits until something is said of it', () => {
  expect(waitingPayments(visit, () => null)).toEqual([{ tender: 0, fen: 3600 }])
  expect(waitingPayments(visit, find)).toEqual([])
})

test('what never came was not received, and what came was', () => {
  const sale = countableOf(visit)
  if (sale === null) throw new Error('a visit counts')
  expect(receivedOf(visit.id, sale, find)).toBe(sale)
  expect(receivedOf(visit.id, sale, lost)).toMatchObject({ tenders: [], ownPayFen: 0 })
})

test('a phone payment is settled once somebody said that it came, and not while it waits nor where it never came', () => {
  expect(isPhoneSettled(visit, find)).toBe(true)
  expect(isPhoneSettled(visit, () => null)).toBe(false)
  expect(isPhoneSettled(visit, lost)).toBe(false)
})
