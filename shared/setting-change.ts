import { z } from 'zod'
import { operatorId, recordId, siteId } from './ids.ts'
import { volumes } from './voice/settings.ts'

/** The dearest set meal that a till may put on its menu, in fen: more is a slip of the finger. */
export const mostPriceFen = 100_000
/** The longest pause before a priced sale records itself, in milliseconds. */
export const longestPause = 5000

export const setId = z.string().regex(/^[A-Za-z0-9-]{1,32}$/)
const words = z.strictObject({ zh: z.string().min(1).max(40), en: z.string().min(1).max(40) })

/** One line of the menu as a till may set it. */
export const menuLine = z.strictObject({
  key: z.int().min(1).max(9),
  name: words,
  dish: words,
  priceFen: z.int().min(1).max(mostPriceFen),
})
export type MenuLine = z.infer<typeof menuLine>

export const staffRole = z.enum(['cashier', 'lead'])
export type StaffRole = z.infer<typeof staffRole>

/** Somebody of the staff; `on` false: switched off, never deleted, so that old records keep their name. */
export const staffEntry = z.strictObject({ name: z.string().min(1).max(40), role: staffRole, on: z.boolean() })
export type StaffEntry = z.infer<typeof staffEntry>

/** How seniors are addressed: 张女士, 张奶奶, or 张老师. */
export const nameForm = z.enum(['title', 'kin', 'teacher'])
export type NameForm = z.infer<typeof nameForm>
export const contrast = z.enum(['normal', 'high'])
export type Contrast = z.infer<typeof contrast>
export const screenLanguage = z.enum(['zh', 'en'])
/** Which page of a terminal: the staff's, or the public one. */
export const screenOf = z.enum(['staff', 'public'])
export type ScreenOf = z.infer<typeof screenOf>
/** Per cent of the usual size of everything on a page. */
export const textSize = z.literal([100, 125, 150])
export type TextSize = z.infer<typeof textSize>

const change = <W extends string, S extends z.ZodType, V extends z.ZodType>(what: W, subject: S, value: V) =>
  z.strictObject({
    site: siteId,
    what: z.literal(what),
    subject,
    before: value.nullable(),
    after: value,
    /** From which instant (ms) it counts; never before the record. */
    from: z.int().nonnegative(),
    operator: operatorId,
  })

/** Payload of a `setting-change` record. `subject` names what of its kind was changed. */
export const settingChange = z.discriminatedUnion('what', [
  /** `after` null: off the menu. */
  change('menu', setId, menuLine.nullable()),
  /** Of the business day of `from` only. */
  change('sold-out', setId, z.boolean()),
  change('default-set', z.null(), setId),
  change('operator', operatorId, staffEntry),
  /** Milliseconds before a priced sale records itself; null: a person always confirms. */
  change('entry-pause', z.null(), z.int().min(0).max(longestPause).nullable()),
  change('name-form', z.null(), nameForm),
  /** Whether the own payment, and the surname, are said aloud: to everybody or to nobody. */
  change('spoken-amounts', z.null(), z.boolean()),
  change('spoken-names', z.null(), z.boolean()),
  /** All from here on are of one terminal's screens and loudspeaker, and stay there. */
  change('customer-language', z.null(), screenLanguage),
  change('contrast', z.null(), contrast),
  change('text-size', screenOf, textSize),
  change('volumes', z.null(), volumes),
])
export type SettingChange = z.infer<typeof settingChange>

/** A change as tills hear of it: the record that made it, and when (ms). */
export const heardChange = z.object({ record: recordId, at: z.int(), change: settingChange })
export type HeardChange = z.infer<typeof heardChange>
