import { businessDate } from '../../shared/business-day.ts'

const named = (zh: string, en: string) => ({ zh, en })
const fixed = (fen: number) => ({ kind: 'fixed', fen })
const ageFrom = (atLeast: number) => ({ age: { atLeast } })

const everyPersonKey = {
  age: { atLeast: 60, below: 70 },
  born: { from: '1930-02-01', to: '1960-03-31' },
  category: ['dibao', 'tekun'],
  household: { unit: 'city', is: 'site' },
  residence: { unit: 'street', is: ['S1', 'S2'] },
  careGrade: { atLeast: 2, atMost: 4 },
  heightCm: { atLeast: 100, below: 190 },
}

const everyKey = {
  all: [{ any: [ageFrom(61), { category: ['tekun'] }] }],
  any: [{ ...ageFrom(62), meal: ['breakfast'] }, ageFrom(63)],
  none: [{ category: ['dibao'] }, { meal: ['dinner'], channel: ['takeaway'] }],
  guest: false,
  ...everyPersonKey,
  meal: ['lunch'],
  weekday: [1, 3],
  workingDay: true,
  time: { from: '10:30', before: '13:00' },
  channel: ['dine-in'],
  set: ['SET-A'],
  service: ['bath'],
  serviceGroup: ['home'],
  minutes: { atLeast: 60 },
  paidByInsurance: false,
  siteGrade: [1],
  siteMode: ['MODE-A'],
  sitePlace: { unit: 'district', is: ['D1'] },
  listed: true,
  listPrice: { atLeast: 800, below: 5000 },
  runningPrice: { moreThan: 700, atMost: 4000 },
}

const half = { unitFen: 50, mode: 'up' }
const plainAmounts = [
  { kind: 'percent', percent: 25, of: 'list', capFen: 300, rounding: half },
  { kind: 'percent', percent: 30, of: 'running' },
  { kind: 'fraction', numerator: 2, denominator: 7, of: 'list', capFen: 250, rounding: half },
  { kind: 'price', fen: 900, capFen: 350 },
  { kind: 'price-percent', percent: 60, of: 'list', capFen: 450, rounding: half },
]

const step = (id: string, more: object) => ({ id, title: named(`步骤甲${id.length}`, `title ${id}`), ...more })
const subsidy = (id: string, more: object) => step(id, { kind: 'subsidy', amount: fixed(100), fund: 'city', ...more })

/** The JSON of a pack that uses every key of the language, none of them with the value that an absent one stands for. */
export const wholeLanguage = {
  $schema: 'policy-pack.schema.json',
  format: 1,
  id: 'WHOLE',
  title: named('全部语言', 'the whole language'),
  fictional: true,
  source: 'SOURCE-1',
  area: 'AREA-1',
  calendar: { holidays: ['2026-10-01', '2026-10-02', '2027-01-01'], makeUpDays: ['2026-10-10'] },
  funds: [
    { id: 'city', title: named('市级', 'city money'), source: 'public', pot: { period: 'month', beyond: 'rest' } },
    { id: 'street', title: named('街道', 'street money'), source: 'charity' },
    { id: 'village', title: named('村', 'village money'), source: 'collective' },
  ],
  categories: [
    { id: 'dibao', title: named('低保', 'dibao') },
    { id: 'tekun', title: named('特困', 'tekun') },
    {
      id: 'old',
      title: named('高龄', 'oldest'),
      follows: {
        ...everyPersonKey,
        ...{ all: [ageFrom(80)], any: [ageFrom(81), ageFrom(82)], none: [{ category: ['tekun'] }, ageFrom(120)] },
      },
    },
  ],
  versions: [
    {
      id: 'WHOLE-1',
      title: named('第一版', 'first'),
      from: '2026-01-01',
      to: '2026-12-31',
      assumptions: [named('假定一', 'assumed')],
      rounding: { unitFen: 10, mode: 'down' },
      ageRule: 'month',
      leapDayBirthday: '02-28',
      leastAssurance: 'possessed',
      verifiedAboveFen: 2500,
      offline: { mode: 'bounded', seniorDayFen: 600, seniorFen: 1800, terminalFen: 50_000, bearer: 'street' },
      minimumOwnPay: [{ when: ageFrom(90), fen: 50 }, { fen: 150 }],
      services: [
        { id: 'bath', title: named('助浴', 'bathing'), group: 'home', unit: named('次', 'visit'), fen: 6000 },
        { id: 'clean', title: named('助洁', 'cleaning'), group: 'yard', unit: named('小时', 'hour') },
        { id: 'meal', title: named('助餐', 'meals'), group: 'home', unit: named('餐', 'meal'), fen: 1500 },
      ],
      serviceGroups: [
        { id: 'home', title: named('居家', 'at home') },
        { id: 'yard', title: named('庭院', 'in the yard') },
      ],
      limits: [
        { id: 'week', title: named('每周几次', 'weekly'), period: 'week', unit: 'count', cap: 5 },
        {
          id: 'money',
          period: 'month',
          unit: 'fen',
          cap: { classes: [{ when: { category: ['tekun'] }, cap: 9000 }, { cap: 6000 }] },
          beyond: 'rest',
        },
      ],
      allowances: [
        {
          id: 'voucher',
          title: named('服务券', 'voucher'),
          note: named('券的说明', 'about the voucher'),
          period: 'month',
          cap: { classes: [{ when: ageFrom(80), cap: 30_000 }] },
          entitledOn: 'period',
        },
        { id: 'yearly', title: named('年度券', 'yearly voucher'), period: 'year', cap: 70_000 },
      ],
      benefits: [
        step('shop', {
          ...{ kind: 'discount', note: named('说明一', 'a note'), for: 'anyone', when: everyKey },
          ...{ amount: fixed(120), limits: ['week'], leavesAtLeastFen: 200 },
        }),
        subsidy('shared', {
          when: { all: [ageFrom(64), { any: [ageFrom(65), ageFrom(66), ageFrom(67), { meal: ['lunch'] }] }] },
          amount: {
            kind: 'classes',
            choose: 'best',
            classes: [
              {
                when: ageFrom(75),
                amount: fixed(310),
                note: named('说明二', 'class note'),
                funds: [
                  { fund: 'city', share: 2 },
                  { fund: 'street', share: 3 },
                ],
              },
              {
                when: { any: [{ ...ageFrom(70), guest: false }, ageFrom(71)] },
                amount: { kind: 'classes', choose: 'sum', classes: [{ when: ageFrom(76), amount: fixed(7) }] },
              },
            ],
          },
          fund: undefined,
          funds: [
            { fund: 'city', share: 60 },
            { fund: 'street', share: 40 },
          ],
          limits: ['week', 'money'],
          allowance: 'voucher',
        }),
        ...plainAmounts.map((amount, index) => subsidy(`plain${index}`, { amount })),
        step('more', {
          kind: 'surcharge',
          for: 'guest',
          amount: { kind: 'fraction', numerator: 1, denominator: 12, of: 'running' },
        }),
        step('one-of', {
          ...{ kind: 'choice', note: named('说明三', 'choice note'), when: { meal: ['lunch'] }, choose: 'best' },
          options: [subsidy('left', {}), step('right', { kind: 'discount', amount: fixed(130), limits: ['money'] })],
        }),
        step('operator', { kind: 'operator', amount: { kind: 'percent', percent: 5, of: 'running' }, fund: 'street' }),
      ],
      stipends: [{ id: 'monthly', title: named('津贴', 'stipend'), fund: 'city', when: everyPersonKey, fen: 5000 }],
    },
  ],
  vectors: [
    {
      ...{ id: 'v', scheme: 'WHOLE', person: 'guest' },
      visit: { date: businessDate.parse('2026-01-05'), listPriceFen: 0 },
      expect: { discountFen: 0, subsidyFen: {}, ownPayFen: 0 },
    },
  ],
}
