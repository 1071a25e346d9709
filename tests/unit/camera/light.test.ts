import { expect, test } from 'vitest'
import { createLightWatch } from '../../../renderer/camera/light.ts'

const dim = 8
const bright = 120

test('a room that stays dim for two seconds is too dark', () => {
  const isDark = createLightWatch()
  expect([0, 1000, 1900, 2000].map(at => isDark(dim, at))).toEqual([false, false, false, true])
})

test('a hand before the lens is not', () => {
  const isDark = createLightWatch()
  expect([isDark(dim, 0), isDark(bright, 500), isDark(dim, 1900), isDark(dim, 2100)]).toEqual(Array(4).fill(false))
})

test('a room at the brink does not flicker: light counts again only well above it', () => {
  const isDark = createLightWatch()
  for (let at = 0; at <= 2000; at += 100) isDark(dim, at)
  for (let at = 2100; at <= 9000; at += 100) expect(isDark(17, at)).toBe(true)
  for (let at = 9100; at <= 11_100; at += 100) isDark(bright, at)
  expect(isDark(bright, 11_200)).toBe(false)
})
