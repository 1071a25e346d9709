import { parentPort, workerData } from 'node:worker_threads'
import { z } from 'zod'
import { finishBackup } from './check-backup.ts'

/** The thread that checks a backup while the core goes on serving. */
parentPort?.postMessage(await finishBackup(z.string().parse(workerData)))
