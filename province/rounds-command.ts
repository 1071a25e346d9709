import { readFileSync, writeFileSync } from 'node:fs'
import { z } from 'zod'
import { businessDate, meal } from '../shared/business-day.ts'
import { csvText } from '../shared/csv.ts'
import { siteId, terminalId } from '../shared/ids.ts'
import { mostStops, roundLink, type TillRound } from '../shared/round/round.ts'
import { complain, onDatabase, readWords } from './command-words.ts'
import type { Database } from './database.ts'
import { siteOf } from './leases/caps.ts'
import { readList } from './rounds/list-file.ts'
import { mealsTwice } from './rounds/orders-in-rounds.ts'
import { prepareRound } from './rounds/prepare-round.ts'
import { memberNamed } from './rounds/seniors-named.ts'

export const roundsUsage = `node province/main.ts rounds --database-url URL --site SITE --list FILE --courier NAME [OPTIONS]   (送餐单 delivery rounds)
  --list     orders in route order as CSV: 姓名,尾号,门牌,电话,套餐,份数,付款,另加,订单 (name,tail,door,phone,set,portions,pays,also,order) 按路线排好的订餐名单
  --date     business date, like 2026-11-24; --meal lunch or dinner (lunch where left out) 日期和餐段
  --page     https address of the couriers' page, like https://HOST/round/; prints the courier's link 送餐页地址，打印送餐员的链接
  --third-party  somebody of another firm: no telephone numbers, and only the one-time code is a proof 外单位配送：不给电话，凭一次性交接码交付
  --terminal the till that records it, the site's first where left out 记账的终端
  --out FILE writes the stops with what each pays and their one-time codes 写出每户实付和交接码`

const options = {
  'database-url': { type: 'string' },
  site: { type: 'string' },
  list: { type: 'string' },
  courier: { type: 'string' },
  date: { type: 'string' },
  meal: { type: 'string' },
  page: { type: 'string' },
  terminal: { type: 'string' },
  out: { type: 'string' },
  'third-party': { type: 'boolean' },
} as const

const asked = z.object({
  site: siteId,
  list: z.string(),
  courier: z.string().min(1).max(32),
  date: businessDate,
  meal: meal.default('lunch'),
  page: z
    .url({ protocol: /^https$/ })
    .refine(text => text.endsWith('/'))
    .optional(),
  terminal: terminalId.optional(),
})

/** The words after `rounds`. Resolves to the exit code: 0 prepared, 1 something of the list cannot be brought and nothing was prepared, 2 wrong use. */
export async function roundsCommand(words: readonly string[]): Promise<number> {
  const read = readWords(words, options)
  if (typeof read === 'string') return complain(`用法不对：${read}`, `wrong use: ${read}\n${roundsUsage}`, 2)
  const given = asked.safeParse(read.values)
  if (!given.success) {
    const wrong = given.error.issues.map(({ path }) => `--${String(path[0])}`).join(', ')
    return complain(`请看看 ${wrong}`, `look at ${wrong}\n${roundsUsage}`, 2)
  }
  const { out, 'third-party': isThird } = read.values
  return await onDatabase(read.values['database-url'], roundsUsage, database =>
    prepare(database, given.data, { out, kind: isThird ? 'third-party' : 'own' }),
  )
}

async function prepare(
  database: Database,
  { site: id, list, courier, date, meal: mealName, page, terminal }: z.infer<typeof asked>,
  { out, kind }: { out: string | undefined; kind: TillRound['courier']['kind'] },
): Promise<number> {
  const site = await siteOf(database.pool, id)
  if (site === null) return complain('没有这个站点', 'there is no such site', 1)
  const text = readFileSync(list, 'utf8')
  const read = await readList(
    text,
    site,
    (name, tail) => memberNamed(database.pool, id, name, tail),
    `${date}|${mealName}`,
  )
  if (!read.ok) {
    for (const { line, zh, en } of read.faults) console.error(`第 ${line} 行：${zh}\nline ${line}: ${en}`)
    return complain('没有做送餐单', 'no round was prepared', 1)
  }
  if (read.stops.length > mostStops)
    return complain(`一张单最多 ${mostStops} 户`, `a round has at most ${mostStops} stops`, 1)
  const order = { site: id, terminal: terminal ?? null, date, meal: mealName, courier: { name: courier, kind } }
  const prepared = await prepareRound(database, { ...order, page: page ?? null, stops: read.stops })
  if (!prepared.ok && prepared.why === 'order') {
    const { order: number } = read.stops[prepared.at - 1] ?? { order: '' }
    return complain(
      `没有做送餐单：第 ${prepared.at} 户的订单 ${number} 已在另一张送餐单上，或名单里有两次`,
      `no round was prepared: the order ${number} of stop ${prepared.at} is in another round, or twice in this list`,
      1,
    )
  }
  if (!prepared.ok)
    return complain(
      '没有做送餐单：站点还没有终端或政策，或老人、菜单刚刚变了',
      'no round was prepared: the site has no till or no policy yet, or a senior or the menu has just changed',
      1,
    )
  const { round } = prepared
  console.log(`送餐单 ${round.round}，${round.stops.length} 户 / round ${round.round}, ${round.stops.length} stops`)
  for (const { stop, other } of await mealsTwice(database.pool, round))
    console.log(
      `第 ${stop} 户：这位老人这一餐已有一份（送餐单 ${other.round} 第 ${other.stop} 户） / stop ${stop}: this senior has this meal as stop ${other.stop} of round ${other.round} too`,
    )
  if (round.page !== null) console.log(roundLink(round.page, round))
  if (out !== undefined) writeFileSync(out, stopsCsv(round), { mode: 0o600 })
  return 0
}

function stopsCsv({ stops }: TillRound): string {
  const rows = stops.map(({ stop, name, door, set, portions, toldFen, handCode }) => [
    ...[stop, name, door, set, portions, { fen: toldFen }, handCode],
  ])
  return csvText([
    ['顺序 stop', '姓名 name', '门牌 door', '套餐 set', '份数 portions', '实付 own part', '交接码 code'],
    ...rows,
  ])
}
