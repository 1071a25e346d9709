import Ajv from 'ajv/dist/2020.js'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { loadPacks, shippedPacks } from '../../../electron/core/pack-files.ts'
import { policyCase } from '../../../shared/policy/case.ts'
import { differences, rulesFor, runCase } from '../../../shared/policy/run-case.ts'
import { readRepositoryJson } from '../../support/policy-kit.ts'

const loaded = loadPacks(shippedPacks)
const packs = loaded.ok ? loaded.value : []

test('the shipped packs are DEMO, GZ-ZC-2020 and TJ, and DEMO says that it is fictional', () => {
  expect(packs.map(({ id }) => id)).toEqual(['DEMO', 'GZ-ZC-2020', 'TJ'])
  expect(packs[0]?.fictional).toBe(true)
  expect(packs[0]?.title.zh).toContain('虚构')
})

describe.each([
  { file: 'DEMO', count: 21 },
  { file: 'TJ', count: 9 },
  { file: 'GZ-ZC-2020', count: 4 },
])('vectors of $file', ({ file, count }) => {
  const json = readRepositoryJson(`tests/vectors/${file}.json`)
  const cases = z.array(policyCase).parse(json)

  test('are all there and in the published form of a case', () => {
    expect(cases).toHaveLength(count)
    const schema = z.record(z.string(), z.unknown()).parse(readRepositoryJson('docs/case.schema.json'))
    const validate = new Ajv({ strict: false, validateFormats: false }).compile({
      type: 'array',
      items: schema,
      $defs: schema.$defs,
    })
    expect(validate(json), JSON.stringify(validate.errors)).toBe(true)
  })

  test.each(cases.map(item => [item.id, item.note, item] as const))('%s %s', (_id, _note, item) => {
    const rules = rulesFor(packs, item)
    expect(rules).not.toBeNull()
    if (rules !== null) expect(differences(item.expect, runCase(rules, item))).toEqual([])
  })
})
