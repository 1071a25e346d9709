import type { SettingsView } from '../../shared/settings-api.ts'
import { yuan } from '../i18n/money.ts'
import {
  type FormDraft,
  type LineDraft,
  type SettingsScreen,
  type SettingsState,
  type StaffDraft,
  useSettings,
} from './settings-store.ts'

const { getState: state, setState } = useSettings
type Form = FormDraft['form']

/** A line of the menu as it stands, or as it is planned last; null where there is none. */
export function lineOf(view: SettingsView | null, set: string): LineDraft | null {
  const found = view?.sets.find(one => one.set === set)
  const line = found?.line ?? found?.planned.findLast(plan => plan.line !== null)?.line
  if (!line) return null
  return {
    ...{ set, name: line.name.zh, nameEn: line.name.en, dish: line.dish.zh, dishEn: line.dish.en },
    ...{ price: yuan(line.priceFen), key: line.key, date: null, off: false },
  }
}

/** Somebody of the staff as they stand; null where there is nobody of this id. */
export function staffOf(view: SettingsView | null, operator: string): StaffDraft | null {
  const found = view?.staff.find(one => one.operator === operator)
  return found ? { operator, name: found.name, role: found.role, on: found.on } : null
}

export const blankStaff: StaffDraft = { operator: null, name: '', role: 'cashier', on: true }

/** What a form is known by: each line, each person and each screen of choices has one. */
export const keyOfLine = (set: string | null) => `menu/${set ?? ''}`
export const keyOfStaff = (operator: string | null) => `staff/${operator ?? ''}`

function keyOf({ line, staff }: Form, screen: SettingsScreen): string {
  if (line) return keyOfLine(line.set)
  return staff ? keyOfStaff(staff.operator) : screen
}

const isSame = (one: object, other: object | null) => JSON.stringify(one) === JSON.stringify(other)

/** Nothing was typed into the form since it was opened. */
function isUntouched({ line, staff }: Form, view: SettingsView | null): boolean {
  if (line?.set === null) return `${line.name}${line.nameEn}${line.dish}${line.dishEn}${line.price}` === ''
  if (line) return isSame(line, lineOf(view, line.set))
  if (staff?.operator === null) return isSame(staff, blankStaff)
  return staff !== null && isSame(staff, staffOf(view, staff.operator))
}

function keep(before: SettingsState, isOpen: boolean): void {
  const { screen, view, line, staff, choice } = before
  const form = { line, staff, choice }
  if (screen === null || (!line && !staff && !choice)) return
  const key = keyOf(form, screen)
  const lead = view?.lead?.operator ?? null
  setState(({ drafts }) => ({
    drafts: [...drafts.filter(draft => draft.key !== key), { key, lead, screen, form, isOpen }],
  }))
}

/** The form that a check-in closed stands there again when its screen does. */
export function keepForm(before: SettingsState): void {
  keep(before, true)
}

/** Another form is opened: what was typed into this one waits in its row. */
export function setAside(): void {
  const { line, staff, choice, view } = state()
  if (!isUntouched({ line, staff, choice }, view)) keep(state(), false)
}

function take(isWanted: (draft: FormDraft) => boolean): Form | null {
  const found = state().drafts.find(isWanted)
  if (!found) return null
  setState(({ drafts }) => ({ drafts: drafts.filter(draft => draft !== found) }))
  return found.form
}

/** Gives the form that stood on a screen back, once. */
export function takeForm(screen: SettingsScreen): Partial<Form> {
  return take(draft => draft.screen === screen && draft.isOpen) ?? {}
}

/** Gives what was typed into one form back, once. */
export function takeDraft(key: string): Form | null {
  return take(draft => draft.key === key)
}

/** What one lead began, no other meets. */
export function keepOnlyOf(lead: string): void {
  setState(({ drafts }) => ({ drafts: drafts.filter(draft => draft.lead === lead) }))
}

export function forgetForms(): void {
  setState({ drafts: [] })
}
