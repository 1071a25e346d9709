import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Admit } from './envelope-desk.ts'
import { type Lane, openLane } from './lanes.ts'
import { countRequests } from './metrics.ts'
import { openRateLimits, ordinaryRates, type Rates } from './rate-limits.ts'
import { Refusal } from './refusals.ts'

/** Requests with many records, from all terminals: so many bodies are held at once, and the others wait so long before theirs is read (ms). */
const bodiesAtOnce = 32
const bodyPatience = 10_000
/** Of those, how many are worked on at once: the rest of the database's connections is for people who stand before a till. */
const bulkAtOnce = 4

const bulkRoutes = new Set(['/v1/ledger', '/v1/feed', '/v1/history', '/v1/face/deposit'])

/** How much at once and how often, so that terminals that come back after a cut never take the till from those who serve people. */
export interface Traffic {
  readonly admit: Admit
  readonly counts: ReturnType<typeof countRequests>
  /** Works on a request with many records when it is its turn. */
  readonly bulk: Lane['run']
  /** Waits for news; not at all once the province stops. */
  listen(wait: () => Promise<boolean>): Promise<boolean>
  /** From now on what is answered is answered for the last time. */
  stop(): void
  /** Counts every answer, and reads the bodies of bulk requests as there is room. */
  watch(app: Pick<FastifyInstance, 'addHook'>): void
}

export function openTraffic(rates: Rates = ordinaryRates): Traffic {
  const lanes = { bodies: openLane(bodiesAtOnce, bodyPatience), bulk: openLane(bulkAtOnce) }
  const counts = countRequests(lanes)
  let listening = 0
  let stopping = false
  counts.watched.set('news', () => ({ inside: listening, waiting: 0 }))

  async function comeIn(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    if (!bulkRoutes.has(request.routeOptions.url ?? '')) return
    const gone = new AbortController()
    reply.raw.once('close', () => gone.abort())
    const leave = await lanes.bodies.enter(gone.signal)
    if (leave === null) throw new Refusal('BUSY')
    if (reply.raw.closed) leave()
    else reply.raw.once('close', leave)
  }

  return {
    admit: openRateLimits(rates, () => performance.now()),
    counts,
    bulk: lanes.bulk.run,
    async listen(wait) {
      listening += 1
      try {
        return stopping ? false : await wait()
      } finally {
        listening -= 1
      }
    },
    stop() {
      stopping = true
    },
    watch(app) {
      app.addHook('onRequest', comeIn)
      app.addHook('onSend', async (_, reply) => {
        if (stopping) reply.header('connection', 'close')
      })
      app.addHook('onResponse', async (request, reply) => {
        counts.answered(request.routeOptions.url ?? '', reply.statusCode, reply.elapsedTime / 1000)
      })
    },
  }
}
