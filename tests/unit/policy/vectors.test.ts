import Ajv from 'ajv/dist/2020.js'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { loadPacks, shippedPacks } from '../../../electron/core/pack-files.ts'
import { differences, rulesFor, runCase } from '../../../shared/policy/run-case.ts'
import { readRepositoryJson, shippedPack } from '../../support/policy-kit.ts'

const loaded = loadPacks(shippedPacks)
const packs = loaded.ok ? loaded.value : []

const bases = [
  'rule quoted in a public notice',
  'inferred from it',
  'assumed where it is silent',
  'fictional figure',
] as const

test('the shipped packs are sound, and no two use one id', () => {
  expect(loaded).toMatchObject({ ok: true })
})

test('DEMO is shipped and says that it is fictional', () => {
  const demo = shippedPack('DEMO')
  expect(demo.fictional).toBe(true)
  expect(demo.title.zh).toContain('虚构')
})

describe.each(packs)('$id', pack => {
  const vectors = pack.vectors ?? []

  test('is the file of that name, and points an editor to the schema', () => {
    expect(readRepositoryJson(`resources/policies/${pack.id}.json`)).toEqual(pack)
    expect(pack.$schema).toBe('../../docs/policy-pack.schema.json')
  })

  test('carries at least four vectors, in the published form of a case, each with its basis', () => {
    expect(vectors.length).toBeGreaterThanOrEqual(4)
    const schema = z.record(z.string(), z.unknown()).parse(readRepositoryJson('docs/case.schema.json'))
    const validate = new Ajv({ strict: false, validateFormats: false }).compile({
      type: 'array',
      items: schema,
      $defs: schema.$defs,
    })
    expect(validate(vectors), JSON.stringify(validate.errors)).toBe(true)
    expect(vectors.filter(({ basis }) => !bases.some(known => known === basis))).toEqual([])
  })

  test('has a vector for each of its versions, and none for another policy', () => {
    const used = vectors.map(item => rulesFor([pack], item)?.version?.id ?? null)
    expect(pack.versions.map(({ id }) => id).filter(id => !used.includes(id))).toEqual([])
    expect(vectors.filter(item => rulesFor([pack], item) === null)).toEqual([])
  })

  test.each(vectors.map(item => [item.id, item.note ?? '', item] as const))('%s %s', (_id, _note, item) => {
    const { discountFen, subsidyFen, ownPayFen } = item.expect
    const paid = Object.values(subsidyFen).reduce((sum, fen) => sum + fen, 0)
    expect(discountFen + paid + ownPayFen).toBe(item.visit.listPriceFen)
    const rules = rulesFor([pack], item)
    expect(rules).not.toBeNull()
    if (rules !== null) expect(differences(item.expect, runCase(rules, item))).toEqual([])
  })
})
