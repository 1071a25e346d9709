import { type BusinessDate, businessDateOf } from '../../shared/business-day.ts'
import { type OperatorId, recordId } from '../../shared/ids.ts'
import type { LedgerRecord } from '../../shared/record.ts'
import type { Done, Notice } from '../../shared/terminal-api.ts'
import { noteMoment } from './clock-trust.ts'
import type { Jump, SteadyClock } from './steady-clock.ts'
import type { Documents } from './store/documents.ts'
import type { Ledger } from './store/ledger.ts'

/** As in `clockIsTrusted`: a clock so far (ms) behind the newest record went back while the program did not run. */
const slack = 90_000

type ClockSet = Extract<LedgerRecord, { kind: 'clock-set' }>['payload']

export interface ClockWatch {
  /** Why nothing is sold now: the clock jumped far ahead, and nobody has said yet that it is right. Null while all is well. */
  stopped(): Notice | null
  /** Call it every few seconds: records a jump that needs nobody's word. */
  tick(): Promise<void>
  /** An operator says that the clock, which jumped far ahead, is right: `date` is the business date that they read there. */
  confirm(operator: OperatorId, date: BusinessDate): Promise<Done>
}

/** Sees that the terminal's clock was set, and writes it into the ledger. No business date ever falls by it. */
export function createClockWatch(parts: {
  clock: SteadyClock
  ledger: Ledger
  documents: Documents
  onRecorded(): void
}): ClockWatch {
  const { clock, ledger } = parts
  /** Jumps that are not in the ledger yet: a disk may have had no room for them. */
  let waiting: readonly ClockSet[] = []
  let whileAway = sinceLastRun()

  /** A jump while the program did not run, as far as the newest record of that run shows it. */
  function sinceLastRun(): Jump | null {
    const at = ledger.head()?.at
    return at !== undefined && clock.now() < at - slack ? { before: at, after: clock.now() } : null
  }

  async function record(): Promise<void> {
    await ledger.inTurn(async () => {
      for (;;) {
        const [payload] = waiting
        if (payload === undefined || ledger.head() === null) return
        const id = recordId.parse(clock.mint())
        const stored = await ledger.append({ kind: 'clock-set', id, at: clock.now(), payload })
        if (stored) waiting = waiting.slice(1)
      }
    })
    parts.onRecorded()
  }

  return {
    stopped() {
      const asked = clock.asks()
      if (asked === null) return null
      const { before, after } = asked
      return { code: 'CLOCK_JUMPED', values: { before: businessDateOf(before), after: businessDateOf(after) } }
    },
    async tick() {
      // Before the chain begins there is nothing that a wrong clock could have dated.
      if (ledger.head() === null) return
      const jumps = [whileAway, clock.look()]
      whileAway = null
      const sets = jumps.flatMap(jump => (jump ? [{ ...jump, source: 'system' as const, operator: null }] : []))
      waiting = [...waiting, ...sets]
      if (waiting.length > 0) await record()
      if (clock.asks() === null) noteMoment(parts.documents, clock.now())
    },
    async confirm(operator, date) {
      const asked = clock.asks()
      if (asked === null) return { result: 'done' }
      const today = businessDateOf(asked.after)
      if (date !== today) return { result: 'refused', notice: { code: 'DATE_WRONG', values: { date, today } } }
      clock.accept()
      waiting = [...waiting, { ...asked, source: 'operator', operator }]
      await record()
      return { result: 'done' }
    },
  }
}
