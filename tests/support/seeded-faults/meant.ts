import { agesFrom, choice, city, classes, fixed, guest, manyBranched, now, shop, street, words } from './places.ts'

/** Changes of the sound base that a clerk may well mean, and that raise no finding. */
export const meant: readonly (readonly [name: string, edits: Readonly<Record<string, unknown>>])[] = [
  [
    'a class by category before the bands of age',
    classes([{ category: ['dibao'] }, 600], [{ age: { atLeast: 80 } }, 500], [undefined, 200]),
  ],
  ['a class that gives nothing, before one for all', classes([{ category: ['in_institution'] }, 0], [undefined, 200])],
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
  [
    'a further allowance in the midst of a month, beside a limit that goes on',
    {
      'versions[0].to': '2026-01-14',
      [`${now}.from`]: '2026-01-15',
      'versions[0].limits[0]': { id: 'money', period: 'month', unit: 'fen', cap: 3000 },
      'versions[0].benefits[0].limits': ['money'],
    },
  ],
  ['something added where nothing is asked for', { [`${guest}.when`]: { listPrice: { atMost: 0 } } }],
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
    { 'versions[0].benefits': [agesFrom(60, 70, 'city'), agesFrom(70, 80, 'street'), agesFrom(80, 200, 'city')] },
  ],
  [
    'a gap that another fund pays from there on',
    { 'versions[0].benefits': [agesFrom(60, 70, 'city'), agesFrom(80, 200, 'city'), agesFrom(70, 200, 'street')] },
  ],
  [
    'bands that different shares of the funds pay',
    {
      'versions[0].benefits': [
        { ...agesFrom(60, 70, 'city'), fund: undefined, funds: [{ fund: 'city', share: 1 }] },
        { ...agesFrom(71, 200, 'city'), fund: undefined, funds: [{ fund: 'street', share: 1 }] },
      ].map(step => JSON.parse(JSON.stringify(step))),
    },
  ],
  [
    'a year between two bands that the step leaves out',
    {
      [`${city}.when.none`]: [{ age: { atLeast: 70, below: 71 } }],
      [`${city}.amount.classes[1].when.age.atLeast`]: 71,
    },
  ],
  [
    'bands of ages for other prices',
    classes(
      [{ age: { atLeast: 71 }, listPrice: { below: 1000 } }, 300],
      [{ age: { atLeast: 60, below: 70 }, listPrice: { atLeast: 1000 } }, 200],
    ),
  ],
  [
    'care grades up to 4 after those up to 2',
    classes([{ careGrade: { atMost: 2 } }, 300], [{ careGrade: { atLeast: 0, atMost: 4 } }, 200]),
  ],
  [
    'more for children than for the old',
    {
      [`${city}.when.age`]: undefined,
      ...classes([{ age: { atLeast: 60 } }, 200], [{ age: { below: 6 } }, 300]),
    },
  ],
  [
    'less off a higher price',
    classes([{ listPrice: { atLeast: 1000 } }, 200], [{ listPrice: { atLeast: 500, below: 1000 } }, 300]),
  ],
  ['heights 11 cm apart', classes([{ heightCm: { atLeast: 131 } }, 300], [{ heightCm: { below: 120 } }, 200])],
  [
    'prices more than a yuan apart',
    classes([{ listPrice: { atLeast: 1102 } }, 300], [{ listPrice: { atMost: 1000 } }, 200]),
  ],
  ['ways beyond number, between which a year is missing', manyBranched(5, 13)],
  [
    'odd fen dropped from the whole price',
    {
      [`${shop}.amount`]: {
        ...{ kind: 'price-percent', percent: 100, of: 'running' },
        rounding: { unitFen: 10, mode: 'down' },
      },
    },
  ],
  [
    'the whole list price as a target after something was added',
    { [`${choice}.options[1].amount`]: { kind: 'price-percent', percent: 100, of: 'list' } },
  ],
  ['a target and a bound of one yuan', { [`${street}.amount`]: { kind: 'price', fen: 100, capFen: 100 } }],
  ['an allowance of ten yuan', { [`${now}.allowances[0].cap`]: 1000 }],
  [
    'a discount of the whole price',
    { [`${choice}.options[0].amount`]: { kind: 'percent', percent: 100, of: 'running' } },
  ],
  [
    'a step that takes the whole price of one category',
    {
      [`${shop}.amount`]: {
        kind: 'classes',
        classes: [{ when: { category: ['dibao'] }, amount: { kind: 'price', fen: 0 } }],
      },
    },
  ],
  ['a small discount of any running price', { [`${shop}.when.runningPrice`]: { atLeast: 0 } }],
  [
    'a meal with a service, as a vector says there is',
    {
      [`${city}.when.minutes`]: { atLeast: 30 },
      'vectors[4]': {
        id: 'a meal with a service',
        scheme: 'BASE-2026',
        person: { birthDate: '1960-03-02' },
        visit: { date: '2026-11-20', meal: 'lunch', service: 'cleaning', listPriceFen: 5000 },
        expect: { discountFen: 0, subsidyFen: {}, ownPayFen: 5000 },
      },
    },
  ],
  ['a weekday on which a holiday falls', { [`${street}.when.workingDay`]: false, [`${street}.when.weekday`]: [4] }],
  [
    'a home in one of several cities, one of which the site is in',
    {
      [`${street}.when.all`]: [
        { household: { unit: 'city', is: 'site' } },
        { household: { unit: 'city', is: ['A', 'B'] } },
      ],
      [`${street}.when.sitePlace`]: { unit: 'city', is: ['B', 'C'] },
    },
  ],
  ['a quarter of an hour', { [`${shop}.when.time`]: { from: '10:30', before: '10:45' } }],
  [
    'a limit on money into which a percentage may fit',
    {
      [`${street}.amount`]: {
        kind: 'classes',
        classes: [
          { when: { category: ['tekun'] }, amount: fixed(300) },
          { amount: { kind: 'percent', percent: 10, of: 'list' } },
        ],
      },
      [`${now}.limits[1].cap`]: 200,
    },
  ],
  [
    'a best-of whose classes overlap',
    { [`${city}.amount.choose`]: 'best', [`${city}.amount.classes[2].when.age.below`]: 75 },
  ],
]
