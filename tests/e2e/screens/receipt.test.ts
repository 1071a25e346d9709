import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { groupSlip } from '../../../electron/core/printing/group-slip.ts'
import { type ReceiptFacts, receiptSlip } from '../../../shared/receipt.ts'
import type { CustomerView } from '../../../shared/terminal-api.ts'
import { type ForkedDriver, forkDriver } from '../../support/driver-process.ts'
import { openSocketPrinter, type SocketPrinter } from '../../support/printer-on-a-socket.ts'
import { readReceipt, readRecorded } from '../../support/receipt-and-screen.ts'
import { root } from '../../support/source-files.ts'
import { customerSale } from './fixtures.ts'
import { buildStage, type Scene, type Stage } from './stage.ts'

type SaleNow = Extract<CustomerView['now'], { state: 'confirmed' | 'priced' }>

let stage: Stage
let scene: Scene
let printer: SocketPrinter
let driver: ForkedDriver

beforeAll(async () => {
  stage = await buildStage()
})
afterAll(() => stage.close())
beforeEach(async () => {
  printer = await openSocketPrinter()
  driver = forkDriver(join(root, 'electron/core/devices/receipt-printer/receipt-printer-driver.ts'))
})
afterEach(async () => {
  await scene.close()
  await driver.end()
  await printer.close()
})

const rare = (surname: string, set: string): Partial<SaleNow> => ({
  surname,
  title: 'male',
  set: { zh: set, en: 'Set' },
})
const sales: [string, Partial<SaleNow>][] = [
  ['a character of GBK', rare('喆', '镕记套餐')],
  ['a character of four bytes', rare('𠮷', '𠮷品餐')],
  ['signs of markup', rare('\\{~', '套餐 "|A_')],
  ['a meal that costs nothing', { offFen: 1500, ownPayFen: 0 }],
  ['a meal at the list price, with a claim', { offFen: 0, ownPayFen: 1500, pending: true }],
  ['a claim of before', { madeGoodFen: 600 }],
  ['cash', { tender: 'cash' }],
  ['a phone payment that nobody confirmed', { tender: 'outside' }],
  ['a phone payment that was confirmed', { tender: 'outside', phoneSettled: true }],
  ['a phone payment of nothing', { tender: 'outside', offFen: 1500, ownPayFen: 0 }],
  ['a guest', { surname: null, title: null }],
]

test.each(sales.flatMap(([name, sale]) => ([58, 80] as const).map(paper => [name, paper, sale] as const)))(
  '%s on %s mm paper, read from the bytes on a socket, is what the screen shows',
  async (_, paper, change) => {
    const view = customerSale('confirmed', change)
    if (view.now.state !== 'confirmed') throw new Error('no sale')
    const { now } = view
    scene = await stage.open({ page: 'customer.html', search: '', customer: view })
    const shown = await readRecorded(scene.page)

    const facts: ReceiptFacts = {
      ...{ at: now.at, number: '1-42', terminal: 'till-1', surname: now.surname, title: now.title, set: now.set },
      ...{ meal: view.meal?.name ?? null, listFen: now.listFen, offFen: now.offFen, ownPayFen: now.ownPayFen },
      ...{ phoneSettled: now.phoneSettled },
      ...{ tender: now.tender, cashRoundingFen: 0, pending: now.pending, madeGoodFen: now.madeGoodFen },
      standing: 'open',
    }
    const head = {
      siteName: view.siteName,
      fictional: false,
      english: false,
      usualTender: 'account',
      printedBefore: 0,
    } as const
    driver.send({ type: 'open', config: { at: { host: '127.0.0.1', port: printer.port }, paper } })
    driver.send({ type: 'print', job: '1', slip: receiptSlip(facts, head) })
    const [read] = await printer.untilPapers(1)
    if (!read) throw new Error('no paper')
    expect(shown.length).toBeGreaterThan(5)
    expect(readReceipt(read)).toEqual(shown)
    const whole = read.lines.map(({ text }) => text).join('')
    expect(whole).toContain('￥')
  },
)

test('the paper of a group, read from the bytes on a socket, is what the screen shows, in English line by line too', async () => {
  const sum = { surname: null, title: null, set: { zh: '套餐', en: 'Set' }, tender: 'cash' } as const
  const view = customerSale('confirmed', { ...sum, listFen: 3000, offFen: 750, ownPayFen: 2250 })
  if (view.now.state !== 'confirmed') throw new Error('no sale')
  const { at, listFen, ownPayFen } = view.now
  const lines = [
    { name: '王＊国', set: { zh: '𠮷品餐', en: 'Set A' }, dueFen: 750 },
    { name: null, set: { zh: '套餐 A', en: 'Set A' }, dueFen: 1500 },
  ]
  const record = { number: '1-42', terminal: 'till-1', meal: view.meal?.name ?? 'lunch', tender: sum.tender }
  const paid = { ...record, at, lines, listFen, ownPayFen, sumFen: 2250 }
  const head = { siteName: view.siteName, fictional: false }
  driver.send({ type: 'open', config: { at: { host: '127.0.0.1', port: printer.port }, paper: 58 } })
  driver.send({ type: 'print', job: '1', slip: groupSlip(paid, { ...head, english: false }) })
  driver.send({ type: 'print', job: '2', slip: groupSlip(paid, { ...head, english: true }) })
  const [chinese, both] = await printer.untilPapers(2)
  if (!chinese || !both) throw new Error('no paper')

  scene = await stage.open({ page: 'customer.html', search: '', customer: view })
  expect(readReceipt(chinese)).toEqual(await readRecorded(scene.page))
  expect(chinese.lines.map(({ text }) => text.replace(/ {2,}/, ' '))).toEqual(
    expect.arrayContaining(['王＊国 𠮷品餐 7.50', '访客 套餐 A 15.00']),
  )
  await scene.close()

  scene = await stage.open({ page: 'customer.html', search: '?lang=en', customer: view })
  const [person, ...rows] = await readRecorded(scene.page)
  const texts = both.lines.map(({ text }) => text.trim())
  // English stands beneath the line whose amount it tells of.
  const inEnglish = texts.map((text, place) =>
    [text.split(/ {2,}/)[0], texts[place - 1]?.split(/ {2,}/)[1]?.replace('￥', '')].join(' '),
  )
  expect(inEnglish).toEqual(expect.arrayContaining(rows.slice(0, 3)))
  expect(texts.map(text => text.split(/ {2,}/)[0])).toEqual(expect.arrayContaining([person, rows[3], 'Guest Set A']))
})
