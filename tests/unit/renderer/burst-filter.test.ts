import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createBurstFilter } from '../../../renderer/state/burst-filter.ts'

let keys: string[]
let filter: ReturnType<typeof createBurstFilter>

beforeEach(() => {
  vi.useFakeTimers()
  keys = []
  filter = createBurstFilter(code => keys.push(code))
})
afterEach(() => vi.useRealTimers())

/** Presses keys with the given pauses (ms) between them, then lets time pass. */
function type(codes: readonly string[], gap: number): void {
  for (const code of codes) {
    filter.press(code, performance.now())
    vi.advanceTimersByTime(gap)
  }
  vi.advanceTimersByTime(200)
}

test('a key pressed by a finger arrives', () => {
  type(['Digit2'], 0)
  expect(keys).toEqual(['Digit2'])
})

test('keys at the pace of fingers all arrive, in order', () => {
  type(['Digit2', 'KeyW', 'Enter'], 90)
  expect(keys).toEqual(['Digit2', 'KeyW', 'Enter'])
})

test('a scanner burst arrives nowhere, the Enter at its end included', () => {
  type([...'12345678'].map(digit => `Digit${digit}`).concat('Enter'), 8)
  expect(keys).toEqual([])
})

test('a burst with a slow last key stays a burst', () => {
  type(['Digit1', 'Digit2', 'Digit3'], 10)
  expect(keys).toEqual([])
  for (const [code, pause] of [
    ['Digit1', 10],
    ['Digit2', 60],
    ['Enter', 200],
  ] as const) {
    filter.press(code, performance.now())
    vi.advanceTimersByTime(pause)
  }
  expect(keys).toEqual([])
})

test('after a burst a finger counts again', () => {
  type(['Digit1', 'Digit2', 'Enter'], 5)
  type(['Digit3'], 0)
  expect(keys).toEqual(['Digit3'])
})

test('a key is waiting until it is told from a burst', () => {
  filter.press('Space', performance.now())
  expect(filter.waiting()).toBe(true)
  vi.advanceTimersByTime(100)
  expect(filter.waiting()).toBe(false)
})

test('a stopped filter lets nothing through', () => {
  filter.press('Space', performance.now())
  filter.stop()
  vi.advanceTimersByTime(100)
  expect(keys).toEqual([])
})
