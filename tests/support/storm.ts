import { spawn } from 'node:child_process'
import { z } from 'zod'
import { createHttpLink } from '../../electron/core/sync/http-link.ts'
import type { ExchangeKind } from '../../electron/core/sync/province-link.ts'
import { type EnrolmentCode, type PushItem, type PushReply, pushReply } from '../../shared/province-api.ts'
import type { PaperTerminal } from './paper-terminal.ts'
import type { Meal } from './storm-lunch.ts'

const program = new URL('../../province/main.ts', import.meta.url).pathname

/** A province in a process of its own over a database, with its metrics. */
export async function spawnProvince(databaseUrl: string) {
  const words = ['--database-url', databaseUrl, '--port', '0', '--metrics-port', '0']
  const child = spawn(process.execPath, [program, ...words], { stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = new Promise<void>(done => child.once('close', () => done()))
  const [address = '', metrics = ''] = await new Promise<string[]>((spoken, failed) => {
    let said = ''
    child.once('close', () => failed(new Error('the province ended before it said its address')))
    child.stdout.on('data', chunk => {
      said += String(chunk)
      const lines = said.split('\n')
      if (lines.length > 2) spoken(lines)
    })
  })
  return {
    address,
    async metric(name: string): Promise<number> {
      const text = await (await fetch(metrics)).text()
      const line = text.split('\n').find(found => found.startsWith(`${name} `))
      return Number(line?.slice(name.length + 1) ?? Number.NaN)
    },
    async stop() {
      child.kill('SIGTERM')
      await ended
    },
  }
}

/** What has to be known of a page to fetch the next one: 300 terminals in one process cannot also read what is on it. */
const pageHead = z.object({ items: z.array(z.unknown()), cursor: z.string().nullable(), more: z.boolean() })

/** A paper terminal behind the link that terminals use: it comes again when it is told to, until it is heard. */
export function persistent(terminal: PaperTerminal) {
  const link = createHttpLink(terminal.address)
  let [sentAway, cut] = [0, 0]
  async function say(kind: ExchangeKind, body: unknown, as: string): Promise<unknown> {
    for (;;) {
      const envelope = await terminal.envelopeFor(as, body)
      const reply = await link.exchange(kind, envelope)
      if (reply.ok) {
        const opened = await terminal.openReply(reply.reply, envelope.nonce)
        if (!opened.ok) throw new Error(`the answer does not open: ${opened.problem}`)
        return opened.body
      }
      if (reply.reason === 'refused') throw new Error(`refused: ${reply.code}`)
      if (reply.reason === 'busy') sentAway += 1
      else cut += 1
      const seconds = reply.reason === 'busy' ? reply.retryAfterSeconds : 1 + Math.random() * 4
      await new Promise(resolve => setTimeout(resolve, seconds * 1000))
    }
  }
  return {
    terminal,
    counts: () => ({ sentAway, cut }),
    async push(items: readonly PushItem[]): Promise<PushReply> {
      const plain = items.map(({ seq, record, signature, inputs }) => ({ seq, record, signature, inputs }))
      return pushReply.parse(await say('push', { generation: 1, items: plain }, 'push'))
    },
    async pullAll(feed: 'site' | 'policies' | 'roster' | 'revocations' | 'leases'): Promise<number> {
      let items = 0
      for (let cursor: string | null = null, more = true; more; ) {
        const page = pageHead.parse(await say('pull', { feed, cursor, limit: 2000 }, 'pull'))
        items += page.items.length
        ;({ cursor, more } = page)
      }
      return items
    },
    ask: (senior: string) =>
      say('ask', { senior, pack: 'DEMO', generation: 1, epoch: 1, totals: [], debits: [] }, 'ask'),
    wait: () => say('wait', {}, 'wait'),
  }
}

/** Median, 95th and 99th part and greatest of some durations (ms). */
export function spread(milliseconds: readonly number[]) {
  const sorted = [...milliseconds].sort((a, b) => a - b)
  const part = (share: number) =>
    Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0)
  return { p50: part(0.5), p95: part(0.95), p99: part(0.99), max: part(1) }
}

const lunchProgram = new URL('./storm-lunch.ts', import.meta.url).pathname
const meal = z.object({ push: z.number(), ask: z.number(), sentAway: z.int(), cut: z.int() })

/** A terminal at lunch in a process of its own, so that what it waits for is the province and no other terminal of the test. */
export async function startLunch(code: EnrolmentCode, rhythm: number) {
  const child = spawn(process.execPath, [lunchProgram, JSON.stringify(code), String(rhythm)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const ended = new Promise<void>(done => child.once('close', () => done()))
  const meals: Meal[] = []
  let looked = 0
  let rest = ''
  await new Promise<void>((begun, failed) => {
    child.once('close', () => failed(new Error('the lunch ended before it began')))
    child.stdout.on('data', chunk => {
      const lines = (rest + String(chunk)).split('\n')
      rest = lines.pop() ?? ''
      meals.push(...lines.map(line => meal.parse(JSON.parse(line))))
      if (meals.length > 0) begun()
    })
  })
  return {
    /** How long each push and question took, since the last look. */
    taken() {
      const some = meals.slice(looked)
      looked = meals.length
      return { push: spread(some.map(({ push }) => push)), ask: spread(some.map(({ ask }) => ask)) }
    },
    async stop() {
      child.stdin.end()
      await ended
      const last = meals.at(-1)
      return { meals: meals.length, sentAway: last?.sentAway ?? 0, cut: last?.cut ?? 0 }
    },
  }
}
