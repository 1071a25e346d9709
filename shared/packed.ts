import { deflateSync, Inflate } from 'fflate'

/** What one bite of packed bytes can grow to at most stays far below any limit. */
const bite = 4096

/** Bytes as DEFLATE (RFC 1951) packs them. */
export function packed(bytes: Uint8Array): Uint8Array {
  return deflateSync(bytes)
}

/** The bytes that were packed; null where they are no DEFLATE stream, or more than `most` bytes. */
export function unpacked(bytes: Uint8Array, most: number): Uint8Array | null {
  const parts: Uint8Array[] = []
  let size = 0
  let ended = false
  const stream = new Inflate((part, final) => {
    size += part.length
    ended ||= final
    if (size <= most) parts.push(part)
  })
  try {
    for (let from = 0; from < bytes.length && size <= most; from += bite)
      stream.push(bytes.subarray(from, from + bite), from + bite >= bytes.length)
  } catch {
    // Whatever fflate says of it: these bytes were packed by nobody.
    return null
  }
  if (!ended || size > most) return null
  const whole = new Uint8Array(size)
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
