import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { openDatabase } from '../../../province/database.ts'
import { warningsOf } from '../../../province/warnings.ts'
import { addDays, beginOf, businessDate, businessDateOf } from '../../../shared/business-day.ts'
import type { OperatorId } from '../../../shared/ids.ts'
import type { WantedChange } from '../../../shared/settings-api.ts'
import { type AfterwardsHouse, canteenMembers, openAfterwardsHouse } from '../../support/afterwards-house.ts'
import { openTerminalInProcess } from '../../support/terminal-in-process.ts'
import { isPriced, type Till } from '../../support/till.ts'

const day = '2026-11-23'
const next = businessDate.parse('2026-11-24')
const pin = '840215'
const members = canteenMembers.values()
const someone = () => {
  const { value } = members.next()
  if (value === undefined) throw new Error('no member left for this test')
  return value
}

describe('two tills of a site and their province', () => {
  let house: AfterwardsHouse
  let second: { till: Till; stop(): Promise<void> }
  const folder = mkdtempSync(join(tmpdir(), 'aixin-second-till-'))

  beforeAll(async () => {
    house = await openAfterwardsHouse(day)
    await house.openShift()
    second = await openTerminalInProcess({ dataDir: folder, enrolmentCode: await house.province.code() })
    const view = await second.till.untilTerminal(
      now => now.menu.length > 0 && now.roster.members > 0 && !now.roster.stale,
    )
    await second.till.client.openShift({ operator: operator(1), date: view.businessDate })
  })
  afterAll(async () => {
    await second.stop()
    await house.stop()
    await house.close()
    rmSync(folder, { recursive: true, force: true })
  })

  function operator(place: number): OperatorId {
    const found = house.till.terminal().operators[place]
    if (!found) throw new Error('the site has no such operator')
    return found.id
  }
  const client = () => house.till.client
  const change = async (wanted: WantedChange) => await client().settings.change(wanted)
  async function priced(set: string, priceFen: number, date: string | null = null): Promise<WantedChange> {
    const line = (await client().settings.look()).sets.find(one => one.set === set)?.line
    if (!line) throw new Error(`no set ${set}`)
    return { what: 'menu', set, line: { ...line, priceFen }, date: date === null ? null : businessDate.parse(date) }
  }
  const verdictOf = async (record: string) =>
    (await house.province.rows('select verdict, code from ledger where record_id = $1', [record]))[0]
  const priceAt = (till: Till, set: string) => till.terminal().menu.find(({ id }) => id === set)?.priceFen

  test('nobody changes anything before a lead set a PIN and gave it', async () => {
    expect(await change(await priced('A', 1600))).toMatchObject({ notice: { code: 'SETTINGS_CLOSED' } })
    const unlock = { operator: operator(0), pin }
    expect(await client().settings.unlock(unlock)).toMatchObject({ notice: { code: 'LEAD_PIN_NONE' } })
    expect(await client().afterwards.setPin({ pin })).toEqual({ result: 'done' })
    expect(await client().settings.unlock({ ...unlock, pin: '111112' })).toMatchObject({
      notice: { code: 'LEAD_PIN_WRONG' },
    })
    const cashier = { operator: operator(1), pin }
    expect(await client().settings.unlock(cashier)).toMatchObject({ notice: { code: 'LEAD_ONLY' } })
    expect(await client().settings.unlock(unlock)).toEqual({ result: 'done' })
  })

  test('a new price is accepted in the sales that follow it, and its record has before and after', async () => {
    const before = await house.eat(someone())
    await house.allSent()
    expect(await verdictOf(before.record)).toEqual({ verdict: 'accepted', code: null })

    vi.setSystemTime(Date.now() + 60_000)
    expect(await change(await priced('A', 1600))).toEqual({ result: 'done' })
    await house.till.untilTerminal(() => priceAt(house.till, 'A') === 1600)
    vi.setSystemTime(Date.now() + 60_000)
    const after = await house.eat(someone())
    await house.allSent()
    expect(await verdictOf(after.record)).toEqual({ verdict: 'accepted', code: null })
    const [stored] = await house.province.rows(
      "select verdict, convert_from(record, 'UTF8')::jsonb -> 'payload' as payload from ledger where kind = 'setting-change'",
    )
    expect(stored).toMatchObject({
      verdict: 'accepted',
      payload: {
        what: 'menu',
        subject: 'A',
        before: { priceFen: 1500 },
        after: { priceFen: 1600 },
        operator: 'sun-min',
      },
    })
  })

  test('the other till hears of it through the province, and its sale is accepted too', async () => {
    await second.till.client.syncNow()
    await second.till.untilTerminal(() => priceAt(second.till, 'A') === 1600)
    await second.till.client.startGuest()
    const priced = await second.till.untilCashier(isPriced)
    expect(priced.listFen).toBe(1600)
    const sold = await second.till.client.confirm({ checkIn: priced.checkIn, digest: priced.digest })
    await second.till.client.dismiss()
    await second.till.client.syncNow()
    await second.till.untilTerminal(({ unsent }) => unsent.count === 0)
    if (sold.result !== 'recorded') throw new Error('not recorded')
    expect(await verdictOf(sold.sale.record)).toEqual({ verdict: 'accepted', code: null })
  })

  test('amounts aloud are switched on at both tills, text size and loudness at one', async () => {
    const volumes = [{ from: '06:00', volume: 40 }]
    const wanted: WantedChange[] = [
      { what: 'spoken-amounts', on: true },
      { what: 'spoken-names', on: false },
      { what: 'text-size', screen: 'staff', size: 150 },
      { what: 'volumes', volumes },
    ]
    for (const one of wanted) expect(await change(one)).toEqual({ result: 'done' })
    const here = await house.till.untilTerminal(({ textSize }) => textSize === 150)
    expect(here.contrast).toBe('normal')
    expect((await client().settings.look()).voice).toEqual({ amounts: true, names: false, volumes })
    await house.allSent()
    await house.till.client.syncNow()
    await vi.waitFor(
      async () => {
        await second.till.client.syncNow()
        expect(await second.till.client.settings.look()).toMatchObject({
          voice: { amounts: true, names: false, volumes: [{ volume: 100 }, { volume: 60 }] },
          textSize: { staff: 100, public: 100 },
        })
      },
      { timeout: 60_000, interval: 200 },
    )
    // What the province told back is not forgotten here, and neither is what it is never told.
    expect(await client().settings.look()).toMatchObject({
      voice: { amounts: true, volumes },
      textSize: { staff: 150, public: 100 },
    })
    const verdicts = await house.province.rows("select distinct verdict from ledger where kind = 'setting-change'")
    expect(verdicts).toEqual([{ verdict: 'accepted' }])
  })

  test('tomorrow’s price stands in no sale of today, and in those of tomorrow', async () => {
    expect(await change(await priced('A', 1800, next))).toEqual({ result: 'done' })
    expect((await house.eat(someone())).ownPayFen).toBeLessThan(1600)
    expect(priceAt(house.till, 'A')).toBe(1600)
    vi.setSystemTime(beginOf(next) + 8 * 3_600_000)
    await house.openShift()
    await house.till.untilTerminal(() => priceAt(house.till, 'A') === 1800)
    const sale = await house.eat(someone())
    await house.allSent()
    expect(await verdictOf(sale.record)).toEqual({ verdict: 'accepted', code: null })
  })

  test('a meal that is entered late is priced by the menu of its day', async () => {
    const { id } = someone()
    const meal = { meal: 'lunch', senior: id, set: 'A', tender: 'cash' } as const
    const listOn = async (servedOn: string) => {
      const said = await client().afterwards.priceLate({ ...meal, servedOn: businessDate.parse(servedOn) })
      return said.result === 'priced' ? said.late.listFen : said.notice.code
    }
    expect([await listOn(addDays(businessDate.parse(day), -1)), await listOn(next)]).toEqual([1500, 1800])
  })

  test('what is sold out today is on the menu again tomorrow, and needs no lead', async () => {
    await client().settings.lock()
    expect(await client().settings.sellOut({ set: 'C', soldOut: true })).toEqual({ result: 'done' })
    const isOut = () => house.till.terminal().menu.find(({ id }) => id === 'C')?.soldOut
    await house.till.untilTerminal(() => isOut() === true)
    expect(await client().chooseSet({ set: 'C' })).toMatchObject({ notice: { code: 'SOLD_OUT' } })
    vi.setSystemTime(beginOf(addDays(next, 1)) + 8 * 3_600_000)
    await house.openShift()
    await house.till.untilTerminal(() => isOut() === false)
  })

  test('the province shows who raised a price, and that the PIN was set on the same day', async () => {
    await house.allSent()
    const database = await openDatabase(house.province.databaseUrl)
    const { prices } = await warningsOf(database.pool, {
      from: businessDate.parse(day),
      to: businessDateOf(Date.now()),
    }).finally(() => database.close())
    expect(prices).toEqual([
      expect.objectContaining({ operator: 'sun-min', set: 'A', beforeFen: 1600, afterFen: 1800, freshPin: true }),
    ])
  })
})
