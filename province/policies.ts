import { z } from 'zod'
import { businessDateOf } from '../shared/business-day.ts'
import { toBase64Url, utf8ToBytes } from '../shared/bytes.ts'
import type { PolicyPack } from '../shared/policy/language.ts'
import { packHash, parsePack } from '../shared/policy/parse-pack.ts'
import { wrongVectors } from '../shared/policy/run-case.ts'
import { type Database, nextChange, type Queryable, select, transaction } from './database.ts'
import type { Keyring } from './keys.ts'

/** A pack never changes under its hash, so what was parsed once stays. */
const parsed = new Map<string, PolicyPack>()

/** The packs ever published under these hashes; an unknown hash is left out. */
export async function packsByHash(database: Queryable, hashes: readonly string[]): Promise<Map<string, PolicyPack>> {
  const missing = [...new Set(hashes)].filter(hash => !parsed.has(hash))
  if (missing.length > 0) {
    const rows = await select(
      database,
      z.object({ hash: z.string(), body: z.string() }),
      'select hash, body from policy where hash = any($1)',
      [missing],
    )
    for (const { hash, body } of rows) {
      const result = parsePack(JSON.parse(body))
      if (result.ok) parsed.set(hash, result.pack)
    }
  }
  return new Map(
    hashes.flatMap(hash => {
      const pack = parsed.get(hash)
      return pack === undefined ? [] : [[hash, pack]]
    }),
  )
}

/** The pack that is sent to terminals now; null where none of this id was ever published. */
export async function currentPack(database: Queryable, id: string): Promise<PolicyPack | null> {
  const [row] = await select(
    database,
    z.object({ hash: z.string() }),
    'select hash from policy where pack_id = $1 and current',
    [id],
  )
  return row === undefined ? null : ((await packsByHash(database, [row.hash])).get(row.hash) ?? null)
}

/** Those of these packs that were ever published, in their order. */
export async function currentPacks(database: Queryable, ids: readonly string[]): Promise<PolicyPack[]> {
  const packs = await Promise.all(ids.map(id => currentPack(database, id)))
  return packs.flatMap(pack => pack ?? [])
}

/** Publishes a pack's exact text, signed. Publishing the same again changes nothing; an earlier one becomes the current one again. Throws an Error where the text is no sound pack, or prices its own vectors otherwise. */
export async function publishPolicy(database: Database, keys: Keyring, text: string): Promise<void> {
  const result = parsePack(JSON.parse(text))
  if (!result.ok)
    throw new Error(`not a sound policy pack: ${result.problems.map(({ path, en }) => `${path} ${en}`).join('; ')}`)
  const wrong = wrongVectors(result.pack)
  if (wrong.length > 0)
    throw new Error(`the pack prices its own vectors otherwise: ${wrong.map(({ id }) => id).join(', ')}`)
  const signature = toBase64Url(await keys.policy.sign(utf8ToBytes(text)))
  await transaction(database, async client => {
    const [change] = await nextChange(client)
    const added = await client.query(
      `insert into policy (hash, pack_id, body, signature, current, change) values ($1, $2, $3, $4, true, $5)
        on conflict (hash) do update set current = true, until_on = null, change = excluded.change where not policy.current`,
      [packHash(result.pack), result.pack.id, text, signature, change],
    )
    if (added.rowCount === 1)
      await client.query(
        'update policy set current = false, until_on = $3 where pack_id = $1 and hash <> $2 and current',
        [result.pack.id, packHash(result.pack), businessDateOf(Date.now())],
      )
    // What it gives is leased with the next pull, not with the next day.
    if (added.rowCount === 1) await client.query('update terminal set leases_on = null, pots_on = null')
  })
}
