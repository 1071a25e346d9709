import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { readSocialSecurityCard } from '../../../electron/core/devices/card-reader/social-security-card.ts'
import { type VirtualCardProfile, virtualCard } from '../../support/virtual-card.ts'

const success = [0x90, 0x00]
const profile: VirtualCardProfile = {
  cardId: '639900D15600000500BF7C7A48FB4966',
  cardNumber: 'A00000019',
  citizenNumber: '11010519491231002X',
  name: '王喆',
  version: '2.00',
  validUntil: '2028-06-01',
}

/** The answers of the virtual card, each of which `change` may spoil. */
function cardOnTheWire(change: (answer: Uint8Array, number: number) => Uint8Array) {
  const card = virtualCard(profile)
  let number = 0
  return async (command: Uint8Array) => {
    const answer = card.answer(command)
    return change(answer.kind === 'bytes' ? answer.bytes : new Uint8Array(), number++)
  }
}

test('random answers never make an identity', async () => {
  await fc.assert(
    fc.asyncProperty(fc.infiniteStream(fc.uint8Array({ maxLength: 40 })), fc.boolean(), async (answers, successful) => {
      const result = await readSocialSecurityCard(async () => {
        const bytes: Uint8Array = answers.next().value
        return Uint8Array.from(successful ? [...bytes, ...success] : bytes)
      })
      expect(result.ok).toBe(false)
    }),
    { numRuns: 3_000 },
  )
})

test('records of the right tag and length with random content never make an identity', async () => {
  await fc.assert(
    fc.asyncProperty(fc.infiniteStream(fc.integer({ min: 0, max: 255 })), async stream => {
      const result = await readSocialSecurityCard(async command => {
        if (command[1] !== 0xb2) return Uint8Array.from(success)
        const length = (command[4] ?? 2) - 2
        return Uint8Array.from([
          command[2] ?? 0,
          length,
          ...Array.from({ length }, () => stream.next().value),
          ...success,
        ])
      })
      expect(result.ok).toBe(false)
    }),
    { numRuns: 3_000 },
  )
})

test('one answer replaced by random bytes gives a fault, or a card without any wrong field', async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat({ max: 30 }), fc.uint8Array({ maxLength: 40 }), async (spoiled, garbage) => {
      const result = await readSocialSecurityCard(
        cardOnTheWire((answer, number) => (number === spoiled ? garbage : answer)),
      )
      if (!result.ok) return
      const { warnings: _warnings, full: _full, ...fields } = result.card
      expect(profile).toMatchObject(fields)
    }),
    { numRuns: 3_000 },
  )
})

test('any single bit that flips in the citizen number is noticed, or leaves the number as it is: a final X in lower case', async () => {
  const number = Buffer.from(profile.citizenNumber, 'ascii')
  await fc.assert(
    fc.asyncProperty(fc.nat({ max: number.length - 1 }), fc.nat({ max: 7 }), async (place, bit) => {
      const result = await readSocialSecurityCard(
        cardOnTheWire(answer => {
          const at = Buffer.from(answer).indexOf(number)
          if (at < 0) return answer
          const spoiled = Uint8Array.from(answer)
          spoiled[at + place] = (spoiled[at + place] ?? 0) ^ (1 << bit)
          return spoiled
        }),
      )
      expect([undefined, profile.citizenNumber]).toContain(result.ok ? result.card.citizenNumber : undefined)
      if (place < number.length - 1) expect(result.ok ? result.card.citizenNumber : undefined).toBeUndefined()
    }),
  )
})

test('every name that fits comes back as it was written, on cards of all free generations', async () => {
  const letter = fc.constantFrom(...'王李张刘陈杨喆镕㛃𠮷堃·阿依古丽'.split(/(?:)/u))
  await fc.assert(
    fc.asyncProperty(fc.array(letter, { minLength: 1, maxLength: 12 }), async letters => {
      const name = `王${letters.join('')}`
      const card = virtualCard({ ...profile, name })
      const result = await readSocialSecurityCard(async command => {
        const answer = card.answer(command)
        return answer.kind === 'bytes' ? answer.bytes : new Uint8Array()
      })
      expect(result.ok && result.card.name).toBe(name)
    }),
  )
})
