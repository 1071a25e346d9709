import { z } from 'zod'
import { type BusinessDate, businessDate } from '../../../shared/business-day.ts'
import type { Notice } from '../../../shared/terminal-api.ts'
import type { CoreHost } from '../host.ts'
import type { Documents } from '../store/documents.ts'
import type { MadeBackup } from './make-backup.ts'

/** How long (ms) nothing must have happened at the till: nobody waits for a backup. */
const quietBefore = 60_000
const retryAfter = 10 * 60_000

const lastBackup = z.strictObject({ on: businessDate, at: z.int() })

export interface DailyBackup {
  /** Starts the backup of this day where it is due and the till is quiet. Call it often; `activity` is another text whenever something happened. */
  tick(till: { today: BusinessDate; activity: string }): void
  /** Why the newest try came to nothing; null where it was sound. */
  notice(): Notice | null
  /** Resolves when no backup is being written. */
  settled(): Promise<void>
}

/** One checked backup each business day; a try that failed is said, and repeated. */
export function createDailyBackup(parts: {
  documents: Documents
  now(): number
  /** Milliseconds that only go forward: pauses are counted by them, whatever the clock does. */
  monotonic(): number
  make(): Promise<MadeBackup>
  log: CoreHost['log']
  onChange(): void
}): DailyBackup {
  const { documents, now, monotonic, log } = parts
  let quiet = { since: monotonic(), activity: '' }
  let tryFrom = Number.NEGATIVE_INFINITY
  let failed: Notice | null = null
  let running: Promise<void> | null = null

  async function run(today: BusinessDate): Promise<void> {
    const made = await parts.make()
    if (made.ok) {
      documents.write('last-backup', { on: today, at: now() })
      failed = null
      log('info', 'backup', { bytes: made.bytes, seq: made.head?.seq ?? 0 })
    } else {
      tryFrom = monotonic() + retryAfter
      failed = { code: 'BACKUP_FAILED', values: { detail: made.detail } }
      log('error', 'backup', { detail: made.detail })
    }
    parts.onChange()
  }

  return {
    tick({ today, activity }) {
      if (activity !== quiet.activity) quiet = { since: monotonic(), activity }
      if (running !== null || monotonic() < quiet.since + quietBefore || monotonic() < tryFrom) return
      if (documents.read('last-backup', lastBackup)?.on === today) return
      running = run(today)
        .catch(error => {
          tryFrom = monotonic() + retryAfter
          failed = { code: 'BACKUP_FAILED', values: { detail: error instanceof Error ? error.message : 'unknown' } }
          log('error', 'backup', { detail: error instanceof Error ? error.message : 'unknown' })
          parts.onChange()
        })
        .finally(() => {
          running = null
        })
    },
    notice: () => failed,
    settled: async () => {
      await running
    },
  }
}
