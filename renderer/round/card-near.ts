interface NearReader extends EventTarget {
  scan(options: { signal: AbortSignal }): Promise<void>
}

declare global {
  interface Window {
    /** Web NFC, which phones with Android have. */
    readonly NDEFReader?: new () => NearReader
  }
}

/** Listens for cards held to the back of the phone, where it can: `onCard` gets the number as upper-case hex in air order. */
export function listenForCards(onCard: (uid: string) => void, signal: AbortSignal): void {
  if (window.NDEFReader === undefined) return
  const reader = new window.NDEFReader()
  const hear = (event: Event) => {
    const number: unknown = Reflect.get(event, 'serialNumber')
    if (typeof number === 'string') onCard(uidOf(number))
  }
  // A card without text on it is told as one that cannot be read, with its number all the same.
  reader.addEventListener('reading', hear, { signal })
  reader.addEventListener('readingerror', hear, { signal })
  reader.scan({ signal }).catch(error => console.info('no cards:', error instanceof Error ? error.message : error))
}

/** A card's number as somebody or the phone writes it, as upper-case hex. */
export const uidOf = (text: string) => text.replace(/[\s:-]/g, '').toUpperCase()
