import { useCashier } from './cashier-store.ts'
import { useClose } from './close-store.ts'
import { createTypedRun } from './typed-run.ts'

const run = createTypedRun()

/** A key typed a sign of the note. @param at its own time (ms) */
export function pressNote(at: number): void {
  run.press(at, useClose.getState().note)
}

/**
 * The note is about to be recorded. False where a scanner typed in it last: what stood there before is there again, and a person enters it.
 * @param at the time of the Enter's own key (ms); null for a touch or another key
 */
export function endNote(at: number | null): boolean {
  const typed = run.end(at)
  if (typed.by === 'person') return true
  useClose.setState({ note: typed.before })
  useCashier.setState({ answer: { code: 'SCANNER_TYPED', values: {} } })
  return false
}
