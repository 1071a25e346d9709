import { oc } from '@orpc/contract'
import { z } from 'zod'
import { approval } from './afterwards-api.ts'
import { businessDate } from './business-day.ts'
import { done } from './done.ts'
import { checkInId, operatorId, proxyId, seniorId } from './ids.ts'
import { problemCode } from './problems.ts'

const proxyViewSchema = z.object({
  /** Those whose time it is today. */
  offered: z.array(z.object({ proxy: proxyId, name: z.string(), until: businessDate })),
  /** `portion`: which one of theirs in this meal it is. */
  chosen: z.object({ name: z.string(), portion: z.int().positive() }).nullable(),
  /** Why nobody may collect it. */
  obstacle: problemCode.nullable(),
  /** Not null: one of these station leads has to let it go on. */
  leads: z.array(z.object({ operator: operatorId, name: z.string() })).nullable(),
})
/** Who may collect a priced meal for the senior, and who does. Named, since compilers write the unnamed type out. */
export interface ProxyView extends z.infer<typeof proxyViewSchema> {}
export const proxyView: z.ZodType<ProxyView> = proxyViewSchema

/** Somebody who is to collect a senior's meals, on business dates from `from` to `until`, a year at most. */
export const proxyDraft = z.strictObject({
  name: z.string().trim().min(2).max(64),
  numberTail: z.string().regex(/^\d{3}[\dX]$/),
  relation: z.string().trim().min(1).max(32).nullable(),
  from: businessDate,
  until: businessDate,
})
export type ProxyDraft = z.infer<typeof proxyDraft>

/** The same of a member who is held here: their name and number are those of the roster, and no page has to know them. */
export const memberDraft = proxyDraft.omit({ name: true, numberTail: true }).extend({ member: seniorId })
export type MemberDraft = z.infer<typeof memberDraft>

/** What staff do about somebody who collects meals for seniors. */
export const proxyApi = {
  /** Who collects the meal of the check-in on the screen, to be carried away; null: the senior is here after all. */
  choose: oc.input(z.object({ checkIn: checkInId, proxy: proxyId.nullable() })).output(done),
  /** A station lead lets the proxy collect beyond the limit. */
  approve: oc.input(z.object({ checkIn: checkInId, approval })).output(done),
  /** Registers somebody for the person at the desk, by a station lead's PIN; they may collect at once. */
  register: oc.input(z.object({ draft: z.union([proxyDraft, memberDraft]), approval })).output(done),
  /** Ends what a till registered for the person at the desk. */
  end: oc.input(z.object({ proxy: proxyId, approval })).output(done),
}
