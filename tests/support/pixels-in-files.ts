import { relative } from 'node:path'
import { filesBelow, readIfThere } from './find-in-files.ts'

/** A stretch of a file that lies there as the raw pixels of a photograph would. */
export interface StoredPixels {
  readonly file: string
  readonly offset: number
  /** Bytes from one value to its neighbour of the same colour: 1 grey or planar, 3 RGB, 4 RGBA. */
  readonly stride: 1 | 2 | 3 | 4
}

/** Bytes that are looked at together: at 160 pixels a line some lines of a small picture. */
const stretch = 4096
/**
 * Neighbours in a photograph differ by little, and not by nothing: a drawn area is flat, and so is a table of zeros. As measured on frames of
 * the film at a quarter of their size: at least 42 % of the changes within 4, 74 % within 12; in text 25 % and 55 %.
 */
const least = { values: 64, within4: 0.31, within12: 0.57 }
const mostFlat = 0.7
/** So many stretches, each half over the next, lie together in any picture of 120 pixels a side. */
const leastRunning = 3

/**
 * The first such stretch of each file below a folder. Packed or encrypted pixels are not seen.
 * @param isKnown true for a stretch that is something else, such as the weights of a network
 */
export function pixelsIn(folder: string, isKnown: (stretch: Buffer) => boolean = () => false): StoredPixels[] {
  return filesBelow(folder).flatMap(path => {
    const bytes = readIfThere(path)
    let running = 0
    for (let offset = 0; offset + stretch <= bytes.length; offset += stretch / 2) {
      const piece = bytes.subarray(offset, offset + stretch)
      const stride = ([1, 2, 3, 4] as const).find(each => isPhotograph(piece, each))
      running = stride === undefined || isKnown(piece) ? 0 : running + 1
      if (stride !== undefined && running === leastRunning) return [{ file: relative(folder, path), offset, stride }]
    }
    return []
  })
}

/** Each colour by itself: alpha, or the second half of a number, may be the same all over, but one that varies must vary as light does. */
function isPhotograph(bytes: Buffer, stride: number): boolean {
  let varied = 0
  for (let colour = 0; colour < stride; colour += 1) {
    const values = new Set<number>()
    let [within4, within12, flat, pairs] = [0, 0, 0, 0]
    for (let at = colour; at + stride < bytes.length; at += stride) {
      const value = bytes[at] ?? 0
      const step = Math.abs(value - (bytes[at + stride] ?? 0))
      values.add(value)
      pairs += 1
      if (step === 0) flat += 1
      else if (step <= 12) within12 += 1
      if (step > 0 && step <= 4) within4 += 1
    }
    if (values.size <= 2) continue
    const changes = pairs - flat
    if (values.size < least.values || flat > pairs * mostFlat) return false
    if (within4 < changes * least.within4 || within12 < changes * least.within12) return false
    varied += 1
  }
  return varied > 0
}
