import { type BusinessDate, businessDateOf } from './business-day.ts'
import type { OperatorId } from './ids.ts'
import type {
  Contrast,
  HeardChange,
  MenuLine,
  NameForm,
  ScreenOf,
  SettingChange,
  StaffEntry,
  TextSize,
} from './setting-change.ts'
import { type SetMeal, type Site, setMeal } from './site.ts'
import type { Volumes } from './voice/settings.ts'

type Of<W extends SettingChange['what']> = Extract<SettingChange, { what: W }>

/** For how long (ms) a change that another one followed is still told to tills: a late entry is priced by the menu of its day. */
const keptFor = 9 * 86_400_000

function isNewer(one: HeardChange, other: HeardChange): boolean {
  if (one.change.from !== other.change.from) return one.change.from > other.change.from
  return one.at !== other.at ? one.at > other.at : one.record > other.record
}

/** What a change takes the place of: the older ones with the same. */
export const subjectOf = ({ what, subject }: SettingChange) => `${what}|${subject ?? ''}`

/** For each thing that was ever changed, the newest change that counts at an instant (ms), whatever the order in which they came. */
export function inForce(changes: readonly HeardChange[], at: number): Map<string, HeardChange> {
  const newest = new Map<string, HeardChange>()
  for (const heard of changes) {
    const key = subjectOf(heard.change)
    const other = newest.get(key)
    if (heard.change.from <= at && (other === undefined || isNewer(heard, other))) newest.set(key, heard)
  }
  return newest
}

/** Those that a till still needs: what counts now or later, and what counted until lately. */
export function worthTelling(changes: readonly HeardChange[], now: number): HeardChange[] {
  const old = new Set(inForce(changes, now - keptFor).values())
  return changes.filter(heard => heard.change.from > now - keptFor || old.has(heard))
}

function allOf<W extends SettingChange['what']>(found: Map<string, HeardChange>, what: W): Of<W>[] {
  return [...found.values()].flatMap(({ change }) => (isOf(change, what) ? [change] : []))
}

function isOf<W extends SettingChange['what']>(change: SettingChange, what: W): change is Of<W> {
  return change.what === what
}

export interface StaffMember extends StaffEntry {
  readonly id: OperatorId
}

/** All of the staff, those who are switched off among them. Where the province names no lead, all that it lists are. */
export function staffOf(site: Site, changes: readonly HeardChange[], at: number): StaffMember[] {
  const named = site.operators.some(({ role }) => role === 'lead')
  const staff = new Map(
    site.operators.map(({ id, name, role }): [OperatorId, StaffMember] => [
      id,
      { id, name, role: role ?? (named ? 'cashier' : 'lead'), on: true },
    ]),
  )
  for (const { subject, after } of allOf(inForce(counting(site, changes), at), 'operator'))
    staff.set(subject, { id: subject, ...after })
  return [...staff.values()]
}

/** Changes that count beside what the province said of the site: a document that it sent later takes the place of older ones. */
function counting(site: Site, changes: readonly HeardChange[]): readonly HeardChange[] {
  const since = site.since ?? 0
  return changes.filter(({ at }) => at >= since)
}

/** A line of the menu as it stands in the site's document, without what is of today only. */
export function lineOf({ key, name, dish, priceFen }: SetMeal): MenuLine {
  return { key, name: { zh: name.zh, en: name.en }, dish: { zh: dish.zh, en: dish.en }, priceFen }
}

function menuOf(site: Site, found: Map<string, HeardChange>, day: BusinessDate): SetMeal[] {
  const menu = new Map(site.menu.map(set => [set.id, set]))
  for (const { subject, after } of allOf(found, 'menu')) {
    if (after === null) menu.delete(subject)
    else menu.set(subject, setMeal.parse({ soldOut: false, ...menu.get(subject), ...after, id: subject }))
  }
  for (const { subject, after, from } of allOf(found, 'sold-out')) {
    const set = menu.get(subject)
    if (set && businessDateOf(from) === day) menu.set(subject, { ...set, soldOut: after })
  }
  return [...menu.values()].sort((one, other) => one.key - other.key)
}

/** What the screens of one terminal look like, and how loud it is. */
export interface ScreenOptions {
  readonly customerLanguage: 'zh' | 'en'
  readonly contrast: Contrast
  readonly textSize: Readonly<Record<ScreenOf, TextSize>>
  /** Null: as the terminal's own configuration says. */
  readonly volumes: Volumes | null
}

/** What is said aloud at a site beside the bare sentences; null: as each terminal's own configuration says. */
export interface SpokenOptions {
  readonly amounts: boolean | null
  readonly names: boolean | null
}

/** What the site says of its voice at an instant (ms). */
export function spokenAt(site: Site, changes: readonly HeardChange[], at: number): SpokenOptions {
  const found = inForce(counting(site, changes), at)
  return {
    amounts: allOf(found, 'spoken-amounts')[0]?.after ?? null,
    names: allOf(found, 'spoken-names')[0]?.after ?? null,
  }
}

/** The site as it is run at an instant (ms): the province's document with every change that counts then. */
export function siteAt(site: Site, changes: readonly HeardChange[], at: number): Site {
  const found = inForce(counting(site, changes), at)
  const [pause] = allOf(found, 'entry-pause')
  const [first] = allOf(found, 'default-set')
  const [form] = allOf(found, 'name-form')
  return {
    ...site,
    menu: menuOf(site, found, businessDateOf(at)),
    operators: staffOf(site, changes, at).flatMap(({ id, name, role, on }) => (on ? [{ id, name, role }] : [])),
    ...(first ? { defaultSet: first.after } : {}),
    ...(pause ? { expressSeconds: pause.after === null ? null : pause.after / 1000 } : {}),
    nameForm: form?.after ?? site.nameForm ?? 'title',
  }
}

/** The screens of this terminal at an instant (ms). */
export function screensAt(changes: readonly HeardChange[], at: number): ScreenOptions {
  const found = inForce(changes, at)
  const sizes = allOf(found, 'text-size')
  return {
    customerLanguage: allOf(found, 'customer-language')[0]?.after ?? 'zh',
    contrast: allOf(found, 'contrast')[0]?.after ?? 'normal',
    textSize: { staff: 100, public: 100, ...Object.fromEntries(sizes.map(({ subject, after }) => [subject, after])) },
    volumes: allOf(found, 'volumes')[0]?.after ?? null,
  }
}

const terminalsOwn: readonly SettingChange['what'][] = ['customer-language', 'contrast', 'text-size', 'volumes']

export const ofThisTerminal = ({ what }: SettingChange) => terminalsOwn.includes(what)

export type { NameForm }
