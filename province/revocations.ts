import { type Revocation, revocation } from '../shared/province-api.ts'
import { type Database, nextChange, transaction } from './database.ts'

/** Blocks a card or codes everywhere with the next pull; the same again is not sent again. */
export async function putRevocation(database: Database, blocked: Revocation): Promise<void> {
  const body = JSON.stringify(revocation.parse(blocked))
  await transaction(database, async client => {
    const [change] = await nextChange(client)
    const { rowCount } = await client.query('select 1 from revocation where body = $1', [body])
    if (rowCount === 0) await client.query('insert into revocation (change, body) values ($1, $2)', [change, body])
  })
}
