import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bytesToHex } from '../../../shared/bytes.ts'
import { parseWedgeCard, type WedgeCardFormat, wedgeCardFormat, wedgeSettingFrom } from '../../../shared/wedge-card.ts'
import { runs } from '../../support/property-runs.ts'

const order = fc.constantFrom('air' as const, 'reversed' as const)
const format = fc.constantFrom(...wedgeCardFormat.options)

const hex = (bytes: Uint8Array) => bytesToHex(bytes).toUpperCase()

/** What a reader types for the bytes of a card in the air. */
function typed(air: Uint8Array, form: WedgeCardFormat, direction: 'air' | 'reversed'): string {
  const written = direction === 'air' ? air : air.toReversed()
  const low = (count: number) => Number(`0x${hex(written.slice(-count))}`)
  switch (form) {
    case 'decimal-10':
      return String(low(4)).padStart(10, '0')
    case 'decimal-8':
      return String(low(3)).padStart(8, '0')
    case 'wiegand-26':
      return `${String(low(3) >> 16).padStart(3, '0')},${String(low(2)).padStart(5, '0')}`
    case 'hex-8':
    case 'hex-10':
      return hex(written)
  }
}

const bytesFor = (form: WedgeCardFormat) => (form === 'hex-10' ? 5 : 4)
const card = format.chain(form =>
  fc.record({
    form: fc.constant(form),
    // 08 and 88 begin numbers that stand for nobody.
    air: fc
      .uint8Array({ minLength: bytesFor(form), maxLength: bytesFor(form) })
      .filter(air => air[0] !== 0x08 && air[0] !== 0x88),
    direction: order,
  }),
)

describe('a card whose number a reader types', () => {
  test('is the same in air order whatever the format and the order, as far as the format goes', () => {
    fc.assert(
      fc.property(card, ({ form, air, direction }) => {
        const read = parseWedgeCard(typed(air, form, direction), { format: form, order: direction })
        const short = form === 'decimal-8' || form === 'wiegand-26'
        const part = direction === 'air' ? air.slice(1) : air.slice(0, 3)
        expect(read).toEqual({ ok: true, uid: hex(short ? part : air) })
      }),
      runs(2000),
    )
  })

  test('fixes its reader with one tap: the setting that is found reads every other card right, or says to tap another', () => {
    fc.assert(
      fc.property(card, fc.uint8Array({ minLength: 5, maxLength: 5 }), ({ form, air, direction }, other) => {
        const found = wedgeSettingFrom(typed(air, form, direction), hex(air))
        if (!found.ok) {
          expect(found.why).toBe('ambiguous')
          return
        }
        const next = other.slice(0, bytesFor(form))
        next[0] = 0x04
        const expected = parseWedgeCard(typed(next, form, direction), { format: form, order: direction })
        expect(parseWedgeCard(typed(next, form, direction), found.setting)).toEqual(expected)
      }),
      runs(2000),
    )
  })

  test('is never read from any other text', () => {
    fc.assert(
      fc.property(fc.string(), format, order, (text, form, direction) => {
        const read = parseWedgeCard(text, { format: form, order: direction })
        if (read.ok) expect(text).toMatch(/^(?:\d{8}|\d{10}|\d{3},\d{5}|[0-9a-f]{8}|[0-9a-f]{10})$/i)
      }),
      runs(2000),
    )
  })
})
