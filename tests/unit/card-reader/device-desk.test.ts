import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createDeviceDesk, type DeviceDesk } from '../../../electron/core/devices/device-desk.ts'
import type { FaultCode, SpawnDriver, ToDriver } from '../../../electron/core/devices/driver-protocol.ts'
import { en } from '../../../renderer/i18n/en.ts'
import { zh } from '../../../renderer/i18n/zh.ts'
import { deviceWord } from '../../../renderer/screens/cashier/device-word.ts'
import type { Credential } from '../../../shared/credential.ts'

const stamp = { eventId: '01a200a0-6e2c-7d88-a704-42b635756a98', at: 1 }
const minute = 60_000

let desk: DeviceDesk
let heard: string[]
let credentials: Credential[]
let got: ToDriver[]
let says: (message: unknown) => void
let dies: () => void

const spawn: SpawnDriver = (_, events) => {
  says = events.onMessage
  dies = events.onExit
  return {
    post: message => {
      got.push(message)
      if (message.type === 'health') events.onMessage({ type: 'state', state: 'idle', media: 'absent' })
    },
    kill: () => undefined,
  }
}

beforeEach(() => {
  vi.useFakeTimers()
  heard = []
  credentials = []
  got = []
  desk = createDeviceDesk({
    devices: [{ id: 'reader', driver: 'card-reader-pcsc', config: {} }],
    spawn,
    now: () => Date.now(),
    onReading: means => heard.push(`reading ${means}`),
    onCredential: async credential => void credentials.push(credential),
    onFault: problem => heard.push(problem),
    onChange: () => undefined,
  })
})

afterEach(async () => {
  const stopping = desk.stop()
  await vi.advanceTimersByTimeAsync(1_000)
  await stopping
  vi.useRealTimers()
})

const view = () => desk.views()[0]
const fault = (code: FaultCode) => says({ type: 'fault', ...stamp, code })

test('a card with nothing but a number comes as a card credential, and the gate opens again after it', async () => {
  got = []
  says({ type: 'data', ...stamp, data: { source: 'uid', uid: '7A003A12', warnings: [], readMilliseconds: 1 } })
  expect(credentials).toMatchObject([{ means: 'card', device: 'reader', card: { source: 'uid', uid: '7A003A12' } }])
  await vi.advanceTimersByTimeAsync(0)
  expect(got).toEqual([{ type: 'enable' }])
})

describe('a driver that was started again', () => {
  test('shows as an error until it is back, and as restarted for ten minutes', async () => {
    expect(view()).toMatchObject({ state: 'idle', restarts: 0 })
    dies()
    expect(view()).toMatchObject({ state: 'error', restarts: 1 })
    await vi.advanceTimersByTimeAsync(minute)
    expect(view()).toMatchObject({ state: 'idle', restarts: 1 })
    dies()
    expect(view()).toMatchObject({ restarts: 2 })
    await vi.advanceTimersByTimeAsync(9.5 * minute)
    expect(view()).toMatchObject({ state: 'idle', restarts: 1 })
    await vi.advanceTimersByTimeAsync(minute)
    expect(view()).toMatchObject({ restarts: 0 })
  })

  test.each([
    ['idle', 0, '就绪', 'Ready'],
    ['idle', 2, '就绪 · 重启过 2 次', 'Ready · restarted 2×'],
    ['error', 1, '正在重启', 'Starting again'],
    ['error', 0, '要检查', 'Needs a look'],
    ['no-service', 1, '服务没开', 'Service is off'],
  ] as const)('in the state %s after %i restarts reads %s', (state, restarts, inChinese, inEnglish) => {
    expect(deviceWord({ state, restarts }, zh).text).toBe(inChinese)
    expect(deviceWord({ state, restarts }, en).text).toBe(inEnglish)
  })
})

describe('a fault', () => {
  test.each<[FaultCode, string]>([
    ['NOT_SSC', 'CARD_FOREIGN'],
    ['UID_CHANGES', 'CARD_NUMBER_CHANGES'],
    ['CARD_REMOVED', 'CARD_REMOVED'],
    ['CARD_MUTE', 'CARD_MUTE'],
    ['TIMEOUT', 'CARD_UNREAD'],
    ['BAD_DATA', 'CARD_DATA_BAD'],
    ['CARD_ERROR', 'CARD_UNREAD'],
  ])('%s of a card is told to the person as %s', (code, problem) => {
    fault(code)
    expect(heard).toEqual([problem])
  })

  test.each<FaultCode>(['SERVICE_DOWN', 'READER_GONE', 'IO'])('%s of an idle device tells nobody', code => {
    fault(code)
    expect(heard).toEqual([])
  })

  test.each<FaultCode>(['SERVICE_DOWN', 'READER_GONE', 'IO'])(
    '%s while a card is read asks for the card once more',
    code => {
      says({ type: 'reading', ...stamp })
      fault(code)
      expect(heard).toEqual(['reading card', 'CARD_UNREAD'])
      fault(code)
      expect(heard).toHaveLength(2)
    },
  )

  test('of a driver that dies while it reads asks for the card once more', () => {
    says({ type: 'reading', ...stamp })
    dies()
    expect(heard).toEqual(['reading card', 'CARD_UNREAD'])
  })

  test('of a driver that dies after its data asks for nothing', () => {
    says({ type: 'reading', ...stamp })
    says({ type: 'data', ...stamp, data: { source: 'uid', uid: '7A003A12', warnings: [], readMilliseconds: 1 } })
    dies()
    expect(heard).toEqual(['reading card'])
  })
})
