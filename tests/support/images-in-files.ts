import { relative } from 'node:path'
import { filesBelow, readIfThere } from './find-in-files.ts'

/** A picture that lies somewhere in a file, as bytes or as base64 in its text, in one of the formats that a canvas writes. */
export interface StoredImage {
  readonly file: string
  /** Where it begins; in text, counted in characters that are not zero. */
  readonly offset: number
  readonly format: 'jpeg' | 'png' | 'webp'
  readonly bytes: Buffer
}

type Format = StoredImage['format']

/** Where a picture that begins here ends; null where none begins. One that is cut off ends with its file. */
const endings: Record<Format, (bytes: Buffer, at: number) => number | null> = {
  jpeg: endOfJpeg,
  png: endOfPng,
  webp: endOfWebp,
}
const signatures: readonly (readonly [Format, Buffer])[] = [
  ['jpeg', Buffer.from([0xff, 0xd8, 0xff])],
  ['png', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])],
  ['webp', Buffer.from('RIFF')],
]
/** The same signatures as base64 writes them, in either alphabet. */
const inText = /(?:\/9j\/|_9j_|iVBORw0KGgo|UklGR)[A-Za-z0-9+/_-]{60,}/g

/** Every picture in the files below a folder, known or not: whatever stands around it. Packed or encrypted ones are not seen. */
export function imagesIn(folder: string): StoredImage[] {
  return filesBelow(folder).flatMap(path => {
    const bytes = readIfThere(path)
    const file = relative(folder, path)
    // Without zeros, text of two bytes a sign reads like text of one.
    const text = bytes.toString('latin1').replaceAll('\0', '')
    return [
      ...imagesAmong(bytes).map(image => ({ file, ...image })),
      ...[...text.matchAll(inText)].flatMap(({ 0: found, index }) =>
        imagesAmong(Buffer.from(found, 'base64url'))
          .filter(({ offset }) => offset === 0)
          .map(image => ({ file, ...image, offset: index })),
      ),
    ]
  })
}

function imagesAmong(bytes: Buffer): Omit<StoredImage, 'file'>[] {
  const images: Omit<StoredImage, 'file'>[] = []
  for (const [format, signature] of signatures) {
    for (let at = bytes.indexOf(signature); at >= 0; at = bytes.indexOf(signature, at + 1)) {
      const end = endings[format](bytes, at)
      if (end !== null) images.push({ offset: at, format, bytes: bytes.subarray(at, end) })
    }
  }
  return images
}

/** Segments up to the frame header and the first scan (ITU-T T.81, B.1): three bytes alone turn up in random data. */
function endOfJpeg(bytes: Buffer, at: number): number | null {
  let hasFrame = false
  for (let place = at + 2; place + 4 <= bytes.length; ) {
    const marker = bytes[place + 1] ?? 0
    if (bytes[place] !== 0xff || marker < 0xc0 || marker === 0xff || (marker >= 0xd0 && marker <= 0xd9)) return null
    if (marker === 0xda) {
      const end = bytes.indexOf(Buffer.from([0xff, 0xd9]), place)
      return hasFrame ? (end < 0 ? bytes.length : end + 2) : null
    }
    hasFrame ||= marker <= 0xc2
    const length = bytes.readUInt16BE(place + 2)
    if (length < 2) return null
    place += 2 + length
  }
  return null
}

function endOfPng(bytes: Buffer, at: number): number | null {
  if (bytes.toString('latin1', at + 12, at + 16) !== 'IHDR') return null
  const end = bytes.indexOf('IEND', at)
  return end < 0 ? bytes.length : end + 8
}

function endOfWebp(bytes: Buffer, at: number): number | null {
  if (!/^WEBPVP8[ LX]$/.test(bytes.toString('latin1', at + 8, at + 16))) return null
  return Math.min(bytes.length, at + 8 + bytes.readUInt32LE(at + 4))
}

/** How alike two small grey pictures of the same size are, whatever their light: 1 is the same, about 0 is another. */
export function likeness(one: readonly number[], other: readonly number[]): number {
  const [a, b] = [one, other].map(values => {
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length
    const centred = values.map(value => value - mean)
    const length = Math.hypot(...centred)
    return length === 0 ? centred : centred.map(value => value / length)
  })
  return (a ?? []).reduce((sum, value, place) => sum + value * (b?.[place] ?? 0), 0)
}
