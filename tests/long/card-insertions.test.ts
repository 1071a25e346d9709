import { setTimeout as pause } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { madeUpCardOfAnyKind, rightReading } from '../support/card-stack.ts'
import { pcscBench } from '../support/pcsc-bench.ts'
import { randomFrom } from '../support/random.ts'

const insertions = 200
const seed = 20_261_122
const { reader, driver, data, faults } = pcscBench({ uidOrder: 'air' })

test(`of ${insertions} insertions of cards of all kinds none is missed, none is misread and none is told twice`, async () => {
  const random = randomFrom(seed)
  const stack = Array.from({ length: insertions }, () => madeUpCardOfAnyKind(random))
  for (const [place, profile] of stack.entries()) {
    await reader.insert(profile)
    await driver().waitFor('data', message => message.eventId === data()[place]?.eventId)
    driver().send({ type: 'enable' })
    // The service looks every 400 ms: cards come and go at any moment of that.
    await pause(random.below(400))
  }
  expect(data().map(message => message.data)).toEqual(
    stack.map(profile => ({ ...rightReading(profile), readMilliseconds: expect.any(Number) })),
  )
  expect(faults()).toEqual([])
})
