import { describe, expect, test } from 'vitest'
import { nameFits, readerPriority, readersFor } from '../../../electron/core/devices/card-reader/reader-names.ts'
import { type DriverMake, makes, makesFor } from '../../../electron/core/devices/discovery.ts'

const contact = 'ACS ACR1281 1S Dual Reader ICC 0'
const contactless = 'ACS ACR1281 1S Dual Reader PICC 0'
const module = 'ACS ACR1281 1S Dual Reader SAM 0'
const virtual = 'Microsoft Virtual Smart Card 0'

describe('a pattern of a reader name', () => {
  test.each([
    ['PICC', contactless, true],
    ['picc', contactless, true],
    ['ACS*SAM', module, true],
    ['ACS*PICC 0', contactless, true],
    ['PICC*ACS', contactless, false],
    ['ICC 0', contactless, true],
    ['Reader ICC', contactless, false],
    ['*', contact, true],
    ['ACR1281*ACR1281', contact, false],
  ])('%s on %s: %s', (pattern, name, fits) => {
    expect(nameFits(name, pattern)).toBe(fits)
  })
})

describe('where no reader is named', () => {
  test('contact slots come before contactless ones, and what holds no visitor is left out', () => {
    expect(readersFor([virtual, module, contactless, contact], undefined)).toEqual([contact, contactless])
  })

  test('readers that suit alike come as the service lists them', () => {
    expect(readersFor(['Reader B', 'Reader A'], undefined)).toEqual(['Reader B', 'Reader A'])
  })
})

test('where one is named, only that one counts, whatever it is called', () => {
  expect(readersFor([contact, contactless, module], 'PICC')).toEqual([contactless])
  expect(readersFor([contact, module], 'SAM 0')).toEqual([module])
  expect(readersFor([contact], 'PICC')).toEqual([])
})

test.each([
  ['Samsung SmartCard 00', 20],
  ['HID Global OMNIKEY 5022-CL 0', 10],
  ['NXP PN533 NFC 0', 10],
  ['Windows Hello for Business 1', 0],
])('%s has the priority %i', (name, priority) => {
  expect(readerPriority(name)).toBe(priority)
})

describe('the makes that fit a device', () => {
  const device = { connection: 'pcsc', name: contact } as const

  test('include the PC/SC driver, set to that very reader', () => {
    expect(makesFor(device).map(make => [make.driver, make.configFor(device)])).toEqual([
      ['card-reader-pcsc', { reader: contact }],
    ])
  })

  test('are none for a security module', () => {
    expect(makesFor({ connection: 'pcsc', name: module })).toEqual([])
  })

  test('come with the greater priority first', () => {
    const own: DriverMake = {
      driver: 'card-reader-simulated',
      kind: 'card-reader',
      supports: ({ name }) => (name.startsWith('ACS') ? 50 : 0),
      configFor: () => ({}),
    }
    expect(makesFor(device, [...makes, own]).map(({ driver }) => driver)).toEqual([
      'card-reader-simulated',
      'card-reader-pcsc',
    ])
    expect(makesFor({ ...device, name: 'Reader A' }, [...makes, own]).map(({ driver }) => driver)).toEqual([
      'card-reader-pcsc',
    ])
  })
})
