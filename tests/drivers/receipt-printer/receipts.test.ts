import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { demoSeniors } from '../../../province/demo-people.ts'
import type { CustomerView, SaleView } from '../../../shared/terminal-api.ts'
import { type DemoHouse, openDemoHouse } from '../../support/demo-house.ts'
import { eat } from '../../support/people.ts'
import { openSocketPrinter, type SocketPrinter } from '../../support/printer-on-a-socket.ts'
import { isPriced, type Till } from '../../support/till.ts'

let printer: SocketPrinter
let house: DemoHouse
let till: Till

async function openWith(
  setting: { when?: 'always' | 'asked'; paper?: 58 | 80; english?: boolean } = {},
): Promise<void> {
  house = await openDemoHouse({
    printer: { tcp: { host: '127.0.0.1', port: printer.port }, paper: 58, when: 'always', ...setting },
  })
  till = await house.openTill()
}
beforeEach(async () => {
  printer = await openSocketPrinter()
})
afterEach(async () => {
  till?.close()
  await house?.close()
  await printer.close()
})

const members = demoSeniors().filter(
  senior => senior.homeSite === 'demo-canteen' && senior.cardNumber !== null && senior.expected.fen > 0,
)
const [member = members[0]] = members.slice(30)

async function serveGuest(): Promise<SaleView> {
  await till.client.dismiss()
  await till.client.startGuest()
  const priced = await till.untilCashier(isPriced)
  const result = await till.client.confirm({ checkIn: priced.checkIn, digest: priced.digest })
  if (result.result !== 'recorded') throw new Error(`not recorded: ${JSON.stringify(result)}`)
  return result.sale
}

/** The public screen as it stands now. */
async function customer(): Promise<CustomerView['now']> {
  for await (const view of await till.client.watchCustomer()) return view.now
  throw new Error('no view')
}

const receiptState = (sale: SaleView) =>
  till.terminal().printer?.receipts.find(({ record }) => record === sale.record)?.state
/** By views from after this call: the last one may be older than what was just asked for. */
async function untilPrintedNow(sale: SaleView): Promise<void> {
  for await (const { printer: now } of await till.client.watchTerminal())
    if (now?.receipts.some(({ record, state }) => record === sale.record && state === 'printed')) return
}
const untilReceipt = (sale: SaleView, state: string) => till.untilTerminal(() => receiptState(sale) === state)
const hasNotice = (code: string) => till.untilTerminal(view => view.notices.some(notice => notice.code === code))
const textsOf = (place: number) => printer.papers()[place]?.lines.map(line => line.text) ?? []
const amountsOf = (lines: readonly string[]) =>
  lines.flatMap(line => /^(?<name>\p{Script=Han}+) *￥?(?<yuan>-?[\d.]+)$/u.exec(line)?.slice(1, 3).join(' ') ?? [])

describe('a receipt', () => {
  test('prints by itself where the site says so, and says what the senior’s screen says', async () => {
    if (!member) throw new Error('no member')
    await openWith()
    await eat(till, member.id)
    const now = await customer()
    if (now.state !== 'confirmed') throw new Error(`the screen shows ${now.state}`)
    await printer.untilPapers(1)
    const lines = textsOf(0)
    const yuan = (fen: number) => (fen / 100).toFixed(2)
    expect(amountsOf(lines)).toEqual([
      `原价 ${yuan(now.listFen)}`,
      `优惠和补贴 ${yuan(now.offFen)}`,
      `实付 ${yuan(now.ownPayFen)}`,
      `社保卡已付 ${yuan(now.ownPayFen)}`,
    ])
    expect(
      lines.some(line => line.startsWith(`${now.surname}${now.title === 'female' ? '女士' : '先生'}，${now.set.zh}`)),
    ).toBe(true)
    const whole = lines.join('')
    expect(whole).not.toContain(member.name)
    expect(whole).not.toContain(member.cardNumber)
    expect(whole).not.toMatch(/低保|特困|市级|区级|街道/)
    expect(whole).toMatch(new RegExp(`编号 +1-\\d+ ${till.terminal().terminal}$`))
  })

  test('prints only when it is asked for where the site says so, and again as a reprint with its count', async () => {
    await openWith({ when: 'asked' })
    const sale = await serveGuest()
    await till.untilTerminal(view => view.printer?.state === 'ready')
    expect(receiptState(sale)).toBe('none')
    for (const count of [1, 2, 3]) {
      expect(await till.client.printer.receipt({ sale: sale.record })).toEqual({ result: 'done' })
      await printer.untilPapers(count)
      await untilPrintedNow(sale)
    }
    const marks = [0, 1, 2].map(place =>
      textsOf(place)
        .find(line => line.includes('补打'))
        ?.trim(),
    )
    expect(marks).toEqual([undefined, '补打，第 1 次', '补打，第 2 次'])
  })

  test('of a sale that was taken back says so', async () => {
    await openWith({ when: 'asked' })
    const sale = await serveGuest()
    await till.client.voidSale({ sale: sale.record })
    await till.client.printer.receipt({ sale: sale.record })
    await printer.untilPapers(1)
    expect(textsOf(0).map(line => line.trim())).toContain('已撤销')
  })

  test('that was printed before a restart is a reprint after it, and nothing prints again by itself', async () => {
    await openWith()
    const sale = await serveGuest()
    await printer.untilPapers(1)
    await untilReceipt(sale, 'printed')
    till.close()
    await house.restart()
    till = await house.openTill()
    await till.untilTerminal(view => view.printer?.state === 'ready')
    expect(printer.papers()).toHaveLength(1)
    await till.client.printer.receipt({ sale: sale.record })
    await printer.untilPapers(2)
    expect(textsOf(1).map(line => line.trim())).toContain('补打，第 1 次')
  })

  test('has English beneath where the site wishes it', async () => {
    await openWith({ english: true, paper: 80 })
    await serveGuest()
    await printer.untilPapers(1)
    const lines = textsOf(0)
    expect(lines[lines.findIndex(line => line.startsWith('优惠和补贴')) + 1]).toBe('Discount, subsidy')
  })
})

describe('a printer without paper', () => {
  test('stops nobody: the sales are recorded, their receipts wait, the newest print when the paper is back', async () => {
    printer.now.paper = 'out'
    await openWith()
    await till.untilTerminal(view => view.printer?.state === 'paper-out')
    const sales: SaleView[] = []
    for (let count = 0; count < 10; count++) sales.push(await serveGuest())
    await hasNotice('PRINTER_PAPER_OUT')
    await hasNotice('PRINTS_DROPPED')
    expect(till.terminal().printer?.waiting).toBe(8)
    expect(printer.jobs()).toEqual([])

    printer.now.paper = 'there'
    await printer.untilPapers(8)
    await till.untilTerminal(view => view.printer?.waiting === 0)
    const numbers = printer.papers().map(
      paper =>
        paper.lines
          .map(line => line.text)
          .join('')
          .match(/编号 *(\S+)/)?.[1],
    )
    expect(new Set(numbers).size).toBe(8)
    expect(
      printer
        .papers()
        .flatMap(paper => paper.lines)
        .some(line => line.text.includes('补打')),
    ).toBe(false)
    expect(till.terminal().notices.map(({ code }) => code)).not.toContain('PRINTER_PAPER_OUT')
    expect(receiptState(sales[9] ?? (await serveGuest()))).toBe('printed')
  })

  test('that ends in the middle of a receipt offers it again, and prints it only when asked', async () => {
    printer.now.paperEndsAfter = 60
    await openWith()
    const sale = await serveGuest()
    await untilReceipt(sale, 'unsure')
    await hasNotice('PRINT_UNSURE')
    printer.now.paperEndsAfter = null
    printer.now.paper = 'there'
    await till.untilTerminal(view => view.printer?.state === 'ready')
    const before = printer.papers().length
    await till.client.printer.receipt({ sale: sale.record })
    await printer.untilPapers(before + 1)
    expect(textsOf(before).map(line => line.trim())).toContain('补打，第 1 次')
    await untilReceipt(sale, 'printed')
  })
})

test('a printer that is gone is told, and what staff asked for meanwhile prints when it is back', async () => {
  await openWith({ when: 'asked' })
  await printer.unplug()
  const sale = await serveGuest()
  await till.client.printer.receipt({ sale: sale.record })
  await hasNotice('PRINTER_GONE')
  expect(receiptState(sale)).toBe('waiting')
  await printer.plugIn()
  await printer.untilPapers(1)
  await untilReceipt(sale, 'printed')
  expect(textsOf(0).some(line => line.includes('补打'))).toBe(false)
})

test('the lines of a screen print as a slip, the first as its head', async () => {
  await openWith()
  const lines = [
    { zh: '示范食堂 人脸开通回执', en: 'Face enrolment' },
    { zh: '不想用了，说一声就删。', en: 'Say so, and it is deleted.' },
  ]
  expect(await till.client.printer.lines({ lines })).toEqual({ result: 'done' })
  await printer.untilPapers(1)
  expect(textsOf(0).map(line => line.trim())).toEqual([
    '示范食堂 人脸开通回执',
    'Face enrolment',
    '-'.repeat(32),
    '不想用了，说一声就删。',
    'Say so, and it is deleted.',
  ])
})

test('a site without a printer has no receipts to ask for', async () => {
  house = await openDemoHouse()
  till = await house.openTill()
  const sale = await serveGuest()
  expect(till.terminal().printer).toBeNull()
  expect(await till.client.printer.receipt({ sale: sale.record })).toEqual({
    result: 'refused',
    notice: { code: 'PRINTER_NONE', values: {} },
  })
})

test('the simulated printer shows its last slip as text', async () => {
  house = await openDemoHouse({ printer: { simulated: true, paper: 58, when: 'always' } })
  till = await house.openTill()
  await serveGuest()
  const view = await till.untilTerminal(now => (now.printer?.lastSlip ?? null) !== null)
  expect(view.printer?.simulated).toBe(true)
  expect(view.printer?.lastSlip?.map(line => line.trim())).toContain('演示数据')
})
