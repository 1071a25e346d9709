import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { bytesToHex } from '../../../shared/bytes.ts'
import { seniorId, terminalId } from '../../../shared/ids.ts'
import { linkLife, makeToken, openToken, tokenIsProven, tokenLength } from '../../../shared/statement-link.ts'
import { monthAfter } from '../../../shared/statement-sums.ts'
import { type KeyPair, standardSuite } from '../../../shared/suite.ts'
import { runs } from '../../support/property-runs.ts'

const siteKey = new Uint8Array(32).fill(7)
const terminal = terminalId.parse('till-1')
let sealing: KeyPair
beforeAll(async () => {
  sealing = await standardSuite.generateSealingKey()
})

const link = fc.record({
  senior: fc.uint8Array({ minLength: 16, maxLength: 16 }).map(bytes => seniorId.parse(bytesToHex(bytes))),
  month: fc.integer({ min: 0, max: 1200 }).map(months => monthAfter('2020-01', months)),
  printedAt: fc.integer({ min: 0, max: 2 ** 47 }),
})
const make = (of: Parameters<typeof makeToken>[2]) =>
  makeToken(standardSuite, { terminal, siteKey, sealTo: sealing.publicKey }, of)
const open = (token: string, now: number, at: string = terminal) =>
  openToken(standardSuite, sealing, { terminal: at, token, now })

describe('a code on a printed statement', () => {
  test('opens what was printed, from the moment it was until its days are over', async () => {
    await fc.assert(
      fc.asyncProperty(link, fc.integer({ min: 0, max: linkLife - 1 }), async (of, later) => {
        const token = await make(of)
        expect(token).toHaveLength(tokenLength)
        expect(tokenIsProven(siteKey, terminal, token)).toBe(true)
        expect(await open(token, of.printedAt + later)).toEqual(of)
        expect(await open(token, of.printedAt + linkLife)).toBeNull()
      }),
      runs(60),
    )
  })

  test('is proven by no other key, for no other till, and with no letter changed', async () => {
    await fc.assert(
      fc.asyncProperty(
        link,
        fc.nat(tokenLength - 1),
        fc.constantFrom('A', 'Q', '_', '!'),
        async (of, place, letter) => {
          const token = await make(of)
          expect(tokenIsProven(new Uint8Array(32), terminal, token)).toBe(false)
          expect(tokenIsProven(siteKey, 'till-2', token)).toBe(false)
          expect(await open(token, of.printedAt, 'till-2')).toBeNull()
          const changed = `${token.slice(0, place)}${letter}${token.slice(place + 1)}`
          if (changed !== token) expect(tokenIsProven(siteKey, terminal, changed)).toBe(false)
        },
      ),
      runs(60),
    )
  })

  test('has nothing in common with another one of the same senior and month', async () => {
    const of = { senior: seniorId.parse('1'.repeat(32)), month: '2026-11', printedAt: 1_795_000_000_000 }
    const [one, other] = [await make(of), await make(of)]
    const same = [...one].filter((letter, place) => other[place] === letter).length
    // Of 64 letters one in 64 is the same by chance.
    expect(same).toBeLessThan(12)
  })
})
