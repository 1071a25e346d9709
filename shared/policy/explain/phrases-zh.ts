import { fen, formatYuan } from '../../money.ts'
import type { PriceBounds, Rounding } from '../language.ts'
import { type DayRun, dayRuns, spanOf } from './day-runs.ts'
import type { Payer, Phrases, RuleNeeds } from './phrases.ts'

const units = { province: '省', city: '市', district: '区（县）', street: '街道（镇）', village: '村（社区）' }
const meals = { breakfast: '早餐', lunch: '午餐', dinner: '晚餐' }
const channels = { 'dine-in': '堂食', takeaway: '外带', delivery: '送餐' }
const weekdays = ['', '一', '二', '三', '四', '五', '六', '日']
const periods = {
  meal: '每餐（同一天的早、午、晚各算一餐）',
  day: '每日',
  week: '每周（周一至周日）',
  month: '每月',
  year: '每年',
}
const thisPeriod = { day: '当日', week: '当周', month: '当月', year: '当年' }
const firstDay = { day: '当天', week: '当周周一', month: '当月 1 日', year: '当年 1 月 1 日' }
const prices = { list: '原价', running: '当前价', own: '个人实付' }
const sources = {
  ...{ public: '财政资金', collective: '集体资金', charity: '慈善资金' },
  ...{ family: '家庭资金', insurance: '保险资金', site: '站点资金' },
}
const ageRules = {
  birthday: '生日当天',
  'day-before': '生日前一天',
  'day-after': '生日后一天',
  month: '生日所在月的 1 日',
  'next-month': '生日次月的 1 日',
  year: '满岁那年的 1 月 1 日',
}
const numerals = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九', '十']

const yuan = (amount: number) => `${formatYuan(fen(amount)).replace(/\.00$/, '')} 元`
const quoted = (text: string) => `“${text}”`
const quotes = (texts: readonly string[]) => texts.map(quoted).join('')
const list = (items: readonly string[]) => items.join('、')
const or = (items: readonly string[]) =>
  items.length < 2 ? items.join('') : `${list(items.slice(0, -1))}或${spaced(items.at(-1) ?? '')}`
/** Figures stand apart from the characters before them. */
const spaced = (text: string) => `${/^\d/.test(text) ? ' ' : ''}${text}`
const date = (text: string) =>
  `${Number(text.slice(0, 4))} 年 ${Number(text.slice(5, 7))} 月 ${Number(text.slice(8))} 日`
const paid = (amount: string, paidBy: string) => (paidBy === '' ? amount : `${amount}，${paidBy}`)
const fundsOf = (payers: readonly Payer[]) => list(payers.map(({ title }) => title))

function numeral(number: number): string {
  const [tens, ones] = [Math.floor(number / 10), number % 10]
  if (number <= 10) return numerals[number] ?? ''
  return `${tens === 1 ? '' : numerals[tens]}十${ones === 0 ? '' : numerals[ones]}`
}

function rounds({ unitFen, mode }: Rounding): string {
  const unit = yuan(unitFen)
  if (mode === 'up') return `向上进到 ${unit}的整数倍`
  if (mode === 'down') return `向下舍到 ${unit}的整数倍`
  return [1, 10, 100, 1000, 10_000].includes(unitFen)
    ? `四舍五入到 ${unit}`
    : `取最接近的 ${unit}的整数倍，居中的往上取`
}

function bounds({ atLeast, moreThan, atMost, below }: PriceBounds): string {
  if (atLeast !== undefined && atLeast === atMost && moreThan === undefined && below === undefined)
    return `正好 ${yuan(atLeast)}`
  return list([
    ...(atLeast === undefined ? [] : [`${yuan(atLeast)}以上（含 ${yuan(atLeast)}）`]),
    ...(moreThan === undefined ? [] : [`超过 ${yuan(moreThan)}（不含 ${yuan(moreThan)}）`]),
    ...(atMost === undefined ? [] : [`${yuan(atMost)}以下（含 ${yuan(atMost)}）`]),
    ...(below === undefined ? [] : [`低于 ${yuan(below)}（不含 ${yuan(below)}）`]),
  ])
}

function range(from: number | undefined, to: number | undefined, unit: string): string {
  if (from === undefined) return `${to} ${unit}及以下`
  if (to === undefined) return `${from} ${unit}及以上`
  return from === to ? `${from} ${unit}` : `${from} 至 ${to} ${unit}`
}

function daysOfYear(runs: readonly DayRun[]): string {
  return list(runs.map(({ month, from, to }) => `${month} 月 ${from}${from === to ? '' : ` 至 ${to}`} 日`))
}

const givenUnder = { subsidy: '补贴', discount: '享受' }

function counting({ limits, counts, several, rest }: RuleNeeds['counting']): string[] {
  const left = `受几个限额约束的，每个都还有余量才给${rest ? '；写明“付到用完为止”的不受这一句影响' : ''}`
  return [
    ...(limits ? ['限额只计本人已经享受、没有作废的部分'] : []),
    ...(counts ? ['一次就餐或服务在一个次数限额里只计一次，几步合用的也只计一次；没有实际减到钱的不计'] : []),
    ...(several ? [left] : []),
  ]
}

function rounding(given: Rounding, { amounts, target, bounds: most, threshold }: RuleNeeds['rounding']): string[] {
  const what = { taken: '减去', added: '加收', earned: '另付经营方' }
  const against = { cap: '上限', allowance: '余额' }
  const compared = most.length === 0 ? '' : `，与${list(most.map(name => against[name]))}比较取较小的`
  const first = `按比例算的，先把${amounts.map(name => what[name]).join('或')}的金额${rounds(given)}（另有写明的除外）`
  const taken = amounts.includes('taken')
    ? `${compared}，再从当前价中减去${threshold ? '；以后各步的价格条件看减后的价格' : ''}`
    : ''
  return [
    ...(amounts.length === 0 ? [] : [`${first}${taken}`]),
    ...(target ? [`“把价格降到”百分之几的，先把降到的价格${rounds(given)}（另有写明的除外），减去的是差额`] : []),
  ]
}

export const phrasesZh: Phrases = {
  words: ({ zh }) => zh,
  yuan,
  marker: numbers => `（${numbers.join('.')}）`,
  marks: { list: '：', item: '；', sentence: '。' },
  sentences: parts => parts.join('。'),
  heading: (number, text) => `${numeral(number)}、${text}`,
  every: parts => `${parts.slice(0, -1).join('，')}，且${parts.at(-1)}`,
  either: parts => parts.join('，或者'),
  not: part => `不符合‘${part}’`,
  heads: { every: '同时符合下列各项', either: '符合下列任一项', none: '下列各项都不符合' },

  guest: value => (value ? '未确认身份（访客）' : '已确认身份'),
  age: ({ atLeast, below }) =>
    list([
      ...(atLeast === undefined ? [] : [`年满 ${atLeast} 周岁`]),
      ...(below === undefined ? [] : [`不满 ${below} 周岁`]),
    ]),
  born: ({ from, to }) => {
    if (to === undefined) return `${date(from ?? '')}及以后出生`
    return from === undefined ? `${date(to)}及以前出生` : `${date(from)}至 ${date(to)}（含首尾两日）出生`
  },
  category: titles => `属于${quotes(titles)}${titles.length > 1 ? '之一' : ''}`,
  notCategory: titles => `不属于${quotes(titles)}${titles.length > 1 ? '中任何一类' : ''}`,
  place: (of, { unit, is }) => {
    const what = of === 'household' ? '户籍' : '常住地'
    return is === 'site' ? `${what}与站点同${units[unit]}` : `${what}所在${units[unit]}为${or(is.map(quoted))}`
  },
  careGrade: ({ atLeast, atMost }) => `失能等级为 ${range(atLeast, atMost, '级')}`,
  heightCm: ({ atLeast, below }) =>
    `身高${list([
      ...(atLeast === undefined ? [] : [` ${atLeast} 厘米及以上`]),
      ...(below === undefined ? [] : [`不到 ${below} 厘米`]),
    ])}`,
  meal: names => `餐次为${or(names.map(name => meals[name]))}`,
  weekday: days => {
    const span = spanOf(days)
    return `当天为${span === null ? or(days.map(day => `周${weekdays[day]}`)) : `周${weekdays[span.first]}至周${weekdays[span.last]}中的一天`}`
  },
  workingDay: value => (value ? '当天为工作日' : '当天不是工作日'),
  time: ({ from, before }) =>
    `时间在 ${list([
      ...(from === undefined ? [] : [`${from} 及以后`]),
      ...(before === undefined ? [] : [`${before} 以前（不含 ${before}）`]),
    ])}`,
  channel: names => `取餐方式为${or(names.map(name => channels[name]))}`,
  set: sets => `所选套餐为${or(sets.map(quoted))}`,
  service: titles => `服务项目为${or(titles.map(quoted))}`,
  serviceGroup: titles => `服务项目属于目录的${or(titles.map(quoted))}组`,
  wholeCatalogue: '服务项目在目录中（不在目录中的、没有服务项目的不算）',
  minutes: ({ atLeast }) => `服务时长 ${atLeast} 分钟及以上（没有签退、时长不明的不算）`,
  paidByInsurance: value => (value ? '本次由长期护理保险支付' : '本次不由长期护理保险支付（没有记录的视为不支付）'),
  siteGrade: grades => `站点等级为 ${or(grades.map(grade => `${grade} 级`))}`,
  siteMode: modes => `站点类型为${or(modes.map(quoted))}`,
  sitePlace: ({ unit, is }) => `站点所在${units[unit]}为${or(is.map(quoted))}`,
  listed: value => (value ? '站点在白名单上' : '站点不在白名单上（已摘牌）'),
  price: (of, given) => {
    const text = bounds(given)
    return `${prices[of]}${/^\d/.test(text) ? ' ' : ''}${text}`
  },

  percent: (percent, of) => `${prices[of]}的${percent === 100 ? '全部' : ` ${percent}%`}`,
  fraction: (numerator, denominator, of) =>
    denominator <= 10
      ? `${prices[of]}的${numeral(denominator)}分之${numeral(numerator)}`
      : `${prices[of]}的 ${numerator}/${denominator}`,
  downTo: (price, most) => `把价格降到${spaced(price)}${most === undefined ? '' : `，最多减 ${most}`}`,
  atMost: (amount, most) => `${amount}，最多 ${most}`,
  rounded: (amount, rounding) => `${amount}（${rounds(rounding)}）`,
  ofClass: (who, amount) => `${who}的，${amount}`,
  amountOfClass: '符合以上各项',
  others: '不属于以上各类',
  everybody: '不论何种情况',
  noClass: {
    discount: '以上都不符合的，没有站点优惠',
    subsidy: '以上都不符合的，不予补贴',
    surcharge: '以上都不符合的，不加收',
    operator: '以上都不符合的，不另付',
    nested: '以上都不符合的，不算这一类，再看其余各类',
  },
  byClass: choose =>
    ({
      first: '金额按下列各类中最先符合的一类',
      best: '金额按下列各类中符合而最高的一类（一样高的取排在前面的）',
      sum: '金额为下列各类中所有符合的相加',
    })[choose],
  paidBy: payers =>
    payers.length > 1
      ? `由${fundsOf(payers)}按 ${payers.map(({ share }) => share).join('∶')} 分担`
      : `由${fundsOf(payers)}支付`,

  paid,

  step: (number, title, text) => `第 ${number} 步　${title}：${text}`,
  stepRef: (number, option) => `第 ${number} 步${option === undefined ? '' : `（${option}）`}`,
  optionTitle: (title, text) => `${title}：${text}`,
  whom: whom => ({ person: '对已确认身份的人，', guest: '对访客，', anyone: '不论是否确认身份，' })[whom],
  when: (whom, condition, then) => `${whom}${condition === '' ? '' : `${condition}的，`}${then}`,
  gives: (giving, amount, paidBy) =>
    `${{ discount: '站点优惠：减', subsidy: '补贴', surcharge: '加收', operator: '另付经营方' }[giving]}${/^\d/.test(amount) ? ' ' : ''}${paid(amount, paidBy)}`,
  givesDown: (giving, downTo, paidBy) =>
    giving === 'discount' ? `站点优惠：${downTo}` : `${downTo}，减去的部分${paidBy}`,
  givesByClass: (giving, byClass, paidBy) =>
    `${paid({ discount: '给予站点优惠', subsidy: '给予补贴', surcharge: '加收一笔', operator: '另付经营方一笔' }[giving], paidBy)}，${byClass}`,
  amountBelow: '享受这一步，金额在各项之后写明',
  choice: choose =>
    choose === 'first'
      ? '下列各种只享受一种，取排在最前、实际有金额的一种'
      : '下列各种只享受一种，取实际金额最高的一种（一样高的取排在前面的）',
  optionsBelow: '享受这一步，可选各种在各项之后写明',
  leaves: amount => `这一步减后的价格不低于 ${amount}`,
  underLimits: numbers => `受限额 ${list(numbers.map(String))} 约束`,
  fromAllowance: title => `从本人的${quoted(title)}中支付，余额不足的付到用完为止`,
  issued: (title, period) => `本人${thisPeriod[period]}发有${quoted(title)}的（见额度），`,
  restFirst: '先减到余额付得出的金额，再看是否放得进其余的金额限额',
  aside: text => `（说明：${text}）`,

  limit: (number, title, text) => `限额 ${number}${title === undefined ? '' : `（${title}）`}：${text}`,
  allowance: (title, id, aside, text) => `${quoted(title)}（${id}）${aside}：${text}`,
  times: count => `${count} 次`,
  cap: (period, _unit, most, gives) => `每人${periods[period]}最多${givenUnder[gives]} ${most}`,
  capByClass: (period, unit, gives) =>
    `每人${periods[period]}最多${givenUnder[gives]}${unit === 'count' ? '几次' : '多少'}，按下列各类中最先符合的一类`,
  issue: (period, amount) => `每人${periods[period]}发放 ${amount}`,
  issueByClass: period => `每人${periods[period]}发放的金额按下列各类中最先符合的一类`,
  noCap: { limit: '以上都不符合的，不能享受受此限额约束的各步', allowance: '以上都不符合的，不发放' },
  steps: refs => `用于${list(refs)}，合并计算`,
  unused: '没有一步用到它',
  beyond: { nothing: '余额放不下一整笔的，这一笔都不给', rest: '余额放不下一整笔的，付到用完为止' },
  balance: period => {
    const now = thisPeriod[period]
    return `${now}余额＝${now}应发金额－${now}已用且未作废的金额；没有用过的即为全额。${now}有效，余额过期清零`
  },
  entitledOn: (on, period, open) => {
    const changed = '类别有变的，余额按新的应发金额减已用金额（不足 0 元的按 0 元）'
    if (on === 'period')
      return `应发金额分别按消费当天和${firstDay[period]}所属类别计算，取金额较高者，不发放的按 0 元；${changed}`
    return `应发金额按消费当天所属类别计算；${changed}${open ? '' : '；当天不属于以上任何一类的，不能使用余额'}`
  },
  mealOfService: '没有餐次的服务，当日各次合算一餐',
  goesOn: version => `接着版本 ${version} 已用的数计算，换版本不重新起算`,
  allGoOn: (limits, allowances) =>
    `各版本的${list([...(limits.length === 0 ? [] : [`限额 ${list(limits.map(String))} `]), ...allowances.map(quoted)])}${limits.length + allowances.length > 1 ? '分别' : ''}是同一项：换版本时接着已用的数计算，不重新起算`,

  order:
    '从原价（站点标价）起，按各步的顺序逐步计算。每一步都以前面各步算完后剩下的价格为准，下称“当前价”；每一步减去的不超过当前价。全部算完后的当前价就是个人实付',
  persons: '各步只给身份已确认、情况在册的人。没有确认身份的人（访客）和名册上查不到的人，按原价收取',
  guests:
    '没有确认身份的人是访客，个人情况视为不明。除写明“访客”或“不论是否确认身份”的以外，各步只给身份已确认、情况在册的人。出示了凭证但名册上查不到的人不是访客，个人情况也视为不明：只享受写明“不论是否确认身份”的站点优惠和补贴，不加收',
  unknown: ({ categories, negated, listing }) =>
    `${categories ? '没有登记为某一类的，视为不属于该类；其他情况' : '情况'}没有登记或没有记录的，看这一情况的条件算不符合${negated ? '（因此要求“不符合”它的，算做到了）' : ''}${listing ? '；站点没有摘牌记录的，视为在白名单上' : ''}`,
  samePlace: '“与站点同市（区、街道等）”是指双方这一级都有登记且名称相同；更高各级中双方都有登记的也须相同',
  whitelist: discounts =>
    `站点被摘牌（不在白名单上）的，${
      {
        none: '补贴停止，按原价收取',
        surcharged: '补贴停止',
        stop: '站点优惠和补贴都停止',
        stay: '补贴停止；站点优惠照旧',
        some: '补贴停止；站点优惠照旧，但另有白名单条件的从其条件',
      }[discounts]
    }`,
  counting,
  glosses: '“说明”仅供理解，以正文为准',
  insurance: '由长期护理保险支付的，这里的个人实付是保险结算前的金额',
  downToRule: '“把价格降到”某数，是指减去当前价高出它的部分；当前价本来不高于它的，不减',
  shares:
    '几笔资金分担的，补贴总额先取整，再按各方比例占比例之和的份额分担。每方先舍去不足 0.01 元的尾数；余下的按被舍尾数从大到小的顺序每方先各得 0.01 元，直到分完；尾数相同的，排在前面的先得',
  businessDay:
    '营业日从 4:00 起，到次日 4:00 前为止。凡说日期的（年龄、登记起止、版本、星期、每日、每周、每月等），都按营业日的日期',
  notInForce: '不在任何版本有效期内的日子，按原价收取',
  ageRule: rule => `年龄按消费当天的周岁算，自${ageRules[rule]}起算满`,
  leapDay: birthday => `2 月 29 日出生的，平年以 ${birthday === '02-28' ? '2 月 28 日' : '3 月 1 日'}为生日`,
  rounding,
  demand: (least, above) => {
    const verified = '由工作人员认出或比对本人，或由本人输入密码'
    const parts = [
      ...(least === undefined
        ? []
        : [`享受补贴须${least === 'possessed' ? `出示当场生成的动态码，或${verified}` : verified}`]),
      ...(above === undefined ? [] : [`一次补贴合计超过 ${above}（不含 ${above}）的，须${verified}`]),
    ]
    return `${parts.join('；')}。做不到的也照常就餐，先按没有补贴的价格收取，补贴记为待补差；站点要求更严的，从其要求`
  },
  onlineOnly: '断网时不享受补贴：照常就餐，先按没有补贴的价格收取，补贴记为待补差',
  boundedOffline: ({ day, senior, till, bearer }) =>
    `断网时核不到额度的，也先给补贴：每人每天不超过 ${day}、联网核对前累计不超过 ${senior}，每台终端联网核对前累计不超过 ${till}；事后查明超出限额的部分由“${bearer}”承担，不向长者追收`,
  minimum: amount => `个人至少支付 ${amount}，站点优惠和补贴减到这个数为止`,
  minimumByClass: '个人至少支付的金额按下列各类中最先符合的一类，站点优惠和补贴减到这个数为止',
  noMinimum: '以上都不符合的，没有最低金额',
  workingDays: (listed, versions) =>
    `“工作日”${versions.length === 0 ? '' : `（只用于版本 ${list(versions)}）`}是周一至周五${listed ? '，除去下列放假日（只列周一至周五的），加上下列调休上班日。没有列出的年份只看星期' : '，本文件没有列出放假日和调休上班日'}`,
  calendarYear: (year, holidays, makeUpDays) =>
    `${year} 年${[
      ...(holidays.length === 0 ? [] : [`放假 ${holidays.length} 天：${daysOfYear(dayRuns(holidays))}`]),
      ...(makeUpDays.length === 0 ? [] : [`调休上班 ${makeUpDays.length} 天：${daysOfYear(dayRuns(makeUpDays))}`]),
    ].join('；')}`,

  pack: (title, id) => `${title}（${id}）`,
  area: area => `适用地区（仅作说明，条件见各步）：${area}`,
  source: source => `依据：${source}`,
  fictional: '本政策含虚构内容，不能作为任何地方的规定使用',
  headings: {
    funds: '资金',
    categories: '人员类别',
    calendar: '工作日',
    rules: '计算办法',
    services: '服务目录（价格供参考，计算以当次原价为准）',
    steps: '步骤',
    limits: '限额',
    allowances: '额度',
    operator: '经营方所得（不影响价格）',
    stipends: '按月发放的津贴（只在本人记录上显示，不在柜台支付）',
    assumptions: '通知没有写明、本版本假定的（说明；与步骤不一致的，以步骤为准）',
  },
  fund: (title, id, source) => {
    const name = `${title}（${id}）`
    if (source === 'family') return `${name}：由家庭按协议分担，不计入个人实付`
    return title.includes(sources[source].slice(0, 2)) ? name : `${name}：${sources[source]}`
  },
  pot: ({ period, beyond }) =>
    `${periods[period]}有总额，用完为止。剩余总额不够付它应付的一份时，${beyond === 'rest' ? '这一份只付剩余的' : '有它一份的那一笔（补贴或付经营方的）整笔不付'}`,
  registered: titles => `以登记为准的：${list(titles)}。登记写有起止日期的，只在其间（含首尾两日）有效`,
  named: (title, id) => `${quoted(title)}（${id}）`,
  follows: (title, id, condition) => `${quoted(title)}（${id}）是指：已登记为这一类的人，或者${condition}的人`,
  version: (id, title, from, to) =>
    `版本 ${id}${title === undefined ? '' : `“${title}”`}，${to === undefined ? `自 ${date(from)}起（含当日）` : `${date(from)}至 ${date(to)}（含首尾两日）`}有效`,
  offer: (title, id, unit, price) => `${title}（${id}）${price === undefined ? `按${unit}计` : `每${unit} ${price}`}`,
  offers: (group, offers) => `${group === undefined ? '' : `${quoted(group)}组：`}${offers.join('；')}`,
  noReduction: '没有任何步骤，按原价收取',
  whereSubsidised: (title, text) => `${title}：本次有资金实际补贴时，${text}`,
  stipend: (amount, fund) => `每月 ${amount}，由${fund}发放`,
  stipendOf: (title, id, text) => `${quoted(title)}（${id}）：${text}`,
}
