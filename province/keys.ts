import { z } from 'zod'
import { sha256, toBase64Url, utf8ToBytes } from '../shared/bytes.ts'
import { canonicalJson } from '../shared/canonical-json.ts'
import { keyIdOf } from '../shared/code-keys.ts'
import type { ProvinceKeys } from '../shared/province-api.ts'
import { type KeyPair, type Signer, standardSuite } from '../shared/suite.ts'
import { type Database, insertRows, select } from './database.ts'

/** All that the province signs, seals and opens with. */
export interface Keyring {
  readonly published: ProvinceKeys
  /** base64url SHA-256 of the raw root public key: what an enrolment code pins. */
  readonly rootKeyHash: string
  readonly transport: Signer
  readonly sealing: KeyPair
  readonly policy: Signer
  /** Signs the list of code keys; null where the root key is kept offline and lists come in signed. */
  readonly root: Signer | null
  /** Makes a key for elder codes and keeps its private half; gives the public one. */
  makeCodeKey(): Promise<Uint8Array>
  /** The pen of a code key that was made here; null for any other. */
  codeSigner(keyId: string): Promise<Signer | null>
}

const names = ['root', 'transport', 'sealing', 'policy'] as const
const row = z.object({ name: z.enum(names), public_key: z.instanceof(Buffer), private_key: z.instanceof(Buffer) })

/**
 * The province's keys, made at its first start and kept in its own database. That is the way of a demo and of a pilot on one machine:
 * a province in service holds its root key offline and the others in a certified module, behind the same `Signer`.
 */
export async function openKeyring(database: Database): Promise<Keyring> {
  const fresh = await Promise.all(
    names.map(async name => {
      const pair =
        name === 'sealing' ? await standardSuite.generateSealingKey() : await standardSuite.generateSigningKey()
      return [name, pair.publicKey, pair.privateKey]
    }),
  )
  await insertRows(
    database.pool,
    'province_key',
    ['name', 'public_key', 'private_key'],
    fresh,
    'on conflict (name) do nothing',
  )
  const stored = await select(
    database.pool,
    row,
    'select name, public_key, private_key from province_key where name = any($1)',
    [names],
  )
  const pair = (name: (typeof names)[number]): KeyPair => {
    const found = stored.find(item => item.name === name)
    if (found === undefined) throw new Error(`the province has no ${name} key`)
    return { publicKey: new Uint8Array(found.public_key), privateKey: new Uint8Array(found.private_key) }
  }
  const signer = (name: (typeof names)[number]) => standardSuite.signer(pair(name))
  const [root, transport, policy] = await Promise.all([signer('root'), signer('transport'), signer('policy')])
  const keys = {
    transport: toBase64Url(transport.publicKey),
    sealing: toBase64Url(pair('sealing').publicKey),
    policy: toBase64Url(policy.publicKey),
  }
  const signature = toBase64Url(await root.sign(utf8ToBytes(canonicalJson(keys))))
  return {
    published: { keys, root: toBase64Url(root.publicKey), signature },
    rootKeyHash: toBase64Url(sha256(root.publicKey)),
    transport,
    sealing: pair('sealing'),
    policy,
    root,
    ...codeSigners(database),
  }
}

function codeSigners(database: Database): Pick<Keyring, 'makeCodeKey' | 'codeSigner'> {
  const known = new Map<string, Signer>()
  return {
    async makeCodeKey() {
      const { publicKey, privateKey } = await standardSuite.generateSigningKey()
      const made = [keyIdOf(publicKey), publicKey, privateKey]
      await insertRows(database.pool, 'code_signer', ['key_id', 'public_key', 'private_key'], [made])
      return publicKey
    },
    async codeSigner(keyId) {
      const held = known.get(keyId)
      if (held !== undefined) return held
      const [found] = await select(
        database.pool,
        row.omit({ name: true }),
        'select public_key, private_key from code_signer where key_id = $1',
        [keyId],
      )
      if (found === undefined) return null
      const { public_key: publicKey, private_key: privateKey } = found
      const pen = await standardSuite.signer({
        publicKey: new Uint8Array(publicKey),
        privateKey: new Uint8Array(privateKey),
      })
      known.set(keyId, pen)
      return pen
    },
  }
}
