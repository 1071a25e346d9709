import { fen, formatYuan } from '../../money.ts'
import type { PriceBounds, Rounding } from '../language.ts'
import { type DayRun, dayRuns, spanOf } from './day-runs.ts'
import type { Payer, Phrases, RuleNeeds } from './phrases.ts'

const weekdays = ['', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']
const months = ['', 'January', 'February', 'March', 'April', 'May', 'June']
months.push('July', 'August', 'September', 'October', 'November', 'December')
const each = { meal: 'meal', day: 'day', week: 'week (Monday to Sunday)', month: 'month', year: 'year' }
const prices = { list: 'the list price', running: 'the running price', own: 'what the person pays' }
const sources = {
  ...{
    public: 'public money',
    collective: 'money of the collective',
    charity: 'charity',
    family: "the family's money",
  },
  ...{ insurance: 'insurance', site: "the site's own money" },
}
const ageRules = {
  birthday: 'the birthday itself',
  'day-before': 'the day before the birthday',
  'day-after': 'the day after the birthday',
  month: 'the first day of the month of the birthday',
  'next-month': 'the first day of the month after the birthday',
  year: '1 January of the year of the birthday',
}
const channels = { 'dine-in': 'eaten in', takeaway: 'taken away', delivery: 'delivered' }

const yuan = (amount: number) => `${formatYuan(fen(amount)).replace(/\.00$/, '')} yuan`
const quoted = (text: string) => `“${text}”`
const joined = (items: readonly string[], word: string) =>
  items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} ${word} ${items.at(-1)}`
const or = (items: readonly string[]) => joined(items, 'or')
const and = (items: readonly string[]) => joined(items, 'and')
const date = (text: string) =>
  `${Number(text.slice(8))} ${months[Number(text.slice(5, 7))]} ${Number(text.slice(0, 4))}`
const days = (count: number) => `${count} ${count === 1 ? 'day' : 'days'}`
const paid = (amount: string, paidBy: string) => (paidBy === '' ? amount : `${amount}, ${paidBy}`)
const fundsOf = (payers: readonly Payer[]) => and(payers.map(({ title }) => title))

function rounds({ unitFen, mode }: Rounding): string {
  const unit = `a multiple of ${yuan(unitFen)}`
  return { 'half-up': `rounded to ${unit}, halves up`, up: `rounded up to ${unit}`, down: `rounded down to ${unit}` }[
    mode
  ]
}

function bounds({ atLeast, moreThan, atMost, below }: PriceBounds): string {
  if (atLeast !== undefined && atLeast === atMost && moreThan === undefined && below === undefined)
    return `exactly ${yuan(atLeast)}`
  return and([
    ...(atLeast === undefined ? [] : [`at least ${yuan(atLeast)}`]),
    ...(moreThan === undefined ? [] : [`more than ${yuan(moreThan)} (not ${yuan(moreThan)} itself)`]),
    ...(atMost === undefined ? [] : [`at most ${yuan(atMost)}`]),
    ...(below === undefined ? [] : [`less than ${yuan(below)} (not ${yuan(below)} itself)`]),
  ])
}

function daysOfYear(runs: readonly DayRun[]): string {
  return runs
    .map(({ month, from, to }) => `${months[month]} ${from === to ? `${from}` : `${from} to ${to}`}`)
    .join(', ')
}

const sourceWords = {
  ...{ public: /public|budget/i, collective: /collective/i, charity: /charit/i },
  ...{ insurance: /insurance/i, site: /site/i },
}
const givenUnder = { subsidy: 'subsidised', discount: 'reduced' }

function counting({ limits, counts, several, rest }: RuleNeeds['counting']): string[] {
  const left = `Where a step has several limits, each must have room left${rest ? '; those that say that what is left is paid stay out of this' : ''}`
  return [
    ...(limits ? ['Limits count only what the person was given and was not voided'] : []),
    ...(counts
      ? [
          'One visit counts once in a limit by number, however many steps share it; a step that took nothing off does not count',
        ]
      : []),
    ...(several ? [left] : []),
  ]
}

function rounding(given: Rounding, { amounts, target, bounds: most, threshold }: RuleNeeds['rounding']): string[] {
  const what = { taken: 'taken off', added: 'added', earned: 'earned by the operator' }
  const against = { cap: 'its bound', allowance: 'the balance' }
  const compared = most.length === 0 ? '' : `, lowered to ${and(most.map(name => against[name]))} where that is less`
  const first = `Where a part of a price is taken, the amount ${or(amounts.map(name => what[name]))} is ${rounds(given)} first, unless it says otherwise`
  const taken = amounts.includes('taken')
    ? `${compared}, and then subtracted from the running price${threshold ? '; conditions on the price in later steps look at what that leaves' : ''}`
    : ''
  return [
    ...(amounts.length === 0 ? [] : [`${first}${taken}`]),
    ...(target
      ? [
          `Where the price comes down to a percentage, the price that is left is ${rounds(given)}, unless it says otherwise, and the difference is taken off`,
        ]
      : []),
  ]
}

export const phrasesEn: Phrases = {
  words: ({ en }) => en,
  yuan,
  marker: numbers => `(${numbers.join('.')}) `,
  marks: { list: ':', item: ';', sentence: '.' },
  sentences: parts => parts.join('. '),
  heading: (number, text) => `${number}. ${text}`,
  every: parts => `${parts.slice(0, -1).join(', ')}, and ${parts.at(-1)}`,
  either: parts => parts.join(', or '),
  not: part => `it is not so that ‘${part}’`,
  heads: {
    every: 'all of the following hold',
    either: 'one or more of the following hold',
    none: 'not one of the following holds',
  },

  guest: value => (value ? 'nobody was identified (a guest)' : 'the person was identified'),
  age: ({ atLeast, below }) =>
    `the person is ${and([
      ...(atLeast === undefined ? [] : [`at least ${atLeast}`]),
      ...(below === undefined ? [] : [`not yet ${below}`]),
    ])} years old`,
  born: ({ from, to }) => {
    if (to === undefined) return `the person was born on ${date(from ?? '')} or later`
    return from === undefined
      ? `the person was born on ${date(to)} or earlier`
      : `the person was born from ${date(from)} to ${date(to)}, both days included`
  },
  category: titles => `the person belongs to ${or(titles.map(quoted))}`,
  notCategory: titles => `the person does not belong to ${or(titles.map(quoted))}`,
  place: (of, { unit, is }) => {
    const what = of === 'household' ? 'the person is registered' : 'the person lives'
    return is === 'site' ? `${what} in the ${unit} of the site` : `${what} in the ${unit} ${or(is.map(quoted))}`
  },
  careGrade: ({ atLeast, atMost }) =>
    `the care grade is ${and([
      ...(atLeast === undefined ? [] : [`${atLeast} or higher`]),
      ...(atMost === undefined ? [] : [`${atMost} or lower`]),
    ])}`,
  heightCm: ({ atLeast, below }) =>
    `the height is ${and([
      ...(atLeast === undefined ? [] : [`at least ${atLeast} cm`]),
      ...(below === undefined ? [] : [`less than ${below} cm`]),
    ])}`,
  meal: names => `the meal is ${or(names)}`,
  weekday: given => {
    const span = spanOf(given)
    return span === null
      ? `the day is ${or(given.map(day => weekdays[day] ?? ''))}`
      : `the day is one from ${weekdays[span.first]} to ${weekdays[span.last]}`
  },
  workingDay: value => `the day is ${value ? 'a' : 'not a'} working day`,
  time: ({ from, before }) =>
    `the time is ${and([
      ...(from === undefined ? [] : [`${from} or later`]),
      ...(before === undefined ? [] : [`before ${before} (not ${before} itself)`]),
    ])}`,
  channel: names => `the meal is ${or(names.map(name => channels[name]))}`,
  set: sets => `the set chosen is ${or(sets.map(quoted))}`,
  service: titles => `the service is ${or(titles.map(quoted))}`,
  serviceGroup: titles => `the service is in the group ${or(titles.map(quoted))} of the catalogue`,
  wholeCatalogue: 'the service is in the catalogue (others, and visits without a service, do not count)',
  minutes: ({ atLeast }) =>
    `the service took at least ${atLeast} minutes (without a check-out the length is not known and not enough)`,
  paidByInsurance: value =>
    value
      ? 'long-term-care insurance pays this visit'
      : 'long-term-care insurance does not pay this visit (it does not where nothing is recorded)',
  siteGrade: grades => `the grade of the site is ${or(grades.map(String))}`,
  siteMode: modes => `the site is of the kind ${or(modes.map(quoted))}`,
  sitePlace: ({ unit, is }) => `the site lies in the ${unit} ${or(is.map(quoted))}`,
  listed: value => (value ? 'the site is on the whitelist' : 'the site is not on the whitelist'),
  price: (of, given) => `${prices[of]} is ${bounds(given)}`,

  percent: (percent, of) => `${percent === 100 ? 'all' : `${percent}%`} of ${prices[of]}`,
  fraction: (numerator, denominator, of) => `${numerator}/${denominator} of ${prices[of]}`,
  downTo: (price, most) => `the price comes down to ${price}${most === undefined ? '' : `, by at most ${most}`}`,
  atMost: (amount, most) => `${amount}, at most ${most}`,
  rounded: (amount, rounding) => `${amount} (${rounds(rounding)})`,
  ofClass: (who, amount) => `${who}: ${amount}`,
  amountOfClass: 'where all of that is so',
  others: 'all others',
  everybody: 'in every case',
  noClass: {
    discount: 'otherwise there is no site discount',
    subsidy: 'otherwise there is no subsidy',
    surcharge: 'otherwise nothing is added',
    operator: 'otherwise nothing is earned',
    nested: 'otherwise the class around these does not hold, and the others are looked at',
  },
  byClass: choose =>
    ({
      first: 'by the first of the following classes that holds',
      best: 'by the highest of the following classes that hold (the first of equals)',
      sum: 'by the sum of all of the following classes that hold',
    })[choose],
  paidBy: payers =>
    payers.length > 1
      ? `shared by ${fundsOf(payers)} as ${payers.map(({ share }) => share).join(':')}`
      : `paid by ${fundsOf(payers)}`,

  paid,

  step: (number, title, text) => `Step ${number}, ${title}: ${text}`,
  stepRef: (number, option) => `step ${number}${option === undefined ? '' : `(${option})`}`,
  optionTitle: (title, text) => `${title}: ${text}`,
  whom: whom => ({ person: 'for identified persons, ', guest: 'for guests, ', anyone: 'for anyone, ' })[whom],
  when: (whom, condition, then) => `${whom}${condition === '' ? '' : `if ${condition}, then `}${then}`,
  gives: (giving, amount, paidBy) =>
    paid(
      {
        discount: `a site discount of ${amount}`,
        subsidy: `a subsidy of ${amount}`,
        surcharge: `${amount} is added to the price`,
        operator: `the operator also earns ${amount}`,
      }[giving],
      paidBy,
    ),
  givesDown: (giving, downTo, paidBy) =>
    giving === 'discount' ? `a site discount: ${downTo}` : `${downTo}, and what is taken off is ${paidBy}`,
  givesByClass: (giving, byClass, paidBy) =>
    `${paid({ discount: 'a site discount', subsidy: 'a subsidy', surcharge: 'an amount is added to the price', operator: 'the operator also earns an amount' }[giving], paidBy)}, ${byClass}`,
  amountBelow: 'this step applies, by the amount that stands after these points',
  choice: choose =>
    choose === 'first'
      ? 'only one of the following is given, the first that gives anything'
      : 'only one of the following is given, the one that in fact gives most (the first of equals)',
  optionsBelow: 'one of those that stand after these points applies',
  leaves: amount => `This step leaves a price of at least ${amount}`,
  underLimits: numbers => `Bound by ${numbers.length > 1 ? 'limits' : 'limit'} ${and(numbers.map(String))}`,
  fromAllowance: title => `Paid from the person's ${quoted(title)}; where too little is left, what is left is paid`,
  restFirst:
    'The amount is first lowered to what is left where that is paid, then held against the other limits on money',
  issued: (title, period) => `for those who are issued ${quoted(title)} this ${period} (see allowances), `,
  aside: text => ` (note: ${text})`,

  limit: (number, title, text) => `Limit ${number}${title === undefined ? '' : ` (${title})`}: ${text}`,
  allowance: (title, id, aside, text) => `${quoted(title)} (${id})${aside}: ${text}`,
  times: count => (count === 1 ? 'once' : `${count} times`),
  cap: (period, unit, most, gives) =>
    `a person is ${givenUnder[gives]} ${unit === 'fen' ? 'by ' : ''}at most ${most} in a ${each[period]}`,
  capByClass: (period, unit, gives) =>
    `${unit === 'count' ? 'how often' : 'by how much'} a person is ${givenUnder[gives]} at most in a ${each[period]} goes by the first of the following classes that holds`,
  issue: (period, amount) => `${amount} a person and ${each[period]}`,
  issueByClass: period =>
    `the amount a person and ${each[period]} goes by the first of the following classes that holds`,
  noCap: { limit: 'otherwise the steps under this limit do nothing', allowance: 'otherwise nothing is issued' },
  steps: refs => `For ${and(refs)} together`,
  unused: 'No step uses it',
  beyond: {
    nothing: 'Where too little is left for a whole amount, nothing of that amount is given',
    rest: 'Where too little is left for a whole amount, what is left is given',
  },
  balance: period =>
    `The balance of a ${period} is what is issued for it less what was used in it and not voided; without any use it is the whole. It is good for its ${period} and then 0`,
  entitledOn: (on, period, open) => {
    const changed = 'after a change of class the balance is the new amount less what was used, at least 0'
    if (on === 'period')
      return `What is issued goes by the class on the day of the visit and by that on the first day of the ${period}, whichever gives more, no class counting as 0 yuan; ${changed}`
    return `What is issued goes by the class on the day of the visit; ${changed}${open ? '' : '; who is in none of these classes on that day cannot use the balance'}`
  },
  mealOfService: 'Services without a meal count as one meal of their day',
  goesOn: version => `What was used under version ${version} counts on: a change of version does not begin it anew`,
  allGoOn: (limits, allowances) =>
    `${and([...(limits.length === 0 ? [] : [`${limits.length > 1 ? 'Limits' : 'Limit'} ${and(limits.map(String))}`]), ...allowances.map(quoted)])} of all versions are the same: what was used counts on over a change of version`,

  order:
    'Begin with the list price (what the site asks) and take the steps in their order. Every step is worked out on what the steps before it left, called the running price, and takes no more than that. What is left after the last step is what the person pays',
  persons:
    'Steps are for people who were identified and are on the roster. Guests, who were not identified, and those whom the roster does not know pay the list price',
  guests:
    'Somebody who was not identified is a guest, of whom nothing personal is known. Steps are for people who were identified and are on the roster, unless they say “guests” or “anyone”. Somebody who showed a means of identification that the roster does not know is no guest, and nothing personal is known either: reductions for “anyone” are theirs, and nothing is ever added',
  unknown: ({ categories, negated, listing }) =>
    `${categories ? 'Somebody who is not registered as of a category is taken not to belong to it. ' : ''}Where ${categories ? 'anything else' : 'something'} that a condition asks is not registered or not recorded, that condition does not hold${negated ? ' (so that one which must not hold is met)' : ''}${listing ? '. A site without a record of being taken off the whitelist counts as on it' : ''}`,
  samePlace:
    'A unit is “of the site” when both sides state it and by the same name; all wider units that both sides state must be the same too',
  whitelist: discounts =>
    `At a site that was taken off the whitelist ${
      {
        none: 'there are no subsidies: the list price holds',
        surcharged: 'there are no subsidies',
        stop: 'there are neither site discounts nor subsidies',
        stay: 'there are no subsidies; site discounts stay',
        some: 'there are no subsidies; site discounts stay, unless a condition asks for the whitelist',
      }[discounts]
    }`,
  counting,
  glosses: 'Notes are there to help understanding only; what the steps themselves say holds',
  insurance:
    'Where long-term-care insurance pays, what the person pays is meant here as it is before the insurance settles',
  downToRule:
    'To bring the price down to a figure is to take off what of the running price is above it, and nothing where it is not above',
  shares:
    'Where funds share a subsidy, its whole amount is rounded first and then divided: each has its share over the sum of shares. Each part is cut down to 0.01 yuan; what is left over goes, 0.01 yuan to each in turn, in the order of the parts cut off, largest first, until it is gone; of equals the first goes first',
  businessDay:
    'A business day lasts from 4:00 until before 4:00 of the next day. Wherever a date is meant (ages, registrations, versions, weekdays, days, weeks, months and so on) it is the date of the business day',
  notInForce: 'On a day on which no version is in force the list price holds',
  ageRule: rule => `Ages are those on the day of the visit; an age is reached on ${ageRules[rule]}`,
  leapDay: birthday =>
    `Somebody born on 29 February has the birthday on ${birthday === '02-28' ? '28 February' : '1 March'} in common years`,
  rounding,
  demand: (least, above) => {
    const verified = 'that staff know or compare the person, or the person’s PIN'
    const parts = [
      ...(least === undefined
        ? []
        : [`A subsidy needs ${least === 'possessed' ? `a freshly made code, or ${verified}` : verified}`]),
      ...(above === undefined
        ? []
        : [`A subsidy of more than ${above} a visit (not ${above} itself) needs ${verified}`]),
    ]
    return `${parts.join('. ')}. Without it the visit goes on at the price without subsidy, with a pending claim; a site that asks for more is followed`
  },
  onlineOnly:
    'Without a network no subsidy is given: the visit goes on at the price without subsidy, with a pending claim',
  boundedOffline: ({ day, senior, till, bearer }) =>
    `Without a network a till gives subsidies also where it cannot prove a right to them: to one person up to ${day} a day and ${senior} until the province was heard, to all at one till up to ${till} until then. What turns out to be beyond the limits is borne by “${bearer}”, never by the person`,
  minimum: amount => `The person pays at least ${amount}: site discounts and subsidies stop there`,
  minimumByClass:
    'What the person pays at least goes by the first of the following classes that holds; site discounts and subsidies stop there',
  noMinimum: 'otherwise nothing is asked for',
  workingDays: (listed, versions) =>
    `A working day${versions.length === 0 ? '' : ` (asked for by version ${and(versions)} only)`} is Monday to Friday${listed ? ' without the holidays below (those that fall on Monday to Friday are listed), and each make-up day below. In years that are not listed only the weekday counts' : '; this pack lists no holidays and no make-up days'}`,
  calendarYear: (year, holidays, makeUpDays) =>
    `${year}: ${[
      ...(holidays.length === 0 ? [] : [`${days(holidays.length)} of holiday (${daysOfYear(dayRuns(holidays))})`]),
      ...(makeUpDays.length === 0
        ? []
        : [
            `${makeUpDays.length} make-up ${makeUpDays.length === 1 ? 'day' : 'days'} (${daysOfYear(dayRuns(makeUpDays))})`,
          ]),
    ].join('; ')}`,

  pack: (title, id) => `${title} (${id})`,
  area: area => `Area (a label, no condition; conditions stand in the steps): ${area}`,
  source: source => `Written from: ${source}`,
  fictional: 'This policy holds invented figures or rules and must not be used as the rule of any place',
  headings: {
    funds: 'Funds',
    categories: 'Categories of people',
    calendar: 'Working days',
    rules: 'How a price is worked out',
    services: 'Catalogue of services (prices for information; a visit is priced on its own list price)',
    steps: 'Steps',
    limits: 'Limits',
    allowances: 'Allowances',
    operator: 'What the operator earns (never changes the price)',
    stipends: 'Monthly stipends (shown on the record of the person, not spent at the till)',
    assumptions:
      'Assumed by this version where the notice is silent (notes; where steps say otherwise, the steps hold)',
  },
  fund: (title, id, source) => {
    const name = `${title} (${id})`
    if (source === 'family') return `${name}: shared by the family as agreed, and no part of what the person pays`
    return sourceWords[source].test(title) ? name : `${name}: ${sources[source]}`
  },
  pot: ({ period, beyond }) =>
    `It holds a sum for each ${each[period]} and can run out. Where too little is left for its part of an amount, ${beyond === 'rest' ? 'it pays what is left' : 'the whole amount that it has a part in (a subsidy, or what the operator earns) is not paid'}`,
  registered: titles =>
    `By registration: ${titles.join(', ')}. A registration with dates holds from the first to the last, both included`,
  named: (title, id) => `${quoted(title)} (${id})`,
  follows: (title, id, condition) =>
    `${quoted(title)} (${id}) means: those registered as such, or anybody of whom this holds: ${condition}`,
  version: (id, title, from, to) =>
    `Version ${id}${title === undefined ? '' : ` “${title}”`}, ${to === undefined ? `from ${date(from)} on` : `${date(from)} to ${date(to)}, both days included`}`,
  offer: (title, id, unit, price) => `${title} (${id}) ${price === undefined ? `by ${unit}` : `${price} per ${unit}`}`,
  offers: (group, offers) => `${group === undefined ? '' : `Group ${quoted(group)}: `}${offers.join('; ')}`,
  noReduction: 'There is no reduction: the list price holds',
  whereSubsidised: (title, text) => `${title}: where a fund in fact subsidises the visit, ${text}`,
  stipend: (amount, fund) => `${amount} a month, paid by ${fund}`,
  stipendOf: (title, id, text) => `${quoted(title)} (${id}): ${text}`,
}
