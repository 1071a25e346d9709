import { expect, test } from 'vitest'
import type { PricedCheckIn } from '../../../electron/core/check-in-state.ts'
import { mayRecordItself } from '../../../electron/core/entry-pause.ts'
import { fen } from '../../../shared/money.ts'
import { canteen } from '../../support/setting-kit.ts'

const express = { ...canteen(), expressSeconds: 0 }
const ordinary = { who: 'senior', tender: 'account', means: 'card', first: null } as const
const limit: PricedCheckIn['attention'] = [{ code: 'LIMIT_WEEK', values: {} }]

test('an ordinary card or code records itself without a pause where the site has none', () => {
  expect(mayRecordItself(ordinary, [], express)).toBe(0)
  expect(mayRecordItself({ ...ordinary, means: 'code' }, [], express)).toBe(0)
})

test('without a pause nothing records itself where no staff stand by', () => {
  expect(mayRecordItself(ordinary, [], { ...express, staffed: false })).toBeNull()
  expect(mayRecordItself(ordinary, [], { ...express, staffed: false, expressSeconds: 0.5 })).toBe(0.5)
})

test.each([
  ['a face alone', { ...ordinary, means: 'face' }, []],
  ['somebody found by name', { ...ordinary, means: 'manual' }, []],
  ['a guest', { ...ordinary, who: 'guest', means: null }, []],
  ['whom no roster knows', { ...ordinary, who: 'stranger' }, []],
  ['cash', { ...ordinary, tender: 'cash' }, []],
  ['two tenders', { ...ordinary, first: { kind: 'cash', fen: fen(500) } }, []],
  ['a device of its own that pays', { ...ordinary, tender: 'outside' }, []],
  ['a price that there is something to say about', ordinary, limit],
] as const)('%s never records itself, whatever the pause', (_, open, attention) => {
  expect(mayRecordItself(open, attention, express)).toBeNull()
})
