import type { FastifyPluginAsync, FastifyReply } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { addDays, businessDateOf } from '../shared/business-day.ts'
import { sha256, toBase64Url } from '../shared/bytes.ts'
import { envelope } from '../shared/envelope.ts'
import type { SeniorId } from '../shared/ids.ts'
import { provinceRefusal, statementBody, statementRevokeBody } from '../shared/province-api.ts'
import { linkLife, type StatementLink, tokenLength } from '../shared/statement-link.ts'
import type { Database } from './database.ts'
import { type Admit, answer, type Caller, openRequest } from './envelope-desk.ts'
import type { Keyring } from './keys.ts'
import { openLane } from './lanes.ts'
import { openBuckets, type Rate } from './rate-limits.ts'
import { Refusal } from './refusals.ts'
import { noteReading, personOf, statementOf } from './statement.ts'
import { openCode, revokeStatements } from './statement-links.ts'
import { goneNotice, laterNotice, pageHeaders, statementPage } from './statement-page.ts'

/** How often one code may be opened, and how often one address may try codes that no till of this province made. */
export const ordinaryPageRates = {
  code: { perSecond: 0.1, atOnce: 20 },
  guess: { perSecond: 0.2, atOnce: 20 },
} as const satisfies Record<string, Rate>
export type PageRates = Readonly<Record<keyof typeof ordinaryPageRates, Rate>>

/** However many look, tills keep their connections: so many pages are read at once, and the others wait for so long (ms). */
const pagesAtOnce = 2
const pagePatience = 5_000

const common = {
  description: 'Signed envelope; its body is sealed to the reader.',
  body: envelope,
  response: { 200: envelope, '4xx': provinceRefusal, 503: provinceRefusal },
}
const html = (description: string) => ({ description, content: { 'text/html': { schema: z.string() } } })

/** What stands in a senior's name: for the tills that hold them, and as a page for whoever holds a printed code. */
export function statementRoutes(
  database: Database,
  keys: Keyring,
  admit: Admit,
  rates: PageRates = ordinaryPageRates,
): FastifyPluginAsync {
  const clock = () => performance.now()
  const ofCode = openBuckets(rates.code, clock)
  const ofGuesser = openBuckets(rates.guess, clock)
  const lane = openLane(pagesAtOnce, pagePatience)

  async function show(reply: FastifyReply, terminal: string, token: string, from: string): Promise<FastifyReply> {
    const opened = await openCode(database.pool, keys, { terminal, token, now: Date.now() })
    // Guesses count for their address, and a genuine code for itself: whoever shares an address with a guesser still reads their own page.
    const wait = opened.proven ? ofCode(toBase64Url(sha256(token))) : ofGuesser(from)
    if (wait > 0) return reply.status(429).header('retry-after', wait).send(laterNotice())
    const link = opened.proven ? opened.link : null
    const person = link && (await personOf(database.pool, link.senior))
    if (link === null || person === null) return reply.status(404).send(goneNotice())
    await noteReading(database.pool, link, terminal, 'code')
    return reply.send(statementPage(person, await statementOf(database, link.senior, link.month), lastDayOf(link)))
  }

  return async app => {
    const routes = app.withTypeProvider<ZodTypeProvider>()
    routes.post(
      '/v1/statement',
      { schema: { summary: "What stands in a senior's name in a month, at every site", ...common } },
      async request => {
        const {
          caller,
          request: asked,
          body,
        } = await openRequest(...([database, keys, request.body, 'statement', statementBody, admit] as const))
        const holds = await holdsSenior(database, caller, body.senior)
        if (holds) await noteReading(database.pool, body, caller.terminal, 'till')
        const statement = holds ? await lane.run(() => statementOf(database, body.senior, body.month)) : null
        return await answer(database, caller, asked.nonce, 'statement-told', { statement })
      },
    )
    routes.post(
      '/v1/statement/revoke',
      { schema: { summary: "The codes on a senior's printed statements open nothing any more", ...common } },
      async request => {
        const {
          caller,
          request: asked,
          body,
        } = await openRequest(
          ...([database, keys, request.body, 'statement-revoke', statementRevokeBody, admit] as const),
        )
        const revoked = await holdsSenior(database, caller, body.senior)
        // What the till printed last bears its own clock; a clock that is far ahead revokes nothing that is printed later.
        const until = Math.max(Date.now(), Math.min(body.at, Date.now() + dayLength))
        if (revoked) await revokeStatements(database.pool, body.senior, until)
        return await answer(database, caller, asked.nonce, 'statement-revoked', { revoked })
      },
    )
    routes.get(
      '/m/:terminal/:token',
      {
        schema: {
          summary: 'The page behind the code of a printed statement',
          description: 'For people: no login, no script, Chinese with English beneath. Surname and title only.',
          params: z.object({ terminal: z.string(), token: z.string() }),
          response: {
            200: html('the senior’s month'),
            404: html('a code that opens nothing'),
            429: html('too often'),
            503: html('too many at once'),
          },
        },
        errorHandler(error, request, reply) {
          if (!(error instanceof Refusal)) request.log.error({ err: error }, 'statement page')
          return reply.status(503).headers(pageHeaders).header('retry-after', 10).send(laterNotice())
        },
      },
      async (request, reply) => {
        const { terminal, token } = request.params
        reply.headers(pageHeaders)
        if (token.length !== tokenLength) return reply.status(404).send(goneNotice())
        return await lane.run(() => show(reply, terminal, token, request.ip))
      },
    )
  }
}

const dayLength = 86_400_000

/** The last date on which a code surely opens. */
function lastDayOf({ printedAt }: StatementLink): string {
  return addDays(businessDateOf(printedAt + linkLife), -1)
}

/** A site is told of its own members, and of visitors whom it holds in full. */
async function holdsSenior(database: Database, { site }: Caller, senior: SeniorId): Promise<boolean> {
  const { rowCount } = await database.pool.query(
    `select 1 from senior s where s.senior_id = $1 and (s.home_site = $2 or exists (
       select 1 from visitor v where v.senior_id = s.senior_id and v.site_id = $2 and v.until >= $3))`,
    [senior, site, businessDateOf(Date.now())],
  )
  return rowCount === 1
}
