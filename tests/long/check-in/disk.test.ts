import { describe, expect, onTestFinished, test } from 'vitest'
import { refusalAddress } from '../../../electron/refusal-window.ts'
import {
  type Counter,
  members,
  openCounter,
  ownPayOf,
  salesAtTerminal,
  untilPrice,
  untilShown,
} from '../../e2e/check-in/counter.ts'
import { presentWithMouse } from '../../e2e/check-in/simulator-drawer.ts'
import { canMountDrives, openDrive } from '../../support/drive/drive.ts'

const megabyte = 1024 * 1024
const nextMember = members()

async function openOnDrive() {
  const drive = openDrive({ megabytes: 900 })
  onTestFinished(() => drive.close())
  const counter: Counter = await openCounter({ dataDir: drive.folder })
  onTestFinished(() => counter.close())
  return { drive, counter, page: counter.cashier.page }
}

const stripGone = ({ cashier: { page } }: Counter, code: string) =>
  page.locator(`[data-notice="${code}"]`).waitFor({ state: 'detached' })

describe.skipIf(!canMountDrives)('on a disk image, as root: the cashier reads', () => {
  test('that the disk fills up, that sales stop, and sells on once there is room', async () => {
    const { drive, counter, page } = await openOnDrive()
    drive.fillUntil(400 * megabyte)
    await untilShown(page, '少于 200 MB 就要暂停入账')
    drive.empty()
    drive.fillUntil(100 * megabyte)
    await untilShown(page, '磁盘快满')
    await untilShown(page, '清出 200 MB 以上空间')
    await page.getByRole('heading', { name: '暂停入账' }).waitFor()
    const senior = nextMember()
    await presentWithMouse(page, senior, '刷卡')
    await page.locator('[data-problem="DISK_LOW"]').waitFor()
    expect(await salesAtTerminal(counter)).toEqual([])

    drive.empty()
    await stripGone(counter, 'DISK_LOW')
    await presentWithMouse(page, senior, '刷卡')
    await untilPrice(page, ownPayOf(senior))
  })

  test('that the disk takes no writes, and the meal on the screen is not called recorded', async () => {
    const { drive, counter, page } = await openOnDrive()
    const senior = nextMember()
    await presentWithMouse(page, senior, '刷卡')
    await untilPrice(page, ownPayOf(senior))
    drive.turnReadOnly()
    await page.keyboard.press('Enter')
    await untilShown(page, '磁盘写不进去，暂停入账；已入账的都在')
    await untilShown(page, '请检查磁盘、接线和权限')
    expect(await page.locator('[data-middle="confirmed"]').count()).toBe(0)
    expect((await counter.cashier.history()).join('\n')).not.toContain('已入账¥')
  })
})

test('a terminal that may not use its data folder says so in a window of its own', async () => {
  const counter = await openCounter()
  onTestFinished(() => counter.close())
  const page = await counter.cashier.page.context().newPage()
  await page.goto(refusalAddress({ code: 'DATA_FOLDER_UNUSABLE', values: { path: '/srv/<aixin>' } }))
  await untilShown(page, '数据文件夹不能写：/srv/<aixin>')
  await untilShown(page, '检查路径、权限，磁盘是否只读')
})
