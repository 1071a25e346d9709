import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bytesToHex } from '../../../shared/bytes.ts'
import { packResults, resultsInPart, unpackPart } from '../../../shared/round/pack.ts'
import { proofKinds, type StopResult, seenKinds } from '../../../shared/round/result.ts'
import { runs } from '../../support/property-runs.ts'

const hex = (bytes: number) => fc.uint8Array({ minLength: bytes, maxLength: bytes }).map(bytesToHex)
const about = {
  id: hex(8),
  stop: fc.integer({ min: 1, max: 150 }),
  at: fc.integer({ min: 1_790_000_000, max: 1_806_000_000 }),
}
const anyResult: fc.Arbitrary<StopResult> = fc.oneof(
  fc.record({ ...about, outcome: fc.constant('nobody' as const) }),
  fc.record({
    ...about,
    outcome: fc.constant('handed' as const),
    proof: fc.option(fc.record({ kind: fc.constantFrom(...proofKinds), hash: hex(16) })),
    seen: fc.constantFrom(...seenKinds),
    collected: fc.boolean(),
  }),
)
const anyKey = fc.uint8Array({ minLength: 32, maxLength: 32 })

test('whatever was handed in comes out as it went in, in the fewest codes', () => {
  fc.assert(
    fc.property(hex(8), anyKey, fc.array(anyResult, { maxLength: 60 }), (round, key, results) => {
      const parts = packResults(round, key, results)
      expect(parts).toHaveLength(Math.ceil(results.length / resultsInPart))
      const read = parts.flatMap(text => {
        const part = unpackPart(text, known => (known === round ? key : null))
        return part.ok ? part.results : []
      })
      expect(read).toEqual(results)
    }),
    runs(300),
  )
})

test('no text that is changed anywhere is read as another result', () => {
  fc.assert(
    fc.property(
      anyKey,
      fc.array(anyResult, { minLength: 1, maxLength: 10 }),
      fc.nat(),
      fc.constantFrom(...'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567 :'),
      (key, results, place, letter) => {
        const [text = ''] = packResults('00'.repeat(8), key, results)
        const at = place % text.length
        const changed = text.slice(0, at) + letter + text.slice(at + 1)
        fc.pre(changed !== text)
        expect(unpackPart(changed, () => key).ok).toBe(false)
      },
    ),
    runs(500),
  )
})

test('no text at all makes the reader throw', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), anyKey, (text, key) => {
      expect(unpackPart(`ZZR1${text}`, () => key).ok).toBe(false)
    }),
    runs(300),
  )
})
