import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import Ajv from 'ajv/dist/2020.js'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { policyPackSchema, runPolicySchema } from '../../../electron/core/bureau/pack-schema.ts'
import { shippedPacks } from '../../../electron/core/pack-files.ts'
import { parsePack } from '../../../shared/policy/parse-pack.ts'
import { packJson, readRepositoryJson, subsidyStep } from '../../support/policy-kit.ts'
import { schemaKeys } from '../../support/schema-keys.ts'

const schema = z.looseObject({}).parse(policyPackSchema())
const validate = new Ajv({ strict: false, validateFormats: false }).compile(schema)

const bare = { zh: '甲', en: 'a' }
const limitByMeal = {
  id: 'day',
  period: 'day',
  unit: 'count',
  cap: { classes: [{ when: { meal: ['lunch'] }, cap: 1 }] },
}

test('docs/policy-pack.schema.json is what `aixin policy schema` prints', () => {
  const { lines, exitCode } = runPolicySchema()
  expect(exitCode).toBe(0)
  expect(JSON.parse(lines.join('\n'))).toEqual(readRepositoryJson('docs/policy-pack.schema.json'))
})

test.each(readdirSync(shippedPacks).filter(name => name.endsWith('.json')))('accepts the shipped pack %s', name => {
  const pack = readRepositoryJson(join('resources/policies', name))
  expect(validate(pack), JSON.stringify(validate.errors)).toBe(true)
})

describe('refuses, as the terminal does,', () => {
  const step = (more: object) => packJson([subsidyStep('a', 100, more)])
  test.each([
    ['an unknown key of the pack', { ...packJson([]), colour: 'red' }],
    ['an unknown key of a step', step({ colour: 'red' })],
    ['an unknown kind of step', step({ kind: 'gift' })],
    ['an unknown key deep in a condition', step({ when: { any: [{ none: [{ aeg: {} }] }] } })],
    ['a condition about the visit where only the person is asked', { ...packJson([], { limits: [limitByMeal] }) }],
    ['a text where a number belongs', step({ amount: { kind: 'fixed', fen: '300' } })],
    ['half a fen', step({ amount: { kind: 'fixed', fen: 2.5 } })],
    ['a fund of an unknown source', { ...packJson([]), funds: [{ id: 'a', title: bare, source: 'lottery' }] }],
    ['a title without its English', { ...packJson([]), title: { zh: '测试' } }],
    ['a date that does not exist', { ...packJson([]), calendar: { holidays: ['2026-02-29'], makeUpDays: [] } }],
    ['a pack without its versions', { ...packJson([]), versions: [] }],
  ])('%s', (_name, pack) => {
    expect(validate(pack)).toBe(false)
    expect(parsePack(pack).ok).toBe(false)
  })

  test('but takes the same pack without the fault', () => {
    expect(validate(step({ when: { any: [{ none: [{ age: { below: 60 } }] }] } }))).toBe(true)
  })
})

test('every key says in Chinese and English what it means', () => {
  const keys = schemaKeys(schema)
  expect(keys.length).toBeGreaterThan(200)
  const mute = keys.filter(({ description }) => !/\p{Script=Han}.* \/ .*[a-z]/su.test(description ?? ''))
  expect(mute.map(({ owner, path }) => `${owner}.${path}`)).toEqual([])
})

test('every object of the language has a name, so that the schema repeats nothing', () => {
  const unnamed = Object.keys(z.looseObject({}).parse(schema.$defs)).filter(name => name.startsWith('__'))
  expect(unnamed).toEqual([])
})
