import type { GroupView } from '../../shared/group-api.ts'
import { yuan } from '../i18n/money.ts'
import { otherCap, sumsFor } from './cash-notes.ts'
import { ask, calls } from './cashier-actions.ts'
import { useCashier } from './cashier-store.ts'
import { isQuiet } from './entry.ts'
import { isResting } from './resting.ts'

const { getState: state, setState } = useCashier

/** Begins a group; with nobody on its list it ends again. */
export function pressGroup(): void {
  const { terminal } = state()
  if (terminal) void ask(terminal.group ? calls.group.end() : calls.group.start())
  setState({ groupGiven: null })
}

/** Takes the one at this place off the list. */
export function takeOffGroup(place: number): void {
  const one = state().terminal?.group?.members[place]
  if (one) void ask(calls.group.takeOff({ checkIn: one.checkIn }))
}

export function chooseGroupTender(tender: 'cash' | 'outside'): void {
  void ask(calls.group.chooseTender({ tender }))
}

/** True where somebody on the list is paid for in cash. */
export function takesGroupNotes({ tender, sumFen }: GroupView): boolean {
  return tender === 'cash' && sumFen > 0
}

/** A note or a typed sum (fen) was handed over for all of them: records them, and says what goes back. Nothing happens with what does not reach. */
export function takeGroupNote(group: GroupView, givenFen: number): void {
  if (takesGroupNotes(group) && givenFen >= group.sumFen) void payGroup(givenFen)
}

export function openGroupGivenPad(group: GroupView): void {
  if (takesGroupNotes(group)) setState({ paymentPad: { asks: 'group-given' }, answer: null })
}

/** Records all of them, as they are shown. @param givenFen what was handed over, where there is change to give */
export async function payGroup(givenFen: number | null = null): Promise<void> {
  const { terminal, groupPaying } = state()
  if (!terminal?.group || groupPaying || isResting()) return
  setState({ groupPaying: true, answer: null, groupGiven: null })
  try {
    const paid = await calls.group.pay({ digest: terminal.group.digest })
    if (paid.result === 'recorded')
      setState({
        answer: { code: 'GROUP_RECORDED', values: { count: paid.count, yuan: yuan(paid.sumFen) } },
        groupGiven: givenFen === null ? null : { givenFen, dueFen: paid.sumFen },
      })
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
  const { group } = terminal
  const note = takesGroupNotes(group) ? sumsFor(group.sumFen).find(({ cap }) => code === `Key${cap}`) : undefined
  if (digit !== undefined) takeOffGroup(Number(digit) - 1)
  else if (code === 'KeyW') chooseGroupTender('cash')
  else if (code === 'KeyE') chooseGroupTender('outside')
  else if (note) takeGroupNote(group, note.fen)
  else if (code === `Key${otherCap}`) openGroupGivenPad(group)
  else if (code === 'Enter' || code === 'NumpadEnter') void payGroup()
  else return false
  return true
}
