import { z } from 'zod'
import { type SeniorId, type SiteId, seniorId } from '../../shared/ids.ts'
import { type FullSenior, fullSenior } from '../../shared/senior.ts'
import { type Queryable, select } from '../database.ts'
import { cardsOf } from '../seniors.ts'

const body = fullSenior.pick({ name: true, sex: true, person: true, numberTail: true })
const row = z.object({
  senior_id: seniorId,
  body: z.string(),
  cards: z.array(z.string()),
  bound_cards: z.array(z.string()),
})

export type NamedSenior = Pick<FullSenior, 'name' | 'sex' | 'person' | 'numberTail' | 'cards'>

/** Seniors by their ids, with what a round needs of them; who is gone is left out. */
export async function seniorsNamed(client: Queryable, ids: readonly SeniorId[]): Promise<Map<SeniorId, NamedSenior>> {
  const rows = await select(
    client,
    row,
    'select senior_id, body, cards, bound_cards from senior where senior_id = any($1) and not gone',
    [[...new Set(ids)]],
  )
  return new Map(rows.map(found => [found.senior_id, { ...body.parse(JSON.parse(found.body)), cards: cardsOf(found) }]))
}

/** A site's member by the whole name, and the last four signs of the citizen number where they are known; null for nobody, or more than one. */
export async function memberNamed(
  client: Queryable,
  site: SiteId,
  name: string,
  numberTail: string,
): Promise<SeniorId | null> {
  const rows = await select(
    client,
    row,
    `select senior_id, body, cards, bound_cards from senior where home_site = $1 and not gone and body::json->>'name' = $2`,
    [site, name],
  )
  const found = rows.filter(one => numberTail === '' || body.parse(JSON.parse(one.body)).numberTail === numberTail)
  return found.length === 1 ? (found[0]?.senior_id ?? null) : null
}
