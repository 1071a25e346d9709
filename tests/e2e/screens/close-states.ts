import { businessDate } from '../../../shared/business-day.ts'
import type { ClosedShift, CloseView, DayView, DrawerSums } from '../../../shared/close-api.ts'
import { daySlip } from '../../../shared/day-close/slip.ts'
import { fundId, operatorId, recordId, terminalId } from '../../../shared/ids.ts'
import { noon } from './fixtures.ts'

const id = (digit: number) => recordId.parse(`01a1f5ee-4e70-70ec-ad4d-8532449f6d${String(digit).padStart(2, '0')}`)
export const closeDate = businessDate.parse('2026-11-20')
const setA = { zh: '套餐 A', en: 'Set A' }

export const sums: DrawerSums = {
  ...{ floatFen: 20_000, takenFen: 18_250, voidedFen: 1500, refundedFen: 0, madeGoodFen: 0 },
  ...{ expectedFen: 36_750, outsideFen: 15_900, accountFen: 107_520 },
}

export const shift: ClosedShift = {
  ...{ record: id(1), number: 1, operator: operatorId.parse('sun'), operatorName: '孙敏', openedAt: noon - 5_400_000 },
  ...{ floatFen: 20_000, closedAt: noon + 6_000_000, sums },
  count: { record: id(2), at: noon + 5_900_000, operatorName: '孙敏', cashFen: 36_700, outsideFen: 15_900, times: 1 },
  ...{ differenceFen: -50, outsideDifferenceFen: 0, reason: 'wrong change', note: null, corrected: false },
}

const voids = [
  { record: id(3), at: noon - 900_000, set: setA, ownPayFen: 750, reason: 'operator', operatorName: '孙敏' },
  { record: id(4), at: noon - 600_000, set: setA, ownPayFen: 1500, reason: 'operator', operatorName: '孙敏' },
  { record: id(5), at: noon + 300_000, set: setA, ownPayFen: 480, reason: 'operator', operatorName: '何平' },
]

const subsidies = [
  { fund: fundId.parse('city'), count: 176, fen: 52_800 },
  { fund: fundId.parse('district'), count: 176, fen: 35_200 },
  { fund: fundId.parse('street'), count: 176, fen: 17_600 },
]

const figures: DayView['figures'] = {
  ...{ people: 206, guests: 21, unknown: 0, persons: 185, listFen: 291_800, discountFen: 26_030, discounted: 185 },
  subsidies,
  ...{ ownPayFen: 160_170, operatorFen: 0, roundingFen: 0, claims: { count: 2, fen: 1200 } },
  tenders: [
    { kind: 'account', count: 149, takenFen: 107_520, voidedFen: 0, refundedFen: 0, madeGoodFen: 0 },
    { kind: 'cash', count: 40, takenFen: 38_250, voidedFen: 1500, refundedFen: 0, madeGoodFen: 0 },
    { kind: 'outside', count: 20, takenFen: 15_900, voidedFen: 0, refundedFen: 0, madeGoodFen: 0 },
  ],
  meals: [
    {
      ...{ meal: 'lunch', people: 206, guests: 21, listFen: 291_800, discountFen: 26_030 },
      ...{ subsidyFen: 105_600, subsidies, ownPayFen: 160_170 },
    },
  ],
  late: { count: 2, held: 1, ownPayFen: 1500 },
  voids: { count: 3, ownPayFen: 2730 },
  refunds: { count: 1, ownPayFen: 750, subsidies: [{ fund: fundId.parse('city'), count: 1, fen: 300 }] },
  ...{ madeGood: { count: 0, fen: 0 }, overrides: 1 },
}

const lunch = [6, 12, 21, 37, 51, 43, 25, 11]
const guests = [0, 1, 2, 3, 4, 5, 4, 2]

const none = { count: 0, fen: 0 }
const noPhone = { waiting: none, settled: none, notPaid: none }

export const day: DayView = {
  ...{ terminal: terminalId.parse('till-1'), siteName: '槐树里长者食堂', date: closeDate, figures },
  funds: {
    city: { zh: '市级补贴', en: 'City subsidy' },
    district: { zh: '区级补贴', en: 'District subsidy' },
    street: { zh: '街道补贴', en: 'Street subsidy' },
  },
  quarters: lunch.map((people, place) => {
    const minutes = 630 + 15 * place
    const from = `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`
    return { from, seniors: people - (guests[place] ?? 0), guests: guests[place] ?? 0 }
  }),
  shifts: [shift],
  phone: noPhone,
  ...{ elsewhere: [], throughFirst: 0, voids, refunds: [], open: 0, unreadable: 0, sound: true, unsent: 243 },
  overrides: [
    {
      ...{ record: id(6), at: noon - 300_000, what: 'assurance', reason: 'compared', operatorName: '孙敏' },
      approverName: null,
    },
  ],
  first: { generation: 1, seq: 2814 },
  last: { generation: 1, seq: 3025, hash: `7F2A91C40E5D${'A'.repeat(31)}` },
  head: { generation: 1, seq: 3025, hash: `7F2A91C40E5D${'A'.repeat(31)}` },
  closed: null,
}

/** Three meals, three shifts, many quarters, many funds, another till: as much as a day can be. */
export const longDay: DayView = {
  ...day,
  figures: {
    ...figures,
    ...{ people: 1306, unknown: 3, listFen: 1_291_800, roundingFen: 35 },
    meals: (['breakfast', 'lunch', 'dinner', null] as const).map((meal, place) => ({
      ...{ meal, people: 326 + place, guests: 4, listFen: 322_950, discountFen: 26_030 + place, subsidyFen: 136_020 },
      subsidies: figures.subsidies.map(part => ({ ...part, fen: 45_340 - place })),
      ownPayFen: 160_900 + place,
    })),
    subsidies: ['city', 'district', 'street', 'charity', 'village'].map((fund, place) => ({
      ...{ fund: fundId.parse(fund), count: 1176 - place, fen: 152_800 + place },
    })),
  },
  quarters: [26, 27, 28, 29, 30, 31, 32, 33, 42, 43, 44, 45, 46, 47, 48, 49, 50, 51, 66, 67, 68, 69, 70, 71, 72].map(
    quarter => ({
      from: `${String(Math.floor(quarter / 4)).padStart(2, '0')}:${String((quarter % 4) * 15).padStart(2, '0')}`,
      ...{ seniors: 20 + (quarter % 7) * 9, guests: quarter % 4 },
    }),
  ),
  shifts: [shift, { ...shift, record: id(7), number: 2, operatorName: '何平', corrected: true }],
  phone: { waiting: { count: 2, fen: 2750 }, settled: { count: 1, fen: 700 }, notPaid: { count: 1, fen: 1350 } },
  elsewhere: [{ shift: id(8), count: 34, tenders: [{ kind: 'cash', fen: 12_350 }] }],
  unreadable: 1,
  sound: false,
}

const head = {
  ...{ record: shift.record, number: 1, operator: shift.operator, operatorName: '孙敏', openedAt: shift.openedAt },
  floatFen: 20_000,
}

export const views = {
  count: {
    ...{ step: 'count', date: closeDate, shift: head, isPast: false, asksOutside: false, blocked: null },
  },
  countBoth: { step: 'count', date: closeDate, shift: head, isPast: false, asksOutside: true, blocked: null },
  countPast: {
    ...{ step: 'count', date: businessDate.parse('2026-11-19'), shift: { ...head, floatFen: null }, isPast: true },
    ...{ asksOutside: false, blocked: { code: 'CLOSE_SERVING', values: {} } },
  },
  check: {
    ...{ step: 'check', date: closeDate, shift: { ...shift, reason: null, closedAt: null }, voids, refunds: [] },
    ...{ phone: { ...noPhone, waiting: { count: 2, fen: 2750 } }, throughFirst: 0, blocked: null },
  },
  fits: {
    ...{ step: 'check', date: closeDate, voids: [], refunds: [], throughFirst: 3, blocked: null },
    phone: { waiting: { count: 2, fen: 2750 }, settled: none, notPaid: { count: 1, fen: 1350 } },
    shift: {
      ...{ ...shift, reason: null, closedAt: null, differenceFen: 0 },
      count: { record: id(2), at: noon, operatorName: '孙敏', cashFen: 36_750, outsideFen: 15_900, times: 2 },
    },
  },
  day: { step: 'day', day, shown: 's'.repeat(43), blocked: null },
  longDay: {
    ...{ step: 'day', day: longDay, shown: 's'.repeat(43) },
    blocked: { code: 'DAY_BEFORE', values: { date: '2026-11-19' } },
  },
  closed: {
    ...{ step: 'day', shown: 's'.repeat(43), blocked: null },
    day: { ...day, closed: { record: id(9), at: noon + 6_100_000, operatorName: '孙敏' } },
  },
  nothing: { step: 'nothing', date: closeDate },
} satisfies Record<string, CloseView>

export const slip = daySlip(views.closed.day, 'zh')
