import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createScanReader, type ScanReader } from '../../../renderer/state/scan-reader.ts'
import { gunKey } from '../../support/gun.ts'

const printable = Array.from({ length: 95 }, (_, at) => String.fromCharCode(32 + at)).join('')
const base45 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:'
const base32 = 'ZZ1BABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

let scans: string[]
let begun: number
let dropped: number
let reader: ScanReader

beforeEach(() => {
  vi.useFakeTimers()
  scans = []
  begun = 0
  dropped = 0
  reader = createScanReader({ onBegin: () => begun++, onScan: text => scans.push(text), onDropped: () => dropped++ })
})
afterEach(() => vi.useRealTimers())

function press(code: string, gap: number, shift = false): boolean {
  vi.advanceTimersByTime(gap)
  return reader.press({ code, shift, at: performance.now() })
}

/** Types a text at so many ms a key; what `press` answered to each. */
function type(text: string, gap: number, end: string | null = 'Enter'): boolean[] {
  const answers = Array.from(text, sign => {
    const { code, shift } = gunKey(sign)
    if (shift) press('ShiftLeft', 0, true)
    return press(code, gap, shift)
  })
  if (end !== null) answers.push(press(end, gap))
  return answers
}
const wait = () => vi.advanceTimersByTime(1000)

describe('a scan', () => {
  test.each([
    ['base45', base45],
    ['base32', base32],
    ['lower case', 'abcdefghijklmnopqrstuvwxyz'],
    ['all of printable ASCII', printable],
  ])('of %s arrives exactly, at 2, 10 and 25 ms a key', (_, text) => {
    for (const gap of [2, 10, 25]) {
      type(text, gap)
      wait()
    }
    expect(scans).toEqual([text, text, text])
  })

  test.each(['Enter', 'NumpadEnter', 'Tab'])('ended by %s arrives at once', end => {
    type(base32, 5, end)
    expect(scans).toEqual([base32])
  })

  test('without an end arrives after 150 ms of silence, once', () => {
    type(base32, 5, null)
    vi.advanceTimersByTime(140)
    expect(scans).toEqual([])
    vi.advanceTimersByTime(20)
    expect(scans).toEqual([base32])
    press('Enter', 500)
    expect(scans).toEqual([base32])
  })

  test('that a busy machine holds back for 140 ms in the middle is one scan', () => {
    type(base32.slice(0, 20), 5, null)
    vi.advanceTimersByTime(135)
    type(base32.slice(20), 5)
    expect(scans).toEqual([base32])
  })

  test('with CapsLock, NumLock, Shift and input-method keys in between arrives exactly', () => {
    press('CapsLock', 2)
    type(base45.slice(0, 10), 2, null)
    for (const code of ['CapsLock', 'NumLock', 'Lang1', 'Convert', 'ShiftRight']) press(code, 2)
    type(base45.slice(10), 2)
    press('CapsLock', 2)
    expect(scans).toEqual([base45])
  })

  test('of digits from the number pad arrives', () => {
    for (const digit of '0305791098') press(`Numpad${digit}`, 8)
    press('NumpadEnter', 8)
    expect(scans).toEqual(['0305791098'])
  })

  test('that follows another at once is a scan of its own', () => {
    type(base32, 5)
    type(base45, 5)
    expect(scans).toEqual([base32, base45])
  })

  test('right after the key of a finger is not mixed with it', () => {
    press('Digit2', 0)
    vi.advanceTimersByTime(100)
    type(base32, 5)
    expect(scans).toEqual([base32])
    expect(begun).toBe(2)
  })

  test('longer than 1024 signs is dropped whole', () => {
    type('A'.repeat(1100), 2)
    wait()
    expect([scans, dropped]).toEqual([[], 1])
    type(base32, 2)
    expect(scans).toEqual([base32])
  })
})

describe('keys of a scan', () => {
  test('are left alone for the first three, then kept for the scan, its end too', () => {
    expect(type('ZZ1BABC', 5)).toEqual([false, false, false, true, true, true, true, true])
  })

  test('keep a second end (CR and LF) for the scan as well', () => {
    type(base32, 5)
    expect(press('Enter', 5)).toBe(true)
    expect(press('Enter', 400)).toBe(false)
  })
})

describe('a burst too short for a scan, of which keys were kept', () => {
  test.each(['1234', '12345'])('%s: is dropped whole, its end with it', text => {
    expect(type(text, 5).at(-1)).toBe(true)
    expect([scans, dropped]).toEqual([[], 1])
  })

  test('without an end is dropped after 150 ms of silence, and a later Enter is a person’s', () => {
    type('12345', 5, null)
    vi.advanceTimersByTime(160)
    expect([scans, dropped]).toEqual([[], 1])
    expect(press('Enter', 100)).toBe(false)
  })

  test('that a busy machine holds back in the middle is dropped with its end as well', () => {
    type('1234', 5, null)
    expect(press('Digit5', 140)).toBe(false)
    expect(press('Enter', 5)).toBe(true)
    expect(dropped).toBe(1)
  })

  test('of three keys, which all reached the page, is left to the page', () => {
    expect(type('123', 5)).toEqual([false, false, false, false])
    expect(dropped).toBe(0)
  })
})

describe('what a person types', () => {
  test.each([40, 60, 120, 200])('at %i ms a key is never a scan and always reaches the page', gap => {
    expect(type('12345678901234567890', gap)).toEqual(Array.from({ length: 21 }, () => false))
    wait()
    expect(scans).toEqual([])
  })

  test('with two keys at once now and then is never a scan', () => {
    for (let place = 0; place < 30; place++) expect(press('Digit1', place % 2 === 0 ? 1 : 90)).toBe(false)
    press('Enter', 90)
    wait()
    expect(scans).toEqual([])
  })

  test.each(['F2', 'Escape', 'ArrowDown', 'Backspace'])('with %s in it is never a scan', code => {
    type('12345', 5, null)
    press(code, 5)
    type('678', 5)
    wait()
    expect(scans).toEqual([])
  })

  test('by fewer than six keys at once is never a scan', () => {
    type('12345', 2)
    wait()
    expect(scans).toEqual([])
  })
})

test('a stopped reader gives nothing', () => {
  type(base32, 5, null)
  reader.stop()
  wait()
  expect(scans).toEqual([])
})
