import { expect, test } from 'vitest'
import { entrySeconds, needsAttention } from '../../../renderer/state/entry.ts'
import { guestView, limitView, pricedView, strangerView } from '../../e2e/screens/fixtures.ts'

test('an ordinary card sale records itself after the seconds of the site', () => {
  expect(entrySeconds(pricedView())).toBe(1.5)
  expect(entrySeconds(pricedView({ entry: { seconds: 0, held: false } }))).toBe(0)
})

test.each([
  ['there is something to say about the price', limitView({ entry: { seconds: 1.5, held: false } })],
  ['it is held', pricedView({ entry: { seconds: 1.5, held: true } })],
  ['cash has to be taken', pricedView({ tender: 'cash' })],
  ['a phone has to pay', pricedView({ tender: 'outside' })],
  ['a face alone was seen', pricedView({ means: 'face' })],
  ['nobody showed anything', guestView()],
  ['the site lets a person confirm', pricedView({ entry: { seconds: null, held: false } })],
])('a person confirms where %s', (_why, priced) => {
  expect(entrySeconds(priced)).toBeNull()
})

test('a limit and a pending claim take the calm layout, an ordinary price and a guest do not', () => {
  expect([limitView(), strangerView(), pricedView(), guestView()].map(needsAttention)).toEqual([
    true,
    true,
    false,
    false,
  ])
})
