import { businessDateOf } from '../shared/business-day.ts'
import { csvText } from '../shared/csv.ts'
import { fen, formatYuan } from '../shared/money.ts'
import { type ClaimRow, claimMonth, claimsOfMonth, fundTitles, siteNames, unfinishedOf } from './claims.ts'
import { complain, onDatabase, readWords } from './command-words.ts'
import type { Database } from './database.ts'

export const claimsUsage = `node province/main.ts claims --database-url URL --month 2026-11 [--csv]
  what each fund is asked for by each site for a month; what was taken back or made good counts in the month in which that was done
  按资金和站点列出当月结算：餐次、撤销退款、补差、应结、待核；撤销、退款和补差算在办理的那个月
  --csv  for a spreadsheet, on standard output`

/** The words after `claims`. Resolves to the exit code: 0 printed, 2 nothing was. */
export async function claimsCommand(words: readonly string[]): Promise<number> {
  const read = readWords(words, {
    'database-url': { type: 'string' },
    month: { type: 'string' },
    csv: { type: 'boolean', default: false },
  })
  if (typeof read === 'string') return complain(`用法不对：${read}`, `wrong use: ${read}\n${claimsUsage}`, 2)
  const month = claimMonth.safeParse(read.values.month)
  if (!month.success)
    return complain('请用 --month 写明月份，如 2026-11', `say the month, like --month 2026-11\n${claimsUsage}`, 2)
  return await onDatabase(read.values['database-url'], claimsUsage, async database => {
    const rows = await claimsOfMonth(database.pool, month.data)
    const [funds, sites] = [await fundTitles(database.pool), await siteNames(database.pool)]
    if (read.values.csv) process.stdout.write(csvOf(rows, funds, sites))
    else for (const line of linesOf(rows, funds, sites)) console.log(line)
    for (const line of await remarks(database, month.data)) console.error(line)
    return 0
  })
}

const head = [
  ...['月份 month', '资金 fund', '资金名称 fund name', '站点 site', '站点名称 site name'],
  ...['餐次 served', '餐次金额 yuan', '撤销退款 taken back', '撤销退款金额 yuan', '补差 made good', '补差金额 yuan'],
  ...['应结 claim, yuan', '待核 held', '待核金额 yuan', '超限承担 overrun', '超限承担金额 yuan'],
  ...['不予结付 refused', '不予结付金额 yuan'],
]

function csvOf(
  rows: readonly ClaimRow[],
  funds: ReadonlyMap<string, { zh: string; en: string }>,
  sites: ReadonlyMap<string, string>,
): string {
  return csvText([
    head,
    ...rows.map(row => [
      ...[row.month, row.fund, funds.get(row.fund)?.zh ?? '', row.site_id, sites.get(row.site_id) ?? ''],
      ...[row.served, { fen: row.served_fen }, row.taken_back, { fen: row.taken_back_fen }],
      ...[row.made_good, { fen: row.made_good_fen }, { fen: row.claim_fen }, row.held, { fen: row.held_fen }],
      ...[row.overrun, { fen: row.overrun_fen }, row.refused, { fen: row.refused_fen }],
    ]),
  ])
}

const yuan = (amount: number) => formatYuan(fen(amount))

function linesOf(
  rows: readonly ClaimRow[],
  funds: ReadonlyMap<string, { zh: string; en: string }>,
  sites: ReadonlyMap<string, string>,
): string[] {
  if (rows.length === 0) return ['这个月没有结算', 'nothing is claimed for this month']
  return [...new Set(rows.map(({ fund }) => fund))].flatMap(fund => {
    const own = rows.filter(row => row.fund === fund)
    const title = funds.get(fund)
    return [
      `${title?.zh ?? fund} ${title?.en ?? ''} (${fund})`,
      ...own.map(row => {
        const parts = [
          `餐次 served ${row.served} = ${yuan(row.served_fen)}`,
          `撤销退款 taken back ${row.taken_back} = ${yuan(row.taken_back_fen)}`,
          `补差 made good ${row.made_good} = ${yuan(row.made_good_fen)}`,
          ...(row.overrun === 0 ? [] : [`超限承担 overrun ${row.overrun} = ${yuan(row.overrun_fen)}`]),
          `应结 claim ${yuan(row.claim_fen)}`,
          `待核 held ${row.held} = ${yuan(row.held_fen)}`,
          ...(row.refused === 0 ? [] : [`不予结付 refused ${row.refused} = ${yuan(row.refused_fen)}`]),
        ]
        return `  ${sites.get(row.site_id) ?? ''} ${row.site_id}  ${parts.join('  ')}`
      }),
      `  合计 total  应结 claim ${yuan(sum(own, 'claim_fen'))}  待核 held ${yuan(sum(own, 'held_fen'))}`,
    ]
  })
}

function sum(rows: readonly ClaimRow[], column: 'claim_fen' | 'held_fen'): number {
  return rows.reduce((total, row) => total + row[column], 0)
}

/** What whoever pays by these figures has to know: the month is not over, tills were not heard, claims wait. */
async function remarks(database: Database, month: string): Promise<string[]> {
  const { open, owed, owedFen } = await unfinishedOf(database.pool, month)
  return [
    ...(await remarksOnMonth(database, month)),
    ...(open > 0 ? [`待判定的补差 ${open} 笔 / ${open} pending claims are not decided yet`] : []),
    ...(owed > 0
      ? [`已同意未付的补差 ${owed} 笔 ${yuan(owedFen)} 元 / ${owed} accepted claims not paid out yet: ${yuan(owedFen)}`]
      : []),
  ]
}

/** What may still change the figures of a month: it is not over, meals of it may be entered, tills were not heard. */
export async function remarksOnMonth(database: Database, month: string): Promise<string[]> {
  const { until, unheard } = await unfinishedOf(database.pool, month)
  const today = businessDateOf(Date.now())
  return [
    ...(today.slice(0, 7) > month ? [] : ['这个月还没有过完 / the month is not over yet']),
    ...(today > until ? [] : [`补录最迟到 ${until} / meals of it may be entered until ${until}`]),
    ...[...new Set(unheard.map(({ site }) => site))].map(site => {
      const tills = unheard.filter(till => till.site === site)
      const named = tills.map(({ terminal, heardOn }) => `${terminal} (${heardOn ?? '-'})`).join(', ')
      return `可能还有记录没有上传，括号里是最近一条的日期 / records may still come, newest in brackets: ${site}: ${named}`
    }),
  ]
}
