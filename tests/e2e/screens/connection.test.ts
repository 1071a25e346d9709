import { afterAll, beforeAll, expect, test } from 'vitest'
import { customerSale, noon, pricedView, sale } from './fixtures.ts'
import { keptPages } from './kept-pages.ts'
import { buildStage, type Stage } from './stage.ts'

let stage: Stage
const pages = keptPages(() => stage)

beforeAll(async () => {
  stage = await buildStage()
})
afterAll(async () => {
  await pages.close()
  await stage.close()
})

const until = async (holds: () => boolean) => expect.poll(holds, { timeout: 15_000, interval: 50 }).toBe(true)

test('a confirm whose answer was cut off is asked again with the same check-in until it is answered', async () => {
  const { core, page } = await pages.show()
  const priced = pricedView({ entry: { seconds: 0.2, held: false } })
  core.onConfirm = () => new Promise(() => undefined)
  core.cashier.set(priced)
  await until(() => core.named('confirm').length === 1)
  const recorded = sale()
  core.onConfirm = () => {
    core.cashier.set({ state: 'confirmed', sale: recorded, at: noon })
    return { result: 'recorded', sale: recorded, repeated: true }
  }
  core.cut()
  await page.getByText('已入账').waitFor()
  expect(core.named('confirm').map(call => call.input)).toEqual(
    core.named('confirm').map(() => ({ checkIn: priced.checkIn, digest: priced.digest })),
  )
  expect(core.named('confirm').length).toBeGreaterThan(1)
})

test('while the core is away the screen says so calmly, and reads everything anew when it is back', async () => {
  const { core, page } = await pages.show()
  core.cut(true)
  await page.locator('[data-answer="CORE_LOST"]').waitFor()
  await page.getByText('程序正在重新启动，刚才确认的都已保存').waitFor()
  core.cashier.set(pricedView({ entry: { seconds: null, held: false } }))
  core.terminal.set({ ...core.terminal.value(), unsent: { count: 7, oldestAt: noon - 600_000 } })
  core.mend()
  await page.getByText('未上传 7 · 10 分钟').waitFor()
  await page.getByText('张淑芬').waitFor()
  await page.locator('[data-answer]').waitFor({ state: 'detached' })
})

test.each([
  { width: 1280, height: 800 },
  { width: 1920, height: 1080 },
])(
  'a core that cannot start again is said in words with a next step, and no longer than that, at $width',
  async size => {
    const { core, page, picture } = await pages.show({ size })
    core.refuse({ code: 'DISK_UNWRITABLE', values: {} })
    // Nothing of a sale stands beside it.
    const whole = page.locator('main[data-answer="DISK_UNWRITABLE"]')
    await whole.waitFor()
    expect(await page.getByText('请下一位').count()).toBe(0)
    await picture('core-refused')
    await page.reload()
    await whole.waitFor()
    core.mend()
    await page.locator('[data-answer]').waitFor({ state: 'detached' })
  },
)

test('no sale records itself while the core is away', async () => {
  const { core, page } = await pages.show()
  core.cashier.set(pricedView({ entry: { seconds: 1, held: false } }))
  await page.locator('[data-entry="running"]').waitFor()
  core.cut(true)
  await page.locator('[data-answer="CORE_LOST"]').waitFor()
  await page.waitForTimeout(1500)
  // What the page asked for could not be heard here; it would say that it is saving.
  expect(await page.locator('[data-entry="saving"]').count()).toBe(0)
  expect(core.named('confirm')).toEqual([])
})

test('a price that changed is shown and waits for a person', async () => {
  const { core, page } = await pages.show()
  core.onConfirm = () => ({ result: 'price-changed' })
  core.cashier.set(pricedView({ entry: { seconds: 0.2, held: false } }))
  await page.getByText('价格有变，请看新价再记').waitFor()
  await page.locator('[data-entry="held"]').waitFor()
  await page.waitForTimeout(700)
  expect(core.named('confirm')).toHaveLength(1)
})

test('the public screen shows no price while the core is away', async () => {
  const scene = await stage.open({ page: 'customer.html', search: '', customer: customerSale('priced') })
  await scene.page.getByText('请看价格').waitFor()
  scene.core.cut(true)
  await scene.page.getByText('请稍等，我们来办').waitFor()
  expect(await scene.page.getByText('7.50').count()).toBe(0)
  await scene.close()
})
