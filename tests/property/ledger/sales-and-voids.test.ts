import fc from 'fast-check'
import { expect, test } from 'vitest'
import { verifyChain } from '../../../electron/core/store/verify-chain.ts'
import { addDays, meal } from '../../../shared/business-day.ts'
import { countersFor } from '../../../shared/policy/counters.ts'
import { visitFacts } from '../../../shared/policy/facts.ts'
import { standardSuite } from '../../../shared/suite.ts'
import {
  houseDays as days,
  firstDay,
  openSaleHouse,
  housePack as pack,
  type SaleHouse,
  houseSeniors as seniors,
  houseSite as site,
} from '../../support/sale-house.ts'

/** What was used by the records themselves: debits of every sale that no void took back. */
function usedByRecords(records: ReturnType<SaleHouse['ledger']['after']>, ref: string): Record<string, number> {
  const taken = new Set(records.flatMap(({ record }) => (record.kind === 'void' ? [record.payload.of] : [])))
  const used: Record<string, number> = {}
  for (const { record } of records) {
    if (record.kind !== 'sale' || record.payload.senior !== ref || taken.has(record.id)) continue
    for (const { limit, label, amount } of record.payload.debits)
      used[`${limit}|${label}`] = (used[`${limit}|${label}`] ?? 0) + amount
  }
  return used
}

/** Every counter that a meal of these days can draw on, with its cap. */
function capsOver(days: number): Map<string, number> {
  const counters = Array.from({ length: days + 1 }, (_, day) => addDays(firstDay, day)).flatMap(date =>
    meal.options.flatMap(name => {
      const visit = { businessDate: date, meal: name, channel: 'dine-in', listFen: 1500, site: site.facts }
      return pack.versions.flatMap(version => countersFor(version, visitFacts.parse(visit)))
    }),
  )
  return new Map(counters.map(({ key, cap }) => [key, cap]))
}

const step = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('eat' as const),
      who: fc.nat({ max: 1 }),
      set: fc.constantFrom('A', 'B'),
      cash: fc.boolean(),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('eat twice at once' as const),
      who: fc.nat({ max: 1 }),
      set: fc.constantFrom('A', 'B'),
      cash: fc.boolean(),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('void' as const), which: fc.nat() }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('wait' as const) }) },
)

test('over any sales and voids, usage is what the standing sales debited, within every cap, and the chain verifies', async () => {
  const caps = capsOver(days)
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 25 }), async steps => {
      const house = await openSaleHouse()
      try {
        let [period, day] = [0, 0]
        const sales: string[] = []
        const gone = new Set<string>()
        for (const item of steps) {
          const at = { day, meal: meal.options[period] ?? 'lunch' }
          if (item.do === 'wait') {
            period = (period + 1) % 3
            day = Math.min(days, period === 0 ? day + 1 : day)
          } else if (item.do === 'void') {
            const sale = sales[item.which % Math.max(1, sales.length)]
            if (sale === undefined) continue
            const record = house.ledger.byId(sale)?.record
            const sameDay = record?.businessDate === house.ledger.head()?.businessDate
            const answer = await house.takeBack(sale)
            const refused = !sameDay ? 'SALE_UNKNOWN' : gone.has(sale) ? 'SALE_ALREADY_VOID' : null
            expect(answer.result === 'done' ? null : answer.notice.code).toBe(refused)
            if (refused === null) gone.add(sale)
          } else {
            const who = seniors[item.who]
            if (!who) throw new Error('nobody')
            const people = Array.from({ length: item.do === 'eat' ? 1 : 2 }, () =>
              house.present(who, { ...at, ...item }),
            )
            const outcomes = await Promise.all(people.map(person => person.confirm()))
            for (const [index, outcome] of outcomes.entries()) {
              if (outcome.result !== 'recorded' || outcome.record.kind !== 'sale') continue
              sales.push(outcome.record.id)
              const { payload } = outcome.record
              expect(payload.ownPayFen).toBe(people[index]?.shown.quote.ownPayFen)
              const paid = payload.tenders.reduce((sum, { fen }) => sum + fen, payload.cashRoundingFen)
              expect(paid).toBe(payload.ownPayFen)
            }
            expect(outcomes[0]?.result).toBe('recorded')
          }
          const records = house.ledger.after({ generation: 1, seq: 0 }, 500)
          for (const { ref } of seniors) {
            const used = usedByRecords(records, ref)
            const standing = Object.fromEntries(Object.entries(used).filter(([, amount]) => amount !== 0))
            expect(house.usage.of(ref, house.pack.id, [...caps.keys()])).toEqual(standing)
            for (const [key, amount] of Object.entries(used)) expect(amount).toBeLessThanOrEqual(caps.get(key) ?? -1)
          }
        }
        expect(house.db.prepare('SELECT count(*) AS n FROM usage WHERE used < 0').get()).toEqual({ n: 0 })
        expect((await verifyChain(house.db, standardSuite)).findings).toEqual([])
      } finally {
        house.close()
      }
    }),
    { numRuns: 60 },
  )
})
