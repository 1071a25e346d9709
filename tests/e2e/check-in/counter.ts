import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect, vi } from 'vitest'
import { type DemoSenior, demoSeniors } from '../../../province/demo-people.ts'
import type { SeniorId } from '../../../shared/ids.ts'
import { fen, formatYuan } from '../../../shared/money.ts'
import { demoCodeReply } from '../../../shared/province-api.ts'
import { type LedgerRecord, ledgerRecord } from '../../../shared/record.ts'
import { type DemoHouse, type DemoHouseOptions, openDemoHouse } from '../../support/demo-house.ts'
import { buildPages, type KioskCamera, openKioskBrowser, type Screen } from '../../support/kiosk-browser.ts'
import { readLedger } from '../../support/read-ledger.ts'
import type { Till } from '../../support/till.ts'

/** A demo site whose two pages stand in a real browser. */
export interface Counter {
  readonly house: DemoHouse
  /** The folder of the built pages. */
  readonly pages: string
  /** Looks over the cashier's shoulder, and presses where a test needs no mouse. */
  readonly till: Till
  readonly cashier: Screen
  readonly customer: Screen
  /** The same till before another camera. */
  standBefore(camera: KioskCamera): Promise<void>
  close(): Promise<void>
}

export async function openCounter(
  options: Omit<DemoHouseOptions, 'rendererDir'> & {
    camera?: KioskCamera
    profileInData?: boolean
    /** The cashier's screen can be touched. */
    touch?: boolean
    /** What is done to each page before it is opened. */
    before?: (page: Page) => Promise<void>
  } = {},
): Promise<Counter> {
  const { camera = 'none', profileInData = false, touch = false, before, ...houseOptions } = options
  const withBefore = { touch, ...(before === undefined ? {} : { before }) }
  const opened: (() => unknown)[] = []
  async function close(): Promise<void> {
    for (const end of opened.splice(0).reverse()) await end()
  }
  try {
    const pages = await buildPages()
    opened.push(pages.remove)
    const house = await openDemoHouse({ ...houseOptions, rendererDir: pages.folder })
    opened.push(house.close)
    const till = await house.openTill()
    opened.push(till.close)
    // Where a kiosk keeps its browser's profile.
    const profile = profileInData ? { profileDir: join(house.dataDir, 'browser') } : {}
    let browser = await openKioskBrowser(house.host, { camera, ...profile, ...withBefore })
    opened.push(() => browser.close())
    return {
      house,
      pages: pages.folder,
      till,
      get cashier() {
        return browser.cashier
      },
      get customer() {
        return browser.customer
      },
      async standBefore(next) {
        await browser.close()
        browser = await openKioskBrowser(house.host, { camera: next, ...profile, ...withBefore })
      },
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}

const patience = { timeout: 60_000, interval: 50 }

/** Waits until words have stood on a screen, be it for a moment; `since` is how much of its history does not count. */
export async function untilSeen(screen: Screen, words: string | RegExp, since = 0): Promise<void> {
  await vi.waitFor(async () => {
    const seen = (await screen.history()).slice(since)
    const isSeen = seen.some(text => (typeof words === 'string' ? text.includes(words) : words.test(text)))
    // Only what stands there now: the whole history fills pages.
    expect(isSeen, `${words} was not seen; now: ${seen.at(-1) ?? 'nothing new'}`).toBe(true)
  }, patience)
}

/** Waits until words stand on a page. */
export async function untilShown(page: Page, words: string): Promise<void> {
  await page.getByText(words).first().waitFor({ timeout: patience.timeout })
}

/** Waits until the sale before has left the cashier's screen; what stands there from now on belongs to the next person. */
export async function nextPlease({ page, history }: Screen): Promise<number> {
  await page.locator('[data-middle="confirmed"]').waitFor({ state: 'detached' })
  return (await history()).length
}

/** Waits for a price that stays until somebody presses a key. */
export async function untilPrice(page: Page, ownPay: string): Promise<void> {
  await page.locator(`[data-own-pay="${ownPay}"]`).waitFor({ timeout: patience.timeout })
}

/** Waits until all that is recorded has been acknowledged. */
export async function untilAllSent({ till }: Counter): Promise<void> {
  await till.untilTerminal(view => view.unsent.count === 0 && view.network.state === 'online')
}

/** Members of the site with a card and a subsidy, each handed out once. */
export function members(): () => DemoSenior {
  const waiting = demoSeniors().filter(
    senior => senior.homeSite === 'demo-canteen' && senior.cardNumber !== null && senior.expected.fen > 0,
  )
  // The first are the cast of the simulator, with a card that is lost among them.
  let next = 20
  return () => {
    const member = waiting[next++]
    if (member === undefined) throw new Error('every member has eaten')
    return member
  }
}

/** What a member pays for the default set: 15.00, less a tenth, less the subsidies. */
export function ownPayOf(senior: DemoSenior): string {
  return formatYuan(fen(1350 - senior.expected.fen))
}

/** The demo province's own code for a person. */
export async function mintCode(house: DemoHouse, senior: SeniorId, kind: 'dynamic' | 'paper'): Promise<string> {
  const reply = await fetch(new URL('/v1/demo/codes', house.province.province.address), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ senior, kind }),
  })
  return demoCodeReply.parse(await reply.json()).text
}

export type SaleRecord = Extract<LedgerRecord, { kind: 'sale' }>

/** All records of the terminal's own ledger, whose chain must hold. */
export async function recordsAtTerminal({ house }: Counter): Promise<LedgerRecord[]> {
  const { records, findings, pages } = await readLedger(house.dataDir)
  expect({ findings, pages }).toEqual({ findings: [], pages: 'ok' })
  return records
}

/** The sales of the terminal's own ledger. */
export async function salesAtTerminal(counter: Counter): Promise<SaleRecord[]> {
  return (await recordsAtTerminal(counter)).flatMap(record => (record.kind === 'sale' ? [record] : []))
}

/** The sales that the province holds, of one senior or of all, with what it thinks of each. */
export async function salesAtProvince(
  { house }: Counter,
  senior: SeniorId | null = null,
): Promise<{ record: SaleRecord; verdict: unknown; code: unknown }[]> {
  const rows = await house.province.rows(
    `select convert_from(record, 'UTF8') as text, verdict, code from ledger
      where kind = 'sale' and ($1::text is null or senior_id = $1) order by generation, seq`,
    [senior],
  )
  return rows.map(({ text, verdict, code }) => {
    const record = ledgerRecord.parse(JSON.parse(String(text)))
    if (record.kind !== 'sale') throw new Error('the province calls another record a sale')
    return { record, verdict, code }
  })
}

/** What the province owes for a senior, by fund. */
export async function claimOf({ house }: Counter, senior: SeniorId): Promise<Record<string, number>> {
  const rows = await house.province.rows(
    'select fund, sum(fen) as fen from claim_line where senior_id = $1 group by 1',
    [senior],
  )
  return Object.fromEntries(rows.map(({ fund, fen }) => [String(fund), Number(fen)]))
}

export function expectedClaim(senior: DemoSenior): Record<string, number> {
  return Object.fromEntries(senior.expected.subsidies.map(({ fund, fen }) => [fund, fen]))
}
