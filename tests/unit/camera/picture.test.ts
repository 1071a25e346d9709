import { expect, test } from 'vitest'
import { stateOfFailure } from '../../../renderer/camera/camera-stream.ts'
import { type CodeDecoder, readCodes, readCodesByTurns, type Way } from '../../../shared/code-reading/code-decoder.ts'
import {
  blurred,
  brightnessOf,
  greyOf,
  middleOf,
  type Picture,
  zoomedPart,
} from '../../../shared/code-reading/picture.ts'

function picture(width: number, height: number, grey: number[]): Picture {
  return { width, height, data: Uint8ClampedArray.from(grey) }
}

test('the middle of a 720p frame is a square of 600 pixels', () => {
  expect(middleOf(1280, 720)).toEqual({ x: 340, y: 60, width: 600, height: 600 })
})

test('the middle lies inside a frame of any size, on even pixels', () => {
  for (const [width, height] of [
    [640, 480],
    [321, 241],
    [2, 2],
    [1921, 1081],
  ] as const) {
    const middle = middleOf(width, height)
    expect(middle.x + middle.width).toBeLessThanOrEqual(width)
    expect(middle.y + middle.height).toBeLessThanOrEqual(height)
    expect(Object.values(middle).every(length => length % 2 === 0)).toBe(true)
  }
})

test('grey weighs green most and blue least, and keeps white white', () => {
  const colours = Uint8ClampedArray.from([255, 0, 0, 0, 0, 255, 0, 0, 0, 0, 255, 0, 255, 255, 255, 0])
  expect([...greyOf(colours, 4, 1).data]).toEqual([76, 150, 29, 255])
})

test('a blurred pixel is the mean of its nine neighbours, and the edge stays', () => {
  const soft = blurred(picture(3, 3, [0, 0, 0, 0, 90, 0, 0, 0, 9]))
  expect([...soft.data]).toEqual([0, 0, 0, 0, 11, 0, 0, 0, 9])
})

/** A decoder that finds a code only when asked in one certain way. */
function decoderThatReads(wanted: { blur: boolean; way: Way }): CodeDecoder {
  return {
    name: 'zxing-wasm',
    decode: async ({ data }, way) => ((data[4] !== 90) === wanted.blur && way === wanted.way ? ['A'] : []),
  }
}

const ways = [
  { blur: false, way: 'local' },
  { blur: true, way: 'local' },
  { blur: false, way: 'global' },
] as const

test('a miss is followed by a second look in the blurred picture and a third with one threshold', async () => {
  const frame = picture(3, 3, [0, 0, 0, 0, 90, 0, 0, 0, 0])
  const found = await Promise.all(ways.map(way => readCodes(decoderThatReads(way), frame)))
  expect(found).toEqual([['A'], ['A'], ['A']])
})

test('while nobody is there, the second looks take turns', async () => {
  const frame = picture(3, 3, [0, 0, 0, 0, 90, 0, 0, 0, 0])
  const found = async (way: (typeof ways)[number]) =>
    Promise.all([0, 1].map(turn => readCodesByTurns(decoderThatReads(way), frame, turn)))
  expect(await Promise.all(ways.map(found))).toEqual([
    [['A'], ['A']],
    [['A'], []],
    [[], ['A']],
  ])
})

test('a zoom of two leaves the middle half of each edge, on even pixels', () => {
  expect(zoomedPart(1280, 720, 2)).toEqual({ x: 320, y: 180, width: 640, height: 360 })
  expect(zoomedPart(1280, 720, 1)).toEqual({ x: 0, y: 0, width: 1280, height: 720 })
  const odd = zoomedPart(641, 479, 3)
  expect(Object.values(odd).every(length => length % 2 === 0)).toBe(true)
})

test('brightness is the mean of what is seen', () => {
  expect(brightnessOf(picture(64, 64, Array(4096).fill(90)))).toBe(90)
})

test.each([
  ['NotAllowedError', 'refused'],
  ['SecurityError', 'refused'],
  ['NotFoundError', 'no-camera'],
  ['OverconstrainedError', 'no-camera'],
  ['NotReadableError', 'lost'],
  ['AbortError', 'lost'],
])('the failure %s of a camera means %s', (failure, state) => {
  expect(stateOfFailure(failure)).toBe(state)
})
