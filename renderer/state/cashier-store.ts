import { create } from 'zustand'
import type { CameraNote, CashierView, Notice, SimulatedPerson, TerminalView } from '../../shared/terminal-api.ts'
import type { NamedCamera } from '../camera/camera-choice.ts'
import type { CameraInUse, CameraState } from '../camera/capture.ts'
import { type Language, languageOf } from '../i18n/dates.ts'

/** Whose PIN is asked for: the one of a check-in, or a new one for the person at the desk. */
export type PinPad = { readonly asks: 'enter'; readonly checkIn: string } | { readonly asks: 'set' }

export interface CashierState {
  connected: boolean
  terminal: TerminalView | null
  view: CashierView
  /** The check-in whose entry bar a key or touch stopped on this page. */
  heldCheckIn: string | null
  /** The check-in whose record the page is asking for. */
  savingCheckIn: string | null
  /** What the core answered to the last key where it could not do it. */
  answer: Notice | null
  /** True for the second after a sale in which the plate stays away. */
  showRecorded: boolean
  choosingSet: boolean
  chosenOperator: string | null
  syncing: boolean
  /** The screen of what waits for the network stands in place of the columns; never while a check-in goes on. */
  syncOpen: boolean
  /** When a person last asked for a sync on this page. */
  syncAskedAt: number | null
  camera: CameraState | 'off'
  cameraNotes: readonly CameraNote[]
  cameraInUse: CameraInUse | null
  cameras: readonly NamedCamera[]
  /** The camera's picture and settings stand in place of the columns; never while a check-in goes on. */
  cameraOpen: boolean
  people: readonly SimulatedPerson[]
  drawerOpen: boolean
  pinPad: PinPad | null
  /** The card at the desk that staff are about to take off its person; nothing happens before Enter. */
  unbinding: string | null
  /** What staff typed to find a person at the desk; while it stands, no act is offered for anybody. */
  deskText: string
  language: Language
  now: number
}

export const useCashier = create<CashierState>(() => ({
  connected: false,
  terminal: null,
  view: { state: 'ready' },
  heldCheckIn: null,
  savingCheckIn: null,
  answer: null,
  showRecorded: false,
  choosingSet: false,
  chosenOperator: null,
  syncing: false,
  syncOpen: false,
  syncAskedAt: null,
  camera: 'off',
  cameraNotes: [],
  cameraInUse: null,
  cameras: [],
  cameraOpen: false,
  people: [],
  drawerOpen: false,
  pinPad: null,
  unbinding: null,
  deskText: '',
  language: languageOf(location.search),
  now: Date.now(),
}))
