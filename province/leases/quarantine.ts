import { z } from 'zod'
import { type Queryable, select } from '../database.ts'

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
