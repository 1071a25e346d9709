import { afterAll, beforeAll, expect, test } from 'vitest'
import { memberOf, openStationHouse, type StationHouse } from '../../support/station-house.ts'

const chen = memberOf(1, '陈桂英', { categories: [{ id: 'disability_moderate' }] })
const wang = memberOf(2, '王秀兰', { careGrade: 4, categories: [{ id: 'disability_severe' }] })
const people = [chen, wang]

let house: StationHouse
beforeAll(async () => {
  house = await openStationHouse('2026-11-25', people)
}, 240_000)
afterAll(() => house.close())

test('a visit is signed in, priced as it ends, and its claim stands at the province', async () => {
  await house.synced()
  const visit = await house.signIn('08:00', chen.id, 'bathing', 'wu-cuilan')
  const shown = await house.signOut('08:41', visit)
  expect(shown).toMatchObject({ minutes: 41, price: { listFen: 12000, subsidyFen: 4800, ownPayFen: 7200 } })
  await house.synced()
  expect(await house.verdicts()).toEqual([])
  expect(await house.claims()).toEqual([{ fund: 'state', served: 4800, back: 0, held: 0 }])
})
