import { describe, expect, test } from 'vitest'
import { checkPack, checkPackText } from '../../../shared/policy/check/check-pack.ts'
import { scanJson } from '../../../shared/policy/check/json-text.ts'
import { textFaults } from '../../support/seeded-faults/text.ts'
import { edited, soundBase } from '../../support/sound-pack.ts'

const now = 'versions[1]'
const shop = `${now}.benefits[0]`
const street = `${now}.benefits[2]`

describe('the text of a file', () => {
  const text = JSON.stringify(soundBase, null, 2)
  const faultAt = (broken: string) => {
    const [{ code, line, column, zh, en } = { code: '', line: 0, column: 0, zh: '', en: '' }, ...more] =
      checkPackText(broken)
    return { code, at: [line, column], zh, en, more: more.length }
  }

  test.each(textFaults)('%s is told with its line and column', (_name, broken, at, zh) => {
    const fault = faultAt(broken)
    expect(() => JSON.parse(broken)).toThrow()
    expect({ ...fault, zh: fault.zh.includes(zh) }).toMatchObject({ code: 'not-json', at, zh: true, more: 0 })
    expect(fault.en).toContain(`line ${at[0]}, column ${at[1]}`)
  })

  test('white space may stand wherever JSON lets it', () => {
    const spaced = ' { "a" : [ 1 , 2 ] , "b" : { } ,\n "c" : [ ] , "d" : { "e" : "f" } } '
    expect(scanJson(spaced)).toMatchObject({ ok: true })
  })

  test('a key that stands twice is told where it stands again', () => {
    const twice = text.replace('"area": "A",', '"area": "A",\n  "area": "B",')
    expect(checkPackText(twice)).toMatchObject([{ code: 'repeated-key', path: 'area', line: 9, column: 3 }])
  })

  test('every finding has the line of its place, or of what is around a thing that is missing', () => {
    const lines = (edits: Readonly<Record<string, unknown>>) => {
      const broken = JSON.stringify(edited(soundBase, edits), null, 2)
      return checkPackText(broken).map(({ code, line }) => `${code}: ${broken.split('\n')[(line ?? 0) - 1]?.trim()}`)
    }
    expect(lines({ [`${now}.from`]: '2026-02-29' })).toEqual(['wrong-form: "from": "2026-02-29",'])
    expect(lines({ 'funds[1].title': undefined })).toEqual(['missing-key: {'])
  })
})

describe('a misspelt word is told with the one that was meant', () => {
  test.each([
    ['aeg', 'age'],
    ['houshold', 'household'],
    ['working_day', 'workingDay'],
    ['listprice', 'listPrice'],
    ['LIST_PRICE', 'listPrice'],
    ['ag', 'age'],
  ])('%s: %s', (wrong, right) => {
    const [found] = checkPack(edited(soundBase, { [`${shop}.when.${wrong}`]: true }))
    expect(found?.en).toContain(`did you mean "${right}"?`)
    expect(found?.zh).toContain(`是不是 “${right}”？`)
  })

  test('a word of the language that stands in the wrong place, with what may stand there', () => {
    const [found] = checkPack(edited(soundBase, { [`${now}.stipends[0].when.meal`]: ['lunch'] }))
    expect(found?.en).toMatch(/^"meal" has no place here; here may stand: all, any, none, age/)
    expect(found?.zh).toContain('“meal” 不能写在这里')
  })

  test('a word that only another kind of step knows', () => {
    const [found] = checkPack(edited(soundBase, { [`${shop}.fund`]: 'city' }))
    expect(found?.en).toMatch(/^"fund" has no place here/)
  })

  test('a word unlike any other, with all that may stand there', () => {
    const [found] = checkPack(edited(soundBase, { [`${street}.when.category[0]`]: 'millionaire' }))
    expect(found?.en).toContain('use one of: dibao, tekun, in_institution')
  })
})

test('nesting without end is one finding', () => {
  const deep = `{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`
  expect(checkPackText(deep).map(({ code }) => code)).toEqual(['not-json'])
  expect(checkPack(JSON.parse(deep)).map(({ code }) => code)).toEqual(['too-deep'])
})
