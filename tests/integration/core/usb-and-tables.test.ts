import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { runCommand } from '../../../electron/command-line.ts'
import { runVerify } from '../../../electron/core/audit/verify.ts'
import { demoSeniors } from '../../../province/demo-people.ts'
import { usbCommand } from '../../../province/usb-command.ts'
import { backName, outName, receiptName } from '../../../shared/usb.ts'
import { cuttableLine } from '../../support/cuttable-line.ts'
import { type DemoHouse, openDemoHouse } from '../../support/demo-house.ts'
import { eat } from '../../support/people.ts'
import type { Till } from '../../support/till.ts'

const line = cuttableLine()
const members = demoSeniors().filter(({ homeSite, cards }) => homeSite === 'demo-canteen' && cards.length > 0)
let house: DemoHouse
let till: Till
let stick: string
let name: string

beforeAll(async () => {
  stick = mkdtempSync(join(tmpdir(), 'aixin-stick-'))
  house = await openDemoHouse({ reachableAt: address => line.open(address), usbFolders: [stick] })
  till = await house.openTill()
  name = till.terminal().terminal
  await line.cut()
  await till.untilTerminal(view => view.network.state === 'offline')
}, 120_000)
afterAll(async () => {
  till?.close()
  await line.cut()
  await house?.close()
  rmSync(stick, { recursive: true, force: true })
  vi.restoreAllMocks()
})

const onStick = (file: string) => join(stick, 'aixin', file)
const atProvince = () => usbCommand([stick, '--database-url', house.province.databaseUrl])
const sales = () => house.province.number("select count(*) from ledger where kind = 'sale'")

async function sell(from: number, to: number): Promise<void> {
  for (const { id } of members.slice(from, to)) {
    await eat(till, id)
    await till.client.dismiss()
  }
}

/** Runs `aixin WORDS`; its exit code, and what it said. */
async function aixin(...words: string[]): Promise<{ code: number; said: string }> {
  const said: string[] = []
  const say = (text: string) => void said.push(text)
  const spies = [vi.spyOn(console, 'log').mockImplementation(say), vi.spyOn(console, 'error').mockImplementation(say)]
  try {
    return { code: await runCommand(words), said: said.join('\n') }
  } finally {
    for (const spy of spies) spy.mockRestore()
  }
}

it('a running terminal writes to the stick that staff chose and reads it back, and shows both', async () => {
  await sell(0, 3)
  const [plugged] = await till.client.usbSticks()
  expect(plugged).toMatchObject({ path: stick })
  expect(await till.client.usbOut({ path: tmpdir() })).toMatchObject({ notice: { code: 'USB_GONE' } })
  expect(await till.client.usbOut({ path: stick })).toEqual({ result: 'done', records: 3, left: 0 })
  await till.untilTerminal(view => view.usb.out?.records === 3 && view.unsent.count === 3)
  expect(await till.client.usbBack({ path: stick })).toMatchObject({ notice: { code: 'USB_NOT_ANSWERED' } })
  expect(await atProvince()).toBe(0)
  expect(await till.client.usbBack({ path: stick })).toMatchObject({ result: 'done', upToDate: true })
  await till.untilTerminal(view => view.unsent.count === 0 && view.usb.back?.upToDate === true)
  expect(await sales()).toBe(3)
}, 60_000)

it('while it runs, the command says so and where the screen does the same', async () => {
  const { code, said } = await aixin('usb', 'out', '--data', house.dataDir, '--to', stick)
  expect(code).toBe(1)
  expect(said).toMatch(/数据正被另一个程序使用[\s\S]*优盘/)
})

it('the commands do the same for a terminal that does not run; the receipt proves the tail of its ledger', async () => {
  await sell(3, 5)
  till.close()
  await house.host.stop()
  const out = await aixin('usb', 'out', '--data', house.dataDir, '--to', stick)
  expect([out.code, out.said]).toEqual([0, expect.stringContaining('已写到优盘：2 笔')])
  expect(await atProvince()).toBe(0)
  expect(await sales()).toBe(5)
  const back = await aixin('usb', 'in', '--data', house.dataDir, '--from', stick)
  expect([back.code, back.said]).toEqual([0, expect.stringMatching(/平台已收到 \d+ 条记录[\s\S]*"source":"usb"/)])
  const receipt = onStick(receiptName(name))
  const proven = await runVerify({ settings: { dataDir: house.dataDir }, anchorFile: receipt })
  expect([proven.exitCode, proven.lines.join('\n')]).toEqual([0, expect.stringMatching(/tail proven up to/)])
  writeFileSync(
    receipt,
    readFileSync(receipt, 'utf8').replace(/"seq":(\d+)/, (_, seq) => `"seq":${Number(seq) + 1}`),
  )
  const cut = await runVerify({ settings: { dataDir: house.dataDir }, anchorFile: receipt })
  expect(cut.exitCode).toBe(1)
}, 60_000)

it('says in words what a stick lacks', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'aixin-empty-'))
  try {
    const empty = await aixin('usb', 'in', '--data', house.dataDir, '--from', folder)
    expect([empty.code, empty.said]).toEqual([1, expect.stringContaining('优盘上没有给本机的回件')])
    const gone = await aixin('usb', 'out', '--data', house.dataDir, '--to', join(folder, 'gone'))
    expect([gone.code, gone.said]).toEqual([1, expect.stringContaining('没有找到这个优盘')])
    expect((await aixin('usb', 'out', '--data', folder, '--to', stick)).code).toBe(2)
    expect((await aixin('usb')).code).toBe(2)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})

it('writes a table for other platforms: a row a sale, amounts in yuan, nobody named', async () => {
  const file = join(stick, 'table.csv')
  const { code } = await aixin('export', '--data', house.dataDir, '--csv', file, '--from', '2026-01-01')
  expect(code).toBe(0)
  const bytes = readFileSync(file)
  expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
  const [head = '', ...rows] = bytes.toString('utf8').slice(1).trimEnd().split('\r\n')
  expect(rows).toHaveLength(5)
  const columns = head.split(',')
  const cell = (row: string, column: string) => row.split(',')[columns.indexOf(column)]
  for (const row of rows) {
    expect(cell(row, 'terminal')).toBe(name)
    expect(cell(row, 'kind')).toBe('sale')
    const [list, off, subsidy, own] = ['list_yuan', 'discount_yuan', 'subsidy_yuan', 'own_pay_yuan'].map(column =>
      Number(cell(row, column)),
    )
    expect((list ?? 0) - (off ?? 0) - (subsidy ?? 0)).toBeCloseTo(own ?? -1)
  }
  const documented = readFileSync(new URL('../../../docs/province-link.md', import.meta.url), 'utf8')
  expect(columns.filter(column => !documented.includes(`\`${column}\``))).toEqual([])
  for (const { name: person, id } of members.slice(0, 5)) {
    expect(bytes.includes(person)).toBe(false)
    expect(bytes.includes(id)).toBe(false)
  }
  expect((await aixin('export', '--data', house.dataDir, '--csv', file)).code).toBe(2)
})

it('leaves nothing on the stick but what it says', () => {
  for (const file of [outName(name), backName(name), receiptName(name)])
    expect(statSync(onStick(file)).size).toBeGreaterThan(0)
  expect(() => statSync(onStick(`${outName(name)}.unfinished`))).toThrow(/ENOENT/)
})
