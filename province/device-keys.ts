import { z } from 'zod'
import { fromBase64Url, utf8ToBytes } from '../shared/bytes.ts'
import { type DeviceKey, deviceKey, deviceKeyClaim, keyIdOf } from '../shared/code-keys.ts'
import type { SeniorId } from '../shared/ids.ts'
import { standardSuite } from '../shared/suite.ts'
import { newestCodeKeyList } from './code-keys.ts'
import { type Database, nextChange, type Queryable, select, transaction } from './database.ts'
import { seniorIsKnown, writeAudit } from './issue-codes.ts'
import { Refusal } from './refusals.ts'

const deviceKeyLife = 366 * 86_400
/** A senior may have this many phones at a time. */
export const mostPhones = 2

/** SQL for a senior's phone keys as the roster carries them; null where there is none. */
export const deviceKeysOf = `(select json_agg(json_build_object('keyId', d.key_id, 'publicKey', d.public_key,
  'notBefore', d.not_before, 'notAfter', d.not_after) order by d.key_id)
  from device_key d where d.senior_id = senior.senior_id and not d.revoked)`

/**
 * Enrols the key of a senior's phone for a year. `proof` is the key's own signature over `deviceKeyClaim`. The same key again changes nothing.
 * Throws a `Refusal` where the proof does not hold, the senior is unknown or has two phones already. @param now Unix seconds
 */
export async function enrolDeviceKey(
  database: Database,
  asked: { readonly senior: SeniorId; readonly publicKey: string; readonly proof: string },
  client: string,
  now: number,
): Promise<DeviceKey> {
  const publicKey = fromBase64Url(asked.publicKey)
  const claim = utf8ToBytes(deviceKeyClaim(asked.senior, publicKey))
  if (!(await isGenuine(publicKey, claim, asked.proof))) throw new Refusal('DEVICE_KEY_BAD')
  const keyId = keyIdOf(publicKey)
  return await transaction(database, async store => {
    const [change] = await nextChange(store)
    if (!(await seniorIsKnown(store, asked.senior))) throw new Refusal('SENIOR_UNKNOWN')
    const listed = (await newestCodeKeyList(store))?.list.keys ?? []
    const phones = await phonesOf(store, asked.senior)
    const known = phones.find(phone => phone.keyId === keyId && phone.publicKey === asked.publicKey)
    if (known !== undefined) return known
    const taken = [...listed, ...phones].some(key => key.keyId === keyId)
    const valid = phones.filter(phone => phone.notAfter >= now)
    if (taken || valid.length >= mostPhones) throw new Refusal('DEVICE_KEY_BAD')
    const fresh: DeviceKey = { keyId, publicKey: asked.publicKey, notBefore: now, notAfter: now + deviceKeyLife }
    const { rowCount } = await store.query(
      `insert into device_key (senior_id, key_id, public_key, not_before, not_after, revoked)
        values ($1, $2, $3, $4, $5, false) on conflict do nothing`,
      [asked.senior, keyId, fresh.publicKey, fresh.notBefore, fresh.notAfter],
    )
    // A key that was revoked stays so: the phone makes a new one.
    if (rowCount === 0) throw new Refusal('DEVICE_KEY_BAD')
    await store.query('update senior set change = $2 where senior_id = $1', [asked.senior, change])
    await writeAudit(store, { senior: asked.senior, at: now, what: 'device-key', serial: keyId, keyId, client })
    return fresh
  })
}

/** Takes a phone's key off the roster; a phone that is not there is no error, as it may be told twice. @param now Unix seconds */
export async function revokeDeviceKey(
  database: Database,
  asked: { readonly senior: SeniorId; readonly keyId: string },
  client: string,
  now: number,
): Promise<void> {
  await transaction(database, async store => {
    const [change] = await nextChange(store)
    const { rowCount } = await store.query(
      'update device_key set revoked = true where senior_id = $1 and key_id = $2 and not revoked',
      [asked.senior, asked.keyId],
    )
    if (rowCount === 0) return
    await store.query('update senior set change = $2 where senior_id = $1', [asked.senior, change])
    const { senior, keyId } = asked
    await writeAudit(store, { senior, at: now, what: 'device-key-revoked', serial: keyId, keyId, client })
  })
}

async function phonesOf(database: Queryable, senior: SeniorId): Promise<DeviceKey[]> {
  const [found] = await select(
    database,
    z.object({ device_keys: z.array(deviceKey).nullable() }),
    `select ${deviceKeysOf} as device_keys from senior where senior_id = $1`,
    [senior],
  )
  return found?.device_keys ?? []
}

async function isGenuine(publicKey: Uint8Array, claim: Uint8Array, proof: string): Promise<boolean> {
  try {
    return await standardSuite.verify(publicKey, claim, fromBase64Url(proof))
  } catch (error) {
    // A proof of 86 letters whose last bits are stray.
    if (error instanceof SyntaxError) return false
    throw error
  }
}
