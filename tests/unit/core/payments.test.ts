import { describe, expect, it, test } from 'vitest'
import { canGoFirst, givenBack, paymentsOf } from '../../../shared/payments.ts'

describe('an own payment', () => {
  it('goes whole by the tender that was chosen', () => {
    expect(paymentsOf({ tender: 'account', first: null }, 1237)).toEqual([{ kind: 'account', fen: 1237 }])
  })

  it('in cash is rounded down to 0.10', () => {
    expect(paymentsOf({ tender: 'cash', first: null }, 1237)).toEqual([{ kind: 'cash', fen: 1230 }])
  })

  it('of nothing has no payment', () => {
    expect(paymentsOf({ tender: 'cash', first: { kind: 'account', fen: 100 } }, 0)).toEqual([])
  })

  it('goes 10.00 in cash and the rest by the card, with no fen rounded off', () => {
    expect(paymentsOf({ tender: 'account', first: { kind: 'cash', fen: 1000 } }, 1237)).toEqual([
      { kind: 'cash', fen: 1000 },
      { kind: 'account', fen: 237 },
    ])
  })

  it('is rounded only where the rest is cash', () => {
    expect(paymentsOf({ tender: 'cash', first: { kind: 'account', fen: 501 } }, 1237)).toEqual([
      { kind: 'account', fen: 501 },
      { kind: 'cash', fen: 730 },
    ])
  })

  it('that has fallen below its first part goes whole by the tender of that part', () => {
    const payBy = { tender: 'account', first: { kind: 'cash', fen: 1000 } } as const
    expect(paymentsOf(payBy, 957)).toEqual([{ kind: 'cash', fen: 950 }])
    expect(paymentsOf(payBy, 1000)).toEqual([{ kind: 'cash', fen: 1000 }])
  })
})

test.each([
  ['nothing', { kind: 'cash', fen: 0 }, 'account', false],
  ['less than nothing', { kind: 'account', fen: -100 }, 'cash', false],
  ['all of it', { kind: 'cash', fen: 1230 }, 'account', false],
  ['more than all', { kind: 'outside', fen: 1000_000_000 }, 'account', false],
  ['cash with fen', { kind: 'cash', fen: 1005 }, 'account', false],
  ['the same tender twice', { kind: 'account', fen: 500 }, 'account', false],
  ['a part of a fen', { kind: 'account', fen: 500.5 }, 'cash', false],
  ['a part that leaves cash no coin', { kind: 'account', fen: 1225 }, 'cash', false],
  ['cash before the card', { kind: 'cash', fen: 1000 }, 'account', true],
  ['the card before cash', { kind: 'account', fen: 1219 }, 'cash', true],
] as const)('%s first: %o before %s is possible: %s', (_, first, rest, possible) => {
  expect(canGoFirst(first, rest, 1230)).toBe(possible)
})

describe('what goes back', () => {
  const paid = [
    { kind: 'cash', fen: 1000 },
    { kind: 'account', fen: 350 },
  ] as const

  it('is what each tender took', () => {
    expect(givenBack(paid, 1350)).toEqual(paid)
  })

  it('of a part comes from the first tender first', () => {
    expect(givenBack(paid, 1100)).toEqual([
      { kind: 'cash', fen: 1000 },
      { kind: 'account', fen: 100 },
    ])
  })

  it('of a record that names no tender is cash', () => {
    expect(givenBack([], 700)).toEqual([{ kind: 'cash', fen: 700 }])
    expect(givenBack([], 0)).toEqual([])
  })
})
