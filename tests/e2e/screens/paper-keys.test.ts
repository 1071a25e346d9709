import { afterAll, beforeAll, expect, test } from 'vitest'
import { secondHalf } from '../../support/finger.ts'
import { printerView, terminalView } from './fixtures.ts'
import { keptPages } from './kept-pages.ts'
import { buildStage, type Scene, type Stage } from './stage.ts'

let stage: Stage
const pages = keptPages(() => stage)
const { lastSales } = terminalView()
const printer = printerView(lastSales)

beforeAll(async () => {
  stage = await buildStage()
})
afterAll(async () => {
  await pages.close()
  await stage.close()
})

const asked = ({ core }: Scene) => core.named('printer.receipt').map(({ input }) => input)
const receiptKey = ({ page }: Scene, place: number) => page.locator('[data-receipt]').nth(place)

test('T asks for the receipt of the last sale', async () => {
  const scene = await pages.show({ terminal: terminalView({ lastSales, printer }) })
  await scene.page.keyboard.press('KeyT')
  await expect.poll(() => asked(scene)).toEqual([{ sale: lastSales[0]?.record }])
})

test('the key beside a sale asks for its receipt, and one that waits for the printer cannot be pressed', async () => {
  const scene = await pages.show({ terminal: terminalView({ lastSales, printer }) })
  expect(await receiptKey(scene, 0).isDisabled()).toBe(true)
  await receiptKey(scene, 1).click()
  await scene.page.waitForTimeout(secondHalf)
  await receiptKey(scene, 2).click()
  await expect.poll(() => asked(scene)).toEqual([{ sale: lastSales[1]?.record }, { sale: lastSales[2]?.record }])
})

test('what the printer cannot do now is told in words', async () => {
  const scene = await pages.show({ terminal: terminalView({ lastSales, printer }) })
  scene.core.onCall = () => ({ result: 'refused', notice: { code: 'SALE_UNKNOWN', values: {} } })
  await receiptKey(scene, 1).click()
  await scene.page.getByText('找不到这一笔').waitFor()
})

test('without a printer no key prints', async () => {
  const scene = await pages.show({ terminal: terminalView({ lastSales }) })
  await scene.page.keyboard.press('KeyT')
  // Keys in one burst are a scanner's.
  await scene.page.waitForTimeout(60)
  await scene.page.keyboard.press('KeyL')
  await scene.page.getByText('Last sales').waitFor()
  expect(await scene.page.locator('[data-receipt]').count()).toBe(0)
  expect(asked(scene)).toEqual([])
})
