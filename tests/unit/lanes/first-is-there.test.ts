import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type LaneWorld, openLaneWorld } from '../../support/lane-world.ts'

describe('whether the first till is there', () => {
  let world: LaneWorld
  beforeEach(async () => {
    world = await openLaneWorld(1)
  })
  afterEach(() => world.close())
  const isLent = () => {
    const { screen, second } = world.second
    const open = screen()?.open
    return open !== undefined && second.lent(open.id) !== null
  }

  it('is not said by a till whose ledger stands still', async () => {
    const turn = Promise.withResolvers<void>()
    const stuck = world.first.ledger.inTurn(() => turn.promise)
    let isHeard = false
    const looked = world.look().then(() => {
      isHeard = true
    })
    for (let loop = 0; loop < 20; loop++) await new Promise(resolve => setImmediate(resolve))
    expect(isHeard).toBe(false)
    turn.resolve()
    await Promise.all([stuck, looked])
    expect(isHeard).toBe(true)
  })

  it('after a question without an answer, nobody waits for it again before it has answered one', async () => {
    await world.arrive(0)
    world.fate(['question lost', 'question lost'])
    await world.confirm()
    expect(world.second.line.awaySince()).not.toBeNull()
    world.dismiss()
    world.fate([])
    await world.arrive(1)
    expect(isLent()).toBe(false)
    world.dismiss()
    await world.look()
    expect(world.second.line.awaySince()).toBeNull()
    await world.arrive(1)
    expect(isLent()).toBe(true)
  })
})
