import { csvText } from '../shared/csv.ts'
import { fen, formatYuan } from '../shared/money.ts'
import { claimMonth, siteNames } from './claims.ts'
import { complain, onDatabase, readWords } from './command-words.ts'
import { type OutcomeRow, outcomesOfMonth } from './payment-outcomes.ts'

export const paymentsUsage = `node province/main.ts payments --database-url URL --month 2026-11 [--csv]
  phone payments that sites confirmed after the meal, and those that never came: a loss of the site, of no fund and no senior
  按站点列出当月后来确认的扫码付：到账的，和没到账由本店承担的；与资金、与老人都无关
  --csv  for a spreadsheet, on standard output`

/** The words after `payments`. Resolves to the exit code: 0 printed, 2 nothing was. */
export async function paymentsCommand(words: readonly string[]): Promise<number> {
  const read = readWords(words, {
    'database-url': { type: 'string' },
    month: { type: 'string' },
    csv: { type: 'boolean', default: false },
  })
  if (typeof read === 'string') return complain(`用法不对：${read}`, `wrong use: ${read}\n${paymentsUsage}`, 2)
  const month = claimMonth.safeParse(read.values.month)
  if (!month.success)
    return complain('请用 --month 写明月份，如 2026-11', `say the month, like --month 2026-11\n${paymentsUsage}`, 2)
  return await onDatabase(read.values['database-url'], paymentsUsage, async database => {
    const rows = await outcomesOfMonth(database.pool, month.data)
    const sites = await siteNames(database.pool)
    if (read.values.csv) process.stdout.write(csvOf(rows, month.data, sites))
    else for (const line of linesOf(rows, sites)) console.log(line)
    return 0
  })
}

const head = [
  ...['月份 month', '站点 site', '站点名称 site name', '后来到账 confirmed', '后来到账金额 yuan'],
  ...['没到账 not paid', '没到账金额（本店承担） yuan'],
]

function csvOf(rows: readonly OutcomeRow[], month: string, sites: ReadonlyMap<string, string>): string {
  return csvText([
    head,
    ...rows.map(row => [
      ...[month, row.site_id, sites.get(row.site_id) ?? '', row.settled, { fen: row.settled_fen }],
      ...[row.not_paid, { fen: row.not_paid_fen }],
    ]),
  ])
}

const yuan = (amount: number) => formatYuan(fen(amount))

function linesOf(rows: readonly OutcomeRow[], sites: ReadonlyMap<string, string>): string[] {
  if (rows.length === 0) return ['这个月没有后来确认的扫码付 / no phone payment was confirmed afterwards in this month']
  return rows.map(row =>
    [
      `${row.site_id} ${sites.get(row.site_id) ?? ''}`,
      `后来到账 ${row.settled} 笔 ${yuan(row.settled_fen)} / confirmed`,
      `没到账 ${row.not_paid} 笔 ${yuan(row.not_paid_fen)}，本店承担 / not paid, borne by the site`,
    ].join('  '),
  )
}
