import type { SettingsView, WantedInput } from '../../shared/settings-api.ts'
import { ask, calls } from './cashier-actions.ts'
import { useCashier } from './cashier-store.ts'
import { isQuiet } from './entry.ts'
import { askForOwnPin } from './late-actions.ts'
import {
  blankStaff,
  forgetForms,
  keepForm,
  keepOnlyOf,
  keyOfLine,
  keyOfStaff,
  lineOf,
  setAside,
  staffOf,
  takeDraft,
  takeForm,
} from './settings-draft.ts'
import { type Choice, type LineDraft, type SettingsScreen, type StaffDraft, useSettings } from './settings-store.ts'

const { getState: state, setState } = useSettings
const nothingOpen = { line: null, staff: null, choice: null, kept: false } as const

/** What the core says of the settings now. */
export async function look(): Promise<void> {
  try {
    setState({ view: await calls.settings.look() })
  } catch (error) {
    console.info('no settings:', error instanceof Error ? error.message : String(error))
  }
}

export async function openSettings(screen: SettingsScreen): Promise<void> {
  const { view } = useCashier.getState()
  if (!isQuiet(view)) return
  useCashier.setState({ answer: null })
  setState({ screen, ...nothingOpen })
  await look()
  const leads = leadsIn(state().view)
  const [lead] = leads
  if (screen === 'gate' && leads.length === 1 && lead?.pin !== 'none') askLead(lead?.operator ?? '')
}

/** Who may open the settings. */
export function leadsIn(view: SettingsView | null): SettingsView['staff'] {
  return (view?.staff ?? []).filter(({ role, on }) => role === 'lead' && on)
}

export function askLead(operator: string): void {
  const lead = leadsIn(state().view).find(one => one.operator === operator)
  if (lead) useCashier.setState({ answer: null, pinPad: { asks: 'lead', operator, name: lead.name } })
}

/** Hands over a lead's PIN; true where the pad may close. */
export async function unlock(operator: string, pin: string): Promise<boolean> {
  if (await ask(calls.settings.unlock({ operator, pin }))) {
    keepOnlyOf(operator)
    // Together: the next key is meant for the questions.
    useCashier.setState({ pinPad: null })
    setState({ screen: 'home', ...nothingOpen })
    void look()
    return true
  }
  // The pad takes the next try as soon as it has said that this one was wrong.
  void look()
  return useCashier.getState().answer?.code !== 'LEAD_PIN_WRONG'
}

const ofLead: readonly SettingsScreen[] = ['home', 'menu', 'staff', 'habits', 'senior', 'screens', 'voice', 'log']

export function closeSettings(): void {
  forgetForms()
  const { screen } = state()
  setState({ screen: null, ...nothingOpen })
  if (screen !== null && ofLead.includes(screen)) void ask(calls.settings.lock())
  const { pinPad } = useCashier.getState()
  useCashier.setState({ answer: null, pinPad: pinPad?.asks === 'lead' ? null : pinPad })
}

/** One step back: from a form to its list, from a question to all of them, from those out. */
export function backInSettings(): void {
  const { screen, line, staff, choice } = state()
  useCashier.setState({ answer: null })
  if (line || staff || choice) setState(nothingOpen)
  else if (screen !== null && screen !== 'home' && ofLead.includes(screen)) setState({ screen: 'home', ...nothingOpen })
  else closeSettings()
}

export function goTo(screen: SettingsScreen): void {
  useCashier.setState({ answer: null })
  setState({ screen, ...nothingOpen, ...takeForm(screen) })
}

export function chooseLine(set: string): void {
  if (state().line?.set === set) return
  setAside()
  const line = takeDraft(keyOfLine(set))?.line ?? lineOf(state().view, set)
  if (!line) return
  useCashier.setState({ answer: null })
  setState({ ...nothingOpen, line })
}

/** Digits that no set has, now or as far as it is planned. */
export function freeKeys(view: SettingsView | null): number[] {
  const taken = (view?.sets ?? []).flatMap(({ line, planned }) =>
    [line, ...planned.map(plan => plan.line)].map(one => one?.key),
  )
  return [1, 2, 3, 4, 5, 6, 7, 8, 9].filter(key => !taken.includes(key))
}

export function addLine(): void {
  const [key] = freeKeys(state().view)
  if (key === undefined || state().line?.set === null) return
  setAside()
  const blank = { set: null, name: '', nameEn: '', dish: '', dishEn: '', price: '', key, date: null, off: false }
  setState({ ...nothingOpen, line: takeDraft(keyOfLine(null))?.line ?? blank })
}

export function changeLine(part: Partial<LineDraft>): void {
  const { line } = state()
  if (line) setState({ line: { ...line, ...part }, kept: false })
}

/** Yuan as typed to fen; 0 where it is no amount, so that the core says what is missing. */
export function fenOf(typed: string): number {
  const text = typed.trim().replace('，', '.').replace('。', '.').replace('元', '').replace('¥', '')
  return /^\d{1,9}(\.\d{0,2})?$/.test(text) ? Math.round(Number(text) * 100) : 0
}

export function wantedLine({ set, name, nameEn, dish, dishEn, price, key, date, off }: LineDraft): WantedInput {
  const both = { name: { zh: name, en: nameEn }, dish: { zh: dish, en: dishEn } }
  return {
    ...{ what: 'menu', set, date },
    line: off ? null : { ...both, key, priceFen: fenOf(price) },
  }
}

export function chooseStaff(operator: string): void {
  if (state().staff?.operator === operator) return
  setAside()
  const staff = takeDraft(keyOfStaff(operator))?.staff ?? staffOf(state().view, operator)
  if (!staff) return
  useCashier.setState({ answer: null })
  setState({ ...nothingOpen, staff })
}

export function addStaff(): void {
  if (state().staff?.operator === null) return
  setAside()
  setState({ ...nothingOpen, staff: takeDraft(keyOfStaff(null))?.staff ?? blankStaff })
}

export function changeStaff(part: Partial<StaffDraft>): void {
  const { staff } = state()
  if (staff) setState({ staff: { ...staff, ...part }, kept: false })
}

export function choose(choice: Choice): void {
  useCashier.setState({ answer: null })
  setState({ ...nothingOpen, choice })
}

/** Keeps what stands on the screen: a record, and both screens change at once. */
export async function keepChange(): Promise<void> {
  const before = state()
  const { line, staff, choice, busy } = before
  const wanted = line ? wantedLine(line) : staff ? { what: 'operator' as const, ...staff } : choice
  if (wanted === null || busy) return
  setState({ busy: true })
  const done = await ask(calls.settings.change(wanted))
  setState({ busy: false, ...(done ? { ...nothingOpen, kept: true } : {}) })
  await look()
  // Whoever was away too long gives the PIN once more.
  if (useCashier.getState().answer?.code !== 'SETTINGS_CLOSED') return
  keepForm(before)
  setState({ screen: 'gate', ...nothingOpen })
}

export async function sellOut(set: string, soldOut: boolean): Promise<void> {
  await ask(calls.settings.sellOut({ set, soldOut }))
  await look()
}

/** A check-in that begins has the screen to itself, and the open form stands there again later; the lead of a first shift sets their PIN as it opens. */
export function watchSettings(): void {
  useCashier.subscribe(({ view, terminal }) => {
    const before = state()
    const { screen, firstShift } = before
    if (screen !== null && !isQuiet(view)) {
      closeSettings()
      setState({ drafts: before.drafts })
      keepForm(before)
    }
    if (firstShift && terminal?.shift) {
      setState({ firstShift: false })
      void askForOwnPin()
    }
  })
}
