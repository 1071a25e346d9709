import type { Kiosk } from './kiosk.ts'

const parentLook = 1000

/** Waits for Ctrl-C, a request to end, the person closing the window, or the end of npm; then the window is closed. */
export async function untilStopped(kiosk: Kiosk | null): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, resolve)
  // npm hands a signal to its shell only, which ends and leaves this process behind.
  const parent = process.ppid
  const watch = setInterval(() => {
    if (process.ppid !== parent) resolve()
  }, parentLook)
  void kiosk?.closed.then(resolve)
  await promise
  clearInterval(watch)
  await kiosk?.close()
}
