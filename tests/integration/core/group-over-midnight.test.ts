import { afterAll, beforeAll, expect, it } from 'vitest'
import { businessDate } from '../../../shared/business-day.ts'
import { type AfterwardsHouse, canteenMembers, openAfterwardsHouse } from '../../support/afterwards-house.ts'
import { readLedger } from '../../support/read-ledger.ts'
import { isPriced } from '../../support/till.ts'

const [yesterday, today] = ['2026-11-26', '2026-11-27']
let house: AfterwardsHouse

beforeAll(async () => {
  house = await openAfterwardsHouse(yesterday)
  await house.openShift()
}, 240_000)
afterAll(() => house?.close())

/** Puts somebody on the list whom staff find at the desk. */
async function list(place: number) {
  const senior = canteenMembers[place]
  if (!senior) throw new Error('the demo has too few members')
  const { client, terminal } = house.till
  const count = terminal().group?.members.length ?? 0
  await client.openDesk()
  await client.chooseSenior({ senior: senior.id })
  await client.serveSenior()
  const { checkIn, digest } = await house.till.untilCashier(isPriced)
  expect(await client.confirm({ checkIn, digest })).toEqual({ result: 'listed' })
  const { group } = await house.till.untilTerminal(view => view.group?.members.length === count + 1)
  if (!group) throw new Error('no group is open')
  return group
}

const datesOfSales = async () =>
  (await readLedger(house.folder)).records.flatMap(({ kind, businessDate }) => (kind === 'sale' ? [businessDate] : []))

it('who is on the list since an earlier day is said to be, and is not recorded on this one; the others are once they are off', async () => {
  const { client } = house.till
  await client.group.start()
  expect((await list(40)).members).toMatchObject([{ earlier: false }])
  house.setTo(today)
  const [operator] = house.till.terminal().operators
  const opened = operator && (await client.openShift({ operator: operator.id, date: businessDate.parse(today) }))
  expect(opened).toEqual({ result: 'done' })
  const both = await list(41)
  expect(both.members).toMatchObject([{ earlier: true }, { earlier: false }])
  expect(await client.group.pay({ digest: both.digest })).toMatchObject({ notice: { code: 'GROUP_EARLIER' } })
  expect(await datesOfSales()).toEqual([])

  const [old] = both.members
  if (old) await client.group.takeOff({ checkIn: old.checkIn })
  const { group } = await house.till.untilTerminal(view => view.group?.members.length === 1)
  expect(await client.group.pay({ digest: group?.digest ?? '' })).toMatchObject({ result: 'recorded', count: 1 })
  expect(await datesOfSales()).toEqual([today])
}, 60_000)
