import { describe, expect, test } from 'vitest'
import { createPins } from '../../../electron/core/store/pins.ts'
import { createRoster } from '../../../electron/core/store/roster.ts'
import { createVault } from '../../../electron/core/store/vault.ts'
import { seniorId } from '../../../shared/ids.ts'
import { bytesOf, openStore, tempFolder } from './store-kit.ts'

const vault = createVault(new Uint8Array(32).fill(3))
const [chen, wang] = [seniorId.parse('1'.repeat(32)), seniorId.parse('2'.repeat(32))]

function newPins() {
  const dataDir = tempFolder()
  const { db, close } = openStore(dataDir)
  return { dataDir, db, close, pins: createPins(db, vault) }
}

describe('a PIN', () => {
  test('is right for its own senior alone', () => {
    const { pins } = newPins()
    pins.set(chen, '482915')
    expect([pins.try(chen, '482915'), pins.try(chen, '482916'), pins.try(wang, '482915')]).toEqual([
      'right',
      'wrong',
      'none',
    ])
  })

  test('rests at the fifth wrong try in a row, and then not even the right one is taken', () => {
    const { pins } = newPins()
    pins.set(chen, '482915')
    const answers = Array.from({ length: 5 }, () => pins.try(chen, '000001'))
    expect(answers).toEqual(['wrong', 'wrong', 'wrong', 'wrong', 'locked'])
    expect([pins.try(chen, '482915'), pins.stateOf(chen)]).toEqual(['locked', 'locked'])
  })

  test('counts wrong tries in a row: the right one in between begins anew', () => {
    const { pins } = newPins()
    pins.set(chen, '482915')
    for (let round = 0; round < 3; round += 1) {
      for (let tries = 0; tries < 4; tries += 1) pins.try(chen, '000001')
      expect(pins.try(chen, '482915')).toBe('right')
    }
  })

  test('remembers the tries over a restart', () => {
    const { dataDir, close, pins } = newPins()
    pins.set(chen, '482915')
    for (let tries = 0; tries < 4; tries += 1) pins.try(chen, '000001')
    close()
    const again = createPins(openStore(dataDir).db, vault)
    expect([again.try(chen, '000001'), again.try(chen, '482915')]).toEqual(['locked', 'locked'])
  })

  test('is set anew or taken away by staff, and the count with it', () => {
    const { pins } = newPins()
    pins.set(chen, '482915')
    for (let tries = 0; tries < 5; tries += 1) pins.try(chen, '000001')
    pins.set(chen, '593026')
    expect([pins.try(chen, '482915'), pins.try(chen, '593026')]).toEqual(['wrong', 'right'])
    pins.clear(chen)
    expect([pins.stateOf(chen), pins.try(chen, '593026')]).toEqual(['none', 'none'])
  })

  test('is nowhere on disk, and does not open under another device’s key', () => {
    const { dataDir, db, pins } = newPins()
    pins.set(chen, '482915')
    expect(bytesOf(dataDir).includes('482915')).toBe(false)
    const other = createPins(db, createVault(new Uint8Array(32).fill(4)))
    expect([other.stateOf(chen), other.try(chen, '482915')]).toEqual(['none', 'none'])
  })

  test('goes with the senior who is gone', () => {
    const { db, pins } = newPins()
    pins.set(chen, '482915')
    createRoster(db, vault).apply([{ kind: 'gone', id: chen }])
    expect(pins.stateOf(chen)).toBe('none')
  })
})
