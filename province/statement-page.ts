import { createHash } from 'node:crypto'
import { clockText, fullDate, type Language, shortDate } from '../shared/dates.ts'
import type { Statement, StatementEntry } from '../shared/statement.ts'
import { subsidyOf, sumsOf } from '../shared/statement-sums.ts'
import {
  hasTime,
  meansText,
  monthText,
  standingText,
  statementEn,
  statementZh,
  whatText,
  yuanText,
} from '../shared/statement-words.ts'

/** Whose page it is: no more than the surname and how one addresses them. */
export interface Addressed {
  readonly surname: string
  readonly title: 'female' | 'male'
}

const style = `
body{margin:0;padding:16px;background:#f7f2e8;color:#1d1a16;font:22px/1.5 sans-serif;-webkit-text-size-adjust:100%}
h1{margin:0;font-size:30px;line-height:1.3}
h2{margin:32px 0 8px;font-size:26px}
p{margin:0 0 12px}
.en{display:block;color:#5a5247;font-size:17px;line-height:1.4}
.sums{margin:20px 0;padding:4px 16px;background:#fff;border:2px solid #857a66;border-radius:12px}
.row{padding:12px 0;border-bottom:1px solid #d8cfbd;overflow:hidden}
.row:last-child{border-bottom:0}
.amount{float:right;margin-left:12px;font-size:26px;font-weight:bold}
.waits{font-weight:bold}
.entry{margin:0 0 12px;padding:12px 16px;background:#fff;border:1px solid #857a66;border-radius:12px;overflow:hidden}
.what{font-size:26px;font-weight:bold}
.back{color:#5a5247}`

/** Nothing but this page's own style is loaded or run; nothing may frame it. */
export const pageHeaders = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-robots-tag': 'noindex, nofollow, noarchive',
} as const

const signs: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
const escaped = (text: string) => text.replace(/[&<>"']/g, sign => signs[sign] ?? sign)

function page(title: string, body: string): string {
  return `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex,nofollow,noarchive"><title>${escaped(title)}</title><style>${style}</style></head><body>${body}</body></html>`
}

const english = (text: string) => `<span class="en" lang="en">${escaped(text)}</span>`
const both = (zh: string, en: string) => `${escaped(zh)}${english(en)}`

function addressed({ surname, title }: Addressed, language: Language): string {
  if (language === 'zh') return `${surname}${title === 'female' ? '女士' : '先生'}`
  return `${title === 'female' ? 'Ms' : 'Mr'} ${surname}`
}

/** A senior's month as anybody may read it who holds the code: no category, no fund, no card, no whole name. Without script. */
export function statementPage(person: Addressed, { month, entries }: Statement, until: string): string {
  const sums = sumsOf(entries)
  const row = (zh: string, en: string, amount: string) =>
    `<div class="row"><span class="amount">${escaped(amount)}</span>${both(zh, en)}</div>`
  const yuan = (zh: string, en: string, amount: number) => (amount === 0 ? '' : row(zh, en, `${yuanText(amount)} 元`))
  const times = (zh: string, en: string, count: number) => row(zh, en, statementZh.times(count))
  const body = [
    `<h1>${both(`${addressed(person, 'zh')} · ${monthText(month, 'zh')}`, `${addressed(person, 'en')} · ${monthText(month, 'en')}`)}</h1>`,
    `<p>${both(statementZh.title, statementEn.title)}</p>`,
    '<div class="sums">',
    times(statementZh.sumMeals, statementEn.sumMeals, sums.meals),
    sums.services === 0 ? '' : times(statementZh.sumServices, statementEn.sumServices, sums.services),
    row(statementZh.sumSubsidy, statementEn.sumSubsidy, `${yuanText(sums.claimedFen)} 元`),
    yuan(statementZh.sumHeld, statementEn.sumHeld, sums.heldFen),
    yuan(statementZh.sumRefused, statementEn.sumRefused, sums.refusedFen),
    yuan(statementZh.sumPending, statementEn.sumPending, sums.pendingFen),
    row(statementZh.sumPaid, statementEn.sumPaid, `${yuanText(sums.paidFen)} 元`),
    '</div>',
    `<p>${both(statementZh.wrong, statementEn.wrong)}</p>`,
    `<h2>${both('一笔一笔看', 'Record by record')}</h2>`,
    entries.length === 0 ? `<p>${both(statementZh.nothing, statementEn.nothing)}</p>` : '',
    ...entries.map(entryPart),
    `<p>${both(`这个页面到 ${fullDate(until, 'zh')}以前能看。单子丢了，请站点作废。`, `This page can be read until ${fullDate(until, 'en')}. Lost the paper? Ask the station to revoke it.`)}</p>`,
  ]
  return page(monthText(month, 'zh'), body.join(''))
}

function entryPart(entry: StatementEntry): string {
  const said = (language: Language) => {
    const say = language === 'zh' ? statementZh : statementEn
    const when = [shortDate(entry.date, language), ...(hasTime(entry) ? [clockText(entry.at)] : [])].join(' ')
    const rest = [entry.siteName, meansText(entry, language), `${say.subsidy} ${yuanText(subsidyOf(entry))}`]
    return {
      head: `${when} ${whatText(entry, language)}`,
      rest: rest.filter(part => part !== null).join(' · '),
      waits: standingText(entry, language),
    }
  }
  const [zh, en] = [said('zh'), said('en')]
  const waits = zh.waits === null ? '' : `<div class="waits">${escaped(zh.waits)}</div>`
  return `<div class="entry"><span class="amount">${escaped(`${statementZh.paid} ${yuanText(entry.paidFen)}`)}</span><div class="what">${escaped(zh.head)}</div><div class="back">${escaped(zh.rest)}</div>${waits}${english([en.head, en.rest, en.waits].filter(part => part !== null).join(' · '))}</div>`
}

/** One page for every code that opens nothing: whoever tries learns nothing from it. */
export function goneNotice(): string {
  return page(
    '打不开',
    `<h1>${both('这个码现在打不开', 'This code opens nothing now')}</h1><p>${both('可能已过 90 天，或已作废。请到站点再打印一张。', 'It may be older than 90 days, or revoked. Ask the station to print another one.')}</p>`,
  )
}

/** Too often, or too many at once. */
export function laterNotice(): string {
  return page(
    '请稍等',
    `<h1>${both('请过一会儿再看', 'Please look again in a while')}</h1><p>${both('刚才看的人太多，或看得太勤。', 'Too many looked just now, or too often.')}</p>`,
  )
}
