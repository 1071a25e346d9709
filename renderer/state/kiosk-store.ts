import { create } from 'zustand'
import type { TurnDirection } from '../../shared/face/head-turn.ts'
import type { QualityHint } from '../../shared/face/quality.ts'
import type { KioskView } from '../../shared/kiosk-api.ts'
import type { Notice } from '../../shared/terminal-api.ts'
import { type Language, languageOf } from '../i18n/dates.ts'

/** What a person opened on the page itself, over what the core shows. */
export type KioskPanel =
  /** How one way works. */
  | { readonly shows: 'way'; readonly way: 'card' | 'code' }
  | { readonly shows: 'look'; readonly look: KioskLook }
  | { readonly shows: 'pin'; readonly checkIn: string }
  /** The help that was called for. */
  | { readonly shows: 'help' }
  | { readonly shows: 'staff'; readonly who: KioskView['staff'][number] | null }

/** A look at the camera; see `FaceLook` of the cashier's page. */
export interface KioskLook {
  readonly stage: 'starting' | 'looking' | 'again' | 'turning' | 'comparing' | 'no-camera' | 'unclear'
  readonly turn: TurnDirection | null
  readonly quality: number
  readonly hint: QualityHint | null
}

export interface KioskState {
  connected: boolean
  view: KioskView | null
  language: Language
  now: number
  panel: KioskPanel | null
  /** The core's word on the last key, until the screen changes. */
  told: Notice | null
  /** A key was pressed and the core has not answered. */
  busy: boolean
  /** The screen has just changed: the second tap of a double tap means nothing here. */
  settling: boolean
  /** A person with a meal of this period wants another: which check-in. */
  onceMore: string | null
  /** When somebody last touched the screen or came with a card. */
  touchedAt: number
  /** Seconds until the kiosk goes back to its start; null while nobody is asked. */
  secondsLeft: number | null
}

export const useKiosk = create<KioskState>(() => ({
  connected: false,
  view: null,
  language: languageOf(location.search),
  now: Date.now(),
  panel: null,
  told: null,
  busy: false,
  settling: false,
  onceMore: null,
  touchedAt: Date.now(),
  secondsLeft: null,
}))
