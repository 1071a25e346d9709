import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from 'vitest'
import type { CustomerView } from '../../../shared/terminal-api.ts'
import { customerSale, customerView, menu, noon } from './fixtures.ts'
import { buildStage, type Scene, type Stage } from './stage.ts'

let stage: Stage
let kept: Scene
let scene: Scene
let minutes = 0

beforeAll(async () => {
  stage = await buildStage()
  kept = await stage.open({ page: 'customer.html', search: '' })
})
afterAll(async () => {
  await kept.close()
  await stage.close()
})
/** The page greets, a minute after the test before: nothing of its sales is said any more. */
beforeEach(async () => {
  scene = kept
  minutes += 1
  await kept.page.clock.setFixedTime(noon + minutes * 60_000)
  kept.core.customer.set(customerView())
  await kept.page.locator('[data-state="idle"]:not([data-at-camera])').waitFor()
})

type Change = Parameters<typeof customerSale>[1]

/** Someone whom everything is paid for, and someone who pays the list price until a right is looked up. */
const free: Change = { surname: '王', ownPayFen: 0, offFen: 1500 }
const full: Change = { surname: '王', ownPayFen: 1500, offFen: 0 }

/** All that the public page says and how it looks, digits and spoken numbers masked. */
async function masked(view: CustomerView): Promise<string[]> {
  scene.core.customer.set(view)
  const { state } = view.now
  await scene.page.locator(`[data-state="${state}"]`).waitFor()
  const wanted = view.now.state === 'priced' || view.now.state === 'confirmed' ? view.now.ownPayFen : 0
  await scene.page
    .getByText((wanted / 100).toFixed(2))
    .first()
    .waitFor()
  return scene.page.evaluate(() =>
    Array.from(document.querySelectorAll<HTMLElement>('#page *'), element => {
      const text = Array.from(element.childNodes, node =>
        node.nodeType === Node.TEXT_NODE ? node.textContent : '',
      ).join('')
      const { color, fontSize, fontWeight, borderColor, display } = getComputedStyle(element)
      const figures = text.replace(/[零一二两三四五六七八九十百]+(元|角|分)/g, '').replace(/\u2212?\d+\.\d\d/g, '#')
      return [element.tagName, figures, color, fontSize, fontWeight, borderColor, display].join('|')
    }),
  )
}

for (const state of ['priced', 'confirmed'] as const) {
  test(`with its digits masked, the ${state} screen of two very different people is the same`, async () => {
    const one = await masked(customerSale(state, free))
    const other = await masked(customerSale(state, full))
    expect(one.length).toBeGreaterThan(20)
    expect(other).toEqual(one)
  })
}

test('while somebody looks into the camera, the public screen asks for just that, whatever stood there', async () => {
  for (const view of [customerView(), customerSale('priced', full)]) {
    scene.core.customer.set({ ...view, atCamera: 'ahead' })
    await scene.page.getByText('请看一下摄像头').waitFor()
    expect(await scene.page.getByText('15.00').count()).toBe(0)
    scene.core.customer.set({ ...view, atCamera: 'turning' })
    await scene.page.getByText('请慢慢转一下头').waitFor()
    scene.core.customer.set(view)
    await scene.page.locator(`[data-state="${view.now.state}"]:not([data-at-camera])`).waitFor()
  }
})

test('a pending claim adds its one line and changes nothing else', async () => {
  const plain = await masked(customerSale('confirmed', full))
  scene.core.customer.set(customerSale('confirmed', { ...full, pending: true }))
  await scene.page.getByText('查实后补给您').waitFor()
  const pending = await masked(customerSale('confirmed', { ...full, pending: true }))
  expect(pending.filter(line => !line.includes('查实后补给您'))).toEqual(plain)
})

test('the size of the amount follows the list price, not the own payment', async () => {
  const size = async (listFen: number, ownPayFen: number) => {
    scene.core.customer.set(customerSale('priced', { listFen, ownPayFen, offFen: listFen - ownPayFen }))
    // The slip beside it has amounts too, which may be the same while the screen still shows the sale before.
    const hero = scene.page.locator('main > section').first()
    const amount = hero.locator('p', { hasText: `¥${(ownPayFen / 100).toFixed(2)}` })
    await scene.page
      .locator('section')
      .nth(1)
      .getByText((listFen / 100).toFixed(2))
      .first()
      .waitFor()
    return amount.evaluate(element => getComputedStyle(element).fontSize)
  }
  expect(await size(1500, 0)).toBe(await size(1500, 1500))
  expect(await size(15000, 0)).toBe(await size(15000, 15000))
  expect(await size(15000, 0)).not.toBe(await size(1500, 0))
})

test('the result is spoken once, politely, with the amount in words', async () => {
  scene.core.customer.set(customerSale('priced'))
  const spoken = scene.page.locator('[aria-live="polite"]')
  await expect.poll(() => spoken.innerText()).toBe('张女士，实付七元五角。')
  scene.core.customer.set(customerSale('confirmed'))
  await expect.poll(() => spoken.innerText()).toBe('张女士，实付七元五角，请取餐。')
  expect(await spoken.count()).toBe(1)
})

test('no reason, no count and no full name stands on the public page', async () => {
  scene.core.customer.set(customerSale('priced', { ownPayFen: 1350, offFen: 150 }))
  await scene.page.getByText('13.50').first().waitFor()
  const text = await scene.page.locator('#page').innerText()
  expect(text).not.toMatch(/次|本周|补贴已|用完|市级|区级|街道|淑芬/)
})

test('a problem shows harmless words, or the one neutral sentence', async () => {
  scene.core.customer.set(customerView({ state: 'problem', code: 'CODE_EXPIRED', values: {}, at: noon }))
  await scene.page.getByText('请刷新一下码').waitFor()
  scene.core.customer.set(customerView({ state: 'problem', code: 'CARD_LOST', values: {}, at: noon }))
  await scene.page.getByText('请稍等，我们来办').waitFor()
  expect(await scene.page.getByText('挂失').count()).toBe(0)
})

test('the greeting offers the card and the code as equals, and the menu at list prices', async () => {
  await scene.page.getByText('两种都一样').waitFor()
  const boxes = await scene.page.locator('main ul').first().locator('li').all()
  const sizes = await Promise.all(boxes.map(box => box.boundingBox()))
  expect(boxes).toHaveLength(2)
  expect(Math.round(sizes[0]?.width ?? 0)).toBe(Math.round(sizes[1]?.width ?? 1))
  await scene.page.getByText('15 元').waitFor()
})

test('when the next person comes soon, the foot says without a name that the one before is done', async () => {
  scene.core.customer.set(customerSale('confirmed'))
  await scene.page.getByText('好了，请取餐').waitFor()
  scene.core.customer.set(
    customerSale('priced', { surname: '李', set: menu[2]?.name ?? { zh: '套餐 C', en: 'Set C' } }),
  )
  await scene.page.getByText('上一位已好').waitFor()
  expect(await scene.page.getByText('张女士').count()).toBe(0)
})

test('a confirmed sale gives way to the greeting by itself', async () => {
  scene = await stage.open({ page: 'customer.html', search: '', customer: customerSale('confirmed') })
  onTestFinished(() => scene.close())
  await scene.page.getByText('好了，请取餐').waitFor()
  await scene.page.clock.setFixedTime(noon + 9000)
  await scene.page.getByText('请选一种方式').waitFor()
})
