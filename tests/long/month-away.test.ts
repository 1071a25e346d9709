import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { demoSeniors } from '../../province/demo-people.ts'
import { addDays, businessDateOf } from '../../shared/business-day.ts'
import { type CuttableLine, cuttableLine } from '../support/cuttable-line.ts'
import { openProvinceHouse, type ProvinceHouse } from '../support/province-house.ts'
import { openTerminalInProcess } from '../support/terminal-in-process.ts'
import { isPriced, type Till } from '../support/till.ts'

const daysAway = 35
const today = businessDateOf(Date.now())
const noonOn = (day: number) => Date.parse(`${addDays(today, day)}T12:00:00+08:00`)
const members = demoSeniors()
  .filter(({ homeSite, expected, cards }) => homeSite === 'demo-canteen' && expected.fen === 600 && cards.length > 0)
  .slice(0, 20)
const line: CuttableLine = cuttableLine()
let province: ProvinceHouse
let folder: string
let terminal: { till: Till; stop(): Promise<void> }
const till = () => terminal.till

async function openShift(): Promise<void> {
  const view = till().terminal()
  const [operator] = view.operators
  if (operator === undefined) throw new Error('the site has no operators')
  expect(await till().client.openShift({ operator: operator.id, date: businessDateOf(Date.now()) })).toEqual({
    result: 'done',
  })
}

/** One meal of somebody whom staff find at the desk. */
async function eat(senior: (typeof members)[number]) {
  await till().client.openDesk()
  await till().client.chooseSenior({ senior: senior.id })
  await till().client.serveSenior()
  const priced = await till().untilCashier(isPriced)
  const result = await till().client.confirm({ checkIn: priced.checkIn, digest: priced.digest })
  if (result.result !== 'recorded') throw new Error(`not recorded: ${JSON.stringify(result)}`)
  await till().client.dismiss()
  return priced
}

beforeAll(async () => {
  // The clock of terminal and province alike; timers go on as they are.
  vi.useFakeTimers({ toFake: ['Date'], now: noonOn(0) })
  folder = mkdtempSync(join(tmpdir(), 'aixin-village-'))
  province = await openProvinceHouse({ lunchAllDay: true })
  await province.rows("update site set body = jsonb_set(body::jsonb, '{leaseClass}', '\"village\"')::text")
  const code = await province.code()
  terminal = await openTerminalInProcess({
    dataDir: folder,
    enrolmentCode: { ...code, address: await line.open(code.address) },
  })
  await till().untilTerminal(view => view.roster.members > 0 && view.menu.length > 0 && !view.roster.stale)
  const leased = 'select count(distinct senior_id) from lease_state where senior_id = any($1)'
  const ids = members.map(({ id }) => id)
  await vi.waitFor(async () => expect(await province.number(leased, [ids])).toBe(members.length), 60_000)
  await vi.waitFor(() => till().client.syncNow(), 60_000)
}, 600_000)
afterAll(async () => {
  await terminal?.stop()
  await line.cut()
  await province?.close()
  rmSync(folder, { recursive: true, force: true })
  vi.useRealTimers()
})

test(`a village without a network for ${daysAway} days, over the end of a month, subsidises at least 99 of 100 meals that are due, and no cap is exceeded when it is heard`, async () => {
  await openShift()
  const meals = { due: 0, subsidised: 0 }
  await line.cut()
  for (let day = 0; day <= daysAway; day += 1) {
    vi.setSystemTime(noonOn(day))
    if (day > 0) await openShift()
    for (const senior of members) {
      const { subsidyFen, pendingFen } = await eat(senior)
      if (subsidyFen > 0 || pendingFen > 0) meals.due += 1
      if (subsidyFen > 0) meals.subsidised += 1
    }
  }
  expect(meals.due).toBeGreaterThan(400)
  expect(meals.subsidised / meals.due).toBeGreaterThanOrEqual(0.99)

  const waiting = till().terminal().unsent.count
  expect(waiting).toBe(members.length * (daysAway + 1))
  await line.mend()
  await till().client.syncNow()
  await till().untilTerminal(({ unsent }) => unsent.count === 0)
  expect(await province.rows("select code, count(*)::int from ledger where kind = 'sale' group by 1")).toEqual([
    { code: null, count: waiting },
  ])
  console.log(`${waiting} meals without a network, ${meals.due} of them due, ${meals.subsidised} subsidised`)
}, 1_200_000)
