/** A longer code is nobody's; what comes without end is noise. */
export const LONGEST_CODE_BYTES = 1024

/** One code as its gun sent it, or why the bytes are none. */
export type CodeFrame = { ok: true; text: string } | { ok: false; detail: string }

export interface CodeFrames {
  /** The codes that these bytes end. */
  take(bytes: Uint8Array): CodeFrame[]
  /** Call when the line fell silent: the code that the silence ends, where no suffix is configured; else a torn rest is forgotten. */
  silence(): CodeFrame[]
  /** True while bytes wait for their end. */
  waiting(): boolean
}

const carriageReturn = 0x0d
const lineFeed = 0x0a

/**
 * Cuts the byte stream of a serial scanner into codes: at `suffix` where one is configured, else at CR, LF, both, or silence. The text is
 * UTF-8 where the bytes are, else GB18030; a code of more than 1 KB is refused whole.
 */
export function createCodeFrames(suffix?: string): CodeFrames {
  const ending = suffix === undefined ? undefined : Buffer.from(suffix, 'utf8')
  let held: number[] = []
  let tooLong = false

  function cut(): CodeFrame[] {
    const bytes = Uint8Array.from(held)
    held = []
    if (tooLong) {
      tooLong = false
      return [{ ok: false, detail: `more than ${LONGEST_CODE_BYTES} bytes without an end` }]
    }
    if (bytes.length === 0) return []
    const text = decoded(bytes)
    return [text === undefined ? { ok: false, detail: 'neither UTF-8 nor GB18030' } : { ok: true, text }]
  }

  function isEnd(byte: number): boolean {
    if (ending === undefined) return byte === carriageReturn || byte === lineFeed
    return held.length >= ending.length && ending.every((each, at) => each === held[held.length - ending.length + at])
  }

  function takeOne(byte: number): CodeFrame[] {
    held.push(byte)
    if (!isEnd(byte)) {
      // The last bytes stay, so that the end of the noise is still seen.
      if (held.length > LONGEST_CODE_BYTES + (ending?.length ?? 1)) {
        tooLong = true
        held = held.slice(-8)
      }
      return []
    }
    held.length -= ending?.length ?? 1
    if (held.length > LONGEST_CODE_BYTES) tooLong = true
    return cut()
  }

  return {
    take: bytes => [...bytes].flatMap(takeOne),
    silence: () => {
      if (ending === undefined) return cut()
      const wasTooLong = tooLong
      held = []
      tooLong = false
      return wasTooLong ? [{ ok: false, detail: 'no suffix came' }] : []
    },
    waiting: () => held.length > 0 || tooLong,
  }
}

function decoded(bytes: Uint8Array): string | undefined {
  for (const encoding of ['utf-8', 'gb18030']) {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(bytes)
    } catch (error) {
      // The decoder's only error: bytes that are not in this encoding.
      if (!(error instanceof TypeError)) throw error
    }
  }
  return undefined
}
