import { describe, expect, test } from 'vitest'
import { checkPack } from '../../../shared/policy/check/check-pack.ts'
import { seededFaults } from '../../support/seeded-faults/all.ts'
import { street } from '../../support/seeded-faults/places.ts'
import { faultsOf, told } from '../../support/seeded-faults/told.ts'
import { vectorFaults } from '../../support/seeded-faults/vectors.ts'
import { edited, soundBase } from '../../support/sound-pack.ts'

test('the base of these faults is sound', () => {
  expect(checkPack(soundBase)).toEqual([])
})

describe.each(seededFaults)('seeded faults: %s', (_group, table) => {
  test.each(table.map(([name, edits, ...expected]) => [name, edits, expected] as const))(
    '%s',
    (_name, edits, expected) => {
      const json = edited(soundBase, edits)
      expect(faultsOf(json)).toEqual(expected)
      for (const { zh, en } of checkPack(json)) {
        expect(zh).toMatch(/\p{Script=Han}/u)
        expect(en).toMatch(/[a-z]{3}/)
      }
    },
  )
})

describe('vectors', () => {
  const vectors = (edits: Readonly<Record<string, unknown>>) => checkPack(edited(soundBase, edits))

  test.each(vectorFaults.map(([name, edits, ...expected]) => [name, edits, expected] as const))(
    '%s',
    (_name, edits, expected) => {
      expect(told(vectors(edits))).toEqual(expect.arrayContaining([...expected]))
    },
  )

  test('that come out otherwise are told with what was expected and what came', () => {
    const found = vectors({ [`${street}.amount.fen`]: 200 }).find(({ code }) => code === 'vector-differs')
    expect(found?.en).toContain('subsidyFen street: expected 100, got 200; ownPayFen: expected 550, got 450')
    expect(found?.zh).toContain('补贴（分） street 应为 100，算得 200；个人支付（分） 应为 550，算得 450')
  })

  test('may name categories of other policies', () => {
    expect(vectors({ 'vectors[0].person.categories': ['veteran'] })).toEqual([])
  })
})
