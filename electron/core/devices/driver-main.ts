import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import { type DeviceEventId, deviceEventId } from '../../../shared/ids.ts'
import { uuidV7 } from '../../../shared/uuid.ts'
import { driverLink } from './driver-link.ts'
import type { FaultCode, FromDriver, ToDriver } from './driver-protocol.ts'

/** One open device, as its process obeys the core. It is this process's own from `open` on, so that claim and release change nothing. */
export interface OpenDevice {
  enable(): void
  disable(): void
  /** Posts the present state. */
  health(): void
  /** Of a printer only. */
  print?(job: Extract<ToDriver, { type: 'print' }>): void
  /** Ends all work and posts `closed`. */
  close(): Promise<void>
}

export interface DeviceTools {
  post(message: FromDriver): void
  /** Unix time in ms. */
  now(): number
  newEventId(): DeviceEventId
}

/** The main loop of a driver process for a real device: obeys the core's messages, with one device open at a time. */
export function runDriver<Config extends z.ZodType>(driver: {
  config: Config
  open(config: z.output<Config>, tools: DeviceTools): OpenDevice
}): void {
  const link = driverLink()
  const now = () => Date.now()
  const newEventId = () => deviceEventId.parse(uuidV7(now(), randomBytes(10)))
  let device: OpenDevice | undefined

  function fault(code: FaultCode, detail: string): void {
    link.post({ type: 'fault', eventId: newEventId(), at: now(), code, detail })
  }

  function open(raw: unknown): void {
    if (device !== undefined) {
      fault('IO', 'the device is open already')
      return
    }
    const parsed = driver.config.safeParse(raw)
    if (parsed.success) device = driver.open(parsed.data, { post: link.post, now, newEventId })
    else fault('IO', `configuration of the device: ${z.prettifyError(parsed.error)}`)
  }

  const tellClosed = () => link.post({ type: 'state', state: 'closed', media: 'unknown' })

  function close(): void {
    const closing = device
    device = undefined
    if (closing === undefined) tellClosed()
    else void closing.close()
  }

  function obey(message: ToDriver): void {
    if (message.type === 'open') open(message.config)
    else if (message.type === 'close') close()
    else if (message.type === 'simulate') fault('IO', 'this driver reads a real device only')
    else if (message.type === 'enable') device?.enable()
    else if (message.type === 'disable') device?.disable()
    else if (message.type === 'print') {
      if (device?.print) device.print(message)
      else link.post({ type: 'printed', job: message.job, outcome: 'not-begun' })
    } else if (message.type === 'health') {
      if (device === undefined) tellClosed()
      else device.health()
    }
  }

  link.onMessage(obey, problem => fault('IO', problem))
}
