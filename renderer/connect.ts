import { type ClientContext, type ClientLink, createORPCClient, DynamicLink, ORPCError } from '@orpc/client'
import type { ContractRouterClient } from '@orpc/contract'
import type { pagesApi } from '../shared/kiosk-api.ts'
import type { ConfirmResult, Notice } from '../shared/terminal-api.ts'
import { type Line, openLine, type PageRole } from './transport.ts'

export type TerminalClient = ContractRouterClient<typeof pagesApi>

export interface Connection {
  /** Typed calls over whatever line is up; a call without a line rejects at once. */
  readonly calls: TerminalClient
  /**
   * Records a sale and repeats the request, across reconnects, until the core answers: it is safe to repeat by its check-in id.
   * Null where the core does not accept the question at all.
   */
  confirm(question: { checkIn: string; digest: string }): Promise<ConfirmResult | null>
  stop(): void
}

/** Starts reading one stream on a line and returns when the stream ends. */
export type Watch = (calls: TerminalClient, signal: AbortSignal, onNews: () => void) => Promise<void>

/** Reads a stream into `onValue`; the first value is a snapshot, so a reconnect needs nothing else. */
export function watching<T>(
  open: (calls: TerminalClient, signal: AbortSignal) => Promise<AsyncIterable<T>>,
  onValue: (value: T) => void,
): Watch {
  return async (calls, signal, onNews) => {
    for await (const value of await open(calls, signal)) {
      onNews()
      onValue(value)
    }
  }
}

const FIRST_PAUSE = 200
const LONGEST_PAUSE = 2000
/** A line on which nothing arrived after this long is given up. */
const SILENT_LINE = 5000
/** How long a line that was closed may take to say so. */
const CLOSING = 500

const pause = (milliseconds: number) => new Promise<void>(resolve => setTimeout(resolve, milliseconds))

/** Keeps a page connected to the core: opens a line, reads the streams, and begins again when it breaks. */
export function connect(options: {
  role: PageRole
  watches: readonly Watch[]
  /** `refusal`: why the core is away, where the host knows. */
  onConnected(connected: boolean, refusal: Notice | null): void
}): Connection {
  let line: Line | null = null
  let stopped = false
  const link = new DynamicLink<ClientContext>((): ClientLink<ClientContext> => {
    if (!line) throw new Error('no line to the core')
    return line.link
  })
  const calls: TerminalClient = createORPCClient(link)

  async function liveOn(opened: Line): Promise<boolean> {
    let heard = false
    const onNews = () => {
      if (heard) return
      heard = true
      options.onConnected(true, null)
    }
    const ending = new AbortController()
    const silence = setTimeout(() => {
      if (!heard) opened.close()
    }, SILENT_LINE)
    line = opened
    // A stream that ends means the core's state is unknown: the whole line begins again, which is one path for all causes.
    const streams = options.watches.map(watch => watch(calls, ending.signal, onNews).catch(reportBrokenLine))
    await Promise.race([opened.closed, ...streams])
    clearTimeout(silence)
    line = null
    ending.abort()
    opened.close()
    if (heard) options.onConnected(false, null)
    // A stream may break a moment before the close says why.
    options.onConnected(false, await Promise.race([opened.closed, pause(CLOSING).then(() => null)]))
    return heard
  }

  async function run(): Promise<void> {
    let next = FIRST_PAUSE
    while (!stopped) {
      const heard = await liveOn(openLine(options.role))
      if (heard) next = FIRST_PAUSE
      await pause(next)
      next = Math.min(next * 2, LONGEST_PAUSE)
    }
  }

  void run()
  return {
    calls,
    confirm: question => untilAnswered(() => calls.confirm(question)),
    stop() {
      stopped = true
      line?.close()
    },
  }
}

/** Asks again, across reconnects, until the core answers; null where it does not accept the question. Only for what is safe to repeat. */
export async function untilAnswered<T>(ask: () => Promise<T>): Promise<T | null> {
  for (let next = FIRST_PAUSE; ; next = Math.min(next * 2, LONGEST_PAUSE)) {
    try {
      return await ask()
    } catch (error) {
      if (error instanceof ORPCError && error.status >= 400 && error.status < 500) return null
    }
    await pause(next)
  }
}

function reportBrokenLine(error: unknown): void {
  console.info('the line to the core broke:', error instanceof Error ? error.message : String(error))
}
