import { slipAnchor } from '../anchor.ts'
import { businessMinuteOf, clockTime } from '../business-day.ts'
import type { ClosedShift, DayView } from '../close-api.ts'
import { fen, formatYuan } from '../money.ts'
import type { Bilingual } from '../site.ts'
import { type Slip, slipLarge, slipLine, slipQr, slipRule } from '../slip.ts'
import type { MealFigures } from './figures.ts'
import { mealLines, mealTitle } from './meal-lines.ts'
import { netOf } from './net.ts'
import { seqText } from './seq-text.ts'
import { sheetReasons, sheetTenders, sheetWords } from './sheet-words.ts'

const yuan = (amount: number) => formatYuan(fen(amount))

/** A difference with its sign: `+0.50`, `−0.50`, `0.00`. */
function signedYuan(amount: number): string {
  return amount > 0 ? `+${yuan(amount)}` : yuan(amount)
}

/** The day slip, line by line, with the chain head as a code that `aixin verify --anchor` takes. */
export function daySlip(day: DayView, language: 'zh' | 'en'): Slip {
  const say = (text: Bilingual) => text[language]
  const { figures, phone } = day
  const line = (left: Bilingual, right: string) => slipLine(say(left), right)
  const some = (count: number, left: Bilingual, right: string) => (count === 0 ? [] : [line(left, right)])
  const counted = (count: number, amount: number) => `${count} · ${yuan(amount)}`
  const fund = (id: string) => day.funds[id] ?? { zh: id, en: id }
  const closedAt = day.closed && clockTime(businessMinuteOf(day.closed.at))

  return [
    slipLarge(say(sheetWords.day), day.date),
    slipLine(day.siteName, day.terminal),
    day.closed ? line(sheetWords.closedBy, `${day.closed.operatorName} ${closedAt}`) : line(sheetWords.notClosed, ''),
    slipRule,
    line(sheetWords.people, String(figures.people)),
    ...some(figures.guests, sheetWords.guests, String(figures.guests)),
    ...some(figures.unknown, sheetWords.unknown, String(figures.unknown)),
    ...some(figures.late.count, sheetWords.late, counted(figures.late.count, figures.late.ownPayFen)),
    ...some(figures.late.held, sheetWords.held, String(figures.late.held)),
    slipRule,
    line(sheetWords.discount, yuan(figures.discountFen)),
    ...figures.subsidies.map(part => line(fund(part.fund), yuan(part.fen))),
    line(sheetWords.own, yuan(figures.ownPayFen)),
    slipLarge(say(sheetWords.list), yuan(figures.listFen)),
    ...some(figures.operatorFen, sheetWords.operatorPart, yuan(figures.operatorFen)),
    ...some(figures.claims.count, sheetWords.claims, counted(figures.claims.count, figures.claims.fen)),
    ...figures.meals.flatMap(meal => [slipRule, ...mealParts(meal, day.funds, language)]),
    slipRule,
    ...figures.tenders.map(tender => line(sheetTenders[tender.kind], yuan(netOf(tender)))),
    ...some(figures.roundingFen, sheetWords.rounding, yuan(figures.roundingFen)),
    ...some(phone.waiting.count, sheetWords.phoneWaiting, counted(phone.waiting.count, phone.waiting.fen)),
    ...some(phone.settled.count, sheetWords.phoneSettled, counted(phone.settled.count, phone.settled.fen)),
    ...some(phone.notPaid.count, sheetWords.phoneNotPaid, counted(phone.notPaid.count, phone.notPaid.fen)),
    ...some(figures.voids.count, sheetWords.voids, counted(figures.voids.count, figures.voids.ownPayFen)),
    ...some(figures.refunds.count, sheetWords.refunds, counted(figures.refunds.count, figures.refunds.ownPayFen)),
    ...figures.refunds.subsidies.map(part =>
      slipLine(`${say(sheetWords.refundOf)} · ${say(fund(part.fund))}`, yuan(part.fen)),
    ),
    ...some(figures.madeGood.count, sheetWords.madeGood, counted(figures.madeGood.count, figures.madeGood.fen)),
    ...some(figures.overrides, sheetWords.overrides, String(figures.overrides)),
    ...day.shifts.flatMap(shift => [slipRule, ...shiftLines(shift, language)]),
    ...day.elsewhere.flatMap(({ shift, tenders }) => [
      slipRule,
      line(sheetWords.elsewhere, shift.slice(-6)),
      ...tenders.map(({ kind, fen: amount }) => line(sheetTenders[kind], yuan(amount))),
    ]),
    slipRule,
    line(sheetWords.records, day.first && day.last ? `${seqText(day.first.seq)} – ${seqText(day.last.seq)}` : '–'),
    ...some(day.unreadable, sheetWords.unreadable, String(day.unreadable)),
    line(sheetWords.unsent, String(day.unsent)),
    ...(day.head ? anchorParts(day.terminal, day.head, language) : []),
  ]
}

function mealParts(meal: MealFigures, funds: DayView['funds'], language: 'zh' | 'en'): Slip {
  return [
    slipLine(mealTitle(meal.meal)[language], `${sheetWords.people[language]} ${meal.people}`),
    ...mealLines(meal, funds).map(({ title, fen: amount }) => slipLine(title[language], yuan(amount))),
    slipLine(sheetWords.list[language], yuan(meal.listFen)),
  ]
}

function anchorParts(terminal: string, head: NonNullable<DayView['head']>, language: 'zh' | 'en'): Slip {
  const right = `${seqText(head.seq)} · ${head.hash.slice(0, 12)}`
  return [slipLine(sheetWords.head[language], right), slipQr(slipAnchor({ terminal, ...head }))]
}

function shiftLines(shift: ClosedShift, language: 'zh' | 'en'): Slip {
  const line = (left: Bilingual, right: string) => slipLine(left[language], right)
  const { count, sums, differenceFen, outsideDifferenceFen } = shift
  const why = [shift.reason && sheetReasons[shift.reason][language], shift.note].filter(text => text !== null)
  return [
    slipLine(`${sheetWords.shift[language]} ${shift.number}`, shift.operatorName),
    line(sheetWords.float, sums.floatFen === null ? '–' : yuan(sums.floatFen)),
    line(sheetWords.expected, yuan(sums.expectedFen)),
    count === null ? line(sheetWords.notCounted, '') : line(sheetWords.counted, yuan(count.cashFen)),
    ...(differenceFen === null ? [] : [line(sheetWords.difference, signedYuan(differenceFen))]),
    ...(sums.outsideFen === 0 && outsideDifferenceFen === null
      ? []
      : [line(sheetWords.outsideExpected, yuan(sums.outsideFen))]),
    ...(count?.outsideFen == null ? [] : [line(sheetWords.outsideCounted, yuan(count.outsideFen))]),
    ...(outsideDifferenceFen === null ? [] : [line(sheetWords.outsideDifference, signedYuan(outsideDifferenceFen))]),
    ...(why.length === 0 ? [] : [slipLine(why.join(' · '))]),
    ...(shift.corrected ? [line(sheetWords.corrected, '')] : []),
  ]
}
