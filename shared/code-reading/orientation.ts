import type { Picture } from './picture.ts'

/** How a camera was held: 1 upright, 2 mirrored, 3 upside down, and so on to 8 (EXIF 3.0, tag 0x0112). */
export type Orientation = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8

const orientations: readonly Orientation[] = [1, 2, 3, 4, 5, 6, 7, 8]
const orientationTag = 0x0112

/** The orientation of an EXIF block, which may begin with a padding byte; 1 where it says none or makes no sense. */
export function exifOrientation(exif: Uint8Array): Orientation {
  const tiff = exif[0] === 0 ? exif.subarray(1) : exif
  const view = new DataView(tiff.buffer, tiff.byteOffset, tiff.byteLength)
  if (view.byteLength < 8) return 1
  const order = view.getUint16(0)
  if (order !== 0x4949 && order !== 0x4d4d) return 1
  const little = order === 0x4949
  const directory = view.getUint32(4, little)
  if (directory + 2 > view.byteLength) return 1
  const entries = view.getUint16(directory, little)
  for (let entry = 0; entry < entries; entry++) {
    const at = directory + 2 + entry * 12
    if (at + 12 > view.byteLength) return 1
    if (view.getUint16(at, little) !== orientationTag) continue
    const value = view.getUint16(at + 8, little)
    return orientations.find(orientation => orientation === value) ?? 1
  }
  return 1
}

/** The picture as it was seen, given how the camera was held. */
export function upright(picture: Picture, orientation: Orientation): Picture {
  if (orientation === 1) return picture
  const turns = orientation >= 5
  const [width, height] = turns ? [picture.height, picture.width] : [picture.width, picture.height]
  const [lastX, lastY] = [picture.width - 1, picture.height - 1]
  const data = new Uint8ClampedArray(picture.data.length)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [across, down] = turns ? [y, x] : [x, y]
      const fromX = [2, 3, 7, 8].includes(orientation) ? lastX - across : across
      const fromY = [3, 4, 6, 7].includes(orientation) ? lastY - down : down
      data[y * width + x] = picture.data[fromY * picture.width + fromX] ?? 0
    }
  }
  return { data, width, height }
}
