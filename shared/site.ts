import { z } from 'zod'
import { assuranceDemand } from './assurance.ts'
import { mealPeriods } from './business-day.ts'
import { siteFace } from './face/site-face.ts'
import { operatorId, siteId } from './ids.ts'
import { fen } from './money.ts'
import { siteFacts } from './policy/facts.ts'
import { heardChange, nameForm, staffRole } from './setting-change.ts'
import { station } from './visit/service.ts'

/** Text in the two languages of the product. */
export const bilingual = z.object({ zh: z.string().min(1), en: z.string().min(1) })
export type Bilingual = z.infer<typeof bilingual>

const amount = z.int().transform(fen)

/** Each of an open amount's prices is published to the province like any other, so that there cannot be many. */
const mostOpenPrices = 500

/** One line of the menu; `key` is the digit that chooses it. */
export const setMeal = z.object({
  id: z.string().regex(/^[A-Za-z0-9-]{1,32}$/),
  key: z.int().min(1).max(9),
  name: bilingual,
  dish: bilingual,
  priceFen: amount,
  soldOut: z.boolean(),
  /** Added to a meal at an amount that staff type: within these bounds, in whole steps. `priceFen` is then the least. */
  open: z
    .object({ mostFen: amount, stepFen: z.int().min(10) })
    .refine(({ mostFen, stepFen }) => mostFen / stepFen <= mostOpenPrices, 'too many prices')
    .optional(),
})
export type SetMeal = z.infer<typeof setMeal>

/**
 * An outside platform whose codes the province can resolve, such as 电子社保卡, and which texts are its codes: those that begin with
 * one of `prefixes` and are `length` letters long. A payment code goes nowhere unless the province lists its maker here.
 */
export const codePlatform = z.object({
  id: z.string().regex(/^[a-z0-9-]{1,64}$/),
  title: bilingual,
  simulated: z.boolean(),
  prefixes: z.array(z.string().min(1).max(64)).min(1),
  length: z.object({ least: z.int().min(1), most: z.int().max(4096) }),
})
export type CodePlatform = z.infer<typeof codePlatform>

export const tenderKind = z.enum(['account', 'cash', 'outside', 'agreement'])
export type TenderKind = z.infer<typeof tenderKind>

/** A site's configuration as the province sends it. */
export const site = z.object({
  id: siteId,
  name: z.string().min(1).max(64),
  facts: siteFacts,
  policy: z.string().min(1),
  leaseClass: z.enum(['town', 'village']),
  staffed: z.boolean(),
  mealPeriods,
  menu: z.array(setMeal).min(1),
  defaultSet: z.string(),
  defaultTender: tenderKind,
  /** Pause in seconds before a priced sale records itself; null where a person always confirms. */
  expressSeconds: z.number().min(0).max(5).nullable(),
  codePlatforms: z.array(codePlatform).optional(),
  /** `role` absent: a cashier where another has one, else everybody is a lead. */
  operators: z.array(z.object({ id: operatorId, name: z.string().min(1), role: staffRole.optional() })).min(1),
  /** What subsidised money needs to know of who came; absent: see `demandOf`. */
  assurance: assuranceDemand.optional(),
  /** Absent: no faces here. Present: staff may switch them on. */
  face: siteFace.optional(),
  nameForm: nameForm.optional(),
  /** A neighbour household (邻里点、爱心户): one person serves neighbours whom they know, on one screen. Absent: a counter like any other. */
  neighbour: z.literal(true).optional(),
  /** Absent: this site gives no services. */
  station: station.optional(),
  /** Changes that tills made before this instant (ms) do not count any more; absent: all count. */
  since: z.int().nonnegative().optional(),
  /** What tills of the site changed, as the province heard it; see `siteAt`. What this program does not know yet is left out. */
  changes: z
    .array(z.unknown())
    .transform(list => list.flatMap(one => heardChange.safeParse(one).data ?? []))
    .optional(),
})
export type Site = z.infer<typeof site>

/** The policy packs that a site prices by, each once: its own for meals, then those of its services. */
export function packsOf({ policy, station }: Pick<Site, 'policy' | 'station'>): string[] {
  const ofServices = (station?.services ?? []).flatMap(({ price }) => price?.packs ?? [])
  return [...new Set([policy, ...ofServices.map(({ pack }) => pack)])]
}

/** How many days a roster counts as fresh, by lease class. */
export function rosterValidDays(leaseClass: Site['leaseClass']): number {
  return leaseClass === 'town' ? 7 : 62
}

/** The platform whose code this text is; null where no listed one is. The longest prefix decides. */
export function platformOf(text: string, platforms: readonly CodePlatform[]): CodePlatform | null {
  const fits = platforms.flatMap(platform =>
    text.length >= platform.length.least && text.length <= platform.length.most
      ? platform.prefixes.filter(prefix => text.startsWith(prefix)).map(prefix => ({ platform, depth: prefix.length }))
      : [],
  )
  return fits.sort((one, other) => other.depth - one.depth)[0]?.platform ?? null
}
