import { expect, test } from 'vitest'
import { rulesOf } from '../../../shared/policy/conditions.ts'
import { stipendsDue } from '../../../shared/policy/stipends.ts'
import { packOf, person, price, subsidyStep, visit, words } from '../../support/policy-kit.ts'

const stipends = [
  { id: 'old', title: words('old'), fund: 'city', when: { age: { atLeast: 80 } }, fen: 10_000 },
  { id: 'dibao', title: words('dibao'), fund: 'street', when: { category: ['dibao'] }, fen: 5000 },
  { id: 'all', title: words('all'), fund: 'city', fen: 100 },
]
const pack = packOf([subsidyStep('meal', 300)], { version: { stipends } })
const due = (who: object | null, of = pack) => {
  const [version] = of.versions
  if (version === undefined) return undefined
  const at = {
    person: who === null ? null : person(who),
    visit: visit(),
    rules: rulesOf(of, version),
    runningFen: 1500,
  }
  return stipendsDue(version, at).map(({ id, fund, fen }) => [id, fund, fen])
}

test('every stipend whose condition holds is due, in the order of the version', () => {
  expect(due({})).toEqual([
    ['old', 'city', 10_000],
    ['all', 'city', 100],
  ])
  expect(due({ birthDate: '1960-01-01', categories: [{ id: 'dibao' }] })).toEqual([
    ['dibao', 'street', 5000],
    ['all', 'city', 100],
  ])
})

test('a guest is due none, and a version without stipends gives none', () => {
  expect(due(null)).toEqual([])
  expect(due({}, packOf([]))).toEqual([])
})

test('no price, debit or digest knows of them', () => {
  expect(price(pack)).toEqual(price(packOf([subsidyStep('meal', 300)])))
})
