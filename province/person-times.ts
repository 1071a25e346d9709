import { z } from 'zod'
import type { SiteId } from '../shared/ids.ts'
import { serviceKind } from '../shared/visit/service.ts'
import { type Queryable, select } from './database.ts'

/** By what is counted: of each site, or of all sites of a village, a town or a county together. */
export const placeLevel = z.enum(['county', 'town', 'village', 'site'])
export type PlaceLevel = z.infer<typeof placeLevel>

/** `helps`: all services but meals; `other`: a service that the catalogue of its site does not name any more. */
const countedKind = z.enum(['all', ...serviceKind.options, 'helps', 'other'])
export type CountedKind = z.infer<typeof countedKind>
const orderOfKinds: readonly CountedKind[] = [
  ...['all', 'meals', 'helps', 'cleaning', 'medical', 'mobility', 'bathing', 'emergency'],
  ...['day-care', 'doctor', 'calling', 'activity', 'other'],
] as const

const name = z.string().nullable()
const row = z.object({
  ...{ city: name, county: name, town: name, village: name, site_id: name },
  kind: countedKind,
  ...{ times: z.int(), persons: z.int(), unnamed: z.int(), held: z.int(), held_persons: z.int() },
})

/**
 * One kind in one place: person-times (人次) and persons (人数), each person once. `unnamed`: given to nobody who was named. What is `held` until somebody
 * has looked is in none of the other figures. A place that nobody named is null.
 */
export type PersonTimes = z.infer<typeof row>

/** The person-times of a month (the view `person_time_month`), by place, then in the order of kinds. @param month `2026-11` */
export async function personTimesOf(database: Queryable, month: string, level: PlaceLevel): Promise<PersonTimes[]> {
  return await select(
    database,
    row,
    `select city, county, town, village, site_id, kind, times, persons, unnamed, held, held_persons
       from person_time_month where month = $1 and level = $2
      order by city, county, town, village, site_id, array_position($3::text[], kind)`,
    [month, level, [...orderOfKinds]],
  )
}

/** Units of a place, as the bureau names them. */
export interface SitePlace {
  readonly city: string | null
  readonly county: string | null
  readonly town: string | null
  readonly village: string | null
}

/** Where every site lies. */
export async function sitePlaces(database: Queryable): Promise<Map<string, SitePlace>> {
  const places = row.pick({ city: true, county: true, town: true, village: true }).extend({ site_id: z.string() })
  const rows = await select(database, places, 'select site_id, city, county, town, village from site_where')
  return new Map(rows.map(({ site_id, ...place }) => [site_id, place]))
}

/** Writes where a site lies, for counting alone: no price changes by it. A unit that is undefined stays, null is what the site's facts say. False where there is no such site. */
export async function putSitePlace(
  database: Queryable,
  site: SiteId,
  { city, county, town, village }: { readonly [K in keyof SitePlace]?: SitePlace[K] | undefined },
): Promise<boolean> {
  const { rowCount } = await database.query('select 1 from site where site_id = $1', [site])
  if (rowCount !== 1) return false
  await database.query('insert into site_place (site_id) values ($1) on conflict (site_id) do nothing', [site])
  const units = Object.entries({ city, county, town, village }).filter(([, unit]) => unit !== undefined)
  for (const [unit, named] of units)
    await database.query(`update site_place set ${unit} = $2 where site_id = $1`, [site, named])
  return true
}
