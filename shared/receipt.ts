import { z } from 'zod'
import { meal } from './business-day.ts'
import { clockText, dateText, type Language, longDate } from './dates.ts'
import { fen as fenOf, formatYuan } from './money.ts'
import { payment } from './payment-api.ts'
import { paidText, saleEn, saleZh } from './sale-words.ts'
import { bilingual, tenderKind } from './site.ts'
import { type Slip, type SlipPart, slipCentred, slipLarge, slipLine, slipRule } from './slip.ts'

const fen = z.int()

/** What a receipt says of a sale: no more than the senior's own screen did, and the number under which staff find it. */
export const receiptFacts = z.object({
  at: z.int(),
  /** Generation and place in the ledger of `terminal`, `1-42`. */
  number: z.string().max(40),
  terminal: z.string().max(64),
  surname: z.string().nullable(),
  title: z.enum(['female', 'male']).nullable(),
  set: bilingual,
  meal: meal.nullable(),
  listFen: fen,
  /** Discount and subsidies together. */
  offFen: fen,
  ownPayFen: fen,
  /** Null where nothing was owed and nobody knows any more which tender was chosen. */
  tender: tenderKind.nullable(),
  /** What each tender took, where it was more than one. */
  parts: z.array(payment).optional(),
  /** A phone payment was confirmed, at the counter or later. */
  phoneSettled: z.boolean().optional(),
  cashRoundingFen: fen,
  pending: z.boolean(),
  madeGoodFen: fen,
  standing: z.enum(['open', 'void', 'refunded']),
})
export type ReceiptFacts = z.infer<typeof receiptFacts>

export interface ReceiptHead {
  readonly siteName: string
  readonly fictional: boolean
  /** English beneath the Chinese. */
  readonly english: boolean
  /** The word for a tender that nobody knows any more. */
  readonly usualTender: z.infer<typeof tenderKind>
  /** How often it was printed before: from 1 on it is marked as a reprint. */
  readonly printedBefore: number
}

const yuan = (amount: number) => formatYuan(fenOf(amount))

const own = {
  zh: {
    reprint: (count: number) => `补打，第 ${count} 次`,
    rounding: '抹零',
    number: '编号',
    refunded: '已退款',
  },
  en: {
    reprint: (count: number) => `Reprint ${count}`,
    rounding: 'rounded off',
    number: 'No.',
    refunded: 'Refunded',
  },
}
const words = { zh: { ...saleZh, ...own.zh }, en: { ...saleEn, ...own.en } } as const

/** What each tender took, also where that is nothing. */
function partsOf({ parts = [], tender, ownPayFen, cashRoundingFen }: ReceiptFacts, head: ReceiptHead) {
  return parts.length > 0 ? parts : [{ kind: tender ?? head.usualTender, fen: ownPayFen - cashRoundingFen }]
}

/** A part of the receipt in one language: the same lines, of which English has the words only. */
function texts(facts: ReceiptFacts, head: ReceiptHead, language: Language) {
  const say = words[language]
  const set = facts.set[language]
  const person = facts.surname === null ? null : (facts.title === 'female' ? say.madam : say.sir)(facts.surname)
  const parts = partsOf(facts, head)
  return {
    standing: { open: null, void: say.undone, refunded: say.refunded }[facts.standing],
    reprint: head.printedBefore > 0 ? say.reprint(head.printedBefore) : null,
    fictional: head.fictional ? say.fictional : null,
    date: longDate(dateText(facts.at), language),
    greeting: person === null ? say.helloSet(set) : say.personSet(person, set),
    meal: facts.meal === null ? '' : say[facts.meal],
    listPrice: say.listPrice,
    off: say.off,
    ownPay: say.ownPay,
    // Of every payment in cash, so that no receipt has a line that another one of its kind lacks.
    rounding: parts.some(({ kind }) => kind === 'cash') ? say.rounding : null,
    pending: facts.pending ? say.madeGoodLater : null,
    madeGood: facts.madeGoodFen > 0 ? say.madeGoodNow(yuan(facts.madeGoodFen)) : null,
    number: say.number,
  }
}

/** The receipt of a sale. With its digits, the surname and the set masked it is the same for everybody who paid in the same way. */
export function receiptSlip(facts: ReceiptFacts, head: ReceiptHead): Slip {
  const zh = texts(facts, head, 'zh')
  const en = head.english ? texts(facts, head, 'en') : null
  const middle = (name: 'standing' | 'reprint' | 'fictional'): SlipPart[] =>
    zh[name] === null ? [] : [slipCentred(zh[name]), ...(en?.[name] ? [slipCentred(en[name])] : [])]
  const row = (name: keyof typeof zh, right?: string): SlipPart[] =>
    zh[name] === null ? [] : [slipLine(zh[name], right), ...(en?.[name] ? [slipLine(en[name])] : [])]
  return [
    slipCentred(head.siteName),
    ...middle('fictional'),
    ...middle('reprint'),
    ...middle('standing'),
    ...row('date', clockText(facts.at)),
    slipLine(zh.greeting, zh.meal),
    ...(en ? [slipLine(en.greeting, en.meal)] : []),
    slipRule,
    ...row('listPrice', yuan(facts.listFen)),
    ...row('off', yuan(facts.offFen)),
    slipLarge(zh.ownPay, `￥${yuan(facts.ownPayFen)}`),
    ...(en ? [slipLine(en.ownPay)] : []),
    ...partsOf(facts, head).flatMap(({ kind, fen: taken }) => [
      slipLine(paidText(words.zh, kind, facts.phoneSettled === true), yuan(taken)),
      ...(en ? [slipLine(paidText(words.en, kind, facts.phoneSettled === true))] : []),
    ]),
    ...row('rounding', yuan(facts.cashRoundingFen)),
    ...row('pending'),
    ...row('madeGood'),
    slipRule,
    ...row('number', `${facts.number} ${facts.terminal}`),
  ]
}
