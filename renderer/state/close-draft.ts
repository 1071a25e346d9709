import type { CloseView } from '../../shared/close-api.ts'
import { useCashier } from './cashier-store.ts'
import type { CloseState } from './close-store.ts'

type Typed = Pick<CloseState, 'typed' | 'field' | 'recounting' | 'reason' | 'note' | 'correction'>

/** What was typed of one shift when a check-in took the screen; who was at the till then. */
let draft: { readonly subject: string; readonly operator: string | null; readonly typed: Typed } | null = null

function operatorNow(): string | null {
  const { terminal, chosenOperator } = useCashier.getState()
  return terminal?.operator?.id ?? chosenOperator
}

/** The shift and the question to which typed words belong: an answer to another one is never put there. */
function subjectOf(view: CloseView | null, correction: Typed['correction']): string | null {
  if (view?.step === 'count' || view?.step === 'check') return `${view.step} ${view.shift.record}`
  return view?.step === 'day' && correction !== null ? `day ${view.day.date}` : null
}

export function keepDraft({ view, typed, field, recounting, reason, note, correction }: CloseState): void {
  const subject = subjectOf(view, correction)
  const kept = { typed, field, recounting, reason, note, correction }
  if (subject !== null) draft = { subject, operator: operatorNow(), typed: kept }
}

/** Gives the draft of what the screen asks back, once; nothing where somebody else is at the till by now. */
export function takeDraft(view: CloseView): Partial<Typed> {
  const kept = draft
  if (kept === null) return {}
  draft = null
  const isSame = kept.operator === operatorNow() && kept.subject === subjectOf(view, kept.typed.correction)
  return isSame ? kept.typed : {}
}

export function forgetDraft(): void {
  draft = null
}
