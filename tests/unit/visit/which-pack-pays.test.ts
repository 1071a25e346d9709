import { expect, test } from 'vitest'
import { priceService } from '../../../electron/core/visit/price-service.ts'
import { demoSites } from '../../../province/demo-people.ts'
import { businessDate } from '../../../shared/business-day.ts'
import { seniorId } from '../../../shared/ids.ts'
import { packHash } from '../../../shared/policy/parse-pack.ts'
import { versionInForce } from '../../../shared/policy/quote.ts'
import { factsOfCase } from '../../../shared/policy/run-case.ts'
import { seniorRef } from '../../../shared/record.ts'
import { fullSenior } from '../../../shared/senior.ts'
import { shippedPack } from '../../support/policy-kit.ts'

/** Of the packs that a service names the first one that gives anything pays alone: here the insurance, from 60 minutes on, before the voucher. */

const [insurance, voucher] = [shippedPack('SH-LTCI'), shippedPack('CN-VOUCHER')]
const held = new Map([insurance, voucher].map(pack => [pack.id, { pack, hash: packHash(pack) }]))
const [demoSite] = demoSites()
const item = voucher.vectors?.find(({ expect: due }) => due.subsidyFen.state !== undefined)
if (item === undefined || demoSite === undefined) throw new Error('no vector with a voucher, or no site')
const { person, visit, used } = factsOfCase({ pack: voucher, version: versionInForce(voucher, item.visit.date) }, item)
const site = { ...demoSite, facts: visit.site }

/** Which pack pays somebody to whom the voucher is due. @param more what else is known of them */
function paying(minutes: number, more: object): string {
  const senior = fullSenior.parse({
    ...{ kind: 'full', id: seniorId.parse('a'.repeat(32)), name: '陈', sex: 'female', home: true, cards: [] },
    ...{ person: { ...person, ...more }, entitledUntil: '2099-12-31', codesSince: 0 },
  })
  const packs = [
    { pack: insurance.id, service: 'home-care' },
    { pack: voucher.id, service: visit.service ?? 'none' },
  ]
  const priced = priceService(
    {
      policies: { current: id => held.get(id) ?? null },
      usage: { of: (_, pack) => (pack === voucher.id ? used : {}) },
      // The terminal's lease holds whatever the caps leave.
      leases: {
        rights: (_, __, counters) => Object.fromEntries(counters.map(({ key }) => [key, 1_000_000])),
        ...{ owed: () => [], pots: () => ({}), advance: () => 0, spent: () => ({}) },
      },
      rosterIsStale: () => false,
    },
    {
      site,
      price: { fen: visit.listFen, packs },
      ...{ senior, ref: seniorRef.parse('A'.repeat(43)), minutes, endedEarly: false, assurance: 'verified' },
      ...{ date: businessDate.parse(visit.businessDate), at: Date.parse(`${visit.businessDate}T10:00:00+08:00`) },
    },
  )
  if ('code' in priced) throw new Error(priced.code)
  return priced.quote.pack
}

test('the first pack that gives anything pays', () => {
  expect(paying(60, { careGrade: 4 })).toBe(insurance.id)
})

test('the next pack pays what is too short for the first', () => {
  expect(paying(59, { careGrade: 4 })).toBe(voucher.id)
})

test('the next pack pays somebody to whom the first gives nothing', () => {
  expect(paying(60, {})).toBe(voucher.id)
})
