import { expect, test } from 'vitest'
import { openCheckIn } from '../../../electron/core/check-in-state.ts'
import type { Counter } from '../../../electron/core/counter.ts'
import { priceInTurn } from '../../../electron/core/group/group-price.ts'
import { priceVisit, type Stock } from '../../../electron/core/price-visit.ts'
import { seniorId } from '../../../shared/ids.ts'
import { packHash, parsePack } from '../../../shared/policy/parse-pack.ts'
import { proxyIdOf } from '../../../shared/proxy.ts'
import { seniorRef } from '../../../shared/record.ts'
import type { FullSenior } from '../../../shared/senior.ts'
import { site as siteSchema } from '../../../shared/site.ts'
import { date, packOf, person, readRepositoryJson, subsidyStep } from '../../support/policy-kit.ts'

const plain = packOf([subsidyStep('city', 300)])
const parsed = parsePack({
  ...plain,
  funds: plain.funds.map(fund => (fund.id === 'city' ? { ...fund, pot: { period: 'month' } } : fund)),
})
if (!parsed.ok) throw new Error('the pack is not sound')
const { pack } = parsed
const [site] = siteSchema.array().parse(readRepositoryJson('resources/demo/sites.json'))
const proxy = proxyIdOf('周建平', '4412')

/** A counter whose city fund has this much left in its pot, and nothing more elsewhere. */
function counterWith(leftFen: number): Pick<Counter, 'price' | 'stock'> {
  const stock: Stock = {
    usage: { of: () => ({}) },
    earlier: () => null,
    portions: () => 0,
    leases: { rights: () => ({}), owed: () => [], pots: () => ({ city: { leftFen, isLast: true } }), advance: () => 0 },
  }
  return {
    stock,
    price(open, given) {
      const [set] = site?.menu ?? []
      if (!site || !set || open.senior === null) throw new Error('no visit')
      const facts = { kind: 'full', name: '张淑芬', sex: 'female', home: true, codesSince: 0 } as const
      const senior: FullSenior = { ...facts, cards: [], id: open.senior, person: person() }
      const [businessDate, meal] = [date('2026-11-20'), 'lunch'] as const
      const priced = priceVisit({
        ...{ site, policy: { pack, hash: packHash(pack) }, usage: given.usage, leases: given.leases, senior, set },
        ...{ ref: seniorRef.parse(`${open.senior.slice(0, 32)}AAAAAAAAAAA`), identified: true, rosterIsStale: false },
        ...{ businessDate, meal, time: '11:30' },
        proxy: open.proxy && { ...open.proxy, portions: given.portions(open.proxy.id, businessDate, meal) },
      })
      return { priced, site, meal, businessDate }
    },
  }
}

const people = [1, 2, 3].map(place =>
  openCheckIn.parse({
    ...{
      id: `01a1f5ee-4e70-70ec-ad4d-8532449f6d0${place}`,
      at: 0,
      who: 'senior',
      means: 'card',
      assurance: 'presented',
    },
    ...{
      senior: seniorId.parse(String(place).repeat(32)),
      codeKind: null,
      credentialKey: null,
      tail: null,
      device: null,
    },
    ...{ set: 'A', tender: 'cash', held: true, proxy: { id: proxy, approver: null, before: 'dine-in' } },
  }),
)

const subsidies = (leftFen: number) =>
  priceInTurn(counterWith(leftFen), people).map(({ priced }) => priced?.priced.quote.subsidies[0]?.fen ?? 0)

test('what the first of a group take of a fund’s pot is not there for the next, so that a pot is never overdrawn', () => {
  expect(subsidies(900)).toEqual([300, 300, 300])
  expect(subsidies(899)).toEqual([300, 300, 0])
  expect(subsidies(300)).toEqual([300, 0, 0])
  expect(subsidies(299)).toEqual([0, 0, 0])
})

test('what one proxy collects for the first counts for the next', () => {
  const portions = priceInTurn(counterWith(900), people).map(({ priced }) => priced?.priced.portion)
  expect(portions).toEqual([1, 2, 3])
})
