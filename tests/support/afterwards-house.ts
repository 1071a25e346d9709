import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, vi } from 'vitest'
import { demoSeniors } from '../../province/demo-people.ts'
import { businessDateOf } from '../../shared/business-day.ts'
import type { SeniorId } from '../../shared/ids.ts'
import type { TenderKind } from '../../shared/site.ts'
import { type CuttableLine, cuttableLine } from './cuttable-line.ts'
import { openProvinceHouse, type ProvinceHouse } from './province-house.ts'
import { openTerminalInProcess } from './terminal-in-process.ts'
import { handOver, isPriced, type Till } from './till.ts'

/** Members of the demo canteen whom city, district and street subsidise: 7.50 of 15.00 a meal is theirs. */
export const canteenMembers = demoSeniors().filter(
  ({ homeSite, expected, cards }) => homeSite === 'demo-canteen' && expected.fen === 600 && cards.length > 0,
)

/** Noon of a date in Shanghai, in ms. */
export const noonOf = (date: string) => Date.parse(`${date}T12:00:00+08:00`)

/**
 * The real core and the real province in the test's process, whose clock is the test's too; nothing is ready before `setTo` and `openShift`.
 * @param day business date on which it begins
 * @param options.watchClock a day that is set is a jump of the terminal's clock, not a day that went by
 */
export async function openAfterwardsHouse(day: string, options: { watchClock?: boolean } = {}) {
  vi.useFakeTimers({ toFake: ['Date'], now: noonOf(day) })
  const folder = mkdtempSync(join(tmpdir(), 'aixin-afterwards-'))
  const line: CuttableLine = cuttableLine()
  const province: ProvinceHouse = await openProvinceHouse({ lunchAllDay: true })
  const code = await province.code()
  const terminal = await openTerminalInProcess({
    dataDir: folder,
    enrolmentCode: { ...code, address: await line.open(code.address) },
    ...options,
  })
  const { till }: { till: Till } = terminal
  await till.untilTerminal(view => view.roster.members > 0 && view.menu.length > 0 && !view.roster.stale)
  const leased = 'select count(distinct senior_id) from lease_state where senior_id = any($1)'
  const ids = canteenMembers.map(({ id }) => id)
  await vi.waitFor(async () => expect(await province.number(leased, [ids])).toBe(ids.length), 60_000)
  await till.client.syncNow()
  return {
    folder,
    line,
    province,
    till,
    setTo: (date: string) => vi.setSystemTime(noonOf(date)),
    async openShift(operator = 0): Promise<void> {
      const who = till.terminal().operators[operator]
      if (who === undefined) throw new Error('the site has no such operator')
      await handOver(till)
      expect(await till.client.openShift({ operator: who.id, date: businessDateOf(Date.now()) })).toEqual({
        result: 'done',
      })
    },
    /** One meal of somebody whom staff find at the desk. */
    async eat(senior: { id: SeniorId }, tender: TenderKind = 'cash') {
      await till.client.openDesk()
      await till.client.chooseSenior({ senior: senior.id })
      await till.client.serveSenior()
      await till.client.chooseTender({ tender })
      const priced = await till.untilCashier((view): view is Extract<typeof view, { state: 'priced' }> =>
        isPriced(view) ? view.tender === tender : false,
      )
      const result = await till.client.confirm({ checkIn: priced.checkIn, digest: priced.digest })
      if (result.result !== 'recorded') throw new Error(`not recorded: ${JSON.stringify(result)}`)
      await till.client.dismiss()
      return result.sale
    },
    async allSent(): Promise<void> {
      await till.client.syncNow()
      await till.untilTerminal(({ unsent, network }) => unsent.count === 0 && network.state === 'online')
    },
    /** What the claims say of a month for the canteen, by fund. */
    async claims(month: string): Promise<Record<string, unknown>[]> {
      return await province.rows(
        `select fund, served_fen::int as served, taken_back_fen::int as back, held_fen::int as held from claim_month
          where month = $1 and site_id = 'demo-canteen' order by fund`,
        [month],
      )
    },
    async stop(): Promise<void> {
      await terminal.stop()
    },
    async close(): Promise<void> {
      await line.cut()
      await province.close()
      rmSync(folder, { recursive: true, force: true })
      vi.useRealTimers()
    },
  }
}

export type AfterwardsHouse = Awaited<ReturnType<typeof openAfterwardsHouse>>
