import type { FastifyPluginAsync } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { envelope } from '../shared/envelope.ts'
import { faceDeposit, faceFetch, provinceRefusal } from '../shared/province-api.ts'
import type { Database } from './database.ts'
import { type Admit, answer, openRequest } from './envelope-desk.ts'
import { fetchTemplate, takeDeposit } from './face-templates.ts'
import type { Keyring } from './keys.ts'

const common = {
  description: 'Signed envelope; its body is sealed to the reader.',
  body: envelope,
  response: { 200: envelope, '4xx': provinceRefusal, 503: provinceRefusal },
}

/** The only ways by which a face leaves a terminal, or comes to one. */
export function faceRoutes(database: Database, keys: Keyring, admit: Admit): FastifyPluginAsync {
  return async app => {
    const routes = app.withTypeProvider<ZodTypeProvider>()
    routes.post(
      '/v1/face/deposit',
      { schema: { summary: 'Deposit the template of a senior who agreed to be recognised at other sites', ...common } },
      async request => {
        const asked = await openRequest(database, keys, request.body, 'face-deposit', faceDeposit, admit)
        await takeDeposit(database, keys, asked.caller, asked.body)
        return await answer(database, asked.caller, asked.request.nonce, 'face-deposited', { stored: true })
      },
    )
    routes.post(
      '/v1/face/fetch',
      { schema: { summary: 'Fetch the template of a visitor who agreed to it', ...common } },
      async request => {
        const asked = await openRequest(database, keys, request.body, 'face-fetch', faceFetch, admit)
        const template = await fetchTemplate(database, keys, asked.caller, asked.body)
        return await answer(database, asked.caller, asked.request.nonce, 'face-fetched', { template })
      },
    )
  }
}
