import { deflateRawSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { packed, unpacked } from '../../../shared/packed.ts'

const text = new TextEncoder().encode(JSON.stringify(Array.from({ length: 3000 }, (_, at) => ({ meal: 'lunch', at }))))

describe('packed bytes', () => {
  test('come back as they were, and are fewer where they repeat themselves', () => {
    expect(unpacked(packed(text), text.length)).toEqual(text)
    expect(packed(text).length).toBeLessThan(text.length / 3)
    expect(unpacked(packed(new Uint8Array(0)), 10)).toEqual(new Uint8Array(0))
  })

  test('are read by what others call raw DEFLATE', () => {
    expect(unpacked(new Uint8Array(deflateRawSync(text)), text.length)).toEqual(text)
  })

  test('that would be more than is allowed are not unpacked', () => {
    expect(unpacked(packed(text), text.length - 1)).toBeNull()
    expect(unpacked(packed(new Uint8Array(50_000_000)), 1_000_000)).toBeNull()
  })

  test('that are cut, or were never packed, are nothing', () => {
    expect(unpacked(packed(text).subarray(0, 200), text.length)).toBeNull()
    expect(unpacked(new Uint8Array(0), 10)).toBeNull()
    expect(unpacked(Uint8Array.from([255, 254, 253, 7, 1, 2]), 10)).toBeNull()
  })
})
