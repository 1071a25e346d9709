import { readFile } from 'node:fs/promises'
import { decode as decodeJpeg } from 'jpeg-js'
import { PNG } from 'pngjs'
import { exifOrientation, upright } from '../shared/code-reading/orientation.ts'
import { greyOf, type Picture } from '../shared/code-reading/picture.ts'

export type PictureFile =
  | { readonly ok: true; readonly picture: Picture }
  | { readonly ok: false; readonly zh: string; readonly en: string }

/** Whatever its name says: the file's first bytes tell what it is (PNG, W3C 2025, section 5.2; JPEG, ITU-T T.81, B.1.1.3). */
const pngMark = Buffer.from('89504e470d0a1a0a', 'hex')
const jpegMark = Buffer.from('ffd8ff', 'hex')

/** Reads a PNG or JPEG picture, upright as its EXIF orientation says, what is transparent in it laid on white. */
export async function readPictureFile(path: string): Promise<PictureFile> {
  let file: Buffer
  try {
    file = await readFile(path)
  } catch (error) {
    return { ok: false, zh: '打不开这个文件', en: `cannot be opened (${wordOf(error)})` }
  }
  try {
    if (file.subarray(0, pngMark.length).equals(pngMark)) return { ok: true, picture: pngPicture(file) }
    if (file.subarray(0, jpegMark.length).equals(jpegMark)) return { ok: true, picture: jpegPicture(file) }
  } catch (error) {
    return { ok: false, zh: '图片坏了，读不出来', en: `is a damaged picture (${wordOf(error)})` }
  }
  return { ok: false, zh: '不是 PNG 或 JPEG 图片', en: 'is neither a PNG nor a JPEG picture' }
}

function wordOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown'
  return 'code' in error && typeof error.code === 'string' ? error.code : error.message
}

function pngPicture(file: Buffer): Picture {
  const { data, width, height } = PNG.sync.read(file)
  const pixels = new Uint8ClampedArray(data.length)
  for (let at = 0; at < data.length; at += 4) {
    const alpha = (data[at + 3] ?? 255) / 255
    for (let colour = at; colour < at + 3; colour++) pixels[colour] = (data[colour] ?? 0) * alpha + 255 * (1 - alpha)
  }
  return greyOf(pixels, width, height)
}

function jpegPicture(file: Buffer): Picture {
  const decoded = decodeJpeg(file, { useTArray: true, maxResolutionInMP: 200, maxMemoryUsageInMB: 4096 })
  const picture = greyOf(decoded.data, decoded.width, decoded.height)
  const exif = 'exifBuffer' in decoded && decoded.exifBuffer instanceof Uint8Array ? decoded.exifBuffer : null
  return upright(picture, exif === null ? 1 : exifOrientation(exif))
}
