import { beforeAll, expect, test } from 'vitest'
import { loadCodeDecoder } from '../../../electron/code-decoder.ts'
import { type CodeDecoder, readCodes } from '../../../shared/code-reading/code-decoder.ts'
import type { Picture } from '../../../shared/code-reading/picture.ts'
import { greyPicture, pictureOf, resized } from '../../../shared/code-reading/picture-arts.ts'
import { readStillPicture } from '../../../shared/code-reading/still-picture.ts'
import { type Effect, renderFrame } from '../../bench/code-frames.ts'
import { elderCodeMaker } from '../../support/elder-code-maker.ts'
import { randomFrom } from '../../support/random.ts'

let decoder: CodeDecoder
let text: string
beforeAll(async () => {
  decoder = await loadCodeDecoder()
  text = await elderCodeMaker().mint({}, 'base32')
})

test.each<[string, Effect]>([
  ['out of focus', { blur: 2.4 }],
  ['small', { width: 88 }],
  ['in the dark', { light: 0.08, noise: 5 }],
  ['smeared by a moving hand', { motion: 7 }],
])('a photograph of a code %s is read where frames of a camera are not', async (_, effect) => {
  // Some codes are read whatever was done to their pictures, so one code alone would tell little.
  const maker = elderCodeMaker()
  const codes = await Promise.all(Array.from({ length: 5 }, () => maker.mint({}, 'base32')))
  const frames = codes.flatMap(code => [0, 1, 2, 3, 4].map(seed => ({ code, frame: renderFrame(code, effect, seed) })))
  const right = async (read: typeof readCodes) => {
    const found = await Promise.all(
      frames.map(async ({ code, frame }) => ({ code, texts: await read(decoder, frame) })),
    )
    expect(found.filter(({ code, texts }) => texts.some(text => text !== code))).toEqual([])
    return found.filter(({ texts }) => texts.length > 0).length
  }
  expect(await right(readStillPicture)).toBeGreaterThan(await right(readCodes))
})

test('a code in a large photograph is read, as large as the picture or small in it', async () => {
  const frame = greyPicture(renderFrame(text, { tiltDegrees: 20 }, 3))
  const large = pictureOf(resized(frame, 3000, 3000))
  expect(await readStillPicture(decoder, large)).toEqual([text])
  const lost = { data: new Uint8ClampedArray(4000 * 3000).fill(120), width: 4000, height: 3000 }
  const small = pictureOf(frame)
  for (let y = 0; y < 480; y++) lost.data.set(small.data.subarray(y * 480, y * 480 + 480), (1900 + y) * 4000 + 300)
  expect(await readStillPicture(decoder, lost)).toEqual([text])
})

test('no pass reads a code out of checks, stripes and noise', async () => {
  const found = await Promise.all(Array.from({ length: 16 }, (_, seed) => readStillPicture(decoder, pattern(seed))))
  expect(found.flat()).toEqual([])
})

/** Squares of one size in random shades, or stripes, under noise. */
function pattern(seed: number): Picture {
  const random = randomFrom(seed)
  const [width, height, size] = [320, 240, 3 + random.below(20)]
  const striped = random.chance(0.3)
  const shades = Array.from({ length: 20_000 }, () => (random.chance(0.5) ? 30 : 220))
  const data = new Uint8ClampedArray(width * height)
  for (let at = 0; at < data.length; at++) {
    const [column, row] = [Math.floor((at % width) / size), Math.floor(at / width / size)]
    data[at] = (shades[striped ? column : column * 128 + row] ?? 0) + random.below(40) - 20
  }
  return { data, width, height }
}
