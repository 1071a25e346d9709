import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addDays, type BusinessDate, businessDate, type LimitPeriod } from '../../../shared/business-day.ts'
import { capsOn } from '../../../shared/leases/cap-day.ts'
import { type CounterRef, counterOf, left } from '../../../shared/leases/holder.ts'
import type { LimitCap } from '../../../shared/leases/limit-cap.ts'
import { holderId, holderOf, outstanding, settleDrawn, settledOf } from '../../../shared/leases/rights.ts'
import { asked, freshLease, refilled, type SeniorLease } from '../../../shared/leases/senior-lease.ts'
import { limitsOf } from '../../../shared/leases/word.ts'
import { counterLabel } from '../../../shared/policy/counters.ts'
import { packOf, person, subsidyStep, visit } from '../../support/policy-kit.ts'
import { runs } from '../../support/property-runs.ts'

const firstDay = businessDate.parse('2026-11-16')
const periods = ['meal', 'day', 'week', 'month', 'year'] as const
const [home, other] = [holderId('home', 1), holderId('other', 1)]

/** A cap by age, category and otherwise. */
type Caps = readonly [byAge: number, byCategory: number, otherwise: number]

const classes = ([byAge, byCategory, otherwise]: Caps) => ({
  classes: [
    { when: { age: { atLeast: 80 } }, cap: byAge },
    { when: { category: ['dibao'] }, cap: byCategory },
    ...(otherwise === 0 ? [] : [{ cap: otherwise }]),
  ],
})

interface World {
  readonly before: readonly Caps[]
  readonly after: readonly Caps[]
  readonly changesOn: number
  readonly birthday: number
  readonly category: { readonly from: number; readonly days: number }
  readonly leaseClass: 'town' | 'village'
}

const day = (offset: number) => addDays(firstDay, offset)

/** What a person has of each limit by date, under a pack whose caps change with age, category and version. */
function limitsIn(world: World): (date: BusinessDate) => readonly LimitCap[] {
  const limits = (caps: readonly Caps[]) =>
    periods.map((period, at) => ({
      ...{ id: period, title: { zh: period, en: period }, period, unit: 'count' },
      cap: classes(caps[at] ?? [1, 1, 1]),
    }))
  const rounding = { unitFen: 1, mode: 'half-up' }
  const benefits = [subsidyStep('city', 500, { limits: [...periods] })]
  const changesOn = day(world.changesOn)
  const pack = packOf([], {
    pack: {
      versions: [
        { id: 'V1', from: '2020-01-01', to: addDays(changesOn, -1), rounding, benefits, limits: limits(world.before) },
        { id: 'V2', from: changesOn, rounding, benefits, limits: limits(world.after) },
      ],
    },
  })
  const born = `1946${day(world.birthday).slice(4)}`
  const { from, days } = world.category
  const categories = [{ id: 'dibao', from: day(from), to: day(from + days) }]
  const facts = person({ birthDate: born, categories })
  const { site, listFen } = visit()
  const known = new Map<string, readonly LimitCap[]>()
  return date => {
    const found = known.get(date) ?? limitsOf(pack, facts, { businessDate: date, site, listFen })
    known.set(date, found)
    return found
  }
}

const countersAt = (date: BusinessDate): CounterRef[] =>
  periods.map((period: LimitPeriod) => counterOf(`${period}|${counterLabel(period, date, 'lunch')}`))

/** The days of each counter's period. */
const daysOf = new Map<string, BusinessDate[]>()
for (let at = -400; at < 800; at++)
  for (const { key } of countersAt(day(at))) daysOf.set(key, [...(daysOf.get(key) ?? []), day(at)])

/** The most that a counter ever held: of a period that is over or running on its days so far, of one to come on its first. */
function mostOf(
  limitsOn: (date: BusinessDate) => readonly LimitCap[],
  counter: CounterRef,
  today: BusinessDate,
): number {
  const days = daysOf.get(counter.key) ?? []
  const begun = days.filter(date => date <= today)
  const caps = (begun.length > 0 ? begun : days.slice(0, 1)).map(
    date => limitsOn(date).find(({ limit }) => limit === counter.limit)?.cap ?? 0,
  )
  return Math.max(0, ...caps)
}

const caps = fc.array(fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 }), fc.nat(2)), {
  minLength: 5,
  maxLength: 5,
})
const world: fc.Arbitrary<World> = fc.record({
  ...{ before: caps, after: caps, changesOn: fc.integer({ min: -10, max: 40 }) },
  ...{ birthday: fc.integer({ min: -10, max: 40 }), leaseClass: fc.constantFrom('town', 'village') },
  category: fc.record({ from: fc.integer({ min: -20, max: 20 }), days: fc.integer({ min: 0, max: 30 }) }),
})
/** On which day, what, for a meal of how many days before (a late entry) or after, and how many of it. */
const steps = fc.array(
  fc.tuple(
    fc.nat(2),
    fc.constantFrom('refill', 'ask', 'draw at home', 'draw elsewhere'),
    fc.integer({ min: -1, max: 7 }),
    fc.integer({ min: 1, max: 3 }),
  ),
  { minLength: 3, maxLength: 14 },
)

test('no till is granted more of a period than its cap on that day, whatever changed it since, nor by late entries at two tills', () => {
  fc.assert(
    fc.property(world, steps, (where, taken) => {
      const limitsOn = limitsIn(where)
      let lease: SeniorLease = freshLease
      let today = firstDay
      for (const [passed, what, ago, amount] of [[0, 'refill', 0, 1] as const, ...taken]) {
        today = addDays(today, passed)
        const capOf = capsOn(limitsOn, today)
        const wanted = countersAt(addDays(today, -ago)).map(counter => ({ ...counter, amount }))
        if (what === 'refill')
          lease = refilled(lease, home, { leaseClass: where.leaseClass, date: today, limitsOn, since: today, capOf })
        if (what === 'ask') lease = asked(lease, other, { epoch: 1, totals: wanted, debits: wanted }, capOf).lease
        if (what.startsWith('draw')) {
          const till = what === 'draw at home' ? home : other
          const held = wanted.filter(debit => left(holderOf(lease.rights, till), debit) >= debit.amount)
          lease = { ...lease, rights: settleDrawn(lease.rights, till, held).rights }
        }
        const seen = Array.from({ length: 60 }, (_, at) => addDays(today, at - 9)).filter(
          date => where.leaseClass === 'village' || date <= addDays(today, 8),
        )
        for (const counter of new Map(seen.flatMap(countersAt).map(item => [item.key, item])).values()) {
          const given = settledOf(lease.rights, counter) + outstanding(lease.rights, counter)
          const most = mostOf(limitsOn, counter, today)
          if (given > most) expect.fail(`${counter.key} on ${today}: ${given} of ${most}`)
        }
      }
    }),
    runs(80),
  )
})
