import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { businessDateOf } from '../shared/business-day.ts'
import { changedVersions } from '../shared/policy/changed-versions.ts'
import { checkPackText } from '../shared/policy/check/check-pack.ts'
import { policyPack } from '../shared/policy/language.ts'
import { type Database, openDatabase, transaction } from './database.ts'
import { openKeyring } from './keys.ts'
import { currentPack, publishPolicy } from './policies.ts'

export const publishUsage = `node province/main.ts publish --database-url URL --pack FILE [--change-begun]
  checks a policy pack, signs it, and sends it to all terminals with their next pull; it takes effect on the dates of its versions
  检查、签名并下发政策包，按各版本的日期生效
  --change-begun  also where it changes or leaves out a version that has begun: rules that began are otherwise only ended, and followed by later ones
                  允许改动或删去已经开始的版本；平时只能给它写上终止日期，另加以后的版本`

/** The words after `publish`. Resolves to the exit code: 0 published, 1 the pack has a fault, 2 nothing could be done. */
export async function publishCommand(words: readonly string[]): Promise<number> {
  const say = (zh: string, en: string, exitCode: number) => {
    console.error(`${zh}\n${en}`)
    return exitCode
  }
  const read = readWords(words)
  if (typeof read === 'string') return say(`用法不对：${read}\n${publishUsage}`, `wrong use: ${read}`, 2)
  const databaseUrl = read['database-url'] ?? process.env.AIXIN_DATABASE_URL
  if (databaseUrl === undefined || read.pack === undefined)
    return say(
      '缺 --database-url URL 或 --pack FILE',
      `--database-url URL or --pack FILE is missing\n${publishUsage}`,
      2,
    )
  try {
    const text = readFileSync(read.pack, 'utf8')
    const faults = checkPackText(text).filter(({ severity }) => severity === 'error')
    for (const { path, zh, en } of faults) say(`${read.pack} ${path}：${zh}`, `${read.pack} ${path}: ${en}`, 1)
    if (faults.length > 0) return say('政策包有错，没有下发', 'the pack has faults; nothing was published', 1)
    const database = await openDatabase(databaseUrl)
    try {
      const changed = read['change-begun'] === true ? [] : await changedNow(database, text)
      if (changed.length > 0)
        return say(
          `已经开始的版本被改动或删去：${changed.join('、')}。请给它写上终止日期，另加新版本；确要改动，加 --change-begun。没有下发`,
          `versions that have begun are changed or left out: ${changed.join(', ')}. End them with a date and add a later version, or say --change-begun; nothing was published`,
          1,
        )
      await publishPolicy(database, await openKeyring(database), text)
    } finally {
      await database.close()
    }
    console.log(`已签名下发：${read.pack}\nsigned and published: ${read.pack}`)
    return 0
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error)
    return say(
      `没有下发：${detail}。请核对文件和数据库地址后再试。`,
      `nothing was published: ${detail}. Check the file and the database URL, and try again.`,
      2,
    )
  }
}

async function changedNow(database: Database, text: string): Promise<string[]> {
  const pack = policyPack.parse(JSON.parse(text))
  const held = await transaction(database, client => currentPack(client, pack.id))
  return held === null ? [] : changedVersions(held, pack, businessDateOf(Date.now()))
}

function readWords(words: readonly string[]) {
  const options = {
    'database-url': { type: 'string' },
    pack: { type: 'string' },
    'change-begun': { type: 'boolean' },
  } as const
  try {
    return parseArgs({ args: [...words], options }).values
  } catch (error) {
    if (error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS'))
      return error.message
    throw error
  }
}
