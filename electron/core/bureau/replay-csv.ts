import { type CsvCell, csvText } from '../../../shared/csv.ts'
import { subsidyOf } from '../../../shared/policy/replay/money.ts'
import type { PricedRecord } from '../../../shared/policy/replay/read-line.ts'
import { type BeforeAfter, type PersonSum, totalNames } from '../../../shared/policy/replay/sums.ts'
import type { ReplayResult } from './replay-result.ts'
import { shortReference, totalWords, whatFault, whyLeftOut, whyVersion } from './replay-words.ts'

/** The files of a replay for spreadsheets, by name. */
export function replayCsv(result: ReplayResult): ReadonlyMap<string, string> {
  return new Map([
    ['funds.csv', csvText(fundRows(result))],
    ['totals.csv', csvText(totalRows(result))],
    ['seniors.csv', csvText(seniorRows(result))],
    ['records.csv', csvText(recordRows(result))],
  ])
}

const amountHeads = ['原来 Then', '草案 Draft', '差 Difference']

function amounts({ before, after }: BeforeAfter): CsvCell[] {
  return [{ fen: before }, { fen: after }, { fen: after - before }]
}

function fundRows({ draft, sums }: ReplayResult): CsvCell[][] {
  return [
    ['资金 Fund', '名称 Chinese', 'Name', ...amountHeads],
    ...sums.funds.map(({ fund, fen }) => {
      const title = draft.funds.find(({ id }) => id === fund)?.title
      return [fund, title?.zh ?? '', title?.en ?? '', ...amounts(fen)]
    }),
  ]
}

function totalRows({ sums }: ReplayResult): CsvCell[][] {
  return [['合计 Totals', ...amountHeads], ...totalNames.map(name => [totalWords[name], ...amounts(sums.totals[name])])]
}

function fateOf({ ownPay }: PersonSum): string {
  if (ownPay.after === ownPay.before) return '不变 stay'
  return ownPay.after < ownPay.before ? '少付 gain' : '多付 lose'
}

function seniorRows({ sums }: ReplayResult): CsvCell[][] {
  return [
    [
      ...[
        '老人 Senior',
        '人次 Visits',
        '个人付原来 Own payment then',
        '个人付草案 Own payment by draft',
        '差 Difference',
      ],
      ...['补贴原来 Subsidy then', '补贴草案 Subsidy by draft', '差 Difference', '结果 Result'],
    ],
    ...sums.persons.map(person => [
      ...[shortReference(person.reference), person.visits],
      ...amounts(person.ownPay),
      ...amounts(person.subsidy),
      fateOf(person),
    ]),
  ]
}

/** Every record of the range and every line that counts for nothing, in the order of the file. */
function recordRows({ replay, gathered }: ReplayResult): CsvCell[][] {
  const rows: [line: number, cells: CsvCell[]][] = [
    ...replay.repriced.map(({ record, chosen, before, after }): [number, CsvCell[]] => [
      record.line,
      [
        ...[...placeCells(record), '重新核算 priced again', chosen.version?.id ?? whyVersion.none],
        { fen: before.list },
        ...amounts({ before: before.discount, after: after.discount }),
        ...amounts({ before: subsidyOf(before), after: subsidyOf(after) }),
        ...amounts({ before: before.ownPay, after: after.ownPay }),
        ...amounts({ before: before.refunded, after: after.refunded }),
      ],
    ]),
    ...replay.leftOut.map(({ record, why }): [number, CsvCell[]] => [
      record.line,
      [...placeCells(record), whyLeftOut[why], '', { fen: record.sale.listFen }],
    ]),
    ...replay.voided.map((record): [number, CsvCell[]] => [
      record.line,
      [...placeCells(record), '已撤销 voided', '', { fen: record.sale.listFen }],
    ]),
    ...gathered.faults.map(({ line, code }): [number, CsvCell[]] => [
      line,
      [line, '', '', '', '', '', '', whatFault[code]],
    ]),
  ]
  const three = (zh: string, en: string) => [`${zh}原来 ${en} then`, `${zh}草案 ${en} by draft`, '差 Difference']
  return [
    [
      ...['行 Line', '日期 Date', '终端 Terminal', '代 Generation', '序号 Seq', '种类 Kind', '老人 Senior'],
      ...['结果 Result', '版本 Version', '原价 List price', ...three('优惠', 'Discount'), ...three('补贴', 'Subsidy')],
      ...[...three('个人付', 'Own payment'), ...three('退款', 'Refunded')],
    ],
    ...rows.sort(([one], [other]) => one - other).map(([, cells]) => cells),
  ]
}

function placeCells({ line, date, terminal, generation, seq, kind, sale }: PricedRecord): CsvCell[] {
  return [line, date, terminal, generation, seq, kind, shortReference(sale.senior)]
}
