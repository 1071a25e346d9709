import { fromBase32, toBase32 } from '../../shared/base32.ts'
import { fromBase45, toBase45 } from '../../shared/base45.ts'
import type { ElderCodeEncoding } from '../../shared/elder-code.ts'

/** A whole number from 0 up to but not including the bound. */
export type Dice = (bound: number) => number

/** A genuine code, as text and as the bytes that the text stands for. */
export interface GenuineCode {
  readonly encoding: ElderCodeEncoding
  readonly text: string
  readonly bytes: Uint8Array
}

export function genuineCode(text: string): GenuineCode {
  const encoding = text.startsWith('ZZ1B') ? 'base32' : 'base45'
  return { encoding, text, bytes: encoding === 'base32' ? fromBase32(text.slice(4)) : fromBase45(text.slice(4)) }
}

type Mutation = (code: GenuineCode, dice: Dice, other: GenuineCode) => string

const letters32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
const letters45 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:'
const strange = 'abcxyz0189 =\t\n爱Ａ\u0000-_+/'

const write = ({ encoding }: GenuineCode, bytes: ArrayLike<number>) =>
  encoding === 'base32' ? `ZZ1B${toBase32(Uint8Array.from(bytes))}` : `ZZ1:${toBase45(Uint8Array.from(bytes))}`
const put = (text: string, at: number, drop: number, what: string) => text.slice(0, at) + what + text.slice(at + drop)
const pick = (from: string, dice: Dice) => from.charAt(dice(from.length))
const alphabetOf = ({ encoding }: GenuineCode) => (encoding === 'base32' ? letters32 : letters45)

/** Ways to change a code: its bytes, written again as a canonical text, and its text, so that it is no canonical one or stands for other bytes. */
export const codeMutations: Readonly<Record<string, Mutation>> = {
  'one bit of the bytes': (code, dice) => {
    const bytes = Uint8Array.from(code.bytes)
    const at = dice(bytes.length)
    bytes[at] = (bytes[at] ?? 0) ^ (1 << dice(8))
    return write(code, bytes)
  },
  'several bytes': (code, dice) => {
    const bytes = Uint8Array.from(code.bytes)
    for (let count = 1 + dice(4); count > 0; count -= 1) bytes[dice(bytes.length)] = dice(256)
    return write(code, bytes)
  },
  'a byte of the claims': (code, dice) => {
    const bytes = Uint8Array.from(code.bytes)
    bytes[14 + dice(bytes.length - 14 - 66)] = dice(256)
    return write(code, bytes)
  },
  'a byte of the signature': (code, dice) => {
    const bytes = Uint8Array.from(code.bytes)
    bytes[bytes.length - 1 - dice(64)] = dice(256)
    return write(code, bytes)
  },
  'bytes put in or taken out': (code, dice) => {
    const bytes = [...code.bytes]
    const more = Array.from({ length: dice(3) }, () => dice(256))
    bytes.splice(dice(bytes.length), dice(3), ...more)
    return write(code, bytes)
  },
  'two codes spliced': (code, dice, other) => {
    const at = dice(code.bytes.length)
    return write(code, [...code.bytes.slice(0, at), ...other.bytes.slice(at)])
  },
  'bytes changed places': (code, dice) => {
    const bytes = Uint8Array.from(code.bytes)
    const [from, to] = [dice(bytes.length), dice(bytes.length)]
    const held = bytes[from] ?? 0
    bytes[from] = bytes[to] ?? 0
    bytes[to] = held
    return write(code, bytes)
  },
  'spare bits that are not 0': (code, dice) => {
    if (code.encoding === 'base45') return overflown(code.text, dice)
    const spare = (code.text.length - 4) * 5 - code.bytes.length * 8
    const last = letters32.indexOf(code.text.slice(-1))
    return code.text.slice(0, -1) + letters32.charAt(last ^ (1 + dice((1 << spare) - 1)))
  },
  'one letter for another': (code, dice) => put(code.text, dice(code.text.length), 1, pick(alphabetOf(code), dice)),
  'one letter from outside': (code, dice) => put(code.text, dice(code.text.length), 1, pick(strange, dice)),
  'letters put in': (code, dice) =>
    put(code.text, dice(code.text.length + 1), 0, pick(dice(2) === 0 ? alphabetOf(code) : strange, dice)),
  'letters taken out': (code, dice) => put(code.text, dice(code.text.length), 1 + dice(3), ''),
  'letters in lower case': (code, dice) => {
    const at = dice(code.text.length)
    const to = at + 1 + dice(code.text.length - at)
    return code.text.slice(0, at) + code.text.slice(at, to).toLowerCase() + code.text.slice(to)
  },
  'something before or after': (code, dice) => {
    const more = Array.from({ length: 1 + dice(8) }, () => pick(alphabetOf(code) + strange, dice)).join('')
    return dice(2) === 0 ? code.text + more : more + code.text
  },
  'the other prefix': (code, dice) =>
    (code.encoding === 'base32' ? 'ZZ1:' : 'ZZ1B') + put(code.text.slice(4), dice(code.text.length - 4), dice(2), ''),
}

/** A group of base45 letters for the same low bits of a number that two bytes, or one, cannot hold. */
function overflown(text: string, dice: Dice): string {
  const groups = text.slice(4).match(/.{1,3}/gs) ?? []
  const start = dice(groups.length)
  for (let step = 0; step < groups.length; step += 1) {
    const index = (start + step) % groups.length
    const group = groups[index] ?? ''
    const value = [...group].reduceRight((sum, letter) => sum * 45 + letters45.indexOf(letter), 0)
    const more = value + (group.length === 3 ? 65_536 : 256)
    if (more >= 45 ** group.length) continue
    const spelled = Array.from({ length: group.length }, (_, place) =>
      letters45.charAt(Math.floor(more / 45 ** place) % 45),
    )
    return `ZZ1:${groups.map((one, at) => (at === index ? spelled.join('') : one)).join('')}`
  }
  return `${text} `
}
