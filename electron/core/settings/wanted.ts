import type { BusinessDate } from '../../../shared/business-day.ts'
import { beginOf } from '../../../shared/business-day.ts'
import { type OperatorId, operatorId } from '../../../shared/ids.ts'
import { fen, formatYuan } from '../../../shared/money.ts'
import type { ProblemCode } from '../../../shared/problems.ts'
import {
  type HeardChange,
  longestPause,
  type MenuLine,
  mostPriceFen,
  type SettingChange,
} from '../../../shared/setting-change.ts'
import { lineOf, type ScreenOptions, type StaffMember, siteAt, staffOf } from '../../../shared/settings.ts'
import type { LineInput, WantedChange } from '../../../shared/settings-api.ts'
import type { Site } from '../../../shared/site.ts'
import type { Notice } from '../../../shared/terminal-api.ts'
import type { VoiceSettings } from '../../../shared/voice/settings.ts'

/** How far ahead (days) a menu can be set: beyond that a date is a slip of the finger. */
const farthest = 366
const dayLength = 86_400_000

/** What a change is weighed against: the province's site, all changes known here, and who acts when. */
export interface Standing {
  readonly base: Site
  readonly changes: readonly HeardChange[]
  readonly screens: ScreenOptions
  /** What the till says aloud now, and how loud. */
  readonly voice: Pick<VoiceSettings, 'amounts' | 'names' | 'volumes'>
  readonly now: number
  readonly today: BusinessDate
  readonly lead: OperatorId
  /** Who is on shift now. */
  readonly onShift: OperatorId | null
  /** Letters that no other till would choose, for the id of what is new. */
  readonly fresh: string
}

export type Weighed =
  | { readonly ok: true; readonly change: SettingChange }
  | { readonly ok: false; readonly notice: Notice }

const refuse = (code: ProblemCode, values: Notice['values'] = {}): Weighed => ({ ok: false, notice: { code, values } })

/** The change that was wanted with its before and after, or why it cannot be. Nothing is stored. */
export function weigh(wanted: WantedChange, standing: Standing): Weighed {
  const { base, changes, now, lead, screens, voice } = standing
  const site = siteAt(base, changes, now)
  const head = { site: base.id, from: now, operator: lead }
  switch (wanted.what) {
    case 'menu':
      return weighLine(wanted, standing)
    case 'default-set': {
      if (!site.menu.some(({ id }) => id === wanted.set)) return refuse('SET_UNKNOWN')
      const { defaultSet: before } = site
      return { ok: true, change: { ...head, what: 'default-set', subject: null, before, after: wanted.set } }
    }
    case 'operator':
      return weighStaff(wanted, standing)
    case 'entry-pause': {
      const after = wanted.seconds === null ? null : Math.round(wanted.seconds * 1000)
      if (after !== null && (after < 0 || after > longestPause)) return refuse('PAUSE_TOO_LONG')
      if (after === 0 && !base.staffed) return refuse('PAUSE_NEEDS_STAFF')
      const before = site.expressSeconds === null ? null : Math.round(site.expressSeconds * 1000)
      return { ok: true, change: { ...head, what: 'entry-pause', subject: null, before, after } }
    }
    case 'name-form': {
      const before = site.nameForm ?? 'title'
      return { ok: true, change: { ...head, what: 'name-form', subject: null, before, after: wanted.form } }
    }
    case 'customer-language': {
      const { customerLanguage: before } = screens
      return { ok: true, change: { ...head, what: 'customer-language', subject: null, before, after: wanted.language } }
    }
    case 'contrast':
      return {
        ok: true,
        change: { ...head, what: 'contrast', subject: null, before: screens.contrast, after: wanted.contrast },
      }
    case 'spoken-amounts':
      return {
        ok: true,
        change: { ...head, what: 'spoken-amounts', subject: null, before: voice.amounts, after: wanted.on },
      }
    case 'spoken-names':
      return {
        ok: true,
        change: { ...head, what: 'spoken-names', subject: null, before: voice.names, after: wanted.on },
      }
    case 'text-size': {
      const before = screens.textSize[wanted.screen]
      return { ok: true, change: { ...head, what: 'text-size', subject: wanted.screen, before, after: wanted.size } }
    }
    case 'volumes':
      return {
        ok: true,
        change: { ...head, what: 'volumes', subject: null, before: voice.volumes, after: wanted.volumes },
      }
  }
}

function weighLine(wanted: Extract<WantedChange, { what: 'menu' }>, standing: Standing): Weighed {
  const { base, changes, now, today, lead } = standing
  const { date } = wanted
  if (date !== null && date < today) return refuse('DATE_GONE', { date })
  const from = date === null || date === today ? now : beginOf(date)
  if (from - now > farthest * dayLength) return refuse('DATE_FAR', { date: date ?? today })
  // A change that begins later is held against every menu from then on: a set that comes in between may have the same key.
  const instants = [from, ...changes.map(({ change }) => change.from).filter(at => at > from)]
  const menus = instants.map(at => siteAt(base, changes, at).menu)
  const [menu = []] = menus
  const line = wanted.line === null ? null : lineFrom(wanted.line)
  if (line !== null && 'code' in line) return { ok: false, notice: line }
  const known = menu.find(({ id }) => id === wanted.set)
  if (line === null) {
    if (known === undefined) return refuse('SET_UNKNOWN')
    if (menus.some(sets => sets.every(({ id }) => id === wanted.set))) return refuse('MENU_EMPTY')
  } else {
    const rival = menus.flat().find(({ id, key }) => id !== wanted.set && key === line.key)
    if (rival) return refuse('MENU_KEY_TAKEN', { key: line.key, set: rival.name.zh })
  }
  const ever = [...base.menu.map(({ id }) => id), ...changes.flatMap(({ change }) => change.subject ?? [])]
  const subject = wanted.set ?? `set-${standing.fresh}`
  if (wanted.set !== null && !ever.includes(wanted.set)) return refuse('SET_UNKNOWN')
  const before = known === undefined ? null : lineOf(known)
  return {
    ok: true,
    change: { site: base.id, what: 'menu', subject, before, after: line, from, operator: lead },
  }
}

function lineFrom({ key, name, dish, priceFen }: LineInput): MenuLine | Notice {
  const notice = (code: ProblemCode, values: Notice['values'] = {}): Notice => ({ code, values })
  const both = ({ zh, en }: { zh: string; en: string }) => {
    const chinese = zh.trim()
    return { zh: chinese, en: en.trim() || chinese }
  }
  const [named, dished] = [both(name), both(dish.zh.trim() === '' ? name : dish)]
  if (named.zh === '') return notice('MENU_NAME_MISSING')
  if ([named.zh, named.en, dished.zh, dished.en].some(text => text.length > 40)) return notice('TEXT_TOO_LONG')
  if (priceFen <= 0) return notice('PRICE_MISSING')
  if (priceFen > mostPriceFen) return notice('PRICE_TOO_HIGH', { most: formatYuan(fen(mostPriceFen)) })
  if (key < 1 || key > 9) return notice('MENU_KEY_MISSING')
  return { key, name: named, dish: dished, priceFen }
}

function weighStaff(wanted: Extract<WantedChange, { what: 'operator' }>, standing: Standing): Weighed {
  const { base, changes, now, lead, onShift } = standing
  const staff = staffOf(base, changes, now)
  const name = wanted.name.trim()
  if (name === '') return refuse('OPERATOR_NAME_MISSING')
  if (name.length > 40) return refuse('TEXT_TOO_LONG')
  if (staff.some(one => one.id !== wanted.operator && one.name === name)) return refuse('OPERATOR_SAME_NAME', { name })
  const known = staff.find(({ id }) => id === wanted.operator)
  if (wanted.operator !== null && known === undefined) return refuse('OPERATOR_UNKNOWN')
  const after = { name, role: wanted.role, on: wanted.on }
  if (known && !wanted.on && known.id === onShift) return refuse('OPERATOR_ON_SHIFT', { name })
  const others = staff.filter(one => one.id !== wanted.operator)
  const isLead = (one: Pick<StaffMember, 'role' | 'on'>) => one.role === 'lead' && one.on
  if (![...others, after].some(isLead)) return refuse('LEAD_LAST')
  const subject = wanted.operator ?? operatorId.parse(`staff-${standing.fresh}`)
  const before = known ? { name: known.name, role: known.role, on: known.on } : null
  return { ok: true, change: { site: base.id, what: 'operator', subject, before, after, from: now, operator: lead } }
}
