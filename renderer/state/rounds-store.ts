import { create } from 'zustand'
import type { RoundsView } from '../../shared/round-api.ts'
import { type Watch, watching } from '../connect.ts'

export interface RoundsState {
  /** As the core last said; null before. */
  readonly view: RoundsView | null
  /** Which of the rounds is looked at. */
  readonly place: number
  /** The stop that staff chose. */
  readonly stop: number | null
  /** Whether the paper says that the own part was taken. */
  readonly collected: boolean
  readonly busy: boolean
}

export const useRounds = create<RoundsState>(() => ({
  ...{ view: null, place: 0, stop: null, collected: true, busy: false },
}))

export const watchRounds: Watch = watching(
  (calls, signal) => calls.round.watch(undefined, { signal }),
  view => useRounds.setState({ view }),
)
