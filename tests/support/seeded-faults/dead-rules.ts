import { soundBase } from '../sound-pack.ts'
import {
  choice,
  city,
  classes,
  cleaning,
  fixed,
  guest,
  now,
  operator,
  type Seeded,
  shop,
  street,
  words,
} from './places.ts'

/** One condition that contradicts itself in each fact. */
const contradictions: readonly (readonly [fact: string, when: object])[] = [
  ['ages', { all: [{ age: { below: 70 } }, { age: { atLeast: 70 } }] }],
  ['birth dates', { all: [{ born: { to: '1950-01-01' } }, { born: { from: '1950-01-02' } }] }],
  ['care grades', { all: [{ careGrade: { atMost: 3 } }, { careGrade: { atLeast: 4 } }] }],
  ['heights', { all: [{ heightCm: { below: 120 } }, { heightCm: { atLeast: 120 } }] }],
  ['meals', { meal: ['lunch'], none: [{ meal: ['lunch', 'dinner'] }] }],
  ['weekdays', { weekday: [1], none: [{ weekday: [1, 2] }] }],
  ['times', { all: [{ time: { before: '11:00' } }, { time: { from: '11:00' } }] }],
  ['channels', { channel: ['takeaway'], none: [{ channel: ['takeaway', 'delivery'] }] }],
  ['sets', { set: ['A'], none: [{ set: ['A', 'B'] }] }],
  ['services', { service: ['cleaning'], none: [{ serviceGroup: ['home'] }] }],
  ['minutes', { minutes: { atLeast: 60 }, none: [{ minutes: { atLeast: 30 } }] }],
  ['insurance', { paidByInsurance: true, none: [{ paidByInsurance: true }] }],
  ['site grades', { siteGrade: [1], none: [{ siteGrade: [1, 2] }] }],
  ['site modes', { siteMode: ['M'], none: [{ siteMode: ['M', 'N'] }] }],
  ['site places', { sitePlace: { unit: 'city', is: ['A'] }, none: [{ sitePlace: { unit: 'city', is: ['A', 'B'] } }] }],
  ['the whitelist', { listed: true, none: [{ listed: true }] }],
  ['list prices', { all: [{ listPrice: { atMost: 1000 } }, { listPrice: { moreThan: 1000 } }] }],
  ['running prices', { all: [{ runningPrice: { below: 1000 } }, { runningPrice: { atLeast: 1000 } }] }],
  ['households', { household: { unit: 'city', is: ['A'] }, none: [{ household: { unit: 'city', is: ['A', 'B'] } }] }],
  ['residences', { residence: { unit: 'city', is: ['A'] }, none: [{ residence: { unit: 'city', is: ['A', 'B'] } }] }],
  ['guests and their ages', { guest: true, age: { atLeast: 60 } }],
  ['guests alone', { guest: true, none: [{ guest: true }] }],
]

export const deadOnes: readonly Seeded[] = [
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
  [
    'alternatives of which none can be',
    { [`${shop}.when`]: { any: [{ age: { atLeast: 160 } }, { careGrade: { atLeast: 5, atMost: 4 } }] } },
    `empty-range ${shop}.when.any[0].age`,
    `empty-range ${shop}.when.any[1].careGrade`,
  ],
  [
    'an alternative within another, in a part of a condition',
    { [`${shop}.when.all`]: [{ any: [{ age: { atLeast: 70 } }, { age: { atLeast: 80 } }] }] },
    `adds-nothing ${shop}.when.all[0].any[1]`,
  ],
  [
    'an exclusion within another',
    { [`${shop}.when.none`]: [{ age: { below: 70 } }, { age: { below: 65 } }] },
    `excludes-nobody ${shop}.when.none[1]`,
  ],
  [
    'every category that is asked for excluded, one by one',
    { [`${street}.when.none`]: [{ category: ['dibao'] }, { category: ['tekun'] }] },
    `never-holds ${street}.when`,
    'unused-category categories[2]',
  ],
  [
    'a class of a limit after a wider one',
    {
      [`${now}.limits[0].cap`]: {
        classes: [
          { when: { age: { atLeast: 60 } }, cap: 2 },
          { when: { age: { atLeast: 80 } }, cap: 3 },
        ],
      },
    },
    `unreachable ${now}.limits[0].cap.classes[1]`,
  ],
  [
    'a class of an allowance after a wider one',
    {
      [`${now}.allowances[0].cap`]: {
        classes: [
          { when: { age: { atLeast: 60 } }, cap: 20_000 },
          { when: { age: { atLeast: 80 } }, cap: 30_000 },
        ],
      },
    },
    `unreachable ${now}.allowances[0].cap.classes[1]`,
  ],
  [
    'a least own payment after one for all',
    { [`${now}.minimumOwnPay`]: [{ fen: 50 }, { when: { age: { atLeast: 80 } }, fen: 0 }] },
    `unreachable ${now}.minimumOwnPay[1]`,
  ],
  [
    'a class that two earlier ones take together',
    classes([{ age: { atLeast: 70 } }, 500], [{ age: { below: 70 } }, 300], [{ category: ['dibao'] }, 200]),
    `unreachable ${city}.amount.classes[2]`,
  ],
  [
    'options for persons of a choice for guests',
    { [`${choice}.for`]: 'guest' },
    `never-holds ${choice}.options[0]`,
    `never-holds ${choice}.options[1]`,
  ],
  [
    'a choice with an alternative within another',
    { [`${choice}.when`]: { any: [{ age: { atLeast: 70 } }, { age: { atLeast: 80 } }] } },
    `adds-nothing ${choice}.when.any[1]`,
  ],
  [
    'a class of a best-of that contradicts its step',
    {
      [`${city}.amount.choose`]: 'best',
      [`${city}.amount.classes[3]`]: { when: { meal: ['breakfast'] }, amount: fixed(900) },
    },
    `contradicts-place ${city}.amount.classes[3].when`,
  ],
  [
    'an operator without any subsidy',
    {
      'versions[0].benefits': [
        { id: 'earning', kind: 'operator', title: words('运营补助'), amount: fixed(100), fund: 'city' },
      ],
    },
    'operator-without-subsidy versions[0].benefits[0]',
  ],
  [
    'a running price above the list price, where nothing is ever added',
    { 'versions[0].benefits[0].when': { listPrice: { below: 1000 }, runningPrice: { atLeast: 1000 } } },
    'never-holds versions[0].benefits[0].when',
  ],
  [
    'a running price above the highest of all prices',
    { [`${street}.when.runningPrice`]: { moreThan: 100_000_000 } },
    `empty-range ${street}.when.runningPrice`,
  ],
  [
    'an age that nobody has who was born so late',
    { 'versions[0].benefits[0].when': { age: { atLeast: 17 }, born: { from: '2010-01-01' } } },
    'never-holds versions[0].benefits[0].when',
  ],
  [
    'an age that everybody has passed who was born so early',
    { 'versions[0].benefits[0].when': { age: { below: 73 }, born: { to: '1949-12-31' } } },
    'never-holds versions[0].benefits[0].when',
  ],
  [
    'a working day that is none of the days on which there is work',
    { [`${street}.when.none[1]`]: { weekday: [1, 2, 3, 4, 5, 6] } },
    `never-holds ${street}.when`,
  ],
  [
    "a home in the site's street and not in its city",
    {
      [`${shop}.when`]: {
        residence: { unit: 'street', is: 'site' },
        none: [{ residence: { unit: 'city', is: 'site' } }],
      },
    },
    `never-holds ${shop}.when`,
  ],
  [
    "a home in the site's city, and in another than the site",
    {
      [`${shop}.when`]: {
        all: [{ household: { unit: 'city', is: 'site' } }, { household: { unit: 'city', is: ['B'] } }],
        sitePlace: { unit: 'city', is: ['A'] },
      },
    },
    `never-holds ${shop}.when`,
  ],
  [
    'a class for those who are in an earlier one by a category that follows from another',
    {
      categories: [
        { id: 'aged', title: words('百岁'), follows: { age: { atLeast: 100 } } },
        { id: 'honoured', title: words('尊老'), follows: { category: ['aged'] } },
        ...soundBase.categories,
      ],
      ...classes([{ category: ['honoured'] }, 600], [{ age: { atLeast: 100 } }, 500], [undefined, 200]),
    },
    `unreachable ${city}.amount.classes[1]`,
  ],
  [
    'a category that follows from an age that nobody reaches',
    { 'categories[0].follows': { age: { atLeast: 160 } } },
    'empty-range categories[0].follows.age',
  ],
  ...contradictions.map(
    ([fact, when]): Seeded => [`a contradiction in ${fact}`, { [`${shop}.when`]: when }, `never-holds ${shop}.when`],
  ),
]
