import type { BusinessDate } from '../../shared/business-day.ts'
import { fen } from '../../shared/money.ts'
import type { PersonFacts } from '../../shared/policy/facts.ts'
import type { PolicyPack } from '../../shared/policy/language.ts'
import { quote } from '../../shared/policy/quote.ts'
import type { QuoteInputs } from '../../shared/policy/quote-form.ts'
import type { Site } from '../../shared/site.ts'
import { listFenOf } from '../../shared/visit/price.ts'

/**
 * What one visit under a pack is worth at most to somebody at a site (fen): its default set, or the dearest service of its catalogue at the usual
 * length, as this pack pays it. Null where the site has nothing that the pack could pay.
 */
export function worthOfVisit(site: Site, pack: PolicyPack, person: PersonFacts, today: BusinessDate): number | null {
  const worths = visitsUnder(site, pack.id, today).map(visit =>
    quote(pack, { person, visit, used: {}, rights: 'whole-cap' }).subsidies.reduce((sum, paid) => sum + paid.fen, 0),
  )
  return worths.length === 0 ? null : Math.max(...worths)
}

/** Its own pack prices meals, and each service names the packs that may pay it. */
function visitsUnder(site: Site, pack: string, today: BusinessDate): QuoteInputs['visit'][] {
  const common = { businessDate: today, channel: 'dine-in', site: site.facts } as const
  const set = site.menu.find(({ id: name }) => name === site.defaultSet) ?? site.menu[0]
  const meal = { ...common, meal: 'lunch', listFen: fen(set?.priceFen ?? 0) } as const
  const services = (site.station?.services ?? []).flatMap(({ price, usualMinutes: minutes }) =>
    (price?.packs ?? [])
      .filter(one => price !== null && one.pack === pack)
      .map(({ service }) => ({
        ...{ ...common, service, minutes, paidByInsurance: false },
        listFen: fen(price === null ? 0 : listFenOf(price, { minutes, endedEarly: false })),
      })),
  )
  return [...(site.policy === pack ? [meal] : []), ...services]
}
