import { businessDate } from '../../../shared/business-day.ts'
import { shippedModel } from '../../../shared/face/shipped-model.ts'
import { defaultThresholds } from '../../../shared/face/thresholds.ts'
import type { FaceToConfirmView, FaceView } from '../../../shared/face-api.ts'
import { checkInId, deviceEventId, fundId, operatorId, recordId, seniorId } from '../../../shared/ids.ts'
import type { PrinterView } from '../../../shared/printer-api.ts'
import { setMeal } from '../../../shared/site.ts'
import type { CustomerView, PricedView, SaleView, SimulatedPerson, TerminalView } from '../../../shared/terminal-api.ts'
import { uuidV7 } from '../../../shared/uuid.ts'
import { voiceSettings } from '../../../shared/voice/settings.ts'

type LadderRow = PricedView['ladder'][number]

/** 2026-11-20 11:42 in Shanghai, a Friday. */
export const noon = Date.parse('2026-11-20T11:42:00+08:00')
const minute = 60_000

let minted = 0
const mint = () => {
  const bytes = new Uint8Array(10)
  new DataView(bytes.buffer).setUint32(6, ++minted)
  return uuidV7(noon, bytes)
}

const dish = (
  id: string,
  key: number,
  name: [string, string],
  what: [string, string],
  priceFen: number,
  soldOut = false,
) =>
  setMeal.parse({
    id,
    key,
    name: { zh: name[0], en: name[1] },
    dish: { zh: what[0], en: what[1] },
    priceFen,
    soldOut,
  })

export const menu = [
  dish('A', 1, ['套餐 A', 'Set A'], ['红烧鸡腿', 'Braised chicken'], 1500),
  dish('B', 2, ['套餐 B', 'Set B'], ['清蒸鲈鱼', 'Steamed perch'], 1800, true),
  dish('C', 3, ['套餐 C', 'Set C'], ['香菇豆腐', 'Mushroom tofu'], 1200),
  dish('soft', 4, ['软食餐', 'Soft meal'], ['肉末蒸蛋', 'Steamed egg'], 1300),
  dish('noodle', 5, ['面食餐', 'Noodles'], ['番茄牛腩面', 'Beef noodles'], 1400),
  dish('half', 6, ['半份餐', 'Half set'], ['套餐 A 半份', 'Half of set A'], 900),
  dish('soup', 7, ['汤品', 'Soup'], ['莲藕排骨汤', 'Lotus soup'], 300),
]
const setA = menu[0] ?? dish('A', 1, ['套餐 A', 'Set A'], ['红烧鸡腿', 'Braised chicken'], 1500)

export function sale(change: Partial<SaleView> = {}): SaleView {
  return {
    record: recordId.parse(mint()),
    at: noon - minute,
    name: '王＊国',
    set: setA.name,
    means: 'card',
    ownPayFen: 750,
    claimPending: false,
    voided: false,
    voidable: true,
    ...change,
  }
}

/** A printer that works, with the receipts of these sales in every state in turn. */
export function printerView(sales: readonly SaleView[], change: Partial<PrinterView> = {}): PrinterView {
  const states = ['waiting', 'printed', 'unsure', 'none'] as const
  return {
    simulated: false,
    state: 'ready',
    waiting: 1,
    receipts: sales.map(({ record }, place) => ({ record, state: states[place % states.length] ?? 'none' })),
    lastSlip: null,
    ...change,
  }
}

const setNamed = (id: string) => menu.find(item => item.id === id)?.name ?? setA.name

export function terminalView(change: Partial<TerminalView> = {}): TerminalView {
  const operator = { id: operatorId.parse('sun'), name: '孙敏' }
  const pace = [2, 4, 5, 8, 11, 17, 24, 31, 34, 30, 27, 28, 26, 14]
  return {
    terminal: 'till-1',
    setup: null,
    contrast: 'normal',
    textSize: 100,
    siteName: '槐树里长者食堂',
    fictional: false,
    businessDate: businessDate.parse('2026-11-20'),
    close: { today: false, before: null },
    meal: { name: 'lunch', endsAt: noon + 48 * minute },
    nextMeal: null,
    network: { state: 'online', since: noon - 300 * minute },
    unsent: { count: 0, oldestAt: null },
    usb: { out: null, back: null },
    roster: {
      syncedAt: Date.parse('2026-11-20T06:10:00+08:00'),
      members: 2316,
      stale: false,
      goodUntil: businessDate.parse('2026-11-27'),
      validDays: 7,
    },
    policy: {
      id: 'DEMO',
      title: { zh: '示范市老年助餐补贴（虚构，仅供演示）', en: 'Demo City meal subsidy (fictional)' },
      fictional: true,
      version: { id: 'DEMO-2026', from: businessDate.parse('2026-01-01'), to: null },
      next: null,
    },
    policiesRefused: [],
    recordsDoubted: [],
    feedsUnread: [],
    operator,
    operators: [operator, { id: operatorId.parse('li'), name: '李建华' }],
    shift: { record: recordId.parse(mint()), openedAt: noon - 80 * minute },
    devices: [
      { id: 'card-reader-1', kind: 'card-reader', simulated: false, state: 'idle', media: 'absent', restarts: 0 },
    ],
    camera: { camera: null, mirrored: true, zoom: 1 },
    printer: null,
    served: {
      inMeal: 118,
      lastTenMinutes: 34,
      perFiveMinutes: pace.map((count, index) => ({ from: noon - (pace.length - index) * 5 * minute, count })),
    },
    lastSales: [
      sale({ name: '王＊国' }),
      sale({ name: '李＊兰', set: setNamed('C'), means: 'code', ownPayFen: 480, phone: 'waiting' }),
      sale({ name: null, set: setNamed('A'), means: null, ownPayFen: 1500, at: noon - 2 * minute }),
      sale({
        name: '赵＊梅',
        set: setNamed('soft'),
        means: 'code',
        ownPayFen: 1300,
        claimPending: true,
        phone: 'not-paid',
        at: noon - 3 * minute,
      }),
      sale({ name: '周＊山', ownPayFen: 1500, voided: true, at: noon - 3 * minute }),
    ],
    restorable: null,
    parked: [],
    group: null,
    menu,
    chosenSet: 'A',
    chosenTender: 'account',
    chosenChannel: 'dine-in',
    tenders: [
      { kind: 'account', name: { zh: '社保卡', en: 'Card account' }, simulated: true },
      { kind: 'cash', name: { zh: '现金', en: 'Cash' }, simulated: false },
      { kind: 'outside', name: { zh: '扫码付', en: 'Phone' }, simulated: false },
    ],
    expressSeconds: 1.5,
    keyProtection: 'host',
    face: null,
    kiosk: null,
    simulator: false,
    clockJump: null,
    stopped: null,
    notices: [],
    ...change,
  }
}

const step = (
  kind: string,
  zh: string,
  en: string,
  fen: number,
  runningFen: number,
  note: LadderRow['note'] = null,
): LadderRow => ({
  kind,
  title: { zh, en },
  note,
  fund: kind === 'subsidy' ? fundId.parse(en.split(' ')[0]?.toLowerCase() ?? 'fund') : null,
  fen,
  runningFen,
})

const discount = step('discount', '本店优惠', 'Shop discount', 150, 1350, { zh: '九折', en: '10 % off' })

export function pricedView(change: Partial<PricedView> = {}): PricedView {
  return {
    state: 'priced',
    checkIn: checkInId.parse(mint()),
    person: { name: '张淑芬', sex: 'female', age: 82, entitledUntil: '2027-03-31', home: true },
    means: 'card',
    assurance: 'presented',
    credentialTail: '3071',
    codeKind: null,
    device: { id: 'card-reader-1', eventId: deviceEventId.parse(mint()), simulated: false },
    set: setA,
    beside: [],
    tender: 'account',
    parts: [],
    reference: null,
    channel: 'dine-in',
    listFen: 1500,
    ladder: [
      discount,
      step('subsidy', '市级补贴', 'City subsidy', 300, 1050),
      step('subsidy', '区级补贴', 'District subsidy', 200, 850),
      step('subsidy', '街道补贴', 'Street subsidy', 100, 750),
    ],
    discountFen: 150,
    subsidyFen: 600,
    ownPayFen: 750,
    dueFen: change.ownPayFen ?? 750,
    pendingFen: 0,
    digest: 'digest-of-this-price',
    week: { used: 2, cap: 5 },
    attention: [],
    another: null,
    entry: { seconds: 1.5, held: false },
    needs: null,
    askable: false,
    face: null,
    proxy: { offered: [], chosen: null, obstacle: 'PROXY_NOT_REGISTERED', leads: null },
    ...change,
  }
}

/** The week's uses are spent: the same person pays the shop price. */
export function limitView(change: Partial<PricedView> = {}): PricedView {
  return pricedView({
    person: { name: '刘德明', sex: 'male', age: 76, entitledUntil: '2026-12-31', home: true },
    means: 'code',
    codeKind: 'paper',
    credentialTail: null,
    ladder: [discount],
    subsidyFen: 0,
    ownPayFen: 1350,
    week: { used: 5, cap: 5 },
    attention: [
      { code: 'LIMIT_WEEK', values: { limit: 'week', unit: 'count', cap: 5, used: 5, resumes: '2026-11-23' } },
    ],
    entry: { seconds: null, held: false },
    ...change,
  })
}

export function guestView(): PricedView {
  return pricedView({
    person: null,
    means: null,
    assurance: null,
    credentialTail: null,
    device: null,
    tender: 'cash',
    ladder: [],
    discountFen: 0,
    subsidyFen: 0,
    ownPayFen: 1500,
    week: null,
    entry: { seconds: null, held: false },
  })
}

export function strangerView(): PricedView {
  return pricedView({
    person: null,
    ladder: [],
    discountFen: 0,
    subsidyFen: 0,
    ownPayFen: 1500,
    week: null,
    attention: [{ code: 'CLAIM_PENDING', values: {} }],
    entry: { seconds: null, held: false },
  })
}

export function customerView(now: CustomerView['now'] = { state: 'idle' }): CustomerView {
  return {
    siteName: '槐树里长者食堂',
    fictional: false,
    ...{ language: 'zh', contrast: 'normal', textSize: 100, nameForm: 'title', flashing: false, sampleAt: null },
    meal: { name: 'lunch', from: '10:30', to: '12:30' },
    menu: menu
      .filter(item => !item.soldOut && item.priceFen > 1000)
      .map(({ id, name, dish: what, priceFen }) => ({ id, name, dish: what, priceFen })),
    needsLight: false,
    atCamera: null,
    voice: { ...voiceSettings.parse({}), on: false, sounds: false, speaks: true, own: false },
    now,
  }
}

export function customerSale(
  state: 'priced' | 'confirmed',
  change: Partial<Extract<CustomerView['now'], { state: 'priced' | 'confirmed' }>> = {},
): CustomerView {
  return customerView({
    state,
    surname: '张',
    title: 'female',
    set: setA.name,
    listFen: 1500,
    offFen: 750,
    ownPayFen: 750,
    tender: 'account',
    parts: [],
    pending: false,
    madeGoodFen: 0,
    at: noon,
    ...change,
  })
}

/** Faces in use at this terminal, by the shipped network and not calibrated. */
export function faceView(change: Partial<FaceView> = {}): FaceView {
  return {
    ...shippedModel,
    ...{ on: true, enrolled: 37, portraits: 12, oneToMany: false, mostMembers: 0, calibration: null, headTurn: false },
    erased: null,
    ...change,
  }
}

/** Calibrated well enough to look for one face among all members. */
export const calibrated: Partial<FaceView> = {
  oneToMany: true,
  mostMembers: 400,
  calibration: {
    on: businessDate.parse('2026-11-02'),
    pairs: 1_200_000,
    far: 2.5e-6,
    thresholds: defaultThresholds,
  },
}

export function faceQuestion(change: Partial<FaceToConfirmView> = {}): FaceToConfirmView {
  return {
    state: 'face-to-confirm',
    look: checkInId.parse(mint()),
    name: '张＊芬',
    sex: 'female',
    confirmBy: 'anybody',
    portrait: false,
    triesLeft: 1,
    at: noon,
    ...change,
  }
}

export const people: SimulatedPerson[] = [
  ['张淑芬', 82, '八十岁以上，本周用过 2 次', 'Over eighty, two meals this week', true],
  ['刘德明', 76, '本周 5 次已用完', 'All five meals of the week used', true],
  ['欧阳秀英', 71, '只有纸码', 'Paper code only', false],
  ['陈国栋', 66, '刚满年龄', 'Just of age', true],
  ['何桂兰', 88, '名单外', 'Not on the roster', true],
].map(([name, age, zh, en, hasCard], index) => ({
  senior: seniorId.parse(String(index + 1).padStart(32, '0')),
  name: String(name),
  age: Number(age),
  note: { zh: String(zh), en: String(en) },
  hasCard: hasCard === true,
}))
