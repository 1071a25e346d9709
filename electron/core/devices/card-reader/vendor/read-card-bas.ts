import { z } from 'zod'
import { type CardItems, cardItems } from './helper-protocol.ts'

/** Bytes of the output buffer: the call takes no length, the manuals ask for 1024 at least. */
export const OUTPUT_BYTES = 4096

const itemNames = cardItems.keyof().options
const fieldName = z.enum([...itemNames, 'status', 'unused'])

/** The order of the manuals: region, citizen number, card number, card id, name, history of the reset, version, dates, terminal. */
const standardFields: readonly z.infer<typeof fieldName>[] = [
  'region',
  'citizenNumber',
  'cardNumber',
  'cardId',
  'name',
  'historicalBytes',
  'version',
  'issuedOn',
  'validUntil',
  'terminalNumber',
  'terminalDevice',
]

/** One make of the `iReadCardBas` family as data. `cardType`: 1 contact, 2 contactless, 3 either, contact first, 4 either, contactless first. */
export const readCardBasProfile = z.strictObject({
  library: z.string().min(1),
  function: z.string().min(1).default('iReadCardBas'),
  cardType: z.int().min(1).max(4).default(3),
  callingConvention: z.enum(['cdecl', 'stdcall']).default('cdecl'),
  /** Called once before the first read; any answer below 0 is an error. */
  init: z
    .strictObject({
      function: z.string().min(1),
      arguments: z
        .array(z.union([z.int(), z.string()]))
        .max(8)
        .default([]),
    })
    .optional(),
  /** What each item of the output is, in order; `status` must hold `goodStatus`, `unused` is not looked at. */
  fields: z
    .array(fieldName)
    .min(1)
    .refine(fields => fields.includes('cardId'), 'no field is the cardId')
    .refine(fields => {
      const named = fields.filter(name => name !== 'unused')
      return new Set(named).size === named.length
    }, 'a field is named twice')
    .default([...standardFields]),
  /** With fewer items the output is torn. Absent: all up to the last one that the terminal uses. */
  leastItems: z.int().min(1).optional(),
  goodStatus: z.string().default('0'),
})
export type ReadCardBasProfile = z.infer<typeof readCardBasProfile>

const used = new Set<string>(['citizenNumber', 'cardNumber', 'cardId', 'name', 'version', 'issuedOn', 'validUntil'])

export type ReadCardBasOutput = { ok: true; card: CardItems } | { ok: false; detail: string }

/**
 * The items of an output buffer: GBK text (read as its superset GB18030) up to NUL, items that end with `|`. Empty items stay empty and
 * nothing is shifted: an output with too few or too many items is refused. Decoded before it is cut, since `|` is also a second byte of GBK.
 */
export function parseReadCardBas(output: Uint8Array, profile: ReadCardBasProfile): ReadCardBasOutput {
  const end = output.indexOf(0)
  if (end === -1 || end >= OUTPUT_BYTES) return { ok: false, detail: `no end within ${OUTPUT_BYTES} bytes` }
  const text = decodeGbk(output.subarray(0, end))
  if (text === undefined) return { ok: false, detail: 'not GBK' }
  const items = text.split('|')
  if (items.at(-1)?.trim() === '') items.pop()
  const { fields } = profile
  const least = profile.leastItems ?? fields.findLastIndex(name => used.has(name)) + 1
  if (items.length < least || items.length > fields.length)
    return { ok: false, detail: `${items.length} items where ${least} to ${fields.length} are due` }
  const named = fields.flatMap((name, at): [string, string][] => {
    const value = items[at]?.trim() ?? ''
    return value === '' ? [] : [[name, value]]
  })
  const values = Object.fromEntries(named)
  if (fields.includes('status') && values.status !== profile.goodStatus)
    return { ok: false, detail: 'the status item is not the good one' }
  const card = cardItems.safeParse(values)
  return card.success ? { ok: true, card: card.data } : { ok: false, detail: 'an item is too long' }
}

/** A middleware's text up to NUL; what cannot be read becomes a replacement sign. */
export function messageOf(output: Uint8Array): string {
  const end = output.subarray(0, 256).indexOf(0)
  return new TextDecoder('gb18030').decode(output.subarray(0, end === -1 ? 256 : end))
}

function decodeGbk(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('gb18030', { fatal: true }).decode(bytes)
  } catch (error) {
    // The decoder's only error: bytes that are no GB18030.
    if (error instanceof TypeError) return undefined
    throw error
  }
}
