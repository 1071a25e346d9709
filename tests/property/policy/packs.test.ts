import fc from 'fast-check'
import { expect, test } from 'vitest'
import { businessDate } from '../../../shared/business-day.ts'
import { canonicalJson } from '../../../shared/canonical-json.ts'
import { greatestFen, personFacts, visitFacts } from '../../../shared/policy/facts.ts'
import type { PolicyPack } from '../../../shared/policy/language.ts'
import { packHash, parsePack } from '../../../shared/policy/parse-pack.ts'
import { quote, quoteUnder } from '../../../shared/policy/quote.ts'
import type { QuoteInputs } from '../../../shared/policy/quote-form.ts'
import { anyPackJson, anySteps, fundIds, oneVersion, packRest, versionRest, withIds } from '../../support/any-pack.ts'
import { anyComing, inputsFor } from '../../support/any-visit.ts'
import { soundPack } from '../../support/policy-kit.ts'
import { runs } from '../../support/property-runs.ts'

const ends = fc.constantFrom('1800-01-01', '1800-02-28', '2000-02-29', '2026-11-20', '2999-12-31')
const figures = fc.constantFrom(0, 1, greatestFen, Number.MAX_SAFE_INTEGER)

/** Inputs at the ends of what their forms allow. */
const farInputs = fc
  .tuple(
    anyComing,
    ends,
    ends,
    fc.record({ careGrade: fc.constantFrom(0, 9), heightCm: fc.constantFrom(0, 300) }),
    fc.constantFrom(0, 1, greatestFen),
    fc.array(figures, { minLength: 3, maxLength: 3 }),
  )
  .map(
    ([coming, birthDate, date, facts, listFen, [used = 0, rights = 0, pot = 0]]) =>
      (pack: PolicyPack): QuoteInputs => {
        const inputs = inputsFor(pack, coming)
        const all = (keys: string[], figure: number) => Object.fromEntries(keys.map(key => [key, figure]))
        return {
          person: inputs.person === null ? null : personFacts.parse({ ...inputs.person, ...facts, birthDate }),
          visit: visitFacts.parse({ ...inputs.visit, businessDate: date, listFen }),
          used: all(Object.keys(inputs.used), used),
          rights: inputs.rights === 'whole-cap' ? 'whole-cap' : all(Object.keys(inputs.used), rights),
          pots: all(fundIds, pot),
        }
      },
  )

function checkQuote(pack: PolicyPack, inputs: QuoteInputs): void {
  for (const version of pack.versions) {
    const result = quoteUnder(pack, version, inputs)
    const subsidised = result.subsidies.reduce((sum, { fen }) => sum + fen, 0)
    expect(result.discountFen + subsidised + result.ownPayFen).toBe(result.listFen)
    expect(result.ownPayFen).toBeGreaterThanOrEqual(0)
    expect(canonicalJson(result)).toContain(result.digest)
  }
}

test('a pack with one thing changed is refused in words, or prices whoever comes for whatever', () => {
  const oddities = fc.oneof(
    fc.constantFrom<unknown>(0, 1, 7, 100, 10_000, greatestFen, 1e9, -1, 0.5, '', 'valueOf', 'city', 'dibao', '\ud800'),
    fc.constantFrom<unknown>(
      '1800-01-01',
      '9999-12-31',
      '02-28',
      'sum',
      'best',
      'rest',
      'year',
      'period',
      true,
      null,
      [],
      {},
    ),
    fc.jsonValue(),
  )
  fc.assert(
    fc.property(anyPackJson, fc.nat(), oddities, anyComing, farInputs, (json, where, oddity, coming, far) => {
      const parsed = parsePack(changed(json, where, oddity))
      if (!parsed.ok) {
        expect(parsed.problems.length).toBeGreaterThan(0)
        return
      }
      quote(parsed.pack, inputsFor(parsed.pack, coming))
      checkQuote(parsed.pack, inputsFor(parsed.pack, coming))
      checkQuote(parsed.pack, far(parsed.pack))
    }),
    runs(350),
  )
})

test('surcharge upon surcharge, the price stays a figure that is exact', () => {
  const whole = { kind: 'percent', percent: 100, of: 'running' }
  const most = { kind: 'fixed', fen: greatestFen }
  const heaped = { kind: 'classes', choose: 'sum', classes: Array.from({ length: 64 }, () => ({ amount: whole })) }
  const heap = fc.array(fc.constantFrom<object>(whole, most, heaped), { minLength: 1, maxLength: 40 })
  fc.assert(
    fc.property(packRest, versionRest, heap, anySteps, farInputs, (pack, rest, amounts, steps, far) => {
      const surcharges = amounts.map(amount => ({
        kind: 'surcharge',
        title: { zh: '加', en: 'more' },
        for: 'anyone',
        amount,
      }))
      const sound = soundPack(oneVersion(pack, rest, withIds([...surcharges, ...steps])))
      checkQuote(sound, far(sound))
    }),
    runs(120),
  )
})

test('parsing a pack never throws, whatever it is given, and a sound pack keeps its hash', () => {
  fc.assert(
    fc.property(fc.jsonValue(), anyPackJson, fc.string(), fc.jsonValue(), (json, pack, key, value) => {
      for (const input of [json, { ...pack, [key]: value }]) {
        const parsed = parsePack(input)
        if (parsed.ok) expect(packHash(soundPack(JSON.parse(JSON.stringify(parsed.pack))))).toBe(packHash(parsed.pack))
        else expect(parsed.problems.length).toBeGreaterThan(0)
      }
    }),
    runs(160),
  )
})

test('a version is in force from its first to its last day, and none outside', () => {
  const packs = anyPackJson.map(json => soundPack(json))
  const days = fc.date({ min: new Date('2019-12-01'), max: new Date('2027-02-01'), noInvalidDate: true })
  fc.assert(
    fc.property(packs, days, anyComing, (pack, day, coming) => {
      const date = businessDate.parse(day.toISOString().slice(0, 10))
      const inputs = inputsFor(pack, { ...coming, visit: { ...coming.visit, businessDate: date } })
      const inForce = pack.versions.filter(({ from, to }) => date >= from && date <= (to ?? date))
      expect(quote(pack, inputs).version).toBe(inForce[0]?.id ?? null)
      expect(inForce.length).toBeLessThanOrEqual(1)
    }),
    runs(80),
  )
})

/** The same JSON with another value (or none) at one of its places, chosen by a number. */
function changed(json: unknown, where: number, value: unknown): unknown {
  const places: (readonly (string | number)[])[] = []
  const visit = (item: unknown, path: readonly (string | number)[]) => {
    if (path.length > 0) places.push(path)
    if (Array.isArray(item)) for (const [index, each] of item.entries()) visit(each, [...path, index])
    else if (typeof item === 'object' && item !== null)
      for (const [key, each] of Object.entries(item)) visit(each, [...path, key])
  }
  visit(json, [])
  return replaced(json, places[where % places.length] ?? [], value)
}

function replaced(json: unknown, path: readonly (string | number)[], value: unknown): unknown {
  const [key, ...rest] = path
  if (key === undefined) return value
  if (Array.isArray(json)) return json.map((item, index) => (index === key ? replaced(item, rest, value) : item))
  if (typeof json !== 'object' || json === null) return json
  return Object.fromEntries(
    Object.entries(json).flatMap(([name, item]) => {
      if (name !== key) return [[name, item]]
      // A list in place of a value stands for a key that is missing.
      if (rest.length === 0 && Array.isArray(value) && value.length === 0) return []
      return [[name, replaced(item, rest, value)]]
    }),
  )
}
