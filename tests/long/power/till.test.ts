import { describe, expect, onTestFinished, test } from 'vitest'
import { openDemoHouse } from '../../support/demo-house.ts'
import { canMountDrives, openDrive } from '../../support/drive/drive.ts'
import { rushUnderBlows } from '../../support/rush-under-blows.ts'
import { expectEachMealOnce, killCore } from '../../support/rush-under-kills.ts'

const cuts = 40

describe.skipIf(!canMountDrives)('on a disk image, as root: a till whose power is cut in the middle of a rush', () => {
  test.each([
    { drive: 'a drive that keeps what it took', cache: false },
    { drive: 'a drive with a volatile cache, written back in any order', cache: true },
  ])('$drive: every confirmed meal is there once, here and at the province', async ({ cache }) => {
    const drive = openDrive({ megabytes: 400, cache })
    onTestFinished(() => drive.close())
    const house = await openDemoHouse({ dataDir: drive.folder })
    onTestFinished(() => house.close())
    const first = await house.openTill()
    first.close()

    const { confirmed, repeated } = await rushUnderBlows(house, {
      ...{ blows: cuts, least: cuts },
      async blow() {
        if (house.host.coreProcessId() === null) return false
        drive.cut()
        killCore(house)
        await house.restart({ meanwhile: () => drive.powerUp() })
        return true
      },
    })
    await house.host.stop()
    const counts = await expectEachMealOnce(house, confirmed)
    console.log(JSON.stringify({ cuts, cache, ...counts, answeredAgain: repeated }))
    expect(confirmed.length).toBeGreaterThanOrEqual(cuts)
  })
})
