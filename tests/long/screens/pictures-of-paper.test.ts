import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { CashierView, TerminalView } from '../../../shared/terminal-api.ts'
import { faceView, noon, pricedView, printerView, sale, terminalView } from '../../e2e/screens/fixtures.ts'
import { buildStage, type Scene, type Stage } from '../../e2e/screens/stage.ts'

let stage: Stage
let scene: Scene

beforeAll(async () => {
  stage = await buildStage()
})
afterAll(() => stage.close())
afterEach(() => scene.close())

const { lastSales } = terminalView()
const working: Partial<TerminalView> = { lastSales, printer: printerView(lastSales) }
const outOfPaper: Partial<TerminalView> = {
  lastSales,
  printer: printerView(lastSales, { state: 'paper-out', waiting: 3 }),
  notices: [{ code: 'PRINTER_PAPER_OUT', values: { count: 3 } }],
}
const just = sale()
const slip = [
  '            槐树里长者食堂',
  '张女士，套餐 A                              午餐',
  '原价                                       15.00',
]

const states: { name: string; terminal: Partial<TerminalView>; view?: CashierView; shows: string; search?: string }[] =
  [
    { name: 'paper-ready', terminal: working, shows: '补打' },
    {
      name: 'paper-demo',
      terminal: {
        lastSales,
        devices: (['card-reader', 'code-scanner'] as const).map(kind => ({
          ...{ id: kind, kind, simulated: true, state: 'idle', media: 'absent', restarts: 0 },
        })),
        printer: printerView(lastSales, { simulated: true }),
        face: faceView({ on: true }),
        simulator: true,
      },
      shows: '模拟就绪',
    },
    { name: 'paper-priced', terminal: working, view: pricedView(), shows: '补打' },
    { name: 'paper-out', terminal: outOfPaper, shows: '没纸了' },
    { name: 'paper-english', terminal: working, shows: 'Again', search: '?camera=off&lang=en' },
    {
      name: 'paper-confirmed',
      terminal: { lastSales: [just, ...lastSales.slice(1)], printer: printerView([], { waiting: 0 }) },
      view: { state: 'confirmed', sale: just, at: noon },
      shows: '打印小票',
    },
  ]

for (const state of states)
  test(`${state.name} is drawn in each size`, async () => {
    scene = await stage.open({ terminal: terminalView(state.terminal), search: state.search ?? '?camera=off' })
    if (state.view?.state === 'confirmed') await scene.page.clock.pauseAt(noon + 1)
    if (state.view) scene.core.cashier.set(state.view)
    for (const size of [
      { width: 1280, height: 800 },
      { width: 1920, height: 1080 },
    ]) {
      await scene.page.setViewportSize(size)
      await scene.page.getByText(state.shows).first().waitFor()
      await scene.picture(state.name)
    }
    expect(scene.blocked).toEqual([])
  })

test('the simulator drawer shows the last slip', async () => {
  const printer = printerView(lastSales, { simulated: true, lastSlip: slip })
  scene = await stage.open({ terminal: terminalView({ fictional: true, simulator: true, lastSales, printer }) })
  await scene.page.getByText('模拟器 · 演示用').click()
  await scene.page.getByText('模拟打印机刚打出').click()
  await scene.page.getByText('张女士，套餐 A').waitFor()
  await scene.picture('paper-simulated')
  expect(scene.blocked).toEqual([])
})
