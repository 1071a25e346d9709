import type { PagePort, PageRole } from './host.ts'

/** The pages that are connected, and which one of them speaks: two loudspeakers of one till must never talk at once. */
export interface Pages {
  add(port: PagePort, role: PageRole): void
  /** The public page that has been there longest; where there is none, the staff's. */
  speaker(): PagePort | null
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
      const [port] = all.find(([, role]) => role === 'customer') ?? all[0] ?? []
      return port ?? null
    },
    closeAll() {
      for (const port of pages.keys()) port.close()
    },
  }
}
