import { writeFileSync } from 'node:fs'
import { encode } from 'jpeg-js'
import type { Frame } from '../../shared/face/frame.ts'
import { cutPatch, letterbox } from '../../shared/face/resample.ts'

const WIDTH = 640
const HEIGHT = 480
const GREY = 128
/** Beside the picture, in the upper left corner: which scene it is, in five squares, black and white. */
const markSide = 16
const markBits = 5

/** A person who stands before the camera, or two of them, or nobody. 30 frames last a second. */
export interface FaceScene {
  readonly people: readonly Frame[]
  readonly frames: number
  /** 1 is as bright as the picture. */
  readonly light?: number
}

/** One picture of the film as RGBA, 640x480: the people side by side, each as high as the picture. */
export function drawScene({ people, light = 1 }: Omit<FaceScene, 'frames'>, place = 0): Buffer {
  const pixels = Buffer.alloc(WIDTH * HEIGHT * 4, 255)
  for (let at = 0; at < pixels.length; at += 4) pixels.fill(Math.round(GREY * light), at, at + 3)
  const side = people.length > 1 ? WIDTH / 2 : HEIGHT
  for (const [order, person] of people.entries()) {
    const left = people.length > 1 ? order * side : (WIDTH - side) / 2
    const top = (HEIGHT - side) / 2
    const { data } = cutPatch(person, letterbox(person.width, person.height, side), side)
    for (let y = 0; y < side; y += 1) {
      for (let x = 0; x < side; x += 1) {
        const [from, to] = [(y * side + x) * 3, ((top + y) * WIDTH + left + x) * 4]
        for (let colour = 0; colour < 3; colour += 1)
          pixels[to + colour] = Math.round((data[from + colour] ?? 0) * light)
      }
    }
  }
  for (let bit = 0; bit < markBits; bit += 1) {
    const level = (place >> bit) & 1 ? 235 : 20
    for (let y = 0; y < markSide; y += 1) {
      const at = (y * WIDTH + bit * markSide) * 4
      for (let x = 0; x < markSide; x += 1) pixels.fill(level, at + x * 4, at + x * 4 + 3)
    }
  }
  return pixels
}

/** Writes a film for Chromium's fake camera, which plays it over and over. Gives the JPEG of each scene. */
export function writeFaceFilm(path: string, scenes: readonly FaceScene[]): Buffer[] {
  // jpeg-js takes long for a picture of this size, so each is compressed once and its bytes are repeated.
  const pictures = scenes.map(
    (scene, place) => encode({ data: drawScene(scene, place), width: WIDTH, height: HEIGHT }, 85).data,
  )
  writeFileSync(
    path,
    Buffer.concat(
      scenes.flatMap(({ frames }, place) => Array<Buffer>(frames).fill(pictures[place] ?? Buffer.alloc(0))),
    ),
  )
  return pictures
}
