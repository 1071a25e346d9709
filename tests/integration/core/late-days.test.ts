import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addDays, businessDate, lateDays } from '../../../shared/business-day.ts'
import type { OperatorId } from '../../../shared/ids.ts'
import { type AfterwardsHouse, canteenMembers, openAfterwardsHouse } from '../../support/afterwards-house.ts'

/* A till that opens every day and is heard every day, and on the last one a paper list of the days before. */

const today = businessDate.parse('2026-12-03')
const pin = '482915'
let house: AfterwardsHouse
let approver: OperatorId

const member = (place: number) => {
  const senior = canteenMembers[place]
  if (senior === undefined) throw new Error('the demo has too few members')
  return senior
}

beforeAll(async () => {
  house = await openAfterwardsHouse(addDays(today, -lateDays))
  await house.openShift(1)
  await house.till.client.afterwards.setPin({ pin })
  for (let ago = lateDays; ago > 0; ago--) {
    house.setTo(addDays(today, -ago))
    await house.openShift(1)
    await house.eat(member(lateDays + ago))
    await house.allSent()
  }
  house.setTo(today)
  await house.openShift(0)
  await house.allSent()
  const other = (await house.till.client.afterwards.approvers()).others.find(one => one.pin === 'set')
  if (other === undefined) throw new Error('nobody can approve')
  approver = other.operator
}, 300_000)
afterAll(() => house?.close())

/** Enters a lunch late, with the second operator's approval, and sends it. */
async function entered(place: number, ago: number) {
  const servedOn = addDays(today, -ago)
  const meal = { servedOn, meal: 'lunch', senior: member(place).id, set: 'A', tender: 'cash' } as const
  const answer = await house.till.client.afterwards.priceLate(meal)
  if (answer.result !== 'priced') throw new Error(`not priced: ${JSON.stringify(answer)}`)
  const { entry, digest, subsidyFen, pendingFen } = answer.late
  await house.till.client.afterwards.enterLate({
    entry,
    digest,
    reason: 'power cut',
    approval: { operator: approver, pin },
  })
  await house.allSent()
  const said = await house.province.rows('select verdict, code from ledger where record_id = $1', [entry])
  return { subsidyFen, pendingFen, said }
}

describe('a lunch of an earlier day that is entered late', () => {
  it.each(Array.from({ length: lateDays }, (_, day) => day + 1))(
    '%i days later gets what the home till still holds for that day, and the province agrees',
    async ago => {
      const whole = { subsidyFen: 600, pendingFen: 0, said: [{ verdict: 'accepted', code: null }] }
      // The one came on no other day, the other ate on each side of it.
      expect(await entered(ago - 1, ago)).toEqual(whole)
      expect(await entered(lateDays + (ago === 1 ? lateDays : ago - 1), ago)).toEqual(whole)
    },
  )
})
