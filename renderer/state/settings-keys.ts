import { deviceTests } from '../../shared/device-tests.ts'
import { startGuest, switchLanguage } from './cashier-actions.ts'
import { useCashier } from './cashier-store.ts'
import { tryAll, tryDevice } from './device-test-actions.ts'
import {
  addLine,
  addStaff,
  askLead,
  backInSettings,
  chooseLine,
  chooseStaff,
  closeSettings,
  goTo,
  keepChange,
  leadsIn,
  sellOut,
} from './settings-actions.ts'
import { type SettingsScreen, useSettings } from './settings-store.ts'
import { anotherCode, enrol, finishSetup, readCode, readStickCode } from './setup-actions.ts'

const isEnter = (code: string) => code === 'Enter' || code === 'NumpadEnter'
/** The questions in the order in which they stand on the screen. */
export const questions: readonly SettingsScreen[] = [
  'menu',
  'staff',
  'habits',
  'senior',
  'screens',
  'voice',
  'devices',
  'log',
]

/** What a key does in the settings, which have the keys to themselves. False where none of their screens stands there. */
export function actOnSettings(code: string, digit: number | null): boolean {
  const { screen } = useSettings.getState()
  if (screen === null) return false
  if (code === 'Escape') backInSettings()
  else if (code === 'F2') startGuest()
  else if (code === 'F10') closeSettings()
  else if (isEnter(code)) void keepChange()
  else if (screen === 'devices') actOnDevices(code)
  else actOnScreen(screen, code, digit)
  if (code === 'KeyL') switchLanguage()
  return true
}

function actOnScreen(screen: SettingsScreen, code: string, digit: number | null): void {
  const { view, line, staff } = useSettings.getState()
  const place = digit === null ? -1 : digit - 1
  if (screen === 'gate') askLead(leadsIn(view)[place]?.operator ?? '')
  const question = questions[place]
  if (screen === 'home' && question) goTo(question)
  const set = view?.sets.find(one => one.line?.key === digit)
  if (screen === 'sold-out' && set) void sellOut(set.set, !set.soldOut)
  if (screen === 'menu' && line === null) {
    if (set) chooseLine(set.set)
    if (code === 'KeyN') addLine()
  }
  if (screen === 'staff' && staff === null) {
    const member = view?.staff[place]
    if (member) chooseStaff(member.operator)
    if (code === 'KeyN') addStaff()
  }
}

function actOnDevices(code: string): void {
  const digit = /^(?:Digit|Numpad)(\d)$/.exec(code)?.[1]
  // The tenth has the key 0.
  const test = digit === undefined ? undefined : deviceTests[(Number(digit) + 9) % 10]
  if (code === 'F5') void tryAll()
  else if (test) void tryDevice(test)
}

/** The first start has the keys to itself until its devices were looked at. */
export function actOnSetup(code: string): boolean {
  const step = useCashier.getState().terminal?.setup ?? null
  if (step === null) return false
  const { setup } = useSettings.getState()
  if (step === 'devices') {
    if (isEnter(code)) void finishSetup()
    else actOnDevices(code)
  } else if (isEnter(code)) void (setup.code === null ? readCode() : enrol())
  else if (code === 'Escape') anotherCode()
  else if (code === 'KeyU') void readStickCode()
  if (code === 'KeyL') switchLanguage()
  return true
}
