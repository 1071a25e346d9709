import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { examinePrinter } from '../../../electron/doctor-printer.ts'
import { openSocketPrinter, type SocketPrinter } from '../../support/printer-on-a-socket.ts'

let folder: string
let printer: SocketPrinter

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'aixin-doctor-'))
  printer = await openSocketPrinter()
})
afterEach(async () => {
  await printer.close()
  rmSync(folder, { recursive: true, force: true })
})

const settings = (setting: unknown) =>
  writeFileSync(join(folder, 'terminal.json'), JSON.stringify({ printer: setting }))
const here = () => ({ tcp: { host: '127.0.0.1', port: printer.port }, paper: 58 })

test('the doctor says that a printer is ready, without printing', async () => {
  settings(here())
  expect(await examinePrinter(folder, false)).toMatchObject({ ok: true, en: expect.stringContaining('ready') })
  expect(printer.jobs()).toEqual([])
})

test('the doctor prints a test page on wish, with rare characters and a code that reads', async () => {
  settings(here())
  expect((await examinePrinter(folder, true)).ok).toBe(true)
  const [page] = await printer.untilPapers(1)
  expect(page?.lines.map(({ text }) => text).join('')).toContain('喆 镕 𠮷')
  expect(page?.codes).toEqual(['AIXIN TERMINAL TEST PAGE'])
})

test.each([
  ['out of paper', 'out of paper', () => Object.assign(printer.now, { paper: 'out' })],
  ['gone', 'is not reached', () => printer.unplug()],
])('the doctor says that a printer is %s', async (_, words, happens) => {
  settings(here())
  await happens()
  expect(await examinePrinter(folder, false)).toMatchObject({ ok: false, en: expect.stringContaining(words) })
})

test.each([
  ['none', undefined, true],
  ['a simulated one', { simulated: true }, true],
  ['two at once', { simulated: true, device: '/dev/usb/lp0' }, false],
])('what the doctor says of %s in the settings', async (_, setting, ok) => {
  settings(setting)
  expect((await examinePrinter(folder, false)).ok).toBe(ok)
})
