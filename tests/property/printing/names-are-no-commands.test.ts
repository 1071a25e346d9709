import fc from 'fast-check'
import { expect, test } from 'vitest'
import { escposOf } from '../../../electron/core/devices/receipt-printer/escpos.ts'
import { type ReceiptFacts, type ReceiptHead, receiptSlip } from '../../../shared/receipt.ts'
import { type Slip, slipLine } from '../../../shared/slip.ts'
import { columnsOf, layOutSlip, printable } from '../../../shared/slip-layout.ts'
import { readEscpos } from '../../support/escpos-reader.ts'

const widths = [58, 80] as const
const facts: ReceiptFacts = {
  at: Date.parse('2026-11-20T11:42:00+08:00'),
  ...{ number: '1-42', terminal: 'till-1', surname: '张', title: 'female', set: { zh: '套餐 A', en: 'Set A' } },
  ...{ meal: 'lunch', listFen: 1500, offFen: 750, ownPayFen: 750, tender: 'cash', cashRoundingFen: 0 },
  ...{ pending: false, madeGoodFen: 0, standing: 'open' },
}
const head: Omit<ReceiptHead, 'siteName'> = {
  ...{ fictional: false, english: true, usualTender: 'account', printedBefore: 0 },
}
const codeOf = (letter: string) => letter.charCodeAt(0)
/** Any 16-bit units, among them controls and halves of characters, and bytes that printers take as commands. */
const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 40 }).map(units => String.fromCharCode(...units)),
  fc
    .array(fc.oneof(fc.integer({ min: 0, max: 0x9f }), fc.constantFrom(...[...'@!VdRrv&\\|{}~_`^'].map(codeOf))), {
      maxLength: 20,
    })
    .map(units => String.fromCharCode(...units)),
)
const commandsOf = (slip: Slip, width: 58 | 80) => readEscpos(escposOf(slip, { width, cut: true })).commands

test('whatever stands in a name, a set or a site’s name, the printer gets the same commands', () => {
  const plain = widths.map(width => commandsOf(receiptSlip(facts, { ...head, siteName: '示范食堂' }), width))
  fc.assert(
    fc.property(anyText, anyText, anyText, (surname, set, siteName) => {
      const slip = receiptSlip({ ...facts, surname, set: { zh: set, en: set } }, { ...head, siteName })
      expect(widths.map(width => commandsOf(slip, width))).toEqual(plain)
    }),
    { numRuns: 500 },
  )
})

test('whatever is printed stands whole on the paper, in lines that fit it', () => {
  fc.assert(
    fc.property(anyText, anyText, fc.constantFrom(...widths), (left, right, width) => {
      // GB18030 since has places for characters that were private ones before, so that these read back as others that look the same.
      fc.pre(!/\p{Co}/u.test(left + right))
      const slip = [slipLine(left, right)]
      const lines = layOutSlip(slip, width)
      for (const { text } of lines) expect(columnsOf(text)).toBeLessThanOrEqual(width === 58 ? 32 : 48)
      const whole = (text: string) => printable(text).replace(/\s/gu, '')
      expect(whole(lines.map(({ text }) => text).join(''))).toBe(whole(left) + whole(right))
      expect(readEscpos(escposOf(slip, { width, cut: true })).lines.map(({ text }) => text)).toEqual(
        lines.map(({ text }) => text),
      )
    }),
    { numRuns: 1000 },
  )
})

test('no picture of a code has the byte with which commands begin that a printer obeys at once', () => {
  const pictureOf = (bytes: Buffer) => {
    const rows: number[] = []
    for (let at = bytes.indexOf('1d763000', 'hex'); at >= 0; at = bytes.indexOf('1d763000', at, 'hex')) {
      const from = at + 8
      at = from + bytes.readUInt16LE(at + 4) * bytes.readUInt16LE(at + 6)
      rows.push(...bytes.subarray(from, at))
    }
    return rows
  }
  fc.assert(
    fc.property(fc.string({ minLength: 1, maxLength: 400 }), fc.constantFrom(...widths), (text, width) => {
      const rows = pictureOf(Buffer.from(escposOf([{ kind: 'qr', text }], { width, cut: true })))
      expect(rows.length).toBeGreaterThan(0)
      expect(rows).not.toContain(0x10)
    }),
    { numRuns: 100 },
  )
})
