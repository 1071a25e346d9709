import { expect, test } from 'vitest'
import { stateOfFailure } from '../../../renderer/camera/camera-stream.ts'
import { type CodeDecoder, readCodes } from '../../../renderer/camera/code-decoder.ts'
import { blurred, greyOf, middleOf, type Picture } from '../../../renderer/camera/picture.ts'

function picture(width: number, height: number, grey: number[]): Picture {
  return { width, height, data: Uint8ClampedArray.from(grey.flatMap(value => [value, value, value, 0])) }
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
  expect([...greyOf({ data: colours, width: 4, height: 1 })]).toEqual([76, 150, 29, 255])
})

test('a blurred pixel is the mean of its nine neighbours, and the edge stays', () => {
  const soft = greyOf(blurred(picture(3, 3, [0, 0, 0, 0, 90, 0, 0, 0, 9])))
  expect([...soft]).toEqual([0, 0, 0, 0, 11, 0, 0, 0, 9])
})

/** A decoder that finds a code only when asked in one certain way. */
function decoderThatReads(wanted: { blur: boolean; binarizer: 'local' | 'global' }): CodeDecoder {
  return {
    name: 'zxing-wasm',
    decode: async ({ data }, binarizer) =>
      (data[3] === 255) === wanted.blur && binarizer === wanted.binarizer ? ['A'] : [],
  }
}

test('a miss is followed by a second look: blurred and with one threshold by turns', async () => {
  const frame = picture(3, 3, Array(9).fill(100))
  const found = async (wanted: Parameters<typeof decoderThatReads>[0]) =>
    Promise.all([0, 1].map(turn => readCodes(decoderThatReads(wanted), frame, turn)))
  expect(await found({ blur: false, binarizer: 'local' })).toEqual([['A'], ['A']])
  expect(await found({ blur: true, binarizer: 'local' })).toEqual([['A'], []])
  expect(await found({ blur: false, binarizer: 'global' })).toEqual([[], ['A']])
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
