import { describe, expect, test } from 'vitest'
import { type PotStandings, quoteWithPots } from '../../../shared/leases/pot-price.ts'
import type { QuoteInputs } from '../../../shared/policy/quote-form.ts'
import { codes, packOf, person, price, subsidyStep, visit, words } from '../../support/policy-kit.ts'

const fund = (id: string, pot?: object) => ({ id, title: words(id), source: 'public', ...(pot ? { pot } : {}) })
const operatorStep = {
  id: 'reward',
  kind: 'operator',
  title: words('reward'),
  fund: 'city',
  amount: { kind: 'fixed', fen: 200 },
}
/** City pays 5.00 out of its pot and earns the operator 2.00, street pays 1.00. */
const pack = (beyond: 'nothing' | 'rest' = 'nothing') =>
  packOf([subsidyStep('city', 500), subsidyStep('street', 100, { fund: 'street' }), operatorStep], {
    pack: { funds: [fund('city', { period: 'month', beyond }), fund('street')] },
  })
const inputs: QuoteInputs = { person: person(), visit: visit(), used: {}, rights: 'whole-cap' }
const at = (leftFen: number | null, isLast = false): PotStandings => ({ city: { leftFen, isLast } })
const priced = (standings: PotStandings, given = inputs, of = pack()) => {
  const { quote, short, inputs: used } = quoteWithPots(of, given, standings)
  const subsidies = Object.fromEntries(quote.subsidies.map(({ fund: id, fen }) => [id, fen]))
  expect(price(of, used).digest).toBe(quote.digest)
  return { subsidies, pending: quote.pendingFen, operator: quote.operatorFen, short, codes: codes(quote), quote }
}

describe('a visit that draws on a pot', () => {
  test('is paid out of the tranche, and out of a pot without a bound', () => {
    const whole = { subsidies: { city: 500, street: 100 }, pending: 0, operator: 200, short: [] }
    expect(priced(at(700))).toMatchObject(whole)
    expect(priced(at(null))).toMatchObject(whole)
    expect(priced({})).toMatchObject(whole)
  })

  test('waits with that fund’s part where the tranche is too small and there may be money elsewhere', () => {
    expect(priced(at(499))).toMatchObject({
      ...{ subsidies: { street: 100 }, pending: 500, operator: 0, short: ['city'] },
      codes: ['CLAIM_PENDING'],
    })
    expect(priced(at(499)).quote.debits).toEqual([])
  })

  test('waits too where the fund would pay the rest: the tranche is not the fund', () => {
    expect(priced(at(300), inputs, pack('rest'))).toMatchObject({ subsidies: { street: 100 }, pending: 500 })
  })

  test('is priced as it is where the province said that nothing is elsewhere, and no claim is made', () => {
    expect(priced(at(300, true))).toMatchObject({ subsidies: { street: 100 }, pending: 0, short: ['city'] })
    expect(priced(at(300, true)).codes).toContain('FUND_EXHAUSTED')
    expect(priced(at(300, true), inputs, pack('rest'))).toMatchObject({
      ...{ subsidies: { city: 300, street: 100 }, pending: 0, short: ['city'] },
    })
  })

  test('fails what the operator earns before anything of the meal waits', () => {
    expect(priced(at(500))).toMatchObject({ subsidies: { city: 500, street: 100 }, pending: 0, operator: 0, short: [] })
  })

  test('of somebody whom nobody could pay afterwards is priced as it is', () => {
    const forAnyone = packOf([subsidyStep('city', 500, { for: 'anyone' })], {
      pack: { funds: [fund('city', { period: 'month' })] },
    })
    const guest = { ...inputs, person: null }
    expect(priced(at(499), guest, forAnyone)).toMatchObject({ subsidies: {}, pending: 0 })
    expect(priced(at(500), guest, forAnyone)).toMatchObject({ subsidies: { city: 500 }, pending: 0 })
  })
})

test('of two funds only the one that is short waits', () => {
  const both = packOf([subsidyStep('city', 500), subsidyStep('street', 100, { fund: 'street' })], {
    pack: { funds: [fund('city', { period: 'month' }), fund('street', { period: 'year' })] },
  })
  const standings = { city: { leftFen: 0, isLast: false }, street: { leftFen: 100, isLast: false } }
  const { quote } = quoteWithPots(both, inputs, standings)
  expect([quote.pendingFen, quote.debits.map(({ limit, amount }) => [limit, amount])]).toEqual([
    500,
    [['pot:street', 100]],
  ])
})
