import type { WaitingPayment } from '../../shared/afterwards-api.ts'
import { type PaymentOutcome, paymentOutcomes } from '../../shared/afterwards-reasons.ts'
import { type PhoneDraft, useAfterwards } from './afterwards-store.ts'
import { ask, calls } from './cashier-actions.ts'
import { useCashier } from './cashier-store.ts'
import { digits } from './station-actions.ts'
import { isNext, nextNine, nineOf } from './station-choices.ts'

const { getState: state, setState } = useAfterwards
const nothingChosen = { chosen: null, outcome: null, reference: null, typing: false, busy: false, said: null } as const

function change(part: Partial<PhoneDraft>): void {
  const { phone } = state()
  if (phone) setState({ phone: { ...phone, ...part } })
}

/** Asks which phone payments still wait, for the menu and for their own screen. */
export async function askForPhonePayments(): Promise<void> {
  try {
    const waiting = await calls.afterwards.waitingPayments()
    setState({ waiting })
    // What was said leaves the list: the last nine may be gone.
    const { phone } = state()
    if (phone && phone.nine * digits >= waiting.length) change({ nine: 0 })
  } catch (error) {
    console.info('no waiting payments:', error instanceof Error ? error.message : String(error))
  }
}

export function openPhonePayments(): void {
  setState({ screen: 'phone', phone: { ...nothingChosen, nine: 0 } })
  void askForPhonePayments()
}

/** Straight to what is asked of one payment, before its sale is refunded. */
export function openPhonePayment(chosen: WaitingPayment): void {
  setState({ screen: 'phone', refund: null, phone: { ...nothingChosen, nine: 0, chosen } })
  void askForPhonePayments()
}

export function choosePayment(payment: WaitingPayment | null): void {
  useCashier.setState({ answer: null })
  change({ ...nothingChosen, chosen: payment })
}

/** The digits go on to the next nine payments, and behind the last ones to the first. */
export function nextPayments(): void {
  const { phone, waiting } = state()
  if (phone?.chosen === null) change({ nine: nextNine(waiting?.length ?? 0, phone.nine) })
}

export function chooseOutcome(outcome: PaymentOutcome): void {
  const { phone } = state()
  if (!phone?.chosen || phone.said) return
  change({ outcome, reference: outcome === 'settled' ? phone.reference : null })
}

/** The pad for the number on the device's receipt; only what came has one. */
export function typeReference(typing: boolean): void {
  const { phone } = state()
  if (!typing || (phone?.outcome === 'settled' && !phone.said)) change({ typing })
}

/** False where it is no reference. */
export function keepPhoneReference(reference: string): boolean {
  if (!/^\d{4,32}$/.test(reference)) return false
  change({ reference, typing: false })
  return true
}

export async function sayPayment(): Promise<void> {
  const { phone } = state()
  if (!phone?.chosen || phone.outcome === null || phone.busy || phone.said) return
  const { chosen, outcome, reference } = phone
  change({ busy: true })
  const isSaid = await ask(calls.afterwards.sayPayment({ of: chosen.of, tender: chosen.tender, outcome, reference }))
  if (state().phone?.chosen === chosen) change({ busy: false, said: isSaid ? outcome : null })
  await askForPhonePayments()
}

/** A key on the screen of phone payments. */
export function actOnPhonePayments(code: string, digit: number | null, back: () => void): void {
  const { phone, waiting } = state()
  if (phone === null) return
  const isEnter = code === 'Enter' || code === 'NumpadEnter'
  const outcome = digit === null ? undefined : paymentOutcomes[digit - 1]
  if (phone.chosen === null) {
    if (code === 'Escape') back()
    else if (digit !== null) choosePayment(nineOf(waiting ?? [], phone.nine).shown[digit - 1] ?? null)
    else if (isNext(code)) nextPayments()
  } else if (code === 'Escape' || (isEnter && phone.said)) choosePayment(null)
  else if (outcome) chooseOutcome(outcome)
  else if (code === 'KeyR') typeReference(true)
  else if (isEnter) void sayPayment()
}
