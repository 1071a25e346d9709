import { afterAll, beforeAll, expect, test } from 'vitest'
import type { DemoSenior } from '../../../province/demo-people.ts'
import type { CashierView, PricedView } from '../../../shared/terminal-api.ts'
import type { PaperRead } from '../../support/escpos-reader.ts'
import { listenTo } from '../../support/page-ear.ts'
import { openSocketPrinter, type SocketPrinter } from '../../support/printer-on-a-socket.ts'
import { heardOn, lookOf } from '../../support/public-look.ts'
import { changeSettings } from '../../support/station-lead.ts'
import { type Counter, openCounter } from '../check-in/counter.ts'
import { oneOfEach, patience, people } from './everybody.ts'

/** Nobody beside the till learns who pays less: everything public is the same for everybody but its figures and the surname. */

const [dibao, , , , over80, , over60] = oneOfEach(1)
const isPriced = (view: CashierView): view is PricedView => view.state === 'priced'
const isConfirmed = (view: CashierView): view is Extract<CashierView, { state: 'confirmed' }> =>
  view.state === 'confirmed'
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
        .replaceAll(/\d+(?:[.:]\d+)*/g, '0')
        .replaceAll(/ +/g, ' ')}`,
  )

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
