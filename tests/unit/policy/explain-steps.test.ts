import { describe, expect, test } from 'vitest'
import { explainPack } from '../../../shared/policy/explain/explain-pack.ts'
import { phrasesZh } from '../../../shared/policy/explain/phrases-zh.ts'
import { saidOf } from '../../support/explained.ts'
import { discountStep, packOf, subsidyStep } from '../../support/policy-kit.ts'

const service = { title: { zh: '助浴', en: 'bathing' }, unit: { zh: '次', en: 'visit' } }
const services = [
  { ...service, id: 'bath', group: 'home' },
  { ...service, id: 'clean', group: 'yard' },
]
const serviceGroups = [
  { id: 'home', title: { zh: '居家', en: 'at home' } },
  { id: 'yard', title: { zh: '庭院', en: 'in the yard' } },
]

/** What stands between "step 1, a: if" and "then" of a subsidy of 3 yuan with one condition. */
function conditionSaid(when: object) {
  const { zh, en } = saidOf([subsidyStep('a', 300, { when })], { services, serviceGroups })
  const line = (lines: readonly string[]) => lines.find(text => /^(第 1 步|Step 1,)/.test(text)) ?? ''
  return [
    /：(.*)的，补贴 3 元/.exec(line(zh))?.[1] ?? line(zh),
    /: if (.*), then a subsidy of 3 yuan/.exec(line(en))?.[1] ?? line(en),
  ]
}

const someone = 'the person'
const price = { atLeast: 1300, below: 2050 }

describe('a condition is a clause', () => {
  test.each<[object, string, string]>([
    [
      { age: { atLeast: 60, below: 70 } },
      '年满 60 周岁、不满 70 周岁',
      `${someone} is at least 60 and not yet 70 years old`,
    ],
    [
      { born: { to: '1949-09-30' } },
      '1949 年 9 月 30 日及以前出生',
      `${someone} was born on 30 September 1949 or earlier`,
    ],
    [
      { born: { from: '1930-02-01' } },
      '1930 年 2 月 1 日及以后出生',
      `${someone} was born on 1 February 1930 or later`,
    ],
    [{ category: ['dibao'] }, '属于“dibao”', `${someone} belongs to “dibao”`],
    [{ category: ['dibao', 'tekun'] }, '属于“dibao”“tekun”之一', `${someone} belongs to “dibao” or “tekun”`],
    [{ household: { unit: 'city', is: 'site' } }, '户籍与站点同市', `${someone} is registered in the city of the site`],
    [
      { household: { unit: 'district', is: ['D1', 'D2'] } },
      '户籍所在区（县）为“D1”或“D2”',
      `${someone} is registered in the district “D1” or “D2”`,
    ],
    [
      { residence: { unit: 'street', is: 'site' } },
      '常住地与站点同街道（镇）',
      `${someone} lives in the street of the site`,
    ],
    [{ careGrade: { atLeast: 2 } }, '失能等级为 2 级及以上', 'the care grade is 2 or higher'],
    [{ careGrade: { atLeast: 2, atMost: 3 } }, '失能等级为 2 至 3 级', 'the care grade is 2 or higher and 3 or lower'],
    [{ heightCm: { below: 120 } }, '身高不到 120 厘米', 'the height is less than 120 cm'],
    [{ guest: true }, '未确认身份（访客）', 'nobody was identified (a guest)'],
    [{ meal: ['breakfast', 'lunch', 'dinner'] }, '餐次为早餐、午餐或晚餐', 'the meal is breakfast, lunch or dinner'],
    [{ weekday: [5, 1, 2, 3, 4] }, '当天为周一至周五中的一天', 'the day is one from Monday to Friday'],
    [{ weekday: [1, 7] }, '当天为周一或周日', 'the day is Monday or Sunday'],
    [{ workingDay: true }, '当天为工作日', 'the day is a working day'],
    [{ workingDay: false }, '当天不是工作日', 'the day is not a working day'],
    [
      { time: { from: '10:30', before: '13:00' } },
      '时间在 10:30 及以后、13:00 以前（不含 13:00）',
      'the time is 10:30 or later and before 13:00 (not 13:00 itself)',
    ],
    [{ channel: ['dine-in', 'delivery'] }, '取餐方式为堂食或送餐', 'the meal is eaten in or delivered'],
    [{ set: ['A'] }, '所选套餐为“A”', 'the set chosen is “A”'],
    [{ service: ['bath'] }, '服务项目为“助浴”', 'the service is “bathing”'],
    [
      { serviceGroup: ['home'] },
      '服务项目属于目录的“居家”组',
      'the service is in the group “at home” of the catalogue',
    ],
    [
      { serviceGroup: ['yard', 'home'] },
      '服务项目在目录中（不在目录中的、没有服务项目的不算）',
      'the service is in the catalogue (others, and visits without a service, do not count)',
    ],
    [
      { minutes: { atLeast: 60 } },
      '服务时长 60 分钟及以上（没有签退、时长不明的不算）',
      'the service took at least 60 minutes (without a check-out the length is not known and not enough)',
    ],
    [{ paidByInsurance: true }, '本次由长期护理保险支付', 'long-term-care insurance pays this visit'],
    [
      { paidByInsurance: false },
      '本次不由长期护理保险支付（没有记录的视为不支付）',
      'long-term-care insurance does not pay this visit (it does not where nothing is recorded)',
    ],
    [{ siteGrade: [1, 2] }, '站点等级为 1 级或 2 级', 'the grade of the site is 1 or 2'],
    [{ siteMode: ['M1'] }, '站点类型为“M1”', 'the site is of the kind “M1”'],
    [{ sitePlace: { unit: 'city', is: ['A'] } }, '站点所在市为“A”', 'the site lies in the city “A”'],
    [{ listed: true }, '站点在白名单上', 'the site is on the whitelist'],
    [{ listed: false }, '站点不在白名单上（已摘牌）', 'the site is not on the whitelist'],
    [
      { listPrice: price },
      '原价 13 元以上（含 13 元）、低于 20.50 元（不含 20.50 元）',
      'the list price is at least 13 yuan and less than 20.50 yuan (not 20.50 yuan itself)',
    ],
    [
      { runningPrice: { moreThan: 1200 } },
      '当前价超过 12 元（不含 12 元）',
      'the running price is more than 12 yuan (not 12 yuan itself)',
    ],
    [{ listPrice: { atLeast: 1500, atMost: 1500 } }, '原价正好 15 元', 'the list price is exactly 15 yuan'],
    [{ runningPrice: { atMost: 1200 } }, '当前价 12 元以下（含 12 元）', 'the running price is at most 12 yuan'],
    [
      { none: [{ category: ['tekun'] }, { category: ['dibao'] }] },
      '不属于“tekun”“dibao”中任何一类',
      `${someone} does not belong to “tekun” or “dibao”`,
    ],
    [{ none: [{ meal: ['lunch'] }] }, '不符合‘餐次为午餐’', 'it is not so that ‘the meal is lunch’'],
    [
      { any: [{ meal: ['lunch'] }, { channel: ['takeaway'] }] },
      '餐次为午餐，或者取餐方式为外带',
      'the meal is lunch, or the meal is taken away',
    ],
    [
      { all: [{ meal: ['lunch'], workingDay: true }], channel: ['dine-in'] },
      '餐次为午餐，当天为工作日，且取餐方式为堂食',
      'the meal is lunch, the day is a working day, and the meal is eaten in',
    ],
  ])('%o', (when, zh, en) => {
    expect(conditionSaid(when)).toEqual([zh, en])
  })
})

test('"and" and "or" never stand in one sentence: what nests becomes numbered points', () => {
  const when = {
    meal: ['lunch'],
    any: [{ age: { atLeast: 80 } }, { age: { atLeast: 60 }, category: ['dibao'] }],
    none: [
      { meal: ['dinner'] },
      { channel: ['delivery'], any: [{ listPrice: { atLeast: 100 } }, { category: ['tekun'] }] },
    ],
  }
  const lines = explainPack(packOf([subsidyStep('a', 300, { when })]), 'zh')
  expect(lines.slice(lines.indexOf('步骤') + 1)).toEqual([
    '  第 1 步　a：同时符合下列各项的，补贴 3 元，由city支付：',
    '    （1）符合下列任一项：',
    '      （1.1）年满 80 周岁；',
    '      （1.2）年满 60 周岁，且属于“dibao”；',
    '    （2）下列各项都不符合：',
    '      （2.1）餐次为晚餐；',
    '      （2.2）同时符合下列各项：',
    '        （2.2.1）原价 1 元以上（含 1 元），或者属于“tekun”；',
    '        （2.2.2）取餐方式为送餐；',
    '    （3）餐次为午餐。',
  ])
})

test('more than three alternatives are points, too', () => {
  const any = [60, 70, 80, 90].map(atLeast => ({ age: { atLeast }, meal: ['lunch'] }))
  const short = any.map(({ age }) => ({ age }))
  for (const alternatives of [any, short])
    expect(saidOf([subsidyStep('a', 300, { when: { any: alternatives } })]).zh).toContain(
      '第 1 步　a：符合下列任一项的，补贴 3 元，由city支付：',
    )
})

test('where condition and amount both have points, those of the condition come first', () => {
  const when = { none: [{ any: [{ meal: ['lunch'], workingDay: true }, { channel: ['delivery'] }] }] }
  const classes = [{ when: { category: ['dibao'] }, amount: { kind: 'fixed', fen: 500 } }]
  const step = subsidyStep('a', 0, { when, amount: { kind: 'classes', classes }, note: { zh: '注', en: 'remark' } })
  const { zh } = saidOf([step])
  expect(zh.slice(zh.indexOf('步骤') + 1)).toEqual([
    '第 1 步　a（说明：注）：下列各项都不符合的，享受这一步，金额在各项之后写明：',
    '（1）符合下列任一项：',
    '（1.1）餐次为午餐，且当天为工作日；',
    '（1.2）取餐方式为送餐。',
    '给予补贴，由city支付，金额按下列各类中最先符合的一类：',
    '（1）属于“dibao”的，5 元；',
    '（2）以上都不符合的，不予补贴。',
  ])
})

describe('an amount says what is taken of which price, how it is rounded and who pays', () => {
  const half = { unitFen: 50, mode: 'half-up' }
  test.each<[object, string, string]>([
    [{ kind: 'fixed', fen: 250 }, '补贴 2.50 元，由city支付', 'a subsidy of 2.50 yuan, paid by city'],
    [
      { kind: 'percent', percent: 25, of: 'list', capFen: 300 },
      '补贴原价的 25%，最多 3 元，由city支付',
      'a subsidy of 25% of the list price, at most 3 yuan, paid by city',
    ],
    [
      { kind: 'percent', percent: 10, of: 'running', rounding: half },
      '补贴当前价的 10%（取最接近的 0.50 元的整数倍，居中的往上取），由city支付',
      'a subsidy of 10% of the running price (rounded to a multiple of 0.50 yuan, halves up), paid by city',
    ],
    [
      { kind: 'percent', percent: 100, of: 'running' },
      '补贴当前价的全部，由city支付',
      'a subsidy of all of the running price, paid by city',
    ],
    [
      { kind: 'fraction', numerator: 1, denominator: 3, of: 'list' },
      '补贴原价的三分之一，由city支付',
      'a subsidy of 1/3 of the list price, paid by city',
    ],
    [
      { kind: 'fraction', numerator: 3, denominator: 10, of: 'list' },
      '补贴原价的十分之三，由city支付',
      'a subsidy of 3/10 of the list price, paid by city',
    ],
    [
      { kind: 'fraction', numerator: 7, denominator: 12, of: 'list', rounding: { unitFen: 10, mode: 'down' } },
      '补贴原价的 7/12（向下舍到 0.10 元的整数倍），由city支付',
      'a subsidy of 7/12 of the list price (rounded down to a multiple of 0.10 yuan), paid by city',
    ],
    [
      { kind: 'price', fen: 600, capFen: 900 },
      '把价格降到 6 元，最多减 9 元，减去的部分由city支付',
      'the price comes down to 6 yuan, by at most 9 yuan, and what is taken off is paid by city',
    ],
    [
      { kind: 'price-percent', percent: 80, of: 'list', rounding: { unitFen: 100, mode: 'up' } },
      '把价格降到原价的 80%（向上进到 1 元的整数倍），减去的部分由city支付',
      'the price comes down to 80% of the list price (rounded up to a multiple of 1 yuan), and what is taken off is paid by city',
    ],
  ])('%o', (amount, zh, en) => {
    const said = saidOf([subsidyStep('a', 0, { amount })])
    expect(said.zh).toContain(`第 1 步　a：${zh}。`)
    expect(said.en).toContain(`Step 1, a: ${en}.`)
  })

  test('several funds by their shares, with the rule for what does not divide', () => {
    const funds = [
      { fund: 'city', share: 60 },
      { fund: 'street', share: 40 },
    ]
    const said = saidOf([subsidyStep('a', 300, { fund: undefined, funds })])
    expect(said.zh).toContain('第 1 步　a：补贴 3 元，由city、street按 60∶40 分担。')
    expect(said.zh.join('')).toContain('补贴总额先取整，再按各方比例占比例之和的份额分担')
    expect(said.en).toContain('Step 1, a: a subsidy of 3 yuan, shared by city and street as 60:40.')
    expect(saidOf([subsidyStep('a', 300)]).zh.join('')).not.toContain('尾数')
    expect(saidOf([subsidyStep('a', 300, { fund: undefined, funds: funds.slice(0, 1) })]).zh.join('')).not.toContain(
      '尾数',
    )
  })

  test.each([
    [
      'first',
      '金额按下列各类中最先符合的一类',
      'by the first of the following classes that holds',
      '不属于以上各类的，1 元',
    ],
    [
      'best',
      '金额按下列各类中符合而最高的一类（一样高的取排在前面的）',
      'by the highest of the following classes that hold (the first of equals)',
      '不论何种情况的，1 元',
    ],
    [
      'sum',
      '金额为下列各类中所有符合的相加',
      'by the sum of all of the following classes that hold',
      '不论何种情况的，1 元',
    ],
  ])('classes: %s', (choose, zh, en, others) => {
    const dibao = { when: { category: ['dibao'] }, amount: { kind: 'fixed', fen: 500 }, note: { zh: '甲', en: 'A' } }
    const rest = { amount: { kind: 'fixed', fen: 100 } }
    const step = (classes: readonly object[]) => subsidyStep('a', 0, { amount: { kind: 'classes', choose, classes } })
    const open = saidOf([step([dibao, rest])])
    expect(open.zh).toEqual(
      expect.arrayContaining([
        `第 1 步　a：给予补贴，由city支付，${zh}：`,
        '（1）属于“dibao”的，5 元（说明：甲）；',
        `（2）${others}。`,
      ]),
    )
    expect(open.en).toContain(`Step 1, a: a subsidy, paid by city, ${en}:`)
    expect(saidOf([step([dibao])]).zh).toContain('（2）以上都不符合的，不予补贴。')
  })

  test('classes within classes: where no inner one holds, the outer does not either', () => {
    const fixed = (fen: number) => ({ amount: { kind: 'fixed', fen } })
    const inner = { kind: 'classes', classes: [{ when: { meal: ['lunch'] }, ...fixed(200) }] }
    const classes = [{ when: { category: ['dibao'] }, amount: inner }, { amount: inner }]
    const { zh } = saidOf([subsidyStep('a', 0, { amount: { kind: 'classes', classes } })])
    expect(zh.slice(zh.indexOf('步骤') + 1)).toEqual([
      '第 1 步　a：给予补贴，由city支付，金额按下列各类中最先符合的一类：',
      '（1）属于“dibao”的，金额按下列各类中最先符合的一类：',
      '（1.1）餐次为午餐的，2 元；',
      '（1.2）以上都不符合的，不算这一类，再看其余各类；',
      '（2）不属于以上各类的，金额按下列各类中最先符合的一类：',
      '（2.1）餐次为午餐的，2 元；',
      '（2.2）以上都不符合的，不算这一类，再看其余各类；',
      '（3）以上都不符合的，不予补贴。',
    ])
  })
})

describe('each kind of step is named by what it does', () => {
  const fixed = { kind: 'fixed', fen: 200 }
  const step = (kind: string, more: object) => ({ id: 'x', title: { zh: '某步', en: 'a step' }, kind, ...more })
  test.each<[object, string, string]>([
    [
      step('discount', { amount: fixed }),
      '第 1 步　某步：站点优惠：减 2 元。',
      'Step 1, a step: a site discount of 2 yuan.',
    ],
    [
      step('discount', { amount: { kind: 'price', fen: 900 } }),
      '第 1 步　某步：站点优惠：把价格降到 9 元。',
      'Step 1, a step: a site discount: the price comes down to 9 yuan.',
    ],
    [
      step('surcharge', { for: 'guest', amount: fixed }),
      '第 1 步　某步：对访客，加收 2 元。',
      'Step 1, a step: for guests, 2 yuan is added to the price.',
    ],
    [
      step('discount', { for: 'anyone', when: { meal: ['lunch'] }, amount: fixed }),
      '第 1 步　某步：不论是否确认身份，餐次为午餐的，站点优惠：减 2 元。',
      'Step 1, a step: for anyone, if the meal is lunch, then a site discount of 2 yuan.',
    ],
    [
      step('discount', { amount: fixed, leavesAtLeastFen: 500, note: { zh: '注', en: 'remark' } }),
      '第 1 步　某步（说明：注）：站点优惠：减 2 元。这一步减后的价格不低于 5 元。',
      'Step 1, a step (note: remark): a site discount of 2 yuan. This step leaves a price of at least 5 yuan.',
    ],
    [
      step('operator', { fund: 'city', amount: { kind: 'percent', percent: 10, of: 'running' } }),
      '某步：本次有资金实际补贴时，另付经营方个人实付的 10%，由city支付。',
      'a step: where a fund in fact subsidises the visit, the operator also earns 10% of what the person pays, paid by city.',
    ],
  ])('%o', (benefit, zh, en) => {
    const said = saidOf([benefit])
    expect(said.zh).toContain(zh)
    expect(said.en).toContain(en)
  })

  test('what the operator earns has no number and counts for no step', () => {
    const { zh } = saidOf([step('operator', { fund: 'city', amount: fixed }), subsidyStep('a', 300)])
    expect(zh).toContain('第 1 步　a：补贴 3 元，由city支付。')
    expect(zh.join('')).not.toContain('第 2 步')
  })

  test.each([
    [
      'first',
      '下列各种只享受一种，取排在最前、实际有金额的一种',
      'only one of the following is given, the first that gives anything',
    ],
    [
      'best',
      '下列各种只享受一种，取实际金额最高的一种（一样高的取排在前面的）',
      'only one of the following is given, the one that in fact gives most (the first of equals)',
    ],
  ])('a choice: %s', (choose, zh, en) => {
    const options = [subsidyStep('a', 300), discountStep('b', 10, { for: 'guest', when: { meal: ['lunch'] } })]
    const said = saidOf([step('choice', { choose, for: 'anyone', options })])
    expect(said.zh).toEqual(
      expect.arrayContaining([
        `第 1 步　某步：不论是否确认身份，${zh}：`,
        '（1）a：对已确认身份的人，补贴 3 元，由city支付；',
        '（2）b：对访客，餐次为午餐的，站点优惠：减当前价的 10%。',
      ]),
    )
    expect(said.en).toContain(`Step 1, a step: for anyone, ${en}:`)
  })

  test('an option for anyone of a choice for persons is for persons', () => {
    const options = [subsidyStep('a', 300, { for: 'anyone' }), subsidyStep('b', 100)]
    expect(saidOf([step('choice', { choose: 'first', options })]).zh).toContain('（1）a：补贴 3 元，由city支付；')
  })
})

test('sections of a long explanation are numbered in characters, also beyond ten', () => {
  const numbered = (number: number) => phrasesZh.heading(number, '')
  expect([1, 10, 11, 19, 20, 21, 68].map(numbered)).toEqual([
    ...['一、', '十、', '十一、', '十九、', '二十、', '二十一、', '六十八、'],
  ])
})
