import { z } from 'zod'
import { businessDate } from '../../../shared/business-day.ts'
import { assurance, means } from '../../../shared/credential.ts'
import { deviceEventId, proxyId, recordId, seniorId } from '../../../shared/ids.ts'
import { fullSenior } from '../../../shared/senior.ts'
import { tenderKind } from '../../../shared/site.ts'
import { orderId } from '../../../shared/visit/order.ts'
import { carerId, siteService } from '../../../shared/visit/service.ts'
import { earlyReason, placeView } from '../../../shared/visit-api.ts'

/** How somebody showed who they are; all null where nobody asked. */
export const shownBy = z.strictObject({
  means,
  assurance,
  device: z.strictObject({ id: z.string(), eventId: deviceEventId }).nullable(),
  /** Staff compared the person, and the override record of it is to be written with the visit. */
  compared: z.boolean(),
  /** A registered proxy vouched for the senior by their PIN, and the record of it is to be written with the visit. */
  proxy: proxyId.nullable().default(null),
})
export type ShownBy = z.infer<typeof shownBy>

const instant = z.int()

/** A visit, or a stay without money, that goes on: kept on disk, encrypted, with all that its end takes. */
export const openVisit = z.strictObject({
  /** The record of its beginning. */
  id: recordId,
  at: instant,
  date: businessDate,
  senior: seniorId,
  /** Who they were when it began: whoever leaves the roster meanwhile pays what was agreed to. Null where an older program began it. */
  known: fullSenior.nullable().default(null),
  /** As the catalogue said when it began: a new price list does not change what was agreed to. */
  service: siteService,
  carers: z.array(z.strictObject({ carer: carerId, from: instant })),
  pauses: z.array(z.strictObject({ from: instant, until: instant.nullable() })),
  place: placeView.strict(),
  order: orderId.nullable(),
  by: shownBy,
  /** The senior showed themselves again, or staff ended it; the record of its end will have this id. Null while it goes on. */
  out: z
    .strictObject({
      ...{ id: recordId, at: instant, by: shownBy, early: earlyReason.nullable(), tender: tenderKind },
      /** Nobody is here who could be compared: the list price now, with a claim for the difference. */
      atListPrice: z.boolean().default(false),
    })
    .nullable(),
})
export type OpenVisit = z.infer<typeof openVisit>

/** Who gives it now; null of a stay that nobody in particular looks after. */
export function carerOf(visit: Pick<OpenVisit, 'carers'>) {
  return visit.carers.at(-1)?.carer ?? null
}

/**
 * The stronger of two proofs of one person in one visit: whoever was compared at its beginning still is who they were. The word of a proxy
 * does not grow by that: they speak for somebody who need not stand here any more.
 */
export function strongerOf(one: ShownBy, other: ShownBy): ShownBy {
  if (other.proxy !== null) return other
  const order = assurance.options
  return order.indexOf(one.assurance) > order.indexOf(other.assurance) ? { ...other, assurance: one.assurance } : other
}
