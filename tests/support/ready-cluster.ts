import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { startEmbeddedPostgres } from '../../province/embedded.ts'
import { root } from './source-files.ts'

/** Where a cluster lies that was prepared once for the packages of this lock file. */
function preparedPlace(): string {
  const lock = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex')
  return join(root, 'out', 'tests', `postgres-${lock.slice(0, 16)}`)
}

/**
 * Puts a freshly prepared PostgreSQL cluster into `dataDir`, a copy of one that is made once: preparing takes longer than most tests. Where
 * copies cannot keep their owner, nothing is put there and the start prepares its own.
 */
export async function readyCluster(dataDir: string): Promise<void> {
  if (process.platform !== 'linux') return
  const prepared = preparedPlace()
  if (!existsSync(prepared)) {
    await (await startEmbeddedPostgres({ dataDir })).stop()
    const draft = `${prepared}.${process.pid}`
    mkdirSync(join(prepared, '..'), { recursive: true })
    execFileSync('cp', ['-a', dataDir, draft])
    try {
      renameSync(draft, prepared)
    } catch (error) {
      // Another test may have put its own there meanwhile.
      if (!existsSync(prepared)) throw error
      rmSync(draft, { recursive: true })
    }
    return
  }
  execFileSync('cp', ['-a', prepared, dataDir])
}
