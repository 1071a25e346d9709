import { realpathSync } from 'node:fs'
import { SerialPort } from 'serialport'
import type { DeviceTools, OpenDevice } from '../driver-main.ts'
import type { DeviceState } from '../driver-protocol.ts'
import { type CodeFrame, createCodeFrames } from './code-frames.ts'
import type { PortFound } from './likely-ports.ts'
import type { SerialScannerConfig } from './serial-config.ts'

const retryPause = 1_000
/** How often (ms) an open port is looked for. */
const lookPause = 500
/** A silence of so long (ms) ends a code where no suffix is configured. */
const endingSilence = 50
/** With a suffix, what is torn off by so long a silence (ms) belongs to no code that still comes. */
const tornSilence = 2_000

export interface SerialScannerOptions extends DeviceTools {
  config: SerialScannerConfig
  /** The ports among which to choose where the configuration names none. */
  findPort(): Promise<PortFound | undefined>
}

/**
 * Reads codes from a scanner gun on a serial port, and finds it again after it was unplugged. A code that comes while the gate is shut is
 * dropped, as the gun's user is still looking at the one before.
 */
export function runSerialScanner(options: SerialScannerOptions): OpenDevice {
  const { config, post, now, newEventId } = options
  let state: DeviceState = 'no-device'
  let detail: string | undefined
  let posted = ''
  let enabled = false
  let closed = false
  let port: SerialPort | undefined
  let retry: NodeJS.Timeout | undefined
  let quiet: NodeJS.Timeout | undefined
  let watch: NodeJS.Timeout | undefined
  let frames = createCodeFrames(config.suffix)

  const postState = () => post({ type: 'state', state, media: 'unknown', ...(detail === undefined ? {} : { detail }) })

  function setState(nextState: DeviceState, nextDetail?: string): void {
    state = nextState
    detail = nextDetail
    const key = JSON.stringify([state, detail])
    if (key !== posted) postState()
    posted = key
  }

  function gone(reason: string): void {
    clearTimeout(quiet)
    clearInterval(watch)
    port = undefined
    if (closed) return
    setState('no-device', reason)
    retry = setTimeout(() => void connect(), retryPause)
  }

  async function connect(): Promise<void> {
    let path = config.path
    try {
      path ??= (await options.findPort())?.path
    } catch (error) {
      gone(error instanceof Error ? error.message : String(error))
      return
    }
    if (closed) return
    if (path === undefined) {
      gone('no port looks like the one scanner: name its path')
      return
    }
    frames = createCodeFrames(config.suffix)
    // Before the opening, since a cable that is pulled right after it leaves nothing to compare with.
    const device = deviceBehind(path)
    const opening = new SerialPort({ path, baudRate: config.baudRate, autoOpen: false })
    port = opening
    opening.on('data', (bytes: Uint8Array) => hear(bytes))
    // Its words are those of the `close` or the failed opening that goes with it.
    opening.on('error', () => undefined)
    opening.on('close', (error: Error | null) => gone(`${path}: ${error?.message ?? 'closed'}`))
    opening.open(error => {
      if (error !== null) gone(error.message)
      else if (closed) opening.close()
      else {
        setState('idle', path)
        if (device !== undefined) watchCable(opening, path, device)
      }
    })
  }

  /** On Linux a port whose cable was pulled reads as one that is silent for ever: what tells is that its device file is gone. */
  function watchCable(open: SerialPort, path: string, device: string): void {
    watch = setInterval(() => {
      if (deviceBehind(path) === device || !open.isOpen) return
      clearInterval(watch)
      open.close()
    }, lookPause)
  }

  function hear(bytes: Uint8Array): void {
    clearTimeout(quiet)
    tell(frames.take(bytes))
    if (!frames.waiting()) return
    quiet = setTimeout(() => tell(frames.silence()), config.suffix === undefined ? endingSilence : tornSilence)
  }

  function tell(codes: readonly CodeFrame[]): void {
    for (const code of codes) {
      if (!enabled) return
      const stamp = { eventId: newEventId(), at: now() }
      if (code.ok) {
        enabled = false
        post({ type: 'data', ...stamp, data: { source: 'scanner', text: code.text } })
      } else post({ type: 'fault', ...stamp, code: 'BAD_DATA', detail: code.detail })
    }
  }

  void connect()
  return {
    enable: () => {
      enabled = true
    },
    disable: () => {
      enabled = false
    },
    health: postState,
    close: async () => {
      closed = true
      clearTimeout(retry)
      clearTimeout(quiet)
      clearInterval(watch)
      const closing = port
      if (closing?.isOpen) await new Promise<void>(resolve => closing.close(() => resolve()))
      setState('closed')
    },
  }
}

/** The device file that a path leads to; undefined where there is none, as for the ports of Windows. */
function deviceBehind(path: string): string | undefined {
  try {
    return realpathSync(path)
  } catch {
    // Whatever stands in the way, the device cannot be reached by this path.
    return undefined
  }
}
