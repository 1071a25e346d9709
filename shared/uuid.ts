/**
 * UUIDv7 (RFC 9562) from a time and ten random bytes, so that `shared` needs neither clock nor random source.
 * @param atMilliseconds Unix time in ms @param random at least 10 random bytes
 */
export function uuidV7(atMilliseconds: number, random: Uint8Array): string {
  if (random.length < 10) throw new RangeError('uuidV7 needs 10 random bytes')
  const time = Math.floor(atMilliseconds).toString(16).padStart(12, '0')
  const hex = Array.from(random.subarray(0, 10), byte => byte.toString(16).padStart(2, '0')).join('')
  const variant = ((Number.parseInt(hex.slice(4, 5), 16) & 0x3) | 0x8).toString(16)
  return `${time.slice(0, 8)}-${time.slice(8, 12)}-7${hex.slice(1, 4)}-${variant}${hex.slice(5, 8)}-${hex.slice(8, 20)}`
}
