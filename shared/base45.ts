const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:'
const values = new Map([...alphabet].map((letter, value) => [letter, value]))

/** base45 (RFC 9285): the alphanumeric mode of a QR code carries two bytes in three letters. */
export function toBase45(bytes: Uint8Array): string {
  let text = ''
  for (let index = 0; index < bytes.length; index += 2) {
    const first = bytes[index] ?? 0
    const second = bytes[index + 1]
    const number = second === undefined ? first : first * 256 + second
    text += alphabet.charAt(number % 45) + alphabet.charAt(Math.floor(number / 45) % 45)
    if (second !== undefined) text += alphabet.charAt(Math.floor(number / 2025))
  }
  return text
}

/** Strict inverse of `toBase45`. Throws a SyntaxError on lower case, a length no bytes have, or a group worth more than its bytes hold. */
export function fromBase45(text: string): Uint8Array {
  if (text.length % 3 === 1) throw new SyntaxError('not base45: wrong length')
  const bytes = new Uint8Array(Math.floor(text.length / 3) * 2 + (text.length % 3 === 2 ? 1 : 0))
  for (let index = 0, at = 0; index < text.length; index += 3, at += 2) {
    const group = text.slice(index, index + 3)
    let number = 0
    for (const letter of [...group].reverse()) {
      const value = values.get(letter)
      if (value === undefined) throw new SyntaxError('not base45: unknown letter')
      number = number * 45 + value
    }
    if (number > (group.length === 3 ? 0xffff : 0xff)) throw new SyntaxError('not base45: a group overflows')
    if (group.length === 3) {
      bytes[at] = number >> 8
      bytes[at + 1] = number & 255
    } else bytes[at] = number
  }
  return bytes
}
