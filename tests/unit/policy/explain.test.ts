import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { runPolicyExplain } from '../../../electron/core/bureau/explain-pack.ts'
import { shippedPacks } from '../../../electron/core/pack-files.ts'
import { explainPack } from '../../../shared/policy/explain/explain-pack.ts'
import { saidOf, trimmed } from '../../support/explained.ts'
import { discountStep, packJson, soundPack, subsidyStep } from '../../support/policy-kit.ts'

describe('limits', () => {
  const limited = (limits: readonly object[], steps = [subsidyStep('a', 300, { limits: ['x'] })]) =>
    saidOf(steps, { limits })
  const limit = (more: object) => ({ id: 'x', period: 'day', unit: 'count', cap: 1, ...more })

  test.each([
    ['meal', '每餐（同一天的早、午、晚各算一餐）', 'meal'],
    ['day', '每日', 'day'],
    ['week', '每周（周一至周日）', 'week (Monday to Sunday)'],
    ['month', '每月', 'month'],
    ['year', '每年', 'year'],
  ])('by number a %s', (period, zh, en) => {
    const said = limited([limit({ period, cap: 5 })])
    expect(said.zh).toEqual(
      expect.arrayContaining([
        '第 1 步　a：补贴 3 元，由city支付。受限额 1 约束。',
        `限额 1：每人${zh}最多补贴 5 次。`,
      ]),
    )
    expect(said.en).toContain(`Limit 1: a person is subsidised at most 5 times in a ${en}.`)
  })

  test.each([
    [
      undefined,
      '余额放不下一整笔的，这一笔都不给',
      'Where too little is left for a whole amount, nothing of that amount is given',
    ],
    ['rest', '余额放不下一整笔的，付到用完为止', 'Where too little is left for a whole amount, what is left is given'],
  ])('by money, beyond it: %s', (beyond, zh, en) => {
    const said = limited([limit({ unit: 'fen', cap: 3050, beyond })])
    expect(said.zh).toContain(`限额 1：每人每日最多补贴 30.50 元。${zh}。`)
    expect(said.en).toContain(`Limit 1: a person is subsidised by at most 30.50 yuan in a day. ${en}.`)
  })

  test('shared by steps, and by options of a step', () => {
    const drawing = (id: string) => subsidyStep(id, 100, { limits: ['x'] })
    const choice = {
      id: 'c',
      kind: 'choice',
      title: { zh: 'c', en: 'c' },
      choose: 'first',
      options: [subsidyStep('d', 1), drawing('e')],
    }
    const said = limited(
      [limit({ title: { zh: '每天一次', en: 'one a day' } })],
      [drawing('a'), subsidyStep('b', 1), choice],
    )
    expect(said.zh).toContain('限额 1（每天一次）：每人每日最多补贴 1 次。用于第 1 步、第 3 步（2），合并计算。')
    expect(said.en).toContain(
      'Limit 1 (one a day): a person is subsidised at most once in a day. For step 1 and step 3(2) together.',
    )
  })

  test('by class of people', () => {
    const cap = {
      classes: [
        { when: { age: { atLeast: 80 } }, cap: 2 },
        { when: { category: ['dibao'] }, cap: 1 },
      ],
    }
    const { zh } = limited([limit({ cap })])
    expect(zh).toEqual(
      expect.arrayContaining([
        '限额 1：每人每日最多补贴几次，按下列各类中最先符合的一类：',
        '（1）年满 80 周岁的，2 次；',
        '（2）属于“dibao”的，1 次；',
        '（3）以上都不符合的，不能享受受此限额约束的各步。',
      ]),
    )
  })

  test('that go on when the version changes in mid-period', () => {
    const json = packJson([subsidyStep('a', 300, { limits: ['x'] })], { limits: [limit({ period: 'month' })] })
    const [version] = json.versions
    const said = (ofSecond: object) =>
      trimmed(
        explainPack(
          soundPack({
            ...json,
            versions: [
              { ...version, to: '2020-06-15' },
              { ...version, id: 'TEST-2', from: '2020-06-16', ...ofSecond },
            ],
          }),
          'zh',
        ),
      )
    const everywhere = '各版本的限额 1 是同一项：换版本时接着已用的数计算，不重新起算。'
    expect(said({})).toContain(everywhere)
    expect(said({}).filter(line => line.startsWith('限额 1'))).toEqual([
      '限额 1：每人每月最多补贴 1 次。',
      '限额 1：每人每月最多补贴 1 次。',
    ])
    const moved = said({ limits: [limit({ id: 'y' }), limit({ period: 'month' })] })
    expect(moved).not.toContain(everywhere)
    expect(moved).toContain('限额 2：每人每月最多补贴 1 次。接着版本 TEST-1 已用的数计算，换版本不重新起算。')
  })

  test('that discounts draw on are not said to be of subsidies', () => {
    expect(limited([limit({})], [discountStep('a', 10, { limits: ['x'] })]).zh).toContain(
      '限额 1：每人每日最多享受 1 次。',
    )
  })

  test('how they go together: each must have room, but those that pay the rest', () => {
    const y = { id: 'y', period: 'month', unit: 'fen', cap: 900, beyond: 'rest' }
    const rule = '受几个限额约束的，每个都还有余量才给'
    const steps = [subsidyStep('a', 300, { limits: ['x', 'y', 'z'] })]
    const both = limited([limit({}), y, limit({ id: 'z', period: 'week' })], steps)
    expect(both.zh).toContain(`${rule}；写明“付到用完为止”的不受这一句影响。`)
    expect(limited([limit({}), limit({ id: 'y' }), limit({ id: 'z' })], steps).zh).toContain(`${rule}。`)
    expect(limited([limit({})]).zh.join('')).not.toContain(rule)
    const each = [subsidyStep('a', 300, { limits: ['x'] }), subsidyStep('b', 300, { limits: ['z'] })]
    expect(limited([limit({}), limit({ id: 'z' })], each).zh.join('')).not.toContain(rule)
    const english = 'Where a step has several limits, each must have room left'
    expect(both.en).toContain(`${english}; those that say that what is left is paid stay out of this.`)
    expect(limited([limit({}), limit({ id: 'y' }), limit({ id: 'z' })], steps).en).toContain(`${english}.`)
    expect(limited([limit({})]).en.join('')).not.toContain(english)
  })

  test('that no step draws on are said to be of no use', () => {
    const said = limited([limit({})], [subsidyStep('a', 300)])
    expect(said.zh).toContain('限额 1：每人每日最多补贴 1 次。没有一步用到它。')
    expect(said.en).toContain('Limit 1: a person is subsidised at most once in a day. No step uses it.')
  })

  test('of a meal or a day need no word on a change of version', () => {
    const json = packJson([subsidyStep('a', 300, { limits: ['x', 'y'] })], {
      limits: [limit({ period: 'meal' }), limit({ id: 'y' })],
    })
    const [version] = json.versions
    const versions = [
      { ...version, to: '2020-06-15' },
      { ...version, id: 'TEST-2', from: '2020-06-16' },
    ]
    expect(explainPack(soundPack({ ...json, versions }), 'zh').join('')).not.toContain('换版本')
  })

  test('go on from the latest version before, in whatever order the versions stand', () => {
    const monthly = (id: string) => limit({ id, period: 'month' })
    const json = packJson([subsidyStep('a', 300, { limits: ['x'] })], { limits: [monthly('x')] })
    const [version] = json.versions
    const versions = [
      { ...version, id: 'SECOND', from: '2020-06-01', to: '2020-06-30' },
      { ...version, id: 'FIRST', to: '2020-05-31' },
      { ...version, id: 'THIRD', from: '2020-07-01', limits: [monthly('y'), monthly('x')] },
    ]
    expect(trimmed(explainPack(soundPack({ ...json, versions }), 'zh'))).toContain(
      '限额 2：每人每月最多补贴 1 次。接着版本 SECOND 已用的数计算，换版本不重新起算。',
    )
  })

  test('and allowances that are the same in all versions are named together', () => {
    const card = { id: 'card', title: { zh: '卡', en: 'card' }, period: 'month', cap: 500 }
    const said = (limits: readonly object[], language: 'zh' | 'en') => {
      const step = subsidyStep('a', 300, { allowance: 'card', limits: limits.length === 0 ? undefined : ['x'] })
      const json = packJson([JSON.parse(JSON.stringify(step))], { limits, version: { allowances: [card] } })
      const [version] = json.versions
      const versions = [
        { ...version, to: '2020-06-15' },
        { ...version, id: 'TEST-2', from: '2020-06-16' },
      ]
      return trimmed(explainPack(soundPack({ ...json, versions }), language)).filter(line =>
        /换版本|change of version/.test(line),
      )
    }
    const rule = ' of all versions are the same: what was used counts on over a change of version.'
    expect(said([], 'en')).toEqual([`“card”${rule}`])
    expect(said([], 'zh')).toEqual(['各版本的“卡”是同一项：换版本时接着已用的数计算，不重新起算。'])
    expect(said([limit({})], 'en')).toEqual([`Limit 1 and “card”${rule}`])
    expect(said([limit({})], 'zh')).toEqual([
      '各版本的限额 1 、“卡”分别是同一项：换版本时接着已用的数计算，不重新起算。',
    ])
  })
})

test('an allowance says what is issued, how long it is good and what it pays', () => {
  const allowances = [{ id: 'card', title: { zh: '服务卡', en: 'card' }, period: 'month', cap: 60_000 }]
  const said = saidOf([subsidyStep('a', 300, { allowance: 'card' })], { allowances })
  expect(said.zh).toEqual(
    expect.arrayContaining([
      '第 1 步　a：补贴 3 元，由city支付。从本人的“服务卡”中支付，余额不足的付到用完为止。',
      '“服务卡”（card）：每人每月发放 600 元。当月余额＝当月应发金额－当月已用且未作废的金额；没有用过的即为全额。当月有效，余额过期清零。',
    ]),
  )
  expect(said.en).toContain(
    '“card” (card): 600 yuan a person and month. The balance of a month is what is issued for it less what was used in it and not voided; without any use it is the whole. It is good for its month and then 0.',
  )
})

test('an allowance by class says who has a balance, and its step asks for it', () => {
  const card = (more: object) => ({ id: 'card', title: { zh: '服务卡', en: 'card' }, period: 'month', ...more })
  const dibao = { when: { category: ['dibao'] }, cap: 500 }
  const said = (more: object) =>
    saidOf([subsidyStep('a', 300, { allowance: 'card' })], { allowances: [card(more)] }).zh.join('')
  const closed = said({ cap: { classes: [dibao] } })
  expect(closed).toContain('第 1 步　a：本人当月发有“服务卡”的（见额度），补贴 3 元')
  expect(closed).toContain('当天不属于以上任何一类的，不能使用余额')
  expect(said({ cap: { classes: [dibao] }, entitledOn: 'period' })).toContain(
    '应发金额分别按消费当天和当月 1 日所属类别计算，取金额较高者，不发放的按 0 元',
  )
  const daily = said({ period: 'day', cap: { classes: [dibao] } })
  expect(daily).not.toContain('所属类别计算')
  const english = (classes: readonly object[]) =>
    saidOf([subsidyStep('a', 300, { allowance: 'card' })], { allowances: [card({ cap: { classes } })] }).en.join('')
  const closing = '; who is in none of these classes on that day cannot use the balance'
  expect(english([dibao])).toContain(closing)
  expect(english([dibao, { cap: 100 }])).not.toContain(closing)
  const open = said({ cap: { classes: [dibao, { cap: 100 }] } })
  expect(open).toContain('第 1 步　a：补贴 3 元')
  expect(open).not.toContain('不能使用余额')
})

describe('a site off the whitelist', () => {
  const said = (...steps: object[]) => saidOf(steps).zh.find(line => line.startsWith('站点被摘牌'))
  const listed = { when: { listed: true } }
  const choice = {
    ...{ id: 'c', kind: 'choice', title: { zh: 'c', en: 'c' }, choose: 'first', ...listed },
    options: [discountStep('d', 10), discountStep('e', 20)],
  }
  test.each([
    ['no discounts', [], '补贴停止，按原价收取'],
    ['a choice of discounts for listed sites', [choice], '站点优惠和补贴都停止'],
    ['a discount', [discountStep('b', 10)], '补贴停止；站点优惠照旧'],
    ['discounts for listed sites', [discountStep('b', 10, listed)], '站点优惠和补贴都停止'],
    [
      'some for listed sites',
      [discountStep('b', 10, listed), discountStep('c', 10)],
      '补贴停止；站点优惠照旧，但另有白名单条件的从其条件',
    ],
  ])('%s', (_name, discounts, rule) => {
    expect(said(subsidyStep('a', 300), ...discounts)).toBe(`站点被摘牌（不在白名单上）的，${rule}。`)
    expect(said(...discounts)).toBeUndefined()
  })
})

test('rounding names what rounded amounts are held against, and what is rounded', () => {
  const said = (step: object, inVersion: object = {}) => saidOf([step], inVersion).zh.join('')
  const percent = { kind: 'percent', percent: 10, of: 'list' }
  expect(said(subsidyStep('a', 0, { amount: { ...percent, capFen: 100 } }))).toContain('与上限比较取较小的')
  const allowances = [{ id: 'card', title: { zh: '服务卡', en: 'card' }, period: 'month', cap: 60_000 }]
  expect(said(subsidyStep('a', 0, { amount: percent, allowance: 'card' }), { allowances })).toContain(
    '与余额比较取较小的',
  )
  expect(said(discountStep('a', 10, { when: { runningPrice: { atLeast: 100 } } }))).toContain(
    '以后各步的价格条件看减后的价格',
  )
  expect(said(subsidyStep('a', 0, { amount: { ...percent, kind: 'price-percent' } }))).toContain(
    '“把价格降到”百分之几的，先把降到的价格四舍五入到 0.01 元（另有写明的除外），减去的是差额',
  )
})

test('what is not known: categories, conditions that must not hold, and the whitelist', () => {
  const said = (when: object) => saidOf([subsidyStep('a', 300, { when })]).zh.join('')
  const category = '没有登记为某一类的，视为不属于该类'
  const negated = '因此要求“不符合”它的，算做到了'
  expect(said({ none: [{ category: ['dibao'] }] })).toContain(category)
  expect(said({ none: [{ category: ['dibao'] }] })).not.toContain(negated)
  expect(said({ none: [{ meal: ['lunch'] }] })).toContain(negated)
  expect(said({ meal: ['lunch'] })).not.toContain(category)
  expect(said({ meal: ['lunch'] })).toContain('站点没有摘牌记录的，视为在白名单上')
})

test('where insurance may pay, what the person pays is before it settles', () => {
  const rule = '由长期护理保险支付的，这里的个人实付是保险结算前的金额。'
  expect(saidOf([subsidyStep('a', 300, { when: { paidByInsurance: false } })]).zh).toContain(rule)
  expect(saidOf([subsidyStep('a', 300)]).zh).not.toContain(rule)
})

test('a fund says its source where its name does not', () => {
  const fund = (title: string, source: string) =>
    saidOf([], {}, { funds: [{ id: 'city', title: { zh: title, en: title }, source }] }).zh
  expect(fund('市级财政', 'public')).toContain('市级财政（city）。')
  expect(fund('市级', 'public')).toContain('市级（city）：财政资金。')
  expect(fund('家庭资金', 'family')).toContain('家庭资金（city）：由家庭按协议分担，不计入个人实付。')
})

test('the working day names its versions where not all ask for it', () => {
  const json = packJson([subsidyStep('a', 300, { when: { workingDay: true } })])
  const [version] = json.versions
  const versions = [
    { ...version, to: '2020-12-31' },
    { ...version, id: 'B', from: '2021-01-01', benefits: [] },
  ]
  const zh = explainPack(soundPack({ ...json, versions }), 'zh')
  expect(zh.join('')).toContain('“工作日”（只用于版本 TEST-1）是周一至周五')
})

describe('general rules stand where they make a difference', () => {
  const meal = { id: 'x', period: 'meal', unit: 'count', cap: 1 }
  const services = [{ id: 'bath', title: { zh: '助浴', en: 'bathing' }, unit: { zh: '次', en: 'visit' } }]
  const fenLimit = (id: string, beyond: string) => ({ id, period: 'day', unit: 'fen', cap: 100, beyond })

  test.each<[string, object, object, string]>([
    ['a site off the whitelist', subsidyStep('a', 300), {}, '站点被摘牌（不在白名单上）的，补贴停止，按原价收取'],
    [
      'units of the site',
      subsidyStep('a', 1, { when: { household: { unit: 'city', is: 'site' } } }),
      {},
      '双方这一级都有登记且名称相同；更高各级中双方都有登记的也须相同',
    ],
    [
      'how limits count',
      subsidyStep('a', 1, { limits: ['x'] }),
      { limits: [meal] },
      '一次就餐或服务在一个次数限额里只计一次',
    ],
    [
      'services and limits by meal',
      subsidyStep('a', 1, { limits: ['x'] }),
      { limits: [meal], services },
      '没有餐次的服务，当日各次合算一餐',
    ],
    [
      'bringing a price down',
      subsidyStep('a', 1, { amount: { kind: 'price', fen: 600 } }),
      {},
      '当前价本来不高于它的，不减',
    ],
    [
      'limits that pay the rest before those that do not',
      subsidyStep('a', 1, { limits: ['x', 'y'] }),
      { limits: [fenLimit('x', 'rest'), fenLimit('y', 'nothing')] },
      '先减到余额付得出的金额，再看是否放得进其余的金额限额',
    ],
  ])('%s', (_name, step, inVersion, rule) => {
    expect(saidOf([step], inVersion).zh.filter(line => line.includes(rule))).toHaveLength(1)
    const without = discountStep('a', 10)
    expect(saidOf([without]).zh.join('')).not.toContain(rule)
  })

  test('whom steps are for: guests and strangers are spoken of at length only where a step may be for them', () => {
    const guests = '没有确认身份的人是访客，个人情况视为不明。'
    expect(saidOf([subsidyStep('a', 300)]).zh.join('')).not.toContain(guests)
    const { zh } = saidOf([discountStep('a', 10, { for: 'anyone' })])
    expect(zh.join('')).toContain(guests)
    expect(zh.join('')).toContain('出示了凭证但名册上查不到的人不是访客')
  })

  test('the order of steps, guests, unknown facts, the business day and days without rules are always said', () => {
    const { zh } = saidOf([])
    for (const rule of [
      '按各步的顺序逐步计算',
      '各步只给身份已确认、情况在册的人',
      '看这一情况的条件算不符合',
      '到次日 4:00 前为止',
      '按原价收取',
    ])
      expect(zh.join('')).toContain(rule)
  })

  const old = { when: { age: { atLeast: 60 } } }
  const rules = (inVersion: object, step: object = subsidyStep('a', 300, old)) => saidOf([step], inVersion)

  test.each([
    [
      undefined,
      '年龄按消费当天的周岁算，自生日当天起算满。',
      'Ages are those on the day of the visit; an age is reached on the birthday itself.',
    ],
    [
      'day-before',
      '年龄按消费当天的周岁算，自生日前一天起算满。',
      'Ages are those on the day of the visit; an age is reached on the day before the birthday.',
    ],
    [
      'day-after',
      '年龄按消费当天的周岁算，自生日后一天起算满。',
      'Ages are those on the day of the visit; an age is reached on the day after the birthday.',
    ],
    [
      'month',
      '年龄按消费当天的周岁算，自生日所在月的 1 日起算满。',
      'Ages are those on the day of the visit; an age is reached on the first day of the month of the birthday.',
    ],
    [
      'next-month',
      '年龄按消费当天的周岁算，自生日次月的 1 日起算满。',
      'Ages are those on the day of the visit; an age is reached on the first day of the month after the birthday.',
    ],
    [
      'year',
      '年龄按消费当天的周岁算，自满岁那年的 1 月 1 日起算满。',
      'Ages are those on the day of the visit; an age is reached on 1 January of the year of the birthday.',
    ],
  ])('when an age counts: %s', (ageRule, zh, en) => {
    const said = rules({ ageRule })
    expect(said.zh).toContain(zh)
    expect(said.en).toContain(en)
  })

  test('what those born on 29 February have for a birthday', () => {
    expect(rules({}).zh).toContain('2 月 29 日出生的，平年以 3 月 1 日为生日。')
    expect(rules({ ageRule: 'year' }).zh.join('')).not.toContain('2 月 29 日')
    expect(rules({ leapDayBirthday: '02-28' }).zh).toContain('2 月 29 日出生的，平年以 2 月 28 日为生日。')
  })

  test('ages only where something asks for one', () => {
    expect(rules({}, subsidyStep('a', 300)).zh.join('')).not.toContain('周岁')
  })

  test('rounding only where a part of a price is taken', () => {
    const rounding = '按比例算的，先把减去的金额四舍五入到 0.01 元（另有写明的除外），再从当前价中减去。'
    expect(rules({}, discountStep('a', 10)).zh).toContain(rounding)
    expect(rules({}, subsidyStep('a', 300)).zh).not.toContain(rounding)
    expect(rules({}, discountStep('a', 100)).zh).not.toContain(rounding)
  })

  test('what proof of who came a subsidy needs, and that nobody is turned away without it', () => {
    const stays = '做不到的也照常就餐，先按没有补贴的价格收取，补贴记为待补差；站点要求更严的，从其要求。'
    expect(rules({ leastAssurance: 'verified' }).zh).toContain(
      `享受补贴须由工作人员认出或比对本人，或由本人输入密码。${stays}`,
    )
    expect(rules({ leastAssurance: 'possessed', verifiedAboveFen: 2050 }).zh).toContain(
      `享受补贴须出示当场生成的动态码，或由工作人员认出或比对本人，或由本人输入密码；一次补贴合计超过 20.50 元（不含 20.50 元）的，须由工作人员认出或比对本人，或由本人输入密码。${stays}`,
    )
    expect(rules({ verifiedAboveFen: 3000 }).en.join('')).toContain('A subsidy of more than 30 yuan a visit')
    expect(rules({}).zh.join('')).not.toContain('照常就餐')
  })

  test('what a till without a network gives, and who bears what is beyond the limits', () => {
    const bounded = { mode: 'bounded', seniorDayFen: 600, seniorFen: 1800, terminalFen: 50_000, bearer: 'city' }
    expect(rules({ offline: bounded }).zh).toContain(
      '断网时核不到额度的，也先给补贴：每人每天不超过 6 元、联网核对前累计不超过 18 元，每台终端联网核对前累计不超过 500 元；事后查明超出限额的部分由“city”承担，不向长者追收。',
    )
    expect(rules({ offline: { mode: 'online' } }).zh.join('')).toContain('断网时不享受补贴')
    expect(rules({ offline: { mode: 'lease' } }).zh).toEqual(rules({}).zh)
  })

  test('what a person pays at least', () => {
    expect(rules({ minimumOwnPay: [{ fen: 100 }] }).zh).toContain('个人至少支付 1 元，站点优惠和补贴减到这个数为止。')
    const classes = rules({ minimumOwnPay: [{ when: { category: ['dibao'] }, fen: 0 }, { fen: 200 }] })
    expect(classes.zh).toEqual(expect.arrayContaining(['（1）属于“dibao”的，0 元；', '（2）不属于以上各类的，2 元。']))
    const none = 'otherwise nothing is asked for'
    expect(classes.en.join('')).not.toContain(none)
    expect(rules({ minimumOwnPay: [{ when: { category: ['dibao'] }, fen: 100 }] }).en.join('')).toContain(none)
  })

  test('a setting of all versions is said once, one of a single version in its place', () => {
    const json = packJson([subsidyStep('a', 300, old)])
    const [version] = json.versions
    const pack = (ageRule: string) =>
      explainPack(
        soundPack({
          ...json,
          versions: [
            { ...version, to: '2020-12-31' },
            { ...version, id: 'B', from: '2021-01-01', ageRule },
          ],
        }),
        'zh',
      )
    const ages = (lines: readonly string[]) =>
      lines.flatMap((line, index) => (line.startsWith('年龄按') ? [index] : []))
    expect(ages(pack('birthday'))).toHaveLength(1)
    const lines = pack('year')
    expect(ages(lines)).toHaveLength(2)
    expect(ages(lines)[0]).toBeGreaterThan(lines.findIndex(line => line.includes('版本 TEST-1')))
    expect(ages(lines)[1]).toBeGreaterThan(lines.findIndex(line => line.includes('版本 B')))
  })

  test('working days with their holidays, only where a rule asks for them', () => {
    const calendar = {
      holidays: ['2026-04-06', '2026-05-07', '2026-10-01', '2026-10-02', '2026-10-07', '2027-01-01'],
      makeUpDays: ['2026-10-10'],
    }
    const said = saidOf([subsidyStep('a', 300, { when: { workingDay: true } })], {}, { calendar })
    expect(said.zh).toEqual(
      expect.arrayContaining([
        '“工作日”是周一至周五，除去下列放假日（只列周一至周五的），加上下列调休上班日。没有列出的年份只看星期。',
        '2026 年放假 5 天：4 月 6 日、5 月 7 日、10 月 1 至 2 日、10 月 7 日；调休上班 1 天：10 月 10 日。',
        '2027 年放假 1 天：1 月 1 日。',
      ]),
    )
    expect(said.en).toContain(
      '2026: 5 days of holiday (April 6, May 7, October 1 to 2, October 7); 1 make-up day (October 10).',
    )
    expect(saidOf([subsidyStep('a', 300)], {}, { calendar }).zh.join('')).not.toContain('工作日')
  })
})

test('funds, pots, categories that follow, services and stipends', () => {
  const said = saidOf(
    [subsidyStep('a', 300, { when: { category: ['old'] } })],
    {
      services: [{ id: 'bath', title: { zh: '助浴', en: 'bathing' }, unit: { zh: '次', en: 'visit' }, fen: 6000 }],
      stipends: [
        { id: 's', title: { zh: '津贴', en: 'stipend' }, fund: 'city', when: { age: { atLeast: 80 } }, fen: 5000 },
      ],
    },
    {
      funds: [{ id: 'city', title: { zh: '市级', en: 'city' }, source: 'public', pot: { period: 'month' } }],
      categories: [{ id: 'old', title: { zh: '百岁', en: 'centenarian' }, follows: { age: { atLeast: 100 } } }],
    },
  )
  expect(said.zh).toEqual(
    expect.arrayContaining([
      '市级（city）：财政资金。每月有总额，用完为止。剩余总额不够付它应付的一份时，有它一份的那一笔（补贴或付经营方的）整笔不付。',
      '“百岁”（old）是指：已登记为这一类的人，或者年满 100 周岁的人。',
      '助浴（bath）每次 60 元。',
      '“津贴”（s）：年满 80 周岁的，每月 50 元，由市级发放。',
    ]),
  )
})

describe('the command', () => {
  const shipped = readdirSync(shippedPacks).flatMap(name => (name.endsWith('.json') ? [name.slice(0, -5)] : []))

  test.each(shipped)('explains the shipped pack %s in both languages', pack => {
    for (const language of ['zh', 'en'] as const) {
      const { lines, exitCode } = runPolicyExplain({ pack, language })
      expect(exitCode).toBe(0)
      expect(lines.length).toBeGreaterThan(10)
      expect(lines.join('\n')).not.toMatch(/undefined|null|NaN|\[object/)
    }
  })

  test('takes the path of a file', () => {
    expect(runPolicyExplain({ pack: join(shippedPacks, 'DEMO.json'), language: 'zh' })).toEqual(
      runPolicyExplain({ pack: 'DEMO', language: 'zh' }),
    )
  })

  test('says in both languages what it cannot read, with exit code 2', () => {
    const { lines, exitCode } = runPolicyExplain({ pack: 'no-such-pack', language: 'zh' })
    expect(exitCode).toBe(2)
    expect(lines).toEqual([
      expect.stringContaining('读不了文件 no-such-pack'),
      expect.stringContaining('cannot read the file no-such-pack'),
    ])
  })
})
