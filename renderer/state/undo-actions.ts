import { ask, calls } from './cashier-actions.ts'
import { type CashierState, useCashier } from './cashier-store.ts'

const RESTORE_MILLISECONDS = 5000
const DOUBLE_TAP_MILLISECONDS = 600
const { getState: state, setState } = useCashier

let offerTimer: ReturnType<typeof setTimeout> | undefined
let isAsking = false

function offerRestore(record: string): void {
  clearTimeout(offerTimer)
  offerTimer = setTimeout(() => setState({ undone: null }), RESTORE_MILLISECONDS)
  setState({ undone: { record, at: performance.now() } })
}

/** One thing at a time: what is pressed before the answer is part of the same press. */
async function once(work: () => Promise<void>): Promise<void> {
  if (isAsking) return
  isAsking = true
  try {
    await work()
  } finally {
    isAsking = false
  }
}

export function undoSale(record: string): void {
  void once(async () => {
    const { terminal, view, cashGiven } = state()
    const sale = terminal?.lastSales.find(one => one.record === record)
    const changeStands = view.state === 'confirmed' && view.sale.record === record && cashGiven?.checkIn === record
    const givenFen = changeStands && cashGiven.givenFen > cashGiven.dueFen ? cashGiven.givenFen : null
    if (!(await ask(calls.voidSale({ sale: record })))) return
    offerRestore(record)
    setState({ takenBack: sale ? { sale, givenFen } : null })
  })
}

/** True where the key of this undone sale brings it back. */
export function isOffered(record: string, { undone, terminal }: Pick<CashierState, 'undone' | 'terminal'>): boolean {
  return undone?.record === record && terminal?.restorable === record
}

/** Brings the sale back that was undone a moment ago; a double tap is one undo. */
export function restoreUndone(): void {
  const { undone } = state()
  if (undone === null || performance.now() - undone.at < DOUBLE_TAP_MILLISECONDS) return
  void once(async () => {
    clearTimeout(offerTimer)
    if (await ask(calls.restoreSale({ sale: undone.record }))) setState({ takenBack: null })
    // The next person stands there: once they are served it may be asked again.
    if (state().answer?.code === 'ONE_AT_A_TIME') offerRestore(undone.record)
    else setState({ undone: null })
  })
}

/** F9: about the newest sale only, which it undoes and, pressed again soon, brings back. Earlier ones have keys of their own in the list. */
export function undoNewest(): void {
  const newest = state().terminal?.lastSales[0]
  if (newest === undefined) return
  if (!newest.voided) undoSale(newest.record)
  else if (isOffered(newest.record, state())) restoreUndone()
  else if (!isAsking) setState({ answer: { code: 'NEWEST_IS_UNDONE', values: {} } })
}
