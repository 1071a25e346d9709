import { expect, test } from 'vitest'
import { hexToBytes } from '../../../shared/bytes.ts'
import { recordId } from '../../../shared/ids.ts'
import { uuidV7 } from '../../../shared/uuid.ts'

test('the example of RFC 9562 comes out letter by letter', () => {
  const made = uuidV7(Date.parse('2022-02-22T14:22:22-05:00'), hexToBytes('0cc398c4dc0c0c07398f'))
  expect(made).toBe('017f22e2-79b0-7cc3-98c4-dc0c0c07398f')
})

test('version and variant stand whatever the random bytes are', () => {
  const made = Array.from({ length: 256 }, (_, byte) => uuidV7(1_790_000_000_000, new Uint8Array(10).fill(byte)))
  expect(made.filter(id => !/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(id))).toEqual(
    [],
  )
  expect(made.every(id => recordId.safeParse(id).success)).toBe(true)
})

test('ids sort by the time at which they were made', () => {
  const most = new Uint8Array(10).fill(255)
  const least = new Uint8Array(10)
  const made = [
    uuidV7(999, most),
    uuidV7(1000, least),
    uuidV7(1_790_000_000_000, most),
    uuidV7(1_790_000_000_001, least),
  ]
  expect([...made].sort()).toEqual(made)
})

test('a fraction of a millisecond is dropped', () => {
  expect(uuidV7(1000.9, new Uint8Array(10))).toBe(uuidV7(1000, new Uint8Array(10)))
})

test('fewer than ten random bytes are refused', () => {
  expect(() => uuidV7(0, new Uint8Array(9))).toThrow(RangeError)
})

test('an id in capitals or without its hyphens is no record id', () => {
  const id = '017f22e2-79b0-7cc3-98c4-dc0c0c07398f'
  expect([id, id.toUpperCase(), id.replaceAll('-', '')].map(text => recordId.safeParse(text).success)).toEqual([
    true,
    false,
    false,
  ])
})
