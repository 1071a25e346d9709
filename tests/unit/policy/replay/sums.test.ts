import { describe, expect, test } from 'vitest'
import type { PolicyPack } from '../../../../shared/policy/language.ts'
import { gather } from '../../../../shared/policy/replay/gather.ts'
import { readEvidenceLine } from '../../../../shared/policy/replay/read-line.ts'
import { replay } from '../../../../shared/policy/replay/replay.ts'
import { greatest, sumUp } from '../../../../shared/policy/replay/sums.ts'
import { evidenceMaker, mealAtInstant, referenceOf } from '../../../support/evidence-maker.ts'
import { discountStep, packJson, packOf, person, soundPack, subsidyStep } from '../../../support/policy-kit.ts'

const noon = Date.parse('2026-11-20T12:00:00+08:00')
const old80 = { birthDate: '1944-03-02' }
const young70 = { birthDate: '1954-03-02' }
const from80 = (fen: number, more: object = {}) =>
  subsidyStep('older', fen, { when: { age: { atLeast: 80 } }, ...more })

const before = packOf([
  discountStep('shop', 10, { for: 'anyone' }),
  subsidyStep('city', 300),
  from80(200, { fund: 'street' }),
])
/** Nothing from the street any more, less from the city for the younger, more for the older. */
const draft = packOf([subsidyStep('city', 250), from80(500)])

/** Two meals of one of 82 years, one of another, one of one of 72, and a guest. */
function sums(of: PolicyPack) {
  const made = evidenceMaker(before)
  const serve = (senior: number | null, facts: object) =>
    made.serve({ at: noon, senior, person: senior === null ? null : person(facts), visit: mealAtInstant(noon) })
  serve(1, old80)
  serve(1, old80)
  serve(2, old80)
  serve(3, young70)
  serve(null, {})
  const gathered = gather(made.lines.map((line, index) => readEvidenceLine(line, index + 1)))
  return sumUp(of, replay(of, gathered, { range: {} }).repriced)
}

describe('the sums of a replay', () => {
  test('tell what each fund paid and would pay, in the order of the draft', () => {
    expect(sums(draft).funds).toEqual([
      { fund: 'city', fen: { before: 4 * 300, after: 3 * 750 + 250 } },
      { fund: 'street', fen: { before: 3 * 200, after: 0 } },
    ])
  })

  test('tell a fund of then that the draft does not know, after those of the draft', () => {
    const json = packJson([subsidyStep('new', 100, { fund: 'new' })])
    const other = soundPack({ ...json, funds: [{ id: 'new', title: { zh: '新', en: 'new' }, source: 'charity' }] })
    expect(sums(other).funds.map(({ fund, fen }) => [fund, fen.before, fen.after])).toEqual([
      ['new', 0, 400],
      ['city', 1200, 0],
      ['street', 600, 0],
    ])
  })

  test('tell totals of all that was priced, guests included', () => {
    expect(sums(draft).totals).toEqual({
      list: { before: 7500, after: 7500 },
      discount: { before: 750, after: 0 },
      subsidy: { before: 1800, after: 2500 },
      ownPay: { before: 4950, after: 5000 },
      refunded: { before: 0, after: 0 },
      operator: { before: 0, after: 0 },
    })
  })

  test('tell how many gain and lose, how often they came, and by how much; guests apart', () => {
    const { gain, lose, stay, guests } = sums(draft)
    expect(gain).toEqual({ persons: 2, visits: 3, fen: 300 })
    expect(lose).toEqual({ persons: 1, visits: 1, fen: 200 })
    expect(stay).toEqual({ persons: 0, visits: 0, fen: 0 })
    expect(guests).toEqual({ visits: 1, ownPay: { before: 1350, after: 1500 } })
  })

  test('tell those whose payment is the same', () => {
    expect(sums(before).stay).toEqual({ persons: 3, visits: 4, fen: 0 })
  })

  test('name seniors by the reference of their records alone', () => {
    expect(sums(draft).persons).toEqual([
      {
        reference: referenceOf(1),
        visits: 2,
        ownPay: { before: 1700, after: 1500 },
        subsidy: { before: 1000, after: 1500 },
      },
      {
        reference: referenceOf(2),
        visits: 1,
        ownPay: { before: 850, after: 750 },
        subsidy: { before: 500, after: 750 },
      },
      {
        reference: referenceOf(3),
        visits: 1,
        ownPay: { before: 1050, after: 1250 },
        subsidy: { before: 300, after: 250 },
      },
    ])
  })

  test('earned by the operator stand beside the price', () => {
    const operator = {
      id: 'op',
      kind: 'operator',
      title: { zh: '运营', en: 'op' },
      amount: { kind: 'fixed', fen: 100 },
    }
    const earning = packOf([subsidyStep('city', 300), { ...operator, fund: 'city' }])
    expect(sums(earning).totals.operator).toEqual({ before: 0, after: 400 })
    expect(sums(earning).funds[0]).toEqual({ fund: 'city', fen: { before: 1200, after: 1200 } })
  })
})

describe('those who gain or lose most', () => {
  const someone = (reference: string, after: number) => ({
    ...{ reference, visits: 1, ownPay: { before: 1000, after }, subsidy: { before: 0, after: 0 } },
  })
  const all = [someone('b', 1100), someone('a', 1100), someone('c', 1000), someone('d', 1300), someone('e', 400)]
  const names = (which: 'gain' | 'lose', howMany: number) => greatest(all, which, howMany).map(item => item.reference)

  test('stand the greatest first, of equals in the order of their references, and no more than asked for', () => {
    expect(names('lose', 10)).toEqual(['d', 'a', 'b'])
    expect(names('lose', 2)).toEqual(['d', 'a'])
    expect(names('gain', 10)).toEqual(['e'])
  })
})
