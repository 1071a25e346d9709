import { expect, test } from 'vitest'
import { canHold } from '../../../shared/policy/check/can-hold.ts'
import { worldOf } from '../../../shared/policy/check/facts-known.ts'
import { all, among, any } from '../../../shared/policy/check/formula.ts'
import { packOf } from '../../support/policy-kit.ts'

const pack = packOf([])
const world = pack.versions.map(version => worldOf(pack, version))[0]
const lunch = among('meal', ['lunch'])
const dinner = among('meal', ['dinner'])
/** Each alternative is an attempt of its own, after the first one at the whole. */
const attempts = (count: number) => [lunch, any(...Array.from({ length: count - 1 }, () => all(dinner, dinner)))]

test('what is still undecided after 5000 attempts counts as possible', () => {
  if (world === undefined) throw new Error('the pack has no version')
  expect(canHold(attempts(5000), world)).toMatchObject({ possible: false })
  expect(canHold(attempts(5001), world)).toEqual({ possible: true })
})

test('alternatives that a known fact rules out take no attempt', () => {
  if (world === undefined) throw new Error('the pack has no version')
  const literals = any(...Array.from({ length: 6000 }, () => dinner))
  expect(canHold([lunch, literals], world)).toEqual({ possible: false, clash: ['meal'] })
})
