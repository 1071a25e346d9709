import { businessDate } from '../../../shared/business-day.ts'
import { operatorId, proxyId, seniorId } from '../../../shared/ids.ts'
import type { CashierView, DeskView, FoundSenior, PricedView } from '../../../shared/terminal-api.ts'
import { noon, pricedView } from './fixtures.ts'

export const idOf = (digit: string) => seniorId.parse(digit.repeat(32))
export const zhang: NonNullable<DeskView['person']> = {
  senior: idOf('1'),
  name: '张淑芬',
  sex: 'female',
  age: 82,
  numberTail: '3071',
  home: true,
  means: null,
  proxies: [],
  leads: [{ operator: operatorId.parse('sun'), name: '孙敏' }],
  pin: 'set',
  cards: [
    { handle: 'one', tail: 'F0A1', lost: true, bound: false },
    { handle: 'two', tail: '77C2', lost: false, bound: true },
  ],
}
export const found: FoundSenior[] = [
  { senior: idOf('1'), name: '张＊芬', sex: 'female', birthYear: 1944, numberTail: '3071' },
  { senior: idOf('2'), name: '赵＊福', sex: 'male', birthYear: 1950, numberTail: '118X' },
  { senior: idOf('3'), name: '郑＊', sex: 'female', birthYear: 1947, numberTail: null },
]
export const desk = (change: Partial<DeskView> = {}): DeskView => ({
  state: 'desk',
  person: null,
  card: null,
  notice: null,
  ...change,
})
export const needing = (ways: ('staff' | 'pin')[] = ['staff', 'pin']): PricedView =>
  pricedView({
    attention: [{ code: 'ASSURANCE_LOW', values: {} }],
    needs: { assurance: 'verified', ways },
    entry: { seconds: null, held: false },
  })
export const unknownCard: Extract<CashierView, { state: 'problem' }> = {
  state: 'problem',
  notice: { code: 'NOT_ON_ROSTER', values: {} },
  means: 'card',
  stranger: pricedView().checkIn,
  already: null,
  at: noon,
}

const day = (text: string) => businessDate.parse(text)
const collecting = [
  {
    proxy: proxyId.parse('a'.repeat(32)),
    name: '周建平',
    from: day('2026-01-01'),
    until: day('2026-12-31'),
    byStaff: false,
  },
  {
    proxy: proxyId.parse('b'.repeat(32)),
    name: '林晓燕',
    from: day('2026-11-02'),
    until: day('2027-11-01'),
    byStaff: true,
  },
]

/** The desk, and what else asks who somebody is; `shows` is the mark that stands there, `types` and `presses` bring it about. */
export const deskStates: { name: string; view: CashierView; shows: string; types?: string; presses?: string }[] = [
  { name: 'desk-empty', view: desk(), shows: 'desk' },
  { name: 'desk-search', view: desk({ card: { tail: '93B0' } }), shows: 'desk', types: 'z' },
  { name: 'desk-person', view: desk({ person: zhang }), shows: 'desk-person' },
  { name: 'desk-unbind', view: desk({ person: zhang }), shows: 'desk-person', presses: 'KeyU' },
  {
    name: 'desk-proxies',
    view: desk({ person: { ...zhang, proxies: collecting } }),
    shows: 'desk-person',
    presses: 'KeyG',
  },
  {
    name: 'desk-proxy-surname',
    view: desk({ person: { ...zhang, proxies: collecting } }),
    shows: 'desk-person',
    presses: 'KeyG KeyN KeyL',
  },
  {
    name: 'desk-proxy-member',
    view: desk({ person: { ...zhang, proxies: collecting } }),
    shows: 'desk-person',
    presses: 'KeyG KeyN KeyZ KeyS',
  },
  {
    name: 'desk-bind',
    view: desk({ person: { ...zhang, pin: 'none', means: 'code' }, card: { tail: '93B0' } }),
    shows: 'card-waits',
  },
  {
    name: 'desk-card-bound',
    view: desk({ person: { ...zhang, pin: 'locked' }, notice: { code: 'CARD_BOUND', values: {} } }),
    shows: 'desk-notice',
  },
  { name: 'proof-needed', view: needing(), shows: 'own-pay' },
  { name: 'proof-pin', view: needing(), shows: 'own-pay', presses: 'KeyP' },
  { name: 'problem-unknown-card', view: unknownCard, shows: 'problem' },
  {
    name: 'problem-card-lost',
    view: { ...unknownCard, notice: { code: 'CARD_LOST', values: {} }, stranger: null },
    shows: 'problem',
  },
]
