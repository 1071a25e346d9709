import type { FastifyPluginAsync } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import {
  codeReply,
  codeRequest,
  deviceKeyReply,
  deviceKeyRequest,
  deviceKeyRevocation,
  provinceRefusal,
} from '../shared/province-api.ts'
import { clientOf } from './code-clients.ts'
import type { Database } from './database.ts'
import { enrolDeviceKey, revokeDeviceKey } from './device-keys.ts'
import { issueCode, seniorIsKnown } from './issue-codes.ts'
import type { Keyring } from './keys.ts'
import { Refusal } from './refusals.ts'

const refusals = { '4xx': provinceRefusal, 503: provinceRefusal }
const security = [{ app: [] }]

/** What an app asks for a senior: a dynamic code, and keys of their phones. Every call carries the app's own secret. */
export function codeRoutes(database: Database, keys: Keyring): FastifyPluginAsync {
  return async app => {
    const routes = app.withTypeProvider<ZodTypeProvider>()
    routes.post(
      '/v1/codes',
      {
        schema: {
          summary: 'Issue a dynamic elder code for a senior',
          security,
          body: codeRequest,
          response: { 200: codeReply, ...refusals },
        },
      },
      async request => {
        const client = await clientOf(database, request.headers.authorization)
        if (!(await seniorIsKnown(database.pool, request.body.senior))) throw new Refusal('SENIOR_UNKNOWN')
        const { text, issuedAt, expiresAt } = await issueCode(
          database,
          keys,
          { ...request.body, kind: 'dynamic', client },
          Date.now(),
        )
        return { text, issuedAt, expiresAt }
      },
    )
    routes.post(
      '/v1/device-keys',
      {
        schema: {
          summary: "Enrol the key of a senior's phone, so that it makes codes without a network",
          security,
          body: deviceKeyRequest,
          response: { 200: deviceKeyReply, ...refusals },
        },
      },
      async request => {
        const client = await clientOf(database, request.headers.authorization)
        return await enrolDeviceKey(database, request.body, client, seconds())
      },
    )
    routes.post(
      '/v1/device-keys/revoke',
      {
        schema: {
          summary: "Take back the key of a senior's phone",
          security,
          body: deviceKeyRevocation,
          response: { 200: z.strictObject({ ok: z.literal(true) }), ...refusals },
        },
      },
      async request => {
        const client = await clientOf(database, request.headers.authorization)
        await revokeDeviceKey(database, request.body, client, seconds())
        return { ok: true as const }
      },
    )
  }
}

const seconds = () => Math.floor(Date.now() / 1000)
