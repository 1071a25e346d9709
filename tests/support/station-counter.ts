import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect, vi } from 'vitest'
import { openDatabase } from '../../province/database.ts'
import { issueCode } from '../../province/issue-codes.ts'
import { openKeyring } from '../../province/keys.ts'
import { type ProvinceSenior, putSeniors } from '../../province/seniors.ts'
import { putOrders } from '../../province/visit-orders.ts'
import { operatorId, siteId } from '../../shared/ids.ts'
import { initialsOf } from '../../shared/name-search.ts'
import { maskName } from '../../shared/person-names.ts'
import { plannedOrder } from '../../shared/visit/order.ts'
import { carerId } from '../../shared/visit/service.ts'
import { type Hands, handsOn } from '../e2e/cashier/hands.ts'
import { type Counter, openCounter } from '../e2e/check-in/counter.ts'
import { setClock } from './clock-file.ts'
import { type CuttableLine, cuttableLine } from './cuttable-line.ts'
import { shoot } from './gun.ts'
import type { Till } from './till.ts'

export const leadPin = '840215'
export const carerPin = '305917'
const site = siteId.parse('demo-canteen')
const approval = { operator: operatorId.parse('sun-min'), pin: leadPin }

/** The demo's services in the order of their kinds: the key of the kind, and the digit where a kind has several. */
const services = {
  'meal-help': ['Q'],
  ...{ cleaning: ['W', '1'], laundry: ['W', '2'], 'window-cleaning': ['W', '3'] },
  ...{ 'medical-escort': ['E', '1'], 'rehab-exercise': ['E', '2'], 'rehab-massage': ['E', '3'] },
  ...{ mobility: ['R'], bathing: ['T', '1'], 'home-care': ['T', '2'], emergency: ['Y'] },
  ...{ 'day-care': ['U'], doctor: ['I'], calling: ['O'], activity: ['P'] },
} as const satisfies Record<string, readonly string[]>
export type DemoService = keyof typeof services

/** The demo's carers, by the digit that they have on the screen. */
export const carers = ['wu-cuilan', 'zheng-xiuying', 'xu-guoqiang', 'jiang-min', 'shen-jianhua', 'feng-yu'] as const
export type DemoCarer = (typeof carers)[number]

export interface StationCounter {
  readonly counter: Counter
  readonly page: Page
  readonly line: CuttableLine
  /** The time of the till, the province and the page. */
  at(clock: string): Promise<void>
  /** Orders it ahead, or takes an order back. */
  order(
    ...orders: readonly {
      order: string
      at: string
      of: ProvinceSenior
      service: DemoService
      state?: 'planned' | 'cancelled'
    }[]
  ): Promise<void>
  /** They are on no roster any more, nor at the till: they died, or moved away. */
  takeOff(of: ProvinceSenior): Promise<void>
  /** Every carer but these has a PIN from now on. */
  givePins(but?: readonly DemoCarer[]): Promise<void>
  synced(): Promise<void>
  /** The till's core is killed, as by a power cut, and another one has begun; its pages are there again. */
  cutPower(): Promise<void>
  /** The paper card that a senior carries, as its code reads. */
  paperCard(of: ProvinceSenior): Promise<string>
  /** A scanner that types reads it. */
  scan(code: string): Promise<void>
  /** What the station's screen shows for carers at this time. */
  code(): Promise<string>
  /** What the claims say, by fund: fen paid. */
  claims(): Promise<Record<string, number>>
  close(): Promise<void>
}

/**
 * The demo's station in a real browser: the province on real PostgreSQL, the real core in a process of its own under the test's clock. The lead is on duty.
 * @param day business date
 */
export async function openStationCounter(day: string, seniors: readonly ProvinceSenior[]): Promise<StationCounter> {
  const instant = (clock: string) => Date.parse(`${day}T${clock}:00+08:00`)
  // The demo's own orders are of days before, so that the day's list holds what the test orders.
  vi.useFakeTimers({ toFake: ['Date'], now: instant('07:00') - 3 * 86_400_000 })
  const dataDir = mkdtempSync(join(tmpdir(), 'aixin-station-'))
  setClock(dataDir, instant('07:00'))
  const line = cuttableLine()
  const counter = await openCounter({
    ...{ touch: true, dataDir, coreEntry: join(import.meta.dirname, 'core-under-a-clock.ts') },
    reachableAt(address) {
      vi.setSystemTime(instant('07:00'))
      return line.open(address)
    },
    before: page => page.clock.setFixedTime(instant('07:00')),
  })
  const { house, cashier } = counter
  let till: Till = counter.till
  const database = await openDatabase(house.province.databaseUrl)
  const keyring = await openKeyring(database)
  const keyboard = await cashier.page.context().newCDPSession(cashier.page)
  await putSeniors(database, seniors)
  await till.client.syncNow()
  // The roster is written by a worker, page by page, after the answer has come.
  const isKnown = async ({ id, name }: ProvinceSenior) =>
    (await till.client.visit.find({ text: name })).some(({ senior }) => senior === id)
  await vi.waitFor(async () => expect(await Promise.all(seniors.map(isKnown))).not.toContain(false), 60_000)
  expect(await till.client.afterwards.setPin({ pin: leadPin })).toEqual({ result: 'done' })
  return {
    counter,
    page: cashier.page,
    line,
    async at(clock) {
      vi.setSystemTime(instant(clock))
      setClock(dataDir, instant(clock))
      await cashier.page.clock.setFixedTime(instant(clock))
    },
    async order(...orders) {
      const parsed = orders.map(({ of, ...one }) =>
        plannedOrder.parse({
          ...{ senior: of.id, date: day, minutes: null, carer: null, state: 'planned', note: null },
          ...one,
        }),
      )
      await putOrders(database, site, parsed)
      await till.client.syncNow()
    },
    async takeOff({ id, name }) {
      const gone = "update senior set gone = true, change = nextval('feed_change') where senior_id = $1"
      await house.province.rows(gone, [id])
      await till.client.syncNow()
      await vi.waitFor(async () => {
        const found = await till.client.visit.find({ text: name })
        expect(found.map(({ senior }) => senior)).not.toContain(id)
      }, 30_000)
    },
    async givePins(but = []) {
      for (const one of carers) {
        if (but.includes(one)) continue
        const carer = carerId.parse(one)
        expect(await till.client.visit.setCarerPin({ carer, pin: carerPin, approval })).toEqual({ result: 'done' })
      }
    },
    async synced() {
      await till.client.syncNow()
      await till.untilTerminal(({ unsent, network }) => unsent.count === 0 && network.state === 'online')
    },
    async cutPower() {
      const core = house.host.coreProcessId()
      if (core === null) throw new Error('no core runs')
      process.kill(core, 'SIGKILL')
      await till.closed
      till = await vi.waitFor(() => house.openTill(), 60_000)
      // A new core has no station's screen open.
      await cashier.page.getByRole('button', { name: /^服务签到/ }).waitFor()
    },
    async paperCard({ id: senior }) {
      const asked = { senior, kind: 'paper', encoding: 'base32', client: 'a test' } as const
      return (await issueCode(database, keyring, asked, Date.now())).text
    },
    async scan(code) {
      const stood = async () => {
        for await (const { desk, notice } of await till.client.visit.watch())
          return { state: desk.state, means: 'means' in desk ? desk.means : null, told: notice?.code }
        throw new Error('the station says nothing')
      }
      const before = await stood()
      await shoot(keyboard, code, { pace: 5, atOnce: true })
      await vi.waitFor(async () => expect(await stood()).not.toEqual(before), 60_000)
      // A machine that is too busy tears a scan in two, and whoever holds the card holds it there once more.
      if ((await stood()).told === 'CODE_UNKNOWN') await shoot(keyboard, code, { pace: 5, atOnce: true })
      // A key right behind a scan is the scanner's.
      await cashier.page.waitForTimeout(400)
    },
    async code() {
      for await (const { station } of await till.client.visit.watch()) return station?.code.text ?? ''
      throw new Error('the station says nothing')
    },
    async claims() {
      const rows = await house.province.rows(
        'select fund, sum(served_fen)::int as fen from claim_month where month = $1 and site_id = $2 group by fund',
        [day.slice(0, 7), site],
      )
      return Object.fromEntries(rows.map(({ fund, fen }) => [String(fund), Number(fen)]))
    },
    async close() {
      till.close()
      await database.close()
      await counter.close()
      await line.cut()
      vi.useRealTimers()
    },
  }
}

/** What staff do at the station's screen, by the keyboard alone or by touch alone. */
export function stationHands(page: Page, name: Hands['name']) {
  const hands = handsOn(page, name)
  const stands = (state: string) => page.locator(`[data-station="${state}"]`).waitFor()
  const enterPin = async (pin: string) => {
    await page.locator('[data-pin-pad]').waitFor()
    await hands.type(pin)
  }
  const acts = {
    ...hands,
    stands,
    enterPin,
    async open() {
      await hands.press('Y', /^服务签到/)
      await stands('list')
    },
    /** Finds somebody by initials and last digits. */
    async find({ name: whole, numberTail }: Pick<ProvinceSenior, 'name' | 'numberTail'>) {
      await hands.press('/', '字母')
      if (name === 'keyboard') await page.locator('[data-sale-search]:focus').waitFor()
      const found = page.locator('[data-sale-found] button')
      await hands.type(`${initialsOf(whole)}${numberTail ?? ''}`)
      await expect.poll(() => found.count(), { timeout: 30_000 }).toBe(1)
      expect(await found.textContent()).toContain(maskName(whole))
      // Enter right behind fast letters is a scanner's.
      await page.waitForTimeout(400)
      if (name === 'keyboard') await page.keyboard.press('Enter')
      else await found.tap()
    },
    async chooseService(service: DemoService) {
      const [kind, digit]: readonly string[] = services[service]
      if (kind === undefined) throw new Error(`no key for ${service}`)
      const place = 'QWERTYUIOP'.indexOf(kind)
      await hands.pick(kind, `[data-kinds] button >> nth=${place}`)
      if (digit !== undefined) await hands.pick(digit, `[data-services] button >> nth=${Number(digit) - 1}`)
    },
    async chooseOrder(place = 1) {
      await hands.pick(String(place), `[data-orders] button >> nth=${place - 1}`)
    },
    async pickCarer(carer: DemoCarer) {
      const place = carers.indexOf(carer)
      await page.locator('[data-carers]').waitFor()
      await hands.pick(String(place + 1), `[data-carers] button >> nth=${place}`)
    },
    async identify(carer: DemoCarer, pin = carerPin) {
      await acts.pickCarer(carer)
      await enterPin(pin)
      await page.locator('[data-pin-pad]').waitFor({ state: 'detached' })
    },
    /** The carer reads the code from the screen, and it is typed. */
    async showCode(code: string) {
      await hands.press('M', /^地点/)
      await page.locator('[data-code-input]').waitFor()
      await hands.type(code)
      await page.waitForTimeout(400)
      await hands.press('回车', /^用这个码/)
      await page.locator('[data-code-field]').waitFor({ state: 'detached' })
    },
    async begin() {
      await page.locator('[data-arriving="ready"]').waitFor()
      // Enter right behind fast keys is a scanner's.
      await page.waitForTimeout(400)
      await hands.press('回车', /^(开始服务|签到进站|记下这一次)/)
    },
    /** Somebody comes for what they ordered, or for a service. */
    async signIn(who: ProvinceSenior, service: DemoService | 'order', carer: DemoCarer | null) {
      await acts.find(who)
      await stands('arriving')
      if (service === 'order') await acts.chooseOrder()
      else await acts.chooseService(service)
      if (carer !== null) await acts.identify(carer)
      await acts.begin()
    },
    /** Looks at a visit that goes on, or at a stay, from the list. */
    async lookAt(who: Pick<ProvinceSenior, 'name'>, state: '进行中' | '在站' = '进行中') {
      const line = `[data-day] li button:has-text("${maskName(who.name)}"):has-text("${state}")`
      await page.locator(line).waitFor()
      const digit = await page.locator(line).locator('kbd').textContent()
      await hands.pick(digit ?? '', line)
      await stands('visit')
    },
    async back() {
      await hands.press('Esc', /^返回/)
      await stands('list')
    },
    /** Signs out whom staff compared, in cash; the senior would rather not rate. */
    async signOut(who: Pick<ProvinceSenior, 'name'>, own: string | null) {
      await acts.lookAt(who, own === null ? '在站' : '进行中')
      await page.locator('[data-minutes]').waitFor()
      await hands.press('回车', /^请老人刷卡签退/)
      await stands('leaving')
      await acts.pay(own)
    },
    /** @param own yuan that the senior pays; null for a service without money */
    async pay(own: string | null) {
      if (own !== null) {
        await page.locator(`[data-own-pay="${own}"]`).waitFor()
        if (own !== '0.00') await hands.press('W', /^现金/)
      }
      await hands.press('回车', /^确认签退/)
      if (own !== null) {
        await stands('rating')
        await hands.press('Esc', /^不评价/)
      }
      await stands('list')
    },
  }
  return acts
}
