import { describe, expect, test } from 'vitest'
import { priceVisit } from '../../../electron/core/price-visit.ts'
import { siteId } from '../../../shared/ids.ts'
import { packHash } from '../../../shared/policy/parse-pack.ts'
import { quoteInputs } from '../../../shared/policy/quote-form.ts'
import { site as siteSchema } from '../../../shared/site.ts'
import {
  date,
  discountStep,
  packJson,
  packOf,
  person,
  price,
  readRepositoryJson,
  soundPack,
  subsidyStep,
  visit,
} from '../../support/policy-kit.ts'

const surcharge = (more: object) => ({
  id: 'guests',
  kind: 'surcharge',
  title: { zh: '访客', en: 'guests' },
  amount: { kind: 'fixed', fen: 200 },
  ...more,
})
const forGuests = packOf([surcharge({ for: 'guest' })])
const forAllButTheOld = packOf([surcharge({ for: 'anyone', when: { none: [{ age: { atLeast: 60 } }] } })])
const stranger = { person: null, stranger: true } as const

describe('somebody who showed who they are, and whose facts this terminal does not hold,', () => {
  test("never pays a guest's surcharge, however it is written", () => {
    for (const pack of [forGuests, forAllButTheOld]) {
      expect(price(pack, { person: null }).ownPayFen).toBe(1700)
      expect(price(pack, stranger).ownPayFen).toBe(1500)
    }
  })

  test('is no guest to a condition either', () => {
    const pack = (guest: boolean) => packOf([discountStep('d', 10, { for: 'anyone', when: { guest } })])
    expect(price(pack(true), stranger).ownPayFen).toBe(1500)
    expect(price(pack(false), stranger).ownPayFen).toBe(1350)
    expect(price(pack(true), { person: null }).ownPayFen).toBe(1350)
  })

  test('gets what is for anyone, and nothing that is for known persons or for guests', () => {
    const pack = (whom: string) => packOf([discountStep('d', 10, { for: whom })])
    expect(['anyone', 'person', 'guest'].map(whom => price(pack(whom), stranger).ownPayFen)).toEqual([1350, 1500, 1500])
  })

  test('has no facts: inputs that say both are none', () => {
    const inputs = { person: null, visit: visit(), used: {}, rights: {}, stranger: true }
    expect(quoteInputs.safeParse(inputs).success).toBe(true)
    expect(quoteInputs.safeParse({ ...inputs, person: person() }).success).toBe(false)
  })
})

test('the till prices a person of no roster as a stranger, and a guest as a guest', () => {
  const [first] = siteSchema.array().parse(readRepositoryJson('resources/demo/sites.json'))
  const [set] = first?.menu ?? []
  if (first === undefined || set === undefined) throw new Error('the demo has no site with a menu')
  const priceFor = (identified: boolean) =>
    priceVisit({
      site: { ...first, id: siteId.parse('s') },
      policy: { pack: forGuests, hash: packHash(forGuests) },
      usage: { of: () => ({}) },
      leases: { rights: () => ({}), owed: () => [], pots: () => ({}), advance: () => 0 },
      ...{ senior: null, ref: null, identified, set, rosterIsStale: false },
      ...{ businessDate: date('2026-11-20'), meal: 'lunch', time: '11:30' },
    })
  expect(priceFor(true).quote.ownPayFen).toBe(set.priceFen)
  expect(priceFor(false).quote.ownPayFen).toBe(set.priceFen + 200)
  expect(priceFor(true).inputs.stranger).toBe(true)
})

test('a guest has no counters: no limit stops a step for guests or leaves it unproven, and no allowance was ever theirs', () => {
  const limits = [{ id: 'day', period: 'day', unit: 'fen', cap: 100 }]
  const pack = packOf([discountStep('d', 10, { for: 'anyone', limits: ['day'] })], { limits })
  const quote = price(pack, { person: null, rights: {} })
  expect([quote.ownPayFen, quote.pendingFen, quote.debits]).toEqual([1350, 0, []])
  expect(price(pack, { ...stranger, rights: {} }).pendingFen).toBe(0)
  const json = packJson([subsidyStep('v', 300, { for: 'anyone', allowance: 'voucher' })])
  const allowances = [{ id: 'voucher', title: { zh: '券', en: 'voucher' }, period: 'month', cap: 60_000 }]
  const issued = soundPack({ ...json, versions: json.versions.map(version => ({ ...version, allowances })) })
  expect(price(issued, { person: null }).ownPayFen).toBe(1500)
  expect(price(issued).ownPayFen).toBe(1200)
})
