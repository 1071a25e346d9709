import { z } from 'zod'
import { bytesToHex, hexToBytes } from './bytes.ts'
import { canonicalUid, uidOrder } from './card-uid.ts'

/**
 * How a reader that types as a keyboard writes a card's number: ten decimal digits (four bytes), eight hex digits, eight decimal digits (the
 * low three bytes), `ddd,ddddd` (the same three bytes as Wiegand 26 splits them), ten hex digits (five bytes of a 125 kHz card).
 */
export const wedgeCardFormat = z.enum(['decimal-10', 'hex-8', 'decimal-8', 'wiegand-26', 'hex-10'])
export type WedgeCardFormat = z.infer<typeof wedgeCardFormat>

/** What one tap of a known card fixes for a reader. `order`: whether its number begins with the first byte in the air, or with the last. */
export const wedgeCardSetting = z.strictObject({ format: wedgeCardFormat, order: uidOrder })
export type WedgeCardSetting = z.infer<typeof wedgeCardSetting>

const patterns: Readonly<Record<WedgeCardFormat, RegExp>> = {
  'decimal-10': /^\d{10}$/,
  'hex-8': /^[0-9a-f]{8}$/i,
  'decimal-8': /^\d{8}$/,
  'wiegand-26': /^\d{3},\d{5}$/,
  'hex-10': /^[0-9a-f]{10}$/i,
}

/** The bytes as the reader wrote them, most significant first; null where the text has another form or a number too great. */
function writtenBytes(text: string, format: WedgeCardFormat): Uint8Array | null {
  if (!patterns[format].test(text)) return null
  if (format === 'hex-8' || format === 'hex-10') return hexToBytes(text.toLowerCase())
  if (format === 'wiegand-26') {
    const [facility = 0, number = 0] = text.split(',').map(Number)
    return facility > 0xff || number > 0xffff ? null : bytesOf(facility * 0x10000 + number, 3)
  }
  return bytesOf(Number(text), format === 'decimal-10' ? 4 : 3)
}

function bytesOf(number: number, length: number): Uint8Array | null {
  const digits = number.toString(16).padStart(length * 2, '0')
  return digits.length > length * 2 ? null : hexToBytes(digits)
}

/** `format`: not what this reader writes. `random`: a number that changes with each tap. `incomplete`: the rest of a longer UID is missing. */
export type WedgeCard = { ok: true; uid: string } | { ok: false; why: 'format' | 'random' | 'incomplete' }

/**
 * The number of a card, upper-case hex in air order, from what a reader typed, by the reader's own setting: nothing is guessed. Formats of
 * three bytes give three of the UID's four, which another reader's format does not match.
 */
export function parseWedgeCard(text: string, { format, order }: WedgeCardSetting): WedgeCard {
  const written = writtenBytes(text, format)
  if (written === null) return { ok: false, why: 'format' }
  if (written.length === 4) {
    const whole = canonicalUid(written, order)
    if (whole.ok) return whole
    return { ok: false, why: whole.why === 'random' ? 'random' : 'incomplete' }
  }
  return { ok: true, uid: inAir(written, order) }
}

function inAir(written: Uint8Array, order: WedgeCardSetting['order']): string {
  return bytesToHex(order === 'air' ? written : written.toReversed()).toUpperCase()
}

/** `unreadable`: the known number is no hex of 4 to 10 bytes. `other-card`: no setting gives that card. `ambiguous`: several do, tap another. */
export type WedgeSettingFound =
  | { ok: true; setting: WedgeCardSetting }
  | { ok: false; why: 'unreadable' | 'other-card' | 'ambiguous' }

/** The setting of a reader from one tap of a card whose whole number is known: hex in air order, as a phone shows it (7A:00:3A:12). */
export function wedgeSettingFrom(typed: string, known: string): WedgeSettingFound {
  const whole = known.replace(/[\s:-]/g, '').toUpperCase()
  if (!/^(?:[0-9A-F]{2}){4,10}$/.test(whole)) return { ok: false, why: 'unreadable' }
  const fitting = wedgeCardFormat.options.flatMap(format =>
    uidOrder.options.flatMap((order): WedgeCardSetting[] => {
      const written = writtenBytes(typed.trim(), format)
      if (written === null) return []
      const part = inAir(written, order)
      // A reader that cuts a number keeps its low end, which in reversed order is the beginning in the air.
      const fits = order === 'air' ? whole.endsWith(part) : whole.startsWith(part)
      return fits ? [{ format, order }] : []
    }),
  )
  const [setting, another] = fitting
  if (setting === undefined) return { ok: false, why: 'other-card' }
  return another === undefined ? { ok: true, setting } : { ok: false, why: 'ambiguous' }
}
