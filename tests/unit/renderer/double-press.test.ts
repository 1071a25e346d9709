import { describe, expect, test } from 'vitest'
import { createDoubleKeys, createDoubleTaps, type Touched } from '../../../renderer/state/double-press.ts'

describe('a key', () => {
  const secondOf = (codes: readonly (readonly [string, number])[]) => {
    const keys = createDoubleKeys()
    return codes.map(([code, at]) => keys.isSecond(code, at))
  }

  test.each(['Enter', 'F9', 'F12', 'Escape'])(
    '%s counts once however often it is hit, and again after a rest',
    code => {
      const times = [0, 120, 499, 900, 1400]
      expect(secondOf(times.map(at => [code, at]))).toEqual([false, true, true, true, false])
    },
  )

  test('both keys for Enter are one', () => {
    expect(
      secondOf([
        ['Enter', 0],
        ['NumpadEnter', 200],
      ]),
    ).toEqual([false, true])
  })

  test.each(['Digit1', 'KeyF', 'Backspace', 'ArrowDown', 'Tab'])('%s is typed as fast as anybody can', code => {
    expect(
      secondOf([
        [code, 0],
        [code, 60],
      ]),
    ).toEqual([false, false])
  })

  test('another key between them makes them two', () => {
    expect(
      secondOf([
        ['Enter', 0],
        ['Digit5', 100],
        ['Enter', 200],
      ]),
    ).toEqual([false, false, false])
  })
})

describe('a touch', () => {
  const undo = { name: 'undo' }
  const other = { name: 'other' }
  const pad = { name: 'pad' }
  const at = (control: object | null, face = 'Undo', x = 100, on: object | null = null): Touched => ({
    ...{ control, face, pad: on, x, y: 50 },
  })
  const secondOf = (touches: readonly (readonly [Touched, number, string?])[]) => {
    const taps = createDoubleTaps()
    return touches.map(([touched, time, view = 'ready']) => taps.isSecond(touched, view, time))
  }

  test('of another control under the same finger is none', () => {
    expect(
      secondOf([
        [at(undo), 0],
        [at(other), 250],
        [at(other), 500],
        [at(other), 1200],
      ]),
    ).toEqual([false, true, true, false])
  })

  test('of the same key is none once it says something else, or another person stands there', () => {
    expect(
      secondOf([
        [at(undo), 0],
        [at(undo, 'Restore'), 250],
      ]),
    ).toEqual([false, true])
    expect(
      secondOf([
        [at(undo), 0],
        [at(undo), 250, 'another person'],
      ]),
    ).toEqual([false, true])
  })

  test('of a control further off, or after a while, counts', () => {
    expect(
      secondOf([
        [at(undo), 0],
        [at(other, 'Undo', 190), 250],
      ]),
    ).toEqual([false, false])
    expect(
      secondOf([
        [at(undo), 0],
        [at(other), 650],
      ]),
    ).toEqual([false, false])
  })

  test('of a pad counts at any speed, also on the key beside the one before', () => {
    const [one, two] = [{ digit: 1 }, { digit: 2 }]
    expect(
      secondOf([
        [at(one, '1', 100, pad), 0],
        [at(one, '1', 100, pad), 80],
        [at(two, '2', 140, pad), 160],
      ]),
    ).toEqual([false, false, false])
  })

  test('takes its time from the moment it pressed something', () => {
    const taps = createDoubleTaps()
    expect(taps.isSecond(at(undo), 'ready', 0)).toBe(false)
    taps.ended(500)
    expect(taps.isSecond(at(other), 'ready', 800)).toBe(true)
  })
})
