import type { LimitPeriod } from '../../business-day.ts'
import type { AgeRule, Amount, Condition, PlaceMatch, PolicyPack, PriceBounds, Rounding, Words } from '../language.ts'

/** The value of a key of a condition. */
type Asked<Key extends keyof Condition> = NonNullable<Condition[Key]>

/** `list` price, the `running` price that the steps before left, or what the person `own`ly pays after all of them. */
export type PriceName = 'list' | 'running' | 'own'
export type Payer = { readonly title: string; readonly share: number }
export type Giving = 'discount' | 'subsidy' | 'surcharge' | 'operator'
export type Choosing = NonNullable<Extract<Amount, { kind: 'classes' }>['choose']>
type FundSource = PolicyPack['funds'][number]['source']
type Pot = NonNullable<PolicyPack['funds'][number]['pot']>

/** A period of an allowance. */
type AllowancePeriod = Exclude<LimitPeriod, 'meal'>

type Joining = {
  readonly words: (words: Words) => string
  readonly yuan: (fen: number) => string
  readonly marker: (numbers: readonly number[]) => string
  readonly marks: { readonly list: string; readonly item: string; readonly sentence: string }
  readonly sentences: (parts: readonly string[]) => string
  readonly heading: (number: number, text: string) => string
  readonly every: (parts: readonly string[]) => string
  readonly either: (parts: readonly string[]) => string
  readonly not: (part: string) => string
  /** Announce points: all of them, one or more, none. */
  readonly heads: { readonly every: string; readonly either: string; readonly none: string }
}

/** What a condition asks, each as a clause of its own. */
type Clauses = {
  readonly guest: (value: boolean) => string
  readonly age: (bounds: Asked<'age'>) => string
  readonly born: (bounds: Asked<'born'>) => string
  readonly category: (titles: readonly string[]) => string
  readonly notCategory: (titles: readonly string[]) => string
  readonly place: (of: 'household' | 'residence', match: PlaceMatch) => string
  readonly careGrade: (bounds: Asked<'careGrade'>) => string
  readonly heightCm: (bounds: Asked<'heightCm'>) => string
  readonly meal: (meals: Asked<'meal'>) => string
  readonly weekday: (days: Asked<'weekday'>) => string
  readonly workingDay: (value: boolean) => string
  readonly time: (bounds: Asked<'time'>) => string
  readonly channel: (channels: Asked<'channel'>) => string
  readonly set: (sets: Asked<'set'>) => string
  readonly service: (titles: readonly string[]) => string
  readonly serviceGroup: (titles: readonly string[]) => string
  /** Every group of a catalogue all of whose services are in groups. */
  readonly wholeCatalogue: string
  readonly minutes: (bounds: Asked<'minutes'>) => string
  readonly paidByInsurance: (value: boolean) => string
  readonly siteGrade: (grades: Asked<'siteGrade'>) => string
  readonly siteMode: (modes: Asked<'siteMode'>) => string
  readonly sitePlace: (match: Asked<'sitePlace'>) => string
  readonly listed: (value: boolean) => string
  readonly price: (of: PriceName, bounds: PriceBounds) => string
}

type Amounts = {
  readonly percent: (percent: number, of: PriceName) => string
  readonly fraction: (numerator: number, denominator: number, of: PriceName) => string
  /** Bringing the running price down to a price. */
  readonly downTo: (price: string, most: string | undefined) => string
  readonly atMost: (amount: string, most: string) => string
  readonly rounded: (amount: string, rounding: Rounding) => string
  readonly ofClass: (who: string, amount: string) => string
  readonly amountOfClass: string
  /** Whom a class without a condition is for, after others that come first, or whatever else holds. */
  readonly others: string
  readonly everybody: string
  /** Where no class holds, by the kind of step; and of classes within a class. */
  readonly noClass: Readonly<Record<Giving | 'nested', string>>
  readonly byClass: (choose: Choosing) => string
  readonly paidBy: (payers: readonly Payer[]) => string
  readonly paid: (amount: string, paidBy: string) => string
}

type Steps = {
  readonly step: (number: number, title: string, text: string) => string
  /** Number of a step, or of an option in one. */
  readonly stepRef: (number: number, option: number | undefined) => string
  readonly optionTitle: (title: string, text: string) => string
  readonly whom: (whom: 'person' | 'guest' | 'anyone') => string
  readonly when: (whom: string, condition: string, then: string) => string
  readonly gives: (giving: Giving, amount: string, paidBy: string) => string
  /** For an amount from `downTo`. */
  readonly givesDown: (giving: Giving, downTo: string, paidBy: string) => string
  readonly givesByClass: (giving: Giving, byClass: string, paidBy: string) => string
  readonly amountBelow: string
  readonly choice: (choose: 'first' | 'best') => string
  readonly optionsBelow: string
  readonly leaves: (yuan: string) => string
  readonly underLimits: (numbers: readonly number[]) => string
  readonly fromAllowance: (title: string) => string
  /** Before the condition of a step that an allowance pays which not everybody has. */
  readonly issued: (title: string, period: AllowancePeriod) => string
  readonly restFirst: string
  /** A note, within a sentence or after a title. */
  readonly aside: (text: string) => string
}

type Limits = {
  readonly limit: (number: number, title: string | undefined, text: string) => string
  readonly allowance: (title: string, id: string, aside: string, text: string) => string
  readonly times: (count: number) => string
  /** `gives`: what draws on the limit, `discount` where some discount does. */
  readonly cap: (period: LimitPeriod, unit: 'count' | 'fen', most: string, gives: 'subsidy' | 'discount') => string
  readonly capByClass: (period: LimitPeriod, unit: 'count' | 'fen', gives: 'subsidy' | 'discount') => string
  readonly issue: (period: AllowancePeriod, amount: string) => string
  readonly issueByClass: (period: AllowancePeriod) => string
  readonly noCap: { readonly limit: string; readonly allowance: string }
  readonly steps: (refs: readonly string[]) => string
  readonly unused: string
  readonly beyond: { readonly nothing: string; readonly rest: string }
  readonly balance: (period: AllowancePeriod) => string
  /** `open`: some class takes everybody. */
  readonly entitledOn: (on: 'day' | 'period', period: AllowancePeriod, open: boolean) => string
  readonly mealOfService: string
  readonly goesOn: (version: string) => string
  /** Numbers of limits and titles of allowances that are the same in all versions. */
  readonly allGoOn: (limits: readonly number[], allowances: readonly string[]) => string
}

/** What of a pack decides how much of a general rule is said. */
export type RuleNeeds = {
  /** `negated`: conditions that want something other than a category not to hold. */
  readonly unknown: { readonly categories: boolean; readonly negated: boolean; readonly listing: boolean }
  /** What becomes of site discounts off the whitelist; where there are none, whether something is added to prices. */
  readonly whitelist: 'none' | 'surcharged' | 'stop' | 'stay' | 'some'
  /** `counts`: limits by number; `several`: steps under two limits that pay nothing beyond; `rest`: limits or allowances that pay what is left. */
  readonly counting: {
    readonly limits: boolean
    readonly counts: boolean
    readonly several: boolean
    readonly rest: boolean
  }
  /** `amounts`: which rounded parts there are; `target`: prices brought down to a percentage; `threshold`: conditions on the running price. */
  readonly rounding: {
    readonly amounts: readonly ('taken' | 'added' | 'earned')[]
    readonly target: boolean
    readonly bounds: readonly ('cap' | 'allowance')[]
    readonly threshold: boolean
  }
}

type Rules = {
  readonly order: string
  /** Who the steps are for: where none is for guests, and where some are. */
  readonly persons: string
  readonly guests: string
  readonly unknown: (needs: RuleNeeds['unknown']) => string
  readonly samePlace: string
  readonly whitelist: (discounts: RuleNeeds['whitelist']) => string
  readonly counting: (needs: RuleNeeds['counting']) => string[]
  readonly glosses: string
  readonly insurance: string
  readonly downToRule: string
  readonly shares: string
  readonly businessDay: string
  readonly notInForce: string
  readonly ageRule: (rule: AgeRule) => string
  readonly leapDay: (birthday: '02-28' | '03-01') => string
  readonly rounding: (rounding: Rounding, needs: RuleNeeds['rounding']) => string[]
  readonly minimum: (yuan: string) => string
  /** What proof of who came a subsidy needs; `above`: the amount from which on it is more. */
  readonly demand: (least: 'possessed' | 'verified' | undefined, above: string | undefined) => string
  /** A till without a network gives only what it asked for before. */
  readonly onlineOnly: string
  /** What a till without a network gives where no right stands behind it. */
  readonly boundedOffline: (of: { day: string; senior: string; till: string; bearer: string }) => string
  readonly minimumByClass: string
  readonly noMinimum: string
  /** `versions`: those that ask for one, where not all do. */
  readonly workingDays: (listed: boolean, versions: readonly string[]) => string
  /** Days of one year as `MM-DD`. */
  readonly calendarYear: (year: string, holidays: readonly string[], makeUpDays: readonly string[]) => string
}

type Sections = {
  readonly pack: (title: string, id: string) => string
  readonly area: (area: string) => string
  readonly source: (source: string) => string
  readonly fictional: string
  readonly headings: {
    readonly funds: string
    readonly categories: string
    readonly calendar: string
    readonly rules: string
    readonly services: string
    readonly steps: string
    readonly limits: string
    readonly allowances: string
    readonly operator: string
    readonly stipends: string
    readonly assumptions: string
  }
  readonly fund: (title: string, id: string, source: FundSource) => string
  readonly pot: (pot: Pot) => string
  readonly registered: (titles: readonly string[]) => string
  readonly named: (title: string, id: string) => string
  readonly follows: (title: string, id: string, condition: string) => string
  readonly version: (id: string, title: string | undefined, from: string, to: string | undefined) => string
  readonly offer: (title: string, id: string, unit: string, yuan: string | undefined) => string
  readonly offers: (group: string | undefined, offers: readonly string[]) => string
  readonly noReduction: string
  readonly whereSubsidised: (title: string, text: string) => string
  readonly stipend: (yuan: string, fund: string) => string
  readonly stipendOf: (title: string, id: string, text: string) => string
}

/** Everything that an explanation says, in one language. What a language leaves out is a type error. */
export type Phrases = Joining & Clauses & Amounts & Steps & Limits & Rules & Sections
