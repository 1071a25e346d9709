import pg from 'pg'

/** Tells whoever waits for a terminal that there is something new for it, in this process or another one. */
export interface NewsDesk {
  /** True when something came, false after `milliseconds` or when the desk closes. */
  waitFor(terminal: string, milliseconds: number): Promise<boolean>
  close(): Promise<void>
}

/** The channel on which the database tells of a terminal's news, at the commit of what made them. */
export const newsChannel = 'lease_news'

const pauseBetweenTries = 1000

/** Listens on a connection of its own. One that is lost is made anew; meanwhile everybody simply waits to the end. */
export async function openNewsDesk(databaseUrl: string): Promise<NewsDesk> {
  const waiting = new Map<string, Set<(came: boolean) => void>>()
  let client: pg.Client | null = null
  let closed = false
  let retry: NodeJS.Timeout | null = null

  async function listen(): Promise<void> {
    const fresh = new pg.Client({ connectionString: databaseUrl })
    fresh.on('notification', ({ payload }) => {
      for (const wake of waiting.get(payload ?? '') ?? []) wake(true)
    })
    fresh.on('error', () => {
      if (client !== fresh) return
      client = null
      listenAgain()
    })
    try {
      await fresh.connect()
      await fresh.query(`listen ${newsChannel}`)
    } catch (error) {
      fresh.end().catch(() => undefined)
      throw error
    }
    if (closed) await fresh.end()
    else client = fresh
  }

  /** Tries until the database is back: whoever waits meanwhile waits to the end, and finds the news then. */
  function listenAgain(): void {
    if (closed) return
    retry = setTimeout(() => listen().catch(listenAgain), pauseBetweenTries)
  }

  await listen()
  return {
    waitFor(terminal, milliseconds) {
      return new Promise(resolve => {
        const mine = waiting.get(terminal) ?? new Set()
        const wake = (came: boolean) => {
          clearTimeout(timer)
          mine.delete(wake)
          if (mine.size === 0) waiting.delete(terminal)
          resolve(came)
        }
        const timer = setTimeout(() => wake(false), milliseconds)
        waiting.set(terminal, mine.add(wake))
      })
    },
    async close() {
      closed = true
      if (retry) clearTimeout(retry)
      for (const wakers of [...waiting.values()]) for (const wake of [...wakers]) wake(false)
      await client?.end()
    },
  }
}
