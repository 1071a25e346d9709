import { clockText, dateText, fullDate, type Language, shortDate } from './dates.ts'
import { surnameOf } from './person-names.ts'
import { saleEn, saleZh } from './sale-words.ts'
import { type Slip, type SlipPart, slipCentred, slipLarge, slipLine, slipQr, slipRule } from './slip.ts'
import type { StatementEntry } from './statement.ts'
import type { StatementView } from './statement-api.ts'
import { linkLife } from './statement-link.ts'
import { subsidyOf, sumsOf } from './statement-sums.ts'
import {
  hasTime,
  meansText,
  monthText,
  standingText,
  statementEn,
  statementZh,
  whatText,
  yuanText,
} from './statement-words.ts'

export interface StatementHead {
  readonly siteName: string
  readonly fictional: boolean
  /** English beneath the Chinese. */
  readonly english: boolean
  /** When it is printed (ms). */
  readonly at: number
  /** The address of the province's page for it; null where there is no province yet. */
  readonly code: string | null
}

/** A slip has room for so many records, in one language and in two; the page behind its code has them all. */
const mostEntries = { one: 80, two: 50 }

const own = {
  zh: {
    here: '这张单子只有本机知道的；别的站点扫码看。',
    all: '全部站点，平台所记。',
    unheard: (count: number) => `其中 ${count} 笔还没上传。`,
    more: (count: number) => `还有 ${count} 笔，请扫码看`,
    scan: '扫码看全部站点的明细',
    until: (date: string) => `${date}以前有效。单子丢了请站点作废。`,
  },
  en: {
    here: 'Only what this till knows; other sites are behind the code.',
    all: 'All sites, as the province has it.',
    unheard: (count: number) => `${count} of them were not sent yet.`,
    more: (count: number) => `${count} more are behind the code`,
    scan: 'All sites are behind this code',
    until: (date: string) => `Good until ${date}. If lost, have it revoked.`,
  },
} as const
const words = { zh: statementZh, en: statementEn } as const

/** A senior's month to take home: no fund, no category and no card stands on it, since paper is lost. */
export function statementSlip(
  { month, entries, coverage, unheard }: Pick<StatementView, 'month' | 'entries' | 'coverage' | 'unheard'>,
  person: { readonly name: string; readonly sex: 'female' | 'male' },
  head: StatementHead,
): Slip {
  const languages: readonly Language[] = head.english ? ['zh', 'en'] : ['zh']
  const sums = sumsOf(entries)
  const each = (part: (language: Language) => SlipPart) => languages.map(part)
  const row = (
    name: 'sumMeals' | 'sumServices' | 'sumSubsidy' | 'sumHeld' | 'sumRefused' | 'sumPending',
    right: string,
  ) => languages.map((language, place) => slipLine(words[language][name], place === 0 ? right : undefined))
  const some = (name: 'sumHeld' | 'sumRefused' | 'sumPending', amount: number) =>
    amount === 0 ? [] : row(name, yuanText(amount))
  const surname = surnameOf(person.name)
  const address = (language: Language) => {
    const sale = language === 'zh' ? saleZh : saleEn
    return (person.sex === 'female' ? sale.madam : sale.sir)(surname)
  }
  const shown = entries.slice(-(head.english ? mostEntries.two : mostEntries.one))
  const left = entries.length - shown.length
  return [
    slipCentred(head.siteName),
    ...(head.fictional ? each(language => slipCentred((language === 'zh' ? saleZh : saleEn).fictional)) : []),
    ...each(language => slipCentred(words[language].title)),
    slipLarge(address('zh')),
    ...each(language =>
      slipLine(language === 'zh' ? monthText(month, 'zh') : `${address('en')}, ${monthText(month, 'en')}`),
    ),
    slipRule,
    ...(entries.length === 0 ? each(language => slipLine(words[language].nothing)) : []),
    ...(left > 0 ? each(language => slipLine(own[language].more(left))) : []),
    ...shown.flatMap(entry => entryLines(entry, languages)),
    slipRule,
    ...row('sumMeals', words.zh.times(sums.meals)),
    ...(sums.services === 0 ? [] : row('sumServices', words.zh.times(sums.services))),
    ...row('sumSubsidy', yuanText(sums.claimedFen)),
    ...some('sumHeld', sums.heldFen),
    ...some('sumRefused', sums.refusedFen),
    ...some('sumPending', sums.pendingFen),
    slipLarge(words.zh.sumPaid, `￥${yuanText(sums.paidFen)}`),
    ...(head.english ? [slipLine(words.en.sumPaid)] : []),
    slipRule,
    ...each(language => slipLine(own[language][coverage])),
    ...(unheard > 0 ? each(language => slipLine(own[language].unheard(unheard))) : []),
    ...each(language => slipLine(words[language].wrong)),
    ...each(language => slipLine(words[language].made(`${dateText(head.at)} ${clockText(head.at)}`))),
    ...(head.code === null ? [] : codeParts(head.code, head.at, languages)),
  ]
}

function codeParts(code: string, at: number, languages: readonly Language[]): SlipPart[] {
  const until = dateText(at + linkLife - 86_400_000)
  return [
    ...languages.map(language => slipCentred(own[language].scan)),
    slipQr(code),
    ...languages.map(language => slipLine(own[language].until(fullDate(until, language)))),
  ]
}

/** What it was with what was paid; beneath it where and by which means, with how much subsidy; then what it waits for. */
function entryLines(entry: StatementEntry, languages: readonly Language[]): SlipPart[] {
  return languages.flatMap((language, place) => {
    const isFirst = place === 0
    const when = [shortDate(entry.date, language), ...(hasTime(entry) ? [clockText(entry.at)] : [])].join(' ')
    const how = [isFirst ? entry.siteName : null, meansText(entry, language)].filter(part => part !== null).join(' ')
    const waits = standingText(entry, language)
    return [
      slipLine(`${when} ${whatText(entry, language)}`, isFirst ? yuanText(entry.paidFen) : undefined),
      ...(isFirst ? [slipLine(how, `${words.zh.subsidy} ${yuanText(subsidyOf(entry))}`)] : []),
      ...(isFirst || how === '' ? [] : [slipLine(how)]),
      ...(waits === null ? [] : [slipLine(waits)]),
    ]
  })
}
