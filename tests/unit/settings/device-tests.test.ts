import { expect, test } from 'vitest'
import { createDeviceTests, type DeviceTestParts } from '../../../electron/core/settings/device-tests.ts'
import type { Documents } from '../../../electron/core/store/documents.ts'
import type { PrinterState } from '../../../shared/printer-api.ts'

const noon = Date.parse('2026-11-23T12:00:00+08:00')
const documents: Documents = { read: () => null, write: () => undefined, names: () => [], remove: () => undefined }

function trying(change: Partial<DeviceTestParts> = {}) {
  const done: string[] = []
  const tests = createDeviceTests({
    ...{ documents, keyProtection: 'host', devices: () => [], customerScreens: () => 1, stopped: () => null },
    ...{ freeBytes: () => null, keyWorks: async () => true, now: () => noon, onChange: () => done.push('told') },
    sync: () => ({ round: async () => undefined, online: () => true }),
    printerState: () => 'ready',
    printPage() {
      done.push('printed')
      return { result: 'done' }
    },
    voice: () => 'on',
    ...change,
  })
  return { tests, done }
}

test('a printer that is ready is sent a test slip', async () => {
  const { tests, done } = trying()
  expect(await tests.run('printer')).toMatchObject({ health: 'good', found: 'sent' })
  expect(done).toEqual(['printed'])
})

test.each([
  ['paper-out', 'fault'],
  ['cover-open', 'fault'],
  ['gone', 'fault'],
  [null, 'absent'],
] satisfies [PrinterState | null, string][])('a printer that is %s is sent nothing', async (state, health) => {
  const { tests, done } = trying({ printerState: () => state })
  expect(await tests.run('printer')).toMatchObject({ health })
  expect(done).toEqual([])
})

test('a loudspeaker is tried by a sample line, which the page is told of once', async () => {
  const { tests, done } = trying()
  expect(tests.sampleAt()).toBeNull()
  expect(await tests.run('speaker')).toMatchObject({ health: 'good', found: 'said' })
  expect(tests.sampleAt()).toBe(noon)
  expect(done).toEqual(['told'])
})

test.each(['off', 'no-page'] as const)('no sample line is asked for where the voice is %s', async voice => {
  const { tests } = trying({ voice: () => voice })
  expect(await tests.run('speaker')).toMatchObject({ health: 'absent', found: voice })
  expect(tests.sampleAt()).toBeNull()
})
