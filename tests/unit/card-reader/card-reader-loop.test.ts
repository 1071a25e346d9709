import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { type CardReaderLoop, runCardReader } from '../../../electron/core/devices/card-reader/card-reader-loop.ts'
import {
  type PcscContext,
  PcscError,
  pcscCode,
  type ReaderStatus,
} from '../../../electron/core/devices/card-reader/pcsc-binding.ts'
import type { FromDriver } from '../../../electron/core/devices/driver-protocol.ts'
import { deviceEventId } from '../../../shared/ids.ts'
import { uuidV7 } from '../../../shared/uuid.ts'
import { type VirtualCardProfile, virtualCard } from '../../support/virtual-card.ts'

const card: VirtualCardProfile = {
  cardId: '639900D15600000500BF7C7A48FB4966',
  cardNumber: 'A00000019',
  citizenNumber: '11010519491231002X',
  name: '张三丰',
  version: '2.00',
  validUntil: '2028-06-01',
}
const otherCard: VirtualCardProfile = { ...card, cardId: '639900D15600000500BF7C7A48FB4967' }
const pause = (milliseconds: number) => new Promise<void>(resolve => setTimeout(resolve, milliseconds))

/** A service in memory: the tests set what it has and how it fails. */
const service = {
  running: true,
  readers: ['Reader 0', 'Reader 1'],
  inside: undefined as VirtualCardProfile | undefined,
  insertions: 0,
  connectFailures: [] as number[],
  connected: [] as string[],
  dispositions: [] as string[],
  /** Readers that a driver holds. */
  held: [] as string[],
  /** How long the card takes for each answer (ms). */
  slowBy: 0,
}

function mustRun(): void {
  if (!service.running) throw new PcscError('fake', pcscCode.noService)
}

function status(): ReaderStatus {
  const present = service.inside !== undefined
  return { raw: service.insertions, insertions: service.insertions, gone: false, present, mute: false }
}

const fakeContext: PcscContext = {
  listReaders: async () => {
    mustRun()
    return service.readers
  },
  waitForChange: async (reader, _known, milliseconds) => {
    await pause(Math.min(milliseconds, 50))
    mustRun()
    if (!service.readers.includes(reader)) throw new PcscError('fake', pcscCode.unknownReader)
    return status()
  },
  cancel: async () => undefined,
  connect: async reader => {
    mustRun()
    service.connected.push(reader)
    const failure = service.connectFailures.shift()
    if (failure !== undefined) throw new PcscError('fake', failure)
    const played = virtualCard(service.inside ?? { ...card, fault: { kind: 'removed', atCommand: 0 } })
    return {
      transmit: async command => {
        if (service.slowBy > 0) await pause(service.slowBy)
        mustRun()
        const answer = played.answer(command)
        return answer.kind === 'bytes' ? answer.bytes : new Uint8Array()
      },
      disconnect: async disposition => void service.dispositions.push(disposition),
    }
  },
  release: async () => undefined,
}

let posted: FromDriver[] = []
let loop: CardReaderLoop
let events = 0

function insert(profile: VirtualCardProfile): void {
  service.inside = profile
  service.insertions += 1
}

function remove(): void {
  service.inside = undefined
  service.insertions += 1
}

function start(reader?: string): void {
  loop = runCardReader({
    establish: async () => {
      mustRun()
      return fakeContext
    },
    claim: async name => {
      if (service.held.includes(name)) return undefined
      service.held.push(name)
      return async () => {
        service.held = service.held.filter(each => each !== name)
      }
    },
    ...(reader === undefined ? {} : { reader }),
    post: message => posted.push(message),
    now: () => Date.now(),
    newEventId: () => {
      events += 1
      return deviceEventId.parse(uuidV7(events, new Uint8Array(10)))
    },
  })
  loop.enable()
}

const count = (type: FromDriver['type']) => posted.filter(message => message.type === type).length
const faults = () => posted.flatMap(message => (message.type === 'fault' ? [message.code] : []))
const states = () => posted.flatMap(message => (message.type === 'state' ? [message.state] : []))
const later = (milliseconds = 5_000) => vi.advanceTimersByTimeAsync(milliseconds)

beforeEach(() => {
  vi.useFakeTimers()
  posted = []
  Object.assign(service, {
    running: true,
    readers: ['Reader 0', 'Reader 1'],
    inside: undefined,
    insertions: 0,
    connectFailures: [],
    connected: [],
    dispositions: [],
    held: [],
    slowBy: 0,
  })
})

afterEach(async () => {
  const closing = loop.close()
  await later(1_000)
  await closing
  vi.useRealTimers()
})

describe('which reader', () => {
  test('the first, where none is named', async () => {
    start()
    insert(card)
    await later()
    expect(service.connected).toEqual(['Reader 0'])
  })

  test('the one whose name has the configured part', async () => {
    start('1')
    insert(card)
    await later()
    expect(service.connected).toEqual(['Reader 1'])
  })

  test('one that is plugged in later is found; unplugged it is no-device again', async () => {
    service.readers = []
    start()
    await later()
    expect(states()).toEqual(['no-device'])
    service.readers = ['Reader 0']
    await later()
    service.readers = []
    await later()
    expect(states()).toEqual(['no-device', 'idle', 'no-device'])
  })
})

describe('a reader that another driver holds', () => {
  test('is left alone, and the next that fits is taken', async () => {
    service.held = ['Reader 0']
    start()
    insert(card)
    await later()
    expect(service.connected).toEqual(['Reader 1'])
  })

  test('is an error with a word where no other fits, and is taken when it is free', async () => {
    service.held = ['Reader 0']
    start('0')
    await later()
    expect(posted).toEqual([
      { type: 'state', state: 'error', media: 'unknown', detail: 'another driver holds Reader 0' },
    ])
    service.held = []
    await later()
    expect(states()).toEqual(['error', 'idle'])
  })

  test('is this one while the reader is watched, and nobody once it is gone', async () => {
    start('0')
    await later()
    expect(service.held).toEqual(['Reader 0'])
    service.readers = []
    await later()
    expect(service.held).toEqual([])
  })
})

describe('after a read the card', () => {
  test('is left as it is: where it was pulled, a reset would hide the next one', async () => {
    start()
    insert({ ...card, fault: { kind: 'removed', atCommand: 3 } })
    await later(5_000)
    expect(new Set(service.dispositions)).toEqual(new Set(['leave']))
  })

  test('is reset where it failed twice, since it may have been put in unseen and without power', async () => {
    start()
    insert({ ...card, fault: { kind: 'one-byte' } })
    await later(500)
    expect(service.dispositions).toEqual(['leave'])
    await later(2_000)
    expect(service.dispositions.slice(1)).toContain('reset')
  })
})

describe('the same card left in', () => {
  test('is not reported again after the service died and came back', async () => {
    start()
    insert(card)
    await later()
    loop.enable()
    service.running = false
    await later()
    service.running = true
    service.insertions = 0
    await later(10_000)
    expect(states().slice(-2)).toEqual(['no-service', 'idle'])
    expect([count('reading'), count('data')]).toEqual([1, 1])
  })

  test('is reported where it was swapped for another while the service was down', async () => {
    start()
    insert(card)
    await later()
    loop.enable()
    service.running = false
    await later()
    service.running = true
    insert(otherCard)
    await later(10_000)
    expect(posted.findLast(message => message.type === 'data')).toMatchObject({ data: { cardId: otherCard.cardId } })
  })

  test('is reported again once it was taken out and put in', async () => {
    start()
    insert(card)
    await later()
    loop.enable()
    remove()
    insert(card)
    await later()
    expect(count('data')).toBe(2)
  })
})

describe('faults', () => {
  test('a card the wrong way round is CARD_MUTE, once, and reads when it answers at last', async () => {
    service.connectFailures = Array.from({ length: 4 }, () => pcscCode.unresponsiveCard)
    start()
    insert(card)
    await later(20_000)
    expect(faults()).toEqual(['CARD_MUTE'])
    expect(count('data')).toBe(1)
  })

  test('a card that another program looks at for a moment is no fault', async () => {
    service.connectFailures = Array.from({ length: 10 }, () => pcscCode.sharingViolation)
    start()
    insert(card)
    await later()
    expect(faults()).toEqual([])
    expect(count('data')).toBe(1)
  })

  test('a faulty card that is pulled between two tries does not become another fault', async () => {
    start()
    insert({ ...card, fault: { kind: 'one-byte' } })
    await later(500)
    service.connectFailures = [pcscCode.unpoweredCard]
    await later(650)
    remove()
    await later()
    expect(faults()).toEqual(['BAD_DATA'])
  })

  test('a fault that comes again with the next card is told again', async () => {
    start()
    insert({ ...card, fault: { kind: 'one-byte' } })
    await later()
    remove()
    await later()
    insert({ ...card, fault: { kind: 'one-byte' } })
    await later()
    expect(faults()).toEqual(['BAD_DATA', 'BAD_DATA'])
  })
})

test('after one card nothing is read until enable', async () => {
  start()
  insert(card)
  await later()
  remove()
  await later()
  insert(otherCard)
  await later()
  expect([count('reading'), count('data')]).toEqual([1, 1])
  loop.enable()
  await later()
  expect([count('reading'), count('data')]).toEqual([2, 2])
})

test('a service that is not there at the start is no-service, and looked for again', async () => {
  service.running = false
  start()
  await later(10_000)
  expect(new Set(states())).toEqual(new Set(['no-service']))
  service.running = true
  await later()
  expect(states().at(-1)).toBe('idle')
})

describe('a killed service that is back', () => {
  /** Times that it stays away (ms): it comes back just after the driver looked for it, or just before, or in between. */
  const away = [0, 249, ...Array.from({ length: 40 }, (_, half) => half * 500 + 1), 61_000]
  const most = 5_000

  /** Milliseconds of the loop's own clock until a card that lies there when the service comes back is read. */
  async function untilRead(): Promise<number> {
    service.slowBy = 0
    insert(otherCard)
    service.running = true
    const since = Date.now()
    while (count('data') === 0) await later(10)
    return Date.now() - since
  }

  test.each(away)('reads within 5 s of its own waits, killed idle and away for %d ms', async milliseconds => {
    start()
    await later(3_000)
    service.running = false
    await later(milliseconds)
    expect(await untilRead()).toBeLessThanOrEqual(most)
  })

  test.each(away)('reads within 5 s of its own waits, killed in a read and away for %d ms', async milliseconds => {
    start()
    await later(3_000)
    service.slowBy = 100
    insert(card)
    while (count('reading') === 0) await later(10)
    service.running = false
    await later(milliseconds)
    remove()
    expect(await untilRead()).toBeLessThanOrEqual(most)
  })
})

test('nothing is read while the reader was never enabled', async () => {
  start()
  loop.disable()
  insert(card)
  await later()
  expect(service.connected).toEqual([])
})
