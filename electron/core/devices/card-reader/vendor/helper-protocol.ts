import { z } from 'zod'

/** The protocol between the vendor driver and its helper program: JSON lines on stdin and stdout (docs/vendor-helper.md). */
export const HELPER_PROTOCOL = 1

const id = z.int().min(1)
const words = z.string().max(2000)

/** Driver to helper. `profile` belongs to the helper's family; the driver hands it on as it is. */
export const toHelper = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('open'), id, profile: z.json() }),
  z.strictObject({ type: z.literal('read'), id }),
])
export type ToHelper = z.infer<typeof toHelper>

const item = z.string().max(200).optional()

/** The items of a card by name, as the middleware gave them. An absent or empty item is one that the card did not give. */
export const cardItems = z.object({
  region: item,
  citizenNumber: item,
  cardNumber: item,
  cardId: item,
  name: item,
  historicalBytes: item,
  version: item,
  issuedOn: item,
  validUntil: item,
  terminalNumber: item,
  terminalDevice: item,
})
export type CardItems = z.infer<typeof cardItems>

/**
 * Helper to driver. `code` is one of the error table (vendor-errors.ts), -2 for an empty reader included; a helper of another family
 * translates its own codes. `bad-data`: the middleware said success, and its output fits no card. `setup`: library, function or profile.
 */
export const fromHelper = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('hello'),
    protocol: z.literal(HELPER_PROTOCOL),
    helper: z.string().max(100),
    architecture: z.string().max(20),
  }),
  z.object({ type: z.literal('opened'), id }),
  z.object({ type: z.literal('card'), id, card: cardItems }),
  z.object({ type: z.literal('error'), id, code: z.int(), text: words }),
  z.object({ type: z.literal('bad-data'), id, text: words }),
  z.object({ type: z.literal('setup'), id, text: words }),
])
export type FromHelper = z.infer<typeof fromHelper>
