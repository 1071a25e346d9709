import { parseArgs } from 'node:util'
import { businessDate } from '../shared/business-day.ts'
import { openDatabase } from './database.ts'
import { exportEvidence } from './evidence.ts'
import { openKeyring } from './keys.ts'

export const evidenceUsage = `node province/main.ts evidence --database-url URL --out FILE [--from DATE] [--to DATE] [--site SITE]
  writes the records that were taken with their opened inputs, for "aixin policy replay" (docs/evidence-format.md)
  导出记录和核算依据，供 aixin policy replay 使用；内有个人信息，请妥善保管，用完即删
  --out           a file that is not there yet
  --from, --to    business dates, both inclusive; all where left out
  --site          of this site's terminals only`

const date = businessDate.optional()

/** The words after `evidence`. Resolves to the exit code: 0 written, 2 nothing was. */
export async function evidenceCommand(words: readonly string[]): Promise<number> {
  const refuse = (zh: string, en: string) => {
    console.error(`${zh}\n${en}`)
    return 2
  }
  const read = readWords(words)
  if (typeof read === 'string') return refuse(`用法不对：${read}\n${evidenceUsage}`, `wrong use: ${read}`)
  const databaseUrl = read['database-url'] ?? process.env.AIXIN_DATABASE_URL
  if (databaseUrl === undefined || read.out === undefined)
    return refuse(
      '缺 --database-url URL 或 --out FILE',
      `--database-url URL or --out FILE is missing\n${evidenceUsage}`,
    )
  const [from, to] = [date.safeParse(read.from), date.safeParse(read.to)]
  if (!from.success || !to.success) return refuse('日期不对，请写作 2026-11-01', 'not a date; write it like 2026-11-01')
  try {
    const database = await openDatabase(databaseUrl)
    try {
      const { sealing } = await openKeyring(database)
      const range = { from: from.data, to: to.data }
      const { records, withInputs, rejected } = await exportEvidence(database, sealing, {
        ...{ out: read.out, range, site: read.site ?? null },
      })
      if (records === 0)
        return refuse('没有这样的记录，请核对日期和站点', 'there is no such record; check the dates and the site')
      console.log(
        `已导出 ${records} 条记录，其中 ${withInputs} 条附有核算依据；平台未收下的 ${rejected} 条不在内：${read.out}。内有个人信息，请妥善保管，用完即删。`,
      )
      console.log(
        `${records} records, ${withInputs} of them with inputs, without ${rejected} that were rejected, were written to ${read.out}. It holds personal facts: keep it safe, and delete it after use.`,
      )
      return 0
    } finally {
      await database.close()
    }
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error)
    return refuse(
      `没有导出：${detail}。请核对数据库地址和文件名后再试。`,
      `nothing was written: ${detail}. Check the database URL and the file name, and try again.`,
    )
  }
}

function readWords(words: readonly string[]) {
  const options = {
    'database-url': { type: 'string' },
    out: { type: 'string' },
    from: { type: 'string' },
    to: { type: 'string' },
    site: { type: 'string' },
  } as const
  try {
    return parseArgs({ args: [...words], options }).values
  } catch (error) {
    if (error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS'))
      return error.message
    throw error
  }
}
