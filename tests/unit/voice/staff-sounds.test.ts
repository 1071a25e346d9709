import { expect, test } from 'vitest'
import { checkInSound, deviceSound } from '../../../renderer/voice/staff-sounds.ts'
import type { CashierView, DeviceView } from '../../../shared/terminal-api.ts'
import { noon, pricedView } from '../../e2e/screens/fixtures.ts'

const ready: CashierView = { state: 'ready' }
const problem = (at: number): CashierView => ({
  ...{
    state: 'problem',
    notice: { code: 'CARD_UNREAD', values: {} },
    means: 'card',
    stranger: null,
    already: null,
    at,
  },
})
const device = (state: DeviceView['state'], id = 'reader'): DeviceView => ({
  ...{ id, kind: 'card-reader', simulated: false, state, media: 'absent', restarts: 0 },
})

test('what was not read or not found knocks once', () => {
  expect(checkInSound(ready, problem(noon))).toBe('knock')
  expect(checkInSound(problem(noon), problem(noon))).toBeNull()
  expect(checkInSound(problem(noon), problem(noon + 2000))).toBe('knock')
})

test('a price with a limit makes no other sound than a price without one', () => {
  const limited = pricedView({ attention: [{ code: 'LIMIT_WEEK', values: { cap: 5 } }] })
  expect(checkInSound(ready, limited)).toBe(checkInSound(ready, pricedView()))
})

test('another card that is read while a price stands knocks once, whosever price it is', () => {
  const [priced, limited] = [pricedView(), pricedView({ attention: [{ code: 'LIMIT_WEEK', values: { cap: 5 } }] })]
  for (const view of [priced, limited]) {
    expect(checkInSound(view, { ...view, another: noon })).toBe('knock')
    expect(checkInSound({ ...view, another: noon }, { ...view, another: noon })).toBeNull()
    expect(checkInSound({ ...view, another: noon }, { ...view, another: noon + 2000 })).toBe('knock')
  }
})

test('a device that stops working gives two low notes, one that never worked none', () => {
  expect(deviceSound([device('idle')], [device('error')])).toBe('fault')
  expect(deviceSound([device('error')], [device('error')])).toBeNull()
  expect(deviceSound([device('closed')], [device('no-device')])).toBeNull()
  expect(deviceSound([device('idle')], [device('busy')])).toBeNull()
})
