import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Database, openDatabase } from '../../../province/database.ts'
import { type DemoSenior, demoSeniors } from '../../../province/demo-people.ts'
import { putSeniors } from '../../../province/seniors.ts'
import { type FeedName, feedName } from '../../../shared/province-api.ts'
import type { PaperTerminal } from '../../support/paper-terminal.ts'
import { openProvinceHouse, type ProvinceHouse } from '../../support/province-house.ts'

const program = new URL('../../../province/main.ts', import.meta.url).pathname
const [one, two] = demoSeniors().filter(({ homeSite }) => homeSite === 'demo-canteen')

let house: ProvinceHouse
let database: Database
let till: PaperTerminal
beforeAll(async () => {
  house = await openProvinceHouse()
  database = await openDatabase(house.databaseUrl)
})
afterAll(async () => {
  await database?.close()
  await house?.close()
})
beforeEach(async () => {
  await house.rows('delete from feed_epoch')
  till = await house.terminal()
})

async function toEnd(feed: FeedName, from: string | null) {
  const items: unknown[] = []
  let cursor = from
  for (let more = true; more; ) {
    const page = await till.pull(feed, cursor)
    items.push(...page.items)
    ;({ cursor, more } = page)
  }
  return { cursor, items }
}

const feedsAnew = () =>
  promisify(execFile)(process.execPath, [program, 'feeds-anew', '--database-url', house.databaseUrl])

async function rename(senior: DemoSenior | undefined, name: string): Promise<void> {
  if (senior === undefined) throw new Error('no demo members')
  const { cardNumber: _, expected: __, ...member } = { ...senior, name }
  await putSeniors(database, [member])
}

describe('after the database of the province was restored to an earlier moment', () => {
  it('a terminal hears what got a number of a feed that it had heard before, once the feeds began anew', async () => {
    const last = await house.number('select last_value from feed_change')
    const known = await house.rows('select body, change from senior where senior_id = $1', [one?.id])
    await rename(one, '甲甲甲')
    const { cursor } = await toEnd('roster', null)
    await house.rows('update senior set body = $2, change = $3 where senior_id = $1', [
      ...[one?.id, known[0]?.body, known[0]?.change],
    ])
    await house.rows("select setval('feed_change', $1)", [last])
    await rename(two, '乙乙乙')
    expect((await toEnd('roster', cursor)).items).toEqual([])
    await feedsAnew()
    expect((await toEnd('roster', cursor)).items).toContainEqual(
      expect.objectContaining({ id: two?.id, name: '乙乙乙' }),
    )
  })

  it('every feed is pulled from its beginning, once, and goes on from there', async () => {
    for (const feed of feedName.options) {
      const before = await toEnd(feed, null)
      await feedsAnew()
      const again = await toEnd(feed, before.cursor)
      expect([feed, again.items.length]).toEqual([feed, before.items.length])
      expect((await toEnd(feed, again.cursor)).items).toEqual([])
    }
  })

  it('a cursor of an epoch that a second restore took away counts as none', async () => {
    const first = await toEnd('site', null)
    await feedsAnew()
    const lost = await toEnd('site', first.cursor)
    await house.rows('delete from feed_epoch')
    await feedsAnew()
    expect((await toEnd('site', lost.cursor)).items).toEqual(lost.items)
  })
})
