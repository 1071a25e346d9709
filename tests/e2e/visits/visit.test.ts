import { describe, expect, test } from 'vitest'
import { carerPin, leadPin } from '../../support/station-counter.ts'
import { bather, guest, stationOfFour, washer } from '../../support/station-of-four.ts'
import { bothHands } from '../cashier/hands.ts'

const four = stationOfFour()

test('a lead gives a carer their first PIN, and with it the carer is known', async () => {
  const hands = four.opened('keyboard')
  await hands.open()
  await hands.find(washer)
  await hands.stands('arriving')
  await hands.chooseService('laundry')
  await hands.pickCarer('wu-cuilan')
  await hands.enterPin(leadPin)
  await four.station.page.locator('[data-pin-pad="carer-new"]').waitFor()
  await hands.enterPin(carerPin)
  await four.station.page.getByText('请再输一次').first().waitFor()
  await hands.enterPin(carerPin)
  await four.station.page.locator('[data-arriving="ready"]').waitFor()
  await four.station.page.getByText('吴翠兰 · 护理员').waitFor()
})

describe.each(bothHands)('by %s alone', name => {
  const early = name === 'keyboard'
  const time = (keyboard: string, touch: string) => (early ? keyboard : touch)

  test('a visit goes from the first letter of a name to its rating', async () => {
    const { page } = four.station
    const hands = four.opened(name)
    const before = await four.kinds()
    await four.station.at(time('08:00', '10:00'))
    await hands.open()
    await hands.find(bather)
    await hands.stands('arriving')
    await hands.chooseService('bathing')
    await hands.identify('zheng-xiuying')
    await page.getByText('没有证明人在现场').waitFor()
    await hands.showCode(await four.station.code())
    await hands.begin()
    await hands.stands('visit')
    await page.getByText(/站内动态码，/).waitFor()
    await hands.press('P', /^暂停/)
    await page.getByText('起暂停').waitFor()
    await hands.press('P', /^继续/)
    await page.getByText('起暂停').waitFor({ state: 'detached' })
    await four.station.at(time('08:30', '10:30'))
    await page.locator('[data-minutes="30"]').waitFor()
    await hands.press('回车', /^请老人刷卡签退/)
    await hands.stands('leaving')
    await page.locator('[data-own-pay="72.00"]').waitFor()
    await hands.press('W', /^现金/)
    await hands.press('回车', /^确认签退 · 请收 72.00/)
    await hands.stands('rating')
    await hands.press('1', /^满意/)
    await hands.stands('list')
    expect((await four.kinds()).slice(before.length)).toEqual([
      ...['visit-in', 'visit-event', 'visit-event', 'visit-out', 'visit-event'],
    ])
  })

  test('a visit that ends early takes a reason and costs nothing', async () => {
    const { page } = four.station
    const hands = four.opened(name)
    await four.station.at(time('09:00', '11:00'))
    await hands.open()
    await hands.signIn(bather, 'bathing', 'zheng-xiuying')
    await hands.stands('visit')
    await four.station.at(time('09:05', '11:05'))
    await page.locator('[data-minutes="5"]').waitFor()
    // What comes with the clock rests for a moment under a finger.
    await page.waitForTimeout(700)
    await hands.press('E', /^提前结束/)
    await hands.pick('1', '[data-early] button >> nth=0')
    await hands.stands('leaving')
    await hands.pay('0.00')
  })

  test('day care is signed in and out, and costs nothing', async () => {
    const hands = four.opened(name)
    await four.station.at(time('09:10', '11:10'))
    await hands.open()
    await hands.signIn(guest, 'day-care', null)
    await hands.stands('visit')
    await four.station.at(time('09:50', '11:50'))
    await hands.back()
    await hands.signOut(guest, null)
  })
})
