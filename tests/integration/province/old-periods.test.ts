import { afterAll, beforeAll, expect, it } from 'vitest'
import { freshLease, seniorLease } from '../../../shared/leases/senior-lease.ts'
import { type BoundedHouse, openBoundedHouse, today } from '../../support/bounded-house.ts'

let at: BoundedHouse
beforeAll(async () => {
  at = await openBoundedHouse()
})
afterAll(() => at.house.close())

it('a lease that is stored forgets what was drawn of periods that ended more than 400 days ago', async () => {
  const [senior, till] = [at.someone(), await at.house.terminal()]
  const settled = { 'meal|2020-01-01/lunch': 1, [`meal|${today}/breakfast`]: 1 }
  const body = JSON.stringify({ ...freshLease, rights: { ...freshLease.rights, settled } })
  await at.house.rows("insert into lease_state (senior_id, pack_id, body) values ($1, 'DEMO', $2)", [senior.id, body])
  await at.push(till, await at.meal(till, senior, 'right', { rights: 'whole-cap' }))
  const [row] = await at.house.rows("select body from lease_state where senior_id = $1 and pack_id = 'DEMO'", [
    senior.id,
  ])
  const { rights } = seniorLease.parse(JSON.parse(String(row?.body)))
  expect(Object.keys(rights.settled)).toEqual([`meal|${today}/breakfast`, `meal|${today}/lunch`])
})
