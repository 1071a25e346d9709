import { Worker } from 'node:worker_threads'
import { z } from 'zod'

/** A look at every page of a database that goes on beside the core's own thread. */
export interface PageCheck {
  /** Why the database is not sound; null where it is, or where the look was broken off. */
  readonly finding: Promise<string | null>
  stop(): Promise<void>
}

/** Runs SQLite's quick_check over a database in a thread of its own: it takes seconds with a million records, and nobody waits for it. */
export function checkPages(file: string): PageCheck {
  const thread = import.meta.filename.endsWith('.ts') ? './page-check-thread.ts' : './page-check.js'
  const worker = new Worker(new URL(thread, import.meta.url), { workerData: file })
  let stopping = false
  const finding = new Promise<string | null>((resolve, reject) => {
    worker.once('message', message => resolve(z.string().nullable().parse(message)))
    worker.once('error', reject)
    worker.once('exit', () => (stopping ? resolve(null) : reject(new Error('the check of the pages ended early'))))
  })
  return {
    finding,
    async stop() {
      stopping = true
      await worker.terminate()
    },
  }
}
