import { afterEach, beforeEach, expect, it } from 'vitest'
import { type LaneWorld, openLaneWorld, standing } from '../../support/lane-world.ts'

let world: LaneWorld
beforeEach(async () => {
  world = await openLaneWorld(2)
  await world.arrive(0)
})
afterEach(() => world.close())

const standingAt = (which: 'first' | 'second') => standing(world[which].records()).map(({ id }) => id)
const notices = () => world.second.watch.notices().map(({ code }) => code)

it('a question that comes late, after the same one was refused, sells nothing that stays', async () => {
  world.stop(true)
  world.fate(['late'])
  await world.confirm()
  world.stop(false)
  await world.deliverLate()
  expect(standingAt('first')).toHaveLength(1)
  await world.confirm()
  await world.look()
  expect(standingAt('first')).toEqual([])
  expect(standingAt('second')).toHaveLength(1)
})

it('what staff put away after a lost answer is voided, what a power cut left open is kept', async () => {
  world.fate(['answer lost', 'answer lost'])
  await world.confirm()
  expect(notices()).toContain('LANE_UNHEARD')
  world.dismiss()
  world.fate([])
  await world.look()
  expect(standingAt('first')).toEqual([])
  await world.arrive(0)
  world.cut(false)
  world.fate(['second ends after'])
  const open = world.second.screen()?.open.id
  world.wait(11)
  await world.confirm()
  await world.look()
  expect(standingAt('first')).toEqual([open])
  expect(world.second.sales.on(world.second.counter.today(), 5).map(({ record }) => record)).toEqual([open])
})

it('a till that is no longer the first settles what it sold when it was', async () => {
  world.fate(['answer lost', 'answer lost'])
  await world.confirm()
  world.dismiss()
  world.listing('listed')
  expect(notices()).toEqual(['LANE_AWAY', 'LANE_UNHEARD'])
  await world.look()
  expect(standingAt('first')).toEqual([])
  expect(notices()).not.toContain('LANE_UNHEARD')
})

it('a till that is gone is said until it is put away, and asked again should it come back', async () => {
  world.fate(['answer lost', 'answer lost'])
  await world.confirm()
  world.dismiss()
  world.listing('gone')
  expect(notices()).toContain('LANE_GONE')
  world.second.watch.putAway()
  expect(notices()).not.toContain('LANE_GONE')
  expect(standingAt('first')).toHaveLength(1)
  world.listing('first')
  await world.look()
  expect(standingAt('first')).toEqual([])
})
