import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { demoSeniors } from '../../../province/demo-people.ts'
import { type DemoHouse, openDemoHouse } from '../../support/demo-house.ts'
import { isPriced, type Till } from '../../support/till.ts'

let house: DemoHouse
let till: Till
const people = demoSeniors()

beforeAll(async () => {
  house = await openDemoHouse()
  till = await house.openTill()
})
afterAll(() => house?.close())
beforeEach(async () => {
  await till.client.dismiss()
})

it('prices a card of the demo, records it once, and brings it to the province', async () => {
  const [person] = await till.client.simulatedPeople()
  if (!person) throw new Error('nobody')
  expect(await till.client.simulate({ senior: person.senior, present: 'card' })).toEqual({ result: 'done' })
  const priced = await till.untilCashier(isPriced)
  console.log(JSON.stringify(priced, null, 1))
  const result = await till.client.confirm({ checkIn: priced.checkIn, digest: priced.digest })
  expect(result.result).toBe('recorded')
  await till.untilTerminal(view => view.unsent.count === 0 && view.network.state === 'online')
  console.log(await house.province.rows('select * from claim_line'))
  expect(people.length).toBe(300)
})
