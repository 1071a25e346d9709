import type { PolicyPack, PolicyVersion } from '../language.ts'
import { mentions } from './mentions.ts'
import type { Phrases } from './phrases.ts'
import { roundingNeeds } from './rule-needs.ts'
import { fundTitle } from './say-amount.ts'
import { type Saying, sayCondition, titlesOf } from './say-condition.ts'
import { sayAllowance, sayLimit } from './say-limit.ts'
import { sayOperator, sayStep, stepsOf } from './say-step.ts'
import { linesOf, type Text } from './text.ts'

/** How a version counts ages and rounds; only what makes a difference to it. */
export function settingsOf(pack: PolicyPack, version: PolicyVersion, phrases: Phrases): string[] {
  const { ageRule = 'birthday', leapDayBirthday = '03-01', rounding } = version
  const ages = mentions([version, pack.categories], 'age')
  return [
    ...(ages ? [phrases.ageRule(ageRule)] : []),
    ...(ages && ageRule !== 'year' ? [phrases.leapDay(leapDayBirthday)] : []),
    ...phrases.rounding(rounding, roundingNeeds(pack, version)),
  ]
}

/** The rules of one version; `settings` are those said here and not for all versions at once. */
export function sayVersion(
  pack: PolicyPack,
  version: PolicyVersion,
  phrases: Phrases,
  settings: readonly string[],
): string[] {
  const saying = { phrases, pack, version, running: 'running' as const }
  const { headings } = phrases
  const steps = stepsOf(version)
  const operators = version.benefits.filter(item => item.kind === 'operator')
  const section = (heading: string, texts: readonly Text[]) =>
    texts.length === 0 ? [] : [heading, ...texts.flatMap(text => linesOf(text, phrases, { indent: 1 }))]
  return [
    ...[
      ...settings.map(text => ({ text })),
      ...demand(version, phrases),
      ...offline(version, saying),
      ...minimum(version, saying),
    ].flatMap(text => linesOf(text, phrases)),
    ...section(headings.services, services(version, phrases)),
    ...section(
      headings.steps,
      steps.length === 0
        ? [{ text: phrases.noReduction }]
        : steps.map((step, index) => sayStep(step, index + 1, saying)),
    ),
    ...section(
      headings.limits,
      version.limits.map((limit, index) => sayLimit(limit, index + 1, saying)),
    ),
    ...section(
      headings.allowances,
      (version.allowances ?? []).map(item => sayAllowance(item, saying)),
    ),
    ...section(
      headings.operator,
      operators.map(item => sayOperator(item, saying)),
    ),
    ...section(headings.stipends, stipends(version, saying)),
    ...section(
      headings.assumptions,
      (version.assumptions ?? []).map(item => ({ text: phrases.words(item) })),
    ),
  ]
}

function demand({ leastAssurance, verifiedAboveFen }: PolicyVersion, phrases: Phrases): Text[] {
  if (leastAssurance === undefined && verifiedAboveFen === undefined) return []
  const above = verifiedAboveFen === undefined ? undefined : phrases.yuan(verifiedAboveFen)
  return [{ text: phrases.demand(leastAssurance, above) }]
}

function offline({ offline: rule }: PolicyVersion, { phrases, pack }: Saying): Text[] {
  if (rule === undefined || rule.mode === 'lease') return []
  if (rule.mode === 'online') return [{ text: phrases.onlineOnly }]
  const [bearer = rule.bearer] = titlesOf(pack.funds, [rule.bearer], phrases)
  const [day, senior, till] = [rule.seniorDayFen, rule.seniorFen, rule.terminalFen].map(phrases.yuan)
  return [{ text: phrases.boundedOffline({ day: day ?? '', senior: senior ?? '', till: till ?? '', bearer }) }]
}

function minimum({ minimumOwnPay = [] }: PolicyVersion, saying: Saying): Text[] {
  const { phrases } = saying
  const [first] = minimumOwnPay
  if (first === undefined) return []
  if (first.when === undefined) return [{ text: phrases.minimum(phrases.yuan(first.fen)) }]
  const points = minimumOwnPay.map(({ when, fen }): Text => {
    const who = when === undefined ? { text: phrases.others } : sayCondition(when, saying)
    return { ...who, text: phrases.ofClass(who.text, phrases.yuan(fen)) }
  })
  const open = minimumOwnPay.some(({ when }) => when === undefined)
  return [{ text: phrases.minimumByClass, items: open ? points : [...points, { text: phrases.noMinimum }] }]
}

function services({ services: known = [], serviceGroups = [] }: PolicyVersion, phrases: Phrases): Text[] {
  return [...new Set(known.map(({ group }) => group))].map(group => {
    const offers = known
      .filter(item => item.group === group)
      .map(({ id, title, unit, fen }) => {
        const price = fen === undefined ? undefined : phrases.yuan(fen)
        return phrases.offer(phrases.words(title), id, phrases.words(unit), price)
      })
    const title = group === undefined ? undefined : titlesOf(serviceGroups, [group], phrases)[0]
    return { text: phrases.offers(title, offers) }
  })
}

function stipends({ stipends: due = [] }: PolicyVersion, saying: Saying): Text[] {
  const { phrases } = saying
  return due.map(({ id, title, fund, when, fen }): Text => {
    const who: Text = when === undefined ? { text: '' } : sayCondition(when, saying)
    const then = phrases.when('', who.text, phrases.stipend(phrases.yuan(fen), fundTitle(fund, saying)))
    return { ...who, text: phrases.stipendOf(phrases.words(title), id, then) }
  })
}
