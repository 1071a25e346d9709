import { z } from 'zod'
import { toBase64Url, utf8ToBytes } from '../shared/bytes.ts'
import { canonicalJson } from '../shared/canonical-json.ts'
import { type ProvinceKeyList, type SignedProvinceKeyList, signedProvinceKeyList } from '../shared/province-keys.ts'
import { standardSuite } from '../shared/suite.ts'
import { type Database, nextChange, type Queryable, select, transaction } from './database.ts'
import { freshPair, type Keyring, storeKeys } from './keys.ts'

/** The newest list of the province's keys, as the root key signed it, and its place in the feed; null before the first exchange. */
export async function newestProvinceKeyList(
  database: Queryable,
): Promise<{ signed: SignedProvinceKeyList; change: number } | null> {
  const [found] = await select(
    database,
    z.object({ body: z.string(), signature: z.string(), change: z.int() }),
    'select body, signature, change from province_key_list order by number desc limit 1',
    [],
  )
  if (found === undefined) return null
  return { signed: signedProvinceKeyList.parse({ text: found.body, signature: found.signature }), change: found.change }
}

/**
 * Exchanges the keys of envelopes, of what is sealed and of policy packs for new ones; the packs are signed anew. Terminals take the new
 * keys with their next feeds or stick; until then they are heard and answered under the ones they know.
 * @param now Unix seconds
 * @returns the number of the exchange
 * @throws Error where the root key is not here
 */
export async function rotateProvinceKeys(database: Database, keys: Keyring, now: number): Promise<number> {
  const { root } = keys
  if (root === null) throw new Error('the root key is kept offline, and only it can sign new keys')
  const names = ['transport', 'sealing', 'policy'] as const
  const [transport, sealing, policy] = await Promise.all([
    freshPair('transport'),
    freshPair('sealing'),
    freshPair('policy'),
  ])
  const pairs = { transport, sealing, policy }
  const pen = await standardSuite.signer(policy)
  const number = await transaction(database, async client => {
    const packs = await select(
      client,
      z.object({ hash: z.string(), body: z.string(), current: z.boolean() }),
      'select hash, body, current from policy order by change for update',
      [],
    )
    const [listed, ...moved] = await nextChange(client, 1 + packs.length)
    const [last] = await select(
      client,
      z.object({ number: z.int() }),
      'select max(number) as number from province_key',
      [],
    )
    const list: ProvinceKeyList = {
      purpose: 'aixin-province-keys-v1',
      number: (last?.number ?? 0) + 1,
      at: now,
      keys: {
        transport: toBase64Url(transport.publicKey),
        sealing: toBase64Url(sealing.publicKey),
        policy: toBase64Url(policy.publicKey),
      },
    }
    const text = canonicalJson(list)
    const signature = toBase64Url(await root.sign(utf8ToBytes(text)))
    await storeKeys(
      client,
      list.number,
      names.map(name => [name, pairs[name]] as const),
    )
    await client.query('insert into province_key_list (number, body, signature, change) values ($1, $2, $3, $4)', [
      list.number,
      text,
      signature,
      listed,
    ])
    for (const [at, { hash, body }] of packs.entries())
      await client.query('update policy set signature = $2, change = $3 where hash = $1', [
        hash,
        toBase64Url(await pen.sign(utf8ToBytes(body))),
        moved[at],
      ])
    return list.number
  })
  await keys.refresh()
  return number
}
