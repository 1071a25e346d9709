import { readFileSync } from 'node:fs'
import type { Kiosk } from './kiosk.ts'

const parentLook = 1000

/** Waits for Ctrl-C, a request to end, the person closing the window, or the end of npm; then the window is closed. */
export async function untilStopped(kiosk: Kiosk | null): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, resolve)
  // npm hands a signal to its shell only, which ends and leaves this process behind; a killed npm leaves its shell behind too.
  const starters = startersOf()
  const watch = setInterval(() => {
    if (startersOf() !== starters) resolve()
  }, parentLook)
  void kiosk?.closed.then(resolve)
  await promise
  clearInterval(watch)
  await kiosk?.close()
}

/** The process that started this one, and the one that started that, as far as the system tells. */
function startersOf(): string {
  try {
    const status = readFileSync(`/proc/${process.ppid}/status`, 'utf8')
    return `${process.ppid} ${/^PPid:\s*(\d+)$/m.exec(status)?.[1]}`
  } catch {
    // Only Linux tells of a parent's parent.
    return String(process.ppid)
  }
}
