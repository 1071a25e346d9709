import type { DiskWatch } from '../disk-watch.ts'
import type { StaffApi } from '../staff-api.ts'
import type { DeviceTests } from './device-tests.ts'
import type { SettingDesk } from './setting-desk.ts'
import type { Setup } from './setup.ts'

/** What a site sets at its till, what is tried there, and how a terminal starts for the first time. */
export interface SettingsHouse {
  readonly desk: SettingDesk
  readonly tests: DeviceTests
  readonly setup: Setup
}

/** The part of the terminal API that is about settings. */
export function createSettingsRouter(api: StaffApi['settings'], { desk, tests }: SettingsHouse, disk: DiskWatch) {
  return {
    look: api.look.handler(() => desk.look()),
    unlock: api.unlock.handler(({ input }) => desk.unlock(input.operator, input.pin)),
    lock: api.lock.handler(() => desk.lock()),
    change: api.change.handler(({ input }) => disk.pressing(() => desk.change(input))),
    sellOut: api.sellOut.handler(({ input }) => disk.pressing(() => desk.sellOut(input.set, input.soldOut))),
    test: api.test.handler(({ input }) => tests.run(input.test)),
  }
}

/** The part of the terminal API that is about the first start. */
export function createSetupRouter(api: StaffApi['setup'], { setup }: SettingsHouse) {
  return {
    read: api.read.handler(({ input }) => setup.read(input.text)),
    fromStick: api.fromStick.handler(() => setup.fromStick()),
    enrol: api.enrol.handler(({ input }) => setup.enrol(input.text)),
    finish: api.finish.handler(() => setup.finish()),
  }
}
