import { soundBase } from '../sound-pack.ts'
import { now, type Seeded, shop, street } from './places.ts'

export const dates: readonly Seeded[] = [
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
  ['a month between two versions', { 'versions[0].to': '2025-11-30' }, `version-gap ${now}.from`],
  [
    'make-up days of a year without holidays',
    { 'calendar.makeUpDays[1]': '2027-02-06' },
    'calendar-years calendar.holidays',
  ],
  [
    'only some make-up days fit',
    { [`${street}.when.weekday`]: [6], 'calendar.makeUpDays[1]': '2026-02-15' },
    `weekend-working-day ${street}.when`,
  ],
  [
    'working days without a calendar, asked for twice and told once',
    { calendar: undefined, [`${shop}.when.workingDay`]: true },
    `working-day-without-calendar ${shop}.when.workingDay`,
  ],
  [
    'one of two limits that another name makes count anew in the midst of a month',
    {
      'versions[0].to': '2026-01-14',
      [`${now}.from`]: '2026-01-15',
      'versions[0].limits': [
        { id: 'money', period: 'month', unit: 'fen', cap: 3000 },
        { id: 'purse', period: 'month', unit: 'fen', cap: 3000 },
      ],
      'versions[0].benefits[0].limits': ['money', 'purse'],
    },
    `counter-renamed ${now}.allowances[0].id`,
  ],
]
