import { afterEach, beforeEach, expect, it } from 'vitest'
import { type Database, openDatabase } from '../../../province/database.ts'
import { beginFeedEpoch } from '../../../province/feed-epochs.ts'
import type { PushItem } from '../../../shared/province-api.ts'
import { type BoundedHouse, openBoundedHouse } from '../../support/bounded-house.ts'
import type { PaperTerminal } from '../../support/paper-terminal.ts'
import { keepCopy } from '../../support/province-copy.ts'

/** Three times 5.00 a till may give without a right between two times that it is heard; then the province goes back to an older copy. */
let at: BoundedHouse
let database: Database
let away: PaperTerminal
let goBack: () => Promise<void>
beforeEach(async () => {
  at = await openBoundedHouse()
  database = await openDatabase(at.house.databaseUrl)
  const home = await at.house.terminal()
  await at.words(home)
  away = await at.house.terminal('demo-riverside')
  goBack = await keepCopy(at.house)
}, 60_000)
afterEach(async () => {
  await database?.close()
  await at?.house.close()
})

async function restore(): Promise<void> {
  await goBack()
  await beginFeedEpoch(database)
}

const given = async (times: number, senior?: ReturnType<BoundedHouse['someone']>) => {
  const items: PushItem[] = []
  for (let time = 0; time < times; time += 1) items.push(await at.meal(away, senior ?? at.someone(), 'advance'))
  return items
}
const all = (times: number, said = 'accepted') => Array.from({ length: times }, () => said)

it('what a till gave between several contacts is within its bounds when it is given again at once', async () => {
  const items = await given(5)
  for (const item of items) expect(await at.push(away, item)).toEqual(['accepted'])
  await restore()
  expect(await at.push(away, ...items)).toEqual(all(5))
})

it('what it gave since counts for itself, beside what is given again', async () => {
  const items = await given(2)
  expect(await at.push(away, ...items)).toEqual(all(2))
  await restore()
  const since = await given(4)
  expect(await at.push(away, ...items, ...since)).toEqual([...all(5), 'flagged RIGHT_NOT_HELD'])
})

it('a senior is given no more on a day than the policy lets, also of what is given again', async () => {
  const senior = at.someone()
  const items = await given(3, senior)
  const first: string[] = []
  for (const item of items) first.push(...(await at.push(away, item)))
  expect(first).toEqual([...all(2), 'flagged RIGHT_NOT_HELD'])
  await restore()
  expect(await at.push(away, ...items)).toEqual(first)
})
