import { slipAnchor } from '../anchor.ts'
import type { DayView } from '../close-api.ts'
import { type CsvCell, csvText } from '../csv.ts'
import type { Bilingual } from '../site.ts'
import { mealLines, mealTitle } from './meal-lines.ts'
import { netOf } from './net.ts'
import { sheetReasons, sheetTenders, sheetWords } from './sheet-words.ts'

const both = ({ zh, en }: Bilingual) => `${zh} / ${en}`
const beijingTime = (at: number) => new Date(at).toLocaleString('sv-SE', { timeZone: 'Asia/Shanghai' })

type Row = readonly [section: string, item: string, count: CsvCell, yuan: CsvCell, note: string]

/** The day as a table: section, item, count, yuan, note. The same figures as on the screen and the slip. */
export function dayTable(day: DayView): string {
  const { figures, phone } = day
  const fund = (id: string) => both(day.funds[id] ?? { zh: id, en: id })
  const row = (section: string, item: string, count: CsvCell, yuan: number | null, note = ''): Row => [
    ...([section, item, count] as const),
    ...([yuan === null ? '' : { fen: yuan }, note] as const),
  ]
  const rows: Row[] = [
    row('day', both(sheetWords.day), '', null, day.date),
    row('day', both(sheetWords.terminal), '', null, day.terminal),
    day.closed
      ? row('day', both(sheetWords.closedBy), '', null, `${day.closed.operatorName} ${beijingTime(day.closed.at)}`)
      : row('day', both(sheetWords.notClosed), '', null),
    row('people', both(sheetWords.people), figures.people, null),
    row('people', both(sheetWords.guests), figures.guests, null),
    row('people', both(sheetWords.unknown), figures.unknown, null),
    row('people', both(sheetWords.persons), figures.persons, null),
    row('people', both(sheetWords.late), figures.late.count, figures.late.ownPayFen),
    row('people', both(sheetWords.held), figures.late.held, null),
    row('who pays', both(sheetWords.discount), figures.discounted, figures.discountFen),
    ...figures.subsidies.map(part => row('who pays', fund(part.fund), part.count, part.fen, part.fund)),
    row('who pays', both(sheetWords.own), figures.people, figures.ownPayFen),
    row('who pays', both(sheetWords.list), figures.people, figures.listFen),
    row('who pays', both(sheetWords.operatorPart), '', figures.operatorFen),
    row('who pays', both(sheetWords.claims), figures.claims.count, figures.claims.fen),
    ...figures.tenders.map(tender => row('tender', both(sheetTenders[tender.kind]), tender.count, netOf(tender))),
    row('tender', both(sheetWords.rounding), '', figures.roundingFen),
    row('phone', both(sheetWords.phoneWaiting), phone.waiting.count, phone.waiting.fen),
    row('phone', both(sheetWords.phoneSettled), phone.settled.count, phone.settled.fen),
    row('phone', both(sheetWords.phoneNotPaid), phone.notPaid.count, phone.notPaid.fen),
    row('back', both(sheetWords.voids), figures.voids.count, figures.voids.ownPayFen),
    row('back', both(sheetWords.refunds), figures.refunds.count, figures.refunds.ownPayFen),
    ...figures.refunds.subsidies.map(part =>
      row('back', `${both(sheetWords.refundOf)}: ${fund(part.fund)}`, part.count, part.fen, part.fund),
    ),
    row('back', both(sheetWords.madeGood), figures.madeGood.count, figures.madeGood.fen),
    ...figures.meals.flatMap(part => {
      const title = both(mealTitle(part.meal))
      return [
        row('meal', title, part.people, part.listFen),
        ...mealLines(part, day.funds).map(one =>
          row('meal', `${title}: ${both(one.title)}`, one.count ?? '', one.fen, one.count === null ? '' : one.id),
        ),
      ]
    }),
    ...day.quarters.map(({ from, seniors, guests }) =>
      row('quarter', from, seniors + guests, null, `${both(sheetWords.guests)} ${guests}`),
    ),
    ...day.shifts.flatMap(shift => {
      const section = `shift ${shift.number}`
      const why = [shift.reason && both(sheetReasons[shift.reason]), shift.note].filter(text => text !== null)
      return [
        row(section, both(sheetWords.shift), '', null, shift.operatorName),
        row(section, both(sheetWords.float), '', shift.sums.floatFen),
        row(section, both(sheetWords.expected), '', shift.sums.expectedFen),
        row(section, both(sheetWords.counted), '', shift.count?.cashFen ?? null),
        row(section, both(sheetWords.difference), '', shift.differenceFen, why.join('; ')),
        row(section, both(sheetWords.outsideExpected), '', shift.sums.outsideFen),
        row(section, both(sheetWords.outsideCounted), '', shift.count?.outsideFen ?? null),
        row(section, both(sheetWords.outsideDifference), '', shift.outsideDifferenceFen),
        ...(shift.corrected ? [row(section, both(sheetWords.corrected), '', null)] : []),
      ]
    }),
    ...day.elsewhere.flatMap(({ shift, count, tenders }) =>
      tenders.map(({ kind, fen }) => row('elsewhere', both(sheetTenders[kind]), count, fen, shift)),
    ),
    ...day.voids.map(({ at, operatorName, reason, ownPayFen }) =>
      row('void', beijingTime(at), '', ownPayFen, `${operatorName ?? both(sheetWords.terminalItself)}; ${reason}`),
    ),
    ...day.refunds.map(({ at, operatorName, reason, ownPayFen }) =>
      row('refund', beijingTime(at), '', ownPayFen, `${operatorName ?? both(sheetWords.terminalItself)}; ${reason}`),
    ),
    ...day.overrides.map(({ at, what, reason, operatorName, approverName }) =>
      row('override', beijingTime(at), '', null, [what, operatorName, approverName ?? '-', reason].join('; ')),
    ),
    ...(day.first && day.last
      ? [
          row('records', both(sheetWords.records), day.first.seq, null, `generation ${day.first.generation}`),
          row('records', both(sheetWords.records), day.last.seq, null, `generation ${day.last.generation}`),
        ]
      : []),
    row('records', both(sheetWords.unreadable), day.unreadable, null),
    row('records', both(sheetWords.unsent), day.unsent, null),
    ...(day.head
      ? [row('records', both(sheetWords.head), '', null, slipAnchor({ terminal: day.terminal, ...day.head }))]
      : []),
  ]
  return csvText([['section', 'item', 'count', 'yuan', 'note'], ...rows])
}
