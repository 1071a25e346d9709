import { type CsvCell, csvText } from '../shared/csv.ts'
import { clockText } from '../shared/dates.ts'
import { seniorId } from '../shared/ids.ts'
import { type Statement, statementMonth } from '../shared/statement.ts'
import { sumsOf } from '../shared/statement-sums.ts'
import { meansText, standingText, whatText, yuanText } from '../shared/statement-words.ts'
import { complain, onDatabase, readWords } from './command-words.ts'
import { personOf, statementOf } from './statement.ts'
import { revokeStatements } from './statement-links.ts'

export const statementUsage = `node province/main.ts statement SENIOR --database-url URL --month 2026-11 [--csv] | --revoke
  what was claimed in a senior's name in a month, at every site, record by record, with voids, refunds, what was made good, held or pending
  一位老人名下当月的用餐和服务明细：逐条列出站点、方式、资金、撤销、退款、补差、待核和待补
  --csv     for a spreadsheet, on standard output
  --revoke  the codes on all statements printed until now open nothing any more
            作废以前打印的明细单上的二维码`

/** The words after `statement`. Resolves to the exit code: 0 printed or revoked, 1 nobody is known by this id, 2 nothing was done. */
export async function statementCommand(words: readonly string[]): Promise<number> {
  const read = readWords(words, {
    'database-url': { type: 'string' },
    month: { type: 'string' },
    csv: { type: 'boolean', default: false },
    revoke: { type: 'boolean', default: false },
  })
  if (typeof read === 'string') return complain(`用法不对：${read}`, `wrong use: ${read}\n${statementUsage}`, 2)
  const { values, positionals } = read
  const senior = seniorId.safeParse(positionals[0])
  const month = statementMonth.safeParse(values.month)
  if (!senior.success || positionals.length > 1)
    return complain('请写一位老人的编号（32 位）', `say one senior's id (32 hex digits)\n${statementUsage}`, 2)
  if (!month.success && !values.revoke)
    return complain('请用 --month 写明月份，如 2026-11', `say the month, like --month 2026-11\n${statementUsage}`, 2)
  return await onDatabase(values['database-url'], statementUsage, async database => {
    if ((await personOf(database.pool, senior.data)) === null)
      return complain('名单里没有这位老人，请核对编号', 'this senior is not on the roster; check the id', 1)
    if (values.revoke) {
      await revokeStatements(database.pool, senior.data, Date.now())
      console.log('以前打印的明细单，二维码已作废 / the codes on statements printed until now open nothing any more')
    }
    if (!month.success) return 0
    const statement = await statementOf(database, senior.data, month.data)
    if (values.csv) process.stdout.write(csvOf(statement))
    else for (const line of linesOf(statement)) console.log(line)
    return 0
  })
}

function linesOf({ month, entries, funds }: Statement): string[] {
  const sums = sumsOf(entries)
  const title = (fund: string) => funds[fund]?.zh ?? fund
  return [
    ...entries.map(entry => {
      const parts = entry.subsidies.map(({ fund, fen }) => `${title(fund)} ${yuanText(fen)}`)
      const said = [meansText(entry, 'zh'), standingText(entry, 'zh')].filter(part => part !== null)
      return [
        `${entry.date} ${clockText(entry.at)}  ${entry.siteName} ${entry.site}  ${whatText(entry, 'zh')}`,
        `原价 list ${yuanText(entry.listFen)}  ${parts.join('  ') || '没有补贴 no subsidy'}  实付 paid ${yuanText(entry.paidFen)}`,
        `${said.join(' · ')}  ${entry.kind} ${entry.terminal} ${entry.record}`.trim(),
      ].join('  ')
    }),
    `${month}  用餐 meals ${sums.meals}  服务 services ${sums.services}  记录 records ${entries.length}`,
    ...sums.claimed.map(({ fund, fen }) => `  ${title(fund)} ${fund}  ${yuanText(fen)}`),
    `  补贴 claimed ${yuanText(sums.claimedFen)}  待核 held ${yuanText(sums.heldFen)}  不予结付 refused ${yuanText(sums.refusedFen)}  待补 pending ${yuanText(sums.pendingFen)}  实付 paid ${yuanText(sums.paidFen)}`,
  ]
}

const columns = [
  ...[
    '日期 date',
    '记录时间 recorded at, ms',
    '站点 site',
    '站点名称 site name',
    '类别 kind',
    '内容 what',
    '分钟 minutes',
  ],
  ...[
    '方式 means',
    '核验等级 assurance',
    '代办人 proxy',
    '原价 list, yuan',
    '资金 fund',
    '补贴 subsidy, yuan',
    '实付 paid, yuan',
  ],
  ...['待补 pending, yuan', '结付 standing', '终端 terminal', '记录 record', '所涉记录 about'],
]

/** A row a fund, or one for a record without any: what was paid stands in the first row of a record only, so that columns add up. */
function csvOf({ entries }: Statement): string {
  return csvText([
    columns,
    ...entries.flatMap(entry => {
      const parts = entry.subsidies.length === 0 ? [null] : entry.subsidies
      return parts.map((part, place): CsvCell[] => {
        const once = (fen: number) => ({ fen: place === 0 ? fen : 0 })
        return [
          ...[entry.date, entry.at, entry.site, entry.siteName, entry.kind, whatText(entry, 'zh')],
          ...[place === 0 ? (entry.minutes ?? '') : '', entry.means ?? '', entry.assurance ?? ''],
          ...[entry.proxy === null ? '' : entry.proxy || '不明 unknown', once(entry.listFen)],
          ...[part?.fund ?? '', { fen: part?.fen ?? 0 }, once(entry.paidFen), once(entry.pendingFen)],
          ...[entry.standing, entry.terminal, entry.record, entry.of ?? ''],
        ]
      })
    }),
  ])
}
