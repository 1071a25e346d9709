import { oc } from '@orpc/contract'
import { z } from 'zod'
import { businessDate } from './business-day.ts'
import { differenceReasons } from './day-close/close-reasons.ts'
import { dayFigures } from './day-close/figures.ts'
import { bytes32, operatorId, recordId, terminalId } from './ids.ts'
import { problemCode } from './problems.ts'
import { bilingual, tenderKind } from './site.ts'
import { slip } from './slip.ts'

const fen = z.int()
const instant = z.int()
const count = z.int().nonnegative()
const notice = z.object({ code: problemCode, values: z.record(z.string(), z.union([z.string(), z.number()])) })
const refused = z.object({ result: z.literal('refused'), notice })
const done = z.discriminatedUnion('result', [z.object({ result: z.literal('done') }), refused])

/** The most that a drawer can hold (fen): a slip of the finger is more. */
const mostInDrawer = 100_000_000
export const drawerFen = z.int().min(0).max(mostInDrawer)
export const differenceReason = z.enum(differenceReasons)
export type DifferenceReason = z.infer<typeof differenceReason>
/** About the money only, never about a person. */
export const closeNote = z.string().trim().max(80)

const shiftHead = z.object({
  record: recordId,
  /** Of the day, from 1. */
  number: z.int().positive(),
  operator: operatorId,
  operatorName: z.string(),
  openedAt: instant,
  floatFen: fen.nullable(),
})
export type ShiftHead = z.infer<typeof shiftHead>

/** The cash of one drawer: what there was, what came, what went back, and so what there should be. Amounts that went back are positive. */
export const drawerSums = z.object({
  floatFen: fen.nullable(),
  takenFen: fen,
  voidedFen: fen,
  refundedFen: fen,
  madeGoodFen: fen,
  expectedFen: fen,
  /** By outside payment, without what went back. */
  outsideFen: fen,
  accountFen: fen,
})
export type DrawerSums = z.infer<typeof drawerSums>

const counted = z.object({
  record: recordId,
  at: instant,
  operatorName: z.string(),
  cashFen: fen,
  outsideFen: fen.nullable(),
  times: z.int().positive(),
})

/** A shift with its drawer, as the day shows it. */
const closedShift = shiftHead.extend({
  closedAt: instant.nullable(),
  sums: drawerSums,
  /** Null: nobody counted. */
  count: counted.nullable(),
  /** What was counted less what there should be; null where nobody counted. */
  differenceFen: fen.nullable(),
  outsideDifferenceFen: fen.nullable(),
  reason: differenceReason.nullable(),
  note: z.string().nullable(),
  /** The count or the float was put right after the close, by a record of its own. */
  corrected: z.boolean(),
})
export type ClosedShift = z.infer<typeof closedShift>

const takenBack = z.object({
  record: recordId,
  at: instant,
  set: bilingual,
  ownPayFen: fen,
  reason: z.string(),
  /** Null: the terminal itself. */
  operatorName: z.string().nullable(),
})
export type TakenBack = z.infer<typeof takenBack>

const paymentSum = z.object({ count: z.int(), fen })
/** Phone payments that were not confirmed at the counter, as `phonePaymentsOf` sums them up; the tenders count them as recorded. */
export const phonePayments = z.object({ waiting: paymentSum, settled: paymentSum, notPaid: paymentSum })

/** Everything about one business date: the screen, the slip and the table are made of it. */
export const dayView = z.object({
  terminal: terminalId,
  siteName: z.string(),
  date: businessDate,
  figures: dayFigures,
  /** Titles of the funds in the figures, by id. */
  funds: z.record(z.string(), bilingual),
  quarters: z.array(z.object({ from: z.string(), seniors: count, guests: count })),
  shifts: z.array(closedShift),
  /** Sales for other tills of the site: their cash lies in the drawers there. */
  elsewhere: z.array(z.object({ shift: recordId, count, tenders: z.array(z.object({ kind: tenderKind, fen })) })),
  /** What this till sold through the first one is in that one's ledger, and its cash in the drawer here. */
  throughFirst: count,
  voids: z.array(takenBack),
  refunds: z.array(takenBack),
  phone: phonePayments,
  overrides: z.array(
    z.object({
      record: recordId,
      at: instant,
      what: z.string(),
      reason: z.string(),
      operatorName: z.string(),
      approverName: z.string().nullable(),
    }),
  ),
  /** Visits that nobody finished; a day is closed at 0 only. */
  open: count,
  first: z.object({ generation: z.int(), seq: z.int() }).nullable(),
  /** The last record of the day, before its close. */
  last: z.object({ generation: z.int(), seq: z.int(), hash: bytes32 }).nullable(),
  /** The newest record of the ledger: what a day slip anchors. */
  head: z.object({ generation: z.int(), seq: z.int(), hash: bytes32 }).nullable(),
  /** Whether the last records of the ledger follow each other and are signed. */
  sound: z.boolean(),
  /** Records of the day that the disk has spoilt, and that are in no sum. */
  unreadable: count,
  unsent: count,
  closed: z.object({ record: recordId, at: instant, operatorName: z.string() }).nullable(),
})
export type DayView = z.infer<typeof dayView>

/** Where the close of a day stands. Before a count was recorded no sum is told. */
export const closeView = z.discriminatedUnion('step', [
  /** No shift was open on this date. */
  z.object({ step: z.literal('nothing'), date: businessDate }),
  z.object({
    step: z.literal('count'),
    date: businessDate,
    shift: shiftHead,
    /** Its day is over: it may be closed without a count. */
    isPast: z.boolean(),
    /** People paid on an outside device, whose total is to be read off. */
    asksOutside: z.boolean(),
    blocked: notice.nullable(),
  }),
  z.object({
    step: z.literal('check'),
    date: businessDate,
    shift: closedShift,
    voids: z.array(takenBack),
    refunds: z.array(takenBack),
    phone: phonePayments,
    throughFirst: count,
    blocked: notice.nullable(),
  }),
  z.object({
    step: z.literal('day'),
    day: dayView,
    /** Names the figures that are shown: a close of others does not go through. */
    shown: z.string(),
    blocked: notice.nullable(),
  }),
])
export type CloseView = z.infer<typeof closeView>

const ofDay = z.object({ date: businessDate, language: z.enum(['zh', 'en']) })
const byOperator = z.object({ operator: operatorId })

/** Shift and day close. */
export const closeApi = {
  /** `date` null: the oldest day that still has to be closed, else today. */
  look: oc.input(z.object({ date: businessDate.nullable() })).output(closeView),
  /** Records a count of a shift's drawer, before anything is told; again for a recount. */
  count: oc
    .input(byOperator.extend({ shift: recordId, cashFen: drawerFen, outsideFen: drawerFen.nullable() }))
    .output(done),
  /** `count`: the count that was looked at; null only for a day that is over, where nobody counted. A difference needs a reason. */
  closeShift: oc
    .input(
      byOperator.extend({
        shift: recordId,
        count: recordId.nullable(),
        reason: differenceReason.nullable(),
        note: closeNote,
      }),
    )
    .output(done),
  closeDay: oc.input(byOperator.extend({ date: businessDate, shown: z.string() })).output(done),
  /** Puts a float or a count right, also after the close: a record of its own, which names what it corrects. */
  correct: oc
    .input(
      byOperator.extend({
        shift: recordId,
        what: z.enum(['float', 'drawer']),
        cashFen: drawerFen,
        outsideFen: drawerFen.nullable(),
        note: closeNote,
      }),
    )
    .output(done),
  slip: oc
    .input(ofDay)
    .output(z.discriminatedUnion('result', [z.object({ result: z.literal('done'), slip }), refused])),
  /** Prints the day slip; done when it waits its turn. */
  printSlip: oc.input(ofDay).output(done),
  /** Writes the table of the day to one of the sticks that were shown. */
  tableToStick: oc
    .input(z.object({ date: businessDate, path: z.string().max(1024) }))
    .output(z.discriminatedUnion('result', [z.object({ result: z.literal('done'), file: z.string() }), refused])),
}
