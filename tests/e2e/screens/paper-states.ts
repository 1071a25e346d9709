import type { TerminalView } from '../../../shared/terminal-api.ts'
import { faceView, noon, pricedView, printerView, sale, terminalView } from './fixtures.ts'
import type { CashierState } from './till-states.ts'

const { lastSales } = terminalView()
const just = sale()
const working: Partial<TerminalView> = { lastSales, printer: printerView(lastSales) }
const tilesOf = (...kinds: ('card-reader' | 'code-scanner')[]): Partial<TerminalView> => ({
  lastSales,
  devices: kinds.map(kind => ({ id: kind, kind, simulated: true, state: 'idle', media: 'absent', restarts: 0 })),
  printer: printerView(lastSales, { simulated: true }),
  face: faceView({ on: true }),
  simulator: true,
})

/** A simulated printer that has just printed. */
export const slipInDrawer: Partial<TerminalView> = {
  ...{ fictional: true, simulator: true, lastSales },
  printer: printerView(lastSales, {
    simulated: true,
    lastSlip: ['         槐树里长者食堂', '张女士，套餐 A              午餐', '原价                       15.00'],
  }),
}

/** The states of the cashier's page with a receipt printer. */
export const paperStates: CashierState[] = [
  { name: 'paper-ready', terminal: working, shows: '补打' },
  { name: 'paper-priced', terminal: working, view: pricedView(), shows: '补打' },
  { name: 'paper-english', terminal: working, shows: 'Again', search: '?camera=off&lang=en' },
  {
    name: 'paper-out',
    terminal: {
      lastSales,
      printer: printerView(lastSales, { state: 'paper-out', waiting: 3 }),
      notices: [{ code: 'PRINTER_PAPER_OUT', values: { count: 3 } }],
    },
    shows: '没纸了',
  },
  {
    name: 'paper-confirmed',
    terminal: { lastSales: [just, ...lastSales.slice(1)], printer: printerView([], { waiting: 0 }) },
    view: { state: 'confirmed', sale: just, at: noon },
    passing: true,
    shows: '打印小票',
  },
  { name: 'paper-four-tiles', terminal: tilesOf('card-reader'), shows: '模拟就绪' },
  { name: 'paper-five-tiles', terminal: tilesOf('card-reader', 'code-scanner'), shows: '模拟就绪' },
]
