import type { Kiosk } from './kiosk.ts'

/** Waits for Ctrl-C, a request to end, or the person closing the window; then the window is closed. */
export async function untilStopped(kiosk: Kiosk | null): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, resolve)
  void kiosk?.closed.then(resolve)
  await promise
  await kiosk?.close()
}
