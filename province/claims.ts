import { z } from 'zod'
import { addDays, type BusinessDate, businessDate, lateDays } from '../shared/business-day.ts'
import { resumesOn } from '../shared/policy/counters.ts'
import { words } from '../shared/policy/language.ts'
import { type Queryable, select } from './database.ts'

/** A calendar month, `2026-11`. */
export const claimMonth = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/)

const count = z.int()
const row = z.object({
  month: z.string(),
  fund: z.string(),
  site_id: z.string(),
  served: count,
  served_fen: count,
  taken_back: count,
  taken_back_fen: count,
  made_good: count,
  made_good_fen: count,
  claim_fen: count,
  held: count,
  held_fen: count,
  overrun: count,
  overrun_fen: count,
  refused: count,
  refused_fen: count,
})

/**
 * What a fund is asked for by a site for a month: records counted and fen; what is held is in none of the other figures, nor is what
 * was `refused` after somebody had looked. `overrun`: what was given
 * without a right beyond the caps, taken off the funds that paid and put on the one that bears it; part of the claim.
 */
export type ClaimRow = z.infer<typeof row>

/** The claims of a month, by fund and site (the view `claim_month`). */
export async function claimsOfMonth(database: Queryable, month: string): Promise<ClaimRow[]> {
  return await select(database, row, 'select * from claim_month where month = $1 order by fund, site_id', [month])
}

/** What may still change a month. */
export interface Unfinished {
  /** The last date on which a meal of it may be entered. */
  readonly until: BusinessDate
  /** Terminals in service that may still hold records of it: no word of theirs is from a day after that. */
  readonly unheard: readonly { readonly site: string; readonly terminal: string; readonly heardOn: string | null }[]
  /** Its pending claims that nobody decided yet, and those that were accepted and not paid out. */
  readonly open: number
  readonly owed: number
  readonly owedFen: number
}

/** @param month `2026-11` */
export async function unfinishedOf(database: Queryable, month: string): Promise<Unfinished> {
  const first = businessDate.parse(`${month}-01`)
  const until = addDays(resumesOn('month', first) ?? first, lateDays - 1)
  const unheard = await select(
    database,
    z.object({ site: z.string(), terminal: z.string(), heardOn: z.string().nullable() }),
    `select t.site_id as site, t.terminal_id as terminal, max(w.heard_on) as "heardOn"
       from terminal t left join watermark w on w.terminal_id = t.terminal_id
      where not t.struck_off and t.transport_key is not null
      group by t.site_id, t.terminal_id having coalesce(max(w.heard_on), '') <= $1
      order by t.site_id, t.terminal_id`,
    [until],
  )
  const [claims] = await select(
    database,
    z.object({ open: count, owed: count, owed_fen: count }),
    `select count(*) filter (where state = 'open') as open, count(*) filter (where state = 'accepted') as owed,
            coalesce(sum(owed_fen) filter (where state = 'accepted'), 0)::bigint as owed_fen
       from claim where business_date between $1 || '-01' and $1 || '-31'`,
    [month],
  )
  return { until, unheard, open: claims?.open ?? 0, owed: claims?.owed ?? 0, owedFen: claims?.owed_fen ?? 0 }
}

/** The names of funds, by the packs that are in force now. */
export async function fundTitles(database: Queryable): Promise<Map<string, { zh: string; en: string }>> {
  const packs = await select(database, z.object({ body: z.string() }), 'select body from policy where current')
  const withFunds = z.object({ funds: z.array(z.object({ id: z.string(), title: words })) })
  return new Map(
    packs.flatMap(({ body }) => withFunds.parse(JSON.parse(body)).funds.map(({ id, title }) => [id, title] as const)),
  )
}

/** The names of sites. */
export async function siteNames(database: Queryable): Promise<Map<string, string>> {
  const rows = await select(database, z.object({ site_id: z.string(), body: z.string() }), 'select * from site')
  const named = z.object({ name: z.string() })
  return new Map(rows.map(({ site_id, body }) => [site_id, named.parse(JSON.parse(body)).name]))
}
