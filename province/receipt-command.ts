import { parseArgs } from 'node:util'
import { z } from 'zod'
import { type Anchor, anchor } from '../shared/anchor.ts'
import { canonicalJson } from '../shared/canonical-json.ts'
import { type Database, openDatabase, select } from './database.ts'

export const receiptUsage = `node province/main.ts receipt --database-url URL --terminal TERMINAL
  prints the newest record that is held of a terminal, as an anchor for "aixin verify --anchor" (docs/record-format.md)
  打印平台持有的某终端最新一条记录，供 aixin verify --anchor 核对账本末尾`

/** The newest record that the province holds of a terminal; null where it holds none. */
export async function receiptOf(database: Database, terminal: string, now: number): Promise<Anchor | null> {
  const [head] = await select(
    database.pool,
    z.object({ generation: z.int(), seq: z.int(), hash: z.string() }),
    'select generation, seq, hash from watermark where terminal_id = $1 order by generation desc limit 1',
    [terminal],
  )
  return head ? anchor.parse({ v: 1, source: 'province', terminal, ...head, at: now }) : null
}

/** The words after `receipt`. Resolves to the exit code: 0 printed, 2 nothing was. */
export async function receiptCommand(words: readonly string[]): Promise<number> {
  const options = { 'database-url': { type: 'string' }, terminal: { type: 'string' } } as const
  const refuse = (zh: string, en: string) => {
    console.error(`${zh}\n${en}`)
    return 2
  }
  try {
    const { values } = parseArgs({ args: [...words], options })
    const url = values['database-url'] ?? process.env.AIXIN_DATABASE_URL
    if (url === undefined || values.terminal === undefined)
      return refuse(
        '缺 --database-url URL 或 --terminal TERMINAL',
        `--database-url or --terminal is missing\n${receiptUsage}`,
      )
    const database = await openDatabase(url)
    try {
      const receipt = await receiptOf(database, values.terminal, Date.now())
      if (receipt === null)
        return refuse(
          `平台没有 ${values.terminal} 的记录，请核对编号`,
          `no record of ${values.terminal} is held; check its name`,
        )
      console.log(canonicalJson(receipt))
      return 0
    } finally {
      await database.close()
    }
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error)
    return refuse(`没有打印：${detail}`, `nothing was printed: ${detail}\n${receiptUsage}`)
  }
}
