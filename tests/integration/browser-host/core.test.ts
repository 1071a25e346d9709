import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { HostProblem } from '../../../electron/host-problem.ts'
import { readRefusal, refusalClose } from '../../../shared/core-refusal.ts'
import type { ProblemCode } from '../../../shared/problems.ts'
import type { Notice } from '../../../shared/terminal-api.ts'
import { logIn, openTinyPage, startTinyHost, type TinyHost } from '../../support/tiny-host.ts'

let host: TinyHost | undefined

afterEach(async () => {
  await host?.stop()
  host = undefined
})

async function start(options: Parameters<typeof startTinyHost>[0] = {}): Promise<TinyHost> {
  host = await startTinyHost(options)
  return host
}

/** Process ids of this test's own children that run a file of this name. */
function childrenRunning(file: string): number[] {
  return execFileSync('ps', ['-o', 'pid=,args=', '--ppid', String(process.pid)], { encoding: 'utf8' })
    .split('\n')
    .filter(line => line.includes(file))
    .map(line => Number.parseInt(line, 10))
}

describe('a page', () => {
  test('asks the core, which runs in a process of its own', async () => {
    const running = await start()
    const { client } = await openTinyPage(running, await logIn(running.url))
    expect(await client.whoAmI()).toEqual({ role: 'staff', process: running.coreProcessId() })
    expect(running.coreProcessId()).not.toBe(process.pid)
  })

  test('is known to the core by the role it asked for', async () => {
    const running = await start()
    const { client } = await openTinyPage(running, await logIn(running.url), 'customer')
    expect((await client.whoAmI()).role).toBe('customer')
  })

  test('follows a stream of the core to its end', async () => {
    const running = await start()
    const { client } = await openTinyPage(running, await logIn(running.url))
    const seen: number[] = []
    for await (const number of await client.count({ to: 3 })) seen.push(number)
    expect(seen).toEqual([1, 2, 3])
  })

  test('that sends more than a page ever needs is cut off, and the others stay', async () => {
    const running = await start()
    const cookie = await logIn(running.url)
    const greedy = await openTinyPage(running, cookie)
    const modest = await openTinyPage(running, cookie)
    greedy.client.repeat({ text: 'x'.repeat(2_000_000) }).catch(() => undefined)
    expect(await greedy.closed).toBe(1009)
    expect(await modest.client.repeat({ text: '好' })).toBe('好')
  })
})

describe('a core that is killed', () => {
  test('is started again, and its pages come back to the new one', async () => {
    const running = await start()
    const cookie = await logIn(running.url)
    const page = await openTinyPage(running, cookie)
    const first = (await page.client.whoAmI()).process
    process.kill(first, 'SIGKILL')
    expect(await page.closed).toBe(1012)
    // Not ready yet: the host holds the page until the core is.
    const again = await openTinyPage(running, cookie)
    const second = (await again.client.whoAmI()).process
    expect(second).not.toBe(first)
    expect(running.coreProcessId()).toBe(second)
    expect(running.log).toContainEqual({ level: 'error', event: 'core-lost' })
  })

  test('and cannot start again says why to its pages, until it can', async () => {
    const config: { refuse: ProblemCode | null } = { refuse: null }
    const running = await start({ config })
    const cookie = await logIn(running.url)
    const page = await openTinyPage(running, cookie)
    config.refuse = 'DISK_UNWRITABLE'
    process.kill((await page.client.whoAmI()).process, 'SIGKILL')
    expect(await page.closed).toBe(1012)
    const told: (Notice | null)[] = []
    for (const _ of ['while it starts', 'after it refused']) {
      const waiting = await openTinyPage(running, cookie)
      const [code, reason] = await once(waiting.socket, 'close')
      expect(code).toBe(refusalClose)
      told.push(readRefusal(String(reason)))
    }
    expect(told).toEqual(Array(2).fill({ code: 'DISK_UNWRITABLE', values: {} }))
    config.refuse = null
    await expect.poll(() => running.log.at(-1)?.event, { timeout: 20_000 }).toBe('tiny-core-started')
    // A page that comes too early is sent away, and comes again.
    const heard = async () => (await openTinyPage(running, cookie)).client.repeat({ text: '好' }).catch(() => null)
    await expect.poll(heard, { timeout: 20_000 }).toBe('好')
  })

  test('leaves no driver behind, and its successor has one of its own', async () => {
    const running = await start({ config: { driver: true } })
    await vi.waitFor(() => expect(childrenRunning('simulated-driver')).toHaveLength(1))
    const [orphan] = childrenRunning('simulated-driver')
    process.kill(running.coreProcessId() ?? 0, 'SIGKILL')
    await vi.waitFor(
      () => {
        const drivers = childrenRunning('simulated-driver')
        expect(drivers).toHaveLength(1)
        expect(drivers).not.toContain(orphan)
      },
      { timeout: 10_000 },
    )
  })
})

describe('a driver', () => {
  test('speaks with the core through the host', async () => {
    const running = await start({ config: { driver: true } })
    const { client } = await openTinyPage(running, await logIn(running.url))
    await vi.waitFor(
      async () => expect(await client.driverSaid()).toContainEqual(expect.objectContaining({ type: 'state' })),
      { timeout: 10_000 },
    )
  })

  test('that dies is told to the core', async () => {
    const running = await start({ config: { driver: true } })
    const { client } = await openTinyPage(running, await logIn(running.url))
    await vi.waitFor(async () => expect((await client.driverSaid()).length).toBeGreaterThan(0), { timeout: 10_000 })
    for (const driver of childrenRunning('simulated-driver')) process.kill(driver, 'SIGKILL')
    await vi.waitFor(async () => expect(await client.driverSaid()).toContain('exit'), { timeout: 10_000 })
  })
})

describe('a host that cannot start', () => {
  test('says that its port is in use', async () => {
    const holder = createServer().listen(0, '127.0.0.1')
    await once(holder, 'listening')
    const address: AddressInfo | string | null = holder.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    await expect(startTinyHost({ port })).rejects.toMatchObject({ notice: { code: 'PORT_IN_USE', values: { port } } })
    holder.close()
  })

  test('passes on why the core refused, and leaves no process', async () => {
    const refused = startTinyHost({ config: { refuse: 'DATABASE_NEWER' } })
    await expect(refused).rejects.toBeInstanceOf(HostProblem)
    await expect(refused).rejects.toMatchObject({ notice: { code: 'DATABASE_NEWER' } })
    expect(childrenRunning('tiny-core')).toEqual([])
  })

  test('gives up on a core that dies again and again before it is ready', async () => {
    await expect(startTinyHost({ config: { driver: 'nonsense' } })).rejects.toMatchObject({
      notice: { code: 'UNEXPECTED' },
    })
  })
})

test('a stopped host leaves no process behind', async () => {
  const running = await start({ config: { driver: true } })
  await vi.waitFor(() => expect(childrenRunning('simulated-driver')).toHaveLength(1))
  await running.stop()
  host = undefined
  expect(childrenRunning('tiny-core')).toEqual([])
  await vi.waitFor(() => expect(childrenRunning('simulated-driver')).toEqual([]))
})
