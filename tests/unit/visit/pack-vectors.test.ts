import { describe, expect, test } from 'vitest'
import { type PricedService, priceService } from '../../../electron/core/visit/price-service.ts'
import { demoSites } from '../../../province/demo-people.ts'
import { businessDate } from '../../../shared/business-day.ts'
import { seniorId } from '../../../shared/ids.ts'
import type { PolicyCase } from '../../../shared/policy/case.ts'
import { packHash } from '../../../shared/policy/parse-pack.ts'
import { versionInForce } from '../../../shared/policy/quote.ts'
import { factsOfCase } from '../../../shared/policy/run-case.ts'
import { seniorRef } from '../../../shared/record.ts'
import { fullSenior } from '../../../shared/senior.ts'
import { shippedPack } from '../../support/policy-kit.ts'

const names = ['HF-600', 'SH-LTCI', 'ZJ-AIXIN', 'CN-VOUCHER']
const held = new Map(
  names.map(name => {
    const pack = shippedPack(name)
    return [name, { pack, hash: packHash(pack) }]
  }),
)
const [demoSite] = demoSites()
const ref = seniorRef.parse('A'.repeat(43))

/** The price of a case as the end of a visit; `packs` stand before the case's own. */
function priceCase(
  item: PolicyCase,
  packs: readonly { pack: string; service: string }[] = [],
  person: object = {},
): PricedService {
  const policy =
    held.get(item.scheme.split('#')[0] ?? '') ?? [...held.values()].find(({ pack }) => pack.id === item.scheme)
  if (policy === undefined || demoSite === undefined) throw new Error(`no pack for ${item.id}`)
  const version = versionInForce(policy.pack, item.visit.date)
  const facts = factsOfCase({ pack: policy.pack, version }, item)
  const senior =
    facts.person &&
    fullSenior.parse({
      ...{ kind: 'full', id: seniorId.parse('a'.repeat(32)), name: '陈', sex: 'female', home: true, cards: [] },
      ...{ person: { ...facts.person, ...person }, entitledUntil: '2099-12-31', codesSince: 0 },
    })
  const priced = priceService(
    {
      policies: { current: id => held.get(id) ?? null },
      usage: { of: (_, pack) => (pack === policy.pack.id ? facts.used : {}) },
      // The terminal's lease holds whatever the caps leave.
      leases: {
        rights: (_, __, counters) => Object.fromEntries(counters.map(({ key }) => [key, 1_000_000])),
        ...{ owed: () => [], pots: () => ({}), advance: () => 0, spent: () => ({}) },
      },
      rosterIsStale: () => false,
    },
    {
      site: { ...demoSite, facts: facts.visit.site },
      price: {
        fen: item.visit.listPriceFen,
        packs: [...packs, { pack: policy.pack.id, service: item.visit.service ?? 'none' }],
      },
      ...{ senior, ref, minutes: item.visit.minutes ?? 0, endedEarly: false, assurance: 'verified' },
      ...{ date: businessDate.parse(item.visit.date), at: Date.parse(`${item.visit.date}T10:00:00+08:00`) },
    },
  )
  if ('code' in priced) throw new Error(priced.code)
  return priced
}

describe.each(names)('the vectors of %s run through a visit', name => {
  const cases = (held.get(name)?.pack.vectors ?? []).filter(({ person, visit }) => person !== 'guest' && visit.service)
  const [byInsurance, plain] = [
    cases.filter(({ visit }) => visit.paidByInsurance === true),
    cases.filter(({ visit }) => visit.paidByInsurance !== true),
  ]

  test('there are some', () => {
    expect(plain.length).toBeGreaterThan(10)
  })

  test.each(plain)('$id $note', item => {
    const { quote } = priceCase(item)
    expect({
      discountFen: quote.discountFen,
      subsidyFen: Object.fromEntries(quote.subsidies.map(({ fund, fen }) => [fund, fen])),
      ownPayFen: quote.ownPayFen,
    }).toEqual({
      discountFen: item.expect.discountFen,
      subsidyFen: Object.fromEntries(Object.entries(item.expect.subsidyFen).filter(([, fen]) => fen !== 0)),
      ownPayFen: item.expect.ownPayFen,
    })
  })

  if (byInsurance.length === 0) return

  test.each(byInsurance)('$id is never paid again where the insurance pays', item => {
    const insurance = { pack: 'SH-LTCI', service: 'home-care' }
    const long = { ...item, visit: { ...item.visit, minutes: 60 } }
    const { quote } = priceCase(long, [insurance], { careGrade: 4 })
    expect(quote.pack).toBe('SH-LTCI')
    expect(quote.subsidies.map(({ fund }) => fund)).toEqual(['ltci'])
  })
})

describe('which pack pays', () => {
  const insurance = { pack: 'SH-LTCI', service: 'home-care' }
  const [first] = (held.get('CN-VOUCHER')?.pack.vectors ?? []).filter(
    ({ expect: due }) => due.subsidyFen.state !== undefined,
  )
  if (first === undefined) throw new Error('no vector with a voucher')
  const at = (minutes: number) => ({ ...first, visit: { ...first.visit, minutes } })

  test('is the first that gives anything, alone', () => {
    expect(priceCase(at(60), [insurance], { careGrade: 4 }).quote.pack).toBe('SH-LTCI')
    expect(priceCase(at(59), [insurance], { careGrade: 4 }).quote.pack).toBe('CN-VOUCHER')
    expect(priceCase(at(60), [insurance]).quote.pack).toBe('CN-VOUCHER')
  })
})
