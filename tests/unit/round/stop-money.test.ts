import { describe, expect, test } from 'vitest'
import { moneyOf } from '../../../electron/core/round/stop-price.ts'
import { csvLines } from '../../../shared/csv-rows.ts'
import type { TillStop } from '../../../shared/round/round.ts'

const stop = (change: Partial<Pick<TillStop, 'pays' | 'toldFen'>> = {}): Pick<TillStop, 'pays' | 'toldFen'> => ({
  ...{ pays: 'cash', toldFen: 750 },
  ...change,
})
const taken = { collected: true }

describe('what a meal that was brought is paid with', () => {
  test.each([
    ['as told', stop(), taken, 750, { collectedFen: 750, carriedFen: 0, payBy: { tender: 'cash', first: null } }],
    [
      'the price rose: the site bears the rest',
      ...([stop(), taken, 1350] as const),
      { collectedFen: 750, carriedFen: 600, payBy: { tender: 'agreement', first: { kind: 'cash', fen: 750 } } },
    ],
    [
      'nothing was taken at the door: the site bears all of it',
      ...([stop(), { collected: false }, 750] as const),
      { collectedFen: 0, carriedFen: 750, payBy: { tender: 'agreement', first: null } },
    ],
    [
      'the price fell: no more than it is booked, and what is over is shown',
      ...([stop(), taken, 500] as const),
      { collectedFen: 750, carriedFen: 0, payBy: { tender: 'cash', first: null } },
    ],
    [
      'fen that cash has no coins for are rounded, and nobody bears them',
      ...([stop({ toldFen: 755 }), taken, 755] as const),
      { collectedFen: 750, carriedFen: 0, payBy: { tender: 'cash', first: null } },
    ],
    [
      'the account pays what was told, and not a fen more',
      ...([stop({ pays: 'account' }), { collected: false }, 1350] as const),
      { collectedFen: 0, carriedFen: 600, payBy: { tender: 'agreement', first: { kind: 'account', fen: 750 } } },
    ],
  ] as const)('%s', (_, of, result, ownPayFen, expected) => {
    expect(moneyOf(of, result, ownPayFen)).toEqual(expected)
  })
})

describe('a list of orders', () => {
  test('is read as spreadsheets write it: a mark, quotes, empty lines', () => {
    expect(csvLines('\ufeffa,b\r\n"1, 2","say ""yes"""\n\n x , y')).toEqual([
      { line: 1, cells: ['a', 'b'] },
      { line: 2, cells: ['1, 2', 'say "yes"'] },
      { line: 4, cells: ['x', 'y'] },
    ])
  })

  test('names the line on which a row begins, also after a cell of several lines', () => {
    expect(csvLines('a\n"1\n2"\nx').map(({ line }) => line)).toEqual([1, 2, 4])
  })

  test('with a quote that does not end is none', () => {
    expect(() => csvLines('a,"b\nc')).toThrow(SyntaxError)
  })
})
