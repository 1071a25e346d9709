import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { CustomerView } from '../../../shared/terminal-api.ts'
import { clipIds, clipText } from '../../../shared/voice/phrases.ts'
import { sentenceOf, textOf } from '../../../shared/voice/sentences.ts'
import { spokenAmountZh } from '../../../shared/voice/spoken-amount.ts'
import { runs } from '../../support/property-runs.ts'

const shownSale = (state: 'priced' | 'confirmed') =>
  fc.record({
    state: fc.constant(state),
    surname: fc.option(fc.constantFrom('王', '李', '欧阳', '䶮', '乜')),
    title: fc.option(fc.constantFrom('female' as const, 'male' as const)),
    set: fc.record({ zh: fc.string({ minLength: 1 }), en: fc.string({ minLength: 1 }) }),
    listFen: fc.integer({ min: 0, max: 9_999_999 }),
    offFen: fc.integer({ min: 0, max: 9_999_999 }),
    ownPayFen: fc.integer({ min: 0, max: 9_999_999 }),
    tender: fc.constantFrom('account' as const, 'cash' as const, 'outside' as const),
    parts: fc.array(fc.record({ kind: fc.constantFrom('cash' as const, 'account' as const), fen: fc.nat() }), {
      maxLength: 2,
    }),
    pending: fc.boolean(),
    madeGoodFen: fc.integer({ min: 0, max: 100_000 }),
    at: fc.integer({ min: 1, max: 2_000_000_000_000 }),
  })
const shown = (now: CustomerView['now']) => ({ now, atCamera: null })
const amountOf = (ownPayFen: number) => {
  const [sale] = fc.sample(shownSale('priced'), { numRuns: 1, seed: 7 })
  if (sale === undefined) throw new Error('no sale')
  return sentenceOf(shown({ ...sale, ownPayFen }), { names: false, amounts: true })
}
const clipsOf = (sentence: ReturnType<typeof sentenceOf>) =>
  sentence.flatMap(piece => (piece.kind === 'clip' ? [piece.clip] : []))

test('every amount to 99,999.99 is put together of clips that exist and read as the amount is read', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 9_999_999 }), fen => {
      const clips = clipsOf(amountOf(fen))
      expect(clips.every(clip => clipIds.includes(clip))).toBe(true)
      expect(clips.map(clipText).join('')).toBe(`请看价格实付${spokenAmountZh(fen)}`)
    }),
    runs(2000),
  )
})

test('with names and amounts off, all sales sound the same, whoever pays what', () => {
  const off = { names: false, amounts: false }
  for (const state of ['priced', 'confirmed'] as const)
    fc.assert(
      fc.property(shownSale(state), shownSale(state), (one, other) => {
        expect(sentenceOf(shown(one), off)).toEqual(sentenceOf(shown(other), off))
      }),
      runs(500),
    )
})

test('with names and amounts on, all sales sound the same but for the name and the amount', () => {
  const on = { names: true, amounts: true }
  const masked = (sale: CustomerView['now']) =>
    textOf(sentenceOf(shown(sale), on))
      .replace(/^[^，]+/, 'NAME')
      .replace(/实付.*/, 'AMOUNT')
  fc.assert(
    fc.property(shownSale('priced'), shownSale('priced'), (one, other) => {
      expect(masked(one)).toBe(masked(other))
    }),
    runs(500),
  )
})

test('a machine voice and clips say the same, but for the name', () => {
  const on = { names: true, amounts: true }
  fc.assert(
    fc.property(shownSale('priced'), sale => {
      const byClips = clipsOf(sentenceOf(shown(sale), { ...on, names: false }))
        .map(clipText)
        .join('')
      expect(textOf(sentenceOf(shown(sale), on)).replaceAll(/[，。]/g, '')).toContain(byClips)
    }),
    runs(500),
  )
})
