import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { z } from 'zod'
import { type BrowserHost, startBrowserHost } from '../../electron/browser-host.ts'
import type { printerSetting } from '../../electron/core/devices/receipt-printer/printer-config.ts'
import { recordingsFolder } from '../../electron/core/own-recordings.ts'
import { siteId } from '../../shared/ids.ts'
import { openProvinceHouse, type ProvinceHouse } from './province-house.ts'
import { logInTo, openTill, type Till } from './till.ts'

const drivers = [
  { id: 'simulated-reader', driver: 'card-reader-simulated' },
  { id: 'simulated-scanner', driver: 'code-scanner-simulated' },
]

export interface DemoHouseOptions {
  /** Which of the demo's sites it is; demo-canteen without it. */
  site?: string
  /** Where the built pages lie; an empty folder serves tests without a browser. */
  rendererDir?: string
  devices?: readonly { id: string; driver: string; config?: unknown }[]
  /** The site's receipt printer, as in `terminal.json`; none without it. */
  printer?: z.input<typeof printerSetting>
  syncSeconds?: number
  /** Where the terminal's data lie, such as a folder on a disk of the test's own. */
  dataDir?: string
  /** Folders that count as sticks. */
  usbFolders?: readonly string[]
  /** A folder with the site's own face network. */
  faceModel?: string
  /** Another program in the core's place. */
  coreEntry?: string
  /** The voice of `terminal.json`. */
  voice?: unknown
  /** The address by which the terminal reaches the province, for a proxy in between. */
  reachableAt?(address: string): Promise<string>
}

export interface DemoHouse {
  readonly province: ProvinceHouse
  readonly host: BrowserHost
  readonly dataDir: string
  readonly cookie: string
  /** A till whose shift is open and whose roster has arrived. */
  openTill(): Promise<Till>
  /** Ends the host, and starts it again on the same data, or, after the loss of its disk, on none and enrolled anew. From `asKiosk` on it is a kiosk; `meanwhile` happens in between. */
  restart(options?: { onEmptyDisk?: boolean; asKiosk?: boolean; meanwhile?(): void }): Promise<void>
  close(): Promise<void>
}

/** The whole demo site: province on real PostgreSQL, browser host, real core in a process of its own, simulated devices. */
export async function openDemoHouse(options: DemoHouseOptions = {}): Promise<DemoHouse> {
  const province = await openProvinceHouse({ lunchAllDay: true })
  try {
    return await openSite(province, options)
  } catch (error) {
    await province.close()
    throw error
  }
}

async function openSite(province: ProvinceHouse, options: DemoHouseOptions): Promise<DemoHouse> {
  const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), 'aixin-terminal-'))
  const pages = options.rendererDir ?? mkdtempSync(join(tmpdir(), 'aixin-pages-'))
  const address = province.province.address
  const reachable = (await options.reachableAt?.(address)) ?? address
  let isKiosk = false
  let enrolmentCode = { ...(await province.code(options.site)), address: reachable }
  const config = () => ({
    dataDir,
    enrolmentCode,
    devices: options.devices ?? drivers,
    printer: options.printer ?? null,
    simulator: { address },
    syncSeconds: options.syncSeconds ?? 0.5,
    faceModel: options.faceModel ?? null,
    usbFolders: options.usbFolders ?? null,
    voice: options.voice ?? {},
    kiosk: isKiosk,
  })
  const recordingsDir = recordingsFolder(dataDir)
  const entry = options.coreEntry === undefined ? {} : { coreEntry: options.coreEntry }
  const start = () => startBrowserHost({ config: config(), rendererDir: pages, recordingsDir, log: quiet, ...entry })
  let host = await start()
  let cookie = await logInTo(host.url)
  return {
    province,
    dataDir,
    get host() {
      return host
    },
    get cookie() {
      return cookie
    },
    async openTill() {
      const till = await openTill(host.origin, cookie)
      const view = await till.untilTerminal(now => now.roster.members > 0 && now.menu.length > 0 && !now.roster.stale)
      const [operator] = view.operators
      if (!view.shift && operator) await till.client.openShift({ operator: operator.id, date: view.businessDate })
      return till
    },
    async restart({ onEmptyDisk = false, asKiosk = isKiosk, meanwhile = () => undefined } = {}) {
      await host.stop()
      isKiosk = asKiosk
      meanwhile()
      if (onEmptyDisk) {
        rmSync(dataDir, { recursive: true })
        const again = await province.province.createEnrolmentCode(
          enrolmentCode.terminal,
          siteId.parse(options.site ?? 'demo-canteen'),
        )
        enrolmentCode = { ...again, address: reachable }
      }
      host = await start()
      cookie = await logInTo(host.launchUrl('cashier.html'))
    },
    async close() {
      await host.stop()
      await province.close()
      if (!options.dataDir) rmSync(dataDir, { recursive: true, force: true })
      if (!options.rendererDir) rmSync(pages, { recursive: true, force: true })
    },
  }
}

/** Warnings and errors of the host under test go to the test's own output; the rest is noise. */
function quiet(level: string, event: string, values?: unknown): void {
  if (level === 'error') console.error(event, values)
}
