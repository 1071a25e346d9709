import { guest, operator, type Seeded, shop, stipends } from './places.ts'

/** Faults of the vectors that a pack carries; the finding stands among others. */
export const vectorFaults: readonly Seeded[] = [
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
  [
    'one with a balance of no allowance',
    { 'vectors[2].balances': { vouchr: 2000 } },
    'vector-word vectors[2].balances.vouchr',
  ],
  ['one with money of no fund', { 'vectors[0].pots': { unheard: 100 } }, 'vector-word vectors[0].pots.unheard'],
  [
    'one with a service one letter off',
    { 'vectors[2].visit.service': 'cleanin' },
    'vector-word vectors[2].visit.service',
  ],
]
