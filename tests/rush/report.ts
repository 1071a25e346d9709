import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fen, formatYuan } from '../../shared/money.ts'
import type { Served } from './batch.ts'
import type { Journal, SeenSale } from './journal.ts'
import type { Serving } from './serving.ts'
import type { Settlement } from './settle.ts'

/** The last line of a rush. */
export interface RushResult {
  readonly seniors: number
  readonly ok: number
  readonly refused: number
  readonly byMeans: { readonly card: number; readonly code: number }
  readonly decodedFrames: number
  readonly pauseSeconds: number
  /** Sales that recorded themselves, and those that the rules left to the cashier. */
  readonly express: number
  readonly byHand: number
  readonly p50Ms: number | null
  readonly p95Ms: number | null
  readonly budgetMs: number
  readonly withinBudget: boolean
  readonly terminalFen: number
  readonly provinceFen: number
  readonly expectedFen: number
  readonly unsent: number
  readonly lost: number
  readonly doubled: number
}

/** What 95 of 100 sales may take from the credential to recorded, in milliseconds. */
export const budgetMs = 500

/** The value that so many percent of all are not above (nearest rank); null of nothing. */
function percentile(values: readonly number[], percent: number): number | null {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)] ?? null
}

export const recordedItself = (sale: SeenSale): boolean => sale.barMs !== null && !sale.held

/**
 * Device event to recorded, seen by a till beside the page, without the bar that waits for the cashier's hand; null where the sale did
 * not go by its own bar. What the page spends before the bar and after it is in.
 */
function machineMs(sale: SeenSale): number | null {
  if (sale.recordedAt === null || sale.barMs === null || !recordedItself(sale)) return null
  if (sale.recordedAt - sale.pricedAt < sale.barMs) return null
  return sale.recordedAt - sale.eventAt - sale.barMs
}

const priceMs = (sale: SeenSale): number => sale.pricedAt - sale.eventAt

/** Of a sale that recorded itself: the page's way, its confirmation, and the record. */
function enteringMs(sale: SeenSale): number[] {
  const all = machineMs(sale)
  return all === null ? [] : [all - priceMs(sale)]
}

/** Machine time of all sales that recorded themselves by the bar. */
export function machineTimes(sales: readonly SeenSale[]): number[] {
  return sales.flatMap(sale => machineMs(sale) ?? [])
}

export function pace(values: readonly number[]): { p50: number | null; p95: number | null; count: number } {
  return { p50: percentile(values, 50), p95: percentile(values, 95), count: values.length }
}

/** From the card in the reader, or the code before the camera, to recorded. */
function handlingTimes(served: readonly Served[], journal: Journal, means: 'card' | 'code'): number[] {
  return served.flatMap(({ senior, shownAt }) => {
    const at = journal.saleOf(senior.name)?.recordedAt
    return senior.means === means && typeof at === 'number' ? [at - shownAt] : []
  })
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  return [head, head.map(() => '---'), ...rows].map(row => `| ${row.join(' | ')} |`)
}

const seconds = (value: number | null) => (value === null ? '-' : `${(value / 1000).toFixed(2)} s`)
const milliseconds = (value: number | null) => (value === null ? '-' : `${Math.round(value)} ms`)
const yuan = (amount: number) => formatYuan(fen(amount))

export interface RushParts {
  readonly result: RushResult
  readonly journal: Journal
  readonly settlement: Settlement
  readonly serving: Serving
}

/** The tables that end a rush, as Markdown. */
export function tables({ result, journal, settlement, serving }: RushParts): string[] {
  const { served } = serving
  const timeRow = (title: string, values: readonly number[], show: (value: number | null) => string) => {
    const { p50, p95, count } = pace(values)
    return [title, String(count), show(p50), show(p95)]
  }
  return [
    ...table(
      ['用时 / time', '人数 / people', 'p50', 'p95'],
      [
        timeRow('刷卡 / card: put in → recorded', handlingTimes(served, journal, 'card'), seconds),
        timeRow('扫码 / code: shown → recorded', handlingTimes(served, journal, 'code'), seconds),
        timeRow('机器 / machine: device event → recorded, bar left out', machineTimes(journal.sales()), milliseconds),
        timeRow('… 到出价 / of it: device event → priced', journal.sales().map(priceMs), milliseconds),
        timeRow('… 到记录 / of it: priced → recorded', journal.sales().flatMap(enteringMs), milliseconds),
      ],
    ),
    '',
    ...table(
      ['资金 / fund', '应补 / expected', '终端 / terminal', '省平台 / province'],
      [
        ...settlement.funds.map(({ fund, expectedFen, terminalFen, provinceFen }) => [
          fund,
          ...[expectedFen, terminalFen, provinceFen].map(yuan),
        ]),
        ['合计 / all', ...[result.expectedFen, result.terminalFen, result.provinceFen].map(yuan)],
      ],
    ),
    '',
    `未上传 / unsent at the end: ${result.unsent} (most / 最多 ${journal.mostUnsent()})`,
  ]
}

/** Writes `report.md` beside the pictures. */
export function writeReport(folder: string, parts: RushParts): void {
  const { result, journal, settlement, serving } = parts
  const emptyAt = journal.emptyAfter(serving.mendedAt)
  const caughtUp =
    emptyAt === null
      ? 'not all of it was sent'
      : `nothing unsent ${((emptyAt - serving.mendedAt) / 1000).toFixed(1)} s after the line was mended`
  const problems = [...new Set(journal.problems.map(({ code }) => code))].map(
    code => `${code} × ${journal.problems.filter(one => one.code === code).length}`,
  )
  const timed = machineTimes(journal.sales()).length
  const text = [
    '# 午餐高峰 / Lunch rush',
    '',
    `${new Date(serving.startedAt).toISOString()}: ${result.seniors} fictional seniors, ${result.byMeans.card} by card and ${result.byMeans.code} by code, ` +
      `in ${serving.servingSeconds.toFixed(0)} s of serving. The province was cut off for the middle third (${serving.offlineSeconds.toFixed(0)} s).`,
    '',
    ...tables(parts),
    '',
    '```json',
    JSON.stringify(result),
    '```',
    '',
    '## 途中 / On the way',
    '',
    `- Decoded camera frames: ${result.decodedFrames}.`,
    `- Most unsent at once: ${journal.mostUnsent()}; ${caughtUp}.`,
    `- Shown again because the first showing brought no price: ${serving.shownAgain}.`,
    `- Problem screens: ${problems.length === 0 ? 'none' : problems.join(', ')}.`,
    `- Recorded by themselves: ${result.express}; left to the cashier's key: ${result.byHand}${reasons(journal)}.`,
    `- Findings in the ledger's chain and pages: ${settlement.chainFindings}; records that the province did not simply accept: ${settlement.flagged}.`,
    '',
    '## 怎么量的 / What is measured',
    '',
    "- Card: from the moment the card was put into the reader's slot until a till beside the cashier's page saw the sale recorded, the entry bar included. The card service looks at the virtual reader every 400 ms.",
    '- Code: from the moment the code first stood in the film, reckoned at 30 frames a second from the moment the page got its camera; a machine that cannot keep that pace shows up as longer times.',
    `- Machine: from the time stamp in the driver's or camera's event id (the card is read, the code is decoded) until that till saw the sale recorded, less the ${result.pauseSeconds} s of the bar: identify, price, both pages' way there and back, sign, write. ${timed} of ${result.ok} sales count; a sale that the next person's card or code recorded before its bar was over does not.`,
    "- Amounts: the terminal's from its ledger after it ended, the province's by SQL over claim_line, the expected ones from the fixed table of the fictional people.",
    '- lost: called recorded by the terminal, but missing in its ledger or at the province. doubled: people with more than one sale in either book. ok: people with one sale in both, and the amounts of the table.',
    '',
    '## 画面 / Screens',
    '',
    ...picturesOf(parts).flatMap(([title, name]) => [
      `### ${title}`,
      '',
      `![cashier](${name}-cashier.png)`,
      `![customer](${name}-customer.png)`,
      '',
    ]),
  ]
  writeFileSync(join(folder, 'report.md'), text.join('\n'))
}

/** The minute in which the most sales were recorded: where it begins and how many they are. */
function busiestMinute(journal: Journal): { from: number; sales: number } {
  const times = journal.sales().flatMap(({ recordedAt }) => recordedAt ?? [])
  const minutes = times.map(from => ({ from, sales: times.filter(at => at >= from && at < from + 60_000).length }))
  return minutes.reduce((most, one) => (one.sales > most.sales ? one : most), { from: 0, sales: 0 })
}

/** Titles and names of the pictures that tell most: the one nearest to the busiest minute, the last one offline, the end. */
function picturesOf({ journal, serving }: RushParts): [title: string, name: string][] {
  const { from, sales } = busiestMinute(journal)
  const away = (at: number) => Math.abs(at - from - 30_000)
  const [busy] = [...serving.pictures].sort((one, other) => away(one.at) - away(other.at))
  const offline = serving.pictures.findLast(picture => picture.offline)
  const minute = `${new Date(from).toISOString().slice(11, 19)} UTC, ${sales} 人 / people`
  return [
    ...(busy ? [[`最忙的一分钟 / The busiest minute (${minute})`, busy.name] satisfies [string, string]] : []),
    ...(offline ? [['断网 / Offline', offline.name] satisfies [string, string]] : []),
    ['结束 / The end', 'end'],
  ]
}

/** Why sales did not record themselves. */
function reasons(journal: Journal): string {
  const byHand = journal.sales().filter(sale => !recordedItself(sale))
  const codes = byHand.flatMap(({ attention, held }) =>
    attention.length > 0 ? attention : held ? ['held'] : ['tender'],
  )
  const counts = [...new Set(codes)].map(code => `${code} × ${codes.filter(one => one === code).length}`)
  return counts.length === 0 ? '' : ` (${counts.join(', ')})`
}
