import { expect, test } from 'vitest'
import { createRepeatFilter } from '../../../renderer/camera/repeats.ts'

/** Feeds looks 100 ms apart, from `from` to `to` ms, and gives back what was reported. */
function hold(
  filter: ReturnType<typeof createRepeatFilter>,
  texts: string[],
  from: number,
  to: number,
  whole = true,
): string[] {
  const reported: string[] = []
  for (let at = from; at <= to; at += 100) reported.push(...filter({ texts, at, whole }))
  return reported
}

test('a code held still is reported once, however long it is held', () => {
  expect(hold(createRepeatFilter(), ['A'], 0, 20_000)).toEqual(['A'])
})

test('a code taken away and shown again after three seconds is reported again', () => {
  const filter = createRepeatFilter()
  hold(filter, ['A'], 0, 1900)
  hold(filter, [], 2000, 3000)
  expect(hold(filter, ['A'], 3100, 3100)).toEqual(['A'])
})

test('a code shown again within three seconds is ignored, and stays so while it is held', () => {
  const filter = createRepeatFilter()
  hold(filter, ['A'], 0, 100)
  hold(filter, [], 200, 2800)
  expect(hold(filter, ['A'], 2900, 9000)).toEqual([])
})

test('a code that flickers out for less than a second is not reported again', () => {
  const filter = createRepeatFilter()
  hold(filter, ['A'], 0, 5000)
  hold(filter, [], 5100, 5900)
  expect(hold(filter, ['A'], 5990, 6000)).toEqual([])
})

test('a code at the edge is not taken for gone by looks at the middle alone', () => {
  const filter = createRepeatFilter()
  hold(filter, ['A'], 0, 0)
  hold(filter, [], 100, 9000, false)
  expect(hold(filter, ['A'], 9100, 9100)).toEqual([])
})

test('another code is reported at once, next to the first or after it', () => {
  const filter = createRepeatFilter()
  expect(filter({ texts: ['A'], at: 0, whole: true })).toEqual(['A'])
  expect(filter({ texts: ['A', 'B'], at: 100, whole: true })).toEqual(['B'])
  expect(filter({ texts: ['C'], at: 200, whole: true })).toEqual(['C'])
})

test('the same text found twice in one frame is one code', () => {
  expect(createRepeatFilter()({ texts: ['A', 'A'], at: 0, whole: true })).toEqual(['A'])
})
