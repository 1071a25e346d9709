import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { mayPlay } from '../../../electron/kiosk.ts'
import type { DemoSenior } from '../../../province/demo-people.ts'
import { patience, people } from '../../e2e/dignity/everybody.ts'
import { buildPages } from '../../support/kiosk-browser.ts'
import { type KioskHouse, openKioskHouse, seniorPin } from '../../support/kiosk-house.ts'
import { listenTo } from '../../support/page-ear.ts'
import { heardOn, lookOf } from '../../support/public-look.ts'

/** Nobody beside a kiosk learns who pays less: everything on it is the same for everybody but its figures and the surname. */

let place: KioskHouse
let pages: Awaited<ReturnType<typeof buildPages>>
let browser: Browser
let page: Page
const closing: (() => unknown)[] = []

beforeAll(async () => {
  pages = await buildPages()
  closing.push(pages.remove)
  place = await openKioskHouse(
    people.map(([, senior]) => senior),
    { rendererDir: pages.folder },
  )
  closing.push(place.close)
  browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), mayPlay],
  })
  closing.push(() => browser.close())
  page = await browser.newPage({ viewport: { width: 1280, height: 800 } })
  await listenTo(page)
  await page.goto(place.house.host.launchUrl('kiosk.html'))
  await page.locator('[data-state="idle"]').waitFor(patience)
})
afterAll(async () => {
  for (const close of closing.reverse()) await close()
})

/** Keys rest for a moment after each change of the screen. */
const settled = () => page.waitForFunction(() => document.querySelector('button:disabled') === null)
const touch = async (name: string) => {
  await settled()
  await page.locator(`[data-key="${name}"]`).click()
}

const untilHeard = (what: string, since: number) =>
  expect.poll(async () => (await heardOn(page, since)).join(), patience).toContain(what)

async function visit(senior: DemoSenior): Promise<readonly (readonly string[])[]> {
  const since = await page.evaluate(() => window.ear?.heard.length ?? 0)
  const [surname = ''] = senior.name
  await place.staff.client.simulate({ senior: senior.id, present: 'card' })
  await page.locator('[data-key="pin"]').waitFor(patience)
  await settled()
  const asked = await lookOf(page, surname)
  await touch('pin')
  for (const digit of seniorPin)
    await page.locator('[data-pin-pad] button', { hasText: new RegExp(`^${digit}$`) }).click()
  await page.locator('[data-own-pay]').waitFor(patience)
  await settled()
  const priced = await lookOf(page, surname)
  await untilHeard('look-at-price', since)
  await touch('take')
  await page.locator('[data-state="confirmed"]').waitFor(patience)
  await settled()
  const confirmed = await lookOf(page, surname)
  await untilHeard('take-meal', since)
  await touch('done')
  await page.locator('[data-state="idle"]').waitFor(patience)
  return [asked, priced, confirmed, await heardOn(page, since)]
}

const seen: (readonly (readonly string[])[])[] = []

test.each(people)('%s: every step looks and sounds as for everybody', async (_, senior) => {
  seen.push(await visit(senior))
  expect(seen.at(-1)).toEqual(seen[0])
  const heard = seen.at(-1)?.at(-1)?.join() ?? ''
  // The price, the two notes of the confirmation, and its sentence.
  for (const what of ['look-at-price', '659 Hz', '988 Hz', 'take-meal']) expect(heard).toContain(what)
})
