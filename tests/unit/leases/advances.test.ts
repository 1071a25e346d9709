import { expect, test } from 'vitest'
import { overrunOf } from '../../../province/leases/claims.ts'

const paid = [
  { fund: 'city', fen: 300 },
  { fund: 'street', fen: 200 },
]
const sorted = (moved: readonly { fund: string; fen: number }[]) =>
  Object.fromEntries(moved.map(({ fund, fen }) => [fund, fen]))

test('what was paid beyond what is due moves from those who paid to the one who bears it', () => {
  expect(sorted(overrunOf(paid, [], 'house'))).toEqual({ city: -300, street: -200, house: 500 })
  expect(sorted(overrunOf(paid, [{ fund: 'city', fen: 300 }], 'house'))).toEqual({ street: -200, house: 200 })
})

test('nothing moves where all of it was due, or where other funds pay the same', () => {
  expect(overrunOf(paid, paid, 'house')).toEqual([])
  expect(overrunOf(paid, [{ fund: 'village', fen: 500 }], 'house')).toEqual([])
})

test('of a fund that bears it itself only the parts of others move', () => {
  expect(sorted(overrunOf(paid, [], 'city'))).toEqual({ street: -200, city: 200 })
})
