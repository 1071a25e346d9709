import { readFileSync } from 'node:fs'
import { extname } from 'node:path'
import jpeg from 'jpeg-js'
import { PNG } from 'pngjs'
import type { Frame } from '../../../shared/face/frame.ts'

/** Endings of the picture files that can be read. */
export const pictureEndings: readonly string[] = ['.jpg', '.jpeg', '.png']

/** A JPEG or PNG file as a frame, upright as its EXIF says. Throws for a file that is neither. */
export function readPicture(file: string): Frame {
  const bytes = readFileSync(file)
  if (extname(file).toLowerCase() === '.png') {
    const { data, width, height } = PNG.sync.read(bytes)
    return { data: new Uint8Array(data), width, height }
  }
  const { data, width, height, exifBuffer } = jpeg.decode(bytes, {
    useTArray: true,
    formatAsRGBA: true,
    maxMemoryUsageInMB: 1024,
    maxResolutionInMP: 200,
  })
  return upright({ data, width, height }, exifBuffer === undefined ? 1 : orientationIn(new Uint8Array(exifBuffer)))
}
