import { describe, expect, test } from 'vitest'
import { fromBase64Url, toBase64Url, utf8ToBytes } from '../../../shared/bytes.ts'

/** RFC 4648 section 10, without padding. */
const examples: [string, string][] = [
  ['', ''],
  ['f', 'Zg'],
  ['fo', 'Zm8'],
  ['foo', 'Zm9v'],
  ['foob', 'Zm9vYg'],
  ['fooba', 'Zm9vYmE'],
  ['foobar', 'Zm9vYmFy'],
]

test.each(examples)('"%s" is written %s and read back', (text, written) => {
  expect(toBase64Url(utf8ToBytes(text))).toBe(written)
  expect(fromBase64Url(written)).toEqual(utf8ToBytes(text))
})

test('the two letters that differ from base64 are - and _', () => {
  expect(toBase64Url(Uint8Array.of(251, 255, 191))).toBe('-_-_')
  expect(fromBase64Url('-_-_')).toEqual(Uint8Array.of(251, 255, 191))
})

test('every byte survives', () => {
  const bytes = Uint8Array.from({ length: 256 }, (_, byte) => byte)
  expect(fromBase64Url(toBase64Url(bytes))).toEqual(bytes)
  expect(toBase64Url(bytes)).toBe(Buffer.from(bytes).toString('base64url'))
})

describe('is refused:', () => {
  test.each([
    ['padding', 'Zg=='],
    ['the alphabet of plain base64', '+/+/'],
    ['white space', 'Zm9v Zm9v'],
    ['a line end', 'Zm9v\n'],
    ['a length that no bytes have', 'Zm9vY'],
    ['stray bits after one byte', 'Zh'],
    ['stray bits after two bytes', 'Zm9'],
    ['a letter beyond ASCII', 'Zm9\u00e9'],
    ['a letter whose low byte is one of the alphabet', 'Zm9\u0141'],
    ['a letter outside of the BMP', 'Zm\u{20bb7}'],
    ['a NUL', 'Zm9\0'],
  ])('%s', (_, text) => {
    expect(() => fromBase64Url(text)).toThrow(SyntaxError)
  })
})
