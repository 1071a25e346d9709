import { yuan } from '../i18n/money.ts'
import { ask, calls } from './cashier-actions.ts'
import { useCashier } from './cashier-store.ts'
import { isQuiet } from './entry.ts'
import { isResting } from './resting.ts'

const { getState: state, setState } = useCashier

/** Begins a group; with nobody on its list it ends again. */
export function pressGroup(): void {
  const { terminal } = state()
  if (terminal) void ask(terminal.group ? calls.group.end() : calls.group.start())
}

/** Takes the one at this place off the list. */
export function takeOffGroup(place: number): void {
  const one = state().terminal?.group?.members[place]
  if (one) void ask(calls.group.takeOff({ checkIn: one.checkIn }))
}

export function chooseGroupTender(tender: 'cash' | 'outside'): void {
  void ask(calls.group.chooseTender({ tender }))
}

/** Records all of them, as they are shown. */
export async function payGroup(): Promise<void> {
  const { terminal, groupPaying } = state()
  if (!terminal?.group || groupPaying || isResting()) return
  setState({ groupPaying: true, answer: null })
  try {
    const paid = await calls.group.pay({ digest: terminal.group.digest })
    if (paid.result === 'recorded')
      setState({ answer: { code: 'GROUP_RECORDED', values: { count: paid.count, yuan: yuan(paid.sumFen) } } })
    else setState({ answer: paid.result === 'refused' ? paid.notice : { code: 'PRICE_CHANGED', values: {} } })
  } catch (error) {
    // Asked again, the core says what became of it.
    console.info('not paid:', error instanceof Error ? error.message : String(error))
  } finally {
    setState({ groupPaying: false })
  }
}

/** True where the key was one of the open list's: nobody is on the screen then. */
export function actOnGroup(code: string, digit: string | undefined): boolean {
  const { terminal, view } = state()
  if (!terminal?.group || !isQuiet(view)) return false
  if (digit !== undefined) takeOffGroup(Number(digit) - 1)
  else if (code === 'KeyW') chooseGroupTender('cash')
  else if (code === 'KeyE') chooseGroupTender('outside')
  else if (code === 'Enter' || code === 'NumpadEnter') void payGroup()
  else return false
  return true
}
