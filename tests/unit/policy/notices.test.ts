import { describe, expect, test } from 'vitest'
import { readCases, smallPacks, wrongIn } from '../../support/case-kit.ts'

const packs = smallPacks()
const schemesOf = (name: string) => [...new Set(readCases(name).map(({ scheme }) => scheme))].sort()

describe.each([
  { file: 'abroad', of: 'notices from abroad', schemes: ['HK-CCSV', 'JP-KURUME', 'JP-TOYOKAWA', 'TW-TT'] },
  {
    file: 'domestic-unseen',
    of: 'notices that no shipped pack covers',
    schemes: ['F1', 'F2', 'F3', 'F4', 'F4-ODD', 'F5', 'F6'],
  },
])('vectors of $of', ({ file, schemes }) => {
  test('are for the schemes named, each with a pack', () => {
    expect(schemesOf(file)).toEqual(schemes)
    expect(packs.map(({ id }) => id)).toEqual(expect.arrayContaining(schemes))
  })

  test.each(readCases(file).map(item => [item.id, item.note, item] as const))('%s %s', (_id, _note, item) => {
    expect(wrongIn(packs, item)).toEqual([])
  })
})

test('every small pack is asked by some vector', () => {
  const asked = new Set(['traps', 'abroad', 'domestic-unseen'].flatMap(schemesOf))
  expect(
    packs.filter(({ id, versions }) => ![id, ...versions.map(version => version.id)].some(one => asked.has(one))),
  ).toEqual([])
})
