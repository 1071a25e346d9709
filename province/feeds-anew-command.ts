import { complain, onDatabase, readWords } from './command-words.ts'
import { beginFeedEpoch } from './feed-epochs.ts'

export const feedsAnewUsage = `node province/main.ts feeds-anew --database-url URL
  after a restore of the database, before the province starts: every terminal pulls roster, policies, revocations and all other feeds from their beginning
  数据库恢复之后、平台启动之前执行：各终端从头重新下载名单、政策、停用名单等全部数据`

/** The words after `feeds-anew`. Resolves to the exit code: 0 done, 2 not. */
export async function feedsAnewCommand(words: readonly string[]): Promise<number> {
  const read = readWords(words, { 'database-url': { type: 'string' } })
  if (typeof read === 'string') return complain(`用法不对：${read}`, `wrong use: ${read}\n${feedsAnewUsage}`, 2)
  return await onDatabase(read.values['database-url'], feedsAnewUsage, async database => {
    await beginFeedEpoch(database)
    console.log('各终端下次联网时从头下载 / every terminal pulls all feeds anew with its next question')
    return 0
  })
}
