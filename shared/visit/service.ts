import { z } from 'zod'
import { greatestFen } from '../policy/facts.ts'

/** The six helps (六助: meals, cleaning, medical escort, mobility, bathing, emergency) and what a station does beside them. */
export const serviceKind = z.enum([
  'meals',
  'cleaning',
  'medical',
  'mobility',
  'bathing',
  'emergency',
  'day-care',
  'doctor',
  'calling',
  'activity',
])
export type ServiceKind = z.infer<typeof serviceKind>

/** What somebody who gives services is. */
export const carerRole = z.enum(['carer', 'nurse', 'doctor', 'volunteer'])
export type CarerRole = z.infer<typeof carerRole>

const id = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/)
const words = z.object({ zh: z.string().min(1), en: z.string().min(1) })
const minutes = z
  .int()
  .min(0)
  .max(24 * 60)

export const carerId = id.brand<'CarerId'>()
export type CarerId = z.infer<typeof carerId>

/** One line of a site's catalogue of services. */
export const siteService = z.object({
  id,
  kind: serviceKind,
  name: words,
  unit: words,
  /** Null: without money, counted as attendance. `perMinutes`: the price is of so many minutes, and each begun one counts; absent: of the whole visit. */
  price: z
    .object({
      fen: z.int().min(0).max(greatestFen),
      perMinutes: z.int().positive().optional(),
      /** The packs that may pay, in their order, each with the service's id in its catalogue: the first that gives anything pays alone. */
      packs: z.array(z.object({ pack: z.string().min(1), service: id })).min(1),
    })
    .nullable(),
  /** A visit below it ends early, with a reason. */
  leastMinutes: minutes,
  usualMinutes: minutes,
  where: z.enum(['station', 'home']),
  /** Whether somebody must show that they were at the place; where it is wanted and missing, the visit says so. */
  location: z.enum(['wanted', 'none']),
  givers: z.array(carerRole).min(1),
})
export type SiteService = z.infer<typeof siteService>

/** Somebody who gives services at a site. */
export const siteCarer = z.object({
  id: carerId,
  name: z.string().min(1).max(64),
  role: carerRole,
  /** Minutes of service on one day, beyond which a visit needs a station lead. */
  mostMinutesADay: z
    .int()
    .positive()
    .max(24 * 60)
    .default(600),
})
export type SiteCarer = z.infer<typeof siteCarer>

/** What a station needs beside a canteen's configuration. */
export const station = z.object({
  services: z.array(siteService).min(1),
  carers: z.array(siteCarer),
  /** Minutes of the way between two visits of one carer at different places. */
  travelMinutes: z.int().min(0).max(240).default(10),
  /** Where the page for carers' phones is, like `https://HOST/carer/`; absent: carers have none here. */
  carerPage: z
    .url({ protocol: /^https$/ })
    .regex(/^[^#?]{1,200}\/$/)
    .optional(),
})
export type Station = z.infer<typeof station>

/** Without money, only a stay has an end; what else has no price is noted once. */
export function hasEnd(service: Pick<SiteService, 'kind' | 'price'>): boolean {
  return service.price !== null || service.kind === 'day-care'
}

export function mayGive(service: Pick<SiteService, 'givers'>, carer: Pick<SiteCarer, 'role'>): boolean {
  return service.givers.includes(carer.role)
}
