import { z } from 'zod'
import { fromBase64Url, toBase64Url, utf8ToBytes } from '../shared/bytes.ts'
import { canonicalJson } from '../shared/canonical-json.ts'
import {
  type CodeKey,
  type CodeKeyList,
  codeKeyList,
  keyIdOf,
  type SignedCodeKeyList,
  signedCodeKeyList,
} from '../shared/code-keys.ts'
import type { ElderCodeKind } from '../shared/elder-code.ts'
import { type Signer, standardSuite } from '../shared/suite.ts'
import { type Database, nextChange, type Queryable, select, transaction } from './database.ts'
import type { Keyring } from './keys.ts'
import { Refusal } from './refusals.ts'

const day = 86_400
/** A new key signs nothing until every terminal had time to hear of it: the longest a village site may stay away. */
export const leadSeconds = 62 * day
/** How long codes of a replaced key go on counting after its successor signs: a paper card lives a year. */
export const overlapSeconds: Record<ElderCodeKind, number> = { dynamic: day, paper: 367 * day }
/** How long a key may sign before it must have been replaced. */
const keyLife = 3 * 366 * day

const row = z.object({ number: z.int(), body: z.string(), signature: z.string(), change: z.int() })

/** The list that counts, as it was signed, and its place in the feed; null before the first. */
export async function newestCodeKeyList(
  database: Queryable,
): Promise<{ signed: SignedCodeKeyList; list: CodeKeyList; change: number } | null> {
  const [found] = await select(
    database,
    row,
    'select number, body, signature, change from code_key_list order by number desc limit 1',
  )
  if (found === undefined) return null
  const signed = signedCodeKeyList.parse({ text: found.body, signature: found.signature })
  return { signed, list: codeKeyList.parse(JSON.parse(found.body)), change: found.change }
}

/** Publishes a list that the root key signed. @throws Error where the signature is not the root's, or the number does not rise */
export async function publishCodeKeyList(database: Database, keys: Keyring, signed: SignedCodeKeyList): Promise<void> {
  const root = fromBase64Url(keys.published.root)
  if (!(await standardSuite.verify(root, utf8ToBytes(signed.text), fromBase64Url(signed.signature))))
    throw new Error('the list of code keys is not signed by the root key')
  const list = codeKeyList.parse(JSON.parse(signed.text))
  await transaction(database, async client => {
    const [change] = await nextChange(client)
    const before = await newestCodeKeyList(client)
    if (before !== null && list.number <= before.list.number)
      throw new Error(`list ${list.number} is not newer than list ${before.list.number}`)
    await client.query('insert into code_key_list (number, body, signature, change) values ($1, $2, $3, $4)', [
      list.number,
      signed.text,
      signed.signature,
      change,
    ])
  })
}

/** Makes the list that follows on the present one, signs it and publishes it. @throws Error where the root key is not here */
async function publishKeys(database: Database, keys: Keyring, now: number, next: (keys: CodeKey[]) => CodeKey[]) {
  if (keys.root === null) throw new Error('the root key is kept offline: publish a list that it signed')
  const before = (await newestCodeKeyList(database.pool))?.list
  const list: CodeKeyList = {
    purpose: 'aixin-code-keys-v1',
    number: (before?.number ?? 0) + 1,
    at: now,
    keys: next(before?.keys ?? []),
  }
  const text = canonicalJson(codeKeyList.parse(list))
  const signature = toBase64Url(await keys.root.sign(utf8ToBytes(text)))
  await publishCodeKeyList(database, keys, { text, signature })
}

/** The first list, with one key a kind; nothing where there is one already. `notBefore` in Unix seconds. */
export async function startCodeKeys(database: Database, keys: Keyring, now: number, notBefore = now): Promise<void> {
  if ((await newestCodeKeyList(database.pool)) !== null) return
  const made = [await freshKey(keys, 'dynamic', notBefore), await freshKey(keys, 'paper', notBefore)]
  await publishKeys(database, keys, now, () => made)
}

/** Puts a new key beside the ones of a kind: it signs from `leadSeconds` on, and the others end `overlapSeconds` after that. */
export async function rotateCodeKey(database: Database, keys: Keyring, kind: ElderCodeKind, now: number) {
  const fresh = await freshKey(keys, kind, now + leadSeconds)
  const end = fresh.notBefore + overlapSeconds[kind]
  await publishKeys(database, keys, now, before => [
    ...before.map(key => (key.kinds.includes(kind) ? { ...key, notAfter: Math.min(key.notAfter, end) } : key)),
    fresh,
  ])
  return fresh
}

/** Ends a key at once, everywhere as soon as the list arrives; where it was the last of its kind that may sign now, a new one takes its place at once. */
export async function revokeCodeKey(database: Database, keys: Keyring, keyId: string, now: number): Promise<void> {
  const held = (await newestCodeKeyList(database.pool))?.list.keys ?? []
  const ended = held.find(key => key.keyId === keyId)
  if (ended === undefined) throw new Error(`no code key ${keyId} is on the list`)
  const left = held.filter(key => key.keyId !== keyId)
  const orphans = ended.kinds.filter(kind => !left.some(key => maySign(key, kind, now)))
  const fresh = await Promise.all(orphans.map(kind => freshKey(keys, kind, now)))
  await publishKeys(database, keys, now, before => [
    ...before.map(key => (key.keyId === keyId ? { ...key, revoked: true as const } : key)),
    ...fresh,
  ])
}

/** The pen for a kind of code: the newest key on the list that may sign now, is bound to no place, and is in our hands. Throws a `Refusal` where there is none. */
export async function codePen(
  database: Queryable,
  keys: Keyring,
  kind: ElderCodeKind,
  now: number,
): Promise<{ key: CodeKey; signer: Signer }> {
  const list = (await newestCodeKeyList(database))?.list.keys ?? []
  const fit = list
    .filter(key => maySign(key, kind, now) && key.sites === undefined && key.areas === undefined)
    .sort((one, other) => other.notBefore - one.notBefore)
  for (const key of fit) {
    const signer = await keys.codeSigner(key.keyId)
    if (signer !== null) return { key, signer }
  }
  throw new Refusal('CODE_KEY_MISSING')
}

function maySign(key: CodeKey, kind: ElderCodeKind, now: number): boolean {
  return key.revoked !== true && key.kinds.includes(kind) && key.notBefore <= now && now <= key.notAfter
}

async function freshKey(keys: Keyring, kind: ElderCodeKind, notBefore: number): Promise<CodeKey> {
  const publicKey = await keys.makeCodeKey()
  return {
    keyId: keyIdOf(publicKey),
    algorithm: 'EdDSA',
    publicKey: toBase64Url(publicKey),
    notBefore,
    notAfter: notBefore + keyLife,
    kinds: [kind],
  }
}
