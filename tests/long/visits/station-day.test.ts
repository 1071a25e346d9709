import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { businessMinuteOf, clockTime } from '../../../shared/business-day.ts'
import type { LedgerRecord } from '../../../shared/record.ts'
import { readLedger } from '../../support/read-ledger.ts'
import {
  type DemoCarer,
  type DemoService,
  openStationCounter,
  type StationCounter,
  stationHands,
} from '../../support/station-counter.ts'
import {
  another,
  day,
  hefei,
  insured,
  nobody,
  orders,
  people,
  table,
  voucher,
  walkIns,
  zhejiang,
} from '../../support/station-day.ts'

/**
 * The whole day of a station by its keys, in a real browser before the real core: what was ordered, who came without an order or without money, and
 * what went wrong. What each fund is asked for is the table written by hand; so are minutes, places, records and the words of the list.
 */

type Who = (typeof people)[number]
type Order = (typeof orders)[number]['order']
type Of<K extends LedgerRecord['kind']> = Extract<LedgerRecord, { kind: K }>

let station: StationCounter
let hands: ReturnType<typeof stationHands>
/** How many records the province had when the line was cut. */
let arrived = 0
/** The paper cards that two seniors show; the others are known to staff. */
const cards = new Map<Who, string>()

beforeAll(async () => {
  station = await openStationCounter(day, people)
  await station.givePins()
  await station.order(...orders.map(({ order, at, of, service }) => ({ order, at, of, service })))
  for (const who of [voucher, insured]) cards.set(who, await station.paperCard(who))
  await station.synced()
  hands = stationHands(station.page, 'keyboard')
  await hands.open()
  await counts(0, 0, 12)
}, 240_000)
afterAll(() => station?.close())

const yuan = (fen: number) => (fen / 100).toFixed(2)
const pill = (name: string, words: string | RegExp) =>
  station.page.locator(`[data-pill="${name}"]`, { hasText: words }).waitFor()
const answer = async (code: string, words: string) => {
  const told = station.page.locator(`[data-answer="${code}"]`)
  await told.waitFor()
  expect(await told.textContent()).toContain(words)
}
const counts = (present: number, done: number, due: number) =>
  station.page.getByText(`在站 ${present} · 完成 ${done} · 待到 ${due}`).waitFor()

function planned(order: Order) {
  const found = orders.find(one => one.order === order)
  if (found === undefined) throw new Error(`no order ${order}`)
  return found
}

async function records<K extends LedgerRecord['kind']>(kind: K): Promise<Of<K>[]> {
  const { records: all, findings } = await readLedger(station.counter.house.dataDir)
  expect(findings).toEqual([])
  return all.filter((record): record is Of<K> => record.kind === kind)
}

/** Somebody shows their card, or staff find them by name. */
async function arrives(who: Who): Promise<void> {
  const card = cards.get(who)
  if (card === undefined) await hands.find(who)
  else await station.scan(card)
  await hands.stands('arriving')
}

/** The digits on the station's screen, as the carer reads them there. */
async function readCode(): Promise<string> {
  const digits = await station.code()
  await station.page.locator(`[data-station-code="${digits}"]`).waitFor()
  return digits
}

/** Begins what was ordered; `withCode`: the carer shows where they are. */
async function start(order: Order, withCode = false): Promise<void> {
  const { at, of, by } = planned(order)
  await station.at(at)
  const code = withCode ? await readCode() : null
  await arrives(of)
  await hands.chooseOrder()
  await hands.identify(by)
  if (code !== null) await hands.showCode(code)
  await hands.begin()
  await hands.stands('visit')
}

async function end(order: Order): Promise<void> {
  const { until, own, of } = planned(order)
  await station.at(until)
  await hands.signOut(of, yuan(own))
}

async function note(who: Who, service: DemoService, by: DemoCarer | null, seen: '1' | '2' | null): Promise<void> {
  await hands.find(who)
  await hands.stands('arriving')
  await hands.chooseService(service)
  if (by !== null) {
    await hands.press('C', /^护理员/)
    await hands.identify(by)
  }
  await station.page.locator('[data-arriving="ready"]').waitFor()
  if (seen !== null) await hands.press(seen, /^(老人安好|不太舒服)/)
  await hands.begin()
  await hands.stands(service === 'day-care' ? 'visit' : 'list')
}

/** What the screen says of the place of the visit that stands there. */
const place = (words: RegExp) => station.page.locator('[data-visit]').getByText(words).first().waitFor()

test('in the morning orders begin side by side, and a carer who is with somebody is refused to another', async () => {
  await start('o-01')
  await place(/没有证明到场/)
  await hands.back()
  await start('o-02')
  await hands.back()
  await station.at('08:12')
  await hands.signIn(nobody, 'cleaning', 'wu-cuilan')
  await answer('CARER_BUSY', '吴翠兰 08:00 起正在服务另一位，不能同时在两处')
  expect(await records('visit-in')).toHaveLength(2)
  await hands.back()
  await start('o-03', true)
  await place(/站内动态码，08:15/)
  expect(await station.page.getByText('缺定位').count()).toBe(0)
  await hands.back()
  await counts(3, 0, 9)
  await end('o-03')
  await end('o-01')
  await end('o-02')
  await counts(0, 3, 9)
})

test('two doctor’s visits, two activities and two days of care are noted without money', async () => {
  await station.at('09:11')
  for (const who of [nobody, another]) {
    await note(who, 'day-care', null, null)
    await station.page.getByText('这项不收费，只记人次').waitFor()
    await hands.back()
  }
  await note(voucher, 'activity', 'feng-yu', null)
  await note(insured, 'activity', 'feng-yu', null)
  await note(hefei, 'doctor', 'shen-jianhua', '1')
  await note(zhejiang, 'doctor', 'shen-jianhua', '2')
  await counts(2, 7, 9)
})

test('from ten to three there is no network: the same rights are here, and another carer takes over', async () => {
  const { page } = station
  await start('o-04', true)
  await hands.back()
  await start('o-05')
  await place(/本站读卡，09:30/)
  await hands.back()
  await end('o-04')
  await station.synced()
  await station.at('10:00')
  await station.line.cut()
  await pill('network', '离线可用')
  arrived = await atProvince()
  await station.at(planned('o-05').until)
  await station.scan(cards.get(voucher) ?? '')
  await hands.stands('leaving')
  await hands.pay(yuan(planned('o-05').own))
  await start('o-06')
  await hands.back()
  await start('o-07')
  await hands.back()
  await start('o-08')
  await hands.back()
  await end('o-06')
  await station.at('11:30')
  await hands.lookAt(planned('o-08').of)
  await hands.press('C', /^换护理员/)
  await hands.identify('zheng-xiuying')
  await page.getByText('郑秀英，本日第 3 单 · 换过 1 次').waitFor()
  await hands.back()
  await end('o-08')
  await end('o-07')
  await pill('unsent', /未上传 [1-9]/)
})

test('a core that is killed in the middle of a visit goes on with it, and it ends as it would have', async () => {
  const { page } = station
  await start('o-09')
  await hands.back()
  await station.at('13:05')
  await station.cutPower()
  await hands.open()
  await hands.lookAt(planned('o-09').of)
  await page.locator('[data-minutes="5"]').waitFor()
  await hands.back()
  await start('o-10')
  await hands.back()
  await end('o-10')
  await end('o-09')
  expect((await records('visit-in')).filter(({ payload }) => payload.order === 'o-09')).toHaveLength(1)
})

test('whoever is here for the day is refused at home until they have signed out', async () => {
  await station.at('14:00')
  await hands.find(another)
  await hands.stands('arriving')
  await hands.chooseOrder()
  await hands.identify('feng-yu')
  await hands.begin()
  await answer('SENIOR_IN_VISIT', '这位 09:11 已签到“日间照料”，还没签退')
  await hands.back()
  await hands.signOut(another, null)
  await start('o-11')
  await hands.back()
  await end('o-11')
})

test('a visit at the station that nothing proves begins all the same, and is marked as one without a location', async () => {
  const { page } = station
  const { at, of, by } = planned('o-12')
  await station.at(at)
  await hands.find(of)
  await hands.stands('arriving')
  await hands.chooseOrder()
  await hands.identify(by)
  await page.locator('[data-attention="VISIT_UNPROVEN"]', { hasText: '缺定位：没有证明人在现场' }).waitFor()
  await hands.begin()
  await hands.stands('visit')
  await place(/没有证明到场/)
  await hands.back()
  await pill('network', '离线可用')
  expect(await atProvince()).toBe(arrived)
  await station.at('15:00')
  await station.line.mend()
  await station.synced()
  await pill('network', '在线')
  await pill('unsent', /未上传 0/)
  await end('o-12')
  await counts(1, 17, 0)
})

test('in the afternoon two come without an order, and one who is unwell pays nothing', async () => {
  const { page } = station
  for (const { at, of, service, by } of walkIns) {
    await station.at(at)
    await arrives(of)
    await hands.chooseService(service)
    await hands.identify(by)
    await hands.begin()
    await hands.stands('visit')
    await hands.back()
  }
  for (const { of, until, own } of walkIns) {
    await station.at(until)
    await hands.signOut(of, yuan(own))
  }
  await station.at('16:00')
  const code = await readCode()
  await arrives(zhejiang)
  await hands.chooseService('bathing')
  await hands.identify('jiang-min')
  await hands.showCode(code)
  await hands.begin()
  await hands.stands('visit')
  await station.at('16:08')
  await page.locator('[data-minutes="8"]').waitFor()
  await hands.press('回车', /^请老人刷卡签退/)
  await page.getByText('为什么提前结束').waitFor()
  await hands.pick('1', '[data-early] button >> nth=0')
  await hands.stands('leaving')
  await hands.pay('0.00')
  await counts(1, 20, 0)
})

test('the list of the day says it all, in the words of the station', async () => {
  const lines = station.page.locator('[data-day] li')
  const told = async () => (await lines.allTextContents()).map(line => line.replaceAll('\u00a0', ' ')).sort()
  await vi.waitFor(async () => expect(await told()).toEqual([...list].sort()), 20_000)
})

/** By hand: when, who, what, where, how long, and how it stands. Of those who go on, the digit of their key. */
const list = [
  '08:00陈＊英助洁 · 上门 · 60 分钟缺定位',
  '08:10王＊兰居家照护 · 上门 · 60 分钟缺定位',
  '08:15李＊珍助浴 · 41 分钟完成',
  '09:111孙＊娥日间照料 · 417 分钟在站',
  '09:11赵＊芬日间照料 · 289 分钟完成',
  '09:11张＊梅文体活动完成',
  '09:11王＊兰文体活动完成',
  '09:11陈＊英家庭医生完成',
  '09:11李＊珍家庭医生完成',
  '09:15陈＊英康复训练 · 30 分钟完成',
  '09:30张＊梅助浴 · 35 分钟完成',
  '10:30王＊兰助浴 · 45 分钟完成',
  '11:00李＊珍助医 · 上门 · 60 分钟缺定位',
  '11:10张＊梅助行 · 上门 · 40 分钟缺定位',
  '13:00陈＊英擦窗 · 上门 · 60 分钟缺定位',
  '13:10孙＊娥衣物清洗 · 30 分钟完成',
  '14:01赵＊芬助餐 · 上门 · 29 分钟缺定位',
  '14:30张＊梅康复按摩 · 35 分钟缺定位',
  '15:10陈＊英助餐 · 上门 · 30 分钟缺定位',
  '15:20赵＊芬助急 · 上门 · 30 分钟缺定位',
  '16:00李＊珍助浴 · 8 分钟完成',
]

/** Beside the table of money, by hand: whole minutes, what showed where each visit was, and its price in the list. A service at home has nothing that could show it. */
const given: Readonly<Record<Order, readonly [minutes: number, place: string, listFen: number]>> = {
  'o-01': [60, 'unproven', 4000],
  'o-02': [60, 'unproven', 6500],
  'o-03': [41, 'rotating-code', 12000],
  'o-04': [30, 'rotating-code', 8000],
  'o-05': [35, 'reader', 12000],
  'o-06': [45, 'reader', 12000],
  'o-07': [60, 'unproven', 8000],
  'o-08': [40, 'unproven', 3000],
  'o-09': [60, 'unproven', 5000],
  'o-10': [30, 'unproven', 2000],
  'o-11': [29, 'unproven', 1500],
  'o-12': [35, 'unproven', 6000],
}
const walkInFen: Readonly<Record<(typeof walkIns)[number]['service'], number>> = { 'meal-help': 1500, emergency: 5000 }

const fundNames = ['city', 'ltci', 'public', 'collective', 'charity', 'family', 'state'] as const
/** The columns of a line of the table that its funds pay. */
function fundsIn(
  line: { readonly own: number } & Partial<Record<(typeof fundNames)[number], number>>,
): Record<string, number> {
  return Object.fromEntries(fundNames.flatMap(fund => (line[fund] === undefined ? [] : [[fund, line[fund]]])))
}

/** How a visit stands in the ledger, for a comparison with what is written here. */
interface Given {
  who: string
  order: string | null
  service: string
  carers: string[]
  from: string
  until: string
  minutes: number
  place: string
  endedEarly: string | null
  listFen: number
  ownPayFen: number
  funds: Record<string, number>
}

function expected(): Given[] {
  const ordered = orders.map((line): Given => {
    const { order, of, service, by, at, until, own } = line
    const [minutes, where, listFen] = given[order]
    return {
      ...{ who: of.id, order, service, from: at, until, minutes, place: where, endedEarly: null, listFen },
      ...{ ownPayFen: own, funds: fundsIn(line) },
      carers: order === 'o-08' ? [by, 'zheng-xiuying'] : [by],
    }
  })
  const unordered = walkIns.map((line): Given => {
    const { of, service, by, at, until, own } = line
    return {
      ...{ who: of.id, order: null, service, carers: [by], from: at, until, minutes: 30, place: 'unproven' },
      ...{ endedEarly: null, listFen: walkInFen[service], ownPayFen: own, funds: fundsIn(line) },
    }
  })
  const early: Given = {
    ...{ who: zhejiang.id, order: null, service: 'bathing', carers: ['jiang-min'], from: '16:00', until: '16:08' },
    ...{ minutes: 8, place: 'rotating-code', endedEarly: 'unwell', listFen: 0, ownPayFen: 0, funds: {} },
  }
  return [...ordered, ...unordered, early]
}

const clock = (at: number) => clockTime(businessMinuteOf(at))
const atProvince = () => station.counter.house.province.number('select count(*) from ledger')

/** Whom the province knows each record of a kind to be about, by the record's id; all of them accepted. */
async function about(kind: LedgerRecord['kind']): Promise<Map<string, string>> {
  const rows = await station.counter.house.province.rows(
    'select record_id, senior_id, verdict from ledger where kind = $1',
    [kind],
  )
  expect(rows.map(({ verdict }) => verdict)).toEqual(rows.map(() => 'accepted'))
  return new Map(rows.map(({ record_id, senior_id }) => [String(record_id), String(senior_id)]))
}

test('each visit stands in the ledger once, as the table says it', async () => {
  await station.synced()
  const [ins, outs, events] = [await records('visit-in'), await records('visit-out'), await records('visit-event')]
  const whom = await about('visit-out')
  const recorded = outs.map(({ id, at, payload }): Given => {
    const began = ins.filter(one => one.id === payload.of)
    const [first] = began
    if (first === undefined || began.length > 1) throw new Error(`${payload.of} began ${began.length} times`)
    expect([payload.location, payload.senior]).toEqual([first.payload.location, first.payload.senior])
    expect(payload.claimPending).toBe(false)
    const others = events.filter(event => event.payload.of === first.id && event.payload.event === 'carer')
    return {
      ...{ who: whom.get(id) ?? 'nobody', order: first.payload.order, service: first.payload.service },
      carers: [first.payload.carer, ...others.map(event => event.payload.carer ?? 'nobody')],
      ...{ from: clock(first.at), until: clock(at), minutes: payload.minutes, place: payload.location.evidence },
      ...{ endedEarly: payload.endedEarly, listFen: payload.listFen, ownPayFen: payload.ownPayFen },
      funds: Object.fromEntries(payload.subsidies.map(({ fund, fen }) => [fund, fen])),
    }
  })
  const inOrder = (lines: Given[]) => lines.sort((one, other) => (one.from < other.from ? -1 : 1))
  expect(inOrder(recorded)).toEqual(inOrder(expected()))
  expect([ins.length, outs.length]).toEqual([15, 15])
  const takenOver = events.find(({ payload }) => payload.event === 'carer')
  expect([events.length, takenOver && clock(takenOver.at)]).toEqual([1, '11:30'])
  const means = (await records('visit-out')).filter(({ payload }) => payload.means === 'code').map(({ id }) => id)
  expect(means.map(id => whom.get(id))).toEqual([voucher.id])
})

test('what cost nothing stands there as attendance, and nobody claims for it', async () => {
  const noted = await records('attendance')
  const whom = await about('attendance')
  const told = noted.map(({ id, payload: { service, event, carer, seen, minutes } }) =>
    [whom.get(id), service, event, carer, seen, minutes].join(' '),
  )
  expect(told.sort()).toEqual(
    [
      `${nobody.id} day-care in   `,
      `${another.id} day-care in   `,
      `${another.id} day-care out   289`,
      `${voucher.id} activity once feng-yu  `,
      `${insured.id} activity once feng-yu  `,
      `${hefei.id} doctor once shen-jianhua well `,
      `${zhejiang.id} doctor once shen-jianhua unwell `,
    ].sort(),
  )
})

test('the province has a claim line for each fund of each visit, and their sums are the table written by hand', async () => {
  const { province } = station.counter.house
  const rows = await province.rows(
    `select l.record_id, l.kind, c.fund, c.fen::int as fen, c.held
       from claim_line c join ledger l using (terminal_id, generation, seq)`,
  )
  expect(rows.filter(({ kind, held }) => kind !== 'visit-out' || held !== false)).toEqual([])
  const ins = new Map((await records('visit-in')).map(record => [record.id, record]))
  const orderOf = new Map(
    (await records('visit-out')).map(({ id, payload }) => {
      const began = ins.get(payload.of)
      return [id as string, began?.payload.order ?? (began && clock(began.at))]
    }),
  )
  const lines = rows.map(({ record_id, fund, fen }) => `${orderOf.get(String(record_id))} ${fund} ${fen}`)
  const byHand = [...orders, ...walkIns].flatMap(line =>
    Object.entries(fundsIn(line)).map(([fund, fen]) => `${'order' in line ? line.order : line.at} ${fund} ${fen}`),
  )
  expect(lines.sort()).toEqual(byHand.sort())
  expect(await station.claims()).toEqual(table)
})
