import { z } from 'zod'
import { businessDate } from '../business-day.ts'
import { seniorId } from '../ids.ts'
import { clockText } from '../policy/facts.ts'
import { carerId } from './service.ts'

export const orderId = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/)
  .brand<'OrderId'>()
export type OrderId = z.infer<typeof orderId>

/** A service that somebody ordered ahead, on the phone or on a page (线上点单、线下派单), as the province sends it to the site that gives it. */
export const plannedOrder = z.object({
  order: orderId,
  senior: seniorId,
  service: z.string().min(1).max(64),
  date: businessDate,
  at: clockText,
  minutes: z
    .int()
    .positive()
    .max(24 * 60)
    .nullable(),
  carer: carerId.nullable(),
  /** An order that is taken back stays, so that nobody sets out for it. */
  state: z.enum(['planned', 'cancelled']),
  note: z.string().max(200).nullable(),
})
export type PlannedOrder = z.infer<typeof plannedOrder>
