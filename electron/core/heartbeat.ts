import type { BusinessDate } from '../../shared/business-day.ts'
import type { DailyBackup } from './backup/daily-backup.ts'
import type { ClockWatch } from './clock-watch.ts'
import type { DiskWatch } from './disk-watch.ts'
import type { CoreHost } from './host.ts'
import type { KioskFront } from './kiosk/kiosk-front.ts'
import type { RoundDesk } from './round/round-desk.ts'

const beatMs = 5000

export interface HeartbeatParts {
  readonly disk: DiskWatch
  readonly clockWatch: ClockWatch
  readonly front: KioskFront
  readonly rounds: RoundDesk
  readonly backups: DailyBackup
  readonly log: CoreHost['log']
  today(): BusinessDate
  /** Why nothing is sold now; null while all is well. */
  stopped(): unknown
  enrolled(): boolean
  /** Ends templates whose consent ended; true where each was ended and recorded. */
  sweepFaces(): Promise<boolean>
  /** Changes with everything that people do: backups wait for quiet. */
  activity(): string
  onChange(): void
}

export interface Heartbeat {
  /** At once, beside the daily time: the province told of people. */
  sweepFaces(): Promise<void>
  stop(): void
}

/** What the terminal does by the time and not by an event: looks at disk and clock, ends templates, settles rounds, backs up. */
export function startHeartbeat(parts: HeartbeatParts): Heartbeat {
  const { disk, clockWatch, front, rounds, backups, log, today } = parts

  let sweptOn: string | null = null
  async function sweepFaces(): Promise<void> {
    const date = today()
    sweptOn = (await parts.sweepFaces()) ? date : null
  }
  const wordsOf = (error: unknown) => ({ detail: error instanceof Error ? error.message : 'unknown' })

  /** Once a day, after a crash between the news and the record of it, and again where a record could not be written. */
  function sweepDaily(): void {
    const date = today()
    if (sweptOn === date || !parts.enrolled()) return
    sweptOn = date
    sweepFaces().catch(error => {
      sweptOn = null
      log('error', 'face-sweep', wordsOf(error))
    })
  }

  /** Where the disk took no record of it, the next beat tries again. */
  function orNextTime(what: string, work: Promise<unknown>): void {
    work.catch(error => {
      if (disk.failed(error) === null) log('error', what, wordsOf(error))
    })
  }

  function beat(): void {
    orNextTime('clock', clockWatch.tick())
    sweepDaily()
    // What was handed in may wait for a shift, a menu or the next day.
    orNextTime('rounds', rounds.settle())
  }

  beat()
  const beats = setInterval(() => {
    try {
      disk.tick()
      beat()
      front.tick()
      if (parts.stopped() === null) backups.tick({ today: today(), activity: parts.activity() })
    } catch (error) {
      if (disk.failed(error) === null) throw error
    }
    // Minutes left, pace and free disk change without an event.
    parts.onChange()
  }, beatMs)

  return { sweepFaces, stop: () => clearInterval(beats) }
}
