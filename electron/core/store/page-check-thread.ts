import { parentPort, workerData } from 'node:worker_threads'
import Database from 'better-sqlite3'
import { z } from 'zod'
import { isTorn } from './store-fault.ts'

function findingIn(file: string): string | null {
  try {
    const db = new Database(file, { readonly: true, timeout: 5000 })
    try {
      const pages = String(db.pragma('quick_check(1)', { simple: true }))
      return pages === 'ok' ? null : pages
    } finally {
      db.close()
    }
  } catch (error) {
    if (isTorn(error)) return 'damaged page'
    throw error
  }
}

parentPort?.postMessage(findingIn(z.string().parse(workerData)))
