import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { z } from 'zod'
import { endLeftoverPostgres, startEmbeddedPostgres } from '../province/embedded.ts'
import { type Province, startProvince } from '../province/server.ts'
import { siteId, terminalId } from '../shared/ids.ts'
import { enrolmentCode } from '../shared/province-api.ts'
import { HostProblem } from './host-problem.ts'
import { settingsFile } from './terminal-settings.ts'

/** What the demo must remember between two starts: the terminal keeps the province's address from its enrolment. */
const remembered = z.strictObject({ provincePort: z.int(), enrolmentCode })

export interface DemoSite {
  /** The terminal's data folder, with its `terminal.json`. */
  terminalDir: string
  provinceAddress: string
  stop(): Promise<void>
}

/** Runs a step, and says what it is doing once that takes longer than people like to wait in the dark. */
export type Step = <T>(zh: string, en: string, work: () => Promise<T>) => Promise<T>

/**
 * Starts the province of the demo with everything embedded below a folder, and leaves settings for a terminal that enrols with it.
 * A second start on the same folder keeps its data; `fresh` removes what the demo made in it, and nothing else.
 * Throws a HostProblem: DATABASE_IN_USE where another demo runs on the folder, PORT_IN_USE where its province's port is taken.
 */
export async function startDemoSite(folder: string, options: { fresh: boolean; step: Step }): Promise<DemoSite> {
  const { fresh, step } = options
  const terminalDir = join(folder, 'terminal')
  const provinceDir = join(folder, 'province')
  mkdirSync(folder, { recursive: true })
  const release = claim(join(folder, 'running.lock'))
  try {
    if (fresh) await endLeftoverPostgres(join(provinceDir, 'postgres'))
    if (fresh) for (const made of [terminalDir, provinceDir]) rmSync(made, { recursive: true, force: true })
    mkdirSync(terminalDir, { recursive: true, mode: 0o700 })
    mkdirSync(provinceDir, { recursive: true })
    // PostgreSQL does not run as root; its own user must be able to reach its folder.
    for (const way of [folder, provinceDir]) chmodSync(way, 0o755)
    const postgres = await step('正在启动数据库（PostgreSQL）', 'Starting the database (PostgreSQL)', () =>
      startEmbeddedPostgres({ dataDir: join(provinceDir, 'postgres') }),
    )
    let province: Province | undefined
    try {
      const memory = join(provinceDir, 'demo.json')
      const known = existsSync(memory) ? remembered.parse(JSON.parse(readFileSync(memory, 'utf8'))) : null
      const port = known?.provincePort ?? (await freePort())
      province = await step(
        '正在启动省平台，准备 300 位虚构老人',
        'Starting the province with 300 fictional seniors',
        () => provinceOn(postgres.url, port),
      )
      const code =
        known?.enrolmentCode ??
        (await province.createEnrolmentCode(terminalId.parse('demo-till-1'), siteId.parse('demo-canteen')))
      writeFileSync(memory, JSON.stringify({ provincePort: port, enrolmentCode: code }), { mode: 0o600 })
      const settings = {
        enrolmentCode: code,
        devices: await demoDevices(),
        printer: { simulated: true, paper: 58, when: 'always' },
        simulator: { address: province.address },
        syncSeconds: 5,
      }
      writeFileSync(settingsFile(terminalDir), JSON.stringify(settings, null, 2), { mode: 0o600 })
      const running = province
      return {
        terminalDir,
        provinceAddress: running.address,
        stop: async () => {
          await running.close()
          await postgres.stop()
          release()
        },
      }
    } catch (error) {
      await province?.close()
      await postgres.stop()
      throw error
    }
  } catch (error) {
    release()
    throw error
  }
}

async function provinceOn(databaseUrl: string, port: number): Promise<Province> {
  try {
    return await startProvince({ databaseUrl, host: '127.0.0.1', port, demo: true, logLevel: 'error' })
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')
      throw new HostProblem({ code: 'PORT_IN_USE', values: { port } })
    throw error
  }
}

/** Devices for the mouse, and a real reader where the card service answers. The camera is the page's own. */
async function demoDevices(): Promise<{ id: string; driver: string }[]> {
  const simulated = [
    { id: 'simulated-reader', driver: 'card-reader-simulated' },
    { id: 'simulated-scanner', driver: 'code-scanner-simulated' },
  ]
  return (await pcscdAnswers()) ? [...simulated, { id: 'card-reader', driver: 'card-reader-pcsc' }] : simulated
}

function pcscdAnswers(): Promise<boolean> {
  return new Promise(resolve => {
    const socket = connect('/run/pcscd/pcscd.comm')
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })
}

/** One demo a folder: a lock that the system frees when the process ends, however it ends. Gives the way to free it earlier. */
function claim(file: string): () => void {
  const lock = new Database(file, { timeout: 0 })
  try {
    lock.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    lock.close()
    if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY'))
      throw new HostProblem({ code: 'DATABASE_IN_USE', values: {} })
    throw error
  }
  return () => void lock.close()
}
