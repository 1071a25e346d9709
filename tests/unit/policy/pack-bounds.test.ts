import { describe, expect, test } from 'vitest'
import { greatestFen } from '../../../shared/policy/facts.ts'
import { brokenTexts, parsePack } from '../../../shared/policy/parse-pack.ts'
import { packJson, subsidyStep, words } from '../../support/policy-kit.ts'

const accepted = (json: unknown) => parsePack(json).ok
const many = <T>(count: number, item: (index: number) => T) => Array.from({ length: count }, (_, index) => item(index))

const step = (more: object) => packJson([subsidyStep('a', 1, more)])
const amount = (more: object) => step({ amount: more })
const when = (more: object) => step({ when: more })
const part = { kind: 'percent', percent: 1, of: 'list' }
const limits = (more: object) => packJson([], { limits: [{ id: 'l', period: 'day', unit: 'count', cap: 1, ...more }] })
const version = (more: object) => packJson([], { version: more })
const pack = (more: object) => packJson([], { pack: more })
const named = (id: string) => ({ id, title: words('x') })
const options = (count: number) =>
  packJson([
    { ...named('c'), kind: 'choice', choose: 'first', options: many(count, index => subsidyStep(`o${index}`, 1)) },
  ])
const classes = (count: number) =>
  amount({ kind: 'classes', classes: many(count, () => ({ amount: { kind: 'fixed', fen: 1 } })) })
const funds = (count: number) => ({
  ...packJson(
    [{ ...subsidyStep('a', 1), fund: undefined, funds: many(count, index => ({ fund: `f${index}`, share: 1 })) }],
    {
      pack: { funds: many(Math.max(count, 1), index => ({ ...named(`f${index}`), source: 'site' })) },
    },
  ),
})
const vector = (index: number) => ({
  id: `v${index}`,
  scheme: 'T',
  person: 'guest',
  visit: { date: '2026-11-20', listPriceFen: 1 },
  expect: { discountFen: 0, subsidyFen: {}, ownPayFen: 1 },
})

/** What is bounded, a pack with this figure in that place, the least and the greatest that pass. */
const bounds: [string, (figure: number) => object, number, number][] = [
  ['a fixed amount', fen => amount({ kind: 'fixed', fen }), 0, greatestFen],
  ['a class price', fen => amount({ kind: 'price', fen }), 0, greatestFen],
  ['a cap of an amount', capFen => amount({ ...part, capFen }), 0, greatestFen],
  ['a cap of a class price', capFen => amount({ kind: 'price', fen: 1, capFen }), 0, greatestFen],
  ['a percentage', percent => amount({ ...part, percent }), 1, 100],
  ['a percentage that is left', percent => amount({ ...part, kind: 'price-percent', percent }), 0, 100],
  [
    'a numerator',
    numerator => amount({ ...part, kind: 'fraction', percent: undefined, numerator, denominator: 1000 }),
    1,
    1000,
  ],
  [
    'a denominator',
    denominator => amount({ ...part, kind: 'fraction', percent: undefined, numerator: 1, denominator }),
    1,
    1000,
  ],
  ['a unit of rounding', unitFen => amount({ ...part, rounding: { unitFen, mode: 'up' } }), 1, 10_000],
  ['a count of classes', classes, 1, 64],
  ['a count of options', options, 2, 16],
  ['a count of funds that share', funds, 1, 16],
  ['a share', share => ({ ...step({ fund: undefined, funds: [{ fund: 'city', share }] }) }), 1, 1_000_000],
  ['what a step leaves', leavesAtLeastFen => step({ leavesAtLeastFen }), 0, greatestFen],
  [
    'a count of limits of a step',
    count =>
      packJson([subsidyStep('a', 1, { limits: many(count, index => `l${index}`) })], {
        limits: many(count, index => ({ id: `l${index}`, period: 'day', unit: 'count', cap: 1 })),
      }),
    0,
    16,
  ],
  ['an age', atLeast => when({ age: { atLeast } }), 0, 200],
  ['an age below', below => when({ age: { below } }), 0, 200],
  ['a care grade', atLeast => when({ careGrade: { atLeast } }), 0, 9],
  ['a care grade at most', atMost => when({ careGrade: { atMost } }), 0, 9],
  ['a height', atLeast => when({ heightCm: { atLeast } }), 0, 300],
  ['a height below', below => when({ heightCm: { below } }), 0, 300],
  ['a weekday', day => when({ weekday: [day] }), 1, 7],
  ['a length', atLeast => when({ minutes: { atLeast } }), 1, 100_000],
  ['a site grade', grade => when({ siteGrade: [grade] }), 0, 9],
  ['a count of site grades', count => when({ siteGrade: many(count, () => 1) }), 1, 64],
  ['a length of a set', length => when({ set: ['x'.repeat(length)] }), 1, 64],
  ['a length of a site mode', length => when({ siteMode: ['x'.repeat(length)] }), 1, 64],
  ['a length of a site place', length => when({ sitePlace: { unit: 'city', is: ['x'.repeat(length)] } }), 1, 64],
  ['a length of a household', length => when({ household: { unit: 'city', is: ['x'.repeat(length)] } }), 1, 64],
  ['a list price at least', atLeast => when({ listPrice: { atLeast } }), 0, greatestFen],
  ['a list price more than', moreThan => when({ listPrice: { moreThan } }), 0, greatestFen],
  ['a running price at most', atMost => when({ runningPrice: { atMost } }), 0, greatestFen],
  ['a running price below', below => when({ runningPrice: { below } }), 0, greatestFen],
  ['a count of conditions of "all"', count => when({ all: many(count, () => ({ meal: ['lunch'] })) }), 1, 64],
  ['a count of conditions of "any"', count => when({ any: many(count, () => ({ meal: ['lunch'] })) }), 1, 64],
  ['a count of conditions of "none"', count => when({ none: many(count, () => ({ meal: ['lunch'] })) }), 1, 64],
  [
    'a count of a person’s conditions of "all"',
    count => pack({ categories: [{ ...named('c'), follows: { all: many(count, () => ({ age: { below: 9 } })) } }] }),
    1,
    64,
  ],
  [
    'a count of a person’s conditions of "any"',
    count => pack({ categories: [{ ...named('c'), follows: { any: many(count, () => ({ age: { below: 9 } })) } }] }),
    1,
    64,
  ],
  [
    'a count of a person’s conditions of "none"',
    count => pack({ categories: [{ ...named('c'), follows: { none: many(count, () => ({ age: { below: 9 } })) } }] }),
    1,
    64,
  ],
  ['a cap of a limit', cap => limits({ cap }), 1, 1e9],
  ['a cap of a class', cap => limits({ cap: { classes: [{ cap }] } }), 0, 1e9],
  ['a count of cap classes', count => limits({ cap: { classes: many(count, () => ({ cap: 1 })) } }), 1, 64],
  [
    'a count of limits',
    count =>
      packJson([], { limits: many(count, index => ({ id: `l${index}`, period: 'day', unit: 'count', cap: 1 })) }),
    0,
    64,
  ],
  [
    'a count of allowances',
    count => version({ allowances: many(count, index => ({ ...named(`a${index}`), period: 'month', cap: 1 })) }),
    0,
    16,
  ],
  ['a count of minima', count => version({ minimumOwnPay: many(count, () => ({ fen: 1 })) }), 0, 16],
  ['a bound of verified subsidy', verifiedAboveFen => version({ verifiedAboveFen }), 0, greatestFen],
  ['a minimum', fen => version({ minimumOwnPay: [{ fen }] }), 0, greatestFen],
  [
    'a count of services',
    count => version({ services: many(count, index => ({ ...named(`s${index}`), unit: words('u') })) }),
    0,
    512,
  ],
  ['a price of a service', fen => version({ services: [{ ...named('s'), unit: words('u'), fen }] }), 0, greatestFen],
  [
    'a count of groups of services',
    count => version({ serviceGroups: many(count, index => named(`g${index}`)) }),
    1,
    64,
  ],
  [
    'a count of stipends',
    count => version({ stipends: many(count, index => ({ ...named(`s${index}`), fund: 'city', fen: 1 })) }),
    0,
    64,
  ],
  ['a stipend', fen => version({ stipends: [{ ...named('s'), fund: 'city', fen }] }), 0, greatestFen],
  ['a count of assumptions', count => version({ assumptions: many(count, () => words('a')) }), 0, 64],
  ['a count of steps', count => packJson(many(count, index => subsidyStep(`b${index}`, 1))), 0, 256],
  [
    'a count of funds',
    count => pack({ funds: many(count, index => ({ ...named(`f${index}`), source: 'site' })) }),
    0,
    64,
  ],
  ['a count of categories', count => pack({ categories: many(count, index => named(`c${index}`)) }), 0, 256],
  [
    'a count of versions',
    count =>
      pack({
        versions: many(count, index => ({
          ...packJson([]).versions[0],
          id: `v${index}`,
          from: `20${10 + index}-01-01`,
          to: `20${10 + index}-12-31`,
        })),
      }),
    1,
    64,
  ],
  [
    'a count of holidays',
    count => pack({ calendar: { holidays: many(count, () => '2026-01-01'), makeUpDays: [] } }),
    0,
    2000,
  ],
  [
    'a count of make-up days',
    count => pack({ calendar: { holidays: [], makeUpDays: many(count, () => '2026-01-01') } }),
    0,
    2000,
  ],
  ['a count of vectors', count => pack({ vectors: many(count, vector) }), 0, 1000],
  ['a length of words in Chinese', length => step({ title: { zh: 'x'.repeat(length), en: 'x' } }), 1, 400],
  ['a length of words in English', length => step({ title: { zh: 'x', en: 'x'.repeat(length) } }), 1, 400],
  ['a length of an id', length => step({ id: 'x'.repeat(length) }), 1, 64],
  ['a length of the area', length => pack({ area: 'x'.repeat(length) }), 1, 64],
  ['a length of the source', length => pack({ source: 'x'.repeat(length) }), 1, 400],
  ['a length of $schema', length => pack({ $schema: 'x'.repeat(length) }), 0, 400],
]

test.each(bounds)('%s is bounded', (name, json, least, greatest) => {
  const passes = (figure: number) => accepted(JSON.parse(JSON.stringify(json(figure))))
  expect([passes(least), passes(greatest)]).toEqual([true, true])
  expect(passes(greatest + 1)).toBe(false)
  // Less than none of a thing cannot be written.
  const isCounted = /^a (count|length) of/.test(name)
  if (!isCounted || least > 0) expect(passes(least - 1)).toBe(false)
})

describe('words of the language', () => {
  test.each<[string, (word: string) => object, string[]]>([
    ['rounding modes', mode => version({ rounding: { unitFen: 1, mode } }), ['half-up', 'up', 'down']],
    ['bases of a part', of => amount({ ...part, of }), ['list', 'running']],
    [
      'ways to choose among classes',
      choose => amount({ kind: 'classes', choose, classes: [{ amount: { kind: 'fixed', fen: 1 } }] }),
      ['first', 'best', 'sum'],
    ],
    ['whom a step is for', whom => step({ for: whom }), ['person', 'guest', 'anyone']],
    [
      'ways to choose among options',
      choose =>
        packJson([{ ...named('c'), kind: 'choice', choose, options: ['x', 'y'].map(id => subsidyStep(id, 1)) }]),
      ['first', 'best'],
    ],
    ['units of a limit', unit => limits({ unit }), ['count', 'fen']],
    ['periods of a limit', period => limits({ period }), ['meal', 'day', 'week', 'month', 'year']],
    ['what is beyond a limit', beyond => limits({ unit: 'fen', beyond }), ['nothing', 'rest']],
    [
      'periods of an allowance',
      period => version({ allowances: [{ ...named('a'), period, cap: 1 }] }),
      ['day', 'week', 'month', 'year'],
    ],
    [
      'days of entitlement',
      entitledOn => version({ allowances: [{ ...named('a'), period: 'month', cap: 1, entitledOn }] }),
      ['day', 'period'],
    ],
    [
      'rules of age',
      ageRule => version({ ageRule }),
      ['birthday', 'day-before', 'day-after', 'month', 'next-month', 'year'],
    ],
    ['modes without a network', mode => version({ offline: { mode } }), ['lease', 'online']],
    ['least assurances', leastAssurance => version({ leastAssurance }), ['possessed', 'verified']],
    ['birthdays of leap days', leapDayBirthday => version({ leapDayBirthday }), ['02-28', '03-01']],
    [
      'sources of a fund',
      source => pack({ funds: [{ ...named('f'), source }] }),
      ['public', 'collective', 'charity', 'family', 'insurance', 'site'],
    ],
    [
      'periods of a pot',
      period => pack({ funds: [{ ...named('f'), source: 'site', pot: { period } }] }),
      ['day', 'week', 'month', 'year'],
    ],
    [
      'what is beyond a pot',
      beyond => pack({ funds: [{ ...named('f'), source: 'site', pot: { period: 'day', beyond } }] }),
      ['nothing', 'rest'],
    ],
    [
      'units of a place',
      unit => when({ household: { unit, is: 'site' } }),
      ['province', 'city', 'district', 'street', 'village'],
    ],
    ['meals', meal => when({ meal: [meal] }), ['breakfast', 'lunch', 'dinner']],
    ['channels', channel => when({ channel: [channel] }), ['dine-in', 'takeaway', 'delivery']],
    ['clock times', from => when({ time: { from } }), ['00:00', '09:59', '19:30', '23:59']],
    ['clock times before', before => when({ time: { before } }), ['00:01', '20:00']],
    ['ids', id => step({ id }), ['a', 'A.b_c+d-9', '0']],
  ])('%s are these and no others', (_name, json, known) => {
    expect(known.filter(word => !accepted(json(word)))).toEqual([])
    const wrong = ['', 'other', 'meal', '24:00', '9:30', '12:60', '02-29', '.a', 'a b', '-a']
    const right = new Set([...known, ...(known.includes('0') ? ['other', 'meal', '02-29'] : [])])
    expect(wrong.filter(word => !right.has(word) && accepted(json(word)))).toEqual([])
  })

  test('a flag is true or false', () => {
    for (const key of ['guest', 'workingDay', 'paidByInsurance', 'listed']) {
      expect([true, false, 'true', 1, null].map(value => accepted(when({ [key]: value })))).toEqual([
        true,
        true,
        false,
        false,
        false,
      ])
    }
    expect([true, 'yes'].map(fictional => accepted(pack({ fictional })))).toEqual([true, false])
  })
})

describe('what must be there', () => {
  const lacking = (json: object, key: string) =>
    Object.fromEntries(Object.entries(json).filter(([name]) => name !== key))
  test.each(['format', 'id', 'title', 'area', 'funds', 'categories', 'versions'])('%s of a pack', key => {
    expect(accepted(lacking(packJson([]), key))).toBe(false)
  })

  test.each(['id', 'from', 'rounding', 'limits', 'benefits'])('%s of a version', key => {
    expect(accepted(pack({ versions: packJson([]).versions.map(item => lacking(item, key)) }))).toBe(false)
  })

  test.each(['id', 'kind', 'title', 'amount', 'fund'])('%s of a subsidy', key => {
    expect(accepted(packJson([lacking(subsidyStep('a', 1), key)]))).toBe(false)
  })
})

test('a key that no definition knows is refused wherever it stands', () => {
  const odd = { odd: 1 }
  const packs = [
    pack(odd),
    version(odd),
    step(odd),
    limits(odd),
    when({ meal: ['lunch'], ...odd }),
    when({ age: { atLeast: 1, ...odd } }),
    when({ born: { from: '2000-01-01', ...odd } }),
    when({ household: { unit: 'city', is: 'site', ...odd } }),
    when({ careGrade: { atLeast: 1, ...odd } }),
    when({ heightCm: { atLeast: 1, ...odd } }),
    when({ time: { from: '10:00', ...odd } }),
    when({ minutes: { atLeast: 1, ...odd } }),
    when({ sitePlace: { unit: 'city', is: ['A'], ...odd } }),
    when({ listPrice: { atLeast: 1, ...odd } }),
    amount({ ...part, ...odd }),
    amount({ ...part, rounding: { unitFen: 1, mode: 'up', ...odd } }),
    amount({ kind: 'fixed', fen: 1, ...odd }),
    amount({ kind: 'price', fen: 1, ...odd }),
    amount({ ...part, kind: 'price-percent', ...odd }),
    amount({ kind: 'fraction', numerator: 1, denominator: 2, of: 'list', ...odd }),
    amount({ kind: 'classes', classes: [{ amount: { kind: 'fixed', fen: 1 } }], ...odd }),
    amount({ kind: 'classes', classes: [{ amount: { kind: 'fixed', fen: 1 }, ...odd }] }),
    step({ title: { ...words('a'), ...odd } }),
    JSON.parse(JSON.stringify(step({ fund: undefined, funds: [{ fund: 'city', share: 1, ...odd }] }))),
    limits({ cap: { classes: [{ cap: 1, ...odd }] } }),
    limits({ cap: { classes: [{ cap: 1 }], ...odd } }),
    version({ allowances: [{ ...named('a'), period: 'month', cap: 1, ...odd }] }),
    version({ minimumOwnPay: [{ fen: 1, ...odd }] }),
    version({ services: [{ ...named('s'), unit: words('u'), ...odd }] }),
    version({ stipends: [{ ...named('s'), fund: 'city', fen: 1, ...odd }] }),
    version({ serviceGroups: [{ ...named('g'), ...odd }] }),
    pack({ calendar: { holidays: [], makeUpDays: [], ...odd } }),
    pack({ categories: [{ ...named('c'), ...odd }] }),
    pack({ categories: [{ ...named('c'), follows: { age: { below: 9 }, ...odd } }] }),
    pack({ categories: [{ ...named('c'), follows: { meal: ['lunch'] } }] }),
    pack({ funds: [{ ...named('f'), source: 'site', ...odd }] }),
    pack({ funds: [{ ...named('f'), source: 'site', pot: { period: 'day', ...odd } }] }),
    packJson([
      { ...named('c'), kind: 'choice', choose: 'first', options: ['x', 'y'].map(id => subsidyStep(id, 1)), ...odd },
    ]),
    packJson([
      { ...named('c'), kind: 'choice', choose: 'first', options: ['x', 'y'].map(id => subsidyStep(id, 1, odd)) },
    ]),
    packJson([{ ...named('s'), kind: 'surcharge', amount: { kind: 'fixed', fen: 1 }, ...odd }]),
    packJson([{ ...named('o'), kind: 'operator', fund: 'city', amount: { kind: 'fixed', fen: 1 }, ...odd }]),
    packJson([{ ...named('d'), kind: 'discount', amount: { kind: 'fixed', fen: 1 }, ...odd }]),
  ]
  expect(packs.filter(json => accepted(json))).toEqual([])
})

test('a text with half a character in it is no part of a sound pack: no quote could be recorded that shows it', () => {
  const json = packJson([subsidyStep('city', 300, { title: { zh: '补\ud83d', en: 'x' } })])
  expect(parsePack(json)).toMatchObject({ ok: false, problems: [{ path: 'versions[0].benefits[0].title.zh' }] })
  const vectors = [{ subsidyFen: { 'f\udc00': 1 } }]
  expect(brokenTexts({ vectors })).toEqual([['vectors', 0, 'subsidyFen']])
})
