import { choice, city, cleaning, now, type Seeded, shop, street, words } from './places.ts'

export const leftOver: readonly Seeded[] = [
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
