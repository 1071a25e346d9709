import { z } from 'zod'
import type { CardRead, CodeRead, Credential } from '../../../shared/credential.ts'
import type { DeviceEventId } from '../../../shared/ids.ts'
import type { ProblemCode } from '../../../shared/problems.ts'
import type { CameraNote, DeviceView } from '../../../shared/terminal-api.ts'
import type { TerminalConfig } from '../config.ts'
import type { DriverName, FaultCode, FromDriver, SpawnDriver } from './driver-protocol.ts'
import { type SupervisedDriver, superviseDriver } from './driver-supervisor.ts'
import { readWedge, type WedgeDevice } from './wedges.ts'

type CameraState = 'starting' | 'running' | 'no-camera' | 'refused' | 'lost'

export interface DeviceDesk {
  views(): DeviceView[]
  /** Codes come from the page's camera like a driver's events, with an event id of their own. */
  cameraSaw(camera: string, eventId: DeviceEventId, text: string): void
  cameraIs(camera: string, state: CameraState, notes: readonly CameraNote[]): void
  /** What a reader or scanner that types as a keyboard typed into the page; that it is there shows with its first reading. */
  wedgeTyped(eventId: DeviceEventId, text: string): void
  /** Tells a simulated driver of this kind to present something; false where there is none. */
  simulate(kind: 'card-reader' | 'code-scanner', data: CardRead | CodeRead): boolean
  stop(): Promise<void>
}

/** A printer is no way in: it has a desk of its own. */
type WayIn = Exclude<DriverName, 'receipt-printer' | 'receipt-printer-simulated'>

const kinds: Record<WayIn, DeviceView['kind']> = {
  'card-reader-pcsc': 'card-reader',
  'card-reader-vendor': 'card-reader',
  'card-reader-simulated': 'card-reader',
  'code-scanner-serial': 'code-scanner',
  'code-scanner-simulated': 'code-scanner',
}

const isWedge = (device: TerminalConfig['devices'][number]): device is WedgeDevice => device.driver.endsWith('-wedge')

const isSimulated = (name: WayIn) => name.endsWith('-simulated')

const faultProblems: Record<FaultCode, ProblemCode | null> = {
  NOT_SSC: 'CARD_FOREIGN',
  UID_CHANGES: 'CARD_NUMBER_CHANGES',
  CARD_REMOVED: 'CARD_REMOVED',
  CARD_MUTE: 'CARD_MUTE',
  TIMEOUT: 'CARD_UNREAD',
  BAD_DATA: 'CARD_DATA_BAD',
  CARD_ERROR: 'CARD_UNREAD',
  SERVICE_DOWN: null,
  READER_GONE: null,
  READER_SETUP: 'READER_SETUP',
  DRIVER_CRASHED: null,
  IO: null,
}

/** A scanner has no card to blame: bytes that are no text are a code that came through torn. */
const scannerProblems: Partial<Record<FaultCode, ProblemCode>> = { BAD_DATA: 'CODE_DAMAGED' }

/** How long (ms) a restart of a driver stays in its view. */
const restartShown = 10 * 60_000

/** Starts the configured drivers, each in a process of its own, and turns what they say into credentials and faults. */
export function createDeviceDesk(options: {
  devices: TerminalConfig['devices']
  spawn: SpawnDriver
  now(): number
  onReading(means: 'card' | 'code'): void
  onCredential(credential: Credential, simulated: boolean): Promise<void>
  onFault(problem: ProblemCode, means: 'card' | 'code'): void
  onChange(): void
}): DeviceDesk {
  const views = new Map<string, DeviceView>()
  const drivers = new Map<string, { name: WayIn; driver: SupervisedDriver }>()
  const reading = new Set<string>()
  const restarts = new Map<string, number[]>()

  const restartsOf = (id: string) => (restarts.get(id) ?? []).filter(at => at > options.now() - restartShown)

  function toCredential(id: string, event: Extract<FromDriver, { type: 'data' }>): Credential {
    const { eventId, at, data } = event
    return 'text' in data
      ? { means: 'code', eventId, device: id, at, code: data }
      : { means: 'card', eventId, device: id, at, card: data }
  }

  function onEvent(id: string, name: WayIn, event: FromDriver): void {
    if (event.type === 'printed') return
    const view = views.get(id)
    if (event.type === 'state') {
      if (view) views.set(id, { ...view, state: event.state, media: event.media })
      options.onChange()
      return
    }
    const means = kinds[name] === 'card-reader' ? 'card' : 'code'
    if (event.type === 'reading') {
      reading.add(id)
      options.onReading(means)
      return
    }
    const wasReading = reading.delete(id)
    if (event.type === 'fault') {
      if (event.code === 'DRIVER_CRASHED') restarts.set(id, [...restartsOf(id), options.now()])
      // A fault of the device, not of the card, shows on its tile; only a person whose card was being read has to try again.
      const ofCard = faultProblems[event.code] ?? (wasReading ? 'CARD_UNREAD' : null)
      const problem = means === 'card' ? ofCard : scannerProblems[event.code]
      if (problem) options.onFault(problem, means)
      drivers.get(id)?.driver.enable()
      return
    }
    void options
      .onCredential(toCredential(id, event), isSimulated(name))
      .finally(() => drivers.get(id)?.driver.enable())
  }

  const wedges = options.devices.filter(isWedge)
  for (const device of options.devices) {
    if (isWedge(device)) continue
    const { id, driver: name, config } = device
    views.set(id, {
      id,
      kind: kinds[name],
      simulated: isSimulated(name),
      state: 'closed',
      media: 'unknown',
      restarts: 0,
    })
    const driver = superviseDriver({
      name,
      spawn: options.spawn,
      config: z.json().parse(config),
      now: options.now,
      onEvent: event => onEvent(id, name, event),
    })
    drivers.set(id, { name, driver })
  }

  const cameraStates: Record<CameraState, DeviceView['state']> = {
    starting: 'busy',
    running: 'idle',
    'no-camera': 'no-device',
    refused: 'error',
    lost: 'no-device',
  }

  return {
    views: () => [...views.values()].map(view => ({ ...view, restarts: restartsOf(view.id).length })),
    cameraSaw(camera, eventId, text) {
      const credential: Credential = {
        means: 'code',
        eventId,
        device: `camera:${camera}`.slice(0, 64),
        at: options.now(),
        code: { source: 'camera', text },
      }
      void options.onCredential(credential, false)
    },
    cameraIs(camera, state, notes) {
      const id = `camera:${camera}`.slice(0, 64)
      const view = {
        id,
        kind: 'camera' as const,
        simulated: false,
        media: 'unknown' as const,
        restarts: 0,
        notes: [...notes],
      }
      views.set(id, { ...view, state: cameraStates[state] })
      options.onChange()
    },
    wedgeTyped(eventId, typed) {
      const reading = readWedge(typed, wedges)
      const { device } = reading
      const kind = reading.kind === 'code' ? 'code-scanner' : 'card-reader'
      views.set(device, { id: device, kind, simulated: false, state: 'idle', media: 'unknown', restarts: 0 })
      options.onChange()
      const at = options.now()
      if (reading.kind === 'card-fault') options.onFault(reading.problem, 'card')
      else if (reading.kind === 'code') {
        const code = { source: 'scanner' as const, text: reading.text }
        void options.onCredential({ means: 'code', eventId, device, at, code }, false)
      } else {
        const card = { source: 'uid' as const, uid: reading.uid, warnings: [], readMilliseconds: 0 }
        void options.onCredential({ means: 'card', eventId, device, at, card }, false)
      }
    },
    simulate(kind, data) {
      const target = [...drivers.values()].find(({ name }) => isSimulated(name) && kinds[name] === kind)
      return target?.driver.simulate(data) ?? false
    },
    async stop() {
      await Promise.all([...drivers.values()].map(({ driver }) => driver.stop()))
    },
  }
}
