import { z } from 'zod'
import type { QualityHint } from './face/quality.ts'
import { faceEngineRef } from './face/site-face.ts'
import { deviceEventId } from './ids.ts'

/** How a senior was identified (核验方式). */
export const means = z.enum(['card', 'code', 'face', 'manual'])
export type Means = z.infer<typeof means>

/**
 * How sure the identification is (核验等级), weakest first: `presented` can be copied (a card id, a paper code, a face alone),
 * `possessed` is a fresh signed code, `verified` is one of these and staff who compared the person, or a PIN.
 */
export const assurance = z.enum(['presented', 'possessed', 'verified'])
export type Assurance = z.infer<typeof assurance>

/** True where `held` is at least as sure as `needed`. */
export function assuranceReaches(held: Assurance, needed: Assurance): boolean {
  return assurance.options.indexOf(held) >= assurance.options.indexOf(needed)
}

const cardReading = { warnings: z.array(z.string()), readMilliseconds: z.number().nonnegative() }

/**
 * What a social-security card gave. `cardId` is EF05 record 01, 16 bytes as 32 upper-case hex digits; `full` says whether name and number
 * could be read (1.x and 2.x cards).
 */
export const socialSecurityCardRead = z.object({
  source: z.enum(['ssc-pcsc', 'ssc-vendor', 'simulated']),
  cardId: z.string().regex(/^[0-9A-F]{32}$/),
  version: z.string().max(8).optional(),
  cardNumber: z.string().max(32).optional(),
  validUntil: z.iso.date().optional(),
  citizenNumber: z.string().max(18).optional(),
  name: z.string().max(64).optional(),
  full: z.boolean(),
  ...cardReading,
})
export type SocialSecurityCardRead = z.infer<typeof socialSecurityCardRead>

/** What any other card gave: its number, upper-case hex in air order (see card-uid.ts). Readers for keyboards cut it to three bytes at the least. */
export const uidCardRead = z.object({
  source: z.literal('uid'),
  uid: z.string().regex(/^(?:[0-9A-F]{2}){3,10}$/),
  ...cardReading,
})

export const cardRead = z.discriminatedUnion('source', [socialSecurityCardRead, uidCardRead])
export type CardRead = z.infer<typeof cardRead>

/** What a card is looked up and bound by: its card id, or `uid:` and its number, so that the two can never be taken for each other. */
export function cardKey(card: CardRead): string {
  return card.source === 'uid' ? `uid:${card.uid}` : card.cardId
}

/** The last four signs of a card's printed number, or of its key where none is known: enough for staff to tell two cards apart. */
export function cardTail(card: CardRead): string {
  return ((card.source === 'uid' ? undefined : card.cardNumber) ?? cardKey(card)).slice(-4)
}

/** What a scanner or the camera read: the raw text of a code, not yet judged. */
export const codeRead = z.object({
  source: z.enum(['camera', 'scanner', 'simulated']),
  text: z.string().min(1).max(4096),
})
export type CodeRead = z.infer<typeof codeRead>

/** A credential as a device gave it, with the id of the device's event. */
export const credential = z.discriminatedUnion('means', [
  z.object({ means: z.literal('card'), eventId: deviceEventId, device: z.string(), at: z.int(), card: cardRead }),
  z.object({ means: z.literal('code'), eventId: deviceEventId, device: z.string(), at: z.int(), code: codeRead }),
])
export type Credential = z.infer<typeof credential>

/** Raw numbers of one face in one frame, as the network gives them. Never a picture. */
export const faceNumbers = z.array(z.number().min(-1e6).max(1e6)).min(16).max(4096)

/** What may be the matter with a frame; see `qualityHints`. */
export const faceHint = z.enum([
  'no-face',
  'several-faces',
  'too-small',
  'too-dark',
  'too-bright',
  'blurred',
  'turned-away',
]) satisfies z.ZodType<QualityHint>

/** One face in one frame that the page's camera saw, with an event id that the page minted. */
export const faceFrame = faceEngineRef.extend({
  camera: z.string().max(200),
  eventId: deviceEventId,
  embedding: faceNumbers,
  hints: z.array(faceHint).max(7),
})
export type FaceFrame = z.infer<typeof faceFrame>

/**
 * A face as the page's camera gave it: one look of one to three frames. It is no `Credential`, since it never opens a check-in by itself:
 * somebody always says that it is the right person.
 */
export const faceCredential = faceEngineRef.extend({
  means: z.literal('face'),
  eventId: deviceEventId,
  camera: z.string().max(200),
  frames: z.array(faceNumbers).min(1).max(3),
})
export type FaceCredential = z.infer<typeof faceCredential>

/**
 * That a head was turned after the frames of a look: the side asked for as the camera sees it, the measures (`turnMeasures`), and the numbers
 * of the turned face, so that nobody turns theirs in place of the one that is compared.
 */
export const turnSeen = z.strictObject({
  asked: z.enum(['left', 'right']),
  side: z.number().min(-2).max(2),
  shift: z.number().min(-100).max(100),
  frame: faceNumbers,
})
export type TurnSeen = z.infer<typeof turnSeen>
