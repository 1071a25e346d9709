import { once } from 'node:events'
import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type DemoLaunch, launchDemo, processesNaming } from '../support/demo-launch.ts'
import { logInTo, openTill } from '../support/till.ts'

let folder: string
let running: DemoLaunch | undefined

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'aixin-start-'))
  chmodSync(folder, 0o755)
})
afterEach(async () => {
  await running?.interrupt()
  running = undefined
  rmSync(folder, { recursive: true, force: true })
})

async function start(...options: string[]): Promise<DemoLaunch> {
  running = await launchDemo(folder, options)
  return running
}

async function stop(): Promise<number | null> {
  const ending = running
  running = undefined
  return (await ending?.interrupt()) ?? null
}

/** The terminal as its page sees it once the roster has come. */
async function till(demo: DemoLaunch) {
  const opened = await openTill(demo.origin, await logInTo(demo.url))
  await opened.untilTerminal(view => view.roster.members > 0 && view.operators.length > 0)
  return opened
}

test('a second start keeps the data, and --fresh begins anew without touching what is not the demo’s', async () => {
  const first = await till(await start())
  const { operators, businessDate } = first.terminal()
  await first.client.openShift({ operator: operators[0]?.id ?? '', date: businessDate })
  const shift = (await first.untilTerminal(view => view.shift !== null)).shift
  first.close()
  expect(await stop()).toBe(0)
  expect(processesNaming(folder)).toEqual([])

  const second = await till(await start())
  expect(second.terminal().shift).toEqual(shift)
  second.close()
  await stop()

  writeFileSync(join(folder, 'mine.txt'), 'kept')
  const third = await till(await start('--fresh'))
  expect(third.terminal().shift).toBeNull()
  expect(existsSync(join(folder, 'mine.txt'))).toBe(true)
  third.close()
})

describe('one program on a folder', () => {
  let demo: DemoLaunch
  let itsFolder: string

  beforeAll(async () => {
    itsFolder = mkdtempSync(join(tmpdir(), 'aixin-start-'))
    chmodSync(itsFolder, 0o755)
    demo = await launchDemo(itsFolder)
  })
  afterAll(async () => {
    await demo?.interrupt()
    rmSync(itsFolder, { recursive: true, force: true })
  })

  test('a step that takes long says what it is doing, in Chinese and English', () => {
    // Which step that is depends on the machine.
    expect(demo.output()).toMatch(/正在启动.+ \/ Starting the .+\n +\d+\.\d 秒 \/ \d+\.\d s/)
  })

  test('a second program on the same folder is refused in plain words, and the first goes on', async () => {
    await expect(launchDemo(itsFolder)).rejects.toThrow(
      /ended with 1: 数据正被另一个程序使用.*Another program is using these data/s,
    )
    const still = await till(demo)
    // The roster comes in pages.
    await still.untilTerminal(view => view.roster.members > 200)
    still.close()
  })
})

test('a port in use is said in plain words, and nothing is left running', async () => {
  const holder = createServer().listen(0, '127.0.0.1')
  await once(holder, 'listening')
  const address = holder.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  await expect(launchDemo(folder, ['--port', String(port)])).rejects.toThrow(
    new RegExp(`ended with 1: .*端口 ${port} 已被占用.*Port ${port} is in use.*PORT_IN_USE`, 's'),
  )
  expect(processesNaming(folder)).toEqual([])
  holder.close()
})
