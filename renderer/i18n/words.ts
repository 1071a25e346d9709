import { fill, type ProblemCode, problems, sayProblem } from '../../shared/problems.ts'
import type { Notice } from '../../shared/terminal-api.ts'
import type { Words } from './catalogue.ts'
import { type Language, shortDate } from './dates.ts'
import { en } from './en.ts'
import { zh } from './zh.ts'

export function wordsOf(language: Language): Words {
  return language === 'zh' ? zh : en
}

type Values = Readonly<Record<string, string | number>>

/** Values as people read them: yuan beside fen, and dates in the words of the language. */
function readable(values: Values, language: Language): Values {
  const told: Record<string, string | number> = {}
  for (const [name, value] of Object.entries(values)) {
    told[name] = typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) ? shortDate(value, language) : value
  }
  const date = told.date ?? told.from ?? told.to
  if (date !== undefined) told.date = date
  if (typeof values.minFen === 'number') told.minYuan ??= values.minFen / 100
  return told
}

/** A space stands between Chinese and digits only: a value that ends in Chinese leaves none behind it. */
function closeChinese(text: string): string {
  return text.replace(/(?<=\p{Script=Han}) (?=\p{Script=Han})/gu, '')
}

/** What staff read of a notice: what is so, and what can be done next. */
export function sayNotice(notice: Notice, language: Language): { what: string; next: string } {
  const values = readable(notice.values, language)
  const say = (part: 'staff' | 'next') => closeChinese(sayProblem(notice.code, values, language, part))
  return { what: say('staff'), next: say('next') }
}

/** What the senior may read of a problem; null where only the neutral sentence may stand there. */
export function saySenior(code: ProblemCode, language: Language, values: Notice['values'] = {}): string | null {
  const text = problems[code].senior?.[language]
  const said = text === undefined ? null : fill(text, values)
  return said === null || said.includes('{') ? null : said
}
