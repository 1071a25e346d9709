import { z } from 'zod'
import { businessDate, meal } from '../business-day.ts'
import { bytes32, seniorId, siteId, terminalId } from '../ids.ts'
import { bilingual } from '../site.ts'
import { orderId } from '../visit/order.ts'

/** 8 random bytes of hex. */
export const roundId = z
  .string()
  .regex(/^[0-9a-f]{16}$/)
  .brand<'RoundId'>()
export type RoundId = z.infer<typeof roundId>

const secret = z.string().regex(/^[A-Za-z0-9_-]{22}$/)
const hex8 = z.string().regex(/^[0-9a-f]{16}$/)
/** As many as are handed in with at most 15 codes. */
export const mostStops = 150

const place = {
  /** Its place in the route, from 1. */
  stop: z.int().min(1).max(mostStops),
  /** As the courier may know them: surname and how to address them. */
  name: z.string().min(1).max(16),
  door: z.string().min(1).max(80),
  phone: z
    .string()
    .regex(/^[\d +-]{3,20}$/)
    .nullable(),
  portions: z.int().min(1).max(9),
  /** The own part that the senior was told (fen). */
  toldFen: z.int().nonnegative(),
  /** Whether the courier takes it, or the card account. */
  pays: z.enum(['cash', 'account']),
}

const courier = z.strictObject({ name: z.string().min(1).max(32), kind: z.enum(['own', 'third-party']) })

/** A round as the till of its site holds it. Only this till records it, so that no stop is sold twice. */
export const tillRound = z.strictObject({
  v: z.literal(1),
  round: roundId,
  site: siteId,
  terminal: terminalId,
  date: businessDate,
  meal,
  courier,
  /** Results are proven by it; see `packResults`. */
  key: bytes32,
  /** Opens the round on one phone. */
  secret,
  /** Where its page is, with a slash at the end; null where nobody said. */
  page: z.url().nullable(),
  stops: z
    .array(
      z.strictObject({
        ...place,
        order: orderId,
        senior: seniorId,
        /** Its order was cancelled after the round was made: no result of it is waited for, and one that comes counts as ever. */
        cancelled: z.literal(true).optional(),
        /** A line of the site's menu, and what else comes along, such as the fee of the way. */
        set: z.string().min(1).max(32),
        more: z.array(z.strictObject({ set: z.string().min(1).max(32), quantity: z.int().min(1).max(9) })).max(4),
        /** The one-time code that the senior or the station tells the courier. */
        handCode: z.string().regex(/^\d{6}$/),
      }),
    )
    .min(1)
    .max(mostStops),
})
export type TillRound = z.infer<typeof tillRound>
export type TillStop = TillRound['stops'][number]

/** What was ordered beside the set, such as another dish or the fee of the way, by the name on the menu. */
export const besideTheSet = z.array(z.strictObject({ name: bilingual, quantity: z.int().positive() }))

/** What the courier's phone gets: to find the door and to hand over, nothing of who pays what and why. */
export const phoneRound = z.strictObject({
  v: z.literal(1),
  terminal: terminalId,
  round: roundId,
  siteName: z.string(),
  date: businessDate,
  meal,
  courier,
  key: bytes32,
  stops: z.array(
    z.strictObject({
      ...place,
      set: bilingual,
      /** A phone may keep a round of an older province, which does not say it. */
      more: besideTheSet.optional(),
      /** By these a phone tells this senior's code and cards; see `checkOf`. Empty for third parties, who ask for the one-time code. */
      checks: z.strictObject({ code: hex8.nullable(), cards: z.array(hex8) }),
    }),
  ),
})
export type PhoneRound = z.infer<typeof phoneRound>
export type PhoneStop = PhoneRound['stops'][number]

/** The end of a round's address: which terminal's, which round, and its secret. */
export function roundLink(page: string, { terminal, round, secret: word }: TillRound): string {
  return `${page}#${terminal}/${round}/${word}`
}

/** One item of the feed `rounds`: a round, or a code of its results as the phone handed it in. */
export const roundItem = z.discriminatedUnion('what', [
  z.strictObject({ what: z.literal('round'), round: tillRound }),
  z.strictObject({ what: z.literal('results'), text: z.string().max(1024) }),
])
export type RoundItem = z.infer<typeof roundItem>

/** POST /round/open: a phone, which made `device` up itself, opens the round; the same phone may ask again. */
export const openRound = z.strictObject({ terminal: terminalId, round: roundId, secret, device: secret })

/** POST /round/news: the phone on which a round was opened asks which of its stops were cancelled since. */
export const roundNews = z.strictObject({ terminal: terminalId, round: roundId, device: secret })
export const roundNewsReply = z.strictObject({ cancelled: z.array(z.int()) })

/** POST /round/results: codes as they would be shown to the till, and the strokes of signatures. Safe to repeat. */
export const handIn = z.strictObject({
  terminal: terminalId,
  round: roundId,
  parts: z.array(z.string().max(1024)).min(1).max(15),
  signatures: z.array(z.strictObject({ result: hex8, strokes: z.string().max(2000) })).max(mostStops),
})
export const handedIn = z.strictObject({ results: z.array(hex8), today: z.boolean() })
