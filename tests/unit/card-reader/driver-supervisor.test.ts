import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { FromDriver, SpawnDriver, ToDriver } from '../../../electron/core/devices/driver-protocol.ts'
import { type SupervisedDriver, superviseDriver } from '../../../electron/core/devices/driver-supervisor.ts'
import { type CardRead, cardRead } from '../../../shared/credential.ts'
import { deviceEventId } from '../../../shared/ids.ts'

const card: CardRead = cardRead.parse({
  source: 'ssc-pcsc',
  cardId: '639900D15600000500BF7C7A48FB4966',
  full: false,
  warnings: [],
  readMilliseconds: 8,
})
const eventId = deviceEventId.parse('01a200a0-6e2c-7d88-a704-42b635756a98')
const idle: FromDriver = { type: 'state', state: 'idle', media: 'absent' }
const data: FromDriver = { type: 'data', eventId, at: 1, data: card }

interface FakeProcess {
  got: ToDriver[]
  killed: boolean
  answersHealth: boolean
  says(message: unknown): void
  exits(): void
}

let processes: FakeProcess[] = []
let events: FromDriver[] = []
let driver: SupervisedDriver | undefined

const spawn: SpawnDriver = (_, handlers) => {
  const fake: FakeProcess = {
    got: [],
    killed: false,
    answersHealth: true,
    says: handlers.onMessage,
    exits: handlers.onExit,
  }
  processes.push(fake)
  return {
    post: message => {
      fake.got.push(message)
      if (message.type === 'health' && fake.answersHealth) handlers.onMessage(idle)
      if (message.type === 'close') handlers.onMessage({ type: 'state', state: 'closed', media: 'unknown' })
    },
    kill: () => {
      fake.killed = true
    },
  }
}

function start(start: SpawnDriver = spawn): SupervisedDriver {
  const config = { reader: '00 00' }
  driver = superviseDriver({ name: 'card-reader-pcsc', spawn: start, config, onEvent: event => events.push(event) })
  return driver
}

function theProcess(number = 0): FakeProcess {
  const found = processes[number]
  if (found === undefined) throw new Error(`process ${number} was not started`)
  return found
}

const typesOf = (fake: FakeProcess) => fake.got.map(message => message.type)
const crashes = () => events.filter(event => event.type === 'fault' && event.code === 'DRIVER_CRASHED')

beforeEach(() => {
  vi.useFakeTimers()
  processes = []
  events = []
})

afterEach(async () => {
  await driver?.stop()
  vi.useRealTimers()
})

describe('a driver that is well', () => {
  test('is opened with its configuration, claims its device and is enabled', () => {
    start()
    expect(theProcess().got.slice(0, 3)).toEqual([
      { type: 'open', config: { reader: '00 00' } },
      { type: 'claim' },
      { type: 'enable' },
    ])
  })

  test('has its events handed on', () => {
    start()
    theProcess().says(data)
    expect(events).toContainEqual(data)
  })

  test('is asked for its health every five seconds and never killed', async () => {
    start()
    await vi.advanceTimersByTimeAsync(60_000)
    expect(typesOf(theProcess()).filter(type => type === 'health')).toHaveLength(13)
    expect(processes).toHaveLength(1)
    expect(theProcess().killed).toBe(false)
  })

  test('gets enable, disable and simulate', () => {
    const supervised = start()
    supervised.disable()
    supervised.enable()
    expect(supervised.simulate(card)).toBe(true)
    expect(typesOf(theProcess()).slice(4)).toEqual(['disable', 'enable', 'simulate'])
  })

  test('that says something outside the protocol makes the fault IO and runs on', () => {
    start()
    theProcess().says({ type: 'data', data: { cardId: 'nonsense' } })
    expect(events.at(-1)).toMatchObject({ type: 'fault', code: 'IO' })
    expect(theProcess().killed).toBe(false)
  })
})

describe('a driver whose process ends', () => {
  test('is told as DRIVER_CRASHED with an event id of its own, and as the state error', () => {
    start()
    theProcess().exits()
    const [fault, state] = events.slice(-2)
    expect(fault).toMatchObject({ type: 'fault', code: 'DRIVER_CRASHED' })
    expect(fault).toHaveProperty('eventId', expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-7/))
    expect(state).toMatchObject({ type: 'state', state: 'error', media: 'unknown' })
  })

  test('is started, opened and enabled again', async () => {
    start()
    theProcess().exits()
    await vi.advanceTimersByTimeAsync(250)
    expect(typesOf(theProcess(1))).toEqual(['open', 'claim', 'enable', 'health'])
  })

  test('is not enabled again where the data gate was shut by a card', async () => {
    start()
    theProcess().says(data)
    theProcess().exits()
    await vi.advanceTimersByTimeAsync(250)
    expect(typesOf(theProcess(1))).toEqual(['open', 'claim', 'health'])
  })

  test('is enabled after the start where enable came while none ran', async () => {
    const supervised = start()
    theProcess().says(data)
    theProcess().exits()
    supervised.enable()
    await vi.advanceTimersByTimeAsync(250)
    expect(typesOf(theProcess(1))).toContain('enable')
  })

  test('is started after pauses that grow to five seconds', async () => {
    start()
    for (const pause of [250, 500, 1_000, 2_000, 4_000, 5_000, 5_000]) {
      theProcess(processes.length - 1).exits()
      const before = processes.length
      await vi.advanceTimersByTimeAsync(pause - 1)
      expect(processes).toHaveLength(before)
      await vi.advanceTimersByTimeAsync(1)
      expect(processes).toHaveLength(before + 1)
    }
  })

  test('after a long good run is started again at once', async () => {
    start()
    for (let crash = 0; crash < 4; crash++) {
      theProcess(processes.length - 1).exits()
      await vi.advanceTimersByTimeAsync(5_000)
    }
    await vi.advanceTimersByTimeAsync(30_000)
    const before = processes.length
    theProcess(before - 1).exits()
    await vi.advanceTimersByTimeAsync(250)
    expect(processes).toHaveLength(before + 1)
  })

  test('has nothing more to say, even if messages of it are still on their way', async () => {
    start()
    theProcess().exits()
    const told = events.length
    theProcess().says(data)
    theProcess().exits()
    expect(events).toHaveLength(told)
    await vi.advanceTimersByTimeAsync(1_000)
    expect(processes).toHaveLength(2)
  })

  test('loses what is simulated meanwhile, and says so', () => {
    const supervised = start()
    theProcess().exits()
    expect(supervised.simulate(card)).toBe(false)
  })
})

describe('a driver that hangs', () => {
  test('is killed after ten seconds without an answer, and started again', async () => {
    start()
    theProcess().answersHealth = false
    await vi.advanceTimersByTimeAsync(14_999)
    expect(theProcess().killed).toBe(false)
    await vi.advanceTimersByTimeAsync(1)
    expect(theProcess().killed).toBe(true)
    expect(crashes()).toHaveLength(1)
    await vi.advanceTimersByTimeAsync(250)
    expect(processes).toHaveLength(2)
  })

  test('is given the full time anew by any word it says', async () => {
    start()
    theProcess().answersHealth = false
    await vi.advanceTimersByTimeAsync(14_000)
    theProcess().says(idle)
    await vi.advanceTimersByTimeAsync(10_000)
    expect(theProcess().killed).toBe(false)
    expect(crashes()).toHaveLength(0)
  })
})

test('a driver that cannot be started at all is tried again', async () => {
  let attempts = 0
  start((name, handlers) => {
    attempts += 1
    if (attempts === 1) throw new Error('no such file')
    return spawn(name, handlers)
  })
  expect(crashes()).toHaveLength(1)
  await vi.advanceTimersByTimeAsync(250)
  expect(processes).toHaveLength(1)
})

test('a driver whose channel takes no message is started again', async () => {
  start((name, handlers) => {
    const { kill } = spawn(name, handlers)
    const post = () => {
      throw new Error('channel closed')
    }
    return { post, kill }
  })
  expect(theProcess().killed).toBe(true)
  await vi.advanceTimersByTimeAsync(250)
  expect(processes).toHaveLength(2)
})

describe('stop', () => {
  test('closes the driver, ends its process, and lets no event through any more', async () => {
    const supervised = start()
    const told = events.length
    await supervised.stop()
    theProcess().exits()
    await vi.advanceTimersByTimeAsync(60_000)
    expect(typesOf(theProcess()).slice(-3)).toEqual(['disable', 'release', 'close'])
    expect(theProcess().killed).toBe(true)
    expect(events).toHaveLength(told)
    expect(processes).toHaveLength(1)
  })

  test('ends a process that does not answer to close', async () => {
    const supervised = start((name, handlers) => ({ ...spawn(name, handlers), post: () => undefined }))
    const stopping = supervised.stop()
    await vi.advanceTimersByTimeAsync(1_000)
    await stopping
    expect(theProcess().killed).toBe(true)
  })

  test('during the pause before a restart starts nothing', async () => {
    const supervised = start()
    theProcess().exits()
    await supervised.stop()
    await vi.advanceTimersByTimeAsync(10_000)
    expect(processes).toHaveLength(1)
  })
})
