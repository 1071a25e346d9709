import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startBrowserHost } from '../../electron/browser-host.ts'
import type { ProvinceHouse } from './province-house.ts'
import { logInTo, openTill, type Till } from './till.ts'

export interface SecondSite {
  readonly dataDir: string
  till(): Till
  /** Ends the till; it is off until `start`. */
  stop(): Promise<void>
  start(): Promise<void>
  close(): Promise<void>
}

/** A till of the demo's other site, real like the first, in a data folder of its own, with a shift open. */
export async function openSecondSite(province: ProvinceHouse, site = 'demo-riverside'): Promise<SecondSite> {
  const dataDir = mkdtempSync(join(tmpdir(), 'aixin-terminal-'))
  const enrolmentCode = await province.code(site)
  const begin = async () => {
    const host = await startBrowserHost({
      config: {
        dataDir,
        enrolmentCode,
        devices: [{ id: 'simulated-reader', driver: 'card-reader-simulated' }],
        simulator: { address: province.province.address },
        syncSeconds: 0.5,
      },
      rendererDir: dataDir,
      log: () => undefined,
    })
    const till = await openTill(host.origin, await logInTo(host.url))
    const view = await till.untilTerminal(now => now.menu.length > 0 && !now.roster.stale)
    const [operator] = view.operators
    if (operator && !view.shift) await till.client.openShift({ operator: operator.id, date: view.businessDate })
    return { host, till }
  }
  let open: Awaited<ReturnType<typeof begin>> | null = await begin()
  return {
    dataDir,
    till() {
      if (open === null) throw new Error('the second site is closed')
      return open.till
    },
    async stop() {
      await open?.host.stop()
      open = null
    },
    async start() {
      open ??= await begin()
    },
    async close() {
      await open?.host.stop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}
