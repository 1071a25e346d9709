import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import { type Database, select } from './database.ts'
import { Refusal } from './refusals.ts'

const clientRow = z.object({ secret_hash: z.instanceof(Buffer), struck_off: z.boolean() })
const clientName = /^[a-z0-9][a-z0-9-]{0,31}$/

/** Lets an app ask for codes, and gives its secret, once: `CLIENT.SECRET`, for its `Authorization: Bearer` header. Again for the same app it takes the old secret away. @throws Error on a name that is not of lower-case letters, digits and hyphens */
export async function createCodeClient(database: Database, id: string): Promise<string> {
  if (!clientName.test(id)) throw new Error('the name of an app has up to 32 lower-case letters, digits and hyphens')
  const secret = randomBytes(32)
  await database.pool.query(
    `insert into code_client (client_id, secret_hash, struck_off) values ($1, $2, false)
      on conflict (client_id) do update set secret_hash = excluded.secret_hash, struck_off = false`,
    [id, hashOf(secret)],
  )
  return `${id}.${secret.toString('base64url')}`
}

/** Takes an app's right away at once. @throws Error where there is no such app */
export async function strikeOffCodeClient(database: Database, id: string): Promise<void> {
  const { rowCount } = await database.pool.query('update code_client set struck_off = true where client_id = $1', [id])
  if (rowCount === 0) throw new Error(`there is no app ${id}`)
}

/** The app that an `Authorization` header names and proves to be. Throws a `Refusal`, the same whatever is wrong. */
export async function clientOf(database: Database, header: string | undefined): Promise<string> {
  const [, id, secret] = /^Bearer ([a-z0-9-]{1,32})\.([A-Za-z0-9_-]{43})$/.exec(header ?? '') ?? []
  if (id === undefined || secret === undefined) throw new Refusal('CLIENT_UNKNOWN')
  const [row] = await select(
    database.pool,
    clientRow,
    'select secret_hash, struck_off from code_client where client_id = $1',
    [id],
  )
  const given = hashOf(Buffer.from(secret, 'base64url'))
  if (row === undefined || row.struck_off || !timingSafeEqual(given, row.secret_hash))
    throw new Refusal('CLIENT_UNKNOWN')
  return id
}

function hashOf(secret: Buffer): Buffer {
  return createHash('sha256').update(secret).digest()
}
