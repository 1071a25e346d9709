import { create } from 'zustand'
import type { CustomerView } from '../../shared/terminal-api.ts'
import { type Language, languageOf } from '../i18n/dates.ts'

export interface CustomerState {
  connected: boolean
  view: CustomerView | null
  /** When the last confirmed sale came to this screen, by the page's own clock. */
  confirmedAt: number | null
  /** This page says its sentences aloud: a screen reader need not. */
  speaksAloud: boolean
  language: Language
  now: number
}

export const useCustomer = create<CustomerState>(() => ({
  connected: false,
  view: null,
  confirmedAt: null,
  speaksAloud: false,
  language: languageOf(location.search),
  now: Date.now(),
}))
