import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { businessDateOf } from '../../../shared/business-day.ts'
import { canteenMembers, noonOf } from '../../support/afterwards-house.ts'
import { openProvinceHouse, type ProvinceHouse } from '../../support/province-house.ts'
import { openTerminalInProcess } from '../../support/terminal-in-process.ts'
import { handOver, isPriced, type Till } from '../../support/till.ts'

/** A till hears the province on the first day of a month; then somebody sets its clock to the last day of the month before. */
const folder = mkdtempSync(join(tmpdir(), 'aixin-back-dated-'))
let province: ProvinceHouse
let code: Awaited<ReturnType<ProvinceHouse['code']>>
let terminal: Awaited<ReturnType<typeof openTerminalInProcess>>
let till: Till

async function start(clockOff: number): Promise<void> {
  terminal = await openTerminalInProcess({ dataDir: folder, enrolmentCode: code, clockOff })
  till = terminal.till
}
beforeAll(async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: noonOf('2026-11-27') })
  province = await openProvinceHouse({ lunchAllDay: true })
  code = await province.code()
  await start(0)
  await till.untilTerminal(view => view.roster.members > 0 && view.menu.length > 0 && !view.roster.stale)
  const ids = canteenMembers.map(({ id }) => id)
  const leased = 'select count(distinct senior_id) from lease_state where senior_id = any($1)'
  await vi.waitFor(async () => expect(await province.number(leased, [ids])).toBe(ids.length), 60_000)
  await till.client.syncNow()
}, 240_000)
afterAll(async () => {
  await terminal?.stop()
  await province?.close()
  rmSync(folder, { recursive: true, force: true })
  vi.useRealTimers()
})

async function eat(place: number) {
  await till.client.openDesk()
  const senior = canteenMembers[place]?.id
  if (senior === undefined) throw new Error('the demo has too few members')
  await till.client.chooseSenior({ senior })
  await till.client.serveSenior()
  const { checkIn, digest } = await till.untilCashier(isPriced)
  const result = await till.client.confirm({ checkIn, digest })
  if (result.result !== 'recorded') throw new Error(`not recorded: ${result.result}`)
  return result.sale
}

it('a clock that is set back over a restart sells under the date on which the province was heard', async () => {
  vi.setSystemTime(noonOf('2026-12-01'))
  await till.untilTerminal(({ roster }) => businessDateOf(roster.syncedAt ?? 0) === '2026-12-01')
  await terminal.stop()
  await start(-86_400_000)
  const { businessDate, operators, stopped } = till.terminal()
  expect([businessDate, stopped]).toEqual(['2026-12-01', null])
  const [operator] = operators
  if (operator === undefined) throw new Error('the site has no operator')
  await handOver(till)
  expect(await till.client.openShift({ operator: operator.id, date: businessDate })).toEqual({ result: 'done' })
  const { record } = await eat(31)
  await till.client.syncNow()
  await till.untilTerminal(({ unsent, network }) => unsent.count === 0 && network.state === 'online')
  const rows = await province.rows('select business_date, verdict from ledger where record_id = $1', [record])
  expect(rows).toEqual([{ business_date: '2026-12-01', verdict: 'accepted' }])
}, 120_000)
