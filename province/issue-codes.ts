import { randomBytes } from 'node:crypto'
import type pg from 'pg'
import { z } from 'zod'
import { type ElderCodeEncoding, type ElderCodeKind, encodeElderCode } from '../shared/elder-code.ts'
import type { SeniorId } from '../shared/ids.ts'
import { codePen } from './code-keys.ts'
import { type Database, type Queryable, select, transaction } from './database.ts'
import type { Keyring } from './keys.ts'
import { Refusal } from './refusals.ts'

const day = 86_400
/** How long each kind lives (s). */
const life: Record<ElderCodeKind, number> = { dynamic: 120, paper: 365 * day }
/** An app refreshes once a minute; three times that is no person any more. */
const mostDynamic = 30
const rateWindow = 600

export interface IssuedCode {
  readonly text: string
  readonly serial: string
  readonly issuedAt: number
  readonly expiresAt: number
}

/**
 * Issues an elder code and writes who asked for it; the caller knows that there is such a senior. Throws a `Refusal` where more than 30
 * dynamic codes were issued to them in 10 minutes, or no key may sign. @param asked.client whose asking it was: an app's id, or the name of a command @param nowMs Unix ms
 */
export async function issueCode(
  database: Database,
  keys: Keyring,
  asked: {
    readonly senior: SeniorId
    readonly kind: ElderCodeKind
    readonly encoding: ElderCodeEncoding
    readonly client: string
  },
  nowMs: number,
): Promise<IssuedCode> {
  const { senior, kind, encoding, client } = asked
  const issuedAt = Math.floor(nowMs / 1000)
  const serial = randomBytes(8).toString('hex')
  const { counter, key, signer } = await transaction(database, async store => {
    // The senior's count is locked from here on, so that two requests at once cannot both be the last one allowed.
    const next = await nextCount(store, senior, issuedAt)
    if (kind === 'dynamic' && (await issuedSince(store, senior, issuedAt - rateWindow)) >= mostDynamic)
      throw new Refusal('CODES_TOO_MANY')
    const pen = await codePen(store, keys, kind, issuedAt)
    await writeAudit(store, { senior, at: issuedAt, what: kind, serial, keyId: pen.key.keyId, client })
    return { counter: next, ...pen }
  })
  // No code outlives its key.
  const expiresAt = Math.min(issuedAt + life[kind], key.notAfter)
  const claims = {
    ...{ kind, issuedAt, expiresAt, serial, seniorId: senior, keyId: key.keyId },
    counter: kind === 'dynamic' ? counter : null,
  }
  const text = await encodeElderCode(claims, bytes => signer.sign(bytes), encoding)
  return { text, serial, issuedAt, expiresAt }
}

export async function seniorIsKnown(database: Queryable, senior: SeniorId): Promise<boolean> {
  const { rowCount } = await database.query('select 1 from senior where senior_id = $1 and not gone', [senior])
  return rowCount === 1
}

/** What happened to a senior's codes: `what` is `dynamic`, `paper`, `device-key` or `device-key-revoked`. */
export async function writeAudit(
  store: pg.PoolClient,
  line: {
    readonly senior: SeniorId
    readonly at: number
    readonly what: ElderCodeKind | 'device-key' | 'device-key-revoked'
    readonly serial: string
    readonly keyId: string
    readonly client: string
  },
): Promise<void> {
  await store.query(
    'insert into code_audit (senior_id, at, what, serial, key_id, client) values ($1, $2, $3, $4, $5, $6)',
    [line.senior, line.at, line.what, line.serial, line.keyId, line.client],
  )
}

/** Unix seconds where they have risen, else one more than before: it goes up even when the clock went back, and stays within four bytes. */
async function nextCount(store: pg.PoolClient, senior: SeniorId, issuedAt: number): Promise<number> {
  const [row] = await select(
    store,
    z.object({ counter: z.int() }),
    `insert into code_counter (senior_id, counter) values ($1, $2)
      on conflict (senior_id) do update set counter = greatest(code_counter.counter + 1, excluded.counter) returning counter`,
    [senior, issuedAt],
  )
  if (row === undefined) throw new Error('the counter gave no number')
  return row.counter
}

async function issuedSince(store: pg.PoolClient, senior: SeniorId, since: number): Promise<number> {
  const [row] = await select(
    store,
    z.object({ n: z.int() }),
    "select count(*) as n from code_audit where senior_id = $1 and what = 'dynamic' and at > $2",
    [senior, since],
  )
  return row?.n ?? 0
}
