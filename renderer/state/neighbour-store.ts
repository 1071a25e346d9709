import { create } from 'zustand'
import type { NeighbourView } from '../../shared/neighbour-api.ts'
import { type Watch, watching } from '../connect.ts'
import { useCashier } from './cashier-store.ts'

export interface NeighbourState {
  /** As the core last said; null: this till is no neighbour household's. */
  readonly view: NeighbourView
  /** When the price of this person came (ms of this page's clock). */
  readonly pricedAt: number
  /** The check-in whose price is explained. */
  readonly why: string | null
}

export const useNeighbour = create<NeighbourState>(() => ({ view: null, pricedAt: 0, why: null }))

/** What the core says of a neighbour household, for the cashier's page. */
export const watchNeighbour: Watch = watching(
  (calls, signal) => calls.neighbour.watch(undefined, { signal }),
  view => {
    const isAnother = view?.chosen?.checkIn !== useNeighbour.getState().view?.chosen?.checkIn
    useNeighbour.setState({ view, ...(isAnother ? { pricedAt: performance.now() } : {}) })
  },
)

/** The household's one screen stands: nothing that was begun on the screens of a larger site is still open. */
export function useIsNeighbour(): boolean {
  const household = useNeighbour(({ view }) => view !== null)
  return useCashier(state => household && isSimple(state))
}

export const isNeighbour = () => useNeighbour.getState().view !== null && isSimple(useCashier.getState())

function isSimple({ terminal, view }: Pick<ReturnType<typeof useCashier.getState>, 'terminal' | 'view'>): boolean {
  if (!terminal?.shift || terminal.parked.length > 0 || terminal.group) return false
  return view.state !== 'desk' && view.state !== 'face-to-confirm'
}
