import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { FastifyPluginAsync } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { siteId } from '../shared/ids.ts'
import { pricesOf } from '../shared/menu-prices.ts'
import { policyPack } from '../shared/policy/language.ts'
import { packHash } from '../shared/policy/parse-pack.ts'
import { demoCodeReply, demoCodeRequest, demoPerson, provinceRefusal } from '../shared/province-api.ts'
import { packsOf, type Site } from '../shared/site.ts'
import { type Database, nextChange, transaction } from './database.ts'
import { demoOrders } from './demo-orders.ts'
import { demoCast, demoSeniors, demoSites, lostCard } from './demo-people.ts'
import { simulatedPlatformCode } from './demo-platform.ts'
import { issueCode } from './issue-codes.ts'
import type { Keyring } from './keys.ts'
import { publishPolicy } from './policies.ts'
import { factOf, priceFactOf, publishFacts } from './published-facts.ts'
import { Refusal } from './refusals.ts'
import { putRevocation } from './revocations.ts'
import { putSeniors } from './seniors.ts'
import { publishServices } from './service-prices.ts'
import { noteSitePacks } from './site-packs.ts'
import { putOrders } from './visit-orders.ts'

/** Fills a province with the fictional city of the demo. Again on the same database it changes nothing. */
export async function seedDemo(database: Database, keys: Keyring): Promise<void> {
  for (const site of demoSites()) await putSite(database, site)
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

/** Writes a site; its key is made once and stays. An unchanged site is not sent again. */
async function putSite(database: Database, site: Site): Promise<void> {
  await transaction(database, async client => {
    const [change] = await nextChange(client)
    const prices = site.menu.flatMap(item => pricesOf(item).map(fen => priceFactOf(site.id, item.id, fen)))
    await publishFacts(client, [factOf(`site:${site.id}`, site.facts), ...prices])
    await publishServices(client, site)
    await noteSitePacks(client, site)
    const { rowCount } = await client.query(
      `insert into site (site_id, body, site_key, change) values ($1, $2, $3, $4)
        on conflict (site_id) do update set body = excluded.body, change = excluded.change where site.body <> excluded.body`,
      [site.id, JSON.stringify(site), randomBytes(32), change],
    )
    // Another catalogue may price by other packs: what they give is leased with the next pull.
    if (rowCount === 1)
      await client.query('update terminal set leases_on = null, pots_on = null where site_id = $1', [site.id])
  })
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
