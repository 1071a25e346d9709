import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { explainPack } from '../../../shared/policy/explain/explain-pack.ts'
import { policyPack } from '../../../shared/policy/language.ts'
import { parsePack } from '../../../shared/policy/parse-pack.ts'
import { soundPack } from '../../support/policy-kit.ts'
import { wholeLanguage } from '../../support/whole-language.ts'

type Path = readonly (string | number)[]
const json: unknown = JSON.parse(JSON.stringify(wholeLanguage))
const whole = soundPack(json)
const explained = { zh: explainPack(whole, 'zh').join('\n'), en: explainPack(whole, 'en').join('\n') }

/** What is no business of a reader; and `kind`, which cannot change alone. */
const unsaid = ['id', '$schema', 'format', 'vectors', 'kind']

/** Paths of all values below, objects and lists included; what is unsaid is left out. */
function pathsIn(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path]
  const list = Array.isArray(value)
  const below = Object.entries(value).flatMap(([key, part]) =>
    unsaid.includes(key) ? [] : pathsIn(part, [...path, list ? Number(key) : key]),
  )
  return path.length === 0 ? below : [path, ...below]
}

function valueAt(value: unknown, [key, ...rest]: Path): unknown {
  if (key === undefined) return value
  if (typeof value !== 'object' || value === null) return undefined
  return valueAt(new Map(Object.entries(value)).get(String(key)), rest)
}

/** The pack with another value at a path; `undefined` removes the key. */
function changed(value: unknown, [key, ...rest]: Path, to: unknown): unknown {
  if (key === undefined) return to
  if (Array.isArray(value)) return value.map((part, index) => (index === key ? changed(part, rest, to) : part))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, part]) => {
      const next = name === key ? changed(part, rest, to) : part
      return next === undefined ? [] : [[name, next]]
    }),
  )
}

const words = [
  ...['city', 'street', 'village', 'dibao', 'tekun', 'week', 'money', 'bath', 'clean', 'home', 'yard', 'voucher'],
  ...['yearly', 'province', 'month', 'year', 'day', 'count', 'fen', 'list', 'running', 'first', 'best', 'sum', 'rest'],
  ...[
    'nothing',
    'possessed',
    'verified',
    'person',
    'guest',
    'anyone',
    'breakfast',
    'lunch',
    'dine-in',
    'delivery',
    'public',
    'family',
    'half-up',
  ],
  ...['down', 'birthday', '03-01', '11:30', '2026-12-30', '2026-01-02', '1931-05-05', ['S9']],
]

/** Two other values that the language allows at a path, or as many as there are. */
function otherValues(path: Path): unknown[] {
  const value = valueAt(json, path)
  const candidates =
    typeof value === 'number'
      ? [value + 1, value - 1]
      : typeof value === 'boolean'
        ? [!value]
        : typeof value === 'string' && value.length > 0
          ? [`${value}X`, ...words]
          : []
  const found: unknown[] = []
  for (const other of candidates)
    if (found.length < 2 && other !== value && parsePack(changed(json, path, other)).ok) found.push(other)
  return found
}

const name = (path: Path) => path.join('.')
/** A limit that pays the rest can be of money only; another mode has none of the other keys of `offline`. */
const fixed = ['versions.0.limits.1.unit', 'versions.0.offline.mode']
const leaves = pathsIn(json).filter(path => typeof valueAt(json, path) !== 'object' && !fixed.includes(name(path)))
const languagesOf = (path: Path) =>
  path.at(-1) === 'zh' ? ['zh' as const] : path.at(-1) === 'en' ? ['en' as const] : ['zh' as const, 'en' as const]

test('the pack of this test uses every key of the language', () => {
  const known = new Set<string>()
  const used = new Set<string>()
  const collect = (value: unknown, take: (value: object) => void): void => {
    if (typeof value !== 'object' || value === null) return
    take(value)
    for (const part of Object.values(value)) collect(part, take)
  }
  collect(z.toJSONSchema(policyPack.omit({ vectors: true }), { io: 'input' }), item => {
    if ('properties' in item && typeof item.properties === 'object' && item.properties !== null)
      for (const key of Object.keys(item.properties)) known.add(key)
  })
  collect(json, item => {
    for (const key of Object.keys(item)) used.add(key)
  })
  expect(known.size).toBeGreaterThan(80)
  expect([...known].filter(key => !used.has(key) && key !== 'unit' && key !== 'zh')).toEqual([])
})

describe('every value is said: another one makes another explanation', () => {
  test.each(leaves.map(path => [name(path), path] as const))('%s', (_name, path) => {
    const others = otherValues(path)
    expect(others).not.toEqual([])
    for (const other of others)
      for (const language of languagesOf(path)) {
        const text = explainPack(soundPack(changed(json, path, other)), language).join('\n')
        expect(text, `${language} ${String(other)}`).not.toBe(explained[language])
      }
  })
})

describe('every key that may be left out is said: without it the explanation is another', () => {
  const optional = pathsIn(json).filter(
    path => typeof path.at(-1) === 'string' && parsePack(changed(json, path, undefined)).ok,
  )
  test.each(optional.map(path => [name(path), path] as const))('%s', (_name, path) => {
    for (const language of ['zh', 'en'] as const) {
      const text = explainPack(soundPack(changed(json, path, undefined)), language).join('\n')
      expect(text, language).not.toBe(explained[language])
    }
  })
})

describe('the languages do not mix', () => {
  const ids = [
    ...JSON.stringify(json).matchAll(/"(?:id|source|area)":"([^"]+)"|"([SD]\d|SET-A|MODE-A|home|yard)"/g),
  ].flatMap(([, id, unit]) => [id, unit].filter(text => text !== undefined))
  const own = [...new Set(ids)].sort((one, other) => other.length - one.length)

  test('the Chinese has Latin letters in ids alone', () => {
    const rest = own.reduce((text, id) => text.replaceAll(id, ''), explained.zh)
    expect(rest.match(/[A-Za-z]+/g)).toBeNull()
  })

  test('the English has no Chinese', () => {
    expect(explained.en.match(/[\p{Script=Han}、，。；：“”（）]*\p{Script=Han}+/gu)).toBeNull()
    expect(explained.en).not.toMatch(/[、，。；：（）]/)
  })

  test('neither speaks of fen', () => {
    expect(explained.en).not.toMatch(/\bfen\b/i)
    expect(explained.zh).not.toMatch(/\d 分(?![钟担])/)
  })

  test('nothing is left unsaid by accident', () => {
    expect(`${explained.zh}${explained.en}`).not.toMatch(/undefined|null|NaN|\[object/)
  })
})

test('no two lines say the same', () => {
  for (const language of ['zh', 'en'] as const) {
    const lines = explainPack(whole, language).filter(line => /^\S/.test(line))
    expect(new Set(lines).size, language).toBe(lines.length)
  }
})
