import { z } from 'zod'
import { sha256, toBase64Url, utf8ToBytes } from '../shared/bytes.ts'
import { canonicalJson } from '../shared/canonical-json.ts'
import { keyIdOf } from '../shared/code-keys.ts'
import type { ProvinceKeys } from '../shared/province-api.ts'
import { type KeyPair, type Signer, standardSuite } from '../shared/suite.ts'
import { type Database, insertRows, type Queryable, select } from './database.ts'

/** All that the province signs, seals and opens with. */
export interface Keyring {
  readonly published: ProvinceKeys
  /** base64url SHA-256 of the raw root public key: what an enrolment code pins. */
  readonly rootKeyHash: string
  /** 1, and one more with each exchange of the three kinds of keys below. */
  readonly number: number
  /** Newest first, as are the keys that open what was sealed to the province: what was sealed to an earlier one is answered under the transport key of its number. */
  readonly transports: readonly Signer[]
  readonly transport: Signer
  readonly sealing: readonly KeyPair[]
  readonly policy: Signer
  /** Signs the list of code keys; null where the root key is kept offline and lists come in signed. */
  readonly root: Signer | null
  /** Reads the keys again: another process may have exchanged them. */
  refresh(): Promise<void>
  /** Makes a key for elder codes and keeps its private half; gives the public one. */
  makeCodeKey(): Promise<Uint8Array>
  /** The pen of a code key that was made here; null for any other. */
  codeSigner(keyId: string): Promise<Signer | null>
}

export const keyNames = ['root', 'transport', 'sealing', 'policy'] as const
type KeyName = (typeof keyNames)[number]
const pairRow = z.object({ public_key: z.instanceof(Buffer), private_key: z.instanceof(Buffer) })
const row = pairRow.extend({ name: z.enum(keyNames), number: z.int().positive() })

export const freshPair = (name: KeyName): Promise<KeyPair> =>
  name === 'sealing' ? standardSuite.generateSealingKey() : standardSuite.generateSigningKey()

/** Adds keys of a number; those that are there already stay. */
export async function storeKeys(
  database: Queryable,
  number: number,
  pairs: readonly (readonly [KeyName, KeyPair])[],
): Promise<void> {
  const rows = pairs.map(([name, { publicKey, privateKey }]) => [name, number, publicKey, privateKey])
  const columns = ['name', 'number', 'public_key', 'private_key']
  await insertRows(database, 'province_key', columns, rows, 'on conflict (name, number) do nothing')
}

type Held = Omit<Keyring, 'refresh' | 'makeCodeKey' | 'codeSigner'>

/**
 * The province's keys, made at its first start and kept in its own database. That is the way of a demo and of a pilot on one machine:
 * a province in service holds its root key offline and the others in a certified module, behind the same `Signer`.
 */
export async function openKeyring(database: Database): Promise<Keyring> {
  await storeKeys(
    database.pool,
    1,
    await Promise.all(keyNames.map(async name => [name, await freshPair(name)] as const)),
  )
  let held = await readKeys(database)
  return {
    get published() {
      return held.published
    },
    get number() {
      return held.number
    },
    get transports() {
      return held.transports
    },
    get transport() {
      return held.transport
    },
    get sealing() {
      return held.sealing
    },
    get policy() {
      return held.policy
    },
    rootKeyHash: held.rootKeyHash,
    root: held.root,
    async refresh() {
      held = await readKeys(database)
    },
    ...codeSigners(database),
  }
}

async function readKeys(database: Database): Promise<Held> {
  const stored = await select(
    database.pool,
    row,
    'select name, number, public_key, private_key from province_key order by number desc',
    [],
  )
  const pairs = (name: KeyName): KeyPair[] => stored.filter(item => item.name === name).map(pairOf)
  const signers = (name: KeyName) => Promise.all(pairs(name).map(pair => standardSuite.signer(pair)))
  const [[root], transports, [policy]] = await Promise.all([signers('root'), signers('transport'), signers('policy')])
  const sealing = pairs('sealing')
  const [transport] = transports
  if (!root || !policy || !transport || !sealing[0]) throw new Error('the province lacks keys of its own')
  const keys = {
    transport: toBase64Url(transport.publicKey),
    sealing: toBase64Url(sealing[0].publicKey),
    policy: toBase64Url(policy.publicKey),
  }
  const signature = toBase64Url(await root.sign(utf8ToBytes(canonicalJson(keys))))
  return {
    published: { keys, root: toBase64Url(root.publicKey), signature },
    rootKeyHash: toBase64Url(sha256(root.publicKey)),
    number: stored[0]?.number ?? 1,
    ...{ transport, transports, sealing, policy, root },
  }
}

/** Opens what was sealed to the province, by whichever of its keys it was; null where none of them does. */
export async function openWithAny(
  sealing: readonly KeyPair[],
  sealed: Uint8Array,
  context: string,
): Promise<Uint8Array | null> {
  for (const pair of sealing) {
    const plain = await standardSuite.open(pair, sealed, context)
    if (plain !== null) return plain
  }
  return null
}

const pairOf = ({ public_key, private_key }: z.infer<typeof pairRow>): KeyPair => ({
  publicKey: new Uint8Array(public_key),
  privateKey: new Uint8Array(private_key),
})

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
        pairRow,
        'select public_key, private_key from code_signer where key_id = $1',
        [keyId],
      )
      if (found === undefined) return null
      const pen = await standardSuite.signer(pairOf(found))
      known.set(keyId, pen)
      return pen
    },
  }
}
