import { choice, city, cleaning, fixed, now, type Seeded, shop, stipends, street } from './places.ts'

const repeated = {
  meal: ['lunch', 'lunch'],
  weekday: [1, 1],
  channel: ['delivery', 'delivery'],
  set: ['A', 'A'],
  service: ['cleaning', 'cleaning'],
  serviceGroup: ['home', 'home'],
  siteGrade: [1, 1],
  siteMode: ['M', 'M'],
}

export const figures: readonly Seeded[] = [
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
  ['what a step leaves, in yuan', { [`${street}.leavesAtLeastFen`]: 5 }, `yuan-not-fen ${street}.leavesAtLeastFen`],
  [
    'a target in yuan with its bound',
    { [`${street}.amount`]: { kind: 'price', fen: 99, capFen: 99 } },
    `yuan-not-fen ${street}.amount.fen`,
    `yuan-not-fen ${street}.amount.capFen`,
  ],
  ['a bound in yuan', { [`${cleaning}.amount.capFen`]: 99 }, `yuan-not-fen ${cleaning}.amount.capFen`],
  [
    'an amount of a class in yuan',
    { [`${city}.amount.classes[2].amount.fen`]: 2 },
    `yuan-not-fen ${city}.amount.classes[2].amount.fen`,
  ],
  [
    'a limit in yuan',
    { [`${now}.limits[1].cap`]: 99 },
    `yuan-not-fen ${now}.limits[1].cap`,
    `limit-below-amount ${street}.limits[0]`,
  ],
  [
    'a class of an allowance in yuan',
    { [`${now}.allowances[0].cap`]: { classes: [{ cap: 999 }] } },
    `yuan-not-fen ${now}.allowances[0].cap.classes[0].cap`,
  ],
  [
    'a least own payment in yuan',
    { [`${now}.minimumOwnPay`]: [{ fen: 9 }] },
    `yuan-not-fen ${now}.minimumOwnPay[0].fen`,
  ],
  ['a bound of verified subsidy in yuan', { [`${now}.verifiedAboveFen`]: 50 }, `yuan-not-fen ${now}.verifiedAboveFen`],
  [
    'a bound of verified subsidy where every subsidy is',
    { [`${now}.leastAssurance`]: 'verified', [`${now}.verifiedAboveFen`]: 5000 },
    `demand-needless ${now}.verifiedAboveFen`,
  ],
  ['a service in yuan', { [`${now}.services[0].fen`]: 50 }, `yuan-not-fen ${now}.services[0].fen`],
  ['a stipend in yuan', { [`${stipends}[0].fen`]: 999 }, `yuan-not-fen ${stipends}[0].fen`],
  ['a stipend of nothing', { [`${stipends}[0].fen`]: 0 }, `gives-nothing ${stipends}[0].fen`],
  [
    'a class with a cap of nothing',
    {
      [`${cleaning}.amount`]: {
        kind: 'classes',
        classes: [
          { when: { category: ['dibao'] }, amount: { kind: 'percent', percent: 50, of: 'list', capFen: 0 } },
          { amount: fixed(500) },
        ],
      },
    },
    `cap-zero ${cleaning}.amount.classes[0].amount.capFen`,
  ],
  [
    'the whole running price as a target, also after something was added',
    { [`${choice}.options[1].amount`]: { kind: 'price-percent', percent: 100, of: 'running' } },
    `gives-nothing ${choice}.options[1].amount`,
  ],
  [
    'the whole list price as a target, before anything is added',
    { [`${shop}.amount`]: { kind: 'price-percent', percent: 100, of: 'list' } },
    `gives-nothing ${shop}.amount`,
  ],
  [
    'a target at the highest running price',
    { [`${street}.when.runningPrice`]: { atMost: 1500 }, [`${street}.amount`]: { kind: 'price', fen: 1500 } },
    `gives-nothing ${street}.amount`,
  ],
  [
    'a limit on money smaller than what a class gives that gives anything',
    {
      [`${now}.limits[1].cap`]: 200,
      [`${street}.amount`]: {
        kind: 'classes',
        classes: [{ when: { category: ['dibao'] }, amount: fixed(0) }, { amount: fixed(300) }],
      },
    },
    `limit-below-amount ${street}.limits[0]`,
  ],
  ['an allowance of guests', { [`${cleaning}.for`]: 'guest' }, `guest-not-counted ${cleaning}.allowance`],
  [
    'shares of a class within a class that miss a hundred',
    {
      [`${city}.amount.classes[2].amount`]: {
        kind: 'classes',
        classes: [
          {
            amount: fixed(200),
            funds: [
              { fund: 'city', share: 60 },
              { fund: 'street', share: 30 },
            ],
          },
        ],
      },
    },
    `shares-not-100 ${city}.amount.classes[2].amount.classes[0].funds`,
  ],
  ...Object.entries(repeated).map(
    ([list, words]): Seeded => [
      `a word twice: ${list}`,
      { [`${shop}.when.${list}`]: words },
      `repeated-word ${shop}.when.${list}[1]`,
    ],
  ),
  [
    'a word twice in the condition of a least own payment',
    { [`${now}.minimumOwnPay`]: [{ when: { category: ['dibao', 'dibao'] }, fen: 50 }] },
    `repeated-word ${now}.minimumOwnPay[0].when.category[1]`,
  ],
  [
    'a word twice in the condition of a stipend',
    { [`${stipends}[0].when.category`]: ['dibao', 'dibao'] },
    `repeated-word ${stipends}[0].when.category[1]`,
  ],
  [
    'a word twice in the condition of a limit',
    { [`${now}.limits[0].cap`]: { classes: [{ when: { category: ['dibao', 'dibao'] }, cap: 2 }, { cap: 1 }] } },
    `repeated-word ${now}.limits[0].cap.classes[0].when.category[1]`,
  ],
  ['a limit twice', { [`${city}.limits`]: ['meal', 'meal'] }, `repeated-word ${city}.limits[1]`],
]
