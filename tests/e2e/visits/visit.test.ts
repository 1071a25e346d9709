import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { readLedger } from '../../support/read-ledger.ts'
import {
  carerPin,
  leadPin,
  openStationCounter,
  type StationCounter,
  stationHands,
} from '../../support/station-counter.ts'
import { memberOf } from '../../support/station-house.ts'
import { bothHands } from '../cashier/hands.ts'

const bather = memberOf(1, '张玉梅', { categories: [{ id: 'disability_moderate' }] })
const washer = memberOf(2, '孙月娥', {})
const guest = memberOf(3, '赵淑芬', {})
const mover = memberOf(4, '李凤珍', { categories: [{ id: 'disability_moderate' }] })

let station: StationCounter

beforeAll(async () => {
  station = await openStationCounter('2026-11-25', [bather, washer, guest, mover])
  await station.givePins(['wu-cuilan'])
}, 240_000)
afterAll(() => station?.close())
beforeEach(async () => {
  const { visit } = station.counter.till.client
  await visit.close()
  await station.page.locator('[data-screen="station"]').waitFor({ state: 'detached' })
})

async function kinds(): Promise<string[]> {
  const { records, findings } = await readLedger(station.counter.house.dataDir)
  expect(findings).toEqual([])
  return records.map(({ kind }) => kind).filter(kind => /^(visit|attendance)/.test(kind))
}

const opened = (name: (typeof bothHands)[number]) => stationHands(station.page, name)

test('a lead gives a carer their first PIN, and with it the carer is known', async () => {
  const hands = opened('keyboard')
  await hands.open()
  await hands.find(washer)
  await hands.stands('arriving')
  await hands.chooseService('laundry')
  await hands.pickCarer('wu-cuilan')
  await hands.enterPin(leadPin)
  await station.page.locator('[data-pin-pad="carer-new"]').waitFor()
  await hands.enterPin(carerPin)
  await station.page.getByText('请再输一次').first().waitFor()
  await hands.enterPin(carerPin)
  await station.page.locator('[data-arriving="ready"]').waitFor()
  await station.page.getByText('吴翠兰 · 护理员').waitFor()
})

describe.each(bothHands)('by %s alone', name => {
  const early = name === 'keyboard'
  const time = (keyboard: string, touch: string) => (early ? keyboard : touch)

  test('a visit goes from the first letter of a name to its rating', async () => {
    const { page } = station
    const hands = opened(name)
    const before = await kinds()
    await station.at(time('08:00', '10:00'))
    await hands.open()
    await hands.find(bather)
    await hands.stands('arriving')
    await hands.chooseService('bathing')
    await hands.identify('zheng-xiuying')
    await page.getByText('没有证明人在现场').waitFor()
    await hands.showCode(await station.code())
    await hands.begin()
    await hands.stands('visit')
    await page.getByText(/站内动态码，/).waitFor()
    await hands.press('P', /^暂停/)
    await page.getByText('起暂停').waitFor()
    await hands.press('P', /^继续/)
    await page.getByText('起暂停').waitFor({ state: 'detached' })
    await station.at(time('08:30', '10:30'))
    await page.locator('[data-minutes="30"]').waitFor()
    await hands.press('回车', /^请老人刷卡签退/)
    await hands.stands('leaving')
    await page.locator('[data-own-pay="72.00"]').waitFor()
    await hands.press('W', /^现金/)
    await hands.press('回车', /^确认签退 · 请收 72.00/)
    await hands.stands('rating')
    await hands.press('1', /^满意/)
    await hands.stands('list')
    expect((await kinds()).slice(before.length)).toEqual([
      ...['visit-in', 'visit-event', 'visit-event', 'visit-out', 'visit-event'],
    ])
  })

  test('a visit that ends early takes a reason and costs nothing', async () => {
    const { page } = station
    const hands = opened(name)
    await station.at(time('09:00', '11:00'))
    await hands.open()
    await hands.signIn(bather, 'bathing', 'zheng-xiuying')
    await hands.stands('visit')
    await station.at(time('09:05', '11:05'))
    await page.locator('[data-minutes="5"]').waitFor()
    // What comes with the clock rests for a moment under a finger.
    await page.waitForTimeout(700)
    await hands.press('E', /^提前结束/)
    await hands.pick('1', '[data-early] button >> nth=0')
    await hands.stands('leaving')
    await hands.pay('0.00')
  })

  test('day care is signed in and out, and costs nothing', async () => {
    const hands = opened(name)
    await station.at(time('09:10', '11:10'))
    await hands.open()
    await hands.signIn(guest, 'day-care', null)
    await hands.stands('visit')
    await station.at(time('09:50', '11:50'))
    await hands.back()
    await hands.signOut(guest, null)
  })
})
