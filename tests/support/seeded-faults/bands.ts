import { soundBase } from '../sound-pack.ts'
import {
  agesFrom,
  choice,
  city,
  classes,
  fixed,
  manyBranched,
  now,
  type Seeded,
  stipends,
  street,
  words,
} from './places.ts'

export const bands: readonly Seeded[] = [
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
  [
    'a gap between two classes of a limit',
    {
      [`${now}.limits[0].cap`]: {
        classes: [
          { when: { age: { atLeast: 80 } }, cap: 2 },
          { when: { age: { atLeast: 60, below: 79 } }, cap: 1 },
        ],
      },
    },
    `band-gap ${now}.limits[0].cap.classes[0].when`,
  ],
  [
    'a gap between two classes of an allowance',
    {
      [`${now}.allowances[0].cap`]: {
        classes: [
          { when: { age: { atLeast: 60, below: 79 } }, cap: 20_000 },
          { when: { age: { atLeast: 80 } }, cap: 30_000 },
        ],
      },
    },
    `band-gap ${now}.allowances[0].cap.classes[1].when`,
  ],
  [
    'a gap between two least own payments',
    {
      [`${now}.minimumOwnPay`]: [
        { when: { age: { atLeast: 60, below: 79 } }, fen: 100 },
        { when: { age: { atLeast: 80 } }, fen: 50 },
      ],
    },
    `band-gap ${now}.minimumOwnPay[1].when`,
  ],
  [
    'a gap between two options',
    {
      [`${choice}.options[0].when`]: { age: { atLeast: 71 } },
      [`${choice}.options[1].when`]: { age: { atLeast: 60, below: 70 } },
    },
    `band-gap ${choice}.options[0].when`,
  ],
  [
    'a gap beside another fund that pays for all ages',
    { 'versions[0].benefits': [agesFrom(60, 70, 'city'), agesFrom(71, 200, 'city'), agesFrom(60, 200, 'street')] },
    'band-gap versions[0].benefits[1].when',
  ],
  [
    'bands that share a year and fall, so that no other band is the younger one',
    { [`${city}.amount.classes[2]`]: { when: { age: { atLeast: 60, below: 71 } }, amount: fixed(400) } },
    `band-overlap ${city}.amount.classes[1].when`,
  ],
  [
    'less from 60 on than from 45 on',
    {
      [`${city}.when.age.atLeast`]: 45,
      ...classes([{ age: { atLeast: 60 } }, 200], [{ age: { atLeast: 45, below: 60 } }, 300]),
    },
    `older-gets-less ${city}.amount.classes[0].when`,
  ],
  [
    'a higher price for the older',
    {
      [`${city}.amount.classes`]: [
        { when: { age: { atLeast: 70 } }, amount: { kind: 'price', fen: 900 } },
        { when: { age: { atLeast: 60, below: 70 } }, amount: { kind: 'price', fen: 600 } },
      ],
    },
    `older-gets-less ${city}.amount.classes[0].when`,
  ],
  [
    'a gap at the age of 45',
    {
      [`${city}.when.age.atLeast`]: 40,
      ...classes([{ age: { atLeast: 46 } }, 300], [{ age: { atLeast: 40, below: 45 } }, 200]),
    },
    `band-gap ${city}.amount.classes[0].when`,
  ],
  [
    'a care grade that no band holds',
    classes([{ careGrade: { atLeast: 4 } }, 300], [{ careGrade: { atMost: 2 } }, 200]),
    `band-gap ${city}.amount.classes[0].when`,
  ],
  [
    'heights 10 cm apart',
    classes([{ heightCm: { atLeast: 130 } }, 300], [{ heightCm: { below: 120 } }, 200]),
    `band-gap ${city}.amount.classes[0].when`,
  ],
  [
    'prices a yuan apart',
    classes([{ listPrice: { atLeast: 1101 } }, 300], [{ listPrice: { atMost: 1000 } }, 200]),
    `band-gap ${city}.amount.classes[0].when`,
  ],
  [
    'a gap between bands in parts of a condition',
    classes(
      [{ all: [{ age: { atLeast: 80 } }] }, 500],
      [{ age: { atLeast: 70 }, all: [{ age: { below: 80 } }] }, 300],
      [{ age: { below: 69 }, all: [{ age: { atLeast: 60 } }] }, 200],
    ),
    `band-gap ${city}.amount.classes[1].when`,
  ],
  ['a gap between bands of many branches', manyBranched(4, 16), `band-gap ${city}.amount.classes[0].when`],
]
