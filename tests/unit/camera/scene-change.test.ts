import { expect, test } from 'vitest'
import { createChangeWatch } from '../../../shared/code-reading/scene-change.ts'
import { renderFrame } from '../../bench/code-frames.ts'
import { randomFrom } from '../../support/random.ts'

/** A counter of one brightness with the noise of a camera in a dim room. */
function counter(brightness: number, seed: number) {
  const random = randomFrom(seed)
  const data = new Uint8ClampedArray(480 * 480)
  for (let at = 0; at < data.length; at++) data[at] = brightness + random.below(31) - 15
  return { data, width: 480, height: 480 }
}

test('an empty counter does not change by the noise of the camera', () => {
  const changes = createChangeWatch()
  expect([1, 2, 3, 4].map(seed => changes(counter(110, seed)))).toEqual([true, false, false, false])
})

test('a code that is held up changes it, also a small one', () => {
  for (const width of [240, 100]) {
    const changes = createChangeWatch()
    changes(counter(110, 1))
    expect(changes(renderFrame('http://example.com/', { width }, 1))).toBe(true)
  }
})

test('a picture that changes slowly counts once it differs enough from the last that counted', () => {
  const changes = createChangeWatch()
  const said = [100, 104, 118, 120].map(brightness => changes(counter(brightness, brightness)))
  expect(said).toEqual([true, false, true, false])
})
