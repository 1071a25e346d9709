import { addDays, businessDate, businessDateOf } from '../shared/business-day.ts'
import { fen, formatYuan } from '../shared/money.ts'
import { complain, onDatabase, readWords } from './command-words.ts'
import { feedsUnread } from './feeds-unread.ts'
import { bounds, type Warnings, warningsOf } from './warnings.ts'

export const warningsUsage = `node province/main.ts warnings --database-url URL [--from DATE] [--to DATE]
  signs in the records that somebody should look: sales in bursts, one operator's overrides, list prices raised at a till, one person in two far places; none of them proves anything
  列出值得核看的情况：短时间内连续刷卡、某操作员撤销补录偏多、终端上提价、同一人短时间内在两处就餐；只是提示，不是结论
  --from, --to  business dates, both inclusive; the last seven days where left out`

/** The words after `warnings`. Resolves to the exit code: 0 nothing to look at, 1 something, 2 it could not be said. */
export async function warningsCommand(words: readonly string[]): Promise<number> {
  const read = readWords(words, {
    'database-url': { type: 'string' },
    from: { type: 'string' },
    to: { type: 'string' },
  })
  if (typeof read === 'string') return complain(`用法不对：${read}`, `wrong use: ${read}\n${warningsUsage}`, 2)
  const today = businessDateOf(Date.now())
  const to = businessDate.safeParse(read.values.to ?? today)
  const from = businessDate.safeParse(read.values.from ?? addDays(to.success ? to.data : today, -6))
  if (!from.success || !to.success)
    return complain('日期不对，请写作 2026-11-01', 'not a date; write it like 2026-11-01', 2)
  return await onDatabase(read.values['database-url'], warningsUsage, async database => {
    const records = linesOf(await warningsOf(database.pool, { from: from.data, to: to.data }))
    const lines = [...records, ...(await feedsUnread(database.pool)).map(unreadLine)]
    if (lines.length === 0) console.log(`${from.data} – ${to.data}：没有需要核看的情况 / nothing to look at`)
    for (const line of lines) console.log(line)
    return lines.length === 0 ? 0 : 1
  })
}

const unreadLine = ({ terminal, site, feed, count, why }: Awaited<ReturnType<typeof feedsUnread>>[number]) =>
  `终端读不懂 not read: ${site} ${terminal}：${feed} 有 ${count} 条读不懂（${why}），重发或更新程序 / ${count} of the feed ${feed} cannot be read there: send them again, or update its program`

function linesOf({ bursts, overrides, prices, farApart }: Warnings): string[] {
  const { seconds } = bounds.burst
  return [
    ...bursts.map(
      row =>
        `连续过快 burst: ${row.date} ${row.site} ${row.terminal}：${row.seconds} 秒内 ${row.sales} 笔，每笔间隔不到 ${seconds} 秒，补贴 ${formatYuan(fen(row.subsidyFen))} 元 / ${row.sales} sales in ${row.seconds} s, each within ${seconds} s of the one before (${row.first} – ${row.last})`,
    ),
    ...overrides.map(
      row =>
        `放行偏多 overrides: ${row.site} ${row.operator}：售餐 ${row.sales}，撤销 ${row.voids}，退款 ${row.refunds}，补录 ${row.lateEntries}，人工放行 ${row.overrides} / ${row.sales} sales, ${row.voids} voids, ${row.refunds} refunds, ${row.lateEntries} late entries, ${row.overrides} overrides`,
    ),
    ...prices.map(
      row =>
        `提价 price raised: ${row.date} ${row.site} ${row.operator}：${row.set} ${formatYuan(fen(row.beforeFen))} → ${formatYuan(fen(row.afterFen))} 元${row.freshPin ? '，当天新设的密码' : ''} / ${formatYuan(fen(row.beforeFen))} to ${formatYuan(fen(row.afterFen))}${row.freshPin ? ', by a PIN that was set on the same day' : ''} (${row.place})`,
    ),
    ...farApart.map(
      row =>
        `两处就餐 far apart: ${row.date} 同一人相隔 ${row.minutes} 分钟在 ${row.siteBefore} 和 ${row.site} / one person at ${row.siteBefore} and ${row.site} within ${row.minutes} min (${row.before}; ${row.after})`,
    ),
  ]
}
