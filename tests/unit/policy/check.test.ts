import { describe, expect, test } from 'vitest'
import { checkPack } from '../../../shared/policy/check/check-pack.ts'
import type { Finding } from '../../../shared/policy/check/finding.ts'
import { edited, soundBase } from '../../support/sound-pack.ts'

const told = (findings: readonly Finding[]) => findings.map(({ code, path }) => `${code} ${path}`)
/** What follows from any change of a rule: the pack's own vectors come out otherwise, or no longer take a step. */
const consequence = /^(?:vector-differs|untested) /
const faultsOf = (json: unknown) => told(checkPack(json)).filter(line => !consequence.test(line))

test('the base of these faults is sound', () => {
  expect(checkPack(soundBase)).toEqual([])
})

type Seeded = readonly [name: string, edits: Readonly<Record<string, unknown>>, ...expected: readonly string[]]

const now = 'versions[1]'
const shop = `${now}.benefits[0]`
const city = `${now}.benefits[1]`
const street = `${now}.benefits[2]`
const cleaning = `${now}.benefits[3]`
const guest = `${now}.benefits[4]`
const operator = `${now}.benefits[5]`
const choice = `${now}.benefits[6]`
const stipends = `${now}.stipends`
const fixed = (fen: number) => ({ kind: 'fixed', fen })
const words = (text: string) => ({ zh: text, en: text })

const form: readonly Seeded[] = [
  ['a key misspelt', { [`${shop}.when`]: { aeg: { atLeast: 60 } } }, `unknown-key ${shop}.when.aeg`],
  [
    'a key misspelt that must be there',
    { [`${shop}.amount`]: undefined, [`${shop}.amout`]: fixed(1) },
    `unknown-key ${shop}.amout`,
  ],
  ['a key where it has no place', { [`${stipends}[0].when.meal`]: ['lunch'] }, `unknown-key ${stipends}[0].when.meal`],
  ['a key that is missing', { [`${city}.title`]: undefined }, `missing-key ${city}.title`],
  ['a step of no known kind', { [`${shop}.kind`]: 'discout' }, `unknown-word ${shop}.kind`],
  ['a meal of no known name', { [`${city}.when.meal[0]`]: 'luncheon' }, `unknown-word ${city}.when.meal[0]`],
  ['money in yuan with a decimal point', { [`${street}.amount.fen`]: 1.5 }, `wrong-kind ${street}.amount.fen`],
  ['a number in quotes', { [`${street}.amount.fen`]: '100' }, `wrong-kind ${street}.amount.fen`],
  ['a cap that is text', { [`${now}.limits[0].cap`]: 'one' }, `wrong-kind ${now}.limits[0].cap`],
  [
    'a cap in a class that is text',
    { [`${now}.limits[0].cap`]: { classes: [{ cap: 'one' }] } },
    `wrong-kind ${now}.limits[0].cap.classes[0].cap`,
  ],
  ['a percentage above 100', { [`${shop}.amount.percent`]: 110 }, `out-of-range ${shop}.amount.percent`],
  ['a day that does not exist', { [`${now}.from`]: '2026-02-29' }, `wrong-form ${now}.from`],
  ['a clock time without a nought', { [`${shop}.when.time`]: { from: '9:30' } }, `wrong-form ${shop}.when.time.from`],
  ['a fund misspelt', { [`${street}.fund`]: 'sreet' }, `unknown-id ${street}.fund`],
  ['a category misspelt', { [`${street}.when.category[0]`]: 'dibo' }, `unknown-id ${street}.when.category[0]`],
  ['a limit misspelt', { [`${city}.limits[0]`]: 'meals' }, `unknown-id ${city}.limits[0]`],
  ['an allowance misspelt', { [`${cleaning}.allowance`]: 'vouchr' }, `unknown-id ${cleaning}.allowance`],
  [
    'a group misspelt',
    { [`${cleaning}.when.serviceGroup[0]`]: 'homes' },
    `unknown-id ${cleaning}.when.serviceGroup[0]`,
  ],
  [
    'a service misspelt',
    { [`${cleaning}.when`]: { service: ['cleanning'] } },
    `unknown-id ${cleaning}.when.service[0]`,
  ],
  ['two steps with one id', { [`${street}.id`]: 'city' }, `repeated-id ${street}.id`],
  ['versions in force at once', { 'versions[0].to': undefined }, `versions-overlap ${now}.from`],
  ['a subsidy that nobody pays', { [`${street}.fund`]: undefined }, `no-payer ${street}.fund`],
  ['a condition that says nothing', { [`${shop}.when`]: {} }, `empty-condition ${shop}.when`],
]

const deadOnes: readonly Seeded[] = [
  [
    'an age range with nobody in it',
    { [`${shop}.when.age`]: { atLeast: 80, below: 60 } },
    `empty-range ${shop}.when.age`,
  ],
  ['an age that nobody reaches', { [`${shop}.when.age`]: { atLeast: 160 } }, `empty-range ${shop}.when.age`],
  [
    'price bounds that exclude each other',
    { [`${street}.when.listPrice`]: { atLeast: 1000, below: 1000 } },
    `empty-range ${street}.when.listPrice`,
  ],
  [
    'a time range across midnight',
    { [`${shop}.when.time`]: { from: '22:00', before: '02:00' } },
    `empty-range ${shop}.when.time`,
  ],
  [
    'a category both required and excluded',
    { [`${street}.when.none[0].category`]: ['dibao', 'tekun'] },
    `never-holds ${street}.when`,
    'unused-category categories[2]',
  ],
  [
    'a weekend that is a working day, without a make-up day',
    { [`${street}.when.weekday`]: [7] },
    `never-holds ${street}.when`,
  ],
  [
    'a step for guests that asks their age',
    { [`${guest}.when`]: { age: { atLeast: 60 } } },
    `contradicts-place ${guest}.when`,
  ],
  ['a step for persons that asks for a guest', { [`${street}.when.guest`]: true }, `never-holds ${street}.when`],
  [
    'a class that contradicts its step',
    { [`${city}.amount.classes[2].when.age`]: { atLeast: 50, below: 60 } },
    `contradicts-place ${city}.amount.classes[2].when`,
    `band-gap ${city}.amount.classes[1].when`,
  ],
  [
    'a class after one that always holds',
    { [`${city}.amount.classes`]: [{ amount: fixed(300) }, { when: { category: ['dibao'] }, amount: fixed(500) }] },
    `unreachable ${city}.amount.classes[1]`,
  ],
  [
    'bands of which the wider stands first',
    {
      [`${city}.amount.classes`]: [60, 70, 80].map(atLeast => ({
        when: { age: { atLeast } },
        amount: fixed(atLeast * 10),
      })),
    },
    `unreachable ${city}.amount.classes[1]`,
    `unreachable ${city}.amount.classes[2]`,
  ],
  [
    'a narrower place after the wider one',
    {
      [`${city}.amount.classes`]: [
        { when: { residence: { unit: 'city', is: 'site' } }, amount: fixed(300) },
        { when: { residence: { unit: 'street', is: 'site' } }, amount: fixed(500) },
      ],
    },
    `unreachable ${city}.amount.classes[1]`,
  ],
  ['a subsidy at sites off the whitelist', { [`${street}.when.listed`]: false }, `contradicts-place ${street}.when`],
  [
    'a class within a class, for people whom an earlier class has taken',
    {
      [`${city}.amount.classes`]: [
        { when: { category: ['dibao'] }, amount: fixed(600) },
        {
          amount: {
            kind: 'classes',
            classes: [{ when: { category: ['dibao'] }, amount: fixed(500) }, { amount: fixed(300) }],
          },
        },
      ],
    },
    `contradicts-place ${city}.amount.classes[1].amount.classes[0].when`,
  ],
  [
    'a price at once more than and at most the same',
    { [`${street}.when.listPrice`]: { moreThan: 1000, atMost: 1000 } },
    `empty-range ${street}.when.listPrice`,
  ],
  [
    'an alternative said twice',
    { [`${shop}.when.any`]: [{ age: { atLeast: 70 } }, { age: { atLeast: 70 } }] },
    `adds-nothing ${shop}.when.any[1]`,
  ],
  [
    'an alternative that cannot be',
    { [`${shop}.when.any`]: [{ age: { below: 50 } }, { category: ['dibao'] }] },
    `contradicts-place ${shop}.when.any[0]`,
  ],
  [
    'an alternative within another',
    { [`${shop}.when.any`]: [{ age: { atLeast: 70 } }, { age: { atLeast: 80 } }] },
    `adds-nothing ${shop}.when.any[1]`,
  ],
  [
    'an exclusion of nobody',
    { [`${shop}.when.none`]: [{ age: { below: 50 } }] },
    `excludes-nobody ${shop}.when.none[0]`,
  ],
  [
    'a running price above the list price',
    { [`${street}.when.listPrice`]: { below: 1000 }, [`${street}.when.runningPrice`]: { atLeast: 1000 } },
    `never-holds ${street}.when`,
  ],
  ['an amount of nothing', { [`${street}.amount.fen`]: 0 }, `gives-nothing ${street}.amount`],
  ['a percentage with a cap of nothing', { [`${cleaning}.amount.capFen`]: 0 }, `gives-nothing ${cleaning}.amount`],
  [
    'a target above the highest price',
    { [`${street}.when.listPrice`]: { atMost: 1500 }, [`${street}.amount`]: { kind: 'price', fen: 1500 } },
    `gives-nothing ${street}.amount`,
  ],
  [
    'a subsidy of a price that is nothing already',
    { [`${shop}.amount`]: { kind: 'price', fen: 0 }, [`${shop}.when`]: undefined, [`${shop}.for`]: 'anyone' },
    `nothing-left ${city}`,
    `nothing-left ${street}`,
    `nothing-left ${cleaning}`,
  ],
  [
    'an operator of whose visits none is subsidised',
    { [`${operator}.when`]: { listed: false } },
    `operator-without-subsidy ${operator}`,
  ],
  [
    'an option that never has its turn',
    { [`${choice}.options[1].when`]: { category: ['dibao'] } },
    `unreachable ${choice}.options[1]`,
  ],
  [
    'a class of a best-of that never is the best',
    {
      [`${city}.amount`]: {
        kind: 'classes',
        choose: 'best',
        classes: [{ when: { category: ['dibao'] }, amount: fixed(200) }, { amount: fixed(300) }],
      },
    },
    `never-best ${city}.amount.classes[0]`,
  ],
  [
    'a class of a best-of said twice',
    {
      [`${city}.amount`]: {
        kind: 'classes',
        choose: 'best',
        classes: [
          { when: { category: ['dibao'] }, amount: fixed(300) },
          { when: { category: ['dibao'] }, amount: fixed(300) },
          { amount: fixed(200) },
        ],
      },
    },
    `never-best ${city}.amount.classes[1]`,
  ],
  ['a meal and a service at once', { [`${city}.when.minutes`]: { atLeast: 30 } }, `meal-and-service ${city}.when`],
]

const bands: readonly Seeded[] = [
  [
    'a year of age that no band holds',
    { [`${city}.amount.classes[2].when.age.below`]: 69 },
    `band-gap ${city}.amount.classes[1].when`,
  ],
  [
    'a year of age in two bands',
    { [`${city}.amount.classes[2].when.age.below`]: 72 },
    `band-overlap ${city}.amount.classes[1].when`,
  ],
  ['a gap between two stipends', { [`${stipends}[0].when.age.below`]: 88 }, `band-gap ${stipends}[1].when`],
  [
    'a gap between two steps of one fund',
    {
      [street]: undefined,
      [`${now}.limits[1]`]: undefined,
      'versions[0].benefits': [
        {
          id: 'young',
          kind: 'subsidy',
          title: words('甲'),
          fund: 'street',
          when: { age: { atLeast: 60, below: 70 } },
          amount: fixed(100),
        },
        {
          id: 'old',
          kind: 'subsidy',
          title: words('乙'),
          fund: 'street',
          when: { age: { atLeast: 71 } },
          amount: fixed(200),
        },
        {
          id: 'other',
          kind: 'subsidy',
          title: words('丙'),
          fund: 'city',
          when: { category: ['dibao', 'tekun'], none: [{ category: ['in_institution'] }] },
          amount: fixed(100),
        },
      ],
    },
    'band-gap versions[0].benefits[1].when',
  ],
  [
    'amounts of two bands exchanged',
    { [`${city}.amount.classes[0].amount.fen`]: 200, [`${city}.amount.classes[2].amount.fen`]: 500 },
    `older-gets-less ${city}.amount.classes[1].when`,
    `older-gets-less ${city}.amount.classes[0].when`,
  ],
  [
    'a step copied',
    { 'versions[0].benefits[1]': { ...soundBase.versions[0]?.benefits[0], id: 'copy' } },
    'repeated-step versions[0].benefits[1]',
  ],
]

const dates: readonly Seeded[] = [
  ['days between two versions', { 'versions[0].to': '2025-12-30' }, `version-gap ${now}.from`],
  ['versions from new to old', { versions: [...soundBase.versions].reverse() }, 'version-order versions[1].from'],
  [
    'a day both holiday and make-up day',
    { 'calendar.holidays[2]': '2026-10-10' },
    'calendar-both calendar.makeUpDays[0]',
  ],
  [
    'a make-up day on a weekday',
    { 'calendar.makeUpDays[0]': '2026-10-09' },
    'make-up-on-weekday calendar.makeUpDays[0]',
  ],
  ['a holiday twice', { 'calendar.holidays[2]': '2026-10-01' }, 'calendar-repeated calendar.holidays[2]'],
  [
    'working days without a calendar',
    { calendar: undefined },
    `working-day-without-calendar ${street}.when.workingDay`,
  ],
  [
    'a calendar of other years',
    { 'calendar.holidays': ['2025-10-01'], 'calendar.makeUpDays': [] },
    'calendar-years calendar.holidays',
  ],
  [
    'a holiday with a slip in its year',
    { 'calendar.holidays[2]': '2016-10-02' },
    'calendar-outside calendar.holidays[2]',
  ],
  [
    'a make-up day after the last version ended',
    { [`${now}.to`]: '2026-12-31', 'calendar.makeUpDays[1]': '2027-02-06' },
    'calendar-outside calendar.makeUpDays[1]',
  ],
  [
    'a limit that another name makes count anew in the midst of a month',
    {
      'versions[0].to': '2026-01-14',
      [`${now}.from`]: '2026-01-15',
      'versions[0].limits[0]': { id: 'purse', period: 'month', unit: 'fen', cap: 3000 },
      'versions[0].benefits[0].limits': ['purse'],
    },
    `counter-renamed ${now}.limits[1].id`,
    `counter-renamed ${now}.allowances[0].id`,
  ],
  ['only make-up days fit', { [`${street}.when.weekday`]: [6] }, `weekend-working-day ${street}.when`],
]

const figures: readonly Seeded[] = [
  ['an amount in yuan', { [`${street}.amount.fen`]: 1 }, `yuan-not-fen ${street}.amount.fen`],
  [
    'a price bound in yuan',
    { [`${street}.when.listPrice`]: { atLeast: 10 } },
    `yuan-not-fen ${street}.when.listPrice.atLeast`,
  ],
  ['an allowance in yuan', { [`${now}.allowances[0].cap`]: 600 }, `yuan-not-fen ${now}.allowances[0].cap`],
  ['90 % off where 90 % is paid', { [`${shop}.amount.percent`]: 90 }, `discount-turned ${shop}.amount.percent`],
  [
    'a limit of nothing for everybody',
    { [`${now}.limits[0].cap`]: { classes: [{ cap: 0 }] } },
    `cap-zero ${now}.limits[0].cap`,
  ],
  [
    'a limit on money smaller than the amount',
    { [`${now}.limits[1].cap`]: 200, [`${street}.amount.fen`]: 300 },
    `limit-below-amount ${street}.limits[0]`,
  ],
  [
    'the site as the name of a place',
    { [`${shop}.when.household`]: { unit: 'city', is: ['site'] } },
    `site-in-list ${shop}.when.household.is`,
  ],
  [
    'a word twice in a list',
    { [`${street}.when.category`]: ['dibao', 'tekun', 'dibao'] },
    `repeated-word ${street}.when.category[2]`,
  ],
  [
    'shares that miss a hundred',
    {
      [`${street}.fund`]: undefined,
      [`${street}.funds`]: [
        { fund: 'city', share: 60 },
        { fund: 'street', share: 30 },
      ],
    },
    `shares-not-100 ${street}.funds`,
  ],
  [
    'a limit of guests',
    { [`${shop}.for`]: 'guest', [`${shop}.when`]: undefined, [`${shop}.limits`]: ['meal'] },
    `guest-not-counted ${shop}.limits`,
  ],
  [
    'a counter of visits that goes on as one of money',
    {
      'versions[0].limits[0]': { id: 'money', period: 'month', unit: 'count', cap: 20 },
      'versions[0].benefits[0].limits': ['money'],
    },
    `counter-changed ${now}.limits[1].unit`,
  ],
  [
    'Chinese and English exchanged',
    { [`${shop}.title`]: { zh: 'Shop discount', en: '本店优惠' } },
    `words-exchanged ${shop}.title`,
  ],
  ['half a character', { [`${shop}.title.zh`]: '优\ud83d' }, `broken-text ${shop}.title.zh`],
]

const leftOver: readonly Seeded[] = [
  ['a limit that nothing names', { [`${city}.limits`]: undefined }, `unused-limit ${now}.limits[0]`],
  [
    'an allowance that nothing names',
    { [`${cleaning}.allowance`]: undefined },
    `unused-allowance ${now}.allowances[0]`,
  ],
  [
    'a fund that pays nothing',
    { 'funds[2]': { id: 'district', title: words('区'), source: 'public' } },
    'unused-fund funds[2]',
  ],
  [
    'a category that nothing names',
    { 'categories[3]': { id: 'vip', title: words('贵宾') } },
    'unused-category categories[3]',
  ],
  [
    'a service that nothing pays for',
    {
      [`${now}.benefits[3].when`]: { service: ['cleaning'] },
      [`${now}.services[1]`]: { id: 'bathing', title: words('助浴'), unit: words('次') },
      [`${shop}.when.meal`]: ['lunch'],
      [`${street}.when.meal`]: ['lunch'],
      [`${choice}.when`]: { meal: ['lunch'] },
    },
    `unused-service ${now}.services[1]`,
  ],
  [
    'a group of services that no service is in',
    {
      [`${now}.serviceGroups`]: [
        { id: 'home', title: words('居家') },
        { id: 'care', title: words('照护') },
      ],
    },
    `unused-group ${now}.serviceGroups[1]`,
  ],
  ['two categories of one name', { 'categories[1].title.zh': '低保' }, 'same-title categories[1].title'],
]

describe.each([
  ['form', form],
  ['rules that never apply', deadOnes],
  ['bands', bands],
  ['dates', dates],
  ['figures', figures],
  ['left over', leftOver],
])('seeded faults: %s', (_group, table) => {
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

  test.each([
    ['none at all', { vectors: undefined }, 'no-vectors vectors'],
    ['one of another policy', { 'vectors[3].scheme': 'TJ' }, 'vector-scheme vectors[3].scheme'],
    ['one that does not add up', { 'vectors[0].expect.ownPayFen': 1300 }, 'vector-sum vectors[0].expect'],
    ['one that the pack prices otherwise', { [`${shop}.amount.percent`]: 20 }, 'vector-differs vectors[1].expect'],
    [
      'one that names no fund of the pack',
      { 'vectors[0].expect.subsidyFen': { city: 300, citty: 0 } },
      'vector-word vectors[0].expect.subsidyFen.citty',
    ],
    [
      'one with a category one letter off',
      { 'vectors[0].person.categories': ['tekum'] },
      'vector-word vectors[0].person.categories[0]',
    ],
    ['none that takes a step', { 'vectors[3]': undefined }, `untested ${guest}`],
    ['none that earns the operator anything', { 'vectors[1].visit.site.grade': 2 }, `untested ${operator}`],
    ['none with somebody who is due a stipend', { 'vectors[2]': undefined }, `untested ${stipends}[1]`],
  ])('%s', (_name, edits, expected) => {
    expect(told(vectors(edits))).toContain(expected)
  })

  test('that come out otherwise are told with what was expected and what came', () => {
    const found = vectors({ [`${street}.amount.fen`]: 200 }).find(({ code }) => code === 'vector-differs')
    expect(found?.en).toContain('subsidyFen street: expected 100, got 200; ownPayFen: expected 550, got 450')
    expect(found?.zh).toContain('补贴（分） street 应为 100，算得 200；个人支付（分） 应为 550，算得 450')
  })

  test('may name categories of other policies', () => {
    expect(vectors({ 'vectors[0].person.categories': ['veteran'] })).toEqual([])
  })
})

describe('what a clerk may well mean raises no finding', () => {
  const classes = (...list: readonly (readonly [object | undefined, number])[]) => ({
    [`${city}.amount.classes`]: list.map(([when, fen]) => ({
      ...(when === undefined ? {} : { when }),
      amount: fixed(fen),
    })),
  })
  const warned = (edits: Readonly<Record<string, unknown>>) => faultsOf(edited(soundBase, edits))

  test.each([
    [
      'a class by category before the bands of age',
      classes([{ category: ['dibao'] }, 600], [{ age: { atLeast: 80 } }, 500], [undefined, 200]),
    ],
    [
      'a class that gives nothing, before one for all',
      classes([{ category: ['in_institution'] }, 0], [undefined, 200]),
    ],
    [
      'the oldest first, open upwards',
      classes([{ age: { atLeast: 80 } }, 500], [{ age: { atLeast: 70 } }, 300], [undefined, 200]),
    ],
    [
      'a rule for children beside one for seniors',
      { [`${shop}.when`]: { any: [{ age: { below: 6 } }, { age: { atLeast: 60 } }] } },
    ],
    ['a holiday that falls on a weekend', { 'calendar.holidays[2]': '2026-10-03' }],
    ['holidays of next year not yet announced', { [`${now}.to`]: '2028-12-31' }],
    ['a limit that never binds', { [`${now}.limits[0].cap`]: 99 }],
    ['a limit on money that just holds the amount', { [`${now}.limits[1].cap`]: 100 }],
    [
      'a limit on money that pays what is left',
      { [`${now}.limits[1].cap`]: 200, [`${now}.limits[1].beyond`]: 'rest', [`${street}.amount.fen`]: 300 },
    ],
    [
      'a step after one that takes the whole price once a meal',
      { [`${shop}.amount`]: { kind: 'price', fen: 0 }, [`${shop}.limits`]: ['meal'] },
    ],
    [
      'an option after one for the same people whose limit may be used up',
      { [`${choice}.options[0].limits`]: ['meal'], [`${choice}.options[1].when`]: { category: ['dibao'] } },
    ],
    [
      'prices up to and above one bound',
      classes([{ listPrice: { atMost: 1000 } }, 100], [{ listPrice: { moreThan: 1000 } }, 200]),
    ],
    [
      'a service that a vector says nothing is paid for',
      {
        [`${now}.benefits[3].when`]: { service: ['cleaning'] },
        [`${now}.services[1]`]: { id: 'bathing', title: words('助浴'), unit: words('次') },
        [`${shop}.when.meal`]: ['lunch'],
        [`${street}.when.meal`]: ['lunch'],
        [`${choice}.when`]: { meal: ['lunch'] },
        'vectors[2].expect': {
          discountFen: 0,
          subsidyFen: { city: 2000 },
          ownPayFen: 3000,
          stipendFen: { 'aged-90': 10_000 },
        },
        'vectors[4]': {
          id: 'bathing is paid in full',
          scheme: 'BASE-2026',
          person: { birthDate: '1960-03-02' },
          visit: { date: '2026-11-20', service: 'bathing', listPriceFen: 5000 },
          expect: { discountFen: 0, subsidyFen: {}, ownPayFen: 5000 },
        },
      },
    ],
    [
      'a limit of another name from the first of a month on',
      {
        'versions[0].limits[0]': { id: 'purse', period: 'month', unit: 'fen', cap: 3000 },
        'versions[0].benefits[0].limits': ['purse'],
      },
    ],
    ['a least own payment of half a yuan', { [`${street}.leavesAtLeastFen`]: 50 }],
    ['half a yuan', { [`${street}.amount.fen`]: 50 }],
    [
      'a second layer for the oldest from one fund',
      {
        'versions[0].benefits[1]': {
          id: 'more',
          kind: 'subsidy',
          title: words('加'),
          fund: 'city',
          when: { age: { atLeast: 80 }, meal: ['lunch'] },
          amount: fixed(100),
        },
      },
    ],
    [
      'a band of ages that another fund pays',
      {
        'versions[0].benefits': (
          [
            [60, 70, 'city'],
            [70, 80, 'street'],
            [80, 200, 'city'],
          ] as const
        ).map(([atLeast, below, fund]) => ({
          id: `from${atLeast}`,
          kind: 'subsidy',
          title: words('档'),
          fund,
          when: { age: { atLeast, below } },
          amount: fixed(300),
        })),
      },
    ],
    [
      'a best-of whose classes overlap',
      { [`${city}.amount.choose`]: 'best', [`${city}.amount.classes[2].when.age.below`]: 75 },
    ],
  ])('%s', (_name, edits) => {
    expect(warned(edits)).toEqual([])
  })
})
