import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { keyId, signedCodeKeyList } from '../shared/code-keys.ts'
import { elderCodeKind } from '../shared/elder-code.ts'
import { seniorId } from '../shared/ids.ts'
import { revocation } from '../shared/province-api.ts'
import { createCodeClient, strikeOffCodeClient } from './code-clients.ts'
import { newestCodeKeyList, publishCodeKeyList, revokeCodeKey, rotateCodeKey } from './code-keys.ts'
import { complain, readWords } from './command-words.ts'
import { type Database, openDatabase } from './database.ts'
import { type Keyring, openKeyring } from './keys.ts'
import { putRevocation } from './revocations.ts'

export const codesUsage = `node province/main.ts codes ACTION --database-url URL   (长者码 elder codes)
  keys                         the keys on the list now 现在的签发名单
  rotate --kind KIND           a new key for dynamic or paper codes; it signs after 62 days, when every terminal knows it 换发密钥，62 天后启用
  revoke-key --key KEYID       ends a key at once 立即停用密钥
  publish --file FILE          a list that the root key signed elsewhere: {"text","signature"} 下发在别处用根密钥签好的名单
  revoke --senior ID           every code of a senior issued until now 作废这位老人到现在为止的所有码
  revoke --serial SERIAL       one paper card by its number 按编号作废一张纸卡
  app --name NAME              lets an app ask for codes; prints its secret once 准许一个应用取码，密钥只显示一次
  strike-off --name NAME       takes that back 停用一个应用`

const options = {
  'database-url': { type: 'string' },
  kind: { type: 'string' },
  key: { type: 'string' },
  file: { type: 'string' },
  senior: { type: 'string' },
  serial: { type: 'string' },
  name: { type: 'string' },
} as const
type Values = { readonly [name in keyof typeof options]?: string | undefined }

type Action = (database: Database, keys: Keyring, values: Values, now: number) => Promise<string>

const actions: Record<string, Action> = {
  keys: async database => {
    const list = (await newestCodeKeyList(database.pool))?.list
    const day = (seconds: number) => new Date(seconds * 1000).toISOString().slice(0, 10)
    const lines = (list?.keys ?? []).map(
      key =>
        `${key.keyId} ${key.kinds.join('+')} ${day(key.notBefore)}..${day(key.notAfter)}${key.revoked ? ' revoked 已停用' : ''}`,
    )
    return [`list ${list?.number ?? 0} 名单编号`, ...lines].join('\n')
  },
  rotate: async (database, keys, { kind }, now) => {
    const fresh = await rotateCodeKey(database, keys, elderCodeKind.parse(kind), now)
    return `新密钥 ${fresh.keyId} 自 ${new Date(fresh.notBefore * 1000).toISOString()} 起签发\nnew key ${fresh.keyId} signs from then on`
  },
  'revoke-key': async (database, keys, { key }, now) => {
    await revokeCodeKey(database, keys, keyId.parse(key), now)
    return `密钥 ${key} 已停用\nkey ${key} is revoked`
  },
  publish: async (database, keys, { file }) => {
    const signed = signedCodeKeyList.parse(JSON.parse(readFileSync(z.string().parse(file), 'utf8')))
    await publishCodeKeyList(database, keys, signed)
    return `已下发：${file}\npublished: ${file}`
  },
  revoke: async (database, _, { senior, serial }, now) => {
    if ((senior === undefined) === (serial === undefined)) throw new Error('give --senior or --serial')
    const blocked =
      senior === undefined
        ? { kind: 'paper', serial: serial?.toLowerCase().replaceAll(' ', '') }
        : { kind: 'codes', senior: seniorId.parse(senior), before: now + 1 }
    await putRevocation(database, revocation.parse(blocked))
    return '已作废，各终端下次同步后生效\nrevoked; it reaches every terminal with its next sync'
  },
  app: async (database, _, { name }) => createCodeClient(database, z.string().parse(name)),
  'strike-off': async (database, _, { name }) => {
    await strikeOffCodeClient(database, z.string().parse(name))
    return `已停用：${name}\nstruck off: ${name}`
  },
}

/** The words after `codes`. Resolves to the exit code: 0 done, 2 nothing was changed. */
export async function codesCommand(words: readonly string[]): Promise<number> {
  const read = readWords(words, options)
  if (typeof read === 'string') return complain(`用法不对：${read}\n${codesUsage}`, `wrong use: ${read}`, 2)
  const [name = ''] = read.positionals
  const action = Object.hasOwn(actions, name) ? actions[name] : undefined
  const databaseUrl = read.values['database-url'] ?? process.env.AIXIN_DATABASE_URL
  if (action === undefined || databaseUrl === undefined)
    return complain('缺动作或 --database-url URL', `the action or --database-url URL is missing\n${codesUsage}`, 2)
  try {
    const database = await openDatabase(databaseUrl)
    try {
      console.log(await action(database, await openKeyring(database), read.values, Math.floor(Date.now() / 1000)))
    } finally {
      await database.close()
    }
    return 0
  } catch (error) {
    const detail =
      error instanceof z.ZodError ? z.prettifyError(error) : String(error instanceof Error ? error.message : error)
    return complain(
      `没有办成：${detail}。请核对各项后再试。\n${codesUsage}`,
      `nothing was changed: ${detail}. Check what was given, and try again.`,
      2,
    )
  }
}
