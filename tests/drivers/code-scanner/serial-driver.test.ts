import { mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import iconv from 'iconv-lite'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type ForkedDriver, forkDriver } from '../../support/driver-process.ts'
import { openPseudoTerminal, type PseudoTerminal } from '../../support/pseudo-terminal.ts'
import { root } from '../../support/source-files.ts'

const code = `ZZ1B${'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.repeat(7)}`
let folder: string
/** Where the gun is plugged in: the name stays, the terminal behind it is another after each plugging. */
let port: string
let gun: PseudoTerminal
let driver: ForkedDriver

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'aixin-serial-'))
  port = join(folder, 'usb-scanner')
})
afterEach(async () => {
  await driver.end()
  gun.unplug()
  rmSync(folder, { recursive: true, force: true })
})

function plugIn(): void {
  gun = openPseudoTerminal()
  rmSync(port, { force: true })
  symlinkSync(gun.path, port)
}

/** The system takes the name away with the device. */
function unplug(): void {
  gun.unplug()
  rmSync(port)
}

async function openScanner(config: object = {}): Promise<void> {
  plugIn()
  driver = forkDriver(join(root, 'electron/core/devices/code-scanner/serial-driver.ts'))
  driver.send({ type: 'open', config: { path: port, ...config } })
  driver.send({ type: 'enable' })
  await driver.waitFor('state', state => state.state === 'idle')
}

const textsHeard = () =>
  driver.heard.flatMap(message => (message.type === 'data' && 'text' in message.data ? [message.data.text] : []))

describe('a code', () => {
  test.each([
    ['CR', '\r'],
    ['LF', '\n'],
    ['CR LF', '\r\n'],
    ['nothing', ''],
  ])('that ends with %s arrives, once and whole', async (_, end) => {
    await openScanner()
    // Where silence ends a code, it must come in one piece, however late this machine gets to a second one.
    const cut = end === '' ? code.length : 100
    gun.write(code.slice(0, cut))
    if (cut < code.length) gun.write(code.slice(cut) + end)
    const { data } = await driver.waitFor('data')
    expect(data).toEqual({ source: 'scanner', text: code })
    driver.send({ type: 'enable' })
    await pause(300)
    expect(textsHeard()).toEqual([code])
  })

  test('that ends with a suffix of its own may be sent in pieces', async () => {
    await openScanner({ suffix: '\t' })
    gun.write(code.slice(0, 100))
    await pause(300)
    gun.write(`${code.slice(100)}\t`)
    await driver.waitFor('data')
    expect(textsHeard()).toEqual([code])
  })

  test.each(['utf8', 'gb18030'])('in Chinese, sent as %s, arrives as it is', async encoding => {
    await openScanner()
    gun.write(iconv.encode('长者码 张三丰 𠮷\r', encoding))
    await driver.waitFor('data')
    expect(textsHeard()).toEqual(['长者码 张三丰 𠮷'])
  })

  test('that comes while the gate is shut is dropped, and the next one is read', async () => {
    await openScanner()
    gun.write(`${code}\r`)
    await driver.waitFor('data')
    gun.write('dropped\r')
    await pause(300)
    driver.send({ type: 'enable' })
    gun.write('next\r')
    await driver.waitFor('data', ({ data }) => 'text' in data && data.text === 'next')
    expect(textsHeard()).toEqual([code, 'next'])
  })
})

describe('noise', () => {
  test.each([
    ['more than 1 KB', Buffer.alloc(3000, 0x41)],
    ['no text', Buffer.from([0xff, 0xff, 0x80])],
  ])('(%s) is one fault, and the next code is read', async (_, bytes) => {
    await openScanner()
    gun.write(bytes)
    gun.write('\r')
    expect((await driver.waitFor('fault')).code).toBe('BAD_DATA')
    gun.write(`${code}\r`)
    await driver.waitFor('data')
    expect(driver.heard.filter(message => message.type === 'fault')).toHaveLength(1)
    expect(textsHeard()).toEqual([code])
  })
})

describe('the gun', () => {
  test('that is unplugged in the midst of a code and plugged in again reads the next one', async () => {
    await openScanner({ suffix: '\r' })
    gun.write(code.slice(0, 50))
    unplug()
    await driver.waitFor('state', state => state.state === 'no-device')
    driver.forget()
    plugIn()
    await driver.waitFor('state', state => state.state === 'idle')
    gun.write(`${code}\r`)
    await driver.waitFor('data')
    expect(textsHeard()).toEqual([code])
  })

  test('that is not there yet is waited for', async () => {
    gun = openPseudoTerminal()
    driver = forkDriver(join(root, 'electron/core/devices/code-scanner/serial-driver.ts'))
    driver.send({ type: 'open', config: { path: port } })
    driver.send({ type: 'enable' })
    await driver.waitFor('state', state => state.state === 'no-device')
    symlinkSync(gun.path, port)
    await driver.waitFor('state', state => state.state === 'idle')
    gun.write(`${code}\r`)
    await driver.waitFor('data')
  })

  test('is let go on close, and can be opened again', async () => {
    await openScanner()
    driver.send({ type: 'close' })
    await driver.waitFor('state', state => state.state === 'closed')
    driver.forget()
    driver.send({ type: 'open', config: { path: port } })
    driver.send({ type: 'enable' })
    await driver.waitFor('state', state => state.state === 'idle')
    gun.write(`${code}\r`)
    await driver.waitFor('data')
  })

  test('with a wrong configuration says what is wrong', async () => {
    gun = openPseudoTerminal()
    driver = forkDriver(join(root, 'electron/core/devices/code-scanner/serial-driver.ts'))
    driver.send({ type: 'open', config: { path: port, baud: 9600 } })
    expect(await driver.waitFor('fault')).toMatchObject({ code: 'IO', detail: expect.stringContaining('baud') })
  })
})
