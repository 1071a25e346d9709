import { expect, test } from 'vitest'
import { findCamera, zoomTrack } from '../../../renderer/camera/camera-choice.ts'

const front = { id: 'a1', label: 'Front camera' }
const counter = { id: 'b2', label: 'Counter camera' }
const nameless = { id: 'c3', label: '' }

test('a camera is found by its id', () => {
  expect(findCamera([front, counter], { id: 'b2', label: 'another name' })).toBe(counter)
})

test('a camera whose id changed with the address of the page is found by its label', () => {
  expect(findCamera([front, counter], { id: 'of yesterday', label: 'Counter camera' })).toBe(counter)
})

test('a camera without a label is found by nothing but its id', () => {
  expect(findCamera([front, nameless], { id: 'of yesterday', label: '' })).toBeNull()
})

/** No camera of this machine zooms: one made up by the test, that keeps what it was asked. */
function madeUpTrack(zoom: { min: number; max: number } | null, refuses = false) {
  const asked: unknown[] = []
  return {
    asked,
    getCapabilities: (): MediaTrackCapabilities => ({ width: { max: 1280 }, ...(zoom === null ? {} : { zoom }) }),
    applyConstraints: async (constraints?: MediaTrackConstraints) => {
      if (refuses) throw new DOMException('not now', 'OverconstrainedError')
      asked.push(constraints)
    },
  }
}

test('a camera that zooms is asked to, by its own measure, and nothing is left to cut', async () => {
  const track = madeUpTrack({ min: 100, max: 500 })
  expect(await zoomTrack(track, 2)).toBe(1)
  expect(track.asked).toEqual([{ advanced: [{ zoom: 200 }] }])
})

test('what a camera cannot zoom is cut out of its frames', async () => {
  expect(await zoomTrack(madeUpTrack({ min: 100, max: 150 }), 3)).toBe(2)
  expect(await zoomTrack(madeUpTrack(null), 3)).toBe(3)
})

test('a camera that refuses to zoom is cut', async () => {
  expect(await zoomTrack(madeUpTrack({ min: 1, max: 4 }, true), 2)).toBe(2)
})

test('a zoom of one brings a zoomed camera back', async () => {
  const track = madeUpTrack({ min: 100, max: 500 })
  expect(await zoomTrack(track, 1)).toBe(1)
  expect(track.asked).toEqual([{ advanced: [{ zoom: 100 }] }])
})
