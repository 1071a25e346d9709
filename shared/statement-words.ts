import type { Language } from './dates.ts'
import { fen, formatYuan } from './money.ts'
import { saleEn, saleZh } from './sale-words.ts'
import type { StatementEntry } from './statement.ts'
import { timesOf } from './statement-sums.ts'

/** The words of a statement: for the screen, the paper and the page behind its code. */
export const statementZh = {
  title: '我的用餐和服务明细',
  ofMonth: (year: string, month: string) => `${year} 年 ${month} 月`,
  meal: '用餐',
  visit: '服务',
  minutes: (count: number) => `${count} 分钟`,
  means: { card: '刷卡', code: '扫码', face: '刷脸', manual: '人工核对' },
  byProxy: (name: string) => `代办人${name === '' ? '' : ` ${name} `}密码`,
  noMeans: '没有出示证件',
  kinds: { 'late-entry': '补录', void: '撤销', refund: '退款', 'made-good': '补差', 'late-visit': '补录' },
  standing: { held: '待核', refused: '不予结付' },
  pending: (amount: string) => `待补 ${amount}`,
  listPrice: '原价',
  subsidy: '补贴',
  paid: '实付',
  sumMeals: '用餐',
  sumServices: '服务',
  times: (count: number) => `${count} 次`,
  sumSubsidy: '以我的名义申领的补贴',
  sumPaid: '我付的钱',
  sumHeld: '还在核对、没有结的补贴',
  sumRefused: '核对后没有结付的补贴',
  sumPending: '查实后会补给我的',
  nothing: '这个月还没有记录',
  wrong: '有不是我的，请告诉站点，或拨打 12345。',
  made: (date: string) => `${date} 打印`,
}

export const statementEn: typeof statementZh = {
  title: 'Meals and services in my name',
  ofMonth: (year, month) => `${months[Number(month) - 1]} ${year}`,
  meal: 'Meal',
  visit: 'Service',
  minutes: count => `${count} min`,
  means: { card: 'card', code: 'code', face: 'face', manual: 'compared by staff' },
  byProxy: name => (name === '' ? "a registered proxy's PIN" : `PIN of the proxy ${name}`),
  noMeans: 'nothing was shown',
  kinds: {
    ...{ 'late-entry': 'Entered late', void: 'Undone', refund: 'Refunded', 'made-good': 'Made good' },
    'late-visit': 'Entered late',
  },
  standing: { held: 'Being looked at', refused: 'Not paid by any fund' },
  pending: amount => `${amount} to be paid back`,
  listPrice: 'List price',
  subsidy: 'subsidy',
  paid: 'paid',
  sumMeals: 'Meals',
  sumServices: 'Services',
  times: count => (count === 1 ? 'once' : `${count} times`),
  sumSubsidy: 'Subsidies claimed in my name',
  sumPaid: 'What I paid',
  sumHeld: 'Subsidies that are still being looked at',
  sumRefused: 'Subsidies that no fund paid after a look',
  sumPending: 'What will be paid back to me once it is clear',
  nothing: 'There is no record in this month yet',
  wrong: 'If something is not yours, tell the station or call 12345.',
  made: date => `printed ${date}`,
}

const months = 'January February March April May June July August September October November December'.split(' ')
const words = { zh: statementZh, en: statementEn } as const
const sale = { zh: saleZh, en: saleEn } as const

/** `2026 年 11 月` · `November 2026`. */
export function monthText(month: string, language: Language): string {
  return words[language].ofMonth(month.slice(0, 4), String(Number(month.slice(5))))
}

export const yuanText = (amount: number) => formatYuan(fen(amount))

const meansless = new Set(['void', 'refund', 'made-good'])
const isNamed = (kind: string): kind is keyof typeof statementZh.kinds => Object.hasOwn(statementZh.kinds, kind)

/** What an entry is about in a few words: `午餐`, `助浴 45 分钟`, `撤销 · 午餐`, `Lunch`. */
export function whatText({ kind, meal, service, minutes }: StatementEntry, language: Language): string {
  const say = words[language]
  const of = service ? service[language] : meal ? sale[language][meal] : kind === 'made-good' ? null : say.meal
  const named = isNamed(kind) ? say.kinds[kind] : null
  const lasted = minutes === null || minutes <= 0 ? null : say.minutes(minutes)
  const given = [of, lasted].filter(part => part !== null).join(' ')
  return [named, given].filter(part => part !== null && part !== '').join(' · ')
}

/** By which means, or which proxy's word: null where an act of staff has none. */
export function meansText({ kind, means, proxy }: StatementEntry, language: Language): string | null {
  if (meansless.has(kind)) return null
  const say = words[language]
  if (proxy !== null) return say.byProxy(proxy)
  return means === null ? say.noMeans : say.means[means]
}

/** What else is to be said of an entry: that it waits, or is looked at. */
export function standingText({ standing, pendingFen }: StatementEntry, language: Language): string | null {
  const say = words[language]
  if (standing !== 'counted') return say.standing[standing]
  return pendingFen > 0 ? say.pending(yuanText(pendingFen)) : null
}

/** Whether an entry tells of something that was given, and so has a time of day at which it was. */
export const hasTime = (entry: StatementEntry) => timesOf(entry) === 1 && !entry.kind.startsWith('late-')
