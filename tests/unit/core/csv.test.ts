import { describe, expect, test } from 'vitest'
import { alignColumns, textWidth } from '../../../electron/core/bureau/columns.ts'
import { csvText } from '../../../shared/csv.ts'

describe('a file for spreadsheets', () => {
  test('begins with the mark of UTF-8, and ends each line as RFC 4180 says', () => {
    expect(csvText([['资金', 'Fund'], []])).toBe('\ufeff资金,Fund\r\n\r\n')
  })

  test('holds amounts in yuan with two decimals and a plain sign, and counts as they are', () => {
    expect(csvText([[{ fen: 750 }, { fen: -5 }, { fen: 0 }, { fen: 123456 }, 12]])).toBe(
      '\ufeff7.50,-0.05,0.00,1234.56,12\r\n',
    )
  })

  test.each(['=1+1', '+1', '-abc', '@sum', '\tx'])('runs no text as a formula: %s', text => {
    expect(csvText([[text]])).toBe(`\ufeff'${text}\r\n`)
  })

  test('puts a text into quotes where it holds what ends a cell, and doubles its quotes', () => {
    expect(csvText([['a,b', 'say "x"', 'two\nlines', '\rx', 'a=b']])).toBe(
      '\ufeff"a,b","say ""x""","two\nlines","\'\rx",a=b\r\n',
    )
  })
})

describe('a table for a terminal window', () => {
  test.each([
    ['abc', 3],
    ['资金', 4],
    ['（元）', 6],
    ['合计 Totals', 11],
    ['−1.00', 5],
    ['𠀀', 2],
    ['', 0],
  ])('knows how wide a text is: %s', (text, width) => {
    expect(textWidth(text)).toBe(width)
  })

  test('stands in columns though Chinese letters are twice as wide, amounts to the right', () => {
    const rows = [['资金 Fund', '差'], ['a', '−1.00'], ['']]
    expect(alignColumns(['left', 'right'], rows)).toEqual(['资金 Fund     差', 'a          −1.00', ''])
  })
})
