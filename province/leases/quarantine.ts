import { z } from 'zod'
import type { HolderId } from '../../shared/leases/rights.ts'
import { type Queryable, select } from '../database.ts'
import { partsOf } from './states.ts'

/** Whether a terminal's disk was found to be copied: two may draw what is granted to it once, so it is granted nothing more until it is enrolled anew. */
export async function isQuarantined(client: Queryable, terminal: string): Promise<boolean> {
  const [row] = await select(
    client,
    z.object({ quarantined: z.boolean() }),
    'select quarantined from terminal where terminal_id = $1',
    [terminal],
  )
  return row?.quarantined === true
}

/** A home as far as it may be leased the right to pay a claim; null where there is none. */
export async function payerOf(client: Queryable, home: HolderId | null): Promise<HolderId | null> {
  return home === null || (await isQuarantined(client, partsOf(home).terminal)) ? null : home
}
