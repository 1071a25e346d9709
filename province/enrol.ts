import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { PoolClient } from 'pg'
import { z } from 'zod'
import { businessDateOf } from '../shared/business-day.ts'
import { fromBase64Url, toBase64Url } from '../shared/bytes.ts'
import { canonicalJson } from '../shared/canonical-json.ts'
import { type SiteId, siteId, type TerminalId } from '../shared/ids.ts'
import { type EnrolledBody, type EnrolmentCode, type EnrolRequest, enrolmentCode } from '../shared/province-api.ts'
import { type Database, select, transaction } from './database.ts'
import { answer } from './envelope-desk.ts'
import type { Keyring } from './keys.ts'
import { Refusal } from './refusals.ts'

/**
 * Makes a one-time code by which a terminal enrols at a site; `address` is the province's URL as the terminal will reach it.
 * For a terminal that is enrolled already it opens a second enrolment and changes nothing until that is made: then it is of this site, and the old keys no longer count: no copy of its disk can speak any more.
 * Throws an Error where there is no such site, or the terminal was struck off.
 */
export async function createEnrolmentCode(
  database: Database,
  keys: Keyring,
  terminal: TerminalId,
  site: SiteId,
  address: string,
): Promise<EnrolmentCode> {
  const [named] = await select(
    database.pool,
    z.object({ name: z.string() }),
    "select body::jsonb ->> 'name' as name from site where site_id = $1",
    [site],
  )
  if (named === undefined) throw new Error(`there is no site ${site}`)
  const secret = randomBytes(16)
  const { rowCount } = await database.pool.query(
    `insert into terminal (terminal_id, site_id, struck_off, quarantined, enrolment_secret, last_counter, last_nonce)
      values ($1, $2, false, false, $3, -1, '')
      on conflict (terminal_id) do update
        set enrolment_site = excluded.site_id, enrolment_secret = excluded.enrolment_secret, enrolment_request = null
        where not terminal.struck_off`,
    [terminal, site, secret],
  )
  if (rowCount === 0) throw new Error(`${terminal} was struck off and cannot enrol; enrol under a new name`)
  return enrolmentCode.parse({
    v: 1,
    address,
    terminal,
    secret: toBase64Url(secret),
    rootKeyHash: keys.rootKeyHash,
    site: named.name,
  })
}

/** The proof of an enrolment request: base64url HMAC-SHA-256 over the canonical JSON of `{terminal, keys}`. @param secret the 16 bytes of the code's secret */
export function enrolmentProof(secret: Uint8Array, request: Pick<EnrolRequest, 'terminal' | 'keys'>): string {
  const content = canonicalJson({ terminal: request.terminal, keys: request.keys })
  return toBase64Url(createHmac('sha256', secret).update(content).digest())
}

const enrolmentRow = z.object({
  site_id: siteId,
  struck_off: z.boolean(),
  enrolment_secret: z.instanceof(Buffer).nullable(),
  enrolment_request: z.string().nullable(),
  site_key: z.instanceof(Buffer),
})

/** Enrols a terminal, or answers the very same request again where the first answer was lost. Throws a `Refusal`. */
export async function enrol(database: Database, keys: Keyring, request: EnrolRequest) {
  const asked = canonicalJson(request)
  const row = await transaction(database, async client => {
    const [found] = await select(
      client,
      enrolmentRow,
      `select s.site_id, t.struck_off, t.enrolment_secret, t.enrolment_request, s.site_key
         from terminal t join site s on s.site_id = coalesce(t.enrolment_site, t.site_id) where t.terminal_id = $1 for update of t`,
      [request.terminal],
    )
    if (found === undefined) throw new Refusal('ENROLMENT_UNKNOWN')
    if (found.struck_off) throw new Refusal('TERMINAL_STRUCK_OFF')
    if (found.enrolment_secret === null) {
      if (found.enrolment_request !== asked) throw new Refusal('ENROLMENT_USED')
      return found
    }
    const proof = fromProof(request.proof)
    const expected = fromProof(enrolmentProof(found.enrolment_secret, request))
    if (proof.length !== expected.length || !timingSafeEqual(proof, expected)) throw new Refusal('ENROLMENT_UNKNOWN')
    await client.query(
      `insert into former_key (terminal_id, transport_key)
         select terminal_id, transport_key from terminal where terminal_id = $1 and transport_key is not null
         on conflict (terminal_id, transport_key) do nothing`,
      [request.terminal],
    )
    await client.query(
      `update terminal set enrolled_on = case when ledger_key is null then $6 else enrolled_on end, site_id = $7, enrolment_site = null, enrolment_secret = null, enrolment_request = $2, quarantined = false, transport_key = $3, ledger_key = $4,
          sealing_key = $5, last_counter = -1, last_nonce = '' where terminal_id = $1`,
      [
        request.terminal,
        asked,
        Buffer.from(fromBase64Url(request.keys.transport)),
        Buffer.from(fromBase64Url(request.keys.ledger)),
        Buffer.from(fromBase64Url(request.keys.sealing)),
        businessDateOf(Date.now()),
        found.site_id,
      ],
    )
    return found
  })
  const body: EnrolledBody = {
    terminal: request.terminal,
    site: row.site_id,
    siteKey: toBase64Url(row.site_key),
    lastHead: await transaction(database, client => lastHeadOf(client, request.terminal)),
  }
  const caller = {
    terminal: request.terminal,
    sealingKey: fromBase64Url(request.keys.sealing),
    answeredBy: keys.transport,
  }
  return {
    provinceKeys: keys.published,
    envelope: await answer(database, caller, null, 'enrolled', body),
  }
}

/** The newest record stored of a terminal; null where there is none. */
async function lastHeadOf(client: PoolClient, terminal: TerminalId): Promise<EnrolledBody['lastHead']> {
  const [head] = await select(
    client,
    z.object({ generation: z.coerce.number().int(), seq: z.coerce.number().int(), hash: z.string() }),
    'select generation, seq, hash from watermark where terminal_id = $1 order by generation desc limit 1',
    [terminal],
  )
  return head ?? null
}

function fromProof(text: string): Uint8Array {
  return Buffer.from(text, 'utf8')
}
