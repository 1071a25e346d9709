import { statfsSync } from 'node:fs'
import type { Notice } from '../../shared/terminal-api.ts'
import type { CoreHost } from './host.ts'
import { createReserve, reserveBytes } from './store/reserve.ts'
import { storeFault } from './store/store-fault.ts'

const megabyte = 1024 * 1024
/** Sales stop below this much free disk (bytes), so that the ledger never meets a full one. */
const leastFree = 200 * megabyte
/** Below this much (bytes) staff are told, while there is time. */
const littleFree = 500 * megabyte

export interface DiskWatch {
  /** Why nothing can be sold now; null while it can. Looks at the disk itself, which others may fill at any moment. */
  stopped(): Notice | null
  /** Free room (bytes); null where the disk does not say. */
  freeBytes(): number | null
  /** What staff should know before sales stop. */
  notices(): Notice[]
  /** Notes what went wrong; gives what it means for staff, null where the disk has no part in it. */
  failed(error: unknown): Notice | null
  /** The ledger was found damaged: sales stop until the program starts on a sound one. */
  damaged(): void
  /** Does what must go through on a full disk too, such as taking a sale back: once more, in the room that was held back for it. */
  pressing<T>(work: () => Promise<T>): Promise<T>
  /** Call it every few seconds: holds room back, and tries whether a disk that failed takes writes again. */
  tick(): void
}

/**
 * Knows whether the disk under the data folder can be trusted with a sale.
 * @param probe one small write; throws where the disk takes none
 */
export function createDiskWatch(parts: {
  dataDir: string
  probe(): void
  log: CoreHost['log']
  onChange(): void
}): DiskWatch {
  const reserve = createReserve(parts.dataDir)
  let damage: Notice | null = null
  let fault: Notice | null = null

  function freeBytes(): number | null {
    try {
      const { bavail, bsize } = statfsSync(parts.dataDir)
      return bavail * bsize
    } catch {
      // A disk that does not even say how full it is takes no sale.
      return null
    }
  }

  function failed(error: unknown): Notice | null {
    const notice = storeFault(error)
    if (notice === null || notice.code === (damage ?? fault)?.code) return notice
    parts.log('error', 'disk', { code: notice.code, detail: error instanceof Error ? error.message : 'unknown' })
    if (notice.code === 'DATABASE_DAMAGED') damage = notice
    else fault = notice
    parts.onChange()
    return notice
  }

  return {
    stopped() {
      if (damage ?? fault) return damage ?? fault
      const free = freeBytes()
      if (free === null) return { code: 'DISK_UNWRITABLE', values: {} }
      return free < leastFree ? { code: 'DISK_LOW', values: { mb: Math.floor(free / megabyte) } } : null
    },
    notices() {
      const free = freeBytes()
      return free === null || free < leastFree || free >= littleFree
        ? []
        : [{ code: 'DISK_SHRINKING', values: { mb: Math.floor(free / megabyte) } }]
    },
    failed,
    freeBytes,
    damaged() {
      damage = { code: 'DATABASE_DAMAGED', values: {} }
      parts.onChange()
    },
    async pressing(work) {
      try {
        return await work()
      } catch (error) {
        if (storeFault(error)?.code !== 'DISK_FULL' || !reserve.release()) throw error
        parts.log('warn', 'disk', { reserve: 'released' })
        return await work()
      }
    },
    tick() {
      try {
        if (fault !== null) {
          parts.probe()
          fault = null
          parts.log('info', 'disk', { code: 'writable again' })
        }
        if ((freeBytes() ?? 0) >= leastFree + 2 * reserveBytes) reserve.keep()
      } catch (error) {
        if (failed(error) === null) throw error
      }
    },
  }
}
