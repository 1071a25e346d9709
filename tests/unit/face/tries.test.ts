import { describe, expect, test } from 'vitest'
import { createFaceTries } from '../../../electron/core/face/tries.ts'
import { seniorId } from '../../../shared/ids.ts'

const [one, other] = [seniorId.parse('1'.repeat(32)), seniorId.parse('2'.repeat(32))]

function open() {
  let [now, period] = [0, 'lunch']
  const tries = createFaceTries({ monotonic: () => now, period: () => period })
  return {
    ...tries,
    wait(milliseconds: number) {
      now += milliseconds
    },
    turnTo(meal: string) {
      period = meal
    },
  }
}

describe('tries under a name', () => {
  test('count for the whole meal, each person apart, and begin anew with the next one', () => {
    const tries = open()
    tries.count(one)
    tries.wait(60 * 60_000)
    tries.count(one)
    expect([tries.gone(one), tries.gone(other)]).toEqual([2, 0])
    tries.turnTo('dinner')
    expect(tries.gone(one)).toBe(0)
  })

  test('are forgotten when that person comes by other means, and by nobody else’s meal', () => {
    const tries = open()
    tries.count(one)
    tries.forget(other)
    tries.forget(null)
    expect(tries.gone(one)).toBe(1)
    tries.forget(one)
    expect(tries.gone(one)).toBe(0)
  })
})

describe('tries among all members', () => {
  test('go on from those under a name: whoever stands there gets no more by another way', () => {
    const tries = open()
    tries.count(one)
    tries.count(other)
    expect(tries.gone(null)).toBe(2)
    tries.count(null)
    expect([tries.gone(one), tries.gone(other)]).toEqual([1, 1])
  })

  test('count for whoever stands there: half a minute, and until anybody came by other means', () => {
    const tries = open()
    tries.count(null)
    tries.wait(29_999)
    tries.count(null)
    expect(tries.gone(null)).toBe(2)
    tries.wait(30_000)
    expect(tries.gone(null)).toBe(0)
    tries.count(null)
    tries.forget(one)
    expect(tries.gone(null)).toBe(0)
  })
})
