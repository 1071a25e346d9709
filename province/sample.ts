import { z } from 'zod'
import { bytesToHex, sha256 } from '../shared/bytes.ts'
import { type Candidate, drawInspectors, drawRecords, inLotOrder, uncovered } from '../shared/sampling.ts'
import { datesOfMonth } from '../shared/statement.ts'
import { type Database, type Queryable, select, transaction } from './database.ts'
import type { Keyring } from './keys.ts'
import { type Evidence, evidenceOf } from './sample-evidence.ts'

export interface SampleOrder {
  /** `2026-11` */
  readonly month: string
  /** Null: all sites. */
  readonly site: string | null
  /** How many of the sites are drawn; null: all of them. */
  readonly sites: number | null
  readonly size: number
  readonly seed: string
  readonly inspectors: readonly string[]
  readonly perSite: number
}

export interface Sample {
  /** Those drawn, in the order of their lots, with who goes there. */
  readonly sites: readonly { readonly site: string; readonly inspectors: readonly string[] }[]
  /** How many records were drawn from, and the SHA-256 of their ids: whoever draws again sees whether they drew from the same. */
  readonly population: number
  readonly populationHash: string
  /** Funds, or kinds of records without money, of which the sample has nothing since it is too small. */
  readonly uncovered: readonly string[]
  readonly records: readonly Evidence[]
}

/** Records that tell of a person and of no meal or service. */
const aboutPeople = ['consent', 'means-change', 'proxy-change', 'visit-in', 'visit-event', 'follow-up']
const pageSize = 5000

const candidateRow = z.object({
  terminal_id: z.string(),
  generation: z.int(),
  seq: z.int(),
  record_id: z.string(),
  kind: z.string(),
  site: z.string(),
  funds: z.array(z.string()).nullable(),
})

/** Everything that was given in somebody's name in the month, terminal by terminal; of a stay its end. */
const pageOfCandidates = `
  select l.terminal_id, l.generation, l.seq, l.record_id, l.kind, coalesce(l.site_id, t.site_id) as site,
         (select array_agg(distinct c.fund) from claim_line c
           where c.senior_id = l.senior_id and c.terminal_id = l.terminal_id and c.generation = l.generation and c.seq = l.seq
             and c.fen <> 0) as funds
    from ledger l join terminal t using (terminal_id)
   where l.verdict in ('accepted', 'flagged') and l.business_date between $4 and $5
     and not (l.kind = 'attendance' and convert_from(l.record, 'UTF8')::jsonb -> 'payload' ->> 'event' = 'in')
     and l.senior_id is not null and l.senior_id <> 'nobody' and l.kind <> all($6)
     and (l.terminal_id, l.generation, l.seq) > ($1, $2, $3)
   order by l.terminal_id, l.generation, l.seq limit ${pageSize}`

export interface Drawable extends Candidate {
  readonly terminal: string
  readonly generation: number
  readonly seq: number
  readonly site: string
}

/**
 * Draws records of a month for a check (双随机), with the evidence of each: sites first where fewer than all are asked for, then inspectors
 * for each site, then records of these sites. The same for the same seed and the same records, on whatever machine.
 */
export async function drawSample(database: Database, keys: Keyring, order: SampleOrder): Promise<Sample> {
  return await transaction(database, async client => {
    await client.query('set transaction isolation level repeatable read read only')
    const all = await candidatesOf(client, order.month)
    const here = all.filter(one => order.site === null || one.site === order.site)
    const ordered = inLotOrder(
      order.seed,
      'site',
      here.map(({ site }) => site),
    )
    const sites = ordered.slice(0, order.sites ?? ordered.length)
    const from = here.filter(({ site }) => sites.includes(site))
    const drawn = drawRecords(from, order.seed, order.size)
    return {
      sites: sites.map(site => ({
        site,
        inspectors: drawInspectors(order.seed, site, order.inspectors, order.perSite),
      })),
      population: from.length,
      populationHash: bytesToHex(
        sha256(
          from
            .map(({ id }) => id)
            .sort()
            .join('\n'),
        ),
      ),
      uncovered: uncovered(from, drawn),
      records: await evidenceOf(client, keys, drawn),
    }
  })
}

async function candidatesOf(database: Queryable, month: string): Promise<Drawable[]> {
  const { from, to } = datesOfMonth(month)
  const found: Drawable[] = []
  let place: readonly [string, number, number] = ['', 0, 0]
  for (;;) {
    const page = await select(database, candidateRow, pageOfCandidates, [...place, from, to, aboutPeople])
    for (const { terminal_id: terminal, generation, seq, record_id, kind, site, funds } of page)
      found.push({
        // A copied disk may bring one record id twice; a place is taken once.
        ...{ id: `${record_id} ${terminal} ${generation}/${seq}`, terminal, generation, seq, site },
        strata: funds ?? [`kind:${kind}`],
      })
    const last = page.at(-1)
    if (last === undefined || page.length < pageSize) return found
    place = [last.terminal_id, last.generation, last.seq]
  }
}
