import { describe, expect, it } from 'vitest'
import { createSteadyClock } from '../../../electron/core/steady-clock.ts'

const noon = Date.parse('2026-11-20T12:00:00+08:00')
const [second, hour, day] = [1000, 3600_000, 86_400_000]

/** A machine whose clock can be set while time goes on. */
function machine() {
  let [elapsed, offset] = [0, 0]
  const clock = createSteadyClock({ now: () => noon + elapsed + offset, monotonic: () => elapsed, mint: () => '' })
  return {
    clock,
    pass(by: number) {
      elapsed += by
    },
    set(by: number) {
      offset += by
    },
  }
}

describe('a clock that goes on as it should', () => {
  it('is the machine’s own, and is never said to have been set', () => {
    const { clock, pass } = machine()
    for (let tick = 0; tick < 3; tick += 1) {
      pass(5 * second)
      expect([clock.look(), clock.asks(), clock.now()]).toEqual([null, null, noon + (tick + 1) * 5 * second])
    }
  })

  it('may drift and be put right by less than a minute and a half', () => {
    const { clock, pass, set } = machine()
    pass(5 * second)
    set(90 * second)
    expect(clock.look()).toBeNull()
  })
})

describe('a clock that was set', () => {
  it.each([
    ['back by a day', -day],
    ['back by two minutes', -120 * second],
    ['ahead by eleven hours', 11 * hour],
  ])('%s counts at once, and is told once', (_, by) => {
    const { clock, pass, set } = machine()
    pass(5 * second)
    set(by)
    const before = noon + 5 * second
    expect(clock.now()).toBe(before + by)
    expect(clock.look()).toEqual({ before, after: before + by })
    expect([clock.look(), clock.asks()]).toEqual([null, null])
  })

  it('ahead by more than twelve hours counts only once somebody said that it is right; until then time goes on from before', () => {
    const { clock, pass, set } = machine()
    pass(5 * second)
    set(365 * day)
    pass(60 * second)
    expect(clock.now()).toBe(noon + 65 * second)
    expect(clock.look()).toBeNull()
    const jump = { before: noon + 65 * second, after: noon + 65 * second + 365 * day }
    expect(clock.asks()).toEqual(jump)
    expect(clock.accept()).toEqual(jump)
    expect([clock.asks(), clock.look(), clock.now()]).toEqual([null, null, jump.after])
  })

  it('far ahead, and set right again, is as if nothing had been', () => {
    const { clock, pass, set } = machine()
    set(365 * day)
    pass(5 * second)
    set(-365 * day)
    expect([clock.asks(), clock.accept(), clock.look(), clock.now()]).toEqual([null, null, null, noon + 5 * second])
  })
})

describe('a clock that is held at its start against the newest moment known', () => {
  it('is believed up to four days ahead', () => {
    const { clock } = machine()
    clock.begin(noon - 4 * day)
    expect([clock.asks(), clock.look(), clock.now()]).toEqual([null, null, noon])
  })

  it('waits for a word further ahead, and time goes on from what is known', () => {
    const { clock, pass } = machine()
    clock.begin(noon - 4 * day - second)
    pass(60 * second)
    expect(clock.now()).toBe(noon - 4 * day + 59 * second)
    const jump = { before: noon - 4 * day + 59 * second, after: noon + 60 * second }
    expect([clock.look(), clock.accept()]).toEqual([null, jump])
    expect([clock.asks(), clock.look(), clock.now()]).toEqual([null, null, noon + 60 * second])
  })

  it('is right where the province says the same', () => {
    const { clock, pass } = machine()
    clock.begin(noon - 30 * day)
    pass(5 * second)
    clock.hear(noon + 9 * second)
    expect([clock.asks(), clock.look(), clock.now()]).toEqual([null, null, noon + 5 * second])
  })

  it('waits on where the province says otherwise, and time goes on from what it said', () => {
    const { clock, pass, set } = machine()
    clock.begin(noon - 400 * day)
    clock.hear(noon - 370 * day)
    pass(5 * second)
    expect(clock.asks()).toEqual({ before: noon - 370 * day + 5 * second, after: noon + 5 * second })
    expect(clock.now()).toBe(noon - 370 * day + 5 * second)
    set(-370 * day)
    expect([clock.asks(), clock.look(), clock.now()]).toEqual([null, null, noon - 370 * day + 5 * second])
  })

  it('is no business of the province’s once it is believed', () => {
    const { clock } = machine()
    clock.begin(noon - day)
    clock.hear(noon - 400 * day)
    expect([clock.asks(), clock.now()]).toEqual([null, noon])
  })
})
