import fc from 'fast-check'
import { expect, test } from 'vitest'
import { lanePeople } from '../../support/lane-house.ts'
import { fates, type LaneWorld, openLaneWorld, standing } from '../../support/lane-world.ts'
import { runs } from '../../support/property-runs.ts'

const caps: Record<string, number> = { meal: 1, week: 3, budget: 900 }

const things = [
  ...['arrive', 'arrive', 'arrive', 'confirm', 'confirm', 'confirm', 'confirm', 'eat at first', 'look', 'look'],
  ...['dismiss', 'cut', 'mend', 'late ones come', 'wait', 'wait long', 'end second', 'end first'],
  ...['another first', 'first again', 'first is gone', 'void at second', 'void at first'],
  ...['both at once', 'both at once', 'clock ahead', 'clock behind', 'clock right', 'first stops', 'first goes on'],
  ...['refund at second', 'refund at first', 'claim accepted'],
] as const

const fate = fc.constantFrom(...fates)
const step = fc.record({
  do: fc.constantFrom(...things),
  nth: fc.nat({ max: 5 }),
  // What befalls a question often befalls the one that is asked after it.
  fates: fc.oneof(
    { weight: 2, arbitrary: fc.constant([]) },
    fc.array(fate, { maxLength: 3, size: 'max' }),
    fc.tuple(fate, fc.nat({ max: 1 })).map(([one, more]) => [one, ...Array.from({ length: more }, () => one)]),
  ),
})
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

async function take(world: LaneWorld, { do: what, nth, fates: next }: Step): Promise<void> {
  world.fate(next)
  const person = nth % lanePeople.length
  if (what === 'arrive') await world.arrive(person)
  if (what === 'confirm') await world.confirm()
  if (what === 'eat at first') await world.eatAtFirst(person)
  if (what === 'both at once') {
    world.fate([])
    await Promise.all([world.eatAtFirst(person), world.confirm()])
  }
  if (what === 'first stops') world.stop(true)
  if (what === 'first goes on') world.stop(false)
  if (what === 'clock ahead') world.setOff(4)
  if (what === 'clock behind') world.setOff(-4)
  if (what === 'clock right') world.setOff(0)
  if (what === 'look') await world.look()
  if (what === 'dismiss') world.dismiss()
  if (what === 'cut') world.cut(true)
  if (what === 'mend') world.cut(false)
  if (what === 'late ones come') await world.deliverLate()
  if (what === 'wait') world.wait(1)
  if (what === 'wait long') world.wait(11)
  if (what === 'end second') await world.restartSecond()
  if (what === 'end first') await world.restartFirst()
  if (what === 'another first') world.listing('listed')
  if (what === 'first again') world.listing('first')
  if (what === 'first is gone') world.listing('gone')
  if (what === 'void at second') await world.voidAt('second', nth)
  if (what === 'void at first') await world.voidAt('first', nth)
  if (what === 'refund at second') await world.refundAt('second', nth)
  if (what === 'refund at first') await world.refundAt('first', nth)
  if (what === 'claim accepted') await world.acceptClaim(nth)
  world.fate([])
}

/** All is well again: the line is up, the list as it was, nobody stands at the second till, and it has caught up. */
async function settle(world: LaneWorld): Promise<void> {
  world.listing('first')
  world.cut(false)
  world.stop(false)
  await world.deliverLate()
  world.dismiss()
  for (let look = 0; look < 4; look++) await world.look()
}

function check(world: LaneWorld): void {
  const [atFirst, atSecond] = [world.first.records(), world.second.records()]
  const sales = [...standing(atFirst), ...standing(atSecond)]
  const { takenBack } = world
  expect(
    sales.filter(({ id }) => takenBack.get(id) === 'yes'),
    'taken back, and stands',
  ).toEqual([])
  for (const visit of world.visits) {
    const [sale, ...more] = sales.filter(({ id }) => visit.ids.has(id))
    const said = JSON.stringify({ ...visit, ids: [...visit.ids] })
    expect(more, `sold twice: ${said}`).toEqual([])
    if (visit.shown === null && !visit.cutOff) expect(sale, `never confirmed: ${said}`).toBeUndefined()
    if (visit.shown !== null && sale) expect(sale.id, `another one than was shown: ${said}`).toBe(visit.shown)
    // Confirmed, sold, and cut off before anybody heard of it: the meal may have been served.
    const served = visit.cutOff && !visit.givenUp ? atFirst.find(({ id }) => visit.ids.has(id))?.id : undefined
    const kept = visit.shown ?? served
    if (kept !== undefined && !takenBack.has(kept)) expect(sale?.id, `not kept: ${said}`).toBe(kept)
  }
  expect(sales.every(({ id }) => world.visitOf(id))).toBe(true)
  // The second till holds no right: what counts without a claim is the first one's.
  expect(standing(atSecond).flatMap(({ payload }) => payload.debits)).toEqual([])
  const drawn = new Map<string, number>()
  for (const { payload } of standing(atFirst))
    for (const { limit, label, amount } of payload.debits) {
      const key = `${payload.senior}|${limit}|${label}`
      drawn.set(key, (drawn.get(key) ?? 0) + amount)
      expect(drawn.get(key)).toBeLessThanOrEqual(caps[limit] ?? 0)
    }
  const paid = new Set(atFirst.flatMap(record => (record.kind === 'made-good' ? [record.payload.of] : [])))
  const refunded = atSecond.flatMap(record => (record.kind === 'refund' ? [record.payload.of] : []))
  expect(
    refunded.filter(of => paid.has(of)),
    'paid and given back',
  ).toEqual([])
  const made = new Set<string>(refunded)
  for (const record of atSecond)
    if (record.kind === 'sale')
      expect(world.first.holds.has(record.id), 'held for its refund').toBe(
        made.has(record.id) && record.payload.claimPending,
      )
  expect(world.second.watch.notices()).toEqual([])
  for (const { payload, id } of standing(atSecond)) {
    const known = sales.find(one => one.id === id)
    if (payload.senior !== null && payload.meal !== null && known !== undefined)
      expect(world.first.counter.stock.earlier(payload.senior, known.businessDate, payload.meal)).not.toBeNull()
  }
}

test('whatever is lost, late, cut off or struck off between two tills: each visit that was shown as recorded is one standing sale, and no money is given twice', async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(), fc.array(step, { minLength: 5, maxLength: 60, size: 'max' }), async (seed, steps) => {
      const world = await openLaneWorld(seed)
      try {
        for (const one of steps) await take(world, one)
        await settle(world)
        check(world)
      } finally {
        world.close()
      }
    }),
    runs(60),
  )
})
