import { readFileSync } from 'node:fs'
import { extname } from 'node:path'
import jpeg from 'jpeg-js'
import { PNG } from 'pngjs'
import { z } from 'zod'
import type { Frame } from '../../../shared/face/frame.ts'
import { orientationIn, upright } from '../../../shared/face/upright.ts'

/** Whether a file's name says that it is a picture that can be read. */
export function isPicture(name: string): boolean {
  return ['.jpg', '.jpeg', '.png'].includes(extname(name).toLowerCase())
}

/** A JPEG or PNG file as a frame, upright as its EXIF says. Throws for a file that is neither. */
export function readPicture(file: string): Frame {
  const bytes = readFileSync(file)
  if (extname(file).toLowerCase() === '.png') {
    const { data, width, height } = PNG.sync.read(bytes)
    return { data: new Uint8Array(data), width, height }
  }
  const picture = jpeg.decode(bytes, { useTArray: true, maxMemoryUsageInMB: 1024, maxResolutionInMP: 100 })
  const { exifBuffer } = withExif.parse(picture)
  return upright(picture, exifBuffer === undefined ? 1 : orientationIn(exifBuffer))
}

/** The library's types forget this one. It leaves the second of the two zero bytes before the TIFF block. */
const withExif = z.object({
  exifBuffer: z
    .instanceof(Uint8Array)
    .transform(bytes => bytes.slice(1))
    .optional(),
})
