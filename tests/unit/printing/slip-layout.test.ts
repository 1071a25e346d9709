import { describe, expect, test } from 'vitest'
import { slipCentred, slipLarge, slipLine, slipQr, slipRule } from '../../../shared/slip.ts'
import { columnsOf, layOutSlip, type PaperWidth, printable } from '../../../shared/slip-layout.ts'

const textsOn = (width: PaperWidth, ...parts: Parameters<typeof layOutSlip>[0]) =>
  layOutSlip(parts, width).map(line => line.text)

describe('a line of a slip', () => {
  test.each([
    [58, 32],
    [80, 48],
  ] as const)('on %s mm paper is %s columns wide, a Chinese character taking two', (width, columns) => {
    const [text = '', rule = ''] = textsOn(width, slipLine('原价', '15.00'), slipRule)
    expect(text).toBe(`原价${' '.repeat(columns - 9)}15.00`)
    expect([columnsOf(text), columnsOf(rule)]).toEqual([columns, columns])
  })

  test('of double size has half the columns', () => {
    expect(layOutSlip([slipLarge('实付', '￥7.50')], 58)).toEqual([
      { kind: 'text', text: '实付      ￥7.50', large: true },
    ])
  })

  test('whose two ends do not fit beside each other stands in two lines, and loses nothing', () => {
    const set = '莲藕排骨汤配半份杂粮饭和时蔬一份'
    const lines = textsOn(58, slipLine(`张女士，${set}`, '午餐'))
    expect(lines.length).toBeGreaterThan(1)
    expect(lines.join('').replaceAll(' ', '')).toBe(`张女士，${set}午餐`)
    for (const line of lines) expect(columnsOf(line)).toBeLessThanOrEqual(32)
  })

  test('breaks between words of Latin letters, and within one that is longer than the line', () => {
    expect(textsOn(58, slipLine('the difference will be paid back to you'))).toEqual([
      'the difference will be paid back',
      'to you',
    ])
    expect(textsOn(58, slipLine('x'.repeat(70))).map(line => line.length)).toEqual([32, 32, 6])
  })

  test('in the middle has as much before it as behind it', () => {
    expect(textsOn(58, slipCentred('示范食堂'))).toEqual([`${' '.repeat(12)}示范食堂`])
  })

  test('that is a QR code keeps its text as it is', () => {
    expect(layOutSlip([slipQr('a b')], 58)).toEqual([{ kind: 'qr', text: 'a b' }])
  })
})

describe('what stands on paper', () => {
  test('has the signs of GB2312 for the minus and the yuan of the screens', () => {
    expect(printable('\u22127.50 \u00a57.50')).toBe('-7.50 ￥7.50')
  })

  test('has no control, no unseen character and no half of one', () => {
    expect(printable('张\u001b@\n\u0000\u007f\u009b\u200b\u202e\ufeff\ud842芳')).toBe('张@芳')
  })

  test('keeps characters that take four bytes', () => {
    expect(printable('喆镕𠮷')).toBe('喆镕𠮷')
  })
})
