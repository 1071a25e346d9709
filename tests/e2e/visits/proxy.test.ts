import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { provinceSenior } from '../../../province/seniors.ts'
import { proxyIdOf } from '../../../shared/proxy.ts'
import { readLedger } from '../../support/read-ledger.ts'
import { leadPin, openStationCounter, type StationCounter, stationHands } from '../../support/station-counter.ts'
import { memberOf } from '../../support/station-house.ts'
import { bothHands } from '../cashier/hands.ts'

const proxyPin = '274915'
const dates = { from: '2026-09-01', until: '2027-08-31' }
const withProxies = (number: number, name: string, proxy: string) =>
  provinceSenior.parse({
    ...memberOf(number, name, { categories: [{ id: 'disability_moderate' }] }),
    proxies: [
      { id: proxyIdOf(proxy, '4412'), name: proxy, ...dates },
      { id: proxyIdOf('孙玉梅', '3307'), name: '孙玉梅', from: '2026-01-01', until: '2026-08-31' },
    ],
  })
const seniors = {
  keyboard: withProxies(1, '张玉梅', '李建国'),
  touch: withProxies(2, '孙月娥', '周建平'),
}

let station: StationCounter
beforeAll(async () => {
  station = await openStationCounter('2026-11-25', Object.values(seniors))
  await station.givePins()
}, 240_000)
afterAll(() => station?.close())
beforeEach(async () => {
  await station.counter.till.client.visit.close()
  await station.page.locator('[data-screen="station"]').waitFor({ state: 'detached' })
})

describe.each(bothHands)('by %s alone', name => {
  test('a senior without a card is signed in and out on the word of their registered proxy', async () => {
    const { page } = station
    const hands = stationHands(page, name)
    const senior = seniors[name]
    const proxy = senior.proxies?.[0]?.name ?? ''
    const ofSenior = page.locator('[data-proxies] button')
    const clock = name === 'keyboard' ? ['08:00', '08:45'] : ['10:00', '10:45']
    await station.at(clock[0] ?? '')
    await hands.open()
    await hands.find(senior)
    await hands.stands('arriving')
    // What has just come rests for a moment under a finger.
    await page.waitForTimeout(700)
    await hands.press('D', /^代办人密码/)
    await hands.pick('2', '[data-proxies] button >> nth=1')
    await page
      .getByText(/代办登记到 8 月 31 日/)
      .first()
      .waitFor()
    expect(await ofSenior.count()).toBe(2)
    await hands.pick('1', '[data-proxies] button >> nth=0')
    await hands.enterPin(leadPin)
    await page.locator('[data-pin-pad="visit-proxy-new"]').waitFor()
    await hands.enterPin(proxyPin)
    await page.getByText('请再输一次').first().waitFor()
    await hands.enterPin(proxyPin)
    await page.getByText(`代办人密码 · ${proxy}`).waitFor()
    await hands.chooseService('bathing')
    await hands.identify('zheng-xiuying')
    await hands.begin()
    await hands.stands('visit')
    await station.at(clock[1] ?? '')
    await page.locator('[data-minutes="45"]').waitFor()
    await page.waitForTimeout(700)
    await hands.press('D', /^代办人密码/)
    await page.locator('[data-proxies]').waitFor()
    // The key that signs out does not stand there while the list does.
    await page.keyboard.press('Enter')
    await page.waitForTimeout(700)
    await hands.stands('visit')
    await hands.pick('1', '[data-proxies] button >> nth=0')
    await hands.enterPin(proxyPin)
    await hands.stands('leaving')
    await page.getByText(`代办人密码 · ${proxy}`).waitFor()
    await page.waitForTimeout(700)
    await hands.press('W', /^现金/)
    await hands.press('回车', /^确认签退/)
    await hands.stands('rating')
    await hands.press('Esc', /^不评价/)
    await hands.stands('list')
    const { records, findings } = await readLedger(station.counter.house.dataDir)
    expect(findings).toEqual([])
    const kinds = records.map(({ kind }) => kind).filter(kind => kind.startsWith('visit'))
    expect(kinds.slice(-4)).toEqual(['visit-in', 'visit-proxy', 'visit-out', 'visit-proxy'])
  })
})
