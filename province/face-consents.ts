import type { PoolClient } from 'pg'
import { z } from 'zod'
import { utf8ToBytes } from '../shared/bytes.ts'
import type { ConsentKind } from '../shared/face/consent.ts'
import { type SeniorId, type SiteId, seniorId, siteId, type TerminalId } from '../shared/ids.ts'
import { type Revocation, revocation } from '../shared/province-api.ts'
import type { LedgerRecord, SeniorRef } from '../shared/record.ts'
import { seniorRefOf } from '../shared/senior-ref.ts'
import { insertRows, nextChange, type Queryable, select } from './database.ts'

type ConsentRecord = Extract<LedgerRecord, { kind: 'consent' }>

/** Where records of consents come from. */
interface Place {
  readonly terminal: TerminalId
  readonly site: SiteId
  readonly siteKey: Uint8Array
}

const concernsAway = (what: readonly ConsentKind[]) => what.includes('away') || what.includes('face')

/**
 * Follows the consents among arrived records, in the transaction that takes them and in the order of their chain: what a new one does not
 * name any more, or what ended, is deleted here. What was withdrawn at one counter is withdrawn at all of them: the copy here goes at
 * once, and every terminal hears of it.
 */
export async function bookConsents(
  client: PoolClient,
  place: Place,
  records: readonly (LedgerRecord | null)[],
  now: number,
): Promise<void> {
  const consents = records.flatMap(record =>
    record?.kind === 'consent' && record.payload.site === place.site ? [record] : [],
  )
  const withdrawn = consents.filter(({ payload }) => payload.event === 'withdrawn')
  // Before any row is locked, as everywhere, so that two changes never wait for each other.
  const changes = withdrawn.length > 0 ? await nextChange(client, withdrawn.length) : []
  for (const record of consents) {
    const { event, what, senior } = record.payload
    if (event === 'given') await bookGiven(client, place, record)
    else if (event === 'ended' && concernsAway(what)) await bookEnded(client, place, senior)
    else if (event === 'withdrawn') await bookWithdrawn(client, place, record, { change: changes.shift(), now })
  }
}

async function bookGiven(
  client: PoolClient,
  { terminal, site }: Place,
  { id, at, payload: { senior, what } }: ConsentRecord,
): Promise<void> {
  for (const table of ['face_consent', 'face_template'])
    await client.query(`delete from ${table} where site_id = $1 and senior_ref = $2`, [site, senior])
  if (what.includes('away'))
    await insertRows(
      client,
      'face_consent',
      ['site_id', 'senior_ref', 'record_id', 'terminal_id', 'given_at'],
      [[site, senior, id, terminal, at]],
    )
}

/** What ended by itself ended at one terminal: another one of the site may hold a consent of its own. */
async function bookEnded(client: PoolClient, { terminal, site }: Place, senior: SeniorRef): Promise<void> {
  await client.query("delete from face_consent where site_id = $1 and senior_ref = $2 and terminal_id in ($3, '')", [
    site,
    senior,
    terminal,
  ])
  await client.query(
    `delete from face_template t where site_id = $1 and senior_ref = $2 and not exists (${itsConsent})`,
    [site, senior],
  )
}

/** The consent under which the template `t` lies here. */
const itsConsent = 'select 1 from face_consent c where c.site_id = t.site_id and c.senior_ref = t.senior_ref'

async function bookWithdrawn(
  client: PoolClient,
  place: Place,
  record: ConsentRecord,
  { change, now }: { change: number | undefined; now: number },
): Promise<void> {
  const { senior: ref, what } = record.payload
  const senior = await seniorBehind(client, place, ref)
  if (senior === null) {
    if (concernsAway(what)) await bookEnded(client, place, ref)
    return
  }
  // A clock that is ahead must not end what is agreed to later; one before all time is the first instant.
  const at = Math.max(0, Math.min(record.at, now))
  const item: Revocation = revocation.parse({ kind: 'face', senior, what, at })
  await client.query('insert into revocation (change, body) values ($1, $2)', [change, JSON.stringify(item)])
  await insertRows(
    client,
    'face_withdrawal',
    ['senior_id', 'kind', 'at'],
    [...new Set(what)].map(kind => [senior, kind, at]),
    'on conflict (senior_id, kind) do update set at = greatest(face_withdrawal.at, excluded.at)',
  )
  if (!concernsAway(what)) return
  const refs = await refsEverywhere(client, senior)
  // Of the same terminal the chain tells the order, of others only the time.
  await client.query(
    `delete from face_consent c using unnest($1::text[], $2::text[]) as own (site_id, ref)
      where c.site_id = own.site_id and c.senior_ref = own.ref and (c.terminal_id in ($3, '') or c.given_at <= $4)`,
    [refs.map(({ site }) => site), refs.map(({ ref }) => ref), place.terminal, at],
  )
  await client.query(`delete from face_template t where senior_id = $1 and not exists (${itsConsent})`, [senior])
}

/** True where a consent that was given at this time (ms) was withdrawn since, wherever that was. */
export async function wasWithdrawn(client: Queryable, senior: SeniorId, givenAt: number): Promise<boolean> {
  const { rowCount } = await client.query(
    "select 1 from face_withdrawal where senior_id = $1 and kind in ('face', 'away') and at >= $2",
    [senior, givenAt],
  )
  return rowCount !== 0
}

const blockLength = 64

/**
 * Whom a site means by a reference; null where that is nobody known. Most are looked up; for the few others the database computes the
 * reference of every senior (HMAC-SHA-256 as in `seniorRefOf`, RFC 2104), which keeps this process free meanwhile.
 */
export async function seniorBehind(
  client: Queryable,
  { site, siteKey }: Pick<Place, 'site' | 'siteKey'>,
  ref: SeniorRef,
): Promise<SeniorId | null> {
  const row = z.object({ senior_id: seniorId })
  const known = 'select senior_id from senior_ref where site_id = $1 and ref = $2'
  const [named] = await select(client, row, known, [site, ref])
  if (named !== undefined) return named.senior_id
  const padded = (byte: number) => {
    const block = Buffer.alloc(blockLength, byte)
    for (const [at, value] of siteKey.entries()) block[at] = value ^ byte
    return block
  }
  const [found] = await select(
    client,
    row,
    `select senior_id from senior
      where sha256($1::bytea || sha256($2::bytea || $3::bytea || convert_to(senior_id, 'UTF8'))) = $4`,
    [padded(0x5c), padded(0x36), Buffer.from(utf8ToBytes('senior|')), Buffer.from(ref, 'base64url')],
  )
  return found?.senior_id ?? null
}

/** How each site calls a senior. */
async function refsEverywhere(client: Queryable, senior: SeniorId): Promise<{ site: SiteId; ref: SeniorRef }[]> {
  const rows = await select(
    client,
    z.object({ site_id: siteId, site_key: z.instanceof(Buffer) }),
    'select site_id, site_key from site',
  )
  return rows.map(({ site_id, site_key }) => ({ site: site_id, ref: seniorRefOf(new Uint8Array(site_key), senior) }))
}
