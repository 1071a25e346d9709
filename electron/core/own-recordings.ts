import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Notice } from '../../shared/terminal-api.ts'
import { type ClipId, clipFile, clipIds } from '../../shared/voice/phrases.ts'
import { readWav } from '../../shared/voice/wav.ts'

/** More than eight seconds at the highest rate: nothing that could be a clip. */
const greatestBytes = 2 * 1024 * 1024

/** `partial`: some are not there or not as they must be. A till never mixes voices, so that a partial set is not used. */
export type OwnRecordings =
  | { readonly state: 'none' }
  | { readonly state: 'whole' }
  | { readonly state: 'partial'; readonly faults: readonly RecordingFault[] }

export interface RecordingFault {
  readonly file: string
  readonly why: 'missing' | 'unreadable' | 'too-big' | 'not-wav' | 'not-16-bit-mono' | 'rate' | 'length' | 'silent'
}

/** Where a site's own recordings lie inside of its data folder. */
export function recordingsFolder(dataDir: string): string {
  return join(dataDir, 'voice')
}

/** Looks at a site's own recordings, each file as it would be played. A file that cannot be read is a fault of the set and nothing more. */
export function lookAtRecordings(dataDir: string): OwnRecordings {
  const folder = recordingsFolder(dataDir)
  const faults = clipIds.flatMap(clip => faultOf(folder, clip))
  if (faults.length === 0) return { state: 'whole' }
  return faults.every(({ why }) => why === 'missing') && faults.length === clipIds.length
    ? { state: 'none' }
    : { state: 'partial', faults }
}

function faultOf(folder: string, clip: ClipId): RecordingFault[] {
  const file = clipFile(clip)
  try {
    const found = statSync(join(folder, file), { throwIfNoEntry: false })
    if (!found?.isFile()) return [{ file, why: 'missing' }]
    if (found.size > greatestBytes) return [{ file, why: 'too-big' }]
    const read = readWav(readFileSync(join(folder, file)))
    return read.ok ? [] : [{ file, why: read.why }]
  } catch (error) {
    if (error instanceof Error && 'code' in error) return [{ file, why: 'unreadable' }]
    throw error
  }
}

/** What staff should know of a set that is not used. */
export function recordingNotices(recordings: OwnRecordings): Notice[] {
  if (recordings.state !== 'partial') return []
  const [first] = recordings.faults
  return [{ code: 'VOICE_PARTIAL', values: { count: recordings.faults.length, file: first?.file ?? '' } }]
}
