import { writeFileSync } from 'node:fs'
import { encode } from 'jpeg-js'
import { encode as encodeQr } from 'uqr'

const WIDTH = 1280
const HEIGHT = 720
/** About how wide a code appears in the picture, quiet zone included, in pixels. */
const CODE_WIDTH = 320
const GREY = 120

/** A scene of a film: a code held still in the middle of the picture, or nothing, maybe in the dark. 30 frames last a second. */
export type Scene =
  | { readonly text: string; readonly frames: number; readonly mirrored?: boolean }
  | { readonly blank: number; readonly dark?: boolean }

/** Writes an MJPEG film, 1280x720, for Chromium's fake camera, which plays it at 30 frames a second, over and over. */
export function writeCameraFilm(path: string, scenes: readonly Scene[]): void {
  // jpeg-js takes long for a picture of this size, so each picture is compressed once and its bytes are repeated.
  const pictures = new Map<string, Buffer>()
  const film = scenes.flatMap(scene => {
    const frames = 'text' in scene ? scene.frames : scene.blank
    const text = 'text' in scene ? scene.text : null
    const mirrored = 'text' in scene && scene.mirrored === true
    const dark = 'blank' in scene && scene.dark === true
    const name = JSON.stringify([text, mirrored, dark])
    const draw = () => drawPicture(text, { mirrored, ground: dark ? 4 : GREY })
    const picture = pictures.get(name) ?? encode({ data: draw(), width: WIDTH, height: HEIGHT }, 85).data
    pictures.set(name, picture)
    return Array<Buffer>(frames).fill(picture)
  })
  writeFileSync(path, Buffer.concat(film))
}

/** Chromium's flags for a camera that plays the film and is allowed without a question. */
export function fakeCameraFlags(path: string): string[] {
  return [
    '--use-fake-device-for-media-stream',
    '--use-fake-ui-for-media-stream',
    `--use-file-for-fake-video-capture=${path}`,
  ]
}

/** One picture of the film as RGBA, 1280x720. */
export function drawPicture(
  text: string | null,
  { mirrored = false, ground = GREY }: { mirrored?: boolean; ground?: number } = {},
): Buffer {
  const pixels = Buffer.alloc(WIDTH * HEIGHT * 4, ground)
  if (text === null) return pixels
  const { data, size } = encodeQr(text, { ecc: 'M', border: 4 })
  const module = Math.floor(CODE_WIDTH / size)
  const [left, top] = [Math.floor((WIDTH - size * module) / 2), Math.floor((HEIGHT - size * module) / 2)]
  for (let y = 0; y < size * module; y++) {
    for (let x = 0; x < size * module; x++) {
      const column = Math.floor(x / module)
      const isDark = data[Math.floor(y / module)]?.[mirrored ? size - 1 - column : column] === true
      const at = ((top + y) * WIDTH + left + x) * 4
      pixels.fill(isDark ? 20 : 235, at, at + 4)
    }
  }
  return pixels
}
