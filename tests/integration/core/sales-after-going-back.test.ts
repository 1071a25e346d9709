import { afterEach, beforeEach, expect, it } from 'vitest'
import { type Database, openDatabase } from '../../../province/database.ts'
import { demoSeniors } from '../../../province/demo-people.ts'
import { beginFeedEpoch } from '../../../province/feed-epochs.ts'
import { businessDateOf, weekLabel } from '../../../shared/business-day.ts'
import { openOfflineTill } from '../../support/offline-till.ts'
import { keepCopy } from '../../support/province-copy.ts'
import { openProvinceHouse, type ProvinceHouse } from '../../support/province-house.ts'

/** The province is restored from a copy that is older than what it leased to a till, which sold on it. */
const members = demoSeniors().filter(({ homeSite, expected }) => homeSite === 'demo-canteen' && expected.fen === 600)
const member = (index: number) => {
  const found = members[index]
  if (found === undefined) throw new Error('too few members')
  return found
}
const today = businessDateOf(Date.now())
let house: ProvinceHouse
let database: Database
let till: Awaited<ReturnType<typeof openOfflineTill>>

let goBack: () => Promise<void>
beforeEach(async () => {
  house = await openProvinceHouse({ lunchAllDay: true })
  database = await openDatabase(house.databaseUrl)
  const code = await house.code()
  till = await openOfflineTill(code)
  await till.sync.round()
  // As if the lease of the day had come after the copy.
  await house.rows("delete from lease_state where senior_id not like 'pot:%'")
  await house.rows('delete from lease_news')
  await house.rows('update terminal set leases_on = null')
  goBack = await keepCopy(house)
  await till.sync.round()
  for (let at = 0; at < 3; at += 1) await till.sell(member(at).id)
  await till.sync.round()
  expect(await doubted()).toEqual([])
}, 120_000)
afterEach(async () => {
  await till?.close()
  await database?.close()
  await house?.close()
})

/** Back to the copy, as operations.md has it: the feeds begin anew before any till is let in. */
async function restore(): Promise<void> {
  await goBack()
  await beginFeedEpoch(database)
}

const doubted = async () =>
  (await house.rows("select code from ledger where kind = 'sale' and verdict <> 'accepted'")).map(({ code }) => code)
const sales = () => house.number("select count(*) from ledger where kind = 'sale'")

it('sales on what was leased in the lost time are accepted when they are given again, and those of before the till heard of it', async () => {
  await restore()
  await till.sell(member(3).id)
  await till.sync.round()
  await till.sync.round()
  expect([await sales(), await doubted()]).toEqual([4, []])
  expect(till.sync.view().notices.map(({ code }) => code)).not.toContain('RECORD_REFUSED')
})

it('of what another till was leased since nothing is granted anew: such a sale is held, and no fund is asked for it', async () => {
  await restore()
  const away = await house.terminal('demo-riverside')
  const [meal, week] = [`${today}/lunch`, weekLabel(today)]
  const one = [
    { limit: 'meal', label: meal, amount: 1 },
    { limit: 'week', label: week, amount: 1 },
  ]
  const question = { senior: member(0).id, pack: 'DEMO', generation: 1, epoch: 1, totals: one, debits: one }
  expect((await away.ask(question)).word?.grant.totals).toMatchObject({ [`meal|${meal}`]: 1 })
  await till.sell(member(3).id)
  await till.sync.round()
  await till.sync.round()
  expect([await sales(), await doubted()]).toEqual([4, ['RIGHT_NOT_HELD']])
  const lines = await house.rows('select distinct held from claim_line where senior_id = $1', [member(0).id])
  expect(lines).toEqual([{ held: true }])
})

it('without the command, every sale on what was leased in the lost time is held', async () => {
  await goBack()
  await till.sell(member(3).id)
  await till.sync.round()
  expect([await sales(), new Set(await doubted())]).toEqual([4, new Set(['RIGHT_NOT_HELD'])])
})
