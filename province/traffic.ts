import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { FeedName } from '../shared/province-api.ts'
import type { Admit } from './envelope-desk.ts'
import { type Lane, openLane } from './lanes.ts'
import { countRequests } from './metrics.ts'
import { openRateLimits, ordinaryRates, type Rates } from './rate-limits.ts'
import { Refusal } from './refusals.ts'

/** Bodies from this length on (bytes) are held so many at once; the others wait so long before theirs is read (ms). */
const largeBody = 64 * 1024
const bodiesAtOnce = 32
const bodyPatience = 10_000
/**
 * How many are worked on at once: pushes of many records, feeds of many rows, and between them what a till at work sends and hears. The rest
 * of the database's connections is for people who stand before a till.
 */
const bulkAtOnce = 2
const feedsAtOnce = 2
const brieflyAtOnce = 2
/** A till at work sends no more records at a time. */
const fewRecords = 10

/** How much at once and how often, so that terminals that come back after a cut never take the till from those who serve people. */
export interface Traffic {
  readonly admit: Admit
  readonly counts: ReturnType<typeof countRequests>
  /** The lane of a push of so many records. */
  pushLane(records: number): Lane
  /** The lane of a feed: leases are heard at once, since somebody may stand at another till and wait for what they ask back. */
  feedLane(feed: FeedName | 'history'): Lane
  /** Waits for news; not at all once the province stops. */
  listen(wait: () => Promise<boolean>): Promise<boolean>
  /** From now on what is answered is answered for the last time. */
  stop(): void
  /** Counts every answer, and reads large bodies as there is room. */
  watch(app: Pick<FastifyInstance, 'addHook'>): void
}

export function openTraffic(rates: Rates = ordinaryRates): Traffic {
  const lanes = {
    bodies: openLane(bodiesAtOnce, bodyPatience),
    bulk: openLane(bulkAtOnce),
    feeds: openLane(feedsAtOnce),
    briefly: openLane(brieflyAtOnce),
  }
  const counts = countRequests(lanes)
  let listening = 0
  let stopping = false
  counts.watched.set('news', () => ({ inside: listening, waiting: 0 }))

  async function comeIn(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const length = Number(request.headers['content-length'] ?? Number.POSITIVE_INFINITY)
    if (request.method !== 'POST' || length < largeBody) return
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
    pushLane: records => (records > fewRecords ? lanes.bulk : lanes.briefly),
    feedLane: feed => (feed === 'leases' ? lanes.briefly : lanes.feeds),
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
