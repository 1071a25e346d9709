import { expect, test } from 'vitest'
import { addFen, fen, formatYuan, subtractFen, zeroFen } from '../../../shared/money.ts'

test.each([0.5, 7.000001, 0.1 + 0.2, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53])(
  '%d is no amount in fen',
  value => {
    expect(() => fen(value)).toThrow(RangeError)
  },
)

test('a sum that leaves the safe integers is no amount', () => {
  const greatest = fen(Number.MAX_SAFE_INTEGER)
  expect(() => addFen(greatest, fen(1))).toThrow(RangeError)
  expect(() => subtractFen(fen(-1), greatest)).toThrow(RangeError)
})

test('a negative zero becomes zero, so that two equal amounts are the same', () => {
  expect(Object.is(fen(-0), 0)).toBe(true)
})

test('amounts add and subtract', () => {
  expect(addFen()).toBe(zeroFen)
  expect(addFen(fen(300), fen(200), fen(-50))).toBe(450)
  expect(subtractFen(fen(300), fen(450))).toBe(-150)
})

test.each([
  [0, '0.00'],
  [5, '0.05'],
  [750, '7.50'],
  [100_000, '1000.00'],
  [-150, '\u22121.50'],
  [-5, '\u22120.05'],
])('%i fen read as %s yuan, a minus as U+2212', (amount, text) => {
  expect(formatYuan(fen(amount))).toBe(text)
})
