import type { ParkedView } from '../../shared/terminal-api.ts'
import { ask, calls } from './cashier-actions.ts'
import { useCashier } from './cashier-store.ts'
import { isQuiet } from './entry.ts'

const { getState: state, setState } = useCashier

/** Puts the check-in on the screen aside; where none is there, opens or closes the list of those that wait. */
export function pressPark(): void {
  const { view, terminal, parkedOpen } = state()
  if (view.state === 'priced') void ask(calls.park({ checkIn: view.checkIn }))
  else if (parkedOpen) setState({ parkedOpen: false })
  else if (isQuiet(view) && terminal && terminal.parked.length > 0) setState({ parkedOpen: true })
}

/** Goes on with a parked check-in; one of an earlier day can only be put away. */
export async function settleParked(parked: ParkedView): Promise<void> {
  const { checkIn } = parked
  const isDone = await ask(parked.earlier ? calls.dropParked({ checkIn }) : calls.takeBack({ checkIn }))
  if (isDone && (state().terminal?.parked.length ?? 0) === 0) setState({ parkedOpen: false })
}

/** True where the key was one of the list's. */
export function actOnParked(code: string, digit: string | undefined): boolean {
  const { parkedOpen, terminal } = state()
  if (!parkedOpen || code === 'F8' || !terminal) return false
  const chosen = digit === undefined ? undefined : terminal.parked[Number(digit) - 1]
  if (chosen) void settleParked(chosen)
  else if (code === 'Escape') setState({ parkedOpen: false })
  return digit !== undefined || code === 'Escape'
}
