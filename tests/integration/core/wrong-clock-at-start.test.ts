import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest'
import { addDays, businessDate, businessDateOf } from '../../../shared/business-day.ts'
import { canteenMembers, noonOf } from '../../support/afterwards-house.ts'
import { type CuttableLine, cuttableLine } from '../../support/cuttable-line.ts'
import { openProvinceHouse, type ProvinceHouse } from '../../support/province-house.ts'
import { openTerminalInProcess } from '../../support/terminal-in-process.ts'
import type { Till } from '../../support/till.ts'

/** A till that was switched off comes up with a clock far ahead of all that it knows: it lay there so long, or the clock is wrong. */
const firstDay = businessDate.parse('2026-11-20')
const folder = mkdtempSync(join(tmpdir(), 'aixin-wrong-clock-'))
const stick = mkdtempSync(join(tmpdir(), 'aixin-stick-'))
const line: CuttableLine = cuttableLine()
let province: ProvinceHouse
let code: Awaited<ReturnType<ProvinceHouse['code']>>

beforeAll(async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: noonOf(firstDay) })
  province = await openProvinceHouse({ lunchAllDay: true })
  code = await province.code()
  code = { ...code, address: await line.open(code.address) }
  await running({}, async till => {
    await till.untilTerminal(view => view.roster.members > 0 && view.menu.length > 0 && view.unsent.count === 0)
    const ids = canteenMembers.map(({ id }) => id)
    const leased = 'select count(distinct senior_id) from lease_state where senior_id = any($1)'
    await vi.waitFor(async () => expect(await province.number(leased, [ids])).toBe(ids.length), 60_000)
    await till.client.syncNow()
  })
}, 240_000)
afterAll(async () => {
  await line.cut()
  await province?.close()
  for (const made of [folder, stick]) rmSync(made, { recursive: true, force: true })
  vi.useRealTimers()
})
beforeEach(() => vi.setSystemTime(noonOf(firstDay)))

/** One run of the till; @param clockOff how far (ms) its clock is ahead of the province's */
async function running(start: { clockOff?: number }, during: (till: Till) => Promise<void>): Promise<void> {
  const terminal = await openTerminalInProcess({ dataDir: folder, enrolmentCode: code, usbFolders: [stick], ...start })
  try {
    await during(terminal.till)
  } finally {
    await terminal.stop()
  }
}
const days = (count: number) => vi.setSystemTime(noonOf(addDays(firstDay, count)))
const today = () => businessDateOf(Date.now())
const recorded = async () => await province.rows('select kind, business_date, code from ledger order by seq')

/** Somebody whose rights this till holds stands at the other site, which wants one of them. */
async function isWantedElsewhere(place: number): Promise<void> {
  const senior = canteenMembers[place]
  if (senior === undefined) throw new Error('the demo has too few members')
  const one = [{ limit: 'meal', label: `${today()}/lunch`, amount: 1 }]
  const away = await province.terminal('demo-riverside')
  await away.ask({ senior: senior.id, pack: 'DEMO', generation: 1, epoch: 1, totals: one, debits: one })
}

it('a clock more than a year ahead sells nothing and dates nothing, though the province asks rights back', async () => {
  days(1)
  await isWantedElsewhere(20)
  const before = await recorded()
  await running({ clockOff: 400 * 86_400_000 }, async till => {
    const { stopped } = await till.untilTerminal(view => view.clockJump !== null && view.network.state === 'online')
    expect(stopped?.code).toBe('CLOCK_JUMPED')
    await till.client.syncNow()
    expect(till.terminal().businessDate).toBe(today())
    expect(await till.client.startGuest()).toMatchObject({ notice: { code: 'CLOCK_JUMPED' } })
    expect(await till.client.usbBack({ path: stick })).toMatchObject({ notice: { code: 'CLOCK_JUMPED' } })
  })
  expect(await recorded()).toEqual(before)
}, 60_000)

it('and once it is right, the till goes on by itself with the right date, and answers', async () => {
  days(1)
  await running({}, async till => {
    await till.untilTerminal(({ stopped, network }) => stopped === null && network.state === 'online')
    expect(till.terminal().businessDate).toBe(today())
    const releases = async () => (await recorded()).filter(({ kind }) => kind === 'right-change')
    await expect.poll(async () => (await releases()).length, { timeout: 20_000 }).toBeGreaterThan(0)
    expect((await releases()).map(row => row.business_date)).toEqual([today()])
  })
  expect((await recorded()).map(({ kind }) => kind)).not.toContain('clock-set')
}, 60_000)

it('a month switched off asks nobody where the province’s time is the same', async () => {
  days(30)
  await running({}, async till => {
    await till.untilTerminal(view => view.businessDate === today() && view.stopped === null)
  })
  expect((await recorded()).map(({ kind }) => kind)).not.toContain('clock-set')
}, 60_000)

it('a long weekend asks nobody', async () => {
  days(33)
  await line.cut()
  await running({}, async till => {
    expect(till.terminal()).toMatchObject({ businessDate: today(), stopped: null, clockJump: null })
  })
}, 60_000)

it('a month switched off without a network takes one word of the staff', async () => {
  days(65)
  await running({}, async till => {
    const { clockJump, operators } = await till.untilTerminal(view => view.clockJump !== null)
    const operator = operators[0]?.id
    if (operator === undefined || clockJump === null) throw new Error('nobody is asked')
    expect(businessDateOf(clockJump.before)).toBe(addDays(firstDay, 33))
    expect(await till.client.confirmClock({ operator, date: clockJump.date })).toEqual({ result: 'done' })
    await till.untilTerminal(view => view.businessDate === today() && view.stopped === null)
    expect(await till.client.openShift({ operator, date: today() })).toEqual({ result: 'done' })
    await line.mend()
    await till.client.syncNow()
    await till.untilTerminal(({ unsent, network }) => unsent.count === 0 && network.state === 'online')
  })
  const rows = await recorded()
  expect(rows.filter(({ kind }) => kind === 'clock-set')).toEqual([
    { kind: 'clock-set', business_date: today(), code: null },
  ])
  expect(rows.filter(row => row.code !== null)).toEqual([])
}, 60_000)
