import { expect, it } from 'vitest'
import { stickMounts, sticks } from '../../../electron/core/usb/drives.ts'

it('sticks are what is mounted where desktops and people mount them, names with spaces and Chinese included', () => {
  const table = [
    '/dev/sda1 / ext4 rw 0 0',
    '/dev/sdb1 /media/till/KING\\040STON vfat rw 0 0',
    `/dev/sdc1 /run/media/till/${Buffer.from('优盘').toString('latin1')} vfat rw 0 0`,
    'tmpfs /run/user/1000 tmpfs rw 0 0',
    '/dev/sdd1 /mnt/usb exfat rw 0 0',
    '',
  ].join('\n')
  expect(stickMounts(table)).toEqual(['/media/till/KING STON', '/run/media/till/优盘', '/mnt/usb'])
})

it('a folder of the settings that is not there is no stick', () => {
  expect(sticks(['/nowhere/at/all'])).toEqual([])
})
