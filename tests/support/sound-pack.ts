const words = (zh: string, en: string) => ({ zh, en })
const fixed = (fen: number) => ({ kind: 'fixed', fen })
const household = { unit: 'city', is: 'site' }

/** A pack in which nothing is to be found: one of each kind of step, and vectors that take every one. Tests seed their faults in it. */
export const soundBase = {
  format: 1,
  id: 'BASE',
  title: words('基准', 'base'),
  area: 'A',
  calendar: { holidays: ['2026-01-01', '2026-10-01'], makeUpDays: ['2026-10-10'] },
  funds: [
    { id: 'city', title: words('市级', 'city'), source: 'public' },
    { id: 'street', title: words('街道', 'street'), source: 'public' },
  ],
  categories: [
    { id: 'dibao', title: words('低保', 'minimum living allowance') },
    { id: 'tekun', title: words('特困', 'destitute') },
    { id: 'in_institution', title: words('住养老机构', 'lives in an institution') },
  ],
  versions: [
    {
      id: 'BASE-2025',
      from: '2025-01-01',
      to: '2025-12-31',
      rounding: { unitFen: 1, mode: 'half-up' },
      limits: [],
      benefits: [
        {
          id: 'city-2025',
          kind: 'subsidy',
          title: words('市级补贴', 'City subsidy'),
          when: { age: { atLeast: 60 }, meal: ['lunch'] },
          amount: fixed(300),
          fund: 'city',
        },
      ],
    },
    {
      id: 'BASE-2026',
      from: '2026-01-01',
      rounding: { unitFen: 1, mode: 'half-up' },
      services: [
        { id: 'cleaning', title: words('助洁', 'cleaning'), group: 'home', unit: words('小时', 'hour'), fen: 5000 },
      ],
      limits: [
        { id: 'meal', period: 'meal', unit: 'count', cap: 1 },
        { id: 'money', period: 'month', unit: 'fen', cap: 3000 },
      ],
      allowances: [{ id: 'voucher', title: words('服务券', 'voucher'), period: 'month', cap: 60_000 }],
      benefits: [
        {
          id: 'shop',
          kind: 'discount',
          title: words('本店优惠', 'Shop discount'),
          when: { age: { atLeast: 60 } },
          amount: { kind: 'percent', percent: 10, of: 'list' },
        },
        {
          id: 'city',
          kind: 'subsidy',
          title: words('市级补贴', 'City subsidy'),
          when: { age: { atLeast: 60 }, household, meal: ['lunch', 'dinner'] },
          amount: {
            kind: 'classes',
            classes: [
              { when: { age: { atLeast: 80 } }, amount: fixed(500) },
              { when: { age: { atLeast: 70, below: 80 } }, amount: fixed(300) },
              { when: { age: { atLeast: 60, below: 70 } }, amount: fixed(200) },
            ],
          },
          fund: 'city',
          limits: ['meal'],
        },
        {
          id: 'street',
          kind: 'subsidy',
          title: words('街道补贴', 'Street subsidy'),
          when: {
            category: ['dibao', 'tekun'],
            none: [{ category: ['in_institution'] }],
            listPrice: { atLeast: 1000 },
            workingDay: true,
          },
          amount: fixed(100),
          fund: 'street',
          limits: ['money'],
        },
        {
          id: 'cleaning',
          kind: 'subsidy',
          title: words('助洁券', 'Cleaning voucher'),
          when: { serviceGroup: ['home'] },
          amount: { kind: 'percent', percent: 50, of: 'list', capFen: 3000 },
          fund: 'city',
          allowance: 'voucher',
        },
        {
          id: 'guest',
          kind: 'surcharge',
          title: words('访客加价', 'Guest surcharge'),
          for: 'guest',
          amount: fixed(500),
        },
        {
          id: 'operator',
          kind: 'operator',
          title: words('运营补助', 'Operator'),
          when: { siteGrade: [1] },
          amount: fixed(200),
          fund: 'street',
        },
        {
          id: 'extra',
          kind: 'choice',
          title: words('额外优惠', 'Extra discount'),
          choose: 'first',
          options: [
            {
              id: 'extra-dibao',
              kind: 'discount',
              title: words('低保优惠', 'For the poor'),
              when: { category: ['dibao'] },
              amount: fixed(200),
            },
            {
              id: 'extra-old',
              kind: 'discount',
              title: words('高龄优惠', 'For the oldest'),
              when: { age: { atLeast: 90 } },
              amount: fixed(100),
            },
          ],
        },
      ],
      stipends: [
        {
          id: 'aged-80',
          title: words('高龄津贴（80 至 89 岁）', 'Allowance, 80 to 89'),
          fund: 'street',
          when: { age: { atLeast: 80, below: 90 } },
          fen: 5000,
        },
        {
          id: 'aged-90',
          title: words('高龄津贴（90 岁起）', 'Allowance, 90 and older'),
          fund: 'street',
          when: { age: { atLeast: 90 } },
          fen: 10_000,
        },
      ],
    },
  ],
  vectors: [
    {
      id: 'last year',
      scheme: 'BASE',
      person: { birthDate: '1950-01-01' },
      visit: { date: '2025-05-06', meal: 'lunch', listPriceFen: 1500 },
      expect: { discountFen: 0, subsidyFen: { city: 300 }, ownPayFen: 1200 },
    },
    {
      id: 'poor and 82',
      scheme: 'BASE',
      person: { birthDate: '1944-03-02', household: { city: 'A' }, categories: ['dibao'] },
      visit: { date: '2026-11-20', meal: 'lunch', listPriceFen: 1500, site: { city: 'A', grade: 1 } },
      expect: {
        discountFen: 350,
        subsidyFen: { city: 500, street: 100 },
        ownPayFen: 550,
        operatorFen: 200,
        stipendFen: { 'aged-80': 5000 },
      },
    },
    {
      id: 'cleaning at 92',
      scheme: 'BASE-2026',
      person: { birthDate: '1934-03-02' },
      balances: { voucher: 2000 },
      visit: { date: '2026-11-20', service: 'cleaning', listPriceFen: 5000 },
      expect: { discountFen: 600, subsidyFen: { city: 2000 }, ownPayFen: 2400, stipendFen: { 'aged-90': 10_000 } },
    },
    {
      id: 'guest',
      scheme: 'BASE',
      person: 'guest',
      visit: { date: '2026-11-20', meal: 'lunch', listPriceFen: 1500 },
      expect: { discountFen: -500, subsidyFen: {}, ownPayFen: 2000 },
    },
  ],
}

/** A copy of JSON with some places changed; the keys are paths such as `a.b[2].c`. `undefined` takes a member out, a place past the end adds one. */
export function edited(json: unknown, edits: Readonly<Record<string, unknown>>): unknown {
  return Object.entries(edits).reduce(
    (copy, [path, value]) => withValue(copy, path.match(/[^.[\]]+/g) ?? [], value),
    json,
  )
}

function withValue(json: unknown, [key, ...rest]: readonly string[], value: unknown): unknown {
  if (key === undefined) return value
  if (Array.isArray(json)) {
    const items: unknown[] = [...json]
    const inner = withValue(items[Number(key)], rest, value)
    items.splice(Number(key), 1, ...(inner === undefined ? [] : [inner]))
    return items
  }
  const members = typeof json === 'object' && json !== null ? Object.entries(json) : []
  const inner = withValue(members.find(([name]) => name === key)?.[1], rest, value)
  const changed = members.map(([name, old]) => [name, name === key ? inner : old] as const)
  const all = members.some(([name]) => name === key) ? changed : [...changed, [key, inner] as const]
  return Object.fromEntries(all.filter(([, each]) => each !== undefined))
}
