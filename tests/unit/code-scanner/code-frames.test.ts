import iconv from 'iconv-lite'
import { describe, expect, test } from 'vitest'
import { createCodeFrames } from '../../../electron/core/devices/code-scanner/code-frames.ts'
import { likelyScanner } from '../../../electron/core/devices/code-scanner/likely-ports.ts'

const code = 'ZZ1BABCDEFGH'
const good = (text: string) => ({ ok: true, text })

describe('without a configured suffix', () => {
  test.each([
    ['CR', '\r'],
    ['LF', '\n'],
    ['CR LF', '\r\n'],
  ])('%s ends a code, and is no part of it', (_, end) => {
    expect(createCodeFrames().take(Buffer.from(`${code}${end}other${end}`))).toEqual([good(code), good('other')])
  })

  test('silence ends a code', () => {
    const frames = createCodeFrames()
    expect(frames.take(Buffer.from(code))).toEqual([])
    expect(frames.waiting()).toBe(true)
    expect(frames.silence()).toEqual([good(code)])
    expect(frames.silence()).toEqual([])
    expect(frames.waiting()).toBe(false)
  })

  test('a code that comes byte by byte is one', () => {
    const frames = createCodeFrames()
    expect([...Buffer.from(`${code}\r`)].flatMap(byte => frames.take(Uint8Array.of(byte)))).toEqual([good(code)])
  })
})

describe('with a suffix of its own', () => {
  test('only that ends a code', () => {
    const frames = createCodeFrames('##')
    expect(frames.take(Buffer.from(`a#b\rc##${code}##`))).toEqual([good('a#b\rc'), good(code)])
  })

  test('a torn rest is forgotten in the silence', () => {
    const frames = createCodeFrames('\t')
    frames.take(Buffer.from('torn'))
    expect(frames.silence()).toEqual([])
    expect(frames.take(Buffer.from(`${code}\t`))).toEqual([good(code)])
  })
})

describe('the text', () => {
  test('is UTF-8 where the bytes are, else GB18030', () => {
    const frames = createCodeFrames()
    expect(frames.take(Buffer.from('长者码𠮷\r'))).toEqual([good('长者码𠮷')])
    expect(frames.take(Buffer.concat([iconv.encode('长者码𠮷', 'gb18030'), Buffer.from('\r')]))).toEqual([
      good('长者码𠮷'),
    ])
  })

  test('that is neither is refused', () => {
    expect(createCodeFrames().take(Uint8Array.of(0xff, 0xff, 0x41, 0x0d))).toEqual([
      { ok: false, detail: 'neither UTF-8 nor GB18030' },
    ])
  })
})

describe('a code without end', () => {
  test.each([1025, 1026, 5000, 100_000])('of %i bytes is refused once, and the next one is read', length => {
    const frames = createCodeFrames()
    const heard = frames.take(Buffer.from(`${'A'.repeat(length)}\r${code}\r`))
    expect(heard).toEqual([{ ok: false, detail: expect.stringContaining('1024') }, good(code)])
  })

  test('of 1024 bytes is one', () => {
    expect(createCodeFrames().take(Buffer.from(`${'A'.repeat(1024)}\r`))).toEqual([good('A'.repeat(1024))])
  })

  test('is refused by the silence too, and with a suffix as well', () => {
    for (const suffix of [undefined, '##']) {
      const frames = createCodeFrames(suffix)
      expect(frames.take(Buffer.alloc(3000, 0x41))).toEqual([])
      expect(frames.silence()).toEqual([{ ok: false, detail: expect.any(String) }])
      expect(frames.take(Buffer.from(`${code}${suffix ?? '\r'}`))).toEqual([good(code)])
    }
  })
})

describe('the port of a scanner', () => {
  const scanner = { path: '/dev/serial/by-id/usb-Newland_Barcode_Scanner-if00', words: 'usb-Newland_Barcode_Scanner' }
  const printer = { path: '/dev/serial/by-id/usb-Printer-if00', words: 'usb-Printer' }

  test('is the one that calls itself so', () => {
    expect(likelyScanner([printer, scanner])).toBe(scanner)
  })

  test('is the only one there is', () => {
    expect(likelyScanner([{ path: '/dev/ttyACM0', words: '' }])).toEqual({ path: '/dev/ttyACM0', words: '' })
  })

  test('is not guessed among several', () => {
    expect(likelyScanner([printer, { path: '/dev/ttyUSB0', words: '' }])).toBeUndefined()
    expect(likelyScanner([])).toBeUndefined()
  })
})
