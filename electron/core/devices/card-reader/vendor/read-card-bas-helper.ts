import { createInterface } from 'node:readline'
import koffi, { type LibraryHandle } from 'koffi'
import { z } from 'zod'
import { type FromHelper, HELPER_PROTOCOL, toHelper } from './helper-protocol.ts'
import {
  messageOf,
  OUTPUT_BYTES,
  parseReadCardBas,
  type ReadCardBasProfile,
  readCardBasProfile,
} from './read-card-bas.ts'

/**
 * Program entry: the helper for middleware of the `iReadCardBas` family (docs/vendor-helper.md). It runs under a plain Node of the
 * middleware's own architecture, beside the terminal, and ends with its stdin, also while a call hangs.
 */

/** Behind the buffer lies room that is never read, so that a library which writes too much breaks nothing. */
const spareBytes = 65_536

interface OpenLibrary {
  profile: ReadCardBasProfile
  /** The call runs off the main thread, which sees the end of stdin meanwhile. */
  read(output: Uint8Array): Promise<number>
}

let open: OpenLibrary | undefined

function say(message: FromHelper): void {
  // A library that prints may have left half a line on the same pipe.
  process.stdout.write(`\n${JSON.stringify(message)}\n`)
}

const wordsOf = (error: unknown) => (error instanceof Error ? error.message : String(error))

async function openLibrary(raw: unknown): Promise<OpenLibrary> {
  const parsed = readCardBasProfile.safeParse(raw)
  if (!parsed.success) throw new Error(`profile: ${z.prettifyError(parsed.error)}`)
  const profile = parsed.data
  const library = loaded(profile.library)
  const convention = profile.callingConvention === 'stdcall' ? '__stdcall' : '__cdecl'
  const call = library.func(convention, profile.function, 'int', ['int', koffi.out('uint8_t *')])
  if (profile.init !== undefined) {
    const { function: name, arguments: values } = profile.init
    const types = values.map(value => (typeof value === 'number' ? 'int' : 'str'))
    const answer = await callInThread(library.func(convention, name, 'int', types), values)
    if (answer < 0) throw new Error(`${name} answered ${answer}`)
  }
  return { profile, read: output => callInThread(call, [profile.cardType, output]) }
}

function loaded(path: string): LibraryHandle {
  try {
    return koffi.load(path)
  } catch (error) {
    throw new Error(`${path}: ${wordsOf(error)}`)
  }
}

function callInThread(call: ReturnType<LibraryHandle['func']>, values: readonly unknown[]): Promise<number> {
  return new Promise((resolve, reject) => {
    call.async(...values, (error: unknown, answer: unknown) => {
      if (typeof answer === 'number') resolve(answer)
      else reject(error instanceof Error ? error : new Error('the call gave no number'))
    })
  })
}

async function read(id: number, { profile, read: call }: OpenLibrary): Promise<FromHelper> {
  const output = Buffer.alloc(OUTPUT_BYTES + spareBytes)
  const code = await call(output)
  const inside = output.subarray(0, OUTPUT_BYTES)
  if (code !== 0) return { type: 'error', id, code, text: messageOf(inside) }
  const parsed = parseReadCardBas(inside, profile)
  return parsed.ok ? { type: 'card', id, card: parsed.card } : { type: 'bad-data', id, text: parsed.detail }
}

async function answer(line: string): Promise<void> {
  const message = toHelper.parse(JSON.parse(line))
  const { id } = message
  try {
    if (message.type === 'open') {
      open = await openLibrary(message.profile)
      say({ type: 'opened', id })
    } else if (open === undefined) say({ type: 'setup', id, text: 'read before open' })
    else say(await read(id, open))
  } catch (error) {
    say({ type: 'setup', id, text: wordsOf(error).slice(0, 2000) })
  }
}

// SIGKILL, not exit(): Node's exit waits for its thread pool, where a call may hang for ever.
const endNow = () => process.kill(process.pid, 'SIGKILL')

let queue = Promise.resolve()
const lines = createInterface({ input: process.stdin })
lines.on('line', line => {
  queue = queue
    .then(() => answer(line))
    .catch(error => {
      console.error(wordsOf(error))
      endNow()
    })
})
lines.on('close', endNow)
process.stdout.on('error', endNow)
say({ type: 'hello', protocol: HELPER_PROTOCOL, helper: 'read-card-bas', architecture: process.arch })
