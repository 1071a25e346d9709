import type { Frame } from './frame.ts'

const orientationTag = 0x0112

/**
 * How a JPEG picture is to be turned: the orientation of EXIF 2.32 (1 to 8) in a TIFF block. 1, as it lies, for a block that says nothing or
 * cannot be read.
 */
export function orientationIn(tiff: Uint8Array): number {
  const view = new DataView(tiff.buffer, tiff.byteOffset, tiff.byteLength)
  if (tiff.byteLength < 8) return 1
  const order = view.getUint16(0)
  if (order !== 0x4949 && order !== 0x4d4d) return 1
  const little = order === 0x4949
  const directory = view.getUint32(4, little)
  if (directory + 2 > tiff.byteLength) return 1
  const entries = view.getUint16(directory, little)
  for (let index = 0; index < entries; index += 1) {
    const entry = directory + 2 + index * 12
    if (entry + 12 > tiff.byteLength) return 1
    if (view.getUint16(entry, little) !== orientationTag) continue
    const value = view.getUint16(entry + 8, little)
    return value >= 1 && value <= 8 ? value : 1
  }
  return 1
}

/** The frame turned and mirrored as its orientation asks. */
export function upright(frame: Frame, orientation: number): Frame {
  if (orientation === 1) return frame
  const { width, height } = frame
  const turned = orientation >= 5
  const target = { width: turned ? height : width, height: turned ? width : height }
  const data = new Uint8Array(frame.data.length)
  for (let y = 0; y < target.height; y += 1) {
    for (let x = 0; x < target.width; x += 1) {
      const [u, v] = turned ? [y, x] : [x, y]
      const sourceX = [2, 3, 7, 8].includes(orientation) ? width - 1 - u : u
      const sourceY = [3, 4, 6, 7].includes(orientation) ? height - 1 - v : v
      const from = (sourceY * width + sourceX) * 4
      data.set(frame.data.subarray(from, from + 4), (y * target.width + x) * 4)
    }
  }
  return { data, ...target }
}
