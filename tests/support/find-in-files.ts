import { lstatSync, readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import iconv from 'iconv-lite'

/** Something that must not lie about in plain sight. */
export interface Secret {
  readonly what: string
  readonly text: string
  /** Where it is more than text, e.g. the bytes of a card id. */
  readonly bytes?: Buffer
}

export interface Finding {
  readonly what: string
  readonly text: string
  readonly encoding: string
  readonly file: string
  readonly offset: number
  /** What stands around it, with every byte that is no text as a dot. */
  readonly context: string
}

interface Pattern {
  readonly secret: Secret
  readonly encoding: string
  readonly bytes: Buffer
}

const encodings = ['utf8', 'utf16le', 'gbk']
/** Fewer bytes than this turn up in random data by chance, so they count only beside other text. */
const tellingLength = 5
const windowLength = 8

/** Every place in the files below a folder where a secret stands as UTF-8, as UTF-16LE, as GBK, or as its own bytes. */
export function findInFiles(folder: string, secrets: readonly Secret[]): { findings: Finding[]; searched: number } {
  const { starts, patterns } = index(secrets)
  const findings: Finding[] = []
  let searched = 0
  for (const file of filesBelow(folder)) {
    const bytes = readIfThere(file)
    searched += bytes.length
    for (let at = 0; at + 4 <= bytes.length; at++) {
      if (starts[bytes.readUInt16BE(at)] === 0) continue
      for (const pattern of patterns.get(bytes.readUInt32BE(at)) ?? []) {
        if (!standsAt(bytes, at, pattern)) continue
        const { secret, encoding } = pattern
        const { what, text } = secret
        findings.push({ what, text, encoding, file: relative(folder, file), offset: at, context: around(bytes, at) })
      }
    }
  }
  return { findings, searched }
}

function index(secrets: readonly Secret[]): { starts: Uint8Array; patterns: Map<number, Pattern[]> } {
  const starts = new Uint8Array(65_536)
  const patterns = new Map<number, Pattern[]>()
  for (const secret of secrets) {
    const known = new Set<string>()
    const forms: [string, Buffer][] = encodings.map(encoding => [encoding, iconv.encode(secret.text, encoding)])
    if (secret.bytes !== undefined) forms.push(['bytes', secret.bytes])
    for (const [encoding, bytes] of forms) {
      if (known.has(bytes.toString('hex'))) continue
      known.add(bytes.toString('hex'))
      if (bytes.length < 4) throw new RangeError(`${secret.text} is too short to be searched for`)
      starts[bytes.readUInt16BE(0)] = 1
      const start = bytes.readUInt32BE(0)
      patterns.set(start, [...(patterns.get(start) ?? []), { secret, encoding, bytes }])
    }
  }
  return { starts, patterns }
}

function standsAt(bytes: Buffer, at: number, { encoding, bytes: wanted, secret }: Pattern): boolean {
  const end = at + wanted.length
  if (end > bytes.length || bytes.compare(wanted, 0, wanted.length, at, end) !== 0) return false
  // Eight digits are a birth date only where no further digit makes them part of a longer number.
  if (/^\d{8}$/.test(secret.text) && (isDigit(bytes[at - 1]) || isDigit(bytes[end]))) return false
  if (wanted.length >= tellingLength) return true
  const before = iconv.decode(bytes.subarray(Math.max(0, at - windowLength), at), encoding)
  const after = iconv.decode(bytes.subarray(end, end + windowLength), encoding)
  return isText(before) || isText(after)
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x30 && byte <= 0x39
}

function isText(words: string): boolean {
  return /^[\t\n\r\u0020-\u007e\u2010-\u2026\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]*$/.test(words)
}

function around(bytes: Buffer, at: number): string {
  return bytes.toString('utf8', Math.max(0, at - 40), at + 60).replace(/[^\p{L}\p{N}\p{P}\p{S} ]/gu, '.')
}

export function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map(name => join(folder, name))
    .filter(file => lstatSync(file, { throwIfNoEntry: false })?.isFile() === true)
    .sort()
}

/** A browser that runs takes some of its files away again. */
export function readIfThere(file: string): Buffer {
  try {
    return readFileSync(file)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return Buffer.alloc(0)
    throw error
  }
}
