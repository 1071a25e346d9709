import { describe, expect, it } from 'vitest'
import { openRateLimits } from '../../../province/rate-limits.ts'
import { Refusal } from '../../../province/refusals.ts'
import { terminalId } from '../../../shared/ids.ts'

const till = terminalId.parse('till-1')
const rates = { bulk: { perSecond: 0.5, atOnce: 2 }, visit: { perSecond: 1, atOnce: 3 } }

/** A clock, and whether a request comes through: true, or the seconds after which to come again. */
function bench() {
  let now = 0
  const admit = openRateLimits(rates, () => now)
  return {
    later(seconds: number) {
      now += seconds * 1000
    },
    ask(kind: string, terminal = till): true | number | null {
      try {
        admit(terminal, kind)
        return true
      } catch (error) {
        if (error instanceof Refusal && error.status === 429) return error.retryAfterSeconds
        throw error
      }
    },
  }
}

describe('the rate of a terminal', () => {
  it('is so many at once, then one as often as is allowed; the rest hear when to come again', () => {
    const { ask, later } = bench()
    expect([ask('push'), ask('pull'), ask('push')]).toEqual([true, true, 2])
    later(1)
    expect(ask('push')).toBe(1)
    later(1)
    expect([ask('push'), ask('push')]).toEqual([true, 2])
  })

  it('is made anew by a rest, up to what may come at once', () => {
    const { ask, later } = bench()
    ask('push')
    ask('push')
    later(3600)
    expect([ask('push'), ask('push'), ask('push')]).toEqual([true, true, 2])
  })

  it('leaves questions at the till alone, and other terminals', () => {
    const { ask } = bench()
    for (let number = 0; number < 9; number += 1) ask('push')
    expect([ask('ask'), ask('wait'), ask('lookup'), ask('ask')]).toEqual([true, true, true, 1])
    expect(ask('push', terminalId.parse('till-2'))).toBe(true)
  })
})
