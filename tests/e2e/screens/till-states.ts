import type { Page } from 'playwright-core'
import { businessDate } from '../../../shared/business-day.ts'
import type { CashierView, CustomerView, TerminalView } from '../../../shared/terminal-api.ts'
import { customerSale, customerView, guestView, limitView, noon, pricedView, sale, strangerView } from './fixtures.ts'
import { paperStates } from './paper-states.ts'
import { workStates } from './work-states.ts'

const held = { seconds: 1.5, held: true }
const offline: Partial<TerminalView> = {
  network: { state: 'offline', since: noon - 86_400_000 },
  unsent: { count: 149, oldestAt: noon - 18 * 3_600_000 },
  roster: {
    syncedAt: noon - 86_400_000,
    members: 2316,
    stale: false,
    goodUntil: businessDate.parse('2026-11-27'),
    validDays: 7,
  },
}
const problem = (change: Partial<Extract<CashierView, { state: 'problem' }>>): CashierView => ({
  state: 'problem',
  notice: { code: 'CODE_EXPIRED', values: {} },
  means: 'code',
  stranger: null,
  already: null,
  at: noon,
  ...change,
})

/** A state of the cashier's page; `shows` are words that stand in it. */
export interface CashierState {
  name: string
  terminal?: Partial<TerminalView>
  view?: CashierView
  shows: string
  search?: string
  /** It passes by itself within a second: the page's timers stand still for its pictures. */
  passing?: boolean
  /** Pressed once the page stands. */
  keys?: readonly string[]
}

/** Presses what brings the state about, at the pace of a finger. */
export async function pressKeys(page: Page, { view, keys = [] }: Pick<CashierState, 'view' | 'keys'>): Promise<void> {
  if (keys.length === 0) return
  await page
    .locator(view?.state === 'priced' ? '[data-own-pay]' : 'nav')
    .first()
    .waitFor()
  for (const key of keys) {
    await page.keyboard.press(key)
    await page.waitForTimeout(70)
  }
}

export const cashierStates: CashierState[] = [
  ...workStates,
  { name: 'cashier-ready', shows: '请下一位' },
  { name: 'cashier-priced', terminal: offline, view: pricedView(), passing: true, shows: '社保卡自动入账' },
  { name: 'cashier-held', view: pricedView({ entry: held }), shows: '已停住' },
  { name: 'cashier-cash', view: pricedView({ tender: 'cash' }), shows: '收现金 7.50 元' },
  { name: 'cashier-limit', terminal: offline, view: limitView(), shows: '本周补贴 5 次已用完' },
  {
    name: 'cashier-limit-twice',
    view: limitView({
      attention: [
        { code: 'DUPLICATE_TAP', values: { time: '11:20' } },
        { code: 'LIMIT_MEAL', values: {} },
      ],
      week: { used: 3, cap: 5 },
    }),
    shows: '可按这个价再记一份',
  },
  {
    name: 'cashier-made-good',
    view: pricedView({ attention: [{ code: 'MADE_GOOD_NOW', values: { yuan: '6.00' } }] }),
    shows: '要补给本人 6.00 元',
  },
  {
    name: 'cashier-notices',
    terminal: {
      notices: [
        { code: 'BACKUP_FAILED', values: { detail: '没有空间' } },
        { code: 'HISTORY_MISSING', values: {} },
      ],
    },
    shows: '请下一位',
  },
  { name: 'cashier-guest', view: guestView(), shows: '访客' },
  { name: 'cashier-stranger', view: strangerView(), shows: '待查的一位' },
  { name: 'cashier-reading', view: { state: 'reading', means: 'card' }, shows: '正在读卡' },
  { name: 'cashier-confirmed', view: { state: 'confirmed', sale: sale(), at: noon }, passing: true, shows: '已入账' },
  { name: 'cashier-problem', view: problem({}), shows: '码过了时间' },
  {
    name: 'cashier-not-on-roster',
    view: problem({ notice: { code: 'NOT_ON_ROSTER', values: {} }, means: 'card', stranger: pricedView().checkIn }),
    shows: '名单里还没有这位',
  },
  {
    name: 'cashier-duplicate',
    view: problem({ notice: { code: 'DUPLICATE_TAP', values: { time: '11:41' } }, already: sale() }),
    shows: '没有重复记',
  },
  { name: 'cashier-shift', terminal: { shift: null, operator: null }, shows: '2026 年 11 月 20 日，周五，午餐？' },
  {
    name: 'cashier-stopped',
    terminal: { stopped: { code: 'DISK_LOW', values: { mb: 120 } } },
    shows: '暂停入账',
  },
  {
    name: 'cashier-not-meal-time',
    terminal: { meal: null, nextMeal: { name: 'dinner', startsAt: Date.parse('2026-11-20T16:30:00+08:00') } },
    shows: '晚餐 16:30 开始',
  },
  {
    name: 'cashier-device-fault',
    terminal: {
      devices: [
        {
          id: 'card-reader-1',
          kind: 'card-reader',
          simulated: false,
          state: 'no-device',
          media: 'unknown',
          restarts: 0,
        },
      ],
      notices: [{ code: 'DEVICE_FAULT', values: { device: '读卡器' } }],
    },
    shows: '读卡器没连上',
  },
  { name: 'cashier-english', view: pricedView(), shows: 'Shop discount', search: '?camera=off&lang=en' },
  { name: 'cashier-ready-english', shows: 'Next, please', search: '?camera=off&lang=en' },
  {
    name: 'cashier-demo',
    terminal: {
      fictional: true,
      simulator: true,
      devices: [
        { id: 'simulated-card', kind: 'card-reader', simulated: true, state: 'idle', media: 'absent', restarts: 0 },
      ],
    },
    shows: '演示数据',
  },
  ...paperStates,
]

/** The states of the customer's page. */
const bathing = { set: { zh: '站内助浴', en: 'Bath at the station' }, listFen: 6000, offFen: 4500, ownPayFen: 1500 }
export const customerStates: { name: string; view: CustomerView; shows: string; search?: string }[] = [
  { name: 'customer-idle', view: customerView(), shows: '请选一种方式' },
  { name: 'customer-dark', view: { ...customerView(), needsLight: true }, shows: '这里有点暗，请朝亮处举' },
  { name: 'customer-at-camera', view: { ...customerView(), atCamera: 'ahead' }, shows: '请看一下摄像头' },
  { name: 'customer-reading', view: customerView({ state: 'reading' }), shows: '正在读，请稍等' },
  { name: 'customer-priced', view: customerSale('priced'), shows: '请看价格' },
  { name: 'customer-confirmed', view: customerSale('confirmed'), shows: '好了，请取餐' },
  { name: 'customer-made-good', view: customerSale('confirmed', { madeGoodFen: 600 }), shows: '之前少补的' },
  { name: 'customer-visit-in', view: customerSale('confirmed', { ...bathing, visit: 'in' }), shows: '好了，开始服务' },
  { name: 'customer-visit-priced', view: customerSale('priced', { ...bathing, visit: 'out' }), shows: '请看价格' },
  { name: 'customer-visit-out', view: customerSale('confirmed', { ...bathing, visit: 'out' }), shows: '好了，请慢走' },
  {
    name: 'customer-visit-free',
    view: customerSale('confirmed', { ...bathing, visit: 'out', listFen: 0, offFen: 0, ownPayFen: 0 }),
    shows: '好了，请慢走',
  },
  {
    name: 'customer-pending',
    view: customerSale('confirmed', { ownPayFen: 1500, offFen: 0, pending: true, surname: '欧阳', title: 'male' }),
    shows: '查实后补给您',
  },
  {
    name: 'customer-problem',
    view: customerView({ state: 'problem', code: 'CARD_UNREAD', values: {}, at: noon }),
    shows: '请把卡平放，停两秒',
  },
  {
    name: 'customer-split',
    view: customerSale('priced', {
      parts: [
        { kind: 'cash', fen: 500 },
        { kind: 'account', fen: 250 },
      ],
    }),
    shows: '分开付',
  },
  {
    name: 'customer-group',
    view: customerSale('priced', {
      ...{ surname: null, title: null, set: { zh: '套餐', en: 'Set' }, tender: 'cash' },
      ...{ listFen: 13500, offFen: 6750, ownPayFen: 6750 },
    }),
    shows: '您好，套餐',
  },
  { name: 'customer-english', view: customerSale('priced'), shows: 'Please see the price', search: '?lang=en' },
]
