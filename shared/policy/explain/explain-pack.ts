import type { PolicyPack } from '../language.ts'
import { mentions } from './mentions.ts'
import type { Phrases } from './phrases.ts'
import { phrasesEn } from './phrases-en.ts'
import { phrasesZh } from './phrases-zh.ts'
import { sayCondition } from './say-condition.ts'
import { sayRules } from './say-rules.ts'
import { sayVersion, settingsOf } from './say-version.ts'
import { linesOf, type Text } from './text.ts'

export type ExplanationLanguage = 'zh' | 'en'

const phrasesOf = { zh: phrasesZh, en: phrasesEn } satisfies Record<ExplanationLanguage, Phrases>

/**
 * A pack read back as sentences, one line each and a blank line before every heading: whoever has them can price any case by hand. Says
 * everything that decides a price, amounts in yuan.
 */
export function explainPack(pack: PolicyPack, language: ExplanationLanguage): string[] {
  const phrases = phrasesOf[language]
  const settings = pack.versions.map(version => settingsOf(pack, version, phrases))
  const common = (settings[0] ?? []).filter(text => settings.every(own => own.includes(text)))
  const { headings } = phrases
  const sections: [string, string[]][] = [
    [headings.funds, funds(pack, phrases)],
    [headings.categories, categories(pack, phrases)],
    [headings.calendar, calendar(pack, phrases)],
    [headings.rules, plain([...sayRules(pack, phrases), ...common], phrases)],
    ...pack.versions.map((version, index): [string, string[]] => {
      const { id, title, from, to } = version
      const own = (settings[index] ?? []).filter(text => !common.includes(text))
      const heading = phrases.version(id, title === undefined ? undefined : phrases.words(title), from, to)
      return [heading, sayVersion(pack, version, phrases, own)]
    }),
  ]
  const told = sections.filter(([, lines]) => lines.length > 0)
  return [
    ...opening(pack, phrases),
    ...told.flatMap(([heading, lines], index) => ['', phrases.heading(index + 1, heading), ...lines]),
  ]
}

function plain(texts: readonly string[], phrases: Phrases): string[] {
  return texts.flatMap(text => linesOf({ text }, phrases))
}

function opening({ id, title, area, source, fictional }: PolicyPack, phrases: Phrases): string[] {
  const more = [
    ...(fictional === true ? [phrases.fictional] : []),
    phrases.area(area),
    ...(source === undefined ? [] : [phrases.source(source)]),
  ]
  return [phrases.pack(phrases.words(title), id), ...plain(more, phrases)]
}

function funds(pack: PolicyPack, phrases: Phrases): string[] {
  return plain(
    pack.funds.map(({ id, title, source, pot }) =>
      phrases.sentences([
        phrases.fund(phrases.words(title), id, source),
        ...(pot === undefined ? [] : [phrases.pot(pot)]),
      ]),
    ),
    phrases,
  )
}

function categories(pack: PolicyPack, phrases: Phrases): string[] {
  const registered = pack.categories.filter(({ follows }) => follows === undefined)
  const texts = pack.categories.flatMap(({ id, title, follows }): Text[] => {
    if (follows === undefined) return []
    const who = sayCondition(follows, { phrases, pack, running: 'running' })
    return [{ ...who, text: phrases.follows(phrases.words(title), id, who.text) }]
  })
  const names = registered.map(({ id, title }) => phrases.named(phrases.words(title), id))
  const lines = texts.flatMap(text => linesOf(text, phrases))
  return [...(names.length === 0 ? [] : plain([phrases.registered(names)], phrases)), ...lines]
}

function calendar({ calendar: days, versions }: PolicyPack, phrases: Phrases): string[] {
  const asking = versions.filter(version => mentions(version, 'workingDay')).map(({ id }) => id)
  if (asking.length === 0) return []
  const { holidays = [], makeUpDays = [] } = days ?? {}
  const years = [...new Set([...holidays, ...makeUpDays].map(date => date.slice(0, 4)))].sort()
  const within = (dates: readonly string[], year: string) =>
    dates
      .filter(date => date.startsWith(year))
      .map(date => date.slice(5))
      .sort()
  return plain(
    [
      phrases.workingDays(days !== undefined, asking.length === versions.length ? [] : asking),
      ...years.map(year => phrases.calendarYear(year, within(holidays, year), within(makeUpDays, year))),
    ],
    phrases,
  )
}
