import { z } from 'zod'
import type { CardRead, CodeRead, Credential } from '../../../shared/credential.ts'
import type { DeviceEventId } from '../../../shared/ids.ts'
import type { ProblemCode } from '../../../shared/problems.ts'
import type { CameraNote, DeviceView } from '../../../shared/terminal-api.ts'
import type { TerminalConfig } from '../config.ts'
import type { DriverName, FaultCode, FromDriver, SpawnDriver } from './driver-protocol.ts'
import { type SupervisedDriver, superviseDriver } from './driver-supervisor.ts'

type CameraState = 'starting' | 'running' | 'no-camera' | 'refused' | 'lost'

export interface DeviceDesk {
  views(): DeviceView[]
  /** Codes come from the page's camera like a driver's events, with an event id of their own. */
  cameraSaw(camera: string, eventId: DeviceEventId, text: string): void
  cameraIs(camera: string, state: CameraState, notes: readonly CameraNote[]): void
  /** Tells a simulated driver of this kind to present something; false where there is none. */
  simulate(kind: 'card-reader' | 'code-scanner', data: CardRead | CodeRead): boolean
  stop(): Promise<void>
}

const kinds: Record<DriverName, DeviceView['kind']> = {
  'card-reader-pcsc': 'card-reader',
  'card-reader-simulated': 'card-reader',
  'code-scanner-simulated': 'code-scanner',
}

const isSimulated = (name: DriverName) => name.endsWith('-simulated')

const faultProblems: Record<FaultCode, ProblemCode | null> = {
  NOT_SSC: 'CARD_FOREIGN',
  CARD_REMOVED: 'CARD_REMOVED',
  CARD_MUTE: 'CARD_MUTE',
  TIMEOUT: 'CARD_UNREAD',
  BAD_DATA: 'CARD_DATA_BAD',
  CARD_ERROR: 'CARD_UNREAD',
  SERVICE_DOWN: null,
  READER_GONE: null,
  DRIVER_CRASHED: null,
  IO: null,
}

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
  const drivers = new Map<string, { name: DriverName; driver: SupervisedDriver }>()

  function toCredential(id: string, event: Extract<FromDriver, { type: 'data' }>): Credential {
    const { eventId, at, data } = event
    return 'cardId' in data
      ? { means: 'card', eventId, device: id, at, card: data }
      : { means: 'code', eventId, device: id, at, code: data }
  }

  function onEvent(id: string, name: DriverName, event: FromDriver): void {
    const view = views.get(id)
    if (event.type === 'state') {
      if (view) views.set(id, { ...view, state: event.state, media: event.media })
      options.onChange()
      return
    }
    const means = kinds[name] === 'card-reader' ? 'card' : 'code'
    if (event.type === 'reading') {
      options.onReading(means)
      return
    }
    if (event.type === 'fault') {
      const problem = faultProblems[event.code]
      if (problem) options.onFault(problem, means)
      drivers.get(id)?.driver.enable()
      return
    }
    void options
      .onCredential(toCredential(id, event), isSimulated(name))
      .finally(() => drivers.get(id)?.driver.enable())
  }

  for (const { id, driver: name, config } of options.devices) {
    views.set(id, { id, kind: kinds[name], simulated: isSimulated(name), state: 'closed', media: 'unknown' })
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
    views: () => [...views.values()],
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
      const view = { id, kind: 'camera' as const, simulated: false, media: 'unknown' as const, notes: [...notes] }
      views.set(id, { ...view, state: cameraStates[state] })
      options.onChange()
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
