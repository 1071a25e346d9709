import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import pg from 'pg'
import type { z } from 'zod'

/** Whatever runs a statement: the pool, or the one connection of a transaction. */
export type Queryable = Pick<pg.Pool, 'query'> | Pick<pg.PoolClient, 'query'>

export interface Database {
  readonly pool: pg.Pool
  close(): Promise<void>
}

const int8 = 20

/** Whole numbers of PostgreSQL's bigint as numbers. Throws a RangeError where one is too great to be exact. */
function safeInteger(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new RangeError(`bigint beyond a safe integer: ${text}`)
  return value
}

/** Connects to PostgreSQL and brings its schema up to date. Throws where the database is newer than this program, or altered. */
export async function openDatabase(url: string): Promise<Database> {
  const pool = new pg.Pool({
    connectionString: url,
    max: 8,
    // Whoever gets no connection for so long (ms) is told to come back, instead of waiting for ever.
    connectionTimeoutMillis: 10_000,
    types: { getTypeParser: (oid, format) => (oid === int8 ? safeInteger : pg.types.getTypeParser(oid, format)) },
  })
  // A connection lost while idle is replaced by the pool at the next query; without a listener it would end the process.
  pool.on('error', () => undefined)
  try {
    await migrate(pool)
  } catch (error) {
    await pool.end()
    throw error
  }
  return { pool, close: () => pool.end() }
}

/** Runs a statement and parses its rows. */
export async function select<T extends z.ZodType>(
  database: Queryable,
  row: T,
  text: string,
  values: readonly unknown[] = [],
): Promise<z.infer<T>[]> {
  const { rows } = await database.query(text, [...values])
  return rows.map(item => row.parse(item))
}

/** One transaction: committed when `work` ends, rolled back when it throws. */
export async function transaction<T>(database: Database, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await database.pool.connect()
  let broken = false
  try {
    await client.query('begin')
    const result = await work(client)
    await client.query('commit')
    return result
  } catch (error) {
    await client.query('rollback').catch(() => {
      // A connection that cannot even roll back is thrown away; the first error is the one to tell.
      broken = true
    })
    throw error
  } finally {
    client.release(broken)
  }
}

/** One multi-row INSERT with named columns; `onConflict` is the rest of the statement. Nothing is sent for no rows. */
export async function insertRows(
  database: Queryable,
  table: string,
  columns: readonly string[],
  rows: readonly (readonly unknown[])[],
  onConflict = '',
): Promise<unknown[]> {
  if (rows.length === 0) return []
  const places = rows.map((_, row) => `(${columns.map((_, at) => `$${row * columns.length + at + 1}`).join(',')})`)
  const text = `insert into ${table} (${columns.join(',')}) values ${places.join(',')} ${onConflict}`
  return (await database.query(text, rows.flat())).rows
}

/** The next number of the feeds. Held under a lock until commit, so that no reader sees a later number before an earlier one. */
export async function nextChange(client: Queryable, howMany = 1): Promise<number[]> {
  await client.query('select pg_advisory_xact_lock(7201)')
  const { rows } = await client.query("select nextval('feed_change') as change from generate_series(1, $1)", [howMany])
  return rows.map(row => safeInteger(String(row.change)))
}

const migrations = new URL('./migrations/', import.meta.url)

async function migrate(pool: pg.Pool): Promise<void> {
  const steps = readdirSync(migrations)
    .filter(name => name.endsWith('.sql'))
    .sort()
    .map((name, index) => {
      const text = readFileSync(new URL(name, migrations), 'utf8')
      return { step: index + 1, name, text, hash: createHash('sha256').update(text).digest('hex') }
    })
  const client = await pool.connect()
  try {
    await client.query('begin')
    await client.query('select pg_advisory_xact_lock(7200)')
    await client.query(
      'create table if not exists schema_migration (step bigint primary key, name text not null, hash text not null, at timestamptz not null default now())',
    )
    const { rows: done } = await client.query('select step, hash from schema_migration order by step')
    if (done.length > steps.length)
      throw new Error('the province database is newer than this program: update the program')
    for (const { step, name, text, hash } of steps) {
      const before = done[step - 1]
      if (before === undefined) {
        await client.query(text)
        await client.query('insert into schema_migration (step, name, hash) values ($1, $2, $3)', [step, name, hash])
      } else if (before.hash !== hash) {
        throw new Error(`migration ${name} is not the one that made this province database`)
      }
    }
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw error
  } finally {
    client.release()
  }
}
