import { z } from 'zod'
import { deviceKey } from '../shared/code-keys.ts'
import { type SeniorId, type SiteId, seniorId, siteId } from '../shared/ids.ts'
import { cardId, fullSenior, type RosterEntry } from '../shared/senior.ts'
import { type Database, insertRows, nextChange, type Queryable, select, transaction } from './database.ts'
import { proxiesToTell } from './proxies.ts'
import { factOf, publishFacts } from './published-facts.ts'

/** What the province itself knows of a senior: all that a home site's terminal gets, and which site that is. */
export const provinceSenior = fullSenior
  .omit({ kind: true, home: true, visitorUntil: true, deviceKeys: true, boundCards: true })
  .extend({ homeSite: siteId })
export type ProvinceSenior = z.infer<typeof provinceSenior>

const seniorBody = fullSenior.pick({
  name: true,
  sex: true,
  person: true,
  entitledUntil: true,
  numberTail: true,
  proxies: true,
})

export const seniorRow = z.object({
  senior_id: seniorId,
  home_site: siteId,
  body: z.string(),
  cards: z.array(cardId),
  bound_cards: z.array(cardId),
  codes_since: z.int(),
  gone: z.boolean(),
  change: z.int(),
  till_proxies: z.string(),
  device_keys: z.array(deviceKey).nullish(),
})
type SeniorRow = z.infer<typeof seniorRow>

/** The columns of `seniorRow`. */
export const seniorColumns = 'senior_id, home_site, body, cards, bound_cards, codes_since, gone, change, till_proxies'

/** True where a senior holds the one card of `$1`, an array. */
export const holdsCard = '(cards @> $1 or bound_cards @> $1)'

/** Every card of a senior, from wherever it came. */
export const cardsOf = ({ cards, bound_cards }: Pick<SeniorRow, 'cards' | 'bound_cards'>) => [
  ...new Set([...cards, ...bound_cards]),
]

/** A senior as one site's terminal may see them: in full at home and where they visit, elsewhere only that they are known. */
export function toEntry(row: SeniorRow & { readonly visitor_until: string | null }, forSite: SiteId): RosterEntry {
  const id = row.senior_id
  if (row.gone) return { kind: 'gone', id }
  const phones = row.device_keys ?? []
  const known = {
    ...{ id, cards: cardsOf(row), codesSince: row.codes_since },
    ...(phones.length > 0 ? { deviceKeys: phones } : {}),
  }
  const home = row.home_site === forSite
  if (!home && row.visitor_until === null) return { kind: 'thin', ...known }
  const bound = row.bound_cards.filter(card => !row.cards.includes(card))
  const byStaff = bound.length > 0 ? { boundCards: bound } : {}
  const visiting = home || row.visitor_until === null ? {} : { visitorUntil: row.visitor_until }
  const { proxies: ofRoster, ...body } = seniorBody.parse(JSON.parse(row.body))
  const proxies = proxiesToTell(ofRoster, row.till_proxies)
  const collecting = proxies.length > 0 ? { proxies } : {}
  return { kind: 'full', ...known, ...byStaff, home, ...visiting, ...body, ...collecting }
}

/** A senior as they are written: `gone` where they died or moved away. */
export interface SeniorToWrite {
  readonly senior: ProvinceSenior
  readonly gone: boolean
}

/** Rows of one statement: PostgreSQL takes at most 65,535 values. */
const mostRows = 5000

/** Writes seniors; one that is the same as before is left as it is, so that no feed repeats it. */
export async function putSeniors(database: Database, seniors: readonly ProvinceSenior[]): Promise<void> {
  await transaction(database, client =>
    writeSeniors(
      client,
      seniors.map(senior => ({ senior, gone: false })),
    ),
  )
}

/** `putSeniors` within a transaction, of those who are gone too. */
export async function writeSeniors(client: Queryable, seniors: readonly SeniorToWrite[]): Promise<void> {
  const stored = await storedRows(
    client,
    seniors.map(({ senior }) => senior.id),
  )
  const before = new Map(stored.map(row => [row.senior_id, fingerprint(row)]))
  const changed = seniors.filter(one => before.get(one.senior.id) !== fingerprint(rowOf(one)))
  for (let at = 0; at < changed.length; at += mostRows) {
    const part = changed.slice(at, at + mostRows)
    await publishFacts(
      client,
      part.map(({ senior }) => factOf(senior.id, senior.person)),
    )
    const changes = await nextChange(client, part.length)
    await insertRows(
      client,
      'senior',
      ['senior_id', 'home_site', 'body', 'cards', 'codes_since', 'gone', 'change'],
      part
        .map(rowOf)
        .map((row, at) => [
          ...[row.senior_id, row.home_site, row.body, row.cards, row.codes_since, row.gone, changes[at]],
        ]),
      `on conflict (senior_id) do update set home_site = excluded.home_site, body = excluded.body, cards = excluded.cards,
        codes_since = greatest(senior.codes_since, excluded.codes_since), gone = excluded.gone, change = excluded.change`,
    )
  }
}

const storedRows = (client: Queryable, ids: readonly SeniorId[]) =>
  select(client, seniorRow, `select ${seniorColumns} from senior where senior_id = any($1)`, [ids])

/** Seniors as they stand, as far as they are known. */
export async function storedSeniors(
  client: Queryable,
  ids: readonly SeniorId[],
): Promise<Map<SeniorId, SeniorToWrite>> {
  const rows = await storedRows(client, ids)
  return new Map(
    rows.map(row => {
      const { senior_id: id, home_site: homeSite, cards, codes_since: codesSince, gone } = row
      return [id, { senior: { id, homeSite, cards, codesSince, ...seniorBody.parse(JSON.parse(row.body)) }, gone }]
    }),
  )
}

/** The home site of each of these seniors, as far as they are known. */
export async function homesOf(
  database: Queryable,
  seniors: readonly (SeniorId | null)[],
): Promise<Map<SeniorId, SiteId>> {
  const rows = await select(
    database,
    z.object({ senior_id: seniorId, home_site: siteId }),
    'select senior_id, home_site from senior where senior_id = any($1)',
    [seniors.filter(senior => senior !== null)],
  )
  return new Map(rows.map(row => [row.senior_id, row.home_site]))
}

function rowOf({ senior, gone }: SeniorToWrite) {
  const { id, homeSite, cards, codesSince } = senior
  const { name, sex, person, entitledUntil, numberTail, proxies } = senior
  return {
    senior_id: id,
    home_site: homeSite,
    body: JSON.stringify({ name, sex, person, entitledUntil, numberTail, proxies }),
    cards,
    codes_since: codesSince,
    gone,
  }
}

function fingerprint({ home_site, body, cards, codes_since, gone }: ReturnType<typeof rowOf>): string {
  return JSON.stringify([home_site, body, cards, codes_since, gone])
}
