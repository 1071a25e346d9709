import { spawn } from 'node:child_process'
import { type FromHelper, fromHelper, type ToHelper } from './helper-protocol.ts'

/** A helper says what it has to say in far less. */
const longestLine = 65_536

export interface HelperProgram {
  program: string
  arguments: readonly string[]
  /** Its working folder; many libraries look there for the files that they need. */
  folder?: string | undefined
}

type Reply = Exclude<FromHelper, { type: 'hello' }>
export type HelperRequest = { type: 'open'; profile: Extract<ToHelper, { type: 'open' }>['profile'] } | { type: 'read' }

/** A helper that hangs, ended, or says what is not in the protocol is lost: start another. */
export type HelperAnswer =
  | { ok: true; reply: Reply }
  | { ok: false; lost: 'silent' | 'ended' | 'garbled'; detail: string }

export interface Helper {
  /** One request at a time. Resolves at the deadline (ms) at the latest; a helper that is lost is killed by then. */
  ask(request: HelperRequest, deadline: number): Promise<HelperAnswer>
  end(): void
}

/** Starts the helper program; a program that is not there shows in the first answer. */
export function startHelper({ program, arguments: words, folder }: HelperProgram): Helper {
  const child = spawn(program, words, {
    ...(folder === undefined ? {} : { cwd: folder }),
    // One thread makes all calls of the middleware: some libraries want it so.
    env: { ...process.env, UV_THREADPOOL_SIZE: '1' },
    stdio: ['pipe', 'pipe', 'ignore'],
    windowsHide: true,
  })
  let lastId = 0
  let heard = ''
  let greeted = false
  let lostAs: Extract<HelperAnswer, { ok: false }> | undefined
  let waiting: { id: number; settle(answer: HelperAnswer): void } | undefined

  function settle(answer: HelperAnswer): void {
    const waited = waiting
    waiting = undefined
    waited?.settle(answer)
  }

  function lose(lost: 'silent' | 'ended' | 'garbled', detail: string): void {
    lostAs ??= { ok: false, lost, detail }
    child.kill('SIGKILL')
    settle(lostAs)
  }

  function hear(line: string): void {
    // Libraries print to the same pipe: what is no JSON object is their noise.
    if (!line.startsWith('{')) return
    let raw: unknown
    try {
      raw = JSON.parse(line)
    } catch (error) {
      lose('garbled', `a line that is not JSON: ${error instanceof Error ? error.message : String(error)}`)
      return
    }
    const parsed = fromHelper.safeParse(raw)
    if (!parsed.success) lose('garbled', 'a message that is not in the protocol')
    else if (parsed.data.type === 'hello') greeted = true
    else if (!greeted) lose('garbled', 'it answered before its hello')
    else if (parsed.data.id !== waiting?.id) lose('garbled', 'it answered what was not asked')
    else settle({ ok: true, reply: parsed.data })
  }

  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    const lines = (heard + chunk).split('\n')
    heard = lines.pop() ?? ''
    for (const line of lines) if (lostAs === undefined) hear(line.trim())
    if (heard.length > longestLine) lose('garbled', 'a line without end')
  })
  child.on('error', error => lose('ended', `it could not be started: ${error.message}`))
  // `close` comes after the last line was heard.
  child.on('close', (code, signal) => lose('ended', signal === null ? `exit code ${code}` : `signal ${signal}`))
  // A pipe that breaks is told by the end of the program.
  child.stdin.on('error', () => child.kill('SIGKILL'))

  return {
    ask: (request, deadline) =>
      new Promise(resolve => {
        if (lostAs !== undefined) {
          resolve(lostAs)
          return
        }
        const id = ++lastId
        const timer = setTimeout(() => lose('silent', `no answer in ${deadline} ms`), deadline)
        waiting = {
          id,
          settle: answer => {
            clearTimeout(timer)
            resolve(answer)
          },
        }
        const message: ToHelper = { ...request, id }
        child.stdin.write(`${JSON.stringify(message)}\n`)
      }),
    end: () => lose('ended', 'it was told to end'),
  }
}
