import { cpSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { demoSeniors } from '../../../province/demo-people.ts'
import { businessDateOf } from '../../../shared/business-day.ts'
import { recordId } from '../../../shared/ids.ts'
import { ledgerRecord } from '../../../shared/record.ts'
import type { PricedView } from '../../../shared/terminal-api.ts'
import { type CuttableLine, cuttableLine } from '../../support/cuttable-line.ts'
import { forkHost } from '../../support/driver-process.ts'
import { freePort, type LanLine, lanLine } from '../../support/lan-line.ts'
import { openProvinceHouse, type ProvinceHouse } from '../../support/province-house.ts'
import { root } from '../../support/source-files.ts'
import { openTerminalInProcess } from '../../support/terminal-in-process.ts'
import { isPriced, type Till } from '../../support/till.ts'

const members = demoSeniors().filter(
  ({ homeSite, expected, cards }) => homeSite === 'demo-canteen' && expected.fen === 600 && cards.length > 0,
)
const lines: readonly [CuttableLine, CuttableLine] = [cuttableLine(), cuttableLine()]
let province: ProvinceHouse
let folder: string
let lan: LanLine
let opened: { till: Till; stop(): Promise<void> }[] = []
let first: Till
let second: Till
let secondOptions: Parameters<typeof openTerminalInProcess>[0]
let next = 6

function somebody() {
  const found = members[next++]
  if (!found) throw new Error('no demo members left')
  return found
}

async function ready(till: Till): Promise<void> {
  const view = await till.untilTerminal(now => now.roster.members > 0 && now.menu.length > 0 && !now.roster.stale)
  const [operator] = view.operators
  if (operator && !view.shift) await till.client.openShift({ operator: operator.id, date: businessDateOf(Date.now()) })
}

/** Somebody whom staff find at the desk stands there. */
async function present(till: Till, senior: (typeof members)[number]): Promise<PricedView> {
  await till.client.openDesk()
  await till.client.chooseSenior({ senior: senior.id })
  await till.client.serveSenior()
  return await till.untilCashier(isPriced)
}

const confirm = (till: Till, view: PricedView) => till.client.confirm({ checkIn: view.checkIn, digest: view.digest })

async function eat(till: Till, senior: (typeof members)[number]) {
  const priced = await present(till, senior)
  const result = await confirm(till, priced)
  if (result.result !== 'recorded') throw new Error(`not recorded: ${JSON.stringify(result)}`)
  await till.client.dismiss()
  return { priced, sale: result.sale }
}

async function offline(): Promise<void> {
  for (const line of lines) await line.cut()
  for (const till of [first, second]) {
    await till.client.syncNow()
    await till.untilTerminal(view => view.network.state === 'offline')
  }
}

async function online(): Promise<void> {
  for (const line of lines) await line.mend()
  for (const till of [first, second]) {
    await till.client.syncNow()
    await till.untilTerminal(view => view.network.state === 'online' && view.unsent.count === 0)
  }
}

const codes = (till: Till) => till.terminal().notices.map(({ code }) => code)
const lanIs = (state: 'up' | 'away') =>
  second.untilTerminal(view => view.notices.some(({ code }) => code === 'LANE_AWAY') === (state === 'away'))
const subsidyOf = (senior: string) =>
  province.number('select coalesce(sum(fen), 0) from claim_line where senior_id = $1 and not held', [senior])
/** A till's view may say that all is sent a moment before it hears of its own last sale. */
const untilSubsidy = (senior: string, fen: number) =>
  vi.waitFor(async () => {
    for (const till of [first, second]) await till.client.syncNow()
    expect(await subsidyOf(senior)).toBe(fen)
  }, 60_000)
const recordsOf = async (senior: string) =>
  (
    await province.rows(
      'select terminal_id, record, verdict, code from ledger where senior_id = $1 order by terminal_id, seq',
      [senior],
    )
  ).map(({ terminal_id, verdict, code, record }) => {
    return { terminal: terminal_id, verdict, code, record: ledgerRecord.parse(JSON.parse(String(record))) }
  })
const overCaps = () => province.number("select count(*) from ledger where code = 'CAP_EXCEEDED'")

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'aixin-lanes-'))
  province = await openProvinceHouse({ lunchAllDay: true })
  const port = await freePort()
  lan = await lanLine(port)
  const codeOf = async (line: CuttableLine) => {
    const code = await province.code()
    return { ...code, address: await line.open(code.address) }
  }
  const a = await openTerminalInProcess({
    dataDir: join(folder, 'a'),
    enrolmentCode: await codeOf(lines[0]),
    lanes: { listen: { host: '127.0.0.1', port } },
  })
  first = a.till
  await ready(first)
  secondOptions = {
    dataDir: join(folder, 'b'),
    enrolmentCode: await codeOf(lines[1]),
    lanes: { join: { host: '127.0.0.1', port: lan.port } },
    printer: {
      setting: { simulated: true, paper: 58, when: 'asked' },
      spawn: forkHost(join(root, 'electron/core/devices/receipt-printer/simulated-driver.ts')).spawn,
    },
  }
  const b = await openTerminalInProcess(secondOptions)
  second = b.till
  await ready(second)
  opened = [a, b]
  const leased =
    "select count(distinct senior_id) from lease_state s join senior n using (senior_id) where n.home_site = 'demo-canteen'"
  await vi.waitFor(async () => expect(await province.number(leased)).toBeGreaterThanOrEqual(members.length), 60_000)
  await online()
  // Each has to hear from the province of the other one.
  const [one] = members.slice(5)
  if (one === undefined) throw new Error('no demo members left')
  await lines[1].cut()
  await vi.waitFor(async () => {
    await first.client.syncNow()
    const view = await present(second, one)
    await second.client.dismiss()
    expect(view.subsidyFen).toBe(600)
  }, 60_000)
  await online()
}, 600_000)
afterAll(async () => {
  vi.restoreAllMocks()
  for (const terminal of opened) await terminal.stop()
  await lan?.cut()
  for (const line of lines) await line.cut()
  await province?.close()
  rmSync(folder, { recursive: true, force: true })
})
afterEach(async () => {
  await province.rows('update terminal set struck_off = false where struck_off')
  lan.loseAnswers(0)
  await lan.mend()
  for (const till of [first, second]) await till.client.dismiss()
  await online()
  await lanIs('up')
  await second.untilTerminal(view => view.notices.every(({ code }) => code !== 'LANE_UNHEARD'))
})

describe('while the LAN is up and the province is away', () => {
  it('the receipt of what the first till sold prints at the second one, where the senior stands', async () => {
    const one = somebody()
    await offline()
    const { priced, sale } = await eat(second, one)
    await second.client.printer.receipt({ sale: sale.record })
    const view = await second.untilTerminal(now => (now.printer?.lastSlip ?? null) !== null)
    const lines = view.printer?.lastSlip?.map(line => line.trim()) ?? []
    expect(lines).toContainEqual(expect.stringMatching(new RegExp(`^实付 +￥${(priced.ownPayFen / 100).toFixed(2)}$`)))
    expect(lines.at(-1)).toMatch(new RegExp(`^编号 +1-\\d+ ${first.terminal().terminal}$`))
    await second.client.voidSale({ sale: sale.record })
    await second.client.printer.receipt({ sale: sale.record })
    await second.untilTerminal(now => now.printer?.lastSlip?.some(line => line.trim() === '已撤销') ?? false)
  })

  it('a member eats at the second till by the right that the first holds, once a meal at both together', async () => {
    const one = somebody()
    await offline()
    const there = await eat(second, one)
    expect(there.priced).toMatchObject({ subsidyFen: 600, pendingFen: 0 })
    expect(there.sale).toMatchObject({
      record: there.priced.checkIn,
      ownPayFen: there.priced.ownPayFen,
      voidable: true,
    })
    expect(await present(first, one)).toMatchObject({ subsidyFen: 0, pendingFen: 0 })
    await first.client.dismiss()
    expect(await present(second, one)).toMatchObject({ subsidyFen: 0, pendingFen: 0 })
    await second.client.dismiss()
    await online()
    const records = await recordsOf(one.id)
    expect(records.map(({ verdict, code }) => [verdict, code])).toEqual([['accepted', null]])
    expect(records[0]?.terminal).toBe(first.terminal().terminal)
    expect(records[0]?.record).toMatchObject({
      kind: 'sale',
      payload: { shift: second.terminal().shift?.record, operator: second.terminal().operator?.id },
    })
    await untilSubsidy(one.id, 600)
  })

  it('the second till shows the sale among its own, and a confirmation that is repeated finds it', async () => {
    const one = somebody()
    await offline()
    const before = second.terminal().served.inMeal
    const { priced, sale } = await eat(second, one)
    await second.untilTerminal(view => view.lastSales[0]?.record === sale.record && view.served.inMeal === before + 1)
    expect(await confirm(second, priced)).toMatchObject({ result: 'recorded', repeated: true, sale })
  })

  it('a void at the second till takes the sale back in the first, and the right is there again', async () => {
    const one = somebody()
    await offline()
    const { sale } = await eat(second, one)
    expect(await second.client.voidSale({ sale: sale.record })).toEqual({ result: 'done' })
    expect(await second.client.voidSale({ sale: sale.record })).toMatchObject({
      notice: { code: 'SALE_ALREADY_VOID' },
    })
    await second.untilTerminal(view => view.lastSales.some(({ record, voided }) => record === sale.record && voided))
    expect(await present(first, one)).toMatchObject({ subsidyFen: 600 })
    await first.client.dismiss()
    await online()
    await untilSubsidy(one.id, 0)
  })

  it('a sale at the first till while the price stands on the second one changes that price', async () => {
    const one = somebody()
    await offline()
    const there = await present(second, one)
    expect(there.subsidyFen).toBe(600)
    expect((await eat(first, one)).priced.subsidyFen).toBe(600)
    expect(await confirm(second, there)).toEqual({ result: 'price-changed' })
    const anew = await second.untilCashier((view): view is PricedView => isPriced(view) && view.subsidyFen === 0)
    expect(anew.attention.map(({ code }) => code)).toContain('DUPLICATE_TAP')
  })

  it('a sale at the second till while the price stands on the first one asks there, too, whether this is a second meal', async () => {
    const one = somebody()
    await offline()
    const there = await present(first, one)
    await eat(second, one)
    expect(await confirm(first, there)).toEqual({ result: 'price-changed' })
    const anew = await first.untilCashier((view): view is PricedView => isPriced(view) && view.subsidyFen === 0)
    expect(anew.attention.map(({ code }) => code)).toContain('DUPLICATE_TAP')
  })

  it('an answer that is lost once is asked for again, and nothing is sold twice', async () => {
    const one = somebody()
    await offline()
    const priced = await present(second, one)
    const lost = lan.lost()
    lan.loseAnswers(1)
    expect(await confirm(second, priced)).toMatchObject({ result: 'recorded' })
    expect(lan.lost()).toBe(lost + 1)
    await second.client.dismiss()
    await online()
    expect((await recordsOf(one.id)).map(({ record }) => record.kind)).toEqual(['sale'])
    await untilSubsidy(one.id, 600)
  })

  it('what goes over the LAN is nothing that anybody beside it can read', async () => {
    const one = somebody()
    await eat(second, one)
    const wire = lan.seen().toString('latin1')
    expect(wire.length).toBeGreaterThan(1000)
    expect(wire).not.toContain(one.id)
    expect(wire).not.toContain('checkIn')
  })
})

describe('when the LAN is cut', () => {
  it('before the question: the second till goes on alone and says since when, with a claim where it holds no right', async () => {
    const one = somebody()
    await offline()
    await lan.cut()
    const there = await eat(second, one)
    expect(there.priced).toMatchObject({ subsidyFen: 0, pendingFen: 600 })
    const view = await lanIs('away')
    expect(view.notices.find(({ code }) => code === 'LANE_AWAY')?.values).toMatchObject({
      time: expect.stringMatching(/^\d\d:\d\d$/),
    })
    expect((await eat(first, one)).priced.subsidyFen).toBe(600)
    await lan.mend()
    await lanIs('up')
    await online()
    const claim = async () =>
      (await province.rows('select state from claim where record_id = $1', [there.sale.record]))[0]?.state
    await vi.waitFor(async () => expect(await claim()).toBe('nothing-due'), 20_000)
    await untilSubsidy(one.id, 600)
    expect(await overCaps()).toBe(0)
  })

  it('before the answer: the visit is sold alone under another number, and what the first till sold is voided when the LAN is back', async () => {
    const one = somebody()
    await offline()
    const priced = await present(second, one)
    // Deaf from the first answer on, so that nothing is settled before the line is cut.
    lan.stall(() => undefined)
    expect(await confirm(second, priced)).toEqual({ result: 'price-changed' })
    await lan.cut()
    const alone = await second.untilCashier(
      (view): view is PricedView => isPriced(view) && view.checkIn !== priced.checkIn,
    )
    expect(alone).toMatchObject({ subsidyFen: 0, pendingFen: 600 })
    await second.untilTerminal(view => view.notices.some(({ code }) => code === 'LANE_UNHEARD'))
    expect(await confirm(second, priced)).toMatchObject({ notice: { code: 'CHECK_IN_GONE' } })
    expect(await confirm(second, alone)).toMatchObject({ result: 'recorded' })
    await second.client.dismiss()
    expect(first.terminal().lastSales[0]).toMatchObject({ record: priced.checkIn, voided: false })

    lan.loseAnswers(0)
    await lan.mend()
    await first.untilTerminal(view =>
      view.lastSales.some(sale => sale.record === recordId.parse(priced.checkIn) && sale.voided),
    )
    await second.untilTerminal(view => view.notices.every(({ code }) => code !== 'LANE_UNHEARD'))
    await online()
    const records = await recordsOf(one.id)
    expect(records.map(({ terminal, record }) => [terminal, record.kind])).toEqual([
      [first.terminal().terminal, 'sale'],
      [second.terminal().terminal, 'sale'],
    ])
    const claim = async () =>
      (await province.rows('select state, owed_fen from claim where record_id = $1', [alone.checkIn]))[0]
    await vi.waitFor(async () => expect(await claim()).toMatchObject({ state: 'accepted', owed_fen: '600' }), 20_000)
    await untilSubsidy(one.id, 0)
    const voids = await province.rows("select record from ledger where kind = 'void'")
    expect(voids.map(row => ledgerRecord.parse(JSON.parse(String(row.record))).payload)).toContainEqual({
      of: priced.checkIn,
      reason: 'lane-unheard',
      operator: null,
    })
    const compared = "select count(*) from ledger where kind = 'override' and convert_from(record, 'utf8') like $1"
    expect(await province.number(compared, [`%${alone.checkIn}%`])).toBe(1)
    expect(await overCaps()).toBe(0)
    expect(codes(second)).not.toContain('LANE_AWAY')
  })

  it('who ate through the first till is known to have eaten at the second', async () => {
    const one = somebody()
    await offline()
    await eat(second, one)
    await lan.cut()
    await lanIs('away')
    expect((await present(second, one)).attention.map(({ code }) => code)).toContain('DUPLICATE_TAP')
    await second.client.dismiss()
    const servedOn = second.terminal().businessDate
    const late = { servedOn, meal: 'lunch' as const, senior: one.id, set: 'A', tender: 'cash' as const }
    const priced = await second.client.afterwards.priceLate(late)
    expect(priced).toMatchObject({
      late: { attention: expect.arrayContaining([{ code: 'LATE_ALREADY', values: expect.anything() }]) },
    })
  })

  it('who ate at the second till alone is known to have eaten at the first once the LAN is back', async () => {
    const one = somebody()
    await offline()
    await lan.cut()
    const { sale } = await eat(second, one)
    await lan.mend()
    const asked = async () => {
      const { attention } = await present(first, one)
      await first.client.dismiss()
      return attention.map(({ code }) => code)
    }
    await vi.waitFor(async () => expect(await asked()).toContain('DUPLICATE_TAP'), 60_000)
    expect(await second.client.voidSale({ sale: sale.record })).toEqual({ result: 'done' })
    await vi.waitFor(async () => expect(await asked()).not.toContain('DUPLICATE_TAP'), 60_000)
  }, 180_000)

  it('a sale that it made alone is refunded only while the first till can be asked, which then pays nothing of its claim', async () => {
    const one = somebody()
    await offline()
    await lan.cut()
    await second.client.chooseTender({ tender: 'cash' })
    const { sale } = await eat(second, one)
    expect(sale.claimPending).toBe(true)
    const refund = () => second.client.afterwards.refund({ sale: sale.record, reason: 'meal spoiled' })
    expect(await refund()).toMatchObject({ notice: { code: 'REFUND_ASK_FIRST' } })
    await lan.mend()
    await lanIs('up')
    expect(await refund()).toEqual({ result: 'done' })
    await online()
    expect((await eat(first, one)).priced.attention.map(({ code }) => code)).not.toContain('MADE_GOOD_NOW')
  })

  it('a sale with a claim that it made alone is voided without the first till as long as nobody else heard of it', async () => {
    const one = somebody()
    await offline()
    await lan.cut()
    const unheard = await eat(second, one)
    expect(unheard.sale.claimPending).toBe(true)
    expect(await second.client.voidSale({ sale: unheard.sale.record })).toEqual({ result: 'done' })
    const { sale } = await eat(second, one)
    await online()
    const claim = 'select count(*) from claim where record_id = $1'
    await vi.waitFor(async () => expect(await province.number(claim, [sale.record])).toBe(1), 20_000)
    await vi.waitFor(() => expect(second.terminal().unsent.count).toBe(0), 20_000)
    const take = () => second.client.voidSale({ sale: sale.record })
    await vi.waitFor(async () => expect(await take()).toMatchObject({ notice: { code: 'REFUND_ASK_FIRST' } }), 20_000)
    await lan.mend()
    await vi.waitFor(async () => expect(await take()).toEqual({ result: 'done' }), 60_000)
  }, 180_000)

  it('a claim that was accepted meanwhile waits at the first till, and the second one says so', async () => {
    const one = somebody()
    await offline()
    await lan.cut()
    const { sale } = await eat(second, one)
    await lan.mend()
    await lanIs('up')
    await online()
    const claim = 'select count(*) from claim where record_id = $1 and state = $2'
    await vi.waitFor(async () => expect(await province.number(claim, [sale.record, 'accepted'])).toBe(1), 20_000)
    await vi.waitFor(async () => {
      await first.client.syncNow()
      const { attention } = await present(second, one)
      await second.client.dismiss()
      expect(attention).toContainEqual({ code: 'OWED_AT_FIRST', values: { yuan: '6.00' } })
    }, 60_000)
    await eat(second, one)
    expect(await province.number(claim, [sale.record, 'accepted'])).toBe(1)
    const there = await eat(first, one)
    expect(there.priced.attention).toContainEqual({ code: 'MADE_GOOD_NOW', values: { yuan: '6.00' } })
    const paidAlready = { notice: { code: 'REFUND_MADE_GOOD' } }
    expect(await second.client.afterwards.refund({ sale: sale.record, reason: 'meal spoiled' })).toMatchObject(
      paidAlready,
    )
    expect(await second.client.voidSale({ sale: sale.record })).toMatchObject(paidAlready)
    await vi.waitFor(async () => expect(await province.number(claim, [sale.record, 'made-good'])).toBe(1), 20_000)
    await untilSubsidy(one.id, 600)
  })

  it('a sale of the first till cannot be voided at the second one until it is back', async () => {
    const one = somebody()
    const { sale } = await eat(second, one)
    await lan.cut()
    expect(await second.client.voidSale({ sale: sale.record })).toMatchObject({ notice: { code: 'LANE_VOID_LATER' } })
    await lan.mend()
    expect(await second.client.voidSale({ sale: sale.record })).toEqual({ result: 'done' })
  })
})

describe('a sale of the second till in the ledger of the first', () => {
  it('is refunded at the first till alone, and what that gave back no void gives back again', async () => {
    const one = somebody()
    const { sale } = await eat(second, one)
    const refund = { sale: sale.record, reason: 'meal spoiled' as const }
    expect(await second.client.afterwards.refund(refund)).toMatchObject({ notice: { code: 'REFUND_AT_FIRST' } })
    expect(await first.client.afterwards.refund(refund)).toEqual({ result: 'done' })
    expect(await second.client.voidSale({ sale: sale.record })).toMatchObject({
      notice: { code: 'SALE_ALREADY_REFUNDED' },
    })
    await second.untilTerminal(view => view.lastSales.some(({ record, voided }) => record === sale.record && voided))
  })

  it('has its phone payment confirmed at the first till alone', async () => {
    const { sale } = await eat(second, somebody())
    const said = { of: sale.record, tender: 0, outcome: 'settled' as const, reference: null }
    expect(await second.client.afterwards.sayPayment(said)).toMatchObject({ notice: { code: 'PAYMENT_AT_FIRST' } })
  })

  it('that staff of the first till took back is said to be void already', async () => {
    const one = somebody()
    const { sale } = await eat(second, one)
    expect(await first.client.voidSale({ sale: sale.record })).toEqual({ result: 'done' })
    expect(await second.client.voidSale({ sale: sale.record })).toMatchObject({ notice: { code: 'SALE_ALREADY_VOID' } })
  })
})

describe('when the second till loses its power while it waits for the answer', () => {
  /** The first till has sold the visit; the second one loses its power before it hears of it, and goes on from what was on its disk then. */
  async function endWhileWaiting(one: (typeof members)[number]): Promise<PricedView> {
    const priced = await present(second, one)
    await lines[1].cut()
    const lost = lan.lost()
    // On a busy machine the till would give the answer up before this test looked again.
    lan.stall(() => cpSync(secondOptions.dataDir, `${secondOptions.dataDir}-then`, { recursive: true }))
    const asked = confirm(second, priced)
    await vi.waitFor(() => expect(lan.lost()).toBeGreaterThan(lost), 20_000)
    await lan.cut()
    await asked
    await opened[1]?.stop()
    rmSync(secondOptions.dataDir, { recursive: true })
    renameSync(`${secondOptions.dataDir}-then`, secondOptions.dataDir)
    lan.loseAnswers(0)
    return priced
  }

  async function startAgain(): Promise<void> {
    const again = await openTerminalInProcess(secondOptions)
    second = again.till
    opened[1] = again
    await ready(second)
  }

  it('it asks again when it is back, and what the first till sold is its sale', async () => {
    const one = somebody()
    const priced = await endWhileWaiting(one)
    await lan.mend()
    await startAgain()
    await second.untilTerminal(view => view.lastSales[0]?.record === recordId.parse(priced.checkIn))
    expect(await confirm(second, priced)).toMatchObject({ result: 'recorded', repeated: true })
    await online()
    expect((await recordsOf(one.id)).map(({ terminal }) => terminal)).toEqual([first.terminal().terminal])
    await untilSubsidy(one.id, 600)
  })

  it('and the LAN is still away then: it goes on alone, and what the first till sold is voided', async () => {
    const one = somebody()
    await offline()
    const priced = await endWhileWaiting(one)
    await startAgain()
    const alone = await second.untilCashier(isPriced)
    expect(alone.checkIn).not.toBe(priced.checkIn)
    expect(alone).toMatchObject({ subsidyFen: 0, pendingFen: 600, entry: { held: true } })
    expect(await confirm(second, alone)).toMatchObject({ result: 'recorded' })
    await second.client.dismiss()
    await lan.mend()
    await first.untilTerminal(view =>
      view.lastSales.some(sale => sale.record === recordId.parse(priced.checkIn) && sale.voided),
    )
    await online()
    await untilSubsidy(one.id, 0)
    expect(await overCaps()).toBe(0)
  })

  it('and nobody goes on with the visit: what the first till sold is voided all the same', async () => {
    const one = somebody()
    const priced = await endWhileWaiting(one)
    await startAgain()
    await second.untilCashier(isPriced)
    await second.client.dismiss()
    await lan.mend()
    await first.untilTerminal(view =>
      view.lastSales.some(sale => sale.record === recordId.parse(priced.checkIn) && sale.voided),
    )
    await online()
    await untilSubsidy(one.id, 0)
  })

  it('and is away for so long that nobody stands there any more: what the first till sold stays sold', async () => {
    const one = somebody()
    const priced = await endWhileWaiting(one)
    // The clock stays there: no till of this file sees it go back.
    const now = Date.now
    vi.spyOn(Date, 'now').mockImplementation(() => now() + 11 * 60_000)
    await startAgain()
    await second.untilTerminal(view => view.notices.some(({ code }) => code === 'LANE_ASKED'))
    expect(second.cashier().state).toBe('ready')
    await lan.mend()
    await second.untilTerminal(view => view.lastSales[0]?.record === recordId.parse(priced.checkIn))
    await online()
    expect(first.terminal().lastSales[0]).toMatchObject({ record: priced.checkIn, voided: false })
    await untilSubsidy(one.id, 600)
  })
})

describe('when the first till is taken off the list', () => {
  it('what it was asked to sell is said until staff put that away, and settled all the same where it comes back', async () => {
    const one = somebody()
    const priced = await present(second, one)
    lan.stall(() => undefined)
    expect(await confirm(second, priced)).toEqual({ result: 'price-changed' })
    await lan.cut()
    const alone = await second.untilCashier(
      (view): view is PricedView => isPriced(view) && view.checkIn !== priced.checkIn,
    )
    expect(await confirm(second, alone)).toMatchObject({ result: 'recorded' })
    await second.client.dismiss()
    await lines[0].cut()
    const name = first.terminal().terminal
    await province.rows('update terminal set struck_off = true where terminal_id = $1', [name])
    const gone = await vi.waitFor(async () => {
      await second.client.syncNow()
      const notice = second.terminal().notices.find(({ code }) => code === 'LANE_GONE')
      expect(notice).toBeDefined()
      return notice
    }, 60_000)
    expect(gone?.values).toMatchObject({ count: 1, terminal: name })
    expect(codes(second)).not.toContain('LANE_UNHEARD')
    expect(await second.client.putLaneVisitsAway()).toEqual({ result: 'done' })
    await second.untilTerminal(view => view.notices.every(({ code }) => code !== 'LANE_GONE'))

    await province.rows('update terminal set struck_off = false where terminal_id = $1', [name])
    lan.loseAnswers(0)
    await lan.mend()
    await vi.waitFor(async () => {
      await second.client.syncNow()
      const sale = first.terminal().lastSales.find(({ record }) => record === recordId.parse(priced.checkIn))
      expect(sale?.voided).toBe(true)
    }, 60_000)
    await online()
  }, 180_000)
})
