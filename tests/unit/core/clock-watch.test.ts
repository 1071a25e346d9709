import { afterEach, beforeEach, expect, test } from 'vitest'
import { newestMoment } from '../../../electron/core/clock-trust.ts'
import { createClockWatch } from '../../../electron/core/clock-watch.ts'
import { createSteadyClock } from '../../../electron/core/steady-clock.ts'
import { openSaleHouse, type SaleHouse } from '../../support/sale-house.ts'

let house: SaleHouse
let told: number

beforeEach(async () => {
  house = await openSaleHouse()
  await house.eat(0, 1)
  told = 0
})
afterEach(() => house.close())

/** The program starts with its clock so far (ms) from the newest record's. */
function startsAt(offset: number) {
  const newest = house.ledger.head()?.at ?? 0
  const clock = createSteadyClock({ ...house.parts.clock, now: () => newest + offset })
  const onRecorded = () => {
    told += 1
  }
  return { newest, watch: createClockWatch({ clock, ledger: house.ledger, documents: house.documents, onRecorded }) }
}
const sets = () =>
  house.ledger
    .after({ generation: 0, seq: 0 }, 100)
    .flatMap(({ record }) => (record.kind === 'clock-set' ? [record] : []))

test('a clock that went back while the program did not run is a record, and the business date stays', async () => {
  const { watch, newest } = startsAt(-86_400_000)
  const date = house.ledger.head()?.businessDate
  await watch.tick()
  await watch.tick()
  expect(sets()).toMatchObject([
    { businessDate: date, payload: { before: newest, after: newest - 86_400_000, source: 'system', operator: null } },
  ])
  expect(told).toBe(1)
})

test('a night in which nobody worked is none', async () => {
  const { watch } = startsAt(14 * 3_600_000)
  await watch.tick()
  expect(sets()).toEqual([])
})

test('a terminal that runs keeps the time, so that its next start knows how long it was off', async () => {
  const { watch, newest } = startsAt(3_600_000)
  await watch.tick()
  expect(newestMoment(house.documents, newest)).toBe(newest + 3_600_000)
})
