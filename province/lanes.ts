import { Refusal } from './refusals.ts'

/** At most so many at once; the others wait in line, in the order in which they came. */
export interface Lane {
  /** Gives the way out, which may be taken twice; null where somebody waited too long, or stopped waiting. */
  enter(stopped?: AbortSignal): Promise<(() => void) | null>
  /** Does some work inside. Throws a `Refusal` (BUSY) where it does not come to that: nobody works for one who went away. */
  run<T>(work: () => Promise<T>, stopped?: AbortSignal): Promise<T>
  count(): { inside: number; waiting: number }
}

/** @param patience how long somebody waits in line (ms); Infinity: until it is their turn */
export function openLane(places: number, patience = Number.POSITIVE_INFINITY): Lane {
  const line = new Set<() => void>()
  let inside = 0

  function leaver(): () => void {
    let isInside = true
    return () => {
      if (!isInside) return
      isInside = false
      inside -= 1
      const [next] = line
      next?.()
    }
  }

  function come(): () => void {
    inside += 1
    return leaver()
  }

  const enter: Lane['enter'] = stopped => {
    if (stopped?.aborted) return Promise.resolve(null)
    if (inside < places) return Promise.resolve(come())
    return new Promise(resolve => {
      const timer = Number.isFinite(patience) ? setTimeout(giveUp, patience) : null
      stopped?.addEventListener('abort', giveUp, { once: true })
      line.add(takeTurn)
      function end(way: (() => void) | null) {
        line.delete(takeTurn)
        if (timer) clearTimeout(timer)
        stopped?.removeEventListener('abort', giveUp)
        resolve(way)
      }
      function takeTurn() {
        end(come())
      }
      function giveUp() {
        end(null)
      }
    })
  }

  return {
    enter,
    async run(work, stopped) {
      const leave = await enter(stopped)
      if (leave === null) throw new Refusal('BUSY')
      try {
        return await work()
      } finally {
        leave()
      }
    },
    count: () => ({ inside, waiting: line.size }),
  }
}
