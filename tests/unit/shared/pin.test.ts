import { describe, expect, test } from 'vitest'
import { businessDate } from '../../../shared/business-day.ts'
import { pinIsTooEasy, pinText } from '../../../shared/pin.ts'

const birthDate = businessDate.parse('1944-03-02')

describe('a PIN', () => {
  test.each(['482915', '112233', '135791', '020344', '000001'])('%s is taken', pin => {
    expect(pinText.safeParse(pin).success && !pinIsTooEasy(pin, birthDate)).toBe(true)
  })

  test.each(['000000', '999999', '012345', '234567', '987654', '440302', '030244', '194403'])(
    '%s is too easy for somebody born on 1944-03-02',
    pin => {
      expect(pinIsTooEasy(pin, birthDate)).toBe(true)
    },
  )

  test.each(['', '12345', '1234567', '12345a', '１２３４５６', ' 12345'])('%j is none', text => {
    expect(pinText.safeParse(text).success).toBe(false)
  })
})
