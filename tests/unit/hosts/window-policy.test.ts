import { describe, expect, test } from 'vitest'
import { isBlockedKey, isOwnUrl, mayUse } from '../../../electron/window-policy.ts'

const camera = { permission: 'media', url: 'app://terminal/cashier.html', isMainFrame: true, mediaTypes: ['video'] }

describe('a page of the Electron host', () => {
  test('may use the camera', () => {
    expect(mayUse(camera)).toBe(true)
  })

  test.each([
    ['the microphone', { mediaTypes: ['audio'] }],
    ['camera and microphone together', { mediaTypes: ['video', 'audio'] }],
    ['media of no stated kind', { mediaTypes: [] }],
    ['media of an unknown kind', { mediaTypes: ['unknown'] }],
    ['the camera from a frame inside of it', { isMainFrame: false }],
    ['the camera from another place', { url: 'https://evil.example/cashier.html' }],
    ['the camera from another host of the own scheme', { url: 'app://terminal.evil/cashier.html' }],
    ['the place of the terminal', { permission: 'geolocation' }],
    ['serial devices', { permission: 'serial' }],
  ])('may not use %s', (_name, change) => {
    expect(mayUse({ ...camera, ...change })).toBe(false)
  })

  test.each(['app://terminal/', 'app://terminal/customer.html?x=1'])('is the own page at %s', url => {
    expect(isOwnUrl(url)).toBe(true)
  })

  test.each([
    '',
    'about:blank',
    'file:///etc/passwd',
    'app://other/',
    'app://terminal@evil.example/',
    'https://terminal/',
  ])('is not the own page at "%s"', url => {
    expect(isOwnUrl(url)).toBe(false)
  })
})

describe('a key', () => {
  const key = (name: string, held: Partial<Record<'control' | 'alt' | 'meta', boolean>> = {}) => ({
    key: name,
    control: false,
    alt: false,
    meta: false,
    ...held,
  })

  test.each([
    ['F11', key('F11')],
    ['Ctrl-R', key('r', { control: true })],
    ['Ctrl-W', key('w', { control: true })],
    ['Ctrl-Shift-I', key('I', { control: true })],
    ['Alt-F4', key('F4', { alt: true })],
    ['Meta-Q', key('q', { meta: true })],
  ])('that would leave the kiosk is blocked: %s', (_name, input) => {
    expect(isBlockedKey(input)).toBe(true)
  })

  test.each(['F1', 'F2', 'F12', 'Enter', 'Escape', '5', '好'])('that the page uses passes: %s', name => {
    expect(isBlockedKey(key(name))).toBe(false)
  })

  test('that only modifies others passes, so that chords of an input method begin', () => {
    expect(isBlockedKey(key('Control', { control: true }))).toBe(false)
  })
})
