import { z } from 'zod'
import type { Credential } from '../../../shared/credential.ts'
import type { DeviceTest } from '../../../shared/device-tests.ts'
import type { PrinterState } from '../../../shared/printer-api.ts'
import type { TestResult } from '../../../shared/settings-api.ts'
import type { DeviceView, Done, Notice } from '../../../shared/terminal-api.ts'
import type { Documents } from '../store/documents.ts'

/** How long (ms) a test waits for a card or a code. */
const patience = 15_000
/** How long (ms) the customer screen shows that it is the one. */
const flashFor = 4000
/** Beyond so much (ms) a clock is said to be off. */
const clockSlack = 90_000

type Found = Omit<TestResult, 'test' | 'at'>

export interface DeviceTests {
  run(test: DeviceTest): Promise<TestResult>
  /** True where a running test waited for this: then no check-in comes of it. */
  takes(credential: Credential): boolean
  /** The customer screen is to show itself now. */
  flashing(): boolean
  /** When the till was last asked to say a sample line (ms); null before. */
  sampleAt(): number | null
}

export interface DeviceTestParts {
  readonly documents: Documents
  readonly keyProtection: 'host' | 'file'
  devices(): DeviceView[]
  /** How many customer screens are connected. */
  customerScreens(): number
  /** The state of the printer; null: the site has none. */
  printerState(): PrinterState | null
  printPage(): Done
  /** Whether the till says anything, and through a page that is there. */
  voice(): 'off' | 'no-page' | 'on'
  sync(): { round(): Promise<void>; online(): boolean }
  stopped(): Notice | null
  freeBytes(): number | null
  /** Signs something with the terminal's key and checks it. */
  keyWorks(): Promise<boolean>
  now(): number
  onChange(): void
}

const contact = z.object({ here: z.int(), province: z.int() })

/** Tries one device at a time, with what really hangs on this terminal. */
export function createDeviceTests(parts: DeviceTestParts): DeviceTests {
  let waiting: { readonly means: 'card' | 'code'; heard(credential: Credential | null): void } | null = null
  let flash = 0
  let sampleAt: number | null = null

  const say = (health: Found['health'], found: string, values: Found['values'] = {}): Found => ({
    health,
    found,
    values,
  })

  async function presented(means: 'card' | 'code'): Promise<Found> {
    const kinds: DeviceView['kind'][] = means === 'card' ? ['card-reader'] : ['code-scanner', 'camera']
    const present = parts.devices().filter(({ kind }) => kinds.includes(kind))
    const works = present.filter(({ state }) => state === 'idle' || state === 'busy')
    if (present.length === 0 && means === 'card') return say('absent', 'none')
    // A gun that types shows only with its first scan.
    if (present.length > 0 && works.length === 0) return say('fault', present[0]?.state ?? 'closed')
    waiting?.heard(null)
    const began = parts.now()
    const credential = await new Promise<Credential | null>(resolve => {
      const timer = setTimeout(() => end(null), patience)
      const mine = { means, heard: end }
      function end(heard: Credential | null) {
        clearTimeout(timer)
        if (waiting === mine) waiting = null
        resolve(heard)
      }
      waiting = mine
    })
    if (credential === null) return say('attention', 'nothing-came')
    return say('good', 'read', { seconds: Math.round((parts.now() - began) / 100) / 10 })
  }

  function camera(): Found {
    const [found] = parts.devices().filter(({ kind }) => kind === 'camera')
    if (found === undefined || found.state === 'no-device') return say('absent', 'none')
    if (found.state === 'error' || found.state === 'closed') return say('fault', found.state)
    return found.notes?.includes('dark') ? say('attention', 'dark') : say('good', 'sees')
  }

  async function network(): Promise<Found> {
    const began = performance.now()
    await parts.sync().round()
    const ms = Math.round(performance.now() - began)
    return parts.sync().online() ? say('good', 'answered', { ms }) : say('attention', 'offline')
  }

  function clock(): Found {
    const last = parts.documents.read('clock-at-contact', contact)
    if (last === null) return say('attention', 'not-compared')
    const off = Math.abs(last.here - last.province)
    const seconds = Math.round(off / 100) / 10
    return off > clockSlack ? say('fault', 'off', { seconds }) : say('good', 'agrees', { seconds })
  }

  function storage(): Found {
    const stopped = parts.stopped()
    if (stopped) return say('fault', stopped.code, stopped.values)
    parts.documents.write('disk-probe', parts.now())
    return say('good', 'writes', { gb: Math.floor((parts.freeBytes() ?? 0) / 2 ** 30) })
  }

  async function key(): Promise<Found> {
    if (!(await parts.keyWorks())) return say('fault', 'broken')
    return parts.keyProtection === 'file' ? say('attention', 'in-a-file') : say('good', 'signs')
  }

  function customerScreen(): Found {
    if (parts.customerScreens() === 0) return say('absent', 'none')
    flash = parts.now() + flashFor
    parts.onChange()
    setTimeout(parts.onChange, flashFor + 50).unref()
    return say('good', 'shows')
  }

  function printer(): Found {
    const state = parts.printerState()
    if (state === null) return say('absent', 'none')
    if (state !== 'ready' && state !== 'paper-low') return say('fault', state)
    const printed = parts.printPage()
    if (printed.result === 'refused') return say('fault', printed.notice.code)
    return state === 'paper-low' ? say('attention', 'paper-low') : say('good', 'sent')
  }

  function speaker(): Found {
    const voice = parts.voice()
    if (voice !== 'on') return say('absent', voice)
    sampleAt = parts.now()
    parts.onChange()
    return say('good', 'said')
  }

  const runs: Record<DeviceTest, () => Found | Promise<Found>> = {
    'card-reader': () => presented('card'),
    'code-scanner': () => presented('code'),
    camera,
    'customer-screen': customerScreen,
    printer,
    speaker,
    network,
    clock,
    storage,
    key,
  }

  return {
    async run(test) {
      return { test, ...(await runs[test]()), at: parts.now() }
    },
    takes(credential) {
      if (waiting?.means !== credential.means) return false
      waiting.heard(credential)
      return true
    },
    flashing: () => parts.now() < flash,
    sampleAt: () => sampleAt,
  }
}
