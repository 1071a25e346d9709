import type { SettingsScreen, SettingsState } from './settings-store.ts'

type Form = Pick<SettingsState, 'line' | 'staff' | 'choice'>

/** The form that a check-in closed, and whose it was. */
let draft: { readonly lead: string | null; readonly screen: SettingsScreen; readonly form: Form } | null = null

export function keepForm({ screen, view, line, staff, choice }: SettingsState): void {
  const isOpen = line !== null || staff !== null || choice !== null
  if (screen !== null && isOpen) draft = { lead: view?.lead?.operator ?? null, screen, form: { line, staff, choice } }
}

/** Gives the form of a screen back, once. */
export function takeForm(screen: SettingsScreen): Partial<Form> {
  if (draft?.screen !== screen) return {}
  const { form } = draft
  draft = null
  return form
}

/** What one lead began, no other meets. */
export function keepOnlyOf(lead: string): void {
  if (draft?.lead !== lead) draft = null
}

export function forgetForm(): void {
  draft = null
}
