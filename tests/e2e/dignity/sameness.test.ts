import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { mayPlay } from '../../../electron/kiosk.ts'
import { type DemoSenior, demoSeniors } from '../../../province/demo-people.ts'
import type { CashierView, PricedView } from '../../../shared/terminal-api.ts'
import type { PaperRead } from '../../support/escpos-reader.ts'
import { buildPages } from '../../support/kiosk-browser.ts'
import { type KioskHouse, openKioskHouse, seniorPin } from '../../support/kiosk-house.ts'
import { listenTo } from '../../support/page-ear.ts'
import { openSocketPrinter, type SocketPrinter } from '../../support/printer-on-a-socket.ts'
import { heardOn, lookOf } from '../../support/public-look.ts'
import { changeSettings } from '../../support/station-lead.ts'
import { type Counter, openCounter } from '../check-in/counter.ts'

/** Nobody beside the till learns who pays less: everything public is the same for everybody but its figures and the surname. */

/** One of each: every category and none, every age of the scheme, another district, another city. @param turn another one of each */
function oneOfEach(turn = 0): [who: string, senior: DemoSenior][] {
  const age = ({ person }: DemoSenior) => new Date().getFullYear() - Number(person.birthDate.slice(0, 4))
  const category = ({ person }: DemoSenior) => person.categories[0]?.id
  const away = ({ person }: DemoSenior) => person.household?.city !== '禾光市'
  const district = ({ person }: DemoSenior) => person.household?.district !== '东亭区'
  const plain = (senior: DemoSenior) => category(senior) === undefined && !away(senior) && !district(senior)
  const kinds: [string, (senior: DemoSenior) => boolean][] = [
    ['dibao', senior => category(senior) === 'dibao'],
    ['tekun', senior => category(senior) === 'tekun'],
    ['disability_1', senior => category(senior) === 'disability_1'],
    ['disability_2', senior => category(senior) === 'disability_2'],
    ['nobody of a category, over 80', senior => plain(senior) && age(senior) > 80],
    ['over 70', senior => plain(senior) && age(senior) > 70 && age(senior) < 80],
    ['over 60', senior => plain(senior) && age(senior) > 60 && age(senior) < 70],
    ['under 60', senior => plain(senior) && age(senior) < 60],
    ['of another district', senior => !away(senior) && district(senior)],
    ['of another city', away],
  ]
  const members = demoSeniors()
    .slice(5)
    .filter(({ homeSite, cards, name }) => homeSite === 'demo-canteen' && cards.length === 1 && name.length < 4)
  return kinds.map(([who, is]) => {
    const senior = members.filter(is)[turn]
    if (!senior) throw new Error(`the demo has nobody ${who}`)
    return [who, senior]
  })
}

const people = oneOfEach()
const [dibao, , , , over80, , over60] = oneOfEach(1)
const isPriced = (view: CashierView): view is PricedView => view.state === 'priced'
const isConfirmed = (view: CashierView): view is Extract<CashierView, { state: 'confirmed' }> =>
  view.state === 'confirmed'
const patience = { timeout: 60_000 }
const own = ({ expected }: DemoSenior) => (expected.subsidies.length === 0 ? null : (1350 - expected.fen) / 100)

/** What everybody beside the till sees, hears and may pick up of one visit. */
interface Public {
  readonly priced: readonly string[]
  readonly confirmed: readonly string[]
  readonly heard: readonly string[]
  readonly paper: readonly string[]
}

const clips = (heard: readonly string[], are: boolean) =>
  heard.filter(one => (one.includes('/number-') || one.includes('/unit-') ? are : !are))

test('the people differ in what they pay', () => {
  expect(new Set(people.map(([, senior]) => own(senior))).size).toBeGreaterThan(3)
})

/** The lines of a receipt with figures, number and surname masked. */
const linesOf = (paper: PaperRead | undefined, surname: string) =>
  (paper?.lines ?? []).map(
    ({ text, large }) =>
      `${large ? 'large ' : ''}${text
        .replaceAll(new RegExp(`${surname}(?:女士|先生)`, 'g'), '某某')
        .replace(/[0-9A-Z]{2,}(?:-[0-9A-Z]+)+/, 'number')
        .replaceAll(/-?\d+(?:[.:]\d+)*/g, '0')
        .replaceAll(/ +/g, ' ')}`,
  )

describe('at a counter', () => {
  let printer: SocketPrinter
  let counter: Counter
  let printed = 0

  beforeAll(async () => {
    printer = await openSocketPrinter()
    counter = await openCounter({
      printer: { tcp: { host: '127.0.0.1', port: printer.port }, paper: 58, when: 'always' },
      before: listenTo,
    })
    // A person confirms, so that each state stands as long as it is looked at.
    await changeSettings(counter.till, { what: 'entry-pause', seconds: null })
  })
  afterAll(async () => {
    await counter?.close()
    await printer?.close()
  })

  async function visit(senior: DemoSenior): Promise<Public> {
    const { till, customer } = counter
    const { page } = customer
    const since = await page.evaluate(() => window.ear?.heard.length ?? 0)
    await till.client.simulate({ senior: senior.id, present: 'card' })
    const { checkIn, digest } = await till.untilCashier(isPriced)
    await page.locator('[data-state="priced"]').waitFor(patience)
    // A word on the person before stands there for some seconds, for everybody.
    await page.getByText('上一位已好').waitFor({ state: 'detached', ...patience })
    const [surname = ''] = senior.name
    const priced = await lookOf(page, surname)
    const count = () => page.evaluate(() => window.ear?.heard.length ?? 0)
    await expect.poll(count, patience).toBeGreaterThan(since)
    expect(await till.client.confirm({ checkIn, digest })).toMatchObject({ result: 'recorded' })
    await till.untilCashier(isConfirmed)
    await page.locator('[data-state="confirmed"]').waitFor(patience)
    const confirmed = await lookOf(page, surname)
    await expect.poll(async () => (await heardOn(page, since)).join(), patience).toContain('take-meal')
    printed += 1
    const paper = (await printer.untilPapers(printed)).at(-1)
    await till.client.dismiss()
    await page.locator('[data-state="idle"]').waitFor(patience)
    return { priced, confirmed, heard: await heardOn(page, since), paper: linesOf(paper, surname) }
  }

  const seen = new Map<string, Public>()
  const first = () => seen.get(people[0]?.[0] ?? '')

  test.each(people)('%s: screen, colours, layout, sounds and receipt are those of everybody', async (who, senior) => {
    seen.set(who, await visit(senior))
    expect(seen.get(who)).toEqual(first())
  })

  test('what was compared is a whole screen, a sentence, and a receipt', () => {
    expect(first()?.priced.length).toBeGreaterThan(30)
    expect(first()?.heard.filter(one => one.includes('.wav'))).toHaveLength(2)
    expect(first()?.paper.join('\n')).toContain('实付')
  })

  test('with amounts aloud only the clips of the figure differ', async () => {
    await changeSettings(counter.till, { what: 'spoken-amounts', on: true })
    const visits: Public[] = []
    for (const one of [dibao, over80, over60]) if (one) visits.push(await visit(one[1]))
    const bare = ({ heard }: Public) => ({ heard: clips(heard, false) })
    const aloud = visits.map(({ heard }) => clips(heard, true).join())
    expect(visits.map(seen => ({ ...seen, ...bare(seen) }))).toEqual(
      visits.map(() => ({ ...visits[0], ...bare(visits[0] as Public) })),
    )
    expect(new Set(aloud).size).toBe(2)
  })
})

describe('at a kiosk', () => {
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
    await touch('take')
    await page.locator('[data-state="confirmed"]').waitFor(patience)
    await settled()
    const confirmed = await lookOf(page, surname)
    await touch('done')
    await page.locator('[data-state="idle"]').waitFor(patience)
    return [asked, priced, confirmed, await heardOn(page, since)]
  }

  const seen: (readonly (readonly string[])[])[] = []

  test.each(people)('%s: every step looks and sounds as for everybody', async (_, senior) => {
    seen.push(await visit(senior))
    expect(seen.at(-1)).toEqual(seen[0])
  })
})
