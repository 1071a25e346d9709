import { describe, expect, test } from 'vitest'
import { withOneLess, withOneMore } from '../../../electron/core/items.ts'
import { fenOfTyped, isAmount } from '../../../renderer/state/typed-amount.ts'
import { pricesOf } from '../../../shared/menu-prices.ts'
import { setMeal } from '../../../shared/site.ts'

const both = (text: string) => ({ zh: text, en: text })
const soup = setMeal.parse({
  id: 'soup',
  key: 9,
  name: both('soup'),
  dish: both('soup'),
  priceFen: 300,
  soldOut: false,
})
const extra = setMeal.parse({ ...soup, id: 'extra', priceFen: 50, open: { mostFen: 5000, stepFen: 50 } })
const codeOf = (found: ReturnType<typeof withOneMore>) => ('code' in found ? found.code : null)

describe('a ticket', () => {
  test('counts the same thing twice in one line, and two amounts in two', () => {
    const twice = withOneMore([{ set: 'soup', quantity: 1, openFen: null }], soup, null)
    expect(twice).toEqual([{ set: 'soup', quantity: 2, openFen: null }])
    expect(withOneMore([{ set: 'extra', quantity: 1, openFen: 600 }], extra, 650)).toHaveLength(2)
  })

  test('takes one piece off at a time, then the line', () => {
    const [one] = [withOneLess([{ set: 'soup', quantity: 2, openFen: null }], 0)]
    expect(one).toEqual([{ set: 'soup', quantity: 1, openFen: null }])
    expect(withOneLess(one, 0)).toEqual([])
    expect(withOneLess(one, 3)).toEqual(one)
  })

  test('has room for eight lines of nine pieces', () => {
    const full = Array.from({ length: 8 }, (_, at) => ({ set: 'extra', quantity: 1, openFen: 50 + at * 50 }))
    expect(codeOf(withOneMore(full, soup, null))).toBe('TICKET_FULL')
    expect(codeOf(withOneMore([{ set: 'soup', quantity: 9, openFen: null }], soup, null))).toBe('TICKET_FULL')
  })

  test('takes no amount that the site does not publish: nothing, too much, or between two steps', () => {
    for (const fen of [null, 0, 49, 625, 5050, 1_000_000_000])
      expect(codeOf(withOneMore([], extra, fen))).toBe('AMOUNT_NOT_OPEN')
    expect(withOneMore([], extra, 5000)).toEqual([{ set: 'extra', quantity: 1, openFen: 5000 }])
  })

  test('never takes a typed amount for what has a price', () => {
    expect(withOneMore([], soup, 1)).toEqual([{ set: 'soup', quantity: 1, openFen: null }])
  })
})

describe('an open amount', () => {
  test('has as many prices as the province can publish one by one', () => {
    expect(pricesOf(extra)).toHaveLength(100)
    expect(pricesOf(soup)).toEqual([300])
    expect(setMeal.safeParse({ ...extra, open: { mostFen: 1_000_000, stepFen: 50 } }).success).toBe(false)
  })

  test('is typed in yuan, to the fen, and nothing else stands in its field', () => {
    expect(['6', '6.5', '6.50', '12.'].map(text => fenOfTyped(text, extra))).toEqual([600, 650, 650, 1200])
    expect(['', '.', '0', '6.55', '51', '999'].map(text => fenOfTyped(text, extra))).toEqual(Array(6).fill(null))
    expect(['6,5', '-1', '1e3', '6.505', 'A'].map(isAmount)).toEqual(Array(5).fill(false))
  })
})
