import { z } from 'zod'
import { terminalId } from '../shared/ids.ts'
import { type Database, select, transaction } from './database.ts'
import { openInputs } from './examine.ts'
import { type HeldDecision, type HeldOutcome, noteDecision, recordOf } from './held.ts'
import { lockClaim, openHeldClaim } from './held-claims.ts'
import type { Keyring } from './keys.ts'
import { whoCame } from './leases/claims.ts'
import { nobodyDecides } from './nobody-decides.ts'

/** Claims that are looked at with one push. */
const chunk = 100

const namelessRow = z.object({
  record: z.string(),
  site: z.string(),
  terminal: terminalId,
  sealed: z.string().nullable(),
  roster: z.int(),
})

/** Looks again who came, for claims that nobody could name, as far as the roster changed since; who is found now gets theirs decided. */
export async function nameClaims(database: Database, keys: Keyring): Promise<void> {
  const rows = await select(
    database.pool,
    namelessRow,
    `with roster as (select coalesce(max(change), 0)::bigint as change from senior)
     select c.record_id as record, c.site_id as site, c.terminal_id as terminal, i.sealed, r.change as roster
       from claim c join roster r on c.roster_through < r.change join ledger l using (terminal_id, generation, seq)
       left join sale_inputs i on i.senior_id = l.senior_id and i.terminal_id = l.terminal_id
        and i.generation = l.generation and i.seq = l.seq
      where c.state = 'open' and c.senior_id is null order by c.roster_through, c.record_id limit $1`,
    [chunk],
  )
  for (const { record, site, terminal, sealed } of rows) {
    const opened = await openInputs(sealed, keys.sealing, terminal)
    if (opened !== null && (await whoCame(database.pool, opened.inputs)) !== null)
      await nameClaim(database, keys, { record, site })
  }
  const [first] = rows
  if (first !== undefined)
    await database.pool.query('update claim set roster_through = $2 where record_id = any($1)', [
      rows.map(({ record }) => record),
      first.roster,
    ])
}

async function nameClaim(
  database: Database,
  keys: Keyring,
  { record, site }: { readonly record: string; readonly site: string },
): Promise<void> {
  await transaction(database, async client => {
    // As a push does first: none of this site takes the sale back meanwhile for a person whom it does not know.
    await client.query('select 1 from terminal where site_id = $1 order by terminal_id for update', [site])
    const claim = await lockClaim(client, keys, record)
    if (claim?.state !== 'open' || claim.subject === null) return
    if (!claim.book.of(claim.subject).open.includes(record)) await openHeldClaim(client, keys, claim, 'pay')
  })
}

/** Ends a claim that nobody can decide, once and for good: nothing is paid back of it. Its sale stands, and the senior is asked for nothing. */
export async function endNamelessClaim(
  database: Database,
  keys: Keyring,
  about: Omit<HeldDecision, 'decision'>,
): Promise<HeldOutcome> {
  // Who is known by now is paid, not ended.
  await nameClaims(database, keys)
  return await transaction(database, async client => {
    const own = await recordOf(client, about.record)
    if (own === null) return { result: 'unknown' }
    const claim = await lockClaim(client, keys, about.record)
    const [found] = await select(
      client,
      z.object({ record_id: z.string() }),
      `select c.record_id from claim c join ledger l using (terminal_id, generation, seq)
        where c.record_id = $1 and ${nobodyDecides}`,
      [about.record],
    )
    if (claim === null || found === undefined) return { result: 'not-held' }
    await client.query("update claim set state = 'nothing-due', decided_at = now() where record_id = $1", [
      about.record,
    ])
    if (claim.subject !== null) {
      const lease = claim.book.of(claim.subject)
      claim.book.put(claim.subject, { ...lease, open: lease.open.filter(other => other !== about.record) })
      await claim.book.store()
    }
    await noteDecision(client, { ...about, decision: 'end' }, own, 0)
    return { result: 'decided', fen: 0, records: 1 }
  })
}
