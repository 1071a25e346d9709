const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
const values = new Map([...alphabet].map((letter, value) => [letter, value]))

/** base32 without padding (RFC 4648 section 6). */
export function toBase32(bytes: Uint8Array): string {
  let text = ''
  let held = 0
  let bits = 0
  for (const byte of bytes) {
    held = (held << 8) | byte
    bits += 8
    while (bits >= 5) {
      bits -= 5
      text += alphabet.charAt(held >> bits)
      held &= (1 << bits) - 1
    }
  }
  return bits === 0 ? text : text + alphabet.charAt(held << (5 - bits))
}

/** Strict inverse of `toBase32`. Throws a SyntaxError on lower case, padding, a length no bytes have, or stray bits at the end. */
export function fromBase32(text: string): Uint8Array {
  if ([1, 3, 6].includes(text.length % 8)) throw new SyntaxError('not base32: wrong length')
  const bytes = new Uint8Array(Math.floor((text.length * 5) / 8))
  let held = 0
  let bits = 0
  let at = 0
  for (const letter of text) {
    const value = values.get(letter)
    if (value === undefined) throw new SyntaxError('not base32: unknown letter')
    held = (held << 5) | value
    bits += 5
    if (bits >= 8) {
      bits -= 8
      bytes[at++] = held >> bits
      held &= (1 << bits) - 1
    }
  }
  if (held !== 0) throw new SyntaxError('not base32: stray bits at the end')
  return bytes
}
