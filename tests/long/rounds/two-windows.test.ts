import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { demoSeniors } from '../../../province/demo-people.ts'
import { roundLink, type TillRound } from '../../../shared/round/round.ts'
import { type DemoHouse, openDemoHouse } from '../../support/demo-house.ts'
import { type Front, openFront } from '../../support/https-front.ts'
import { ordered, prepare } from '../../support/rounds.ts'
import { buildRoundPage, handOver, nobodyAt, openPhone, type Phone } from './phone.ts'

const ends: (() => unknown)[] = []
const members = demoSeniors().filter(({ homeSite, cards }) => homeSite === 'demo-canteen' && cards.length === 1)
let house: DemoHouse
let front: Front
let phone: Phone
let round: TillRound
let one: Page
let two: Page

const partsAtProvince = () =>
  house.province.number('select count(*) from round_part where round_id = $1', [round.round])

async function statesIn(page: Page): Promise<string[]> {
  await page.bringToFront()
  await page.reload()
  await page.locator('[data-screen]').waitFor()
  await page.getByRole('button', { name: '全部' }).first().tap()
  return await page.locator('ol.list em').allTextContents()
}

beforeAll(async () => {
  house = await openDemoHouse()
  ends.push(() => house.close())
  const built = await buildRoundPage()
  ends.push(built.remove)
  const withPages = await house.province.start({ roundPages: built.folder })
  ends.push(withPages.close)
  front = await openFront(withPages.address)
  ends.push(front.close)
  const stops = members.slice(20, 26).map((member, at) => ordered(member, { door: `${at + 1} 室` }))
  round = await prepare({ province: withPages }, stops, { page: `${front.address}round/` })
  phone = await openPhone(front)
  ends.push(phone.remove)
  one = await phone.open(roundLink(`${front.address}round/`, round))
  await one.locator('[data-stop="1"]').waitFor()
  await one.evaluate(async () => void (await navigator.serviceWorker.ready))
  two = await one.context().newPage()
  await two.goto(`${front.address}round/`)
  await two.locator('[data-stop="1"]').waitFor()
})
afterAll(async () => {
  for (const end of ends.reverse()) await end()
})

test('what can still be taken back in one window is handed in by no other', async () => {
  await one.bringToFront()
  await nobodyAt(one, 1)
  const undo = one.getByRole('button', { name: '撤回' })
  await undo.waitFor()
  const tried = two.waitForResponse(/round\/results/, { timeout: 2000 }).catch(() => null)
  await two.evaluate(() => window.dispatchEvent(new Event('online')))
  expect(await tried).toBeNull()
  await undo.tap()
  await one.locator('[data-stop="1"]').waitFor()
  expect(await partsAtProvince()).toBe(0)
})

test('what two windows of a phone note is kept of both, and handed in whole', async () => {
  await front.cut()
  for (const stop of [1, 2, 3]) await handOver(one, stop)
  await one.locator('[data-stop="4"]').waitFor()
  await two.bringToFront()
  await two.getByRole('button', { name: '全部' }).first().tap()
  await two.locator('ol.list li button').nth(3).tap()
  await handOver(two, 4)
  await two.locator('[data-stop="5"]').waitFor()
  const four = ['送到了', '送到了', '送到了', '送到了']
  const states = await statesIn(two)
  expect(states.slice(0, 4)).toEqual(four)
  expect((await statesIn(one)).slice(0, 4)).toEqual(four)
  await front.mend()
  await two.getByText('已交给站里').waitFor({ timeout: 90_000 })
  await vi.waitFor(async () => expect(await partsAtProvince()).toBeGreaterThan(0), { timeout: 30_000 })
})
