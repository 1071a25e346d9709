import { closeSync, openSync, readdirSync, readSync } from 'node:fs'
import { basename, join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import type { ErasureSearch } from '../../../shared/face/consent.ts'
import type { Traces } from '../store/faces.ts'

const blockLength = 1 << 20
/** Random bytes of this length stand nowhere by chance. */
const pieceLength = 16
/** Far enough apart that few are searched for, near enough that no page of the database that is left goes unseen. */
const stride = 1024

export interface FolderSearch {
  /** Looks through every file below the folder for bytes that were deleted, piece by piece: a page that is left over holds a part of them. */
  search(traces: Traces): Promise<ErasureSearch>
}

/**
 * Searches a data folder from within the process that has its database open. To close any handle of a file gives up every lock that this
 * process holds on it (POSIX), SQLite's own among them, so the handles of the database stay open, and the lock file and the shared-memory
 * index are left out: neither holds a page.
 */
export function createFolderSearch(folder: string): FolderSearch {
  const held = new Map<string, number>()
  const block = Buffer.alloc(blockLength + pieceLength - 1)

  /** Null where the file is gone meanwhile. */
  async function searchFile(path: string, pieces: readonly Buffer[]): Promise<{ bytes: number; found: number } | null> {
    const isDatabase = /^terminal\.db/.test(basename(path))
    const handle = held.get(path) ?? openIfThere(path)
    if (handle === null) return null
    if (isDatabase) held.set(path, handle)
    try {
      let [kept, bytes, found] = [0, 0, 0]
      for (;;) {
        const length = readSync(handle, block, kept, blockLength, bytes)
        if (length === 0) return { bytes, found }
        bytes += length
        const filled = block.subarray(0, kept + length)
        for (const piece of pieces) found += filled.includes(piece) ? 1 : 0
        // What begins at the end of one block may go on in the next.
        kept = Math.min(pieceLength - 1, filled.length)
        filled.copyWithin(0, filled.length - kept)
        await setImmediate()
      }
    } finally {
      if (!isDatabase) closeSync(handle)
    }
  }

  let turn: Promise<unknown> = Promise.resolve()

  async function searchNow(traces: Traces): Promise<ErasureSearch> {
    const pieces = traces.flatMap(piecesOf)
    const search = { files: 0, bytes: 0, found: 0 }
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile() || /^terminal\.(lock.*|db-shm)$/.test(entry.name)) continue
      const seen = await searchFile(join(entry.parentPath, entry.name), pieces)
      if (seen === null) continue
      search.files += 1
      search.bytes += seen.bytes
      search.found += seen.found
    }
    return search
  }

  return {
    search(traces) {
      const mine = turn.then(() => searchNow(traces))
      turn = mine.catch(() => undefined)
      return mine
    },
  }
}

function piecesOf(trace: Uint8Array): Buffer[] {
  const bytes = Buffer.from(trace)
  const starts = Array.from({ length: Math.ceil(bytes.length / stride) }, (_, at) => at * stride)
  const pieces = [...starts, bytes.length - pieceLength].map(at => bytes.subarray(Math.max(0, at), at + pieceLength))
  return pieces.filter(piece => piece.length === pieceLength && piece.some(byte => byte !== piece[0]))
}

/** A browser that runs takes some of its files away again, and holds others for itself. */
function openIfThere(path: string): number | null {
  try {
    return openSync(path, 'r')
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null
    if (code === 'ENOENT' || code === 'EBUSY' || code === 'EACCES' || code === 'EPERM') return null
    throw error
  }
}
