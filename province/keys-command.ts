import { complain, onDatabase, readWords } from './command-words.ts'
import { openKeyring } from './keys.ts'
import { rotateProvinceKeys } from './province-keys.ts'

export const keysUsage = `node province/main.ts keys ACTION --database-url URL   (平台自己的密钥 the province's own keys)
  list                         the public keys now and how often they were exchanged 现用公钥和换发次数
  rotate                       new keys for envelopes, sealing and policy packs; terminals take them with their next sync 换发传输、加密和政策密钥，各终端下次同步时换用`

/** The words after `keys`. Resolves to the exit code: 0 done, 2 nothing was changed. */
export async function keysCommand(words: readonly string[]): Promise<number> {
  const read = readWords(words, { 'database-url': { type: 'string' } })
  if (typeof read === 'string') return complain(`用法不对：${read}\n${keysUsage}`, `wrong use: ${read}`, 2)
  const [action] = read.positionals
  if (action !== 'list' && action !== 'rotate')
    return complain('缺动作 list 或 rotate', `the action is missing: list or rotate\n${keysUsage}`, 2)
  return await onDatabase(read.values['database-url'], keysUsage, async database => {
    const keys = await openKeyring(database)
    if (action === 'rotate') {
      await rotateProvinceKeys(database, keys, Math.floor(Date.now() / 1000))
      console.log('已换发，各终端下次同步时换用；旧密钥保留，用来打开以前的数据')
      console.log(
        'exchanged: terminals take the new keys with their next sync; former ones stay to open what was sealed to them',
      )
    }
    const { published, number } = keys
    console.log(`set ${number} 第 ${number} 套`)
    for (const [name, key] of Object.entries({ root: published.root, ...published.keys })) console.log(`${name} ${key}`)
    return 0
  })
}
