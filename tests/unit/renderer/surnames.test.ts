import { expect, test } from 'vitest'
import { surnamesBy } from '../../../renderer/state/surnames.ts'
import { letterChoices } from '../../../shared/name-readings.ts'

const letters = [...'ABCDEFGHJKLMNOPQRSTWXYZ']

test.each(letters)('the family names under %s are read so, and none stands there twice', letter => {
  const names = surnamesBy(letter)
  expect(names.length).toBeGreaterThan(0)
  expect(new Set(names).size).toBe(names.length)
  for (const name of names) expect(letterChoices(name)[0], name).toContain(letter)
})

test('a family name of two characters stands under both of its letters', () => {
  expect(surnamesBy('OY')).toEqual(['欧阳'])
  const compounds = letters.flatMap(first => letters.flatMap(second => surnamesBy(first + second)))
  expect(compounds.length).toBeGreaterThan(10)
  for (const name of compounds) {
    const typed = letterChoices(name).map(choices => choices.charAt(0))
    expect(surnamesBy(typed.join('')), name).toContain(name)
  }
})

test('no letter, and three, are no family name', () => {
  expect([surnamesBy(''), surnamesBy('OYX'), surnamesBy('I')]).toEqual([[], [], []])
})
