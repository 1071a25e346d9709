import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { openLane } from '../../../province/lanes.ts'

describe('a lane', () => {
  beforeEach(() => {
    vi.useFakeTimers()
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  it('lets so many in at once, and the others in the order in which they came', async () => {
    const lane = openLane(2)
    const [first, second] = [await lane.enter(), await lane.enter()]
    const came: string[] = []
    const third = lane.enter().then(leave => {
      came.push('third')
      return leave
    })
    const fourth = lane.enter().then(leave => {
      came.push('fourth')
      return leave
    })
    expect(lane.count()).toEqual({ inside: 2, waiting: 2 })
    first?.()
    const leave = await third
    expect(came).toEqual(['third'])
    second?.()
    await fourth
    expect(came).toEqual(['third', 'fourth'])
    leave?.()
    expect(lane.count()).toEqual({ inside: 1, waiting: 0 })
  })

  it('takes one way out once, however often it is taken', async () => {
    const lane = openLane(1)
    const leave = await lane.enter()
    leave?.()
    leave?.()
    expect(lane.count()).toEqual({ inside: 0, waiting: 0 })
  })

  it('sends away who waited too long, and who stopped waiting, and keeps no place for them', async () => {
    const lane = openLane(1, 1000)
    const inside = await lane.enter()
    const [late, gone] = [lane.enter(), new AbortController()]
    const left = lane.enter(gone.signal)
    gone.abort()
    expect(await left).toBeNull()
    vi.advanceTimersByTime(1000)
    expect(await late).toBeNull()
    inside?.()
    expect(lane.count()).toEqual({ inside: 0, waiting: 0 })
  })

  it('does no work for one who went away, before or while waiting', async () => {
    const lane = openLane(1)
    const [gone, work] = [new AbortController(), vi.fn(async () => 'done')]
    const inside = await lane.enter()
    const left = lane.run(work, gone.signal)
    gone.abort()
    await expect(left).rejects.toThrow('BUSY')
    inside?.()
    await expect(lane.run(work, gone.signal)).rejects.toThrow('BUSY')
    expect(work).not.toHaveBeenCalled()
    expect(lane.count()).toEqual({ inside: 0, waiting: 0 })
  })

  it('is left by work that fails', async () => {
    const lane = openLane(1)
    await expect(lane.run(() => Promise.reject(new Error('no')))).rejects.toThrow('no')
    expect(await lane.run(async () => 'done')).toBe('done')
  })
})
