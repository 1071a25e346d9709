import { z } from 'zod'
import { bytesToUtf8, fromBase64Url } from '../shared/bytes.ts'
import { isSameEngine } from '../shared/face/site-face.ts'
import {
  type FaceDeposit,
  type FaceFetch,
  type FaceTemplate,
  faceContext,
  faceTemplate,
} from '../shared/province-api.ts'
import { seniorRefOf } from '../shared/senior-ref.ts'
import { site as siteSchema } from '../shared/site.ts'
import { type Database, select, transaction } from './database.ts'
import type { Caller } from './envelope-desk.ts'
import { wasWithdrawn } from './face-consents.ts'
import { type Keyring, openWithAny } from './keys.ts'
import { Refusal } from './refusals.ts'

const siteRow = z.object({ site_key: z.instanceof(Buffer), body: z.string() })

async function siteOf(database: Database, caller: Caller) {
  const [row] = await select(database.pool, siteRow, 'select site_key, body from site where site_id = $1', [
    caller.site,
  ])
  if (row === undefined) throw new Error('a site whose terminal just called is gone')
  return { key: new Uint8Array(row.site_key), face: siteSchema.parse(JSON.parse(row.body)).face }
}

/** Keeps a template, sealed as it came, where the consent that it names is the one in force. Throws a `Refusal`. */
export async function takeDeposit(
  database: Database,
  keys: Keyring,
  caller: Caller,
  deposit: FaceDeposit,
): Promise<void> {
  const { senior, consent, engine, modelHash, template } = deposit
  const site = await siteOf(database, caller)
  const ref = seniorRefOf(site.key, senior)
  // What does not open now would never serve anybody.
  if ((await openTemplate(keys, deposit)) === null) throw new Refusal('BODY_BAD')
  await transaction(database, async client => {
    const [given] = await select(
      client,
      z.object({ given_at: z.int() }),
      'select given_at from face_consent where site_id = $1 and senior_ref = $2 and record_id = $3 for update',
      [caller.site, ref, consent],
    )
    if (given === undefined || (await wasWithdrawn(client, senior, given.given_at)))
      throw new Refusal('FACE_CONSENT_MISSING')
    await client.query(
      `insert into face_template (senior_id, site_id, senior_ref, engine, model_hash, sealed) values ($1, $2, $3, $4, $5, $6)
        on conflict (senior_id) do update set site_id = excluded.site_id, senior_ref = excluded.senior_ref,
          engine = excluded.engine, model_hash = excluded.model_hash, sealed = excluded.sealed`,
      [senior, caller.site, ref, engine, modelHash, template],
    )
  })
}

const templateRow = z.object({ engine: z.string(), model_hash: z.string(), sealed: z.string() })

/** Gives a visitor's template to a site that uses faces, by the same network; writes down who asked. */
export async function fetchTemplate(
  database: Database,
  keys: Keyring,
  caller: Caller,
  asked: FaceFetch,
): Promise<FaceTemplate | null> {
  const { face } = await siteOf(database, caller)
  const [row] = await select(
    database.pool,
    templateRow,
    'select engine, model_hash, sealed from face_template where senior_id = $1 and engine = $2 and model_hash = $3',
    [asked.senior, asked.engine, asked.modelHash],
  )
  const isAllowed = face !== undefined && isSameEngine(face, asked)
  const template = row && isAllowed ? await openTemplate(keys, { ...asked, template: row.sealed }) : null
  await database.pool.query('insert into face_fetch (senior_id, terminal_id, found) values ($1, $2, $3)', [
    ...[asked.senior, caller.terminal, template !== null],
  ])
  return template
}

/** Null for what does not open, or opens to somebody else. */
async function openTemplate(
  { sealing }: Keyring,
  sealed: Pick<FaceDeposit, 'senior' | 'engine' | 'modelHash' | 'template'>,
): Promise<FaceTemplate | null> {
  try {
    const bytes = fromBase64Url(sealed.template)
    const plain = await openWithAny(sealing, bytes, faceContext(sealed.senior, sealed))
    const parsed = plain && faceTemplate.safeParse(JSON.parse(bytesToUtf8(plain)))
    return parsed?.success && parsed.data.senior === sealed.senior ? parsed.data : null
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TypeError) return null
    throw error
  }
}
