import { describe, expect, test } from 'vitest'
import { brokenTexts, parsePack } from '../../../shared/policy/parse-pack.ts'
import { packJson, subsidyStep, words } from '../../support/policy-kit.ts'

const problemsOf = (json: unknown) => {
  const parsed = parsePack(json)
  return parsed.ok ? [] : parsed.problems
}
const pathsOf = (json: unknown) => problemsOf(json).map(({ path }) => path)

const unknown = { category: ['vip'] }
const fixed = { kind: 'fixed', fen: 1 }
const at = 'versions[0]'
const step = (more: object, rest: object = {}) =>
  packJson([subsidyStep('a', 1), { ...subsidyStep('b', 1), ...more }], rest)
const classes = (...items: object[]) => ({ kind: 'classes', classes: items })
const service = (id: string, group?: string) => ({
  id,
  title: words(id),
  unit: words('time'),
  ...(group === undefined ? {} : { group }),
})
const limit = (id: string, more: object = {}) => ({ id, period: 'day', unit: 'count', cap: 1, ...more })
const allowance = (id: string, more: object = {}) => ({ id, title: words(id), period: 'month', cap: 1, ...more })
const bounded = (bearer: string) => ({
  offline: { mode: 'bounded', seniorDayFen: 600, seniorFen: 1800, terminalFen: 50_000, bearer },
})
const without = (json: object, ...keys: string[]) =>
  Object.fromEntries(Object.entries(json).filter(([key]) => !keys.includes(key)))

test('a fund with a pot cannot bear what is beyond the caps', () => {
  const funds = [{ id: 'city', title: words('city'), source: 'public', pot: { period: 'month' } }]
  const pack = packJson([subsidyStep('a', 1)], { version: bounded('city'), pack: { funds } })
  expect(problemsOf(pack)).toMatchObject([{ path: `${at}.offline.bearer` }])
  expect(problemsOf(packJson([subsidyStep('a', 1)], { version: bounded('city') }))).toEqual([])
})

describe('a name that nothing bears is refused where it stands:', () => {
  test.each([
    ['the bearer of what is beyond the caps', step({}, { version: bounded('moon') }), `${at}.offline.bearer`],
    ['a fund of an operator', step({ kind: 'operator', fund: 'moon' }), `${at}.benefits[1].fund`],
    [
      'a fund of shares',
      step({
        fund: undefined,
        funds: [
          { fund: 'city', share: 1 },
          { fund: 'moon', share: 1 },
        ],
      }),
      `${at}.benefits[1].funds[1].fund`,
    ],
    [
      'a fund of a class',
      step({ amount: classes({ amount: fixed, funds: [{ fund: 'moon', share: 1 }] }) }),
      `${at}.benefits[1].amount.classes[0].funds[0].fund`,
    ],
    [
      'a fund of a stipend',
      packJson([], { version: { stipends: [{ id: 's', title: words('s'), fund: 'moon', fen: 1 }] } }),
      `${at}.stipends[0].fund`,
    ],
    ['an allowance', step({ allowance: 'purse' }), `${at}.benefits[1].allowance`],
    [
      'a limit of a discount',
      step({ kind: 'discount', fund: undefined, limits: ['day'] }),
      `${at}.benefits[1].limits[0]`,
    ],
    ['a category of a step', step({ when: unknown }), `${at}.benefits[1].when.category[0]`],
    [
      'a category among all, any, none',
      step({ when: { all: [{ any: [{ none: [unknown] }] }] } }),
      `${at}.benefits[1].when.all[0].any[0].none[0].category[0]`,
    ],
    [
      'a category of a cap',
      packJson([], { limits: [limit('day', { cap: { classes: [{ cap: 1 }, { when: unknown, cap: 1 }] } })] }),
      `${at}.limits[0].cap.classes[1].when.category[0]`,
    ],
    [
      'a category of an allowance',
      packJson([], {
        version: { allowances: [allowance('purse', { cap: { classes: [{ when: unknown, cap: 1 }] } })] },
      }),
      `${at}.allowances[0].cap.classes[0].when.category[0]`,
    ],
    [
      'a category of the minimum',
      packJson([], { version: { minimumOwnPay: [{ fen: 1 }, { when: unknown, fen: 1 }] } }),
      `${at}.minimumOwnPay[1].when.category[0]`,
    ],
    [
      'a category of a stipend',
      packJson([], { version: { stipends: [{ id: 's', title: words('s'), fund: 'city', when: unknown, fen: 1 }] } }),
      `${at}.stipends[0].when.category[0]`,
    ],
    [
      'a category of a class within a class',
      step({ amount: classes({ amount: classes({ when: unknown, amount: fixed }) }) }),
      `${at}.benefits[1].amount.classes[0].amount.classes[0].when.category[0]`,
    ],
    [
      'a service',
      step({ when: { service: ['bath', 'walk'] } }, { version: { services: [service('bath')] } }),
      `${at}.benefits[1].when.service[1]`,
    ],
    ['a service without a catalogue', step({ when: { service: ['bath'] } }), `${at}.benefits[1].when.service[0]`],
    [
      'a group of services',
      step(
        { when: { serviceGroup: ['care', 'house'] } },
        { version: { services: [service('bath', 'care'), service('hair')] } },
      ),
      `${at}.benefits[1].when.serviceGroup[1]`,
    ],
  ])('%s', (_name, json, path) => {
    const problems = problemsOf(JSON.parse(JSON.stringify(json)))
    expect(problems.map(item => item.path)).toEqual([path])
    expect(problems[0]?.zh).toMatch(/\p{Script=Han}/u)
    expect(problems[0]?.en).toMatch(/^\p{ASCII}+$/u)
  })

  test('names that are borne pass', () => {
    const json = packJson(
      [
        subsidyStep('a', 1, {
          when: { service: ['bath'], serviceGroup: ['care'], category: ['dibao', 'tekun'] },
          limits: ['day'],
          allowance: 'purse',
        }),
      ],
      { limits: [limit('day')], version: { services: [service('bath', 'care')], allowances: [allowance('purse')] } },
    )
    expect(problemsOf(json)).toEqual([])
  })

  test('a category may follow from those before it only', () => {
    const json = (...follows: (string | undefined)[]) =>
      packJson([], {
        pack: {
          categories: follows.map((id, index) => ({
            id: `c${index}`,
            title: words('c'),
            ...(id === undefined ? {} : { follows: { category: [id] } }),
          })),
        },
      })
    expect(pathsOf(json(undefined, 'c0', 'c1'))).toEqual([])
    expect(pathsOf(json('c0'))).toEqual(['categories[0].follows.category[0]'])
    expect(pathsOf(json(undefined, 'c2', 'c0'))).toEqual(['categories[1].follows.category[0]'])
  })
})

describe('categories that follow from one another', () => {
  const follow = (index: number) => ({ category: [`c${index}`] })
  const chain = (count: number, first: object, link: (index: number) => object) => {
    const categories = Array.from({ length: count }, (_, index) => ({
      ...{ id: `c${index}`, title: words('c') },
      ...(index === 0 ? first : { follows: link(index - 1) }),
    }))
    return packJson([], { pack: { categories } })
  }
  const tooLong = (index: number) => [`categories[${index}].follows`]

  test('do so through eight in a row at most', () => {
    expect([chain(9, {}, follow), chain(10, {}, follow)].map(pathsOf)).toEqual([[], tooLong(9)])
    const old = { follows: { age: { atLeast: 90 } } }
    expect([chain(8, old, follow), chain(9, old, follow)].map(pathsOf)).toEqual([[], tooLong(8)])
  })

  test('are counted wherever a condition names them', () => {
    for (const key of ['all', 'any', 'none']) {
      const nested = (index: number) => ({ [key]: [{ age: { below: 9 } }, { any: [follow(index)] }] })
      expect([chain(9, {}, nested), chain(10, {}, nested)].map(pathsOf)).toEqual([[], tooLong(9)])
    }
  })

  test('count by the longest way only', () => {
    const all = (index: number) => ({ category: Array.from({ length: index + 1 }, (_, each) => `c${each}`) })
    expect([chain(9, {}, all), chain(10, {}, all)].map(pathsOf)).toEqual([[], tooLong(9)])
    const early = (index: number) => follow(Math.min(index, 2))
    expect(pathsOf(chain(40, {}, early))).toEqual([])
  })
})

describe('two things of one id are refused, the second where it stands:', () => {
  const twice = [
    { id: 'x', title: words('x') },
    { id: 'y', title: words('y') },
    { id: 'x', title: words('x') },
  ]
  const again = (more: object) => twice.map(item => ({ ...item, ...more }))
  test.each([
    ['funds', packJson([], { pack: { funds: again({ source: 'public' }) } }), 'funds[2].id'],
    ['categories', packJson([], { pack: { categories: twice } }), 'categories[2].id'],
    ['services', packJson([], { version: { services: again({ unit: words('u') }) } }), `${at}.services[2].id`],
    ['limits', packJson([], { limits: ['x', 'y', 'x'].map(id => limit(id)) }), `${at}.limits[2].id`],
    [
      'allowances',
      packJson([], { version: { allowances: ['x', 'y', 'x'].map(id => allowance(id)) } }),
      `${at}.allowances[2].id`,
    ],
    [
      'a limit and an allowance',
      packJson([], { limits: [limit('x')], version: { allowances: [allowance('y'), allowance('x')] } }),
      `${at}.allowances[1].id`,
    ],
    ['stipends', packJson([], { version: { stipends: again({ fund: 'city', fen: 1 }) } }), `${at}.stipends[2].id`],
    [
      'a step and an option',
      packJson([
        subsidyStep('a', 1),
        {
          id: 'b',
          kind: 'choice',
          title: words('b'),
          choose: 'first',
          options: [subsidyStep('c', 1), subsidyStep('a', 1)],
        },
      ]),
      `${at}.benefits[1].options[1].id`,
    ],
  ])('%s', (_name, json, path) => {
    expect(pathsOf(json)).toEqual([path])
  })

  test('versions, and vectors', () => {
    const json = packJson([])
    const [version] = json.versions
    const versions = [
      { ...version, to: '2020-12-31' },
      { ...version, from: '2021-01-01' },
    ]
    expect(pathsOf({ ...json, versions })).toEqual(['versions[1].id'])
    const vector = {
      id: 'v',
      scheme: 'TEST',
      person: 'guest',
      visit: { date: '2026-11-20', listPriceFen: 1 },
      expect: { discountFen: 0, subsidyFen: {}, ownPayFen: 1 },
    }
    expect(pathsOf({ ...json, vectors: [vector, vector] })).toEqual(['vectors[1].id'])
    expect(pathsOf({ ...json, vectors: [vector, { ...vector, id: 'w' }] })).toEqual([])
  })
})

describe('who pays is said once and only once:', () => {
  const funds = [{ fund: 'city', share: 1 }]
  test.each([
    ['by fund or by funds, not both', step({ funds }), [`${at}.benefits[1].funds`]],
    ['not by nobody', without(step({ fund: undefined }), 'none'), [`${at}.benefits[1].fund`]],
    [
      'not by one fund twice',
      step({ fund: undefined, funds: [...funds, ...funds] }),
      [`${at}.benefits[1].funds[1].fund`],
    ],
    [
      'by every class, or by the step',
      step({ fund: undefined, amount: classes({ amount: fixed, funds }, { amount: fixed }) }),
      [`${at}.benefits[1].fund`],
    ],
    [
      'by every class',
      step({ fund: undefined, amount: classes({ amount: fixed, funds }, { amount: fixed, funds }) }),
      [],
    ],
    [
      'by every class within a class',
      step({
        fund: undefined,
        amount: classes({ amount: classes({ amount: fixed, funds }) }, { amount: fixed, funds }),
      }),
      [],
    ],
    [
      'by no class of a discount',
      step({ kind: 'discount', fund: undefined, amount: classes({ amount: fixed, funds }) }),
      [`${at}.benefits[1].amount.classes[0].funds`],
    ],
    [
      'by no class that is added to others',
      step({ amount: { ...classes({ amount: fixed, funds }), choose: 'sum' } }),
      [`${at}.benefits[1].amount.classes[0].funds`],
    ],
    [
      'by no class within one that is added to others',
      step({ amount: { ...classes({ amount: classes({ amount: fixed, funds }) }, { amount: fixed }), choose: 'sum' } }),
      [`${at}.benefits[1].amount.classes[0].amount.classes[0].funds`],
    ],
    [
      'by a class that is chosen as the best',
      step({ amount: { ...classes({ amount: fixed, funds }), choose: 'best' } }),
      [],
    ],
  ])('%s', (_name, json, paths) => {
    expect(pathsOf(JSON.parse(JSON.stringify(json)))).toEqual(paths)
  })
})

describe('amounts that make no sense are refused:', () => {
  const fraction = (numerator: number, denominator: number) => ({
    amount: { kind: 'fraction', numerator, denominator, of: 'list' },
  })
  const surcharge = (amount: object) => step({ kind: 'surcharge', fund: undefined, amount })
  test('more than the whole', () => {
    expect(pathsOf(step(fraction(3, 2)))).toEqual([`${at}.benefits[1].amount.numerator`])
    expect(pathsOf(step(fraction(2, 2)))).toEqual([])
  })

  test('a price to be reached by what raises it, or by what the operator earns', () => {
    const price = { kind: 'price', fen: 100 }
    const percent = { kind: 'price-percent', percent: 50, of: 'list' }
    for (const amount of [price, percent]) {
      expect(pathsOf(JSON.parse(JSON.stringify(surcharge(amount))))).toEqual([`${at}.benefits[1].amount.kind`])
      expect(pathsOf(step({ kind: 'operator', amount }))).toEqual([`${at}.benefits[1].amount.kind`])
      expect(pathsOf(JSON.parse(JSON.stringify(step({ kind: 'discount', fund: undefined, amount }))))).toEqual([])
      expect(pathsOf(step({ amount }))).toEqual([])
      expect(pathsOf(step({ kind: 'operator', amount: classes({ amount }) }))).toEqual([
        `${at}.benefits[1].amount.classes[0].amount.kind`,
      ])
    }
  })
})

describe('what a limit by count leaves', () => {
  test('has no rest that could be paid', () => {
    const beyond = (unit: string, word: string) =>
      packJson([], { limits: [limit('x'), limit('y', { unit, beyond: word })] })
    expect(pathsOf(beyond('count', 'rest'))).toEqual([`${at}.limits[1].beyond`])
    expect([beyond('fen', 'rest'), beyond('count', 'nothing')].map(pathsOf)).toEqual([[], []])
  })
})

describe('groups of services', () => {
  const grouped = (serviceGroups: string[] | undefined, ...services: object[]) =>
    packJson([], {
      version: {
        services,
        ...(serviceGroups === undefined ? {} : { serviceGroups: serviceGroups.map(id => ({ id, title: words(id) })) }),
      },
    })

  test('once they are named, are each service’s group', () => {
    expect(pathsOf(grouped(['care'], service('bath', 'care'), service('walk')))).toEqual([])
    expect(pathsOf(grouped(['care'], service('bath', 'care'), service('walk', 'house')))).toEqual([
      `${at}.services[1].group`,
    ])
    expect(pathsOf(grouped(undefined, service('walk', 'house')))).toEqual([])
  })

  test('are named once', () => {
    expect(pathsOf(grouped(['care', 'house', 'care']))).toEqual([`${at}.serviceGroups[2].id`])
  })
})

test('forty levels within each other are read, one more is not', () => {
  const nested = (levels: number) => JSON.parse(`${'['.repeat(levels)}1${']'.repeat(levels)}`)
  expect(problemsOf(nested(40))).toMatchObject([{ path: '', en: expect.stringContaining('expected object') }])
  expect(problemsOf(nested(41))).toEqual([{ path: '', zh: '嵌套超过 40 层', en: 'nested more than 40 levels deep' }])
})

describe('half a character', () => {
  test('is looked for in any JSON', () => {
    expect(brokenTexts(null)).toEqual([])
    expect(brokenTexts([null, 1, true, 'a', { b: ['\ud800', {}] }])).toEqual([[4, 'b', 0]])
    expect(brokenTexts('\udc00')).toEqual([[]])
  })

  const half = 'ab\ud800'
  test('in a text is refused at its place, before a quote could show it', () => {
    expect(pathsOf(packJson([subsidyStep('a', 1, { title: { zh: half, en: 'a' } })]))).toEqual([
      `${at}.benefits[0].title.zh`,
    ])
    expect(pathsOf(packJson([subsidyStep('a', 1, { when: { set: ['A', half] } })]))).toEqual([
      `${at}.benefits[0].when.set[1]`,
    ])
    expect(pathsOf(packJson([], { pack: { area: '\udc00' } }))).toEqual(['area'])
    expect(pathsOf(packJson([], { pack: { area: '\ud83c\udf5a' } }))).toEqual([])
  })

  test('in a name is refused where it stands', () => {
    const vector = { id: 'v', scheme: 'TEST', person: 'guest', visit: { date: '2026-11-20', listPriceFen: 1 } }
    const named = (key: string) =>
      packJson([], {
        pack: { vectors: [{ ...vector, expect: { discountFen: 0, subsidyFen: { [key]: 1 }, ownPayFen: 1 } }] },
      })
    expect(pathsOf(named(half))).toEqual(['vectors[0].expect.subsidyFen'])
    expect(pathsOf(named('city'))).toEqual([])
  })
})

describe('a condition that says nothing is refused:', () => {
  test.each(['age', 'born', 'careGrade', 'heightCm', 'time', 'listPrice', 'runningPrice'])(
    '%s without a bound',
    key => {
      expect(pathsOf(step({ when: { [key]: {} } }))).toEqual([`${at}.benefits[1].when.${key}`])
    },
  )

  test('an empty one, wherever conditions stand', () => {
    expect(pathsOf(step({ when: { any: [{}] } }))).toEqual([`${at}.benefits[1].when.any[0]`])
    const choice = {
      id: 'c',
      kind: 'choice',
      title: words('c'),
      choose: 'best',
      when: {},
      options: [subsidyStep('x', 1, { when: {} }), subsidyStep('y', 1)],
    }
    expect(pathsOf(packJson([choice]))).toEqual([`${at}.benefits[0].when`, `${at}.benefits[0].options[0].when`])
  })
})

test('all problems are told at once, each in Chinese and English', () => {
  const problems = problemsOf(step({ fund: 'moon', limits: ['x', 'y'], when: { category: ['vip', 'dibao', 'vvip'] } }))
  expect(problems).toEqual([
    { path: `${at}.benefits[1].when.category[0]`, zh: '没有人员类别 “vip”', en: 'there is no category "vip"' },
    { path: `${at}.benefits[1].when.category[2]`, zh: '没有人员类别 “vvip”', en: 'there is no category "vvip"' },
    { path: `${at}.benefits[1].fund`, zh: '没有资金 “moon”', en: 'there is no fund "moon"' },
    { path: `${at}.benefits[1].limits[0]`, zh: '本版本没有限额 “x”', en: 'this version has no limit "x"' },
    { path: `${at}.benefits[1].limits[1]`, zh: '本版本没有限额 “y”', en: 'this version has no limit "y"' },
  ])
})

test('faults of form are told in both languages, each at its place', () => {
  const problems = problemsOf({ ...packJson([]), area: '', funds: [{ id: '', title: words('f'), source: 'moon' }] })
  expect(problems.map(({ path }) => path)).toEqual(['area', 'funds[0].id', 'funds[0].source'])
  for (const { zh, en } of problems) {
    expect(zh).toMatch(/\p{Script=Han}/u)
    expect(en).not.toMatch(/\p{Script=Han}/u)
  }
})

test('categories that follow from one another in a longer row than eight are refused, since each asks all before it', () => {
  const row = (length: number) =>
    Array.from({ length }, (_, index) => ({
      ...{ id: `c${index}`, title: { zh: `类${index}`, en: `c${index}` } },
      follows: index === 0 ? { age: { atLeast: 60 } } : { any: [{ category: [`c${index - 1}`] }] },
    }))
  const withRow = (length: number) => parsePack({ ...packJson([subsidyStep('a', 1)]), categories: row(length) })
  expect(withRow(8).ok).toBe(true)
  expect(withRow(9)).toMatchObject({ ok: false, problems: [{ path: 'categories[8].follows' }] })
})
