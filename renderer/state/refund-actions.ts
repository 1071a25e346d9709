import { refundReasons } from '../../shared/afterwards-reasons.ts'
import type { FoundSenior } from '../../shared/terminal-api.ts'
import { dateAfter } from '../i18n/dates.ts'
import { type RefundDraft, type SalesOf, useAfterwards } from './afterwards-store.ts'
import { ask, calls } from './cashier-actions.ts'
import { useCashier } from './cashier-store.ts'
import { openPhonePayment } from './phone-payment-actions.ts'
import { nextNine } from './station-choices.ts'

const { getState: state, setState } = useAfterwards

function change(part: Partial<RefundDraft>): void {
  const { refund } = state()
  if (refund) setState({ refund: { ...refund, ...part } })
}

export function openRefund(): void {
  const date = useCashier.getState().terminal?.businessDate
  if (date === undefined) return
  const of: SalesOf = { by: 'date', date }
  setState({
    screen: 'refund',
    refund: { of, sales: [], nine: 0, chosen: null, reason: null, busy: false, given: false },
  })
  void look(of)
}

/** Looks the sales up; an answer that comes after another question is dropped. */
async function look(of: SalesOf): Promise<void> {
  change({ of, nine: 0, chosen: null, reason: null, given: false })
  const question = of.by === 'date' ? { date: of.date } : { senior: of.senior.senior }
  try {
    const sales = await calls.afterwards.find(question)
    if (state().refund?.of === of) change({ sales })
  } catch (error) {
    console.info('no earlier sales:', error instanceof Error ? error.message : String(error))
  }
}

export function lookAtDate(date: string): void {
  const today = useCashier.getState().terminal?.businessDate
  // An emptied field of the browser is no date.
  if (date !== '' && today !== undefined && date <= today) void look({ by: 'date', date })
}

/** @param days from the date that is looked at; of somebody's sales, from today */
export function stepDate(days: number): void {
  const { refund } = state()
  const from = refund?.of.by === 'date' ? refund.of.date : useCashier.getState().terminal?.businessDate
  if (from !== undefined) lookAtDate(dateAfter(from, days))
}

export function lookAtSenior(senior: FoundSenior): void {
  void look({ by: 'senior', senior })
}

export function chooseSale(record: string | null): void {
  useCashier.setState({ answer: null })
  change({ chosen: record, reason: null, given: false })
}

/** The digits go on to the next nine sales, and behind the last ones to the first. */
export function nextSales(): void {
  const { refund } = state()
  if (refund?.chosen === null) change({ nine: nextNine(refund.sales.length, refund.nine) })
}

export function chooseReason(place: number): void {
  const reason = refundReasons[place]
  const { refund } = state()
  if (reason && refund && !refund.given && !waitsFor(refund)) change({ reason })
}

/** The sale that is looked at. */
export function chosenSale({ sales, chosen }: RefundDraft) {
  return sales.find(({ record }) => record === chosen) ?? null
}

/** True where nobody has said yet whether the phone payment of the sale that is looked at came. */
export function waitsFor(refund: RefundDraft): boolean {
  const sale = chosenSale(refund)
  return sale?.standing === 'open' && sale.waitingFen > 0
}

/** Staff say first whether its phone payment came: perhaps there is nothing to give back. It may be older than what the list shows. */
export async function confirmFirst(): Promise<void> {
  const { refund } = state()
  const sale = refund && chosenSale(refund)
  if (!sale) return
  try {
    const payment = await calls.afterwards.waitingPayment({ sale: sale.record })
    if (state().refund !== refund) return
    if (payment) openPhonePayment(payment)
    else void look(refund.of)
  } catch (error) {
    console.info('no waiting payment:', error instanceof Error ? error.message : String(error))
  }
}

export async function refundNow(): Promise<void> {
  const { refund } = state()
  const sale = refund && chosenSale(refund)
  if (!refund?.reason || waitsFor(refund) || refund.busy || refund.given || sale?.standing !== 'open') return
  change({ busy: true })
  const given = await ask(calls.afterwards.refund({ sale: sale.record, reason: refund.reason }))
  const { of } = refund
  change({ busy: false, given })
  try {
    const sales = await calls.afterwards.find(of.by === 'date' ? { date: of.date } : { senior: of.senior.senior })
    if (state().refund?.of === of) change({ sales })
  } catch (error) {
    console.info('no earlier sales:', error instanceof Error ? error.message : String(error))
  }
}
