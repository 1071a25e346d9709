import { encode } from 'uqr'
import { describe, expect, test } from 'vitest'
import { fromBase32, toBase32 } from '../../../shared/base32.ts'
import { parseElderCode } from '../../../shared/elder-code.ts'
import { packResults, resultsInPart, roundOfPart, roundPrefix, unpackPart } from '../../../shared/round/pack.ts'
import { checkOf, handCodeIsSound, proofOf, withCheckDigit } from '../../../shared/round/proof.ts'
import { lastWords, type StopResult } from '../../../shared/round/result.ts'
import { strokesText } from '../../../shared/round/signature.ts'

const round = '00112233445566ff'
const key = new Uint8Array(32).fill(7)
const keyOf = () => key

const result = (stop: number): StopResult => ({
  ...{ id: stop.toString(16).padStart(16, 'a'), stop, at: 1_790_000_000 + stop * 90, outcome: 'handed' },
  ...{ proof: { kind: 'signature', hash: proofOf(key, 'signature', stop, 'strokes') }, seen: 'well', collected: true },
})
const forty = Array.from({ length: 40 }, (_, at) => result(at + 1))

describe('the codes of a round', () => {
  test('forty results, each with a proof, are four codes that a till reads easily', () => {
    const parts = packResults(round, key, forty)
    expect(parts).toHaveLength(4)
    for (const part of parts) expect(encode(part, { ecc: 'M' }).version).toBeLessThanOrEqual(14)
  })

  test('what is read is what was packed, each part saying which it is of how many', () => {
    const read = packResults(round, key, forty).map(text => unpackPart(text, keyOf))
    expect(read.map(part => part.ok && [part.round, part.part, part.of])).toEqual(
      [1, 2, 3, 4].map(at => [round, at, 4]),
    )
    expect(read.flatMap(part => (part.ok ? part.results : []))).toEqual(forty)
  })

  test('codes of the same results are of one batch, and of other results of another', () => {
    const batches = (results: readonly StopResult[]) =>
      new Set(
        packResults(round, key, results)
          .map(text => unpackPart(text, keyOf))
          .map(part => part.ok && part.batch),
      )
    const changed = forty.map((one, at) => (at === 39 ? { ...one, id: 'b'.repeat(16) } : one))
    expect(batches(forty).size).toBe(1)
    expect(batches(forty)).toEqual(batches(forty))
    expect(batches(changed)).not.toEqual(batches(forty))
  })

  test('that a meal was noted as handed over by a slip is said with nobody there', () => {
    const back: StopResult = { id: 'c'.repeat(16), stop: 3, at: 1_790_000_000, outcome: 'nobody', takesBack: true }
    const read = packResults(round, key, [back]).map(text => unpackPart(text, keyOf))
    expect(read).toMatchObject([{ ok: true, results: [back] }])
  })

  test('no elder code begins like one, and none of them reads as an elder code', () => {
    const [part = ''] = packResults(round, key, forty)
    expect(part.startsWith(roundPrefix)).toBe(true)
    expect(parseElderCode(part)).toEqual({ ok: false, problem: 'CODE_UNKNOWN' })
  })

  test('who has not the key of the round makes no results of it', () => {
    const [part = ''] = packResults(round, new Uint8Array(32).fill(8), forty.slice(0, resultsInPart))
    expect(unpackPart(part, keyOf)).toEqual({ ok: false, why: 'forged' })
  })

  test('a round that nobody here has is unknown, and is told by its name', () => {
    const [part = ''] = packResults(round, key, forty)
    expect(unpackPart(part, () => null)).toEqual({ ok: false, why: 'unknown' })
    expect(roundOfPart(part)).toBe(round)
  })

  test('any letter that is read wrong makes it damaged, and never another result', () => {
    const [part = ''] = packResults(round, key, forty.slice(0, 2))
    for (let at = roundPrefix.length; at < part.length; at++) {
      const wrong = part.slice(0, at) + (part[at] === 'A' ? 'B' : 'A') + part.slice(at + 1)
      expect(unpackPart(wrong, keyOf)).toEqual({ ok: false, why: 'damaged' })
    }
  })

  test('a changed byte under a checksum that was made anew is still found', () => {
    const [part = ''] = packResults(round, key, forty.slice(0, 1))
    const bytes = fromBase32(part.slice(roundPrefix.length))
    bytes[20] = (bytes[20] ?? 0) ^ 1
    expect(unpackPart(roundPrefix + toBase32(bytes), keyOf)).toEqual({ ok: false, why: 'damaged' })
  })

  test('nothing else is one of them', () => {
    for (const text of ['', 'ZZR1', 'ZZR1AAAA', 'ZZR1a', 'ZZ1BABC', 'https://example.org'])
      expect(unpackPart(text, keyOf)).toEqual({ ok: false, why: 'damaged' })
  })

  test('no results are no codes', () => {
    expect(packResults(round, key, [])).toEqual([])
  })

  test('the last word on a stop counts, in route order', () => {
    const later: StopResult = { id: 'f'.repeat(16), stop: 1, at: 1_790_009_999, outcome: 'nobody' }
    expect(lastWords([result(2), result(1), later])).toEqual([later, result(2)])
  })
})

describe('proofs', () => {
  test('a one-time code with one wrong digit is noticed at the door', () => {
    const code = withCheckDigit('40713')
    expect(handCodeIsSound(code)).toBe(true)
    for (let at = 0; at < 6; at++)
      for (const digit of '0123456789'.replace(code[at] ?? '', ''))
        expect(handCodeIsSound(code.slice(0, at) + digit + code.slice(at + 1))).toBe(false)
  })

  test("a phone tells a card by its check, and cannot make another stop's proof of it", () => {
    const proof = proofOf(key, 'card', 3, 'uid:04A1B2C3')
    expect(checkOf(proof)).toMatch(/^[0-9a-f]{16}$/)
    expect(proofOf(key, 'card', 4, 'uid:04A1B2C3')).not.toBe(proof)
  })

  test('a long signature keeps its strokes, with fewer points', () => {
    const long = Array.from({ length: 900 }, (_, at): [number, number] => [at % 100, 50])
    const text = strokesText([long, [[1, 2.6]], []])
    expect(text.split(' ')).toHaveLength(2)
    expect(text.length).toBeLessThan(1300)
    expect(text.endsWith(' 0103')).toBe(true)
  })
})
