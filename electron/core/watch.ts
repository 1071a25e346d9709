/** A value that many can watch: each watcher gets the newest value first, then every change; what came between two reads is skipped. */
export interface Watched {
  changed(): void
  /** Yields `read()` now and after each change, until `signal` aborts. */
  watch<T>(read: () => T, signal: AbortSignal | undefined): AsyncGenerator<T>
}

export function createWatched(): Watched {
  const waiting = new Set<() => void>()
  let version = 0
  return {
    changed() {
      version += 1
      for (const wake of [...waiting]) wake()
    },
    async *watch(read, signal) {
      let seen = -1
      while (!signal?.aborted) {
        if (seen !== version) {
          seen = version
          yield read()
          continue
        }
        await new Promise<void>(resolve => {
          const wake = () => {
            waiting.delete(wake)
            signal?.removeEventListener('abort', wake)
            resolve()
          }
          waiting.add(wake)
          signal?.addEventListener('abort', wake)
        })
      }
    },
  }
}
