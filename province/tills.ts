import { z } from 'zod'
import { sha256, toBase64Url, utf8ToBytes } from '../shared/bytes.ts'
import { canonicalJson } from '../shared/canonical-json.ts'
import { type SiteId, terminalId } from '../shared/ids.ts'
import { type SiteTills, siteTills } from '../shared/province-api.ts'
import { type Database, select } from './database.ts'
import { homeHolderOf } from './leases/states.ts'

const tillRow = z.object({ terminal_id: terminalId, sealing_key: z.instanceof(Buffer) })

/**
 * The tills of a site as one row of a feed. Its place is made of what the list says, so that nothing that changes a list has to remember to
 * say so: another list is another place, and whoever holds this one gets nothing.
 */
export async function readTills(
  database: Database,
  forSite: SiteId,
  after: number,
): Promise<{ change: number; item: SiteTills }[]> {
  const rows = await select(
    database.pool,
    tillRow,
    `select terminal_id, sealing_key from terminal
      where site_id = $1 and not struck_off and not quarantined and sealing_key is not null order by terminal_id`,
    [forSite],
  )
  const holder = await homeHolderOf(database.pool, forSite)
  const item = siteTills.parse({
    first: holder?.split('#')[0] ?? null,
    tills: rows.map(row => ({ terminal: row.terminal_id, key: toBase64Url(new Uint8Array(row.sealing_key)) })),
  })
  const change = placeOf(item)
  return change === after ? [] : [{ change, item }]
}

/** 48 bits of the list's hash: a cursor has at most 15 digits. */
function placeOf(item: SiteTills): number {
  const hash = Buffer.from(sha256(utf8ToBytes(canonicalJson(item))))
  return hash.readUIntBE(0, 6)
}
