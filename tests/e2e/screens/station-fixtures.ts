import { businessDate } from '../../../shared/business-day.ts'
import { proxyId, recordId, seniorId } from '../../../shared/ids.ts'
import { clockText } from '../../../shared/policy/facts.ts'
import { orderId } from '../../../shared/visit/order.ts'
import { carerId, type ServiceKind } from '../../../shared/visit/service.ts'
import type {
  DayLine,
  FollowUpLine,
  ProxyChoice,
  ServiceView,
  StationView,
  VisitView,
} from '../../../shared/visit-api.ts'

/** The afternoon of the pictures: 2026-11-20, 14:46 in Shanghai. */
export const afternoon = Date.parse('2026-11-20T14:46:00+08:00')
const at = (clock: string) => Date.parse(`2026-11-20T${clock}:00+08:00`)
const date = businessDate.parse('2026-11-20')
const record = (place: number) => recordId.parse(`01a1f5ee-4e70-70ec-ad4d-${String(place).padStart(12, '0')}`)

/** What a canteen without services says. */
export const noStation: StationView = {
  ...{ station: null, date, open: false, desk: { state: 'list' }, day: [], followUps: [], notice: null },
  ...{ face: null, asked: null },
  counts: { present: 0, done: 0, due: 0 },
}

const once = { zh: '次', en: 'visit' }
function service(kind: ServiceKind, zh: string, en: string, fen: number | null, change: Partial<ServiceView> = {}) {
  return {
    ...{ id: `${kind}-${en.toLowerCase().replaceAll(' ', '-')}`, kind, name: { zh, en }, unit: once, fen },
    ...{ leastMinutes: 20, usualMinutes: 40, where: 'station' as const },
    ...change,
  }
}
export const bath = service('bathing', '站内助浴', 'Bath at the station', 6000, { leastMinutes: 40, usualMinutes: 45 })
export const dayCare = service('day-care', '日间照料', 'Day care', null, { leastMinutes: 0, usualMinutes: 0 })
export const call = service('calling', '探访', 'Visiting call', null, {
  ...{ leastMinutes: 0, usualMinutes: 20, where: 'home' },
})
const services: readonly ServiceView[] = [
  service('meals', '上门做餐', 'Cooking at home', 3500, { where: 'home' }),
  service('cleaning', '居室清洁', 'House cleaning', 4000, { where: 'home', unit: { zh: '小时', en: 'hour' } }),
  service('cleaning', '衣物清洗', 'Laundry', 2000),
  service('medical', '陪同就医', 'Escort to the doctor', 8000, { where: 'home' }),
  service('mobility', '轮椅推送', 'Wheelchair outing', 3000),
  bath,
  service('bathing', '上门助浴', 'Bath at home', 12000, { where: 'home' }),
  service('bathing', '理发修面', 'Haircut and shave', 1500),
  service('emergency', '应急上门', 'Emergency call', 5000, { where: 'home' }),
  dayCare,
  service('doctor', '家庭医生', 'Family doctor', null, { leastMinutes: 0, usualMinutes: 15 }),
  call,
  service('activity', '康复操', 'Exercise class', null, { leastMinutes: 0, usualMinutes: 45 }),
]
const carers = [
  { carer: carerId.parse('he'), name: '何秀英', role: 'carer' as const, pin: 'set' as const, phone: true },
  { carer: carerId.parse('ma'), name: '马立强', role: 'carer' as const, pin: 'set' as const, phone: false },
  { carer: carerId.parse('tang'), name: '唐晓', role: 'nurse' as const, pin: 'none' as const, phone: false },
  { carer: carerId.parse('qin'), name: '秦文', role: 'doctor' as const, pin: 'locked' as const, phone: false },
]

type Spare = Pick<DayLine, 'kind' | 'where'>
const names: Partial<Record<ServiceKind, DayLine['service']>> = {
  'day-care': dayCare.name,
  ...{ doctor: { zh: '家庭医生', en: 'Family doctor' }, calling: call.name, bathing: bath.name },
  activity: { zh: '康复操', en: 'Exercise class' },
}
let lines = 0
function line(clock: string, name: string, state: DayLine['state'], minutes: number | null, spare: Spare): DayLine {
  lines += 1
  return {
    ...{ key: `line-${lines}`, at: clockText.parse(clock), name, state, minutes, ...spare },
    service: names[spare.kind] ?? bath.name,
    visit: state === 'due' || state === 'cancelled' ? null : record(lines),
    order: state === 'due' ? orderId.parse(`order-${lines}`) : null,
    takesBack: (state === 'done' || state === 'late') && spare.kind === 'bathing',
  }
}
const here = (kind: ServiceKind): Spare => ({ kind, where: 'station' })

export const day: DayLine[] = [
  line('08:40', '孙＊珍', 'present', null, here('day-care')),
  line('09:15', '吴＊国', 'done', 15, here('doctor')),
  line('09:50', '郑＊华', 'done', 20, here('doctor')),
  line('10:30', '何＊生', 'unproven', 22, { kind: 'calling', where: 'home' }),
  line('13:00', '钱＊英', 'done', 45, here('bathing')),
  line('14:05', '李＊兰', 'running', 41, here('bathing')),
  line('15:30', '冯＊娥', 'due', null, here('bathing')),
  line('16:00', '沈＊林', 'due', null, here('activity')),
]
/** Every state, and more than fits without scrolling. */
export const longDay: DayLine[] = [
  ...day,
  line('11:00', '欧＊＊英', 'late', 60, here('bathing')),
  line('11:30', '周＊山', 'void', 40, here('bathing')),
  line('14:20', '赵＊梅', 'paused', 12, here('bathing')),
  line('16:30', '刘＊明', 'cancelled', null, here('bathing')),
].sort((one, other) => one.at.localeCompare(other.at))

export const followUps: FollowUpLine[] = [
  ...[
    { name: '何＊生', clock: '10:30', on: date },
    { name: '欧＊＊英', clock: '16:10', on: businessDate.parse('2026-11-19') },
  ].map(({ name, clock, on }, place) => ({
    ...{ of: record(100 + place), date: on, at: clockText.parse(clock), name, kind: 'calling' as const },
    service: call.name,
  })),
]

export const person = {
  ...{
    senior: seniorId.parse('6'.repeat(32)),
    name: '李桂兰',
    sex: 'female' as const,
    age: 79,
  },
}

/** Bathing for 41 of at least 40 minutes, all of it proven. */
export function visitView(change: Partial<VisitView> = {}): VisitView {
  return {
    visit: record(6),
    person,
    ...{ means: 'card', assurance: 'presented', proxy: null, service: bath },
    carer: { name: '何＊英', role: 'carer', ofToday: 3, changes: 0 },
    ...{ startedAt: at('14:05'), pausedAt: null, minutes: 41, asOf: afternoon },
    place: { evidence: 'rotating-code', reference: 'station' },
    gapMinutes: 20,
    price: {
      ...{ listFen: 6000, discountFen: 0, subsidyFen: 4500, pendingFen: 0, ownPayFen: 1500, dueFen: 1500 },
      ...{ tender: 'account', digest: 'digest-of-this-visit', scheme: { zh: '服务补贴', en: 'Subsidy' } },
    },
    order: null,
    ...change,
  }
}

type Desk = StationView['desk']
export function arriving(change: Partial<Extract<Desk, { state: 'arriving' }>> = {}): Desk {
  return {
    ...{ state: 'arriving', person, means: 'card', service: null, carer: null, needs: ['service', 'carer'] },
    orders: [{ order: orderId.parse('order-1'), at: clockText.parse('15:00'), service: bath.id, carer: null }],
    ...{ place: { evidence: 'unproven', reference: null }, proxy: null, proxies: null },
    attention: [],
    ...change,
  }
}

const proxyOf = (place: number, name: string, until: string) => ({
  ...{ proxy: proxyId.parse(String(place).repeat(32)), name, from: businessDate.parse('2026-09-01') },
  ...{ until: businessDate.parse(until), pin: 'set' as const, problem: null },
})
/** One who may, one without a PIN, one whose PIN rests, one who may not yet and one who may no more. */
export const proxies: ProxyChoice[] = [
  proxyOf(1, '李建国', '2027-08-31'),
  { ...proxyOf(2, '欧阳建华', '2027-02-28'), pin: 'none' },
  { ...proxyOf(3, '王女士', '2027-02-28'), pin: 'locked' },
  {
    ...proxyOf(4, '周建平', '2027-02-28'),
    ...{ from: businessDate.parse('2026-12-01') },
    problem: { code: 'PROXY_NOT_YET', values: { proxy: '周建平', date: '2026-12-01' } },
  },
  {
    ...proxyOf(5, '孙玉梅', '2026-10-31'),
    problem: { code: 'PROXY_ENDED', values: { proxy: '孙玉梅', date: '2026-10-31' } },
  },
]

/** A station whose screen stands open. */
export function stationView(change: Partial<StationView> = {}): StationView {
  return {
    station: {
      services: [...services],
      carers,
      code: { text: '482913', qr: 'AIXIN-STATION:till-1:482913', until: afternoon + 40_000 },
      phones: true,
    },
    ...{ date, open: true, desk: { state: 'list' }, day, followUps, notice: null, face: null, asked: null },
    counts: { present: 2, done: 4, due: 2 },
    ...change,
  }
}
