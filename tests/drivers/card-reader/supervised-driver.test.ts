import { Worker } from 'node:worker_threads'
import { afterEach, expect, test } from 'vitest'
import { fromDriver } from '../../../electron/core/devices/driver-protocol.ts'
import { type SupervisedDriver, superviseDriver } from '../../../electron/core/devices/driver-supervisor.ts'
import { type CardRead, cardRead } from '../../../shared/credential.ts'
import { conversation, forkHost, simulatedDriver } from '../../support/driver-process.ts'

const card: CardRead = cardRead.parse({
  source: 'ssc-pcsc',
  cardId: '639900D15600000500BF7C7A48FB4966',
  name: '张三丰',
  full: false,
  warnings: [],
  readMilliseconds: 0,
})
let driver: SupervisedDriver | undefined

afterEach(async () => {
  await driver?.stop()
})

function supervise(patience: { deadlineMs?: number } = {}) {
  const host = forkHost(simulatedDriver)
  const talk = conversation()
  const supervised = superviseDriver({
    name: 'card-reader-simulated',
    spawn: host.spawn,
    config: {},
    onEvent: talk.hear,
    ...patience,
  })
  driver = supervised
  return { talk, host, supervised, isReady: () => talk.waitFor('state', state => state.state === 'idle') }
}

test('a simulated card comes as reading and data, marked as simulated, with event ids of the driver', async () => {
  const { talk, supervised, isReady } = supervise()
  expect(await isReady()).toMatchObject({ detail: 'simulated: no real reader' })
  expect(supervised.simulate(card)).toBe(true)
  const data = await talk.waitFor('data')
  expect(data.data).toEqual({ ...card, source: 'simulated' })
  expect((await talk.waitFor('reading')).eventId).not.toBe(data.eventId)
})

test('a second simulated card waits until the gate opens', async () => {
  const { talk, supervised, isReady } = supervise()
  await isReady()
  supervised.simulate(card)
  await talk.waitFor('data')
  talk.forget()
  supervised.simulate(card)
  supervised.enable()
  await talk.waitFor('data')
  expect(talk.heard.filter(message => message.type === 'data')).toHaveLength(1)
})

test('a code shown to the card reader is bad data', async () => {
  const { talk, supervised, isReady } = supervise()
  await isReady()
  supervised.simulate({ source: 'simulated', text: 'a code' })
  expect((await talk.waitFor('fault')).code).toBe('BAD_DATA')
})

test('a driver that is killed is started again and works', async () => {
  const { talk, host, supervised, isReady } = supervise()
  await isReady()
  talk.forget()
  host.children[0]?.kill('SIGKILL')
  expect((await talk.waitFor('fault')).code).toBe('DRIVER_CRASHED')
  await isReady()
  supervised.simulate(card)
  await talk.waitFor('data')
  expect(host.children).toHaveLength(2)
})

test('a driver that hangs is ended and replaced by one that works', async () => {
  const { talk, host, supervised, isReady } = supervise({ deadlineMs: 8_000 })
  await isReady()
  talk.forget()
  const hung = host.children[0]
  hung?.kill('SIGSTOP')
  const fault = await talk.waitFor('fault')
  expect(fault).toMatchObject({ code: 'DRIVER_CRASHED', detail: expect.stringContaining('no answer for 8000 ms') })
  await isReady()
  // Its own first answers may be late too where the machine is busy, and then the next one takes its place.
  await expect
    .poll(() => supervised.simulate(card) && talk.heard.some(({ type }) => type === 'data'), { timeout: 50_000 })
    .toBe(true)
  expect(hung?.signalCode).toBe('SIGKILL')
})

test('stop leaves no process behind', async () => {
  const { host, supervised, isReady } = supervise()
  await isReady()
  const [child] = host.children
  const exited = new Promise(resolve => child?.once('exit', resolve))
  await supervised.stop()
  await exited
})

test('the same driver runs in a worker thread', async () => {
  const worker = new Worker(simulatedDriver)
  const talk = conversation()
  worker.on('message', raw => talk.hear(fromDriver.parse(raw)))
  for (const message of [{ type: 'open', config: {} }, { type: 'enable' }, { type: 'simulate', data: card }])
    worker.postMessage(message)
  await talk.waitFor('data')
  await worker.terminate()
})
