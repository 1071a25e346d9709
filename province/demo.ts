import { readFileSync } from 'node:fs'
import type { FastifyPluginAsync } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { siteId } from '../shared/ids.ts'
import { policyPack } from '../shared/policy/language.ts'
import { packHash } from '../shared/policy/parse-pack.ts'
import { demoCodeReply, demoCodeRequest, demoPerson, provinceRefusal } from '../shared/province-api.ts'
import { packsOf } from '../shared/site.ts'
import { type Database, transaction } from './database.ts'
import { demoOrders } from './demo-orders.ts'
import { demoCast, demoSeniors, demoSites, lostCard } from './demo-people.ts'
import { simulatedPlatformCode } from './demo-platform.ts'
import { issueCode } from './issue-codes.ts'
import type { Keyring } from './keys.ts'
import { publishPolicy } from './policies.ts'
import { Refusal } from './refusals.ts'
import { putRevocation } from './revocations.ts'
import { putSeniors } from './seniors.ts'
import { putSite } from './sites.ts'
import { putOrders } from './visit-orders.ts'

/** Fills a province with the fictional city of the demo. Again on the same database it changes nothing. */
export async function seedDemo(database: Database, keys: Keyring): Promise<void> {
  for (const site of demoSites()) await transaction(database, client => putSite(client, site))
  await publishDemoPolicies(database, keys)
  const seniors = demoSeniors()
  await putSeniors(database, seniors)
  await putOrders(database, siteId.parse('demo-canteen'), demoOrders())
  const card = lostCard(seniors)
  if (card !== null) await putRevocation(database, { kind: 'card', card, lost: true })
}

/** Once: a policy that was published since stays. */
async function publishDemoPolicies(database: Database, keys: Keyring): Promise<void> {
  for (const pack of new Set(demoSites().flatMap(packsOf))) {
    const text = readFileSync(new URL(`../resources/policies/${pack}.json`, import.meta.url), 'utf8')
    const hash = packHash(policyPack.parse(JSON.parse(text)))
    const { rowCount } = await database.pool.query('select 1 from policy where hash = $1', [hash])
    if (rowCount === 0) await publishPolicy(database, keys, text)
  }
}

/** The demo's own endpoints: who can be presented, and codes for them. Never served by a province that is not a demo. */
export function demoRoutes(database: Database, keys: Keyring): FastifyPluginAsync {
  return async app => {
    const routes = app.withTypeProvider<ZodTypeProvider>()
    routes.get(
      '/v1/demo/people',
      { schema: { summary: 'Fictional people for the simulator panel', response: { 200: z.array(demoPerson) } } },
      async () => demoCast(demoSeniors()),
    )
    routes.post(
      '/v1/demo/codes',
      {
        schema: {
          summary: 'Mint an elder code for a fictional person',
          body: demoCodeRequest,
          response: { 200: demoCodeReply, '4xx': provinceRefusal },
        },
      },
      async ({ body: { senior, kind } }) => {
        const seniors = demoSeniors()
        const known = [...seniors.map(({ id }) => id), ...demoCast(seniors).map(person => person.senior)]
        if (!known.includes(senior)) throw new Refusal('BODY_BAD')
        if (kind === 'platform') return { text: simulatedPlatformCode(senior) }
        const asked = { senior, kind, encoding: 'base32', client: 'demo' } as const
        return { text: (await issueCode(database, keys, asked, Date.now())).text }
      },
    )
  }
}
