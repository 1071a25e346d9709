import { describe, expect, test } from 'vitest'
import { bothHands } from '../../e2e/cashier/hands.ts'
import { readLedger } from '../../support/read-ledger.ts'
import { bather, mover, stationOfFour, washer } from '../../support/station-of-four.ts'

const four = stationOfFour()

describe.each(bothHands)('by %s alone', name => {
  test('a call that met nobody is followed up until somebody was seen', async () => {
    const { page } = four.station
    const hands = four.opened(name)
    await hands.open()
    await hands.find(washer)
    await hands.stands('arriving')
    await hands.chooseService('calling')
    await page.locator('[data-arriving="ready"]').waitFor()
    await hands.press('3', /^没见到人/)
    await hands.begin()
    await hands.stands('list')
    await page.getByRole('button', { name: /待回访 1/ }).waitFor()
    await hands.press('F', /^待回访 1/)
    await hands.stands('follow-ups')
    await hands.pick('1', '[data-follow-ups] li button')
    await hands.press('1', /^见到了，安好/)
    await page.getByText('没有要回访的人').waitFor()
    await hands.back()
    await hands.press('Esc', /^回收银/)
    await page.locator('[data-screen="station"]').waitFor({ state: 'detached' })
  })
})

describe('what should not happen and does', () => {
  test('an order that is taken back while the carer is on the way is said so, and one more press goes on without it', async () => {
    const { page } = four.station
    const hands = four.opened('keyboard')
    await four.station.at('13:00')
    const order = { order: 'o-1', at: '13:00', of: washer, service: 'laundry' } as const
    await four.station.order(order)
    await hands.open()
    await page.locator('[data-line="due"]', { hasText: '13:00' }).waitFor()
    await hands.find(washer)
    await hands.stands('arriving')
    await hands.chooseOrder()
    await hands.identify('xu-guoqiang')
    await four.station.order({ ...order, state: 'cancelled' })
    await page.locator('[data-attention="ORDER_CANCELLED"]', { hasText: '这个预约已经取消了' }).waitFor()
    await hands.begin()
    await page.locator('[data-answer="ORDER_CANCELLED"]').waitFor()
    await hands.begin()
    await hands.stands('visit')
    const { records } = await readLedger(four.station.counter.house.dataDir)
    const begun = records.findLast(({ kind }) => kind === 'visit-in')
    expect(begun?.payload).toMatchObject({ service: 'laundry', order: null })
    await four.station.at('13:20')
    await hands.back()
    await page.locator('[data-line="cancelled"]', { hasText: '已取消' }).waitFor()
    await hands.signOut(washer, '20.00')
  })

  test('a card that is shown again within a minute signs nobody out', async () => {
    const { page } = four.station
    const hands = four.opened('keyboard')
    await four.station.at('14:00')
    const card = await four.station.paperCard(bather)
    await hands.open()
    await four.station.scan(card)
    await hands.stands('arriving')
    await hands.chooseService('bathing')
    await hands.identify('xu-guoqiang')
    await hands.begin()
    await hands.stands('visit')
    const before = await four.kinds()
    await four.station.scan(card)
    await page.locator('[data-notice="VISIT_JUST_BEGUN"]', { hasText: '刚刚才签到，还不到一分钟' }).waitFor()
    await hands.stands('visit')
    expect(await four.kinds()).toEqual(before)
    await four.station.at('14:30')
    await four.station.scan(card)
    await hands.stands('leaving')
    await hands.pay('72.00')
  })

  test('whoever leaves the roster in the middle of a visit is signed out of it at the price that was agreed to', async () => {
    const { page } = four.station
    const hands = four.opened('keyboard')
    await four.station.at('15:00')
    const card = await four.station.paperCard(mover)
    await hands.open()
    await hands.signIn(mover, 'bathing', 'zheng-xiuying')
    await hands.stands('visit')
    await four.station.takeOff(mover)
    await hands.back()
    await four.station.at('15:30')
    await four.station.scan(card)
    await hands.stands('leaving')
    await page.getByRole('heading', { name: '李凤珍' }).waitFor()
    await hands.pay('72.00')
    await page.locator('[data-line]', { hasText: '15:00已不在名单' }).waitFor()
  })
})
