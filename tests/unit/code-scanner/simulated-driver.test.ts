import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type FromDriver, fromDriver, type ToDriver } from '../../../electron/core/devices/driver-protocol.ts'

const entry = new URL('../../../electron/core/devices/code-scanner/simulated-driver.ts', import.meta.url)
let driver: ChildProcess

beforeEach(() => {
  driver = fork(entry, { execArgv: [], stdio: 'inherit' })
})

afterEach(async () => {
  const ended = once(driver, 'exit')
  driver.kill('SIGKILL')
  await ended
})

/** Sends messages in order and gives back the next `count` answers. */
async function answers(count: number, ...messages: ToDriver[]): Promise<FromDriver[]> {
  const got: FromDriver[] = []
  const enough = new Promise<FromDriver[]>(resolve => {
    const take = (raw: unknown) => {
      got.push(fromDriver.parse(raw))
      if (got.length < count) return
      driver.off('message', take)
      resolve(got)
    }
    driver.on('message', take)
  })
  for (const message of messages) driver.send(message)
  return enough
}

const simulate = (text: string): ToDriver => ({ type: 'simulate', data: { source: 'simulated', text } })
const simulated = { type: 'state', state: 'idle', media: 'unknown', detail: 'simulated' }

test('the simulated scanner says in its state that it is simulated', async () => {
  expect(await answers(2, { type: 'open', config: null }, { type: 'health' })).toEqual([simulated, simulated])
  expect(await answers(1, { type: 'close' })).toEqual([{ ...simulated, state: 'closed' }])
})

test('each code comes with an event id of its own and the source simulated', async () => {
  const [, first, second] = await answers(
    3,
    { type: 'open', config: null },
    { type: 'enable' },
    { type: 'simulate', data: { source: 'scanner', text: 'A' } },
    { type: 'enable' },
    simulate('B'),
  )
  expect(first).toMatchObject({ type: 'data', data: { source: 'simulated', text: 'A' } })
  expect(second).toMatchObject({ type: 'data', data: { source: 'simulated', text: 'B' } })
  if (first?.type !== 'data' || second?.type !== 'data') throw new Error('no data')
  expect(first.eventId).not.toBe(second.eventId)
})

test('after one code the scanner is quiet until it is enabled again', async () => {
  const [, data, quiet] = await answers(
    3,
    { type: 'open', config: null },
    { type: 'enable' },
    simulate('A'),
    simulate('B'),
  )
  expect(data).toMatchObject({ type: 'data', data: { text: 'A' } })
  expect(quiet).toMatchObject({ type: 'state', detail: 'simulated: a code came while the scanner was not enabled' })
})

test('a scanner that is disabled or not open reads nothing', async () => {
  const [closed] = await answers(1, { type: 'enable' }, simulate('A'))
  expect(closed).toMatchObject({ type: 'state', state: 'closed' })
  const [, disabled] = await answers(2, { type: 'open', config: null }, { type: 'disable' }, simulate('A'))
  expect(disabled).toMatchObject({ type: 'state', state: 'idle' })
})

test('a message outside the protocol is told, not obeyed', async () => {
  const told = new Promise(resolve => driver.once('message', resolve))
  driver.send({ type: 'dance' })
  expect(await told).toMatchObject({ type: 'state', detail: expect.stringContaining('not a message') })
})
