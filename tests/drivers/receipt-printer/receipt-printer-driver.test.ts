import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { escposOf } from '../../../electron/core/devices/receipt-printer/escpos.ts'
import { slipLarge, slipLine, slipQr, slipRule } from '../../../shared/slip.ts'
import { layOutSlip } from '../../../shared/slip-layout.ts'
import { type ForkedDriver, forkDriver } from '../../support/driver-process.ts'
import { readEscpos } from '../../support/escpos-reader.ts'
import { openDevicePrinter } from '../../support/printer-on-a-device.ts'
import { openSocketPrinter, type SocketPrinter } from '../../support/printer-on-a-socket.ts'
import { root } from '../../support/source-files.ts'

const slip = [
  slipLine('喆镕𠮷女士，套餐 A', '午餐'),
  slipRule,
  slipLarge('实付', '￥7.50'),
  slipLine('优惠和补贴', '\u22127.50'),
]
let printer: SocketPrinter
let driver: ForkedDriver

beforeEach(async () => {
  printer = await openSocketPrinter()
  driver = forkDriver(join(root, 'electron/core/devices/receipt-printer/receipt-printer-driver.ts'))
})
afterEach(async () => {
  await driver.end()
  await printer.close()
})

function openPrinter(paper: 58 | 80 = 58): void {
  driver.send({ type: 'open', config: { at: { host: '127.0.0.1', port: printer.port }, paper } })
}
const stateIs = (detail: string) => driver.waitFor('state', state => state.detail === detail)

async function print(job: string, parts = slip): Promise<string> {
  driver.send({ type: 'print', job, slip: parts })
  return (await driver.waitFor('printed', printed => printed.job === job)).outcome
}

describe('a slip', () => {
  test.each([58, 80] as const)(
    'stands on %s mm paper as it was laid out, rare characters and the yuan sign right',
    async paper => {
      openPrinter(paper)
      await stateIs('well')
      expect(await print('one')).toBe('printed')
      const [read] = await printer.untilPapers(1)
      expect(read?.lines).toEqual(
        layOutSlip(slip, paper).map(line => ({ text: line.text, large: line.kind === 'text' && line.large })),
      )
      const text = read?.lines.map(line => line.text).join('\n') ?? ''
      expect(text).toContain('喆镕𠮷女士')
      expect(text).toContain('￥7.50')
      expect(text).toContain('-7.50')
      expect(read?.cuts).toBe(1)
      expect(read?.commands.at(-1)).toBe('reset')
    },
  )

  test.each([58, 80] as const)('has a QR code on %s mm paper that reads back', async paper => {
    openPrinter(paper)
    const text = `AIXIN-DAY 2026-11-20 1-4242 ${'aB3_-'.repeat(20)}`
    expect(await print('one', [slipLine('日结'), slipQr(text), slipLine('完')])).toBe('printed')
    const [read] = await printer.untilPapers(1)
    expect(read?.codes).toEqual([text])
    expect(read?.lines.map(line => line.text)).toEqual(['日结', '完'])
  })

  test('goes to a printer that answers no question, and counts as printed once it took it', async () => {
    printer.now.answers = false
    openPrinter()
    await stateIs('silent')
    expect(await print('one')).toBe('printed')
    expect(await printer.untilPapers(1)).toHaveLength(1)
  })

  test('goes to a printer that answers nothing and hangs up when it has it all', async () => {
    printer.now.answers = false
    printer.now.hangsUpAfter = escposOf(slip, { width: 58, cut: true }).length
    openPrinter()
    expect(await print('one')).toBe('printed')
    expect(await printer.untilPapers(1)).toHaveLength(1)
  })

  test('goes to a printer that does not report the end, if it is well behind it', async () => {
    printer.now.knowsReport = false
    openPrinter()
    expect(await print('one')).toBe('printed')
  })

  test('goes to a slow printer, whole', async () => {
    printer.now.slowness = 150
    openPrinter()
    expect(
      await print(
        'one',
        Array.from({ length: 300 }, (_, place) => slipLine(`第 ${place} 行，慢慢打`)),
      ),
    ).toBe('printed')
    expect((await printer.untilPapers(1))[0]?.lines).toHaveLength(300)
  })

  test('goes through a device file', async () => {
    const device = openDevicePrinter()
    try {
      driver.send({ type: 'open', config: { at: { device: device.path }, paper: 58 } })
      await stateIs('well')
      expect(await print('one')).toBe('printed')
      expect(readEscpos(device.bytes()).lines.map(line => line.text)).toEqual(
        layOutSlip(slip, 58).map(line => line.text),
      )
    } finally {
      device.unplug()
    }
  })
})

describe('a printer that cannot print', () => {
  test.each([
    ['has no paper', 'paper-out', { paper: 'out' }],
    ['is open', 'cover-open', { coverOpen: true }],
  ] as const)(
    'because it %s says so and gets no byte of a slip, and the next one prints once that is mended',
    async (_, detail, how) => {
      Object.assign(printer.now, how)
      openPrinter()
      await stateIs(detail)
      expect(await print('one')).toBe('not-begun')
      expect(printer.jobs()).toEqual([])
      Object.assign(printer.now, { paper: 'there', coverOpen: false })
      await stateIs('well')
      expect(await print('two')).toBe('printed')
      expect(printer.papers()).toHaveLength(1)
    },
  )

  test('says that its paper runs low, and prints', async () => {
    printer.now.paper = 'low'
    openPrinter()
    await stateIs('paper-low')
    expect(await print('one')).toBe('printed')
  })

  test('that is gone is found again when it comes back', async () => {
    openPrinter()
    await stateIs('well')
    await printer.unplug()
    expect(await print('one')).toBe('not-begun')
    await stateIs('gone')
    driver.forget()
    await printer.plugIn()
    await stateIs('well')
    expect(await print('two')).toBe('printed')
    expect(printer.papers()).toHaveLength(1)
  })

  test('behind a device file that is not there is gone', async () => {
    driver.send({ type: 'open', config: { at: { device: '/dev/no-such-printer' } } })
    expect((await stateIs('gone')).state).toBe('no-device')
    expect(await print('one')).toBe('not-begun')
  })
})

describe('a slip that stops in the middle', () => {
  test('because the line was reset is not printed again by itself', async () => {
    printer.now.resetAfter = 40
    openPrinter()
    expect(await print('one')).toBe('unsure')
    printer.now.resetAfter = null
    expect(await print('two')).toBe('printed')
    expect(printer.papers()).toHaveLength(1)
    expect(printer.jobs()).toHaveLength(2)
  })

  test('because the printer hangs is told as unsure', async () => {
    printer.now.hangsAfter = 40
    openPrinter()
    expect(await print('one')).toBe('unsure')
  })

  test.each([true, false])(
    'because the paper ended is told as unsure (the printer reports its end: %s)',
    async knowsReport => {
      printer.now.paperEndsAfter = 40
      printer.now.knowsReport = knowsReport
      openPrinter()
      expect(await print('one')).toBe('unsure')
      await stateIs('paper-out')
    },
  )
})

test('a job for a driver that has no printer is not begun', async () => {
  expect(await print('one')).toBe('not-begun')
})
