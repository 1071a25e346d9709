import { create } from 'zustand'
import type { CloseView, DifferenceReason } from '../../shared/close-api.ts'
import type { Slip } from '../../shared/slip.ts'
import { useNeighbour } from './neighbour-store.ts'

/** Which amount the number pad writes. */
export type PadField = 'cash' | 'outside'

/** What is put right of a shift, while it is typed. */
export interface Correction {
  readonly shift: string
  readonly what: 'float' | 'drawer'
}

export interface CloseState {
  /** Stands in place of the columns; never while a check-in goes on. */
  open: boolean
  view: CloseView | null
  /** Amounts as they are typed, in yuan. */
  typed: Readonly<Record<PadField, string>>
  field: PadField
  /** The drawer is counted once more, though a count is recorded. */
  recounting: boolean
  reason: DifferenceReason | null
  note: string
  shows: 'chart' | 'table' | 'persons'
  /** A neighbour household looks at the figures that a larger site sees. */
  details: boolean
  correction: Correction | null
  slip: Slip | null
  /** The table that was written to a stick, or that there is none. */
  stick: { readonly file: string | null } | null
  busy: boolean
  /** The float at the start of a shift: null where its pad is closed. */
  floatPad: string | null
  /** The float that was taken from the pad. */
  floatText: string
}

export const closedScreen = {
  open: false,
  view: null,
  typed: { cash: '', outside: '' },
  field: 'cash',
  recounting: false,
  reason: null,
  note: '',
  shows: 'chart',
  details: false,
  correction: null,
  slip: null,
  stick: null,
  busy: false,
} as const satisfies Partial<CloseState>

/** A neighbour household closes its day on one page, once the cash was counted. */
export function isShort({ view, recounting, correction, details }: CloseState): boolean {
  const isStep = view?.step === 'check' || view?.step === 'day'
  return useNeighbour.getState().view !== null && isStep && !recounting && correction === null && !details
}

export const useClose = create<CloseState>(() => ({ ...closedScreen, floatPad: null, floatText: '' }))
