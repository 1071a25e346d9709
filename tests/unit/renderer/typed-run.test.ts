import { expect, test } from 'vitest'
import { createTypedRun } from '../../../renderer/state/typed-run.ts'

/** Who typed keys that came at these times (ms), and entered them at `enter`. */
function whoTyped(times: readonly number[], enter: number | null): string {
  const run = createTypedRun()
  for (const at of times) run.press(at, '')
  return run.end(enter).by
}

test.each<[string, readonly number[], number | null]>([
  ['two signs and their Enter', [0, 5], 10],
  ['one sign and its Enter', [0], 10],
  ['signs without an Enter, entered by a finger', [0, 5], 2000],
  ['signs that a touch enters', [0, 12, 24], null],
  ['signs right behind a finger', [0, 120, 125], 130],
  ['signs long after a finger, entered by a finger', [0, 2000, 2005], 4000],
])('a scanner is told by %s', (_, times, enter) => {
  expect(whoTyped(times, enter)).toBe('scanner')
})

test.each<[string, readonly number[], number | null]>([
  ['keys of a finger', [0, 90, 250], 400],
  ['one key and Enter', [0], 80],
  ['one key and a touch', [0], null],
  ['two keys at once among slow ones', [0, 100, 101, 210], 330],
  ['no key, and Enter', [], 10],
])('a person is told by %s', (_, times, enter) => {
  expect(whoTyped(times, enter)).toBe('person')
})

test('what a scanner typed gives back what stood in the field before, and is over then', () => {
  const run = createTypedRun()
  run.press(0, '')
  run.press(1000, '16')
  run.press(1005, '2')
  expect(run.end(1010)).toEqual({ by: 'scanner', before: '16' })
  expect(run.end(1500)).toEqual({ by: 'person' })
})
