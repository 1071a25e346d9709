import type { IncomingMessage } from 'node:http'
import { finished } from 'node:stream/promises'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { FeedName } from '../shared/province-api.ts'
import type { Admit } from './envelope-desk.ts'
import { openLane } from './lanes.ts'
import { countRequests } from './metrics.ts'
import { openRateLimits, ordinaryRates, type Rates } from './rate-limits.ts'
import { Refusal } from './refusals.ts'

/**
 * Requests that can wait, which are those for feeds and records of the past, and bodies from a length on (bytes): so many are taken in at
 * once. The others wait before anything long of theirs is read, and come again later where that takes too long (ms): less than a terminal waits.
 */
const patientRoutes = new Set(['/v1/feed', '/v1/history', '/v1/usb'])
const largeBody = 16 * 1024
const crowdAtOnce = 16
const crowdPatience = 8_000
/**
 * Whoever is taken in with a long body has to send it: so long (ms) nothing need come, from then on so much (bytes a second) on the average, which the
 * poorest line of a village does. Else the place is another's, and the line is cut.
 */
const bodyPatience = 10_000
const slowestLine = 512
/** How often a body that is on its way is looked at (ms). */
const lookEvery = 500

export interface Crowd {
  readonly atOnce: number
  readonly patience: number
  readonly bodyPatience?: number
}
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
  /** Takes a push of so many records when it is its turn. */
  push<T>(request: FastifyRequest, records: number, work: () => Promise<T>): Promise<T>
  /** Reads a feed in its turn; leases soon, since somebody may stand at another till and wait for what they ask back. */
  read<T>(request: FastifyRequest, feed: FeedName | 'history', work: () => Promise<T>): Promise<T>
  /** Waits for news; not at all once the province stops. */
  listen(wait: () => Promise<boolean>): Promise<boolean>
  /** From now on what is answered is answered for the last time. */
  stop(): void
  /** Counts every answer, and takes in what can wait as there is room. */
  watch(app: Pick<FastifyInstance, 'addHook'>): void
}

export function openTraffic(
  rates: Rates = ordinaryRates,
  crowd: Crowd = { atOnce: crowdAtOnce, patience: crowdPatience },
): Traffic {
  const lanes = {
    crowd: openLane(crowd.atOnce, crowd.patience),
    bulk: openLane(bulkAtOnce, crowd.patience),
    feeds: openLane(feedsAtOnce, crowd.patience),
    briefly: openLane(brieflyAtOnce, crowd.patience),
  }
  const counts = countRequests(lanes)
  let listening = 0
  let stopping = false
  counts.watched.set('news', () => ({ inside: listening, waiting: 0 }))

  const present = new WeakMap<FastifyRequest, AbortSignal>()

  async function comeIn(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const gone = new AbortController()
    present.set(request, gone.signal)
    reply.raw.once('close', () => gone.abort())
    if (!isLarge(request)) return
    if (!(await takeAPlace(request))) {
      await thrownAway(request.raw)
      throw new Refusal('BUSY')
    }
    keepPace(request.raw, crowd.bodyPatience ?? bodyPatience)
  }

  /** A short body is here before it takes a place: who sends it slowly, or never, keeps nobody out. */
  async function comeInRead(request: FastifyRequest): Promise<void> {
    if (isLarge(request) || !patientRoutes.has(request.routeOptions.url ?? '')) return
    if (!(await takeAPlace(request))) throw new Refusal('BUSY')
  }

  async function takeAPlace(request: FastifyRequest): Promise<boolean> {
    const gone = present.get(request)
    const leave = await lanes.crowd.enter(gone)
    if (leave === null) return false
    if (gone?.aborted) leave()
    else gone?.addEventListener('abort', leave, { once: true })
    return true
  }

  return {
    admit: openRateLimits(rates, () => performance.now()),
    counts,
    push: (request, records, work) =>
      (records > fewRecords ? lanes.bulk : lanes.briefly).run(work, present.get(request)),
    read: (request, feed, work) => (feed === 'leases' ? lanes.briefly : lanes.feeds).run(work, present.get(request)),
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
      app.addHook('preValidation', comeInRead)
      app.addHook('onSend', async (_, reply) => {
        if (stopping) reply.header('connection', 'close')
      })
      app.addHook('onResponse', async (request, reply) => {
        counts.answered(request.routeOptions.url ?? '', reply.statusCode, reply.elapsedTime / 1000)
      })
    },
  }
}

function isLarge({ headers, method }: FastifyRequest): boolean {
  return Number(headers['content-length'] ?? (method === 'POST' ? largeBody : 0)) >= largeBody
}

/** Cuts the line of a body that comes more slowly than any line of a terminal is. */
function keepPace(body: IncomingMessage, patience: number): void {
  const { socket } = body
  const [startedAt, startedWith] = [performance.now(), socket.bytesRead]
  const looking = setInterval(() => {
    const due = ((performance.now() - startedAt - patience) / 1000) * slowestLine
    if (!body.complete && socket.bytesRead - startedWith < due) socket.destroy()
    if (body.complete || socket.destroyed) clearInterval(looking)
  }, lookEvery).unref()
}

/** Lets a body run out unread: whoever is answered in the middle of sending loses the connection, and with it the answer. */
async function thrownAway(body: IncomingMessage): Promise<void> {
  body.resume()
  await finished(body).catch(() => undefined)
}
