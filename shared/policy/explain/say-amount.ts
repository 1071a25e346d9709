import type { Amount, PlainAmount, Shares } from '../language.ts'
import type { Giving, Payer } from './phrases.ts'
import { type Saying, sayCondition } from './say-condition.ts'
import type { Text } from './text.ts'

type Classes = Extract<Amount, { kind: 'classes' }>
type Class = Classes['classes'][number]

/** An amount of one figure in words. */
export function sayPlain(amount: PlainAmount, { phrases, running }: Saying): string {
  const most = 'capFen' in amount && amount.capFen !== undefined ? phrases.yuan(amount.capFen) : undefined
  const rounded = (text: string) =>
    'rounding' in amount && amount.rounding !== undefined ? phrases.rounded(text, amount.rounding) : text
  const capped = (text: string) => (most === undefined ? rounded(text) : phrases.atMost(rounded(text), most))
  const base = 'of' in amount && amount.of === 'list' ? 'list' : running
  switch (amount.kind) {
    case 'fixed':
      return phrases.yuan(amount.fen)
    case 'percent':
      return capped(phrases.percent(amount.percent, base))
    case 'fraction':
      return capped(phrases.fraction(amount.numerator, amount.denominator, base))
    case 'price':
      return phrases.downTo(phrases.yuan(amount.fen), most)
    case 'price-percent':
      return phrases.downTo(rounded(phrases.percent(amount.percent, base)), most)
  }
}

/** Whether an amount is whatever brings the price down to a figure. */
export function isTarget({ kind }: Amount): boolean {
  return kind === 'price' || kind === 'price-percent'
}

/** The classes of an amount of a kind of step, or nested in a class, one point each, with what comes out where none holds. */
export function sayClasses({ classes, choose = 'first' }: Classes, saying: Saying, within: Giving | 'nested'): Text[] {
  const { phrases } = saying
  const always =
    choose === 'first' ? (index: number) => (index === 0 ? phrases.everybody : phrases.others) : () => phrases.everybody
  const points = classes.map((item, index) => sayClass(item, always(index), saying))
  const open = classes.some(({ when, amount }) => when === undefined && amount.kind !== 'classes')
  return open ? points : [...points, { text: phrases.noClass[within] }]
}

function sayClass({ when, amount, funds, note }: Class, always: string, saying: Saying): Text {
  const { phrases } = saying
  const who: Text = when === undefined ? { text: always } : sayCondition(when, saying)
  const tail = (text: string) => {
    const paid = funds === undefined ? text : phrases.paid(text, phrases.paidBy(payersOf(funds, saying)))
    return note === undefined ? paid : `${paid}${phrases.aside(phrases.words(note))}`
  }
  if (amount.kind !== 'classes')
    return { text: phrases.ofClass(who.text, tail(sayPlain(amount, saying))), items: who.items }
  const nested = tail(phrases.byClass(amount.choose ?? 'first'))
  const points = sayClasses(amount, saying, 'nested')
  if (who.items === undefined) return { text: phrases.ofClass(who.text, nested), items: points }
  return { ...who, after: [{ text: phrases.ofClass(phrases.amountOfClass, nested), items: points }] }
}

/** Funds by title, each with its share. */
export function payersOf(shares: Shares, { pack, phrases }: Pick<Saying, 'pack' | 'phrases'>): Payer[] {
  return shares.map(({ fund, share }) => ({ title: fundTitle(fund, { pack, phrases }), share }))
}

export function fundTitle(id: string, { pack, phrases }: Pick<Saying, 'pack' | 'phrases'>): string {
  const found = pack.funds.find(fund => fund.id === id)
  return found === undefined ? id : phrases.words(found.title)
}
