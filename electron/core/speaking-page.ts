import type { Notice } from '../../shared/terminal-api.ts'
import type { PagePort, PageRole } from './host.ts'

/** A page that is loaded again is back sooner (ms). */
const mayBeAway = 3000

/** The pages that are connected, and which one of them speaks: two loudspeakers of one till must never talk at once. */
export interface Pages {
  add(port: PagePort, role: PageRole): void
  /** The public page that came last, else the kiosk's, else the staff's: a line that died without a word does not keep the voice. */
  speaker(): PagePort | null
  /** How many pages of a role are connected. */
  count(role: PageRole): number
  /** Since when there is no public page although there was one (ms, by `now`): it was unplugged, or its window closed. */
  publicAwaySince(): number | null
  /** Ends the lines of the kiosk's own screen, so that its page begins anew. */
  closeKiosk(): void
  closeAll(): void
}

export function createPages(onChange: () => void, now: () => number): Pages {
  const pages = new Map<PagePort, PageRole>()
  let publicAway: number | null = null
  const isPublic = () => [...pages.values()].includes('customer')
  return {
    add(port, role) {
      pages.set(port, role)
      if (role === 'customer') publicAway = null
      port.onClose(() => {
        if (!pages.delete(port)) return
        if (role === 'customer' && !isPublic()) publicAway = now()
        onChange()
      })
      onChange()
    },
    speaker() {
      const last = (wanted: PageRole) => [...pages].findLast(([, role]) => role === wanted)?.[0]
      return last('customer') ?? last('kiosk') ?? last('staff') ?? null
    },
    count: wanted => [...pages.values()].filter(role => role === wanted).length,
    publicAwaySince: () => publicAway,
    closeKiosk() {
      for (const [port, role] of pages) if (role === 'kiosk') port.close()
    },
    closeAll() {
      for (const port of pages.keys()) port.close()
    },
  }
}

/** Staff read that the seniors' screen is gone. @param since see `publicAwaySince` */
export function publicScreenNotices(since: number | null, now: number): Notice[] {
  return since === null || now - since < mayBeAway ? [] : [{ code: 'PUBLIC_SCREEN_GONE', values: {} }]
}
