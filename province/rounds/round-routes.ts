import type { FastifyPluginAsync } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { provinceRefusal } from '../../shared/province-api.ts'
import { handedIn, handIn, openRound, phoneRound } from '../../shared/round/round.ts'
import type { Database } from '../database.ts'
import { readRoundPage, roundPageHeaders } from './round-pages.ts'
import { openOnPhone, takeResults } from './rounds.ts'

const refusals = { '4xx': provinceRefusal, 503: provinceRefusal }
/** Fifteen codes and the signatures of 150 stops. */
const bodyLimit = 512 * 1024

/** What a courier's phone asks, and its page. @param pages the folder of the built page; null: the page is served elsewhere, or nowhere */
export function roundRoutes(database: Database, pages: string | null): FastifyPluginAsync {
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
      request => openOnPhone(database, request.body, Date.now()),
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
      request => takeResults(database, request.body, Date.now()),
    )
    if (pages === null) return
    app.get('/round', { schema: { hide: true } }, (_, reply) => reply.redirect('/round/'))
    app.get('/round/*', { schema: { hide: true } }, async (request, reply) => {
      const file = await readRoundPage(pages, new URL(request.url, 'http://page').pathname.slice('/round'.length))
      return await reply.status(file.status).headers(roundPageHeaders).type(file.type).send(file.body)
    })
  }
}
