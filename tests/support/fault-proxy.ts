import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { randomFrom } from './random.ts'

export const faults = [
  'cut-request',
  'cut-reply',
  'twice',
  'late',
  'error-500',
  'busy-429',
  'truncated',
  'wrong-bytes',
] as const
export type Fault = (typeof faults)[number]

export interface FaultProxy {
  readonly address: string
  /** How often each fault was done, and how many requests went through without one. */
  readonly done: Readonly<Record<Fault | 'none', number>>
  /** The share of requests that meet a fault, 0 to 1. */
  disturb(share: number): void
  close(): Promise<void>
}

/** A bad network between a terminal and its province, by a seed: what can happen to a request and to its reply happens. */
export async function openFaultProxy(target: string, seed: number): Promise<FaultProxy> {
  const { hostname, port } = new URL(target)
  const random = randomFrom(seed)
  const done: Record<Fault | 'none', number> = {
    ...{ none: 0, 'cut-request': 0, 'cut-reply': 0, twice: 0, late: 0 },
    ...{ 'error-500': 0, 'busy-429': 0, truncated: 0, 'wrong-bytes': 0 },
  }
  let share = 0

  const pick = (): Fault | 'none' => (random.chance(share) ? random.oneOf(...faults) : 'none')

  async function bodyOf(message: IncomingMessage): Promise<Buffer> {
    const parts: Buffer[] = []
    for await (const part of message) parts.push(part)
    return Buffer.concat(parts)
  }

  function forward(asked: IncomingMessage, body: Buffer): Promise<{ status: number; headers: object; body: Buffer }> {
    return new Promise((resolve, reject) => {
      const onward = request(
        { hostname, port, path: asked.url, method: asked.method, headers: { ...asked.headers, connection: 'close' } },
        reply => {
          bodyOf(reply).then(
            answer => resolve({ status: reply.statusCode ?? 502, headers: reply.headers, body: answer }),
            reject,
          )
        },
      )
      onward.on('error', reject)
      onward.end(body)
    })
  }

  async function serve(asked: IncomingMessage, reply: ServerResponse): Promise<void> {
    // Waiting for news is no part of what is counted.
    const fault = asked.url === '/v1/news' ? 'none' : pick()
    done[fault] += 1
    const body = await bodyOf(asked)
    const plain = { 'content-type': 'application/json' }
    if (fault === 'cut-request') {
      // The province got half of it.
      const half = request({ hostname, port, path: asked.url, method: 'POST', headers: asked.headers })
      half.on('error', () => undefined)
      half.write(body.subarray(0, body.length >> 1))
      setTimeout(() => half.destroy(), 5)
      asked.socket.destroy()
      return
    }
    if (fault === 'error-500' || fault === 'busy-429') {
      reply.writeHead(fault === 'error-500' ? 500 : 429, { ...plain, 'retry-after': '1' }).end('{}')
      return
    }
    if (fault === 'twice') await forward(asked, body)
    const answer = await forward(asked, body)
    if (fault === 'late') await new Promise(resolve => setTimeout(resolve, 50 + random.below(200)))
    if (fault === 'cut-reply') {
      asked.socket.destroy()
      return
    }
    const wrong = Buffer.from(answer.body)
    if (fault === 'wrong-bytes') for (let at = 0; at < 20; at += 1) wrong[random.below(wrong.length)] = 65 + at
    const sent = fault === 'truncated' ? wrong.subarray(0, wrong.length >> 1) : wrong
    reply.writeHead(answer.status, plain).end(sent)
  }

  const server = createServer((asked, reply) => {
    serve(asked, reply).catch(() => asked.socket.destroy())
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port: own } = server.address() as AddressInfo
  return {
    address: `http://127.0.0.1:${own}`,
    done,
    disturb(next) {
      share = next
    },
    close: () =>
      new Promise(resolve => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}
