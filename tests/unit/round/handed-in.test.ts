import { describe, expect, test } from 'vitest'
import { resultsOf } from '../../../electron/core/round/handed-in.ts'
import type { HeldRound } from '../../../electron/core/round/round-store.ts'
import { toBase64Url } from '../../../shared/bytes.ts'
import { packResults } from '../../../shared/round/pack.ts'
import type { StopResult } from '../../../shared/round/result.ts'
import { roundId } from '../../../shared/round/round.ts'

const key = new Uint8Array(32).fill(7)
const id = roundId.parse('00112233445566ff')
const noon = 1_790_000_000
const handedAt = (at: number): StopResult => ({
  ...{ id: at.toString(16).padStart(16, 'a'), stop: 1, at, outcome: 'handed' },
  ...{ proof: null, seen: 'well', collected: true },
})
const nobodyAt = (at: number, takesBack = false): StopResult => ({
  ...{ id: at.toString(16).padStart(16, 'b'), stop: 1, at, outcome: 'nobody' },
  ...(takesBack && { takesBack }),
})

/** What counts of a stop of which phones handed these in, one after the other, and staff entered nobody after so many of them. */
function counts(results: readonly StopResult[], nobodyAfter?: number): StopResult | undefined {
  const round = { key: toBase64Url(key), stops: [{ stop: 1 }] }
  const own: HeldRound['own'] =
    nobodyAfter === undefined ? [] : [{ outcome: 'nobody', id: 'c'.repeat(16), stop: 1, at: noon, after: nobodyAfter }]
  return resultsOf({ round, parts: results.flatMap(one => packResults(id, key, [one])), own })[0]
}

describe('what counts of a stop', () => {
  test('a meal that was handed over counts over nobody there, whatever the clock said', () => {
    expect(counts([nobodyAt(noon + 600), handedAt(noon)])).toEqual(handedAt(noon))
    expect(counts([handedAt(noon), nobodyAt(noon - 60)])).toEqual(handedAt(noon))
  })

  test('what the phone took back stays taken back, by whichever way the older code comes afterwards', () => {
    const back = nobodyAt(noon + 60, true)
    expect(counts([handedAt(noon), back])).toEqual(back)
    expect(counts([back, handedAt(noon)])).toEqual(back)
    expect(counts([back, handedAt(noon + 120)])).toEqual(handedAt(noon + 120))
  })

  test('what staff enter counts over all that came before, and hides no meal that is handed in later', () => {
    expect(counts([handedAt(noon)], 1)?.outcome).toBe('nobody')
    expect(counts([handedAt(noon)], 0)).toEqual(handedAt(noon))
    expect(counts([nobodyAt(noon + 600)], 0)?.id).toBe('c'.repeat(16))
  })
})
