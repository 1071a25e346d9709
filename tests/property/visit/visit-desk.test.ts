import fc from 'fast-check'
import { expect, test } from 'vitest'
import { verifyChain } from '../../../electron/core/store/verify-chain.ts'
import { recordId } from '../../../shared/ids.ts'
import { overlap } from '../../../shared/visit/two-places.ts'
import { houseSeniors } from '../../support/sale-house.ts'
import { allowanceFen, openVisitDeskHouse, type VisitDeskHouse, visitCarers } from '../../support/visit-desk-house.ts'

const place = fc.nat({ max: 5 })
const act = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('begin' as const),
      senior: fc.nat({ max: 1 }),
      carer: fc.nat({ max: 1 }),
      service: fc.constantFrom('bath', 'clean', 'stay'),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('end' as const),
      which: place,
      early: fc.boolean(),
      isLeft: fc.boolean(),
      twice: fc.boolean(),
      cash: fc.boolean(),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('pause' as const), which: place }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('go on' as const), which: place }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('another carer' as const), which: place, carer: fc.nat({ max: 1 }) }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('take back' as const), which: fc.nat({ max: 20 }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('restart' as const) }) },
)
const step = fc.tuple(fc.integer({ min: 0, max: 25 }), act)

async function run(
  { desk, house, view, restart }: VisitDeskHouse,
  doing: typeof act extends fc.Arbitrary<infer T> ? T : never,
) {
  const running = house.openVisits.all()
  if (doing.do === 'restart') return restart()
  if (doing.do === 'begin') {
    const [senior, carer] = [houseSeniors[doing.senior], visitCarers[doing.carer]]
    if (senior === undefined || carer === undefined) return
    await desk.choose(senior.senior.id)
    await desk.chooseService(doing.service)
    await desk.carer(carer, '305917')
    await desk.begin(null, null)
    return
  }
  if (doing.do === 'take back') {
    const ids = house.recorded(house.today()).map(({ id }) => id)
    const id = ids[doing.which % Math.max(1, ids.length)]
    if (id !== undefined) await desk.takeBack(id)
    return
  }
  const visit = running[doing.which % Math.max(1, running.length)]?.id
  if (visit === undefined) return
  if (doing.do === 'pause') await desk.pause(visit)
  if (doing.do === 'go on') await desk.goOn(visit)
  if (doing.do === 'another carer') {
    await desk.look(visit)
    const carer = visitCarers[doing.carer]
    if (carer !== undefined) await desk.carer(carer, '305917')
  }
  if (doing.do !== 'end') return
  await desk.leave(visit, doing.early ? 'asked' : null)
  // Somebody else comes before the money is counted.
  if (doing.isLeft) return
  await desk.chooseTender(doing.cash ? 'cash' : 'account')
  const shown = view().desk
  const digest = shown.state === 'leaving' ? (shown.visit.price?.digest ?? null) : null
  const first = desk.finish(visit, digest)
  await (doing.twice ? Promise.all([first, desk.finish(visit, digest)]) : first)
  await desk.back()
}

test('whatever staff do at a station without a network: nobody is in two places, no allowance falls below 0, no visit ends twice', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 35 }), async steps => {
      const now = await openVisitDeskHouse()
      try {
        let passed = 0
        for (const [minutes, doing] of steps) {
          // A business day has room for it.
          passed += minutes
          if (passed < 900) now.pass(minutes)
          await run(now, doing)
          checkPlaces(now)
        }
        checkMoney(now)
        expect((await verifyChain(now.sales.db, now.sales.parts.suite, 10_000)).findings).toEqual([])
      } finally {
        now.close()
      }
    }),
    { numRuns: 20 },
  )
})

function checkPlaces({ house }: VisitDeskHouse): void {
  const visits = house.placed(house.today())
  for (const [at, one] of visits.entries())
    for (const other of visits.slice(at + 1)) {
      if (one.senior === other.senior && overlap(one, other))
        expect([one.place, one.isStay]).toEqual([other.place, !other.isStay])
      if (one.isStay || other.isStay) continue
      for (const mine of one.carers)
        for (const theirs of other.carers) if (mine.carer === theirs.carer) expect(overlap(mine, theirs)).toBe(false)
    }
}

function checkMoney({ house, sales }: VisitDeskHouse): void {
  const records = sales.ledger.after({ generation: 1, seq: 0 }, 1000).map(({ record }) => record)
  const back = new Set(records.flatMap(record => (record.kind === 'void' ? [record.payload.of] : [])))
  const outs = records.flatMap(record => (record.kind === 'visit-out' ? [record] : []))
  expect(new Set(outs.map(({ payload }) => payload.of)).size).toBe(outs.length)
  const lines = house.recorded(house.today()).filter(({ kind, out }) => kind === 'visit' && out !== null)
  const sum = (parts: readonly (number | null)[]) => parts.reduce<number>((total, part) => total + (part ?? 0), 0)
  expect(sum(lines.map(({ minutes }) => minutes))).toBe(sum(outs.map(({ payload }) => payload.minutes)))
  for (const { ref } of houseSeniors) {
    const own = outs.filter(({ id, payload }) => payload.senior === ref && !back.has(id))
    const drawn = sum(own.flatMap(({ payload }) => payload.debits.map(({ amount }) => amount)))
    expect(drawn).toBe(sum(own.flatMap(({ payload }) => payload.subsidies.map(({ fen }) => fen))))
    expect(drawn).toBeLessThanOrEqual(allowanceFen)
    const counter = {
      limit: 'allowance',
      label: house.today().slice(0, 7),
      key: `allowance|${house.today().slice(0, 7)}`,
    }
    expect(house.leases.rights(ref, 'HOME', [counter])[counter.key] ?? 0).toBe(allowanceFen - drawn)
    expect(house.usage.of(ref, 'HOME', [counter.key])[counter.key] ?? 0).toBe(drawn)
  }
  for (const { payload } of outs) {
    const began = sales.ledger.byId(recordId.parse(payload.of))?.record
    expect(began?.kind).toBe('visit-in')
    if (payload.endedEarly !== null) expect(payload.listFen).toBe(0)
  }
}
