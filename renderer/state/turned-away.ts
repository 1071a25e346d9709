import type { ProblemCode } from '../../shared/problems.ts'
import type { TerminalView } from '../../shared/terminal-api.ts'

const turnsAway: ReadonlySet<ProblemCode> = new Set(['TERMINAL_STRUCK_OFF', 'ENROLMENT_GONE'])

/** The province answers and takes nothing of this terminal: no network that comes back mends that. */
export function isTurnedAway({ network, notices }: Pick<TerminalView, 'network' | 'notices'>): boolean {
  return network.state === 'offline' && notices.some(({ code }) => turnsAway.has(code))
}
