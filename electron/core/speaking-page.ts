import type { PagePort, PageRole } from './host.ts'

/** The pages that are connected, and which one of them speaks: two loudspeakers of one till must never talk at once. */
export interface Pages {
  add(port: PagePort, role: PageRole): void
  /** The public page that came last, else the staff's: a line that died without a word does not keep the voice. */
  speaker(): PagePort | null
  /** How many pages of a role are connected. */
  count(role: PageRole): number
  /** Ends the lines of the kiosk's own screen, so that its page begins anew. */
  closeKiosk(): void
  closeAll(): void
}

export function createPages(onChange: () => void): Pages {
  const pages = new Map<PagePort, PageRole>()
  return {
    add(port, role) {
      pages.set(port, role)
      port.onClose(() => {
        if (pages.delete(port)) onChange()
      })
      onChange()
    },
    speaker() {
      const all = [...pages]
      const [port] = all.findLast(([, role]) => role === 'customer') ?? all.at(-1) ?? []
      return port ?? null
    },
    count: wanted => [...pages.values()].filter(role => role === wanted).length,
    closeKiosk() {
      for (const [port, role] of pages) if (role === 'kiosk') port.close()
    },
    closeAll() {
      for (const port of pages.keys()) port.close()
    },
  }
}
