import { type DeviceTest, deviceTests } from '../../shared/device-tests.ts'
import type { TestResult } from '../../shared/settings-api.ts'
import { calls } from './cashier-actions.ts'
import { useCashier } from './cashier-store.ts'
import { useSettings } from './settings-store.ts'

const { getState: state, setState } = useSettings

/** These wait for a person's hand, one after the other; all else runs by itself. */
const byHand: readonly DeviceTest[] = ['card-reader', 'code-scanner']

const note = (test: DeviceTest, result: TestResult | 'running') =>
  setState(({ tests }) => ({ tests: { ...tests, [test]: result } }))

/** Tries one device; its result stands on its card. */
export async function tryDevice(test: DeviceTest): Promise<void> {
  if (state().tests[test] === 'running') return
  useCashier.setState({ answer: null })
  note(test, 'running')
  try {
    note(test, await calls.settings.test({ test }))
  } catch (error) {
    console.info('no test:', error instanceof Error ? error.message : String(error))
    note(test, { test, health: 'fault', found: 'other', values: {}, at: Date.now() })
  }
}

/** All of them: at once those that need nobody, then those that wait for a hand. */
export async function tryAll(): Promise<void> {
  await Promise.all(deviceTests.filter(test => !byHand.includes(test)).map(tryDevice))
  for (const test of byHand) if (useSettings.getState().screen === 'devices' || inSetup()) await tryDevice(test)
}

const inSetup = () => useCashier.getState().terminal?.setup === 'devices'
