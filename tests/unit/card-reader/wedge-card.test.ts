import { describe, expect, test } from 'vitest'
import { parseWedgeCard, wedgeSettingFrom } from '../../../shared/wedge-card.ts'

describe('the card 7A003A12', () => {
  test.each([
    ['7A003A12', 'hex-8', 'air', '7A003A12'],
    ['7a003a12', 'hex-8', 'air', '7A003A12'],
    ['123A007A', 'hex-8', 'reversed', '7A003A12'],
    ['2046835218', 'decimal-10', 'air', '7A003A12'],
    ['0305791098', 'decimal-10', 'reversed', '7A003A12'],
    ['00014866', 'decimal-8', 'air', '003A12'],
    ['03801210', 'decimal-8', 'reversed', '7A003A'],
    ['000,14866', 'wiegand-26', 'air', '003A12'],
    ['058,00122', 'wiegand-26', 'reversed', '7A003A'],
  ] as const)('typed as %s (%s, %s) is %s', (text, format, order, uid) => {
    expect(parseWedgeCard(text, { format, order })).toEqual({ ok: true, uid })
  })

  test.each([
    ['7A:00:3A:12', '0305791098', 'decimal-10', 'reversed'],
    ['7a003a12', '2046835218', 'decimal-10', 'air'],
    ['7A 00 3A 12', '058,00122', 'wiegand-26', 'reversed'],
    ['7A003A12', '00014866', 'decimal-8', 'air'],
  ] as const)('known as %s and typed as %s fixes %s, %s', (known, text, format, order) => {
    expect(wedgeSettingFrom(text, known)).toEqual({ ok: true, setting: { format, order } })
  })
})

test('a 125 kHz card has five bytes', () => {
  expect(parseWedgeCard('0100A1B2C3', { format: 'hex-10', order: 'air' })).toEqual({ ok: true, uid: '0100A1B2C3' })
})

test.each([
  ['another length', '12345', 'decimal-10'],
  ['more than four bytes', '4294967296', 'decimal-10'],
  ['more than three bytes', '16777216', 'decimal-8'],
  ['a facility of more than one byte', '256,00001', 'wiegand-26'],
  ['a number of more than two bytes', '001,65536', 'wiegand-26'],
  ['letters that are no hex', '7A003A1G', 'hex-8'],
] as const)('%s is not what the reader writes', (_, text, format) => {
  expect(parseWedgeCard(text, { format, order: 'air' })).toEqual({ ok: false, why: 'format' })
})

test('a number that a phone draws anew, and half of a long one, stand for nobody', () => {
  expect(parseWedgeCard('08A1B2C3', { format: 'hex-8', order: 'air' })).toEqual({ ok: false, why: 'random' })
  expect(parseWedgeCard('C3B2A108', { format: 'hex-8', order: 'reversed' })).toEqual({ ok: false, why: 'random' })
  expect(parseWedgeCard('8804A1B2', { format: 'hex-8', order: 'air' })).toEqual({ ok: false, why: 'incomplete' })
})

test.each([
  ['another card', '0000000001', '7A003A12', 'other-card'],
  ['a number that is the same in both orders', '7A3A3A7A', '7A3A3A7A', 'ambiguous'],
  ['a known number that is none', '0305791098', 'my card', 'unreadable'],
])('%s fixes nothing', (_, typed, known, why) => {
  expect(wedgeSettingFrom(typed, known)).toEqual({ ok: false, why })
})
