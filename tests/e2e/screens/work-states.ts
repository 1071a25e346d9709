import type { CashierView, ParkedView, TerminalView } from '../../../shared/terminal-api.ts'
import { menu, noon, pricedView, sale } from './fixtures.ts'

const parked = (change: Partial<ParkedView> = {}): ParkedView => ({
  checkIn: pricedView().checkIn,
  at: noon - 300_000,
  name: '刘＊明',
  set: sale().set,
  means: 'card',
  earlier: false,
  ...change,
})
const three = [
  parked(),
  parked({ name: null, means: null, at: noon - 180_000, set: menu[2]?.name ?? sale().set }),
  parked({ name: '欧＊＊英', earlier: true }),
]

/** What a cashier does beside the ordinary sale. `keys` are pressed once the page stands. */
export const workStates: {
  name: string
  terminal?: Partial<TerminalView>
  view?: CashierView
  shows: string
  search?: string
  keys?: readonly string[]
}[] = [
  { name: 'cashier-parked', terminal: { parked: three }, shows: '搁置 3' },
  { name: 'cashier-parked-list', terminal: { parked: three }, shows: '按数字取回', keys: ['F8'] },
  {
    name: 'cashier-parked-english',
    terminal: { parked: three },
    shows: 'A digit takes one back',
    search: '?camera=off&lang=en',
    keys: ['F8'],
  },
]
