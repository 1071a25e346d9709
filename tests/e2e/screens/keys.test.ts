import { afterAll, beforeAll, expect, test } from 'vitest'
import type { PricedView } from '../../../shared/terminal-api.ts'
import type { PaperCore } from '../../support/paper-core.ts'
import { limitView, noon, people, pricedView, sale, terminalView } from './fixtures.ts'
import { type KeptOptions, keptPages } from './kept-pages.ts'
import { buildStage, type Scene, type Stage } from './stage.ts'

let stage: Stage
let scene: Scene
const pages = keptPages(() => stage)

beforeAll(async () => {
  stage = await buildStage()
})
afterAll(async () => {
  await pages.close()
  await stage.close()
})

/** A core that records what it is asked to, as the real one would show it. */
function records(core: PaperCore): void {
  core.onConfirm = () => {
    const recorded = sale()
    core.cashier.set({ state: 'confirmed', sale: recorded, at: noon })
    return { result: 'recorded', sale: recorded, repeated: false }
  }
}

async function openPriced(priced: PricedView, options: KeptOptions = {}): Promise<PaperCore> {
  scene = await pages.show(options)
  records(scene.core)
  scene.core.cashier.set(priced)
  await scene.page.locator('[data-own-pay]').waitFor()
  return scene.core
}

const calls = (name: string) => scene.core.named(name)
const until = async (holds: () => boolean) => expect.poll(holds, { timeout: 8000, interval: 25 }).toBe(true)
/** Long enough for an entry bar of 0.3 s to have run out. */
const longEnough = () => scene.page.waitForTimeout(700)
/** Presses keys at the pace of a finger. */
async function press(...keys: string[]): Promise<void> {
  for (const key of keys) {
    await scene.page.keyboard.press(key)
    await scene.page.waitForTimeout(60)
  }
}
const quick = (change: Partial<PricedView> = {}) => pricedView({ entry: { seconds: 0.3, held: false }, ...change })

test('an ordinary sale records itself after the bar, with no key and no touch', async () => {
  const priced = pricedView()
  await openPriced(priced)
  await scene.page.locator('[data-entry="running"]').waitFor()
  await scene.page.getByText('已入账').waitFor()
  expect(calls('confirm')).toEqual([{ name: 'confirm', input: { checkIn: priced.checkIn, digest: priced.digest } }])
  expect(calls('hold')).toEqual([])
})

test('the plate is back a second after the record', async () => {
  await openPriced(quick())
  await scene.page.getByText('已入账').waitFor()
  await scene.page.getByText('请下一位').waitFor()
})

test('space stops the bar, and Enter records then', async () => {
  const priced = pricedView()
  await openPriced(priced)
  await scene.page.keyboard.press('Space')
  await scene.page.locator('[data-entry="held"]').waitFor()
  await scene.page.waitForTimeout(1900)
  expect(calls('confirm')).toEqual([])
  expect(calls('hold')).toEqual([{ name: 'hold', input: { checkIn: priced.checkIn } }])
  await scene.page.keyboard.press('Enter')
  await until(() => calls('confirm').length === 1)
})

test('a digit chooses its set and stops the bar', async () => {
  await openPriced(pricedView())
  await scene.page.keyboard.press('Digit3')
  await until(() => calls('chooseSet').length === 1)
  expect(calls('chooseSet')[0]?.input).toEqual({ set: 'C' })
  await scene.page.waitForTimeout(1900)
  expect(calls('confirm')).toEqual([])
})

test('a touch anywhere stops the bar', async () => {
  await openPriced(pricedView())
  await scene.page.mouse.click(200, 500)
  await scene.page.locator('[data-entry="held"]').waitFor()
  await until(() => calls('hold').length === 1)
})

test('a touch on the bar itself records at once, and once', async () => {
  await openPriced(pricedView())
  await scene.page.locator('[data-entry]').click()
  await until(() => calls('confirm').length === 1)
  await longEnough()
  expect(calls('confirm')).toHaveLength(1)
})

test('Q, W and E choose the way to pay', async () => {
  await openPriced(pricedView())
  await press('KeyW', 'KeyE', 'KeyQ')
  await until(() => calls('chooseTender').length === 3)
  expect(calls('chooseTender').map(call => call.input)).toEqual([
    { tender: 'cash' },
    { tender: 'outside' },
    { tender: 'account' },
  ])
})

test('Esc puts the check-in away and nothing is recorded', async () => {
  await openPriced(quick({ entry: { seconds: 0.8, held: false } }))
  await scene.page.keyboard.press('Escape')
  await until(() => calls('dismiss').length === 1)
  await scene.page.waitForTimeout(1200)
  expect(calls('confirm')).toEqual([])
})

test('a limit never records itself; Enter does', async () => {
  await openPriced(limitView({ entry: { seconds: 0.3, held: false } }))
  await longEnough()
  expect(calls('confirm')).toEqual([])
  await scene.page.keyboard.press('Enter')
  await until(() => calls('confirm').length === 1)
})

test('a limit lets the set be changed by touch as well', async () => {
  await openPriced(limitView())
  await scene.page.getByText('换一种餐').click()
  await scene.page.getByRole('button', { name: '软食餐' }).click()
  await until(() => calls('chooseSet').length === 1)
  expect(calls('chooseSet')[0]?.input).toEqual({ set: 'soft' })
})

test('cash is recorded by Enter alone', async () => {
  await openPriced(quick({ tender: 'cash' }))
  await longEnough()
  expect(calls('confirm')).toEqual([])
  await scene.page.keyboard.press('Enter')
  await until(() => calls('confirm').length === 1)
})

test('a scanner that types as a keyboard chooses no set and records nothing', async () => {
  await openPriced(pricedView({ entry: { seconds: null, held: false } }))
  await scene.page.evaluate(() => {
    for (const code of [...'1357924681'].map(digit => `Digit${digit}`).concat('Enter')) {
      window.dispatchEvent(new KeyboardEvent('keydown', { code, bubbles: true, cancelable: true }))
    }
  })
  await longEnough()
  expect([...calls('chooseSet'), ...calls('confirm'), ...calls('hold')]).toEqual([])
})

test('F2 starts a guest, F9 undoes the last sale, and the browser does nothing of its own', async () => {
  scene = await pages.show()
  const last = scene.core.terminal.value().lastSales[0]?.record
  await press('F2', 'F9')
  await until(() => calls('voidSale').length === 1)
  expect(calls('startGuest')).toHaveLength(1)
  expect(calls('voidSale')[0]?.input).toEqual({ sale: last })
  const prevented = await scene.page.evaluate(() =>
    Array.from({ length: 12 }, (_, index) => {
      const event = new KeyboardEvent('keydown', { code: `F${index + 1}`, bubbles: true, cancelable: true })
      window.dispatchEvent(event)
      return event.defaultPrevented
    }),
  )
  expect(prevented).toEqual(Array.from({ length: 12 }, () => true))
})

test('every undo is one touch on its row', async () => {
  scene = await pages.show()
  const second = scene.core.terminal.value().lastSales[1]?.record
  await scene.page.locator(`[data-sale="${second}"] button`).click()
  await until(() => calls('voidSale').length === 1)
  expect(calls('voidSale')[0]?.input).toEqual({ sale: second })
})

test('an unknown person can eat at once: Enter prices at the list price', async () => {
  scene = await pages.show()
  const stranger = pricedView().checkIn
  const notice = { code: 'NOT_ON_ROSTER' as const, values: {} }
  scene.core.cashier.set({ state: 'problem', notice, means: 'card', stranger, already: null, at: noon })
  await scene.page.getByText('名单里还没有这位').waitFor()
  await scene.page.keyboard.press('Enter')
  await until(() => calls('priceAsStranger').length === 1)
  expect(calls('priceAsStranger')[0]?.input).toEqual({ checkIn: stranger })
})

test('a shift opens with the date that is shown and the operator that was chosen', async () => {
  scene = await pages.show({ terminal: terminalView({ shift: null, operator: null }) })
  await press('Digit2', 'Enter')
  await until(() => calls('openShift').length === 1)
  expect(calls('openShift')[0]?.input).toEqual({ operator: 'li', date: '2026-11-20', floatFen: null })
})

test('a refused key says what is so and what to do next', async () => {
  scene = await pages.show()
  scene.core.onCall = () => ({ result: 'refused', notice: { code: 'NO_SHIFT', values: {} } })
  await scene.page.keyboard.press('F2')
  await scene.page.getByText('还没开班').waitFor()
  await scene.page.getByText('按回车开班').waitFor()
})

test('L turns the screen to English and back', async () => {
  scene = await pages.show()
  await scene.page.keyboard.press('KeyL')
  await scene.page.getByText('Next, please').waitFor()
  await scene.page.keyboard.press('KeyL')
  await scene.page.getByText('请下一位').waitFor()
})

test('keys in the text field of the simulator are text', async () => {
  scene = await pages.show({ terminal: terminalView({ simulator: true }) })
  scene.core.people = people
  await scene.page.getByText('模拟器 · 演示用').click()
  await scene.page.getByLabel('找人').pressSequentially('刘德1q', { delay: 50 })
  await scene.page.getByText('没有这个人').waitFor()
  expect([...calls('chooseSet'), ...calls('chooseTender')]).toEqual([])
  await scene.page.getByLabel('找人').fill('刘')
  await scene.page.getByRole('button', { name: '刷卡' }).click()
  await until(() => calls('simulate').length === 1)
  expect(calls('simulate')[0]?.input).toEqual({ senior: people[1]?.senior, present: 'card' })
})

test.each([
  ['is offered where the core still holds the visit', true],
  ['is not offered where the core was started again since', false],
])('the undo of an undo %s', async (_why, held) => {
  const [newest = sale(), ...earlier] = terminalView().lastSales
  scene = await pages.show({ terminal: terminalView({ lastSales: [newest, ...earlier] }) })
  scene.core.onCall = () => {
    const restorable = held ? newest.record : null
    const gone = { ...newest, voided: true, voidable: false }
    scene.core.terminal.set(terminalView({ lastSales: [gone, ...earlier], restorable }))
    return { result: 'done' }
  }
  await scene.page.getByRole('button', { name: /^撤销 ?F9/ }).waitFor()
  await press('F9')
  await scene.page.getByText('已撤销').first().waitFor()
  await until(() => calls('voidSale').length === 1)
  const back = scene.page.getByRole('button', { name: /^恢复/ })
  if (held) await back.first().waitFor()
  await scene.page.waitForTimeout(700)
  expect(await back.count()).toBe(held ? 2 : 0)
  await press('F9')
  if (held) await until(() => calls('restoreSale').length === 1)
  else await scene.page.locator('[data-answer="NEWEST_IS_UNDONE"]').waitFor()
  expect(calls('restoreSale')).toHaveLength(held ? 1 : 0)
})

test('with a list open the key of a price says that it puts the person there, and money is taken later', async () => {
  const group = { tender: 'cash' as const, members: [], sumFen: 0, digest: 'd'.repeat(43) }
  await openPriced(pricedView({ entry: { seconds: null, held: false } }), { terminal: terminalView({ group }) })
  const entry = scene.page.locator('[data-entry]')
  expect(await entry.innerText()).toContain('放到单子上')
  expect(await entry.innerText()).toContain('一起付时再收钱')
  expect(await entry.innerText()).not.toContain('入账')
})

test('a refunded sale says so in the last sales, and one that was undone says that', async () => {
  const gone = { voided: true, voidable: false }
  const [refunded, undone] = [sale({ ...gone, refunded: true }), sale(gone)]
  scene = await pages.show({ terminal: terminalView({ lastSales: [refunded, undone] }) })
  const row = ({ record }: typeof refunded) => scene.page.locator(`[data-sale="${record}"]`)
  await row(refunded).getByText('已退款').waitFor()
  await row(undone).getByText('已撤销').waitFor()
  expect(await row(undone).getByText('已退款').count()).toBe(0)
})
