import { z } from 'zod'
import type { BusinessDate, Meal } from '../../shared/business-day.ts'
import type { SeniorId } from '../../shared/ids.ts'
import { settledOf } from '../../shared/leases/rights.ts'
import { freshLease, seniorLease } from '../../shared/leases/senior-lease.ts'
import { countersFor } from '../../shared/policy/counters.ts'
import type { PersonFacts } from '../../shared/policy/facts.ts'
import type { PolicyPack } from '../../shared/policy/language.ts'
import { quote, versionInForce } from '../../shared/policy/quote.ts'
import { quoteInputs } from '../../shared/policy/quote-form.ts'
import type { Site } from '../../shared/site.ts'
import { type Queryable, select } from '../database.ts'

/** What a meal that is brought will cost a senior (fen), by all that records anywhere drew until now: what they are told when they order. */
export async function toldPrice(
  client: Queryable,
  pack: PolicyPack,
  about: {
    senior: SeniorId
    person: PersonFacts
    site: Site
    date: BusinessDate
    meal: Meal
    set: string
    listFen: number
  },
): Promise<number> {
  const { person, site, date, meal, set, listFen } = about
  const draft = quoteInputs.parse({
    person,
    visit: { businessDate: date, meal, channel: 'delivery', listFen, set, site: site.facts },
    used: {},
    rights: 'whole-cap',
  })
  const version = versionInForce(pack, date)
  const [row] = await select(
    client,
    z.object({ body: z.string() }),
    'select body from lease_state where senior_id = $1 and pack_id = $2',
    [about.senior, pack.id],
  )
  const { rights } = row === undefined ? freshLease : seniorLease.parse(JSON.parse(row.body))
  const counters = version ? countersFor(version, draft.visit) : []
  const used = Object.fromEntries(counters.map(counter => [counter.key, settledOf(rights, counter)]))
  return quote(pack, { ...draft, used }).ownPayFen
}
