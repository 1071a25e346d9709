import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { layoutFaults } from '../../support/layout-faults.ts'
import { customerSale, faceQuestion, noon, pricedView, terminalView } from './fixtures.ts'
import { choosing, kioskView, pricedNow } from './kiosk-fixtures.ts'
import { buildStage, type Scene, type Stage } from './stage.ts'

let stage: Stage
let scene: Scene
beforeAll(async () => {
  stage = await buildStage()
})
afterAll(() => stage.close())
afterEach(() => scene.close())

const sizes = [
  { width: 1280, height: 800 },
  { width: 1920, height: 1080 },
  { width: 1024, height: 600 },
]
const languages = [
  ['Chinese', '', '刚才又读到卡或码。这份办好，请再刷一次。'],
  ['English', '?lang=en', 'Another card was read. After this one, present it again.'],
] as const

async function fitsEverywhere(name: string): Promise<void> {
  for (const size of sizes) {
    await scene.sizeTo(size)
    expect(await layoutFaults(scene.page)).toEqual([])
    await scene.picture(name)
  }
}

test.each(languages)(
  'the public screen says in %s that another card was read, and its price stays',
  async (language, search, words) => {
    scene = await stage.open({ page: 'customer.html', search, customer: customerSale('priced') })
    await scene.page.getByText('7.50').first().waitFor()
    expect(await scene.page.getByText(words).count()).toBe(0)
    const before = await scene.page.locator('main').innerText()
    scene.core.customer.set(customerSale('priced', { another: noon }))
    await scene.page.locator('footer [role="status"]').getByText(words).waitFor()
    expect(await scene.page.locator('main').innerText()).toBe(before)
    await fitsEverywhere(`customer-another-${language}`)
  },
)

test.each(
  languages.flatMap(([language, search, words]) => [
    ['a price', language, search, words, pricedNow(), pricedNow({ another: noon })] as const,
    ['a choice', language, search, words, choosing, { ...choosing, another: noon }] as const,
  ]),
)(
  'the kiosk says beside %s in %s that another card was read, and what stood there stays',
  async (what, language, search, words, now, told) => {
    const view = kioskView(now)
    scene = await stage.open({ page: 'kiosk.html', search, kiosk: view })
    await scene.page.locator(`[data-state="${now.state}"]`).waitFor()
    const before = await scene.page.locator('main').innerText()
    scene.core.kiosk.set({ ...view, now: told })
    await scene.page.locator('footer [role="status"]').getByText(words).waitFor()
    expect(await scene.page.locator('main').innerText()).toBe(before)
    await fitsEverywhere(`kiosk-another-${what.replace('a ', '')}-${language}`)
  },
)

test.each([
  ['Chinese', '?camera=off', '读到卡或码：按它办，刚才问的人脸不算'],
  ['English', '?camera=off&lang=en', 'By card or code now, not by face'],
] as const)(
  'a card after the question about a face is told to staff in %s, with what to look at',
  async (language, search, words) => {
    scene = await stage.open({ search, terminal: terminalView() })
    scene.core.cashier.set(faceQuestion())
    await scene.page.locator('[data-face-question]').waitFor()
    scene.core.cashier.set(pricedView())
    await scene.page.locator('[data-answer="MEANS_AFTER_FACE"]').getByText(words).waitFor()
    await fitsEverywhere(`cashier-means-after-face-${language}`)
  },
)
