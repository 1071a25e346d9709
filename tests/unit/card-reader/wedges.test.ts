import { expect, test } from 'vitest'
import { parseConfig } from '../../../electron/core/config.ts'
import { readWedge, UNLISTED_SCANNER, type WedgeDevice } from '../../../electron/core/devices/wedges.ts'

const cards: WedgeDevice = {
  id: 'canteen-cards',
  driver: 'card-reader-wedge',
  config: { format: 'decimal-10', order: 'reversed', prefix: '', suffix: '' },
}
const gun: WedgeDevice = { id: 'gun', driver: 'code-scanner-wedge', config: { prefix: '~', suffix: '##' } }
const code = 'ZZ1BABCDEFGH'

test('a text that fits the card reader is a card in air order', () => {
  expect(readWedge('0305791098', [gun, cards])).toEqual({ device: 'canteen-cards', kind: 'card', uid: '7A003A12' })
})

test('a text of another form is a code, also where it is all digits', () => {
  expect(readWedge('284757291038475612', [cards])).toEqual({
    device: UNLISTED_SCANNER,
    kind: 'code',
    text: '284757291038475612',
  })
})

test('without a configured card reader ten digits are a code: nothing is guessed', () => {
  expect(readWedge('0305791098', [gun])).toMatchObject({ kind: 'code', text: '0305791098' })
})

test("a gun's own prefix and suffix are taken off", () => {
  expect(readWedge(`~${code}##`, [cards, gun])).toEqual({ device: 'gun', kind: 'code', text: code })
  expect(readWedge(code, [cards, gun])).toEqual({ device: UNLISTED_SCANNER, kind: 'code', text: code })
})

test("a card reader's prefix tells two readers apart", () => {
  const other: WedgeDevice = {
    ...cards,
    id: 'door-cards',
    config: { format: 'decimal-10', order: 'air', prefix: ';', suffix: '' },
  }
  expect(readWedge(';2046835218', [cards, other])).toMatchObject({ device: 'door-cards', uid: '7A003A12' })
})

test('a number that changes with each tap is a fault of the card', () => {
  const reader: WedgeDevice = { ...cards, config: { format: 'hex-8', order: 'air', prefix: '', suffix: '' } }
  expect(readWedge('08A1B2C3', [reader])).toMatchObject({ kind: 'card-fault', problem: 'CARD_NUMBER_CHANGES' })
  expect(readWedge('8804A1B2', [reader])).toMatchObject({ kind: 'card-fault', problem: 'CARD_DATA_BAD' })
})

test('the settings take a card reader with its format and order, and refuse one without', () => {
  const device = (config: unknown) =>
    parseConfig({ dataDir: '/data', devices: [{ id: 'cards', driver: 'card-reader-wedge', config }] })
  expect(device({ format: 'wiegand-26', order: 'air' }).ok).toBe(true)
  expect(device({ format: 'wiegand-26' })).toMatchObject({
    ok: false,
    notice: { values: { path: 'devices.0.config.order' } },
  })
})
