import { monthAfter } from '../../shared/statement-sums.ts'
import type { DeskView } from '../../shared/terminal-api.ts'
import { answerOf, ask, calls, switchLanguage } from './cashier-actions.ts'
import { useCashier } from './cashier-store.ts'
import { closedStatement, useStatement } from './statement-store.ts'

const { getState: state, setState } = useStatement

/** Opens what was claimed in the name of the person at the desk, this month. */
export function openStatement(desk: DeskView): void {
  if (!desk.person) return
  useCashier.setState({ answer: null })
  setState({ ...closedStatement, senior: desk.person.senior })
  void read(null)
}

export function closeStatement(): void {
  useCashier.setState({ answer: null })
  setState(closedStatement)
}

/** Whoever leaves the desk, or comes with a means of their own, has the screen to themselves. */
export function watchStatement(): void {
  useCashier.subscribe(({ view }) => {
    const { senior } = state()
    if (senior !== null && (view.state !== 'desk' || view.person?.senior !== senior)) setState(closedStatement)
  })
}

/** Answers come in the order in which they were asked for, or not at all. */
let asked = 0

async function read(month: string | null): Promise<void> {
  const { senior } = state()
  if (senior === null) return
  asked += 1
  const mine = asked
  const told = await answerOf(calls.statement.read({ senior, month }))
  if (mine === asked && state().senior === senior && told)
    setState({ view: told.statement, asking: false, done: null, revoking: false })
}

/** @param months from the month on the screen, -1 for the one before; none comes after the one that goes on */
export function stepMonth(months: number): void {
  const { view } = state()
  if (!view) return
  const month = monthAfter(view.month, months)
  if (month <= view.thisMonth) void read(month)
}

/** Asks the province for what every site recorded. */
export async function askForAllSites(): Promise<void> {
  const { senior, view, asking } = state()
  if (senior === null || !view || asking) return
  asked += 1
  const mine = asked
  setState({ asking: true, done: null })
  const told = await answerOf(calls.statement.ask({ senior, month: view.month }))
  if (mine === asked && state().senior === senior)
    setState({ asking: false, ...(told ? { view: told.statement } : {}) })
}

export async function printStatement(): Promise<void> {
  const { senior, view } = state()
  if (senior === null || !view) return
  const { month, coverage } = view
  if (await ask(calls.statement.print({ senior, month, coverage }))) setState({ done: 'printed' })
}

/** Asks staff whether the codes of earlier papers are to open nothing any more. */
export function askToRevoke(revoking: boolean): void {
  useCashier.setState({ answer: null })
  setState({ revoking, done: null })
}

export async function revokePapers(): Promise<void> {
  const { senior } = state()
  if (senior === null) return
  const isDone = await ask(calls.statement.revoke({ senior }))
  setState({ revoking: false, done: isDone ? 'revoked' : null })
}

function scroll(by: number): void {
  document.querySelector('[data-statement-list]')?.scrollBy({ top: by })
}

const keys: Readonly<Record<string, () => void>> = {
  Escape: closeStatement,
  KeyA: () => stepMonth(-1),
  KeyD: () => stepMonth(1),
  KeyN: () => void askForAllSites(),
  KeyT: () => void printStatement(),
  KeyX: () => askToRevoke(true),
  ArrowUp: () => scroll(-200),
  ArrowDown: () => scroll(200),
  KeyL: switchLanguage,
}

/** True where the key was one of this screen's; no other key acts while it stands there. */
export function actOnStatement(code: string): boolean {
  const { senior, revoking } = state()
  if (senior === null) return false
  if (!revoking) keys[code]?.()
  else if (code === 'Enter' || code === 'NumpadEnter') void revokePapers()
  else if (code === 'Escape') askToRevoke(false)
  return true
}
