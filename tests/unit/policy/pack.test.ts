import { describe, expect, test } from 'vitest'
import { packHash, parsePack } from '../../../shared/policy/parse-pack.ts'
import { quote, versionInForce } from '../../../shared/policy/quote.ts'
import {
  date,
  packJson,
  packOf,
  person,
  readRepositoryJson,
  shippedPack,
  soundPack,
  subsidyStep,
  visit,
} from '../../support/policy-kit.ts'

const problemsOf = (json: unknown) => {
  const parsed = parsePack(json)
  return parsed.ok ? [] : parsed.problems
}
const pathsOf = (json: unknown) => problemsOf(json).map(({ path }) => path)

describe('a bad pack is refused with the place', () => {
  const step = (more: object) => packJson([subsidyStep('a', 100), subsidyStep('b', 100, more)])

  test.each([
    ['an unknown key', step({ colour: 'red' }), 'versions[0].benefits[1]'],
    ['an unknown kind of step', step({ kind: 'gift' }), 'versions[0].benefits[1].kind'],
    ['an unknown word in a condition', step({ when: { any: [{ aeg: {} }] } }), 'versions[0].benefits[1].when.any[0]'],
    [
      'an amount that is not whole',
      step({ amount: { kind: 'fixed', fen: 1.5 } }),
      'versions[0].benefits[1].amount.fen',
    ],
    ['a fund that is not there', step({ fund: 'moon' }), 'versions[0].benefits[1].fund'],
    ['a limit that is not there', step({ limits: ['day'] }), 'versions[0].benefits[1].limits[0]'],
    [
      'a category that is not there',
      step({ when: { none: [{ category: ['dibao', 'vip'] }] } }),
      'versions[0].benefits[1].when.none[0].category[1]',
    ],
    [
      'a category that is not there, in a class',
      step({
        amount: { kind: 'classes', classes: [{ when: { category: ['vip'] }, amount: { kind: 'fixed', fen: 1 } }] },
      }),
      'versions[0].benefits[1].amount.classes[0].when.category[0]',
    ],
    ['an empty condition', step({ when: {} }), 'versions[0].benefits[1].when'],
    ['a bound without a figure', step({ when: { listPrice: {} } }), 'versions[0].benefits[1].when.listPrice'],
    ['a second benefit of one id', step({ id: 'a' }), 'versions[0].benefits[1].id'],
    [
      'a date that does not exist',
      { ...packJson([subsidyStep('a', 1)]), calendar: { holidays: ['2026-02-29'], makeUpDays: [] } },
      'calendar.holidays[0]',
    ],
    ['a format of the future', { ...packJson([subsidyStep('a', 1)]), format: 2 }, 'format'],
  ])('%s', (_name, json, path) => {
    const problems = problemsOf(json)
    expect(problems.map(item => item.path)).toEqual([path])
    expect(problems[0]?.zh).toMatch(/\p{Script=Han}/u)
    expect(problems[0]?.en).toMatch(/^[\p{ASCII}“”"≥≤]+$/u)
  })

  test('text, a list and nothing are no packs', () => {
    expect([problemsOf('pack').length, problemsOf([]).length, problemsOf(null).length].every(count => count > 0)).toBe(
      true,
    )
  })

  test('nesting without end is refused before it can exhaust the machine', () => {
    const nested = (levels: number) => {
      let deep: object = { meal: ['lunch'] }
      for (let level = 0; level < levels; level += 1) deep = { all: [deep] }
      return packJson([subsidyStep('a', 1, { when: deep })])
    }
    expect(pathsOf(nested(50_000))).toEqual([''])
    expect(pathsOf(nested(17))).toEqual([''])
    expect(problemsOf(nested(16))).toEqual([])
  })
})

describe('versions', () => {
  const [version] = packJson([subsidyStep('a', 100)]).versions
  const pack = (...spans: [string, string | undefined][]) => ({
    ...packJson([]),
    versions: spans.map(([from, to], index) => ({
      ...version,
      id: `v${index}`,
      from,
      ...(to === undefined ? {} : { to }),
    })),
  })

  test('may follow each other, in any order, with gaps', () => {
    const parsed = soundPack(pack(['2022-08-01', undefined], ['2019-01-01', '2022-06-30']))
    const on = (text: string) => versionInForce(parsed, date(text))?.id ?? null
    expect(['2018-12-31', '2019-01-01', '2022-06-30', '2022-07-01', '2022-08-01', '2999-01-01'].map(on)).toEqual([
      null,
      'v1',
      'v1',
      null,
      'v0',
      'v0',
    ])
  })

  test.each([
    [
      'on one day',
      [
        ['2020-01-01', '2020-06-30'],
        ['2020-06-30', undefined],
      ],
    ],
    [
      'both open-ended',
      [
        ['2020-01-01', undefined],
        ['2021-01-01', undefined],
      ],
    ],
    [
      'one within the other',
      [
        ['2020-01-01', undefined],
        ['2019-01-01', '2020-01-01'],
      ],
    ],
  ] as [string, [string, string | undefined][]][])('must not overlap: %s', (_name, spans) => {
    expect(pathsOf(pack(...spans))).toEqual(['versions[1].from'])
  })

  test('must not end before they begin', () => {
    expect(pathsOf(pack(['2020-01-01', '2019-12-31']))).toEqual(['versions[0].to'])
  })

  test('a meal is priced by the version in force when it was served, whenever it is priced', () => {
    const tianjin = shippedPack('TJ')
    const place = { city: 'TJ' }
    const dinner = (businessDate: string) =>
      quote(tianjin, {
        person: person({ birthDate: '1930-01-01', household: place }),
        visit: visit({ businessDate, meal: 'dinner', site: { place, listed: true } }),
        used: {},
        rights: 'whole-cap',
      })
    expect(dinner('2022-07-29')).toMatchObject({ version: 'TJ-2019', ownPayFen: 1500 })
    expect(dinner('2022-08-01')).toMatchObject({ version: 'TJ-2022', ownPayFen: 1200 })
  })

  test('where none is in force the list price holds and the reason says so', () => {
    const inputs = {
      person: person(),
      visit: visit({ businessDate: '2019-12-31' }),
      used: {},
      rights: 'whole-cap' as const,
    }
    expect(quote(packOf([subsidyStep('a', 100)]), inputs)).toMatchObject({
      version: null,
      ownPayFen: 1500,
      reasons: [{ code: 'POLICY_NOT_IN_FORCE', values: { date: '2019-12-31' } }],
    })
  })
})

describe('the hash of a pack', () => {
  test('is that of its content, not of the order of its keys', () => {
    const json = packJson([subsidyStep('a', 100)])
    const turned = Object.fromEntries(Object.entries(json).reverse())
    expect(packHash(soundPack(turned))).toBe(packHash(soundPack(json)))
    expect(packHash(packOf([subsidyStep('a', 101)]))).not.toBe(packHash(soundPack(json)))
  })

  test('covers every key as written: parsing adds, drops and changes nothing', () => {
    for (const id of ['DEMO', 'TJ', 'GZ-ZC-2020'])
      expect(shippedPack(id)).toEqual(readRepositoryJson(`resources/policies/${id}.json`))
  })
})
