import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { businessDate } from '../../shared/business-day.ts'
import type { PolicyCase } from '../../shared/policy/case.ts'
import { type PersonFacts, personFacts, type VisitFacts, visitFacts } from '../../shared/policy/facts.ts'
import type { PolicyPack } from '../../shared/policy/language.ts'
import { parsePack } from '../../shared/policy/parse-pack.ts'
import { quote } from '../../shared/policy/quote.ts'
import type { Quote, QuoteInputs } from '../../shared/policy/quote-form.ts'

const repository = join(import.meta.dirname, '../..')

export function readRepositoryJson(path: string): unknown {
  return JSON.parse(readFileSync(join(repository, path), 'utf8'))
}

/** A pack from JSON that must be sound; throws with its problems otherwise. */
export function soundPack(json: unknown): PolicyPack {
  const parsed = parsePack(json)
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems))
  return parsed.pack
}

export const shippedPack = (id: string): PolicyPack => soundPack(readRepositoryJson(`resources/policies/${id}.json`))

/** The cases that a shipped pack carries. */
export const shippedVectors = (id: string): readonly PolicyCase[] => shippedPack(id).vectors ?? []

export const date = (text: string) => businessDate.parse(text)

export const words = (text: string) => ({ zh: text, en: text })

/** A subsidy of a fixed amount from fund `city`, in JSON; `more` adds or replaces keys. */
export const subsidyStep = (id: string, fen: number, more: object = {}): object => ({
  id,
  kind: 'subsidy',
  title: words(id),
  amount: { kind: 'fixed', fen },
  fund: 'city',
  ...more,
})

export const discountStep = (id: string, percent: number, more: object = {}): object => ({
  id,
  kind: 'discount',
  title: words(id),
  amount: { kind: 'percent', percent, of: 'running' },
  ...more,
})

type MoreOfPack = {
  readonly limits?: readonly object[]
  readonly calendar?: object
  /** Further keys of the version and of the pack; they replace those that stand there. */
  readonly version?: object
  readonly pack?: object
}

/** The JSON of a small pack of one version, in force from 2020 on. */
export function packJson(benefits: readonly object[], more: MoreOfPack = {}) {
  return {
    format: 1,
    id: 'TEST',
    title: words('test'),
    area: 'A',
    ...(more.calendar === undefined ? {} : { calendar: more.calendar }),
    funds: [
      { id: 'city', title: words('city'), source: 'public' },
      { id: 'street', title: words('street'), source: 'public' },
    ],
    categories: ['dibao', 'tekun', 'in_institution'].map(id => ({ id, title: words(id) })),
    versions: [
      {
        id: 'TEST-1',
        from: '2020-01-01',
        rounding: { unitFen: 1, mode: 'half-up' },
        limits: more.limits ?? [],
        benefits,
        ...more.version,
      },
    ],
    ...more.pack,
  }
}

export const packOf = (...parameters: Parameters<typeof packJson>): PolicyPack => soundPack(packJson(...parameters))

/** Aged 82 on the default date, registered in street S1 of district D1 of city A. */
export const person = (more: object = {}): PersonFacts =>
  personFacts.parse({
    birthDate: '1944-03-02',
    categories: [],
    household: { city: 'A', district: 'D1', street: 'S1' },
    ...more,
  })

/** Lunch for 15.00 on Friday 2026-11-20 in street S1 of district D1 of city A. */
export const visit = (more: object = {}): VisitFacts =>
  visitFacts.parse({
    businessDate: '2026-11-20',
    meal: 'lunch',
    channel: 'dine-in',
    listFen: 1500,
    site: { place: { city: 'A', district: 'D1', street: 'S1' }, listed: true },
    ...more,
  })

export function price(pack: PolicyPack, more: Partial<QuoteInputs> = {}): Quote {
  return quote(pack, { person: person(), visit: visit(), used: {}, rights: 'whole-cap', ...more })
}

export const codes = (from: Quote): string[] => from.reasons.map(({ code }) => code)
