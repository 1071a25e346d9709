import { z } from 'zod'
import { type BusinessDate, businessDateOf } from '../../shared/business-day.ts'
import { type SeniorId, type SiteId, seniorId, siteId } from '../../shared/ids.ts'
import { capsOn, type LimitsOn } from '../../shared/leases/cap-day.ts'
import type { LimitCap } from '../../shared/leases/limit-cap.ts'
import type { CapOf } from '../../shared/leases/rights.ts'
import { limitsOf } from '../../shared/leases/word.ts'
import { fen } from '../../shared/money.ts'
import type { PersonFacts } from '../../shared/policy/facts.ts'
import type { PolicyPack } from '../../shared/policy/language.ts'
import { fullSenior } from '../../shared/senior.ts'
import { type Site, site as siteSchema } from '../../shared/site.ts'
import { type Queryable, select } from '../database.ts'

const personOf = fullSenior.pick({ person: true })

/** What the province knows of seniors that limits depend on; of who is gone only where that is asked for (`'ever'`): what they were given before is still decided. */
export async function peopleOf(
  client: Queryable,
  seniors: readonly SeniorId[],
  who: 'here' | 'ever' = 'here',
): Promise<Map<SeniorId, { person: PersonFacts; home: SiteId }>> {
  const rows = await select(
    client,
    z.object({ senior_id: seniorId, home_site: siteId, body: z.string() }),
    'select senior_id, home_site, body from senior where senior_id = any($1) and (not gone or $2)',
    [[...new Set(seniors)], who === 'ever'],
  )
  return new Map(
    rows.map(row => [row.senior_id, { person: personOf.parse(JSON.parse(row.body)).person, home: row.home_site }]),
  )
}

/** A site as the province sends it; null where there is none of this id. */
export async function siteOf(client: Queryable, id: SiteId): Promise<Site | null> {
  const [row] = await select(client, z.object({ body: z.string() }), 'select body from site where site_id = $1', [id])
  return row === undefined ? null : siteSchema.parse(JSON.parse(row.body))
}

/** What each limit of a pack gives a person who eats at a site, by date; each date is looked at once. */
export function limitsAt(pack: PolicyPack, person: PersonFacts, site: Site): LimitsOn {
  const set = site.menu.find(({ id }) => id === site.defaultSet) ?? site.menu[0]
  const at = { site: site.facts, listFen: fen(set?.priceFen ?? 0) }
  const known = new Map<BusinessDate, readonly LimitCap[]>()
  return date => {
    const limits = known.get(date) ?? limitsOf(pack, person, { ...at, businessDate: date })
    known.set(date, limits)
    return limits
  }
}

/**
 * What a visit on a date that is heard now may take: it was priced by the caps of its own day, and what tills hold since is by those of today.
 * @param limitsNow of who the person is now, where that is another than who ate
 */
export function capsOfVisit(limitsOn: LimitsOn, date: BusinessDate, limitsNow: LimitsOn = limitsOn): CapOf {
  const [then, now] = [capsOn(limitsOn, date), capsOn(limitsNow, businessDateOf(Date.now()))]
  return counter => Math.max(then(counter), now(counter))
}
