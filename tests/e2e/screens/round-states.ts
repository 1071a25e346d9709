import { businessDate } from '../../../shared/business-day.ts'
import { recordId } from '../../../shared/ids.ts'
import { type PhoneRound, phoneRound, roundId } from '../../../shared/round/round.ts'
import type { RoundsView, StopView } from '../../../shared/round-api.ts'

const today = businessDate.parse('2026-11-20')
const round = roundId.parse('5e0d3c9a71b2f846')
const doors = [
  '2 号楼 3 单元 401',
  '2 号楼 3 单元 602',
  '5 号楼 102',
  '河东里 18 号后院',
  '7 号楼 1 单元 1203',
  '8 号楼 101',
]
const names = ['王女士', '李先生', '欧阳女士', '陈女士', '赵先生', '孙女士']
const setA = { zh: '套餐 A', en: 'Set A' }
/** Beside the set: another dish, and the fee of the way. */
export const beside = [
  { name: { zh: '套餐 B', en: 'Set B' }, quantity: 2 },
  { name: { zh: '送餐费', en: 'Delivery' }, quantity: 1 },
]

function stop(at: number, change: Partial<StopView> = {}): StopView {
  return {
    ...{ stop: at + 1, name: names[at % 6] ?? '', door: doors[at % 6] ?? '', phone: '138 0000 1234', set: setA },
    ...{
      more: [],
      portions: 1,
      toldFen: 750,
      pays: 'cash',
      handCode: '407135',
      state: 'open',
      carriedFen: 0,
      overFen: 0,
    },
    ...change,
  }
}

const out: RoundsView['rounds'][number] = {
  ...{ round, date: today, meal: 'lunch', courier: '小周', thirdParty: false, link: null, waits: null },
  stops: [
    stop(0, { state: 'handed' }),
    stop(1, { state: 'nobody' }),
    stop(2, { state: 'handed', carriedFen: 600 }),
    stop(3, { state: 'handed', overFen: 250 }),
    stop(4, { more: beside, toldFen: 3990 }),
    ...[5, 6, 7, 8, 9].map(at => stop(at)),
  ],
}
const cancelledOut: RoundsView['rounds'][number] = {
  ...out,
  stops: out.stops.map((one, at) => ([4, 6].includes(at) ? { ...one, state: 'cancelled' } : one)),
}
const tomorrow: RoundsView['rounds'][number] = {
  ...{ ...out, date: businessDate.parse('2026-11-21') },
  stops: out.stops.map((_, at) => stop(at, at === 1 ? { state: 'cancelled' } : {})),
}
const none: RoundsView = { today, rounds: [], scan: null, followUps: [] }
const followUp = (at: number, change: Partial<RoundsView['followUps'][number]> = {}) => ({
  ...{ of: recordId.parse(`01a1f8e0-a1b2-7c4d-8e5f-00000000000${at}`), name: names[at] ?? '', door: doors[at] ?? '' },
  ...{
    phone: '138 0000 1234',
    seen: 'not-seen' as const,
    outcome: 'nobody' as const,
    at: 1795147800000,
    courier: '小周',
  },
  ...change,
})
const busy: RoundsView = {
  ...none,
  rounds: [out],
  followUps: [followUp(1), followUp(4, { seen: 'unwell', outcome: 'handed' })],
}

/** Rounds at the till. `keys` are pressed once the page stands, then this stop is. */
export const roundStates: {
  name: string
  view: RoundsView
  shows: string
  keys?: readonly string[]
  stop?: number
  search?: string
}[] = [
  { name: 'rounds-none', view: none, shows: '今天没有送餐单' },
  { name: 'rounds-out', view: busy, shows: '要去看看的老人' },
  { name: 'rounds-stop', view: busy, shows: '一次性交接码', keys: ['ArrowDown'] },
  { name: 'rounds-scan', view: { ...busy, scan: { round, got: [1, 3], of: 4 } }, shows: '还差第 2、4 张' },
  {
    name: 'rounds-waiting',
    view: {
      ...busy,
      rounds: [
        {
          ...out,
          stops: out.stops.map(one => ({ ...one, state: 'waiting' })),
          waits: { code: 'ROUND_WAITS_MENU', values: { count: 10 } },
        },
      ],
    },
    shows: '联网同步后自动入账',
  },
  { name: 'rounds-out-english', view: busy, shows: 'People to look after', search: '?camera=off&lang=en' },
  {
    name: 'rounds-stop-english',
    view: busy,
    shows: 'One-time code',
    keys: ['ArrowDown'],
    search: '?camera=off&lang=en',
  },
  { name: 'rounds-cancelled', view: { ...busy, rounds: [cancelledOut] }, shows: '已经送到的照实记', stop: 5 },
  {
    ...{ name: 'rounds-cancelled-english', view: { ...busy, rounds: [cancelledOut] }, stop: 5 },
    ...{ shows: 'Given all the same?', search: '?camera=off&lang=en' },
  },
  { name: 'rounds-tomorrow', view: { ...none, rounds: [tomorrow] }, shows: '到那天再照纸单记', keys: ['ArrowDown'] },
  {
    ...{ name: 'rounds-tomorrow-english', view: { ...none, rounds: [tomorrow] }, keys: ['ArrowDown'] },
    ...{ shows: 'The day of this round has not come', search: '?camera=off&lang=en' },
  },
]

/** A round as a phone gets it. */
export function roundOnPhone(date: string, change: Partial<PhoneRound> = {}): PhoneRound {
  return phoneRound.parse({
    ...{ v: 1, terminal: 'paper-1', round, siteName: '河东里长者食堂', date, meal: 'lunch' },
    ...{ courier: { name: '小周', kind: 'own' }, key: 'A'.repeat(43) },
    stops: Array.from({ length: 40 }, (_, at) => ({
      ...{ stop: at + 1, name: names[at % 6], door: doors[at % 6], phone: '138 0000 1234', portions: 1, toldFen: 750 },
      ...{ pays: 'cash', set: setA, checks: { code: null, cards: [] } },
      ...(at === 0 && { more: beside, toldFen: 3990 }),
    })),
    ...change,
  })
}
