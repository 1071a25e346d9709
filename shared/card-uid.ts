import { z } from 'zod'
import { bytesToHex, hexToBytes } from './bytes.ts'

/** How a reader gives the bytes of a UID: as they go through the air (ISO/IEC 14443-3, UID0 first), or the last one first. */
export const uidOrder = z.enum(['air', 'reversed'])
export type UidOrder = z.infer<typeof uidOrder>

/**
 * `length` is none of the three that ISO/IEC 14443-3 knows (4, 7, 10 bytes); `random` is 4 bytes that begin with 08, drawn anew at each tap
 * by phones and some bank cards; `incomplete` begins with the cascade tag 88, so that the rest of a longer UID is missing.
 */
export type UidFault = 'length' | 'random' | 'incomplete'

const inAir = (reading: Uint8Array, order: UidOrder) => (order === 'air' ? reading : reading.toReversed())

/** The canonical UID, upper-case hex in air order, of what a reader gave; or why it cannot stand for a person. */
export function canonicalUid(
  reading: Uint8Array,
  order: UidOrder,
): { ok: true; uid: string } | { ok: false; why: UidFault } {
  if (![4, 7, 10].includes(reading.length)) return { ok: false, why: 'length' }
  const bytes = inAir(reading, order)
  if (bytes.length === 4 && bytes[0] === 0x08) return { ok: false, why: 'random' }
  if (bytes.length === 4 && bytes[0] === 0x88) return { ok: false, why: 'incomplete' }
  return { ok: true, uid: bytesToHex(bytes).toUpperCase() }
}

/**
 * A card whose number somebody knows: the whole UID in hex (spaces, colons and hyphens may stand between the bytes), or the decimal number
 * of its last four bytes, as it is printed on many cards. `order` says in which byte order that number was written; a phone shows `air`.
 */
export interface KnownCard {
  readonly form: 'hex' | 'decimal'
  readonly text: string
  readonly order: UidOrder
}

/** `unreadable`: no such number; `other-card`: fits in neither order; `ambiguous`: fits in both, so another card has to be tapped. */
export type UidOrderFound =
  | { ok: true; order: UidOrder }
  | { ok: false; why: 'unreadable' | 'other-card' | 'ambiguous' }

/**
 * The byte order of a reader, from one tap of a known card: `reading` is what the reader gave, before any order was applied. Asked once when
 * a reader is set up; an order is never guessed from a scan.
 */
export function uidOrderFrom(reading: Uint8Array, known: KnownCard): UidOrderFound {
  const wanted = writtenBytes(known)
  if (wanted === null) return { ok: false, why: 'unreadable' }
  const fitting = uidOrder.options.filter(order => {
    const written = inAir(inAir(reading, order), known.order)
    const compared = known.form === 'hex' ? written : written.slice(-4)
    return compared.length === wanted.length && compared.every((byte, place) => byte === wanted[place])
  })
  const [order, another] = fitting
  if (order === undefined) return { ok: false, why: 'other-card' }
  return another === undefined ? { ok: true, order } : { ok: false, why: 'ambiguous' }
}

function writtenBytes({ form, text }: KnownCard): Uint8Array | null {
  if (form === 'hex') {
    const digits = text.replace(/[\s:-]/g, '').toLowerCase()
    return /^(?:[0-9a-f]{8}|[0-9a-f]{14}|[0-9a-f]{20})$/.test(digits) ? hexToBytes(digits) : null
  }
  const number = /^\d{1,10}$/.test(text.trim()) ? Number(text) : Number.NaN
  return number <= 0xffffffff ? hexToBytes(number.toString(16).padStart(8, '0')) : null
}
