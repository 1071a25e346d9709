import { toBase64Url } from '../../shared/bytes.ts'
import type { FaceBox } from '../../shared/face/blazeface.ts'

/** Of a portrait for staff, in pixels. */
const width = 240
const height = 300
const mostBytes = 20 * 1024

/** Cuts head and shoulders out of a frame, as a JPEG of at most 20 KB in base64url; null where the browser makes none so small. */
export async function cutPortrait(picture: VideoFrame, box: FaceBox): Promise<string | null> {
  const canvas = new OffscreenCanvas(width, height)
  const drawing = canvas.getContext('2d')
  if (drawing === null) return null
  const tall = Math.min(2.2 * box.height, picture.displayHeight)
  const wide = (tall * width) / height
  const left = box.x + box.width / 2 - wide / 2
  const top = Math.max(0, box.y + box.height / 2 - 0.48 * tall)
  drawing.fillStyle = '#eae2d2'
  drawing.fillRect(0, 0, width, height)
  drawing.drawImage(picture, left, top, wide, tall, 0, 0, width, height)
  for (const quality of [0.8, 0.6, 0.4]) {
    const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality })
    if (blob.size <= mostBytes) return toBase64Url(new Uint8Array(await blob.arrayBuffer()))
  }
  return null
}

/** The address under which a picture that came as base64url is shown; it lies in the page only. */
export function jpegAddress(base64Url: string): string {
  return `data:image/jpeg;base64,${base64Url.replaceAll('-', '+').replaceAll('_', '/')}`
}
