import type { FastifyPluginAsync } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { provinceRefusal } from '../../shared/province-api.ts'
import { handedIn, handIn, openRound, phoneRound, roundNews, roundNewsReply } from '../../shared/round/round.ts'
import type { Database } from '../database.ts'
import { openLane } from '../lanes.ts'
import { openBuckets, type Rate } from '../rate-limits.ts'
import { Refusal } from '../refusals.ts'
import { newsOfRound, openOnPhone, takeResults } from './rounds.ts'

const refusals = { '4xx': provinceRefusal, 503: provinceRefusal }
/** Fifteen codes and the signatures of 150 stops. */
const bodyLimit = 512 * 1024

/** How often the phone of one round may ask, and how often one address may try rounds and results that nobody made. */
export const ordinaryRoundRates = {
  round: { perSecond: 0.5, atOnce: 60 },
  guess: { perSecond: 0.2, atOnce: 20 },
} as const satisfies Record<string, Rate>
export type RoundRates = Readonly<Record<keyof typeof ordinaryRoundRates, Rate>>

/** However many phones ask, tills keep their connections: so many are answered at once, and the others wait for so long (ms). */
const phonesAtOnce = 2
const phonePatience = 5_000
const guesses = new Set(['ROUND_UNKNOWN', 'ROUND_RESULTS_BAD'])

/** What a courier's phone asks. */
export function roundRoutes(database: Database, rates: RoundRates = ordinaryRoundRates): FastifyPluginAsync {
  const clock = () => performance.now()
  const ofRound = openBuckets(rates.round, clock)
  const ofGuesser = openBuckets(rates.guess, clock)
  const lane = openLane(phonesAtOnce, phonePatience)

  function admit(name: string): void {
    const wait = ofRound(name)
    if (wait > 0) throw new Refusal('ROUND_TOO_OFTEN', wait)
  }

  /** Guesses count for their address, and who has a genuine round for that round: many phones share one address of their network. */
  async function answer<T>(from: string, work: () => Promise<T>): Promise<T> {
    try {
      return await lane.run(work)
    } catch (error) {
      const wait = error instanceof Refusal && guesses.has(error.body.code) ? ofGuesser(from) : 0
      throw wait > 0 ? new Refusal('ROUND_TOO_OFTEN', wait) : error
    }
  }

  return async app => {
    const routes = app.withTypeProvider<ZodTypeProvider>()
    routes.post(
      '/round/open',
      {
        bodyLimit,
        schema: {
          summary: "A courier's phone opens today's round with its one-time link",
          body: openRound,
          response: { 200: phoneRound, ...refusals },
        },
      },
      request => answer(request.ip, () => openOnPhone(database, request.body, Date.now(), admit)),
    )
    routes.post(
      '/round/news',
      {
        bodyLimit,
        schema: {
          summary: 'The phone that has a round asks which stops were cancelled since',
          body: roundNews,
          response: { 200: roundNewsReply, ...refusals },
        },
      },
      request => answer(request.ip, () => newsOfRound(database, request.body, admit)),
    )
    routes.post(
      '/round/results',
      {
        bodyLimit,
        schema: {
          summary: 'A phone hands in results, as the codes that it would show to the till; safe to repeat',
          body: handIn,
          response: { 200: handedIn, ...refusals },
        },
      },
      request => answer(request.ip, () => takeResults(database, request.body, Date.now(), admit)),
    )
  }
}
