import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod'
import { Refusal } from './refusals.ts'

const envelopeRoutes = new Set([
  ...['/v1/ledger', '/v1/feed', '/v1/rights', '/v1/news', '/v1/resolve', '/v1/lookup', '/v1/history'],
  ...['/v1/face/deposit', '/v1/face/fetch', '/v1/statement', '/v1/statement/revoke'],
])

/** What the log holds of a request, an answer and an error: never an address, a header or a body. */
export const logSerializers = {
  req: (request: FastifyRequest) => ({ method: request.method, route: request.routeOptions?.url }),
  res: (reply: { statusCode?: number }) => ({ status: reply.statusCode }),
  err: (error: Error) => ({ type: error.name, message: '', stack: placesOf(error) }),
}

/** Where an error arose. Its message could quote what was sent, on however many lines. */
function placesOf(error: Error): string {
  const lines = error.stack?.split('\n') ?? []
  return lines.filter(line => /^\s+at /.test(line)).join('\n')
}

/** Answers a request that failed, in words and with the time after which to ask again. */
export function answerFault(error: FastifyError | Refusal, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const refusal = error instanceof Refusal ? error : refusalFor(error, request.routeOptions.url)
  if (refusal.status >= 500) request.log.error({ err: error, code: refusal.body.code }, 'request failed')
  else request.log.info({ code: refusal.body.code }, 'request refused')
  if (refusal.retryAfterSeconds !== null) reply.header('retry-after', refusal.retryAfterSeconds)
  return reply.status(refusal.status).send(refusal.body)
}

/** A request that is not in its form, or an error of our own: told by a code, never by its message, which could quote what was sent. */
function refusalFor(error: FastifyError, route: string | undefined): Refusal {
  if (hasZodFastifySchemaValidationErrors(error))
    return new Refusal(envelopeRoutes.has(route ?? '') ? 'ENVELOPE_BAD' : 'BODY_BAD')
  return new Refusal((error.statusCode ?? 500) < 500 ? 'BODY_BAD' : 'BUSY')
}
