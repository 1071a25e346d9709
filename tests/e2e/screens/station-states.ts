import type { FaceToConfirmView } from '../../../shared/face-api.ts'
import { checkInId } from '../../../shared/ids.ts'
import type { Notice, TerminalView } from '../../../shared/terminal-api.ts'
import { carerId } from '../../../shared/visit/service.ts'
import type { StationView } from '../../../shared/visit-api.ts'
import {
  afternoon,
  arriving,
  bath,
  call,
  dayCare,
  followUps,
  longDay,
  person,
  proxies,
  stationView,
  visitView,
} from './station-fixtures.ts'

/** A state of the station's screen; `shows` are words that stand in it. */
export interface StationState {
  name: string
  view: StationView
  shows: string
  terminal?: Partial<TerminalView>
  english?: boolean
  /** Pressed once the page stands. */
  keys?: readonly string[]
  /** Each of them by itself: Enter right behind other keys is a scanner's. */
  slow?: boolean
}

const carer = { carer: carerId.parse('he'), name: '何秀英', role: 'carer' as const }
const running = (change: Parameters<typeof visitView>[0] = {}, attention: Notice[] = []): StationView =>
  stationView({
    desk: { state: 'visit', visit: visitView(change), proxies, attention },
  })
const ready = { service: bath, carer, needs: [], place: { evidence: 'rotating-code' as const, reference: 'station' } }
const unproven = {
  ...{ place: { evidence: 'unproven' as const, reference: null } },
  attention: [{ code: 'VISIT_UNPROVEN' as const, values: {} }],
}
const alone = { name: '陈秀芳', sex: 'female' as const, age: 84, senior: person.senior }
const price = visitView().price
if (price === null) throw new Error('the bath of the pictures costs something')

/** Found by the face on the list. */
const asked: FaceToConfirmView = {
  ...{ state: 'face-to-confirm', look: checkInId.parse('01a1f5ee-4e70-70ec-ad4d-8532449f6db3') },
  ...{ name: '欧阳＊华', sex: 'female', confirmBy: 'anybody', portrait: false, triesLeft: 1, at: afternoon },
}

const inChinese: StationState[] = [
  { name: 'station-list', view: stationView(), shows: '请刷卡或扫码' },
  {
    name: 'station-list-empty',
    view: stationView({ day: [], followUps: [], counts: { present: 0, done: 0, due: 0 } }),
    shows: '今天还没有服务',
  },
  {
    name: 'station-list-off-roster',
    view: stationView({
      day: longDay.map(line => (line.state === 'due' || line.state === 'done' ? { ...line, name: '' } : line)),
    }),
    shows: '已不在名单',
  },
  { name: 'station-list-face', view: stationView({ face: 'members' }), shows: '看脸' },
  {
    name: 'station-arriving-face',
    view: stationView({ desk: arriving({ means: 'manual', proxies }), face: person.senior }),
    shows: '看脸',
  },
  { name: 'station-visit-face', view: { ...running(), face: person.senior }, shows: '看脸' },
  { name: 'station-face-asked', view: stationView({ face: 'members', asked }), shows: '是这一位吗' },
  {
    name: 'station-face-compare',
    view: stationView({ face: 'members', asked: { ...asked, confirmBy: 'staff' } }),
    shows: '核对过，是本人',
  },
  { name: 'station-list-long', view: stationView({ day: longDay }), shows: '已撤销' },
  { name: 'station-arriving', view: stationView({ desk: arriving() }), shows: '今天的预约' },
  {
    name: 'station-arriving-walk-in',
    view: stationView({ desk: arriving({ orders: [], person: alone, means: 'manual' }) }),
    shows: '做哪一项',
  },
  {
    name: 'station-arriving-services',
    view: stationView({ desk: arriving({ orders: [] }) }),
    keys: ['KeyT'],
    shows: '上门助浴',
  },
  {
    name: 'station-arriving-carer',
    view: stationView({ desk: arriving({ service: bath, needs: ['carer'] }) }),
    shows: '谁来服务',
  },
  {
    name: 'station-arriving-pin',
    view: stationView({ desk: arriving({ service: bath, needs: ['carer'] }) }),
    keys: ['Digit1'],
    shows: '何秀英：请输自己的六位密码',
  },
  {
    name: 'station-arriving-unproven',
    view: stationView({ desk: arriving({ ...ready, ...unproven }) }),
    shows: '没有证明人在现场',
  },
  {
    name: 'station-arriving-code',
    view: stationView({ desk: arriving({ ...ready, ...unproven }) }),
    keys: ['KeyM', 'Digit4', 'Digit8', 'Digit2'],
    shows: '护理员念出站内屏幕上的数字',
  },
  {
    name: 'station-arriving-phone',
    view: stationView({ desk: arriving({ service: bath, needs: ['carer'] }) }),
    keys: ['KeyA', 'Digit4', 'Digit8', 'Digit2'],
    shows: '用护理员的手机扫这个码',
  },
  {
    name: 'station-arriving-by-phone',
    view: stationView({
      desk: arriving({ ...ready, place: { evidence: 'rotating-code', reference: 'station/phone' } }),
    }),
    shows: '护理员手机扫码',
  },
  { name: 'station-phones', view: stationView(), keys: ['KeyP', 'Digit2'], shows: '马立强 · 开通手机' },
  { name: 'station-phones-again', view: stationView(), keys: ['KeyP', 'Digit1'], shows: '换一部手机' },
  {
    name: 'station-phones-link',
    view: stationView(),
    keys: ['KeyP', 'Digit1', 'Enter', ...[...'840215'].map(digit => `Digit${digit}`)],
    slow: true,
    shows: '只显示这一次',
  },
  { name: 'station-arriving-ready', view: stationView({ desk: arriving(ready) }), shows: '开始服务' },
  {
    name: 'station-arriving-attention',
    view: stationView({ desk: arriving({ ...ready, attention: [{ code: 'ROSTER_STALE', values: {} }] }) }),
    shows: '名单已过期',
  },
  {
    name: 'station-arriving-call',
    view: stationView({
      desk: arriving({ ...ready, service: call, place: { evidence: 'unproven', reference: null } }),
    }),
    keys: ['Digit3'],
    shows: '直到有人见到',
  },
  {
    name: 'station-arriving-day-care',
    view: stationView({ desk: arriving({ ...ready, service: dayCare }) }),
    shows: '签到进站',
  },
  {
    name: 'station-arriving-proxies',
    view: stationView({ desk: arriving({ orders: [], means: 'manual', proxies }) }),
    keys: ['KeyD', 'Digit5'],
    shows: '代办登记到 10 月 31 日',
  },
  {
    name: 'station-arriving-proxy-nobody',
    view: stationView({ desk: arriving({ orders: [], means: 'manual', proxies: [] }) }),
    keys: ['KeyD'],
    shows: '没有登记代办人',
  },
  {
    name: 'station-arriving-proxy-pin',
    view: stationView({ desk: arriving({ orders: [], means: 'manual', proxies }) }),
    keys: ['KeyD', 'Digit1'],
    shows: '李建国：请输自己的六位密码',
  },
  {
    name: 'station-arriving-by-proxy',
    view: stationView({ desk: arriving({ ...ready, means: 'manual', proxy: '欧阳建华', proxies }) }),
    shows: '代办人密码 · 欧阳建华',
  },
  {
    name: 'station-visit-proxies',
    view: running({ means: 'manual', assurance: 'presented', proxy: '李建国' }),
    keys: ['KeyD'],
    shows: '哪位代办人',
  },
  {
    name: 'station-leaving-by-proxy',
    view: stationView({
      desk: {
        ...{ state: 'leaving', early: null, proxies: null, proof: 'needed' },
        visit: visitView({ means: 'manual', proxy: '欧阳建华' }),
        attention: [{ code: 'VISIT_COMPARE', values: {} }],
      },
    }),
    shows: '代办人密码 · 欧阳建华',
  },
  {
    name: 'station-leaving-at-list-price',
    view: stationView({
      desk: {
        ...{ state: 'leaving', early: null, proxies: null, proof: 'list-price' },
        visit: visitView({
          ...{ means: 'manual', proxy: '欧阳建华' },
          price: {
            ...{ listFen: 6000, discountFen: 0, subsidyFen: 0, pendingFen: 4500, ownPayFen: 6000, dueFen: 6000 },
            ...{ tender: 'cash', digest: 'digest', scheme: null },
          },
        }),
        attention: [],
      },
    }),
    shows: '本人来了',
  },
  { name: 'station-visit', view: running(), shows: '已满 40 分钟' },
  {
    name: 'station-visit-short',
    view: running({ minutes: 12, place: unproven.place, gapMinutes: null }, unproven.attention),
    shows: '还差 28 分钟',
  },
  {
    name: 'station-visit-paused',
    view: running({ minutes: 18, pausedAt: afternoon - 300_000, carer: { ...visitView().carer, changes: 1 } }),
    shows: '起暂停',
  },
  { name: 'station-visit-early', view: running({ minutes: 12 }), keys: ['Enter'], shows: '为什么提前结束' },
  { name: 'station-visit-carer', view: running({ minutes: 12 }), keys: ['KeyC'], shows: '谁来服务' },
  {
    name: 'station-visit-free',
    view: running({ service: dayCare, price: null, minutes: 312 }),
    shows: '随时可以签退',
  },
  {
    name: 'station-visit-pending',
    view: running({ price: { ...price, subsidyFen: 0, pendingFen: 4500, ownPayFen: 6000, scheme: null } }),
    shows: '待核',
  },
  {
    name: 'station-leaving',
    view: stationView({
      desk: { state: 'leaving', visit: visitView(), early: null, proof: 'enough', proxies: null, attention: [] },
    }),
    shows: '请收 15.00',
  },
  {
    name: 'station-leaving-early',
    view: stationView({
      desk: {
        ...{
          state: 'leaving',
          ...{ early: 'asked', proxies: null, proof: 'enough' },
          attention: [{ code: 'CLAIM_PENDING', values: {} }, ...unproven.attention],
        },
        visit: visitView({ minutes: 22 }),
      },
    }),
    shows: '提前结束',
  },
  {
    name: 'station-leaving-needs-reason',
    view: stationView({
      desk: {
        ...{ state: 'leaving', early: 'needed', proxies: null, proof: 'enough', visit: visitView({ minutes: 22 }) },
        attention: [{ code: 'VISIT_EARLY', values: { minutes: 22, least: 40 } }],
      },
    }),
    shows: '为什么提前结束',
  },
  {
    name: 'station-told',
    view: stationView({
      desk: { state: 'visit', visit: visitView({ minutes: 0 }), proxies, attention: [] },
      notice: { code: 'VISIT_JUST_BEGUN', values: {} },
    }),
    shows: '还不到一分钟',
  },
  { name: 'station-done-line', view: stationView(), keys: ['F9'], shows: '撤销这一次服务' },
  {
    name: 'station-leaving-free',
    view: stationView({
      desk: {
        state: 'leaving',
        visit: visitView({ service: dayCare, price: null, minutes: 312 }),
        early: null,
        proof: 'enough',
        proxies: null,
        attention: [],
      },
    }),
    shows: '只记人次',
  },
  {
    name: 'station-rating',
    view: stationView({ desk: { state: 'rating', visit: visitView({ minutes: 42 }) } }),
    shows: '不评价',
  },
  { name: 'station-late', view: stationView(), keys: ['KeyB'], shows: '还要选人、服务和护理员' },
  { name: 'station-follow-ups', view: stationView(), keys: ['KeyF'], shows: '没见到' },
  {
    name: 'station-follow-ups-seen',
    view: stationView({ followUps }),
    keys: ['KeyF', 'Digit1'],
    shows: '现在见到了吗',
  },
  { name: 'station-follow-ups-none', view: stationView({ followUps: [] }), keys: ['KeyF'], shows: '没有要回访的人' },
  { name: 'station-key', view: stationView({ open: false }), shows: '服务签到' },
]

const englishShows: Readonly<Record<string, string>> = {
  'station-list': 'Card or code, please',
  'station-list-long': 'Void',
  'station-list-face': 'Face',
  'station-arriving-face': 'Face',
  'station-visit-face': 'Face',
  'station-face-asked': 'Is it this person?',
  'station-face-compare': 'I compared them',
  'station-arriving': 'Ordered for today',
  'station-arriving-services': 'Bath at home',
  'station-arriving-carer': 'Who gives it',
  'station-arriving-unproven': 'nothing shows',
  'station-arriving-phone': "The carer's phone reads this",
  'station-arriving-by-phone': "Carer's phone",
  'station-phones': 'Set up a phone',
  'station-phones-again': 'Another phone',
  'station-phones-link': 'Shown this once',
  'station-leaving-needs-reason': 'Why does it end early?',
  'station-arriving-call': 'follow-up list',
  'station-arriving-proxies': 'ended on 31 October',
  'station-arriving-by-proxy': "Proxy's PIN · 欧阳建华",
  'station-visit-proxies': 'Which proxy?',
  'station-leaving-by-proxy': "Proxy's PIN · 欧阳建华",
  'station-leaving-at-list-price': 'Here after all',
  'station-visit': '40 minutes reached',
  'station-visit-short': '28 minutes to go',
  'station-visit-early': 'Why does it end early?',
  'station-leaving': 'To take 15.00',
  'station-rating': 'Rather not say',
  'station-late': 'still missing',
  'station-follow-ups-seen': 'seen now?',
  'station-key': 'Visits',
}

/** The station's screen in each of its states, the usual ones in English too. */
export const stationStates: readonly StationState[] = [
  ...inChinese,
  ...inChinese.flatMap(state => {
    const shows = englishShows[state.name]
    return shows === undefined ? [] : [{ ...state, name: `${state.name}-english`, shows, english: true }]
  }),
]
