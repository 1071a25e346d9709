import { create } from 'zustand'
import type { DeviceTest } from '../../shared/device-tests.ts'
import type { StaffRole } from '../../shared/setting-change.ts'
import type { CodeRead, SettingsView, TestResult, WantedInput } from '../../shared/settings-api.ts'
import type { Notice } from '../../shared/terminal-api.ts'

/** What stands there: `gate` asks for a lead's PIN, `home` has the questions; `sold-out` and `devices` need no PIN. */
export type SettingsScreen =
  | 'gate'
  | 'home'
  | 'menu'
  | 'staff'
  | 'habits'
  | 'senior'
  | 'screens'
  | 'voice'
  | 'log'
  | 'sold-out'
  | 'devices'

/** A line of the menu as far as it is typed. `set` null: a new one. */
export interface LineDraft {
  readonly set: string | null
  readonly name: string
  readonly nameEn: string
  readonly dish: string
  readonly dishEn: string
  /** Yuan, as typed. */
  readonly price: string
  readonly key: number
  /** Null: at once. */
  readonly date: string | null
  /** It is to leave the menu. */
  readonly off: boolean
}

export interface StaffDraft {
  readonly operator: string | null
  readonly name: string
  readonly role: StaffRole
  readonly on: boolean
}

/** A choice that stands on the screen with its before and after, and is kept by one key. */
export type Choice = Extract<
  WantedInput,
  {
    what:
      | 'default-set'
      | 'entry-pause'
      | 'name-form'
      | 'customer-language'
      | 'contrast'
      | 'spoken-amounts'
      | 'spoken-names'
      | 'text-size'
      | 'volumes'
  }
>

/** The first start, as far as this page went: what was typed, and what the code says of itself. */
export interface SetupDraft {
  readonly text: string
  readonly code: CodeRead | null
  readonly busy: boolean
  readonly notice: Notice | null
}

/** A form with what was typed into it, while another form or a check-in has the screen. */
export interface FormDraft {
  /** The line, the person or the screen that it is of. */
  readonly key: string
  /** Whose it is: what one lead began, no other meets. */
  readonly lead: string | null
  readonly screen: SettingsScreen
  readonly form: { readonly line: LineDraft | null; readonly staff: StaffDraft | null; readonly choice: Choice | null }
  /** It stood on the screen when a check-in closed it. */
  readonly isOpen: boolean
}

export interface SettingsState {
  /** Stands in place of the columns; never while a check-in goes on. */
  screen: SettingsScreen | null
  view: SettingsView | null
  line: LineDraft | null
  staff: StaffDraft | null
  choice: Choice | null
  /** Forms that wait half typed. */
  drafts: readonly FormDraft[]
  busy: boolean
  /** The last change was kept. */
  kept: boolean
  tests: Partial<Record<DeviceTest, TestResult | 'running'>>
  setup: SetupDraft
  /** The first shift is about to be opened: its lead sets a PIN then. */
  firstShift: boolean
}

export const noSetup: SetupDraft = { text: '', code: null, busy: false, notice: null }

export const useSettings = create<SettingsState>(() => ({
  screen: null,
  view: null,
  line: null,
  staff: null,
  choice: null,
  drafts: [],
  busy: false,
  kept: false,
  tests: {},
  setup: noSetup,
  firstShift: false,
}))
