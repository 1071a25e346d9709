import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const daemon = '/usr/sbin/pcscd'
const readerLibrary = '/usr/lib/pcsc/drivers/serial/libifdvpcd.so'
const socketPath = '/run/pcscd/pcscd.comm'
const readerPort = 0x8c7b
const packages = 'apt-get install -y --no-install-recommends pcscd libpcsclite1 vsmartcard-vpcd'

export interface Pcscd {
  /** False where a service was running already; then `stop` and `kill` leave it alone. */
  started: boolean
  /** Ends the service in order. */
  stop(): Promise<void>
  /** Ends it with SIGKILL, which leaves its files behind. */
  kill(): Promise<void>
}

const accepts = (path: string) =>
  new Promise<boolean>(resolve => {
    const socket = connect(path)
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    // Refused or not there: nobody listens, which is the answer.
    socket.once('error', () => resolve(false))
  })

// Connecting would put a card in, so the kernel's table of sockets is read instead (0A = LISTEN).
const readerListens = () =>
  ['/proc/net/tcp', '/proc/net/tcp6'].some(
    table =>
      existsSync(table) &&
      new RegExp(`:${readerPort.toString(16).toUpperCase()} [0-9A-F]+:0000 0A`).test(readFileSync(table, 'ascii')),
  )

/**
 * The real PC/SC service with the virtual reader, for tests: uses the one that runs, else starts one (as root) and waits until it is ready.
 * The virtual reader listens on all addresses: for test machines only. Rejects with what to install or do.
 */
export async function startPcscd(): Promise<Pcscd> {
  if (!existsSync(daemon) || !existsSync(readerLibrary))
    throw new Error(`the tests of the card reader need the PC/SC service and the virtual reader: ${packages}`)
  if (await accepts(socketPath)) {
    if (!readerListens()) throw new Error(`a pcscd runs without the virtual reader: stop it, or: ${packages}`)
    const nothing = async () => undefined
    return { started: false, stop: nothing, kill: nothing }
  }
  if (process.getuid?.() !== 0) throw new Error('no pcscd runs: start it, or run the tests as root')

  // What a killed service leaves behind stops the next one from starting.
  mkdirSync('/run/pcscd', { recursive: true })
  rmSync(socketPath, { force: true })
  rmSync('/run/pcscd/pcscd.pid', { force: true })
  const folder = mkdtempSync(join(tmpdir(), 'pcscd-'))
  const reader = [
    'FRIENDLYNAME "Virtual PCD"',
    `DEVICENAME /dev/null:0x${readerPort.toString(16)}`,
    `LIBPATH ${readerLibrary}`,
    `CHANNELID 0x${readerPort.toString(16)}`,
  ]
  writeFileSync(join(folder, 'virtual-reader'), `${reader.join('\n')}\n`)

  const child = spawn(daemon, ['--foreground', '--config', folder], { stdio: ['ignore', 'pipe', 'pipe'] })
  let log = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', chunk => {
      log = (log + String(chunk)).slice(-4_000)
    })
  const exited = new Promise<void>(resolve => child.once('exit', () => resolve()))
  const endWithParent = () => child.kill('SIGKILL')
  process.once('exit', endWithParent)
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal)
    await exited
    process.off('exit', endWithParent)
    rmSync(folder, { recursive: true, force: true })
  }
  for (let attempt = 0; attempt < 200; attempt++) {
    if (child.exitCode !== null) break
    if (readerListens() && (await accepts(socketPath)))
      return { started: true, stop: () => end('SIGTERM'), kill: () => end('SIGKILL') }
    await new Promise(resolve => setTimeout(resolve, 50))
  }
  await end('SIGKILL')
  throw new Error(`pcscd did not get ready:\n${log}`)
}
