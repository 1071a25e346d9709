import { fen, formatYuan } from '../../../shared/money.ts'
import { packHash } from '../../../shared/policy/parse-pack.ts'
import type { PricedRecord } from '../../../shared/policy/replay/read-line.ts'
import { type BeforeAfter, greatest, type PersonSum, totalNames } from '../../../shared/policy/replay/sums.ts'
import { alignColumns } from './columns.ts'
import { replayNotes } from './replay-notes.ts'
import type { ReplayResult } from './replay-result.ts'
import { shortReference, totalWords, whyLeftOut, whyVersion } from './replay-words.ts'

const howManyPersons = 10

/** The tables of a replay for a terminal window, amounts in yuan. */
export function replayTable(result: ReplayResult): string[] {
  const { sums } = result
  const parts = [
    headLines(result),
    fundLines(result),
    groupLines(result),
    personLines('多付最多 Greatest losers', greatest(sums.persons, 'lose', howManyPersons)),
    personLines('少付最多 Greatest gainers', greatest(sums.persons, 'gain', howManyPersons)),
    leftOutLines(result),
    replayNotes(result),
  ]
  return parts.filter(lines => lines.length > 0).flatMap((lines, index) => (index === 0 ? lines : ['', ...lines]))
}

function headLines({ draft, replay: { repriced, voided }, range, gathered }: ReplayResult): string[] {
  const days = repriced.map(({ record }) => record.date).sort()
  const asked =
    range.from === undefined && range.to === undefined ? '' : `（${range.from ?? '…'} — ${range.to ?? '…'}）`
  const own = packHash(draft)
  const policyThen = ({ pack, version, hash }: PricedRecord['sale']['policy']) =>
    `${pack} ${version ?? '-'}${hash === own ? '（即本草案 this very draft）' : ''}`
  const rows = [
    ['草案 Draft', `${draft.id}  ${draft.title.zh} / ${draft.title.en}`],
    ...countBy(
      repriced.map(
        ({ chosen }) => `${chosen.version === null ? '' : `${chosen.version.id}  `}${whyVersion[chosen.why]}`,
      ),
    ).map(([words, count]) => ['版本 Version', `${words}: ${count}`]),
    ['日期 Days', `${days[0]} — ${days.at(-1)}${asked}`],
    ['重新核算 Priced again', String(repriced.length)],
    ['已撤销 Voided', String(voided.length)],
    ['读入 Lines read', String(gathered.lines)],
    ...countBy(repriced.map(({ record }) => policyThen(record.sale.policy))).map(([words, count]) => [
      '原政策 Priced then by',
      `${words}: ${count}`,
    ]),
  ]
  return alignColumns(['left', 'left'], rows)
}

function countBy(names: readonly string[]): [name: string, count: number][] {
  const counts = new Map<string, number>()
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1)
  return [...counts]
}

const yuan = (amount: number) => formatYuan(fen(amount))

function amountCells({ before, after }: BeforeAfter): string[] {
  const change = after - before
  return [yuan(before), yuan(after), change > 0 ? `+${yuan(change)}` : yuan(change)]
}

const amountHeads = ['原来 Then', '草案 Draft', '差 Difference']

function fundLines({ draft, sums }: ReplayResult): string[] {
  const rows = [
    ['资金（元）Fund (yuan)', ...amountHeads],
    ...sums.funds.map(({ fund, fen: amount }) => {
      const title = draft.funds.find(({ id }) => id === fund)?.title
      return [title === undefined ? fund : `${title.zh} ${title.en} (${fund})`, ...amountCells(amount)]
    }),
    [''],
    ['合计（元）Totals (yuan)', ...amountHeads],
    ...totalNames.map(name => [totalWords[name], ...amountCells(sums.totals[name])]),
  ]
  return alignColumns(['left', 'right', 'right', 'right'], rows)
}

function groupLines({ sums }: ReplayResult): string[] {
  const { gain, lose, stay, guests } = sums
  const guestChange = guests.ownPay.after - guests.ownPay.before
  const visits = gain.visits + lose.visits + stay.visits
  const change = lose.fen - gain.fen
  const signed = (amount: number) => (amount > 0 ? `+${yuan(amount)}` : yuan(amount))
  return alignColumns(
    ['left', 'right', 'right', 'right'],
    [
      ['老人 Seniors', '人数 Persons', '人次 Visits', '个人付之差（元）Own payment (yuan)'],
      ['少付 Gain', String(gain.persons), String(gain.visits), signed(-gain.fen)],
      ['多付 Lose', String(lose.persons), String(lose.visits), signed(lose.fen)],
      ['不变 Stay', String(stay.persons), String(stay.visits), signed(0)],
      ['合计 All', String(sums.persons.length), String(visits), signed(change)],
      ['散客另计 Guests, apart', '-', String(guests.visits), signed(guestChange)],
    ],
  )
}

function personLines(title: string, persons: readonly PersonSum[]): string[] {
  if (persons.length === 0) return []
  return alignColumns(
    ['left', 'right', 'right', 'right', 'right'],
    [
      [title, '人次 Visits', ...amountHeads],
      ...persons.map(({ reference, visits, ownPay }) => [
        shortReference(reference),
        String(visits),
        ...amountCells(ownPay),
      ]),
    ],
  )
}

function leftOutLines({ replay: { leftOut } }: ReplayResult): string[] {
  if (leftOut.length === 0) return []
  const sales = leftOut.map(({ record, why }) => ({ sale: record.sale, why }))
  const rows = [...new Set(leftOut.map(({ why }) => why))].map(why => {
    const of = sales.filter(item => item.why === why).map(({ sale }) => sale)
    const subsidy = of.flatMap(({ subsidies }) => subsidies).reduce((sum, item) => sum + item.fen, 0)
    const list = of.reduce((sum, { listFen }) => sum + listFen, 0)
    return [whyLeftOut[why], String(of.length), yuan(list), yuan(subsidy)]
  })
  return alignColumns(
    ['left', 'right', 'right', 'right'],
    [['未计入 Left out', '笔 Records', '原价（元）List (yuan)', '原补贴（元）Subsidy then (yuan)'], ...rows],
  )
}
