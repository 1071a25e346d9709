import { z } from 'zod'
import { businessDate, meal } from '../../../shared/business-day.ts'
import { bytes32, checkInId, operatorId, recordId } from '../../../shared/ids.ts'
import { seniorRef } from '../../../shared/record.ts'
import { saleView } from '../../../shared/terminal-api.ts'
import { openCheckIn } from '../check-in-state.ts'
import { ledgerPlace, mostMeals, ownMeal } from '../store/lane-meals.ts'

const amounts = z.record(z.string().max(200), z.int().nonnegative())

/** A visit at the second till, with what both have to see alike. `policy`: hash of the pack. The check-in's id is the visit's one number. */
export const laneVisit = z.strictObject({ open: openCheckIn, businessDate, meal, policy: bytes32 })
export type LaneVisit = z.infer<typeof laneVisit>

/**
 * What the first till holds of the visit's senior: rights and meals so far by counter, pots by fund, what may be given without a right (fen), when they ate in this meal (ms), how many portions the visit's proxy has collected in it, accepted claims that it would make good
 * (fen), and `shown` of the price that it makes of them, for the second till to compare.
 */
export const lent = z.strictObject({
  shown: z.string().min(1).max(4096),
  rights: amounts,
  used: amounts,
  pots: z.record(
    z.string().max(200),
    z.strictObject({ leftFen: z.int().nonnegative().nullable(), isLast: z.boolean() }),
  ),
  advanceFen: z.int().nonnegative(),
  earlier: z.int().nullable(),
  portions: z.int().nonnegative(),
  owedFen: z.int().nonnegative(),
})
export type Lent = z.infer<typeof lent>

/** The second till goes on by itself: the first knows too little, or sees the visit otherwise. Nothing was recorded. */
const alone = z.strictObject({ result: z.literal('alone') })
const recorded = z.strictObject({ result: z.literal('recorded'), sale: saleView })
export const voidRefusal = z.enum(['SALE_UNKNOWN', 'SALE_ALREADY_VOID', 'SALE_ALREADY_REFUNDED', 'REFUND_MADE_GOOD'])

/** Every question of a second till, and what it is answered with: JSON over HTTP, `POST /lane/NAME`, within `laneTls`. */
export const laneMessages = {
  /**
   * Are you there, and do your records get on? The second till tells beside it who ate by its own ledger: `upTo` is how far that reaches, `told` how
   * far the first has heard it.
   */
  hello: {
    question: z.strictObject({ meals: z.array(ownMeal).max(mostMeals), upTo: ledgerPlace.nullable() }),
    answer: z.strictObject({ result: z.literal('here'), told: ledgerPlace.nullable() }),
  },
  price: {
    question: laneVisit,
    answer: z.discriminatedUnion('result', [z.strictObject({ result: z.literal('lent'), lent }), alone]),
  },
  /** Asked again with the same number it is answered as before. `shift`: the record that opened the second till's shift, in its own ledger. */
  sell: {
    question: z.strictObject({
      visit: laneVisit,
      shown: z.string().min(1).max(4096),
      operator: operatorId.nullable(),
      shift: recordId.nullable(),
    }),
    answer: z.discriminatedUnion('result', [
      recorded,
      z.strictObject({ result: z.literal('price-changed'), lent }),
      alone,
    ]),
  },
  /** Ends a question to sell that got no answer: from now on it can record nothing. What it recorded is kept (`keep`) or voided. */
  settle: {
    question: z.strictObject({ visit: checkInId, keep: z.boolean() }),
    answer: z.discriminatedUnion('result', [recorded, z.strictObject({ result: z.literal('none') })]),
  },
  /** Takes back a sale that was sold through the first till. Asked again it is answered as before. */
  void: {
    question: z.strictObject({ sale: recordId, operator: operatorId.nullable() }),
    answer: z.discriminatedUnion('result', [
      z.strictObject({ result: z.literal('done') }),
      z.strictObject({ result: z.literal('refused'), code: voidRefusal }),
    ]),
  },
  /**
   * The second till refunds a sale `of` its own ledger by the record `by`: the first may not pay the claim of it as long as that is held. `hold` null:
   * that refund was not made. `made-good`: accepted or paid already, so that its money is the fund's.
   */
  claim: {
    question: z.strictObject({
      of: recordId,
      by: recordId,
      hold: z.strictObject({ senior: seniorRef.nullable(), pack: z.string().max(200) }).nullable(),
    }),
    answer: z.strictObject({ result: z.enum(['held', 'free', 'made-good']) }),
  },
} as const satisfies Record<string, { question: z.ZodType; answer: z.ZodType }>

export type LaneKind = keyof typeof laneMessages
export type LaneQuestion<K extends LaneKind> = z.input<(typeof laneMessages)[K]['question']>
/** A question as it came, parsed. */
export type LaneAsked<K extends LaneKind> = z.output<(typeof laneMessages)[K]['question']>
export type LaneAnswer<K extends LaneKind> = z.output<(typeof laneMessages)[K]['answer']>

export const laneKinds = ['hello', 'price', 'sell', 'settle', 'void', 'claim'] as const satisfies readonly LaneKind[]
/** No question or answer is longer (bytes). */
export const longestMessage = 64 * 1024
