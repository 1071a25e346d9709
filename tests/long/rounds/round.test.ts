import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { Province } from '../../../province/server.ts'
import type { LedgerRecord } from '../../../shared/record.ts'
import { roundPrefix } from '../../../shared/round/pack.ts'
import { roundLink, type TillRound } from '../../../shared/round/round.ts'
import { type Counter, members, openCounter } from '../../e2e/check-in/counter.ts'
import { writeCameraFilm } from '../../support/fake-camera.ts'
import { type Front, frontName, openFront } from '../../support/https-front.ts'
import { readLedger } from '../../support/read-ledger.ts'
import { ordered, prepare } from '../../support/rounds.ts'
import { buildRoundPage, handOver, nobodyAt, openPhone, type Phone } from './phone.ts'

const folder = mkdtempSync(join(tmpdir(), 'aixin-round-'))
const ends: (() => unknown)[] = []
const nextMember = members()
const patience = { timeout: 90_000, interval: 200 }
let counter: Counter
let front: Front
let phone: Phone
let round: TillRound
let codes: string[]

const all = Array.from({ length: 40 }, (_, at) => at + 1)
const away = [7, 31]
const unwell = 12

async function records<K extends LedgerRecord['kind']>(kind: K): Promise<Extract<LedgerRecord, { kind: K }>[]> {
  const { records: found, findings } = await readLedger(counter.house.dataDir)
  expect(findings).toEqual([])
  return found.filter((record): record is Extract<LedgerRecord, { kind: K }> => record.kind === kind)
}

async function walk(stops: readonly number[]): Promise<void> {
  const page = phone.page()
  for (const stop of stops) {
    if (away.includes(stop)) await nobodyAt(page, stop)
    else await handOver(page, stop, stop === unwell ? '看着不太好' : '老人安好')
  }
}

beforeAll(async () => {
  counter = await openCounter()
  ends.push(counter.close)
  const built = await buildRoundPage()
  ends.push(built.remove)
  const withPages: Province = await counter.house.province.start({ roundPages: built.folder })
  ends.push(withPages.close)
  front = await openFront(withPages.address)
  ends.push(front.close)
  const stops = all.map(stop => ordered(nextMember(), { door: `${Math.ceil(stop / 6)} 号楼 ${stop} 室` }))
  round = await prepare({ province: withPages }, stops, { page: `${front.address}round/` })
  phone = await openPhone(front)
  ends.push(phone.remove)
})
afterAll(async () => {
  for (const end of ends.reverse()) await end()
  rmSync(folder, { recursive: true })
})

test('the link opens the round on a page of a real host name, which works without a network from then on', async () => {
  const page = await phone.open(roundLink(`${front.address}round/`, round))
  await page.getByText('1 号楼 1 室').waitFor()
  expect(new URL(page.url()).hostname).toBe(frontName)
  expect(page.url()).not.toContain(round.secret)
  await page.evaluate(async () => void (await navigator.serviceWorker.ready))
  await front.cut()
  await page.reload()
  await page.getByText('1 号楼 1 室').waitFor()
})

test('twenty stops later the page is closed, and opened again it goes on where it was', async () => {
  await walk(all.slice(0, 20))
  await phone.page().locator('[data-stop="21"]').waitFor()
  await phone.close()
  const page = await phone.open()
  await page.locator('[data-stop="21"]').waitFor()
  await page.getByText('20 户还没交').waitFor()
})

test('a slip of the finger is taken back, and all forty are noted with the network off', async () => {
  const page = phone.page()
  await nobodyAt(page, 21)
  await page.getByRole('button', { name: '撤回' }).tap()
  await walk(all.slice(20))
  await page.getByText('都送完了').waitFor()
  await page.getByText('40 户还没交').waitFor()
  expect(await records('delivery')).toEqual([])
})

test('four codes of the phone are shown to the till, which has heard nothing of them: forty records, once each', async () => {
  const page = phone.page()
  await page.getByRole('button', { name: '到站里用二维码交' }).tap()
  codes = []
  for (const part of [1, 2, 3, 4]) {
    await page.getByText(`第 ${part} 张，共 4 张`).waitFor()
    codes.push((await page.locator('[data-code]').getAttribute('data-code')) ?? '')
    await page.getByRole('button', { name: '下一张' }).tap()
  }
  expect(codes.every(code => code.startsWith(roundPrefix))).toBe(true)
  const film = join(folder, 'codes.mjpeg')
  writeCameraFilm(
    film,
    codes.flatMap(text => [{ text, frames: 60 }, { blank: 15 }]),
  )
  await counter.standBefore({ film })
  await vi.waitFor(async () => expect(await records('delivery')).toHaveLength(40), patience)
})

test('handed in once more through the province they are still forty records, each meal sold once', async () => {
  await front.mend()
  await phone.page().getByRole('button', { name: '返回' }).tap()
  await phone.page().getByText('已交给站里').waitFor({ timeout: 90_000 })
  await counter.till.client.syncNow()
  const parts = 'select count(*) from round_part where round_id = $1'
  await vi.waitFor(async () => expect(await counter.house.province.number(parts, [round.round])).toBe(4), patience)
  const texts = await counter.house.province.rows('select body from round_part where round_id = $1', [round.round])
  expect(texts.map(({ body }) => body).sort()).toEqual([...codes].sort())
  await counter.till.untilTerminal(({ unsent }) => unsent.count === 0)
  const deliveries = await records('delivery')
  expect(deliveries.map(({ payload }) => payload.stop).sort((one, other) => one - other)).toEqual(all)
  expect(deliveries.filter(({ payload }) => payload.outcome === 'nobody').map(({ payload }) => payload.stop)).toEqual(
    away,
  )
  expect(
    deliveries
      .filter(({ payload }) => payload.seen !== 'well')
      .map(({ payload }) => payload.stop)
      .sort(),
  ).toEqual([...away, unwell].sort())
  const sales = await records('sale')
  expect(sales).toHaveLength(38)
  expect(new Set(sales.map(({ payload }) => payload.senior)).size).toBe(38)
  expect(sales.every(({ payload }) => payload.channel === 'delivery')).toBe(true)
  const judged = await counter.house.province.rows(
    "select kind, verdict, count(*)::int as n from ledger where kind in ('sale', 'delivery') group by 1, 2 order by 1",
  )
  expect(judged).toEqual([
    { kind: 'delivery', verdict: 'accepted', n: 40 },
    { kind: 'sale', verdict: 'accepted', n: 38 },
  ])
})

test('a stop that is cancelled on the way says so once the phone hears of it, and is left out', async () => {
  const stops = ['1 室', '2 室', '3 室'].map(door => ordered(nextMember(), { door }))
  const later = await prepare({ province: { ...counter.house.province.province } }, stops, {
    page: `${front.address}round/`,
  })
  const page = await phone.open(roundLink(`${front.address}round/`, later))
  // Only the new round has a door of this name alone.
  await page.getByText('1 室', { exact: true }).waitFor()
  await counter.house.province.rows("update delivery_round set cancelled = '{2}' where round_id = $1", [later.round])
  await page.reload()
  await page.getByRole('button', { name: '全部' }).tap()
  await page.getByText('已取消').waitFor()
  await page.getByRole('button', { name: '返回' }).tap()
  await nobodyAt(page, 1)
  await page.locator('[data-stop="3"]').waitFor()
  await page.getByRole('button', { name: '全部' }).tap()
  await page.getByText('已取消').tap()
  await page.getByText('不用送，餐带回站里').waitFor()
  await page.getByRole('button', { name: '已经送到了' }).waitFor()
  await page.getByRole('button', { name: '下一户' }).tap()
  await nobodyAt(page, 3)
  await page.getByText('都送完了').waitFor()
})
