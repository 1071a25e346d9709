import { afterAll, beforeAll, expect, test } from 'vitest'
import { businessDate } from '../../../shared/business-day.ts'
import { recordId } from '../../../shared/ids.ts'
import { carer, memberOf, openStationHouse, type StationHouse } from '../../support/station-house.ts'
import { handOver } from '../../support/till.ts'

/** Who has the money back was served all the same: only a void says that nothing was given. */

const wang = memberOf(2, '王秀兰', { categories: [{ id: 'disability_moderate' }] })
const li = memberOf(3, '李凤珍', { categories: [{ id: 'disability_moderate' }] })
const day = businessDate.parse('2026-11-25')

let house: StationHouse
beforeAll(async () => {
  house = await openStationHouse(day, [wang, li])
  await house.synced()
  await house.order({ order: 'o-1', senior: wang.id, service: 'bathing', at: '09:00' })
  await house.until(({ counts }) => (counts.due === 1 ? true : null))
  const given = await house.signIn('09:00', wang.id, { order: 'o-1' }, 'wu-cuilan')
  await house.signOut('09:40', given)
  await handOver(house.till())
  await house.opened()
  house.at('10:00')
  await house.synced()
  const [out] = await house.province.rows("select record_id from ledger where kind = 'visit-out'")
  const refund = { sale: recordId.parse(out?.record_id), reason: 'other' as const }
  expect(await house.client().afterwards.refund(refund)).toEqual({ result: 'done' })
}, 240_000)
afterAll(() => house?.close())

test('an order whose visit was refunded is not due again', () => {
  expect(house.view().counts).toMatchObject({ due: 0, done: 1 })
  expect(house.view().day.map(({ at, state }) => ({ at, state }))).toEqual([{ at: '09:00', state: 'unproven' }])
})

test('the hour of a visit that was refunded is given to nobody else by its carer', async () => {
  const late = {
    ...{ senior: li.id, service: 'bathing', carer: carer('wu-cuilan'), servedOn: day, from: '09:00', until: '09:40' },
    ...{ tender: 'cash' as const, reason: '忘了', approval: null, digest: null },
  }
  expect(await house.client().visit.late(late)).toMatchObject({ notice: { code: 'LATE_VISIT_OVERLAP' } })
})
