import { writeFileSync } from 'node:fs'
import { z } from 'zod'
import { businessDateOf } from '../shared/business-day.ts'
import { seniorId, siteId } from '../shared/ids.ts'
import { complain, readWords } from './command-words.ts'
import { type Database, nextChange, openDatabase, select, transaction } from './database.ts'
import { issueCode } from './issue-codes.ts'
import { openKeyring } from './keys.ts'
import { type PaperCard, paperCardSheets } from './paper-cards.ts'

export const cardsUsage = `node province/main.ts cards --database-url URL --out FILE [--site SITE] [--seniors ID,ID] [--replace]
  prints paper cards (name, code, number) as A4 sheets, PDF: of all seniors, of a home site's, or of those named
  把纸质长者码打印成 A4 版 PDF（姓名、码、编号）：全部老人，或某站点的，或点名的
  --replace  the cards printed before no longer count, everywhere with the next sync 以前印的卡作废，各终端下次同步后生效`

const options = {
  'database-url': { type: 'string' },
  out: { type: 'string' },
  site: { type: 'string' },
  seniors: { type: 'string' },
  replace: { type: 'boolean' },
} as const

const row = z.object({ senior_id: seniorId, name: z.string() })

/** The words after `cards`. Resolves to the exit code: 0 printed, 1 nobody to print for, 2 nothing could be done. */
export async function cardsCommand(words: readonly string[]): Promise<number> {
  const read = readWords(words, options)
  if (typeof read === 'string') return complain(`用法不对：${read}\n${cardsUsage}`, `wrong use: ${read}`, 2)
  const { out, site, seniors, replace } = read.values
  const databaseUrl = read.values['database-url'] ?? process.env.AIXIN_DATABASE_URL
  if (databaseUrl === undefined || out === undefined)
    return complain(
      '缺 --database-url URL 或 --out FILE',
      `--database-url URL or --out FILE is missing\n${cardsUsage}`,
      2,
    )
  try {
    const database = await openDatabase(databaseUrl)
    try {
      const people = await peopleOf(database, {
        site: site === undefined ? null : siteId.parse(site),
        seniors: seniors === undefined ? null : z.array(seniorId).parse(seniors.split(',')),
      })
      if (people.length === 0) return complain('没有找到老人，没有打印', 'no senior was found; nothing was printed', 1)
      await print(database, people, out, replace === true)
      return 0
    } finally {
      await database.close()
    }
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error)
    return complain(
      `没有打印：${detail}。请核对文件、编号和数据库地址后再试。`,
      `nothing was printed: ${detail}. Check the file, the ids and the database URL, and try again.`,
      2,
    )
  }
}

async function peopleOf(
  database: Database,
  chosen: { site: z.infer<typeof siteId> | null; seniors: z.infer<typeof seniorId>[] | null },
) {
  return await select(
    database.pool,
    row,
    `select senior_id, body::json->>'name' as name from senior where not gone
      and ($1::text is null or home_site = $1) and ($2::text[] is null or senior_id = any($2)) order by home_site, name, senior_id`,
    [chosen.site, chosen.seniors],
  )
}

async function print(database: Database, people: readonly z.infer<typeof row>[], out: string, replace: boolean) {
  const keys = await openKeyring(database)
  const cards: PaperCard[] = []
  const issued = []
  for (const { senior_id: senior, name } of people) {
    const asked = { senior, kind: 'paper', encoding: 'base32', client: 'cards' } as const
    const { text, serial, issuedAt, expiresAt } = await issueCode(database, keys, asked, Date.now())
    cards.push({ name, text, serial, validUntil: businessDateOf(expiresAt * 1000) })
    issued.push({ senior, issuedAt })
  }
  const { pdf, unwritten } = await paperCardSheets(cards)
  writeFileSync(out, pdf, { mode: 0o600 })
  // Only now: nobody loses a card for one that was never printed.
  if (replace) await replaceOlder(database, issued)
  for (const { serial } of unwritten)
    console.error(
      `编号 ${serial} 的姓名有字库没有的字，请手写\nthe name on card ${serial} has a character that the typeface lacks: write it by hand`,
    )
  console.log(`已打印 ${cards.length} 张：${out}\nprinted ${cards.length} cards: ${out}`)
}

async function replaceOlder(database: Database, issued: readonly { senior: string; issuedAt: number }[]) {
  await transaction(database, async client => {
    const changes = await nextChange(client, issued.length)
    for (const [index, { senior, issuedAt }] of issued.entries())
      await client.query('update senior set codes_since = $2, change = $3 where senior_id = $1', [
        senior,
        issuedAt,
        changes[index],
      ])
  })
}
