import fc from 'fast-check'
import { expect, test } from 'vitest'
import { weekdayOf } from '../../../shared/business-day.ts'
import { canHold } from '../../../shared/policy/check/can-hold.ts'
import { checkPack } from '../../../shared/policy/check/check-pack.ts'
import { worldOf } from '../../../shared/policy/check/facts-known.ts'
import { among, dateNumber, type Formula, formulaOf, not, range, yes } from '../../../shared/policy/check/formula.ts'
import { type Circumstances, isWorkingDay, judge, rulesOf } from '../../../shared/policy/conditions.ts'
import { type PersonFacts, placeUnit, type VisitFacts } from '../../../shared/policy/facts.ts'
import { type Condition, condition, type PolicyPack } from '../../../shared/policy/language.ts'
import { parsePack } from '../../../shared/policy/parse-pack.ts'
import { quote } from '../../../shared/policy/quote.ts'
import { anyCondition, categoryIds } from '../../support/any-condition.ts'
import { anyPack, anyPackJson, oneVersion, packRest, versionRest } from '../../support/any-pack.ts'
import { anyComing, inputsFor } from '../../support/any-visit.ts'
import { soundPack } from '../../support/policy-kit.ts'
import { runs } from '../../support/property-runs.ts'

const somewhere = fc.record({
  province: fc.constant('A'),
  city: fc.constantFrom('A', 'B'),
  district: fc.constantFrom('A', 'B'),
  street: fc.constantFrom('A', 'B'),
  village: fc.constantFrom('A', 'B'),
})
/** Somebody who comes, of whom and of the site every unit of the place is known: only then does a wider unit follow from a narrower one. */
const anyKnownPlace = fc
  .tuple(anyComing, somewhere, somewhere, somewhere)
  .map(([coming, household, residence, place]) => ({
    ...coming,
    person: coming.person === null ? null : { ...coming.person, household, residence },
    visit: { ...coming.visit, site: { ...coming.visit.site, place } },
  }))

const oneOf = (fact: string, value: string | number | undefined): Formula =>
  value === undefined ? { kind: 'unknown', fact } : among(fact, [value])
const exactly = (fact: string, value: number | undefined): Formula =>
  value === undefined ? { kind: 'unknown', fact } : range(fact, value, value)

/** All that is known of a person, as the check would put it. */
function personFormulas(person: PersonFacts, at: Circumstances): Formula[] {
  const holds = (asked: Condition) => judge(asked, at).holds
  const date = at.visit.businessDate
  const age = Array.from({ length: 130 }, (_, years) => years).findLast(years => holds({ age: { atLeast: years } }))
  const held = person.categories.filter(
    ({ from, to }) => (from === undefined || from <= date) && (to === undefined || date <= to),
  )
  const lacked = categoryIds.filter(id => !held.some(item => item.id === id))
  return [
    age === undefined ? { kind: 'any', parts: [] } : exactly('age', age),
    exactly('born', dateNumber(person.birthDate)),
    exactly('careGrade', person.careGrade),
    exactly('heightCm', person.heightCm),
    ...held.map(({ id }): Formula => ({ kind: 'holds', categories: [id] })),
    { kind: 'lacks', categories: lacked },
    ...placeUnit.options.flatMap(unit =>
      (['household', 'residence'] as const).flatMap(whose => {
        const isHere = yes(`${whose}@site.${unit}`)
        return [
          oneOf(`${whose}.${unit}`, person[whose]?.[unit]),
          holds({ [whose]: { unit, is: 'site' } }) ? isHere : not(isHere),
        ]
      }),
    ),
  ]
}

function visitFormulas(visit: VisitFacts, pack: PolicyPack): Formula[] {
  const { time, site } = visit
  return [
    oneOf('meal', visit.meal),
    oneOf('weekday', weekdayOf(visit.businessDate)),
    yes('workingDay', isWorkingDay(visit.businessDate, pack.calendar)),
    exactly('time', time === undefined ? undefined : Number(time.slice(0, 2)) * 60 + Number(time.slice(3))),
    oneOf('channel', visit.channel),
    oneOf('set', visit.set),
    oneOf('service', visit.service),
    exactly('minutes', visit.minutes),
    yes('paidByInsurance', visit.paidByInsurance === true),
    oneOf('siteGrade', site.grade),
    oneOf('siteMode', site.mode),
    ...placeUnit.options.map(unit => oneOf(`sitePlace.${unit}`, site.place[unit])),
    yes('listed', site.listed),
    exactly('listPrice', visit.listFen),
    exactly('runningPrice', visit.listFen),
  ]
}

/** What conditions refer to: categories, a calendar, a catalogue, a rule of ages. */
const anyWords = fc.tuple(packRest, versionRest).map(([pack, rest]) => soundPack(oneVersion(pack, rest, [])))

test('a condition is held possible together with all that is known of somebody exactly where it holds for them', () => {
  fc.assert(
    fc.property(anyWords, anyCondition, anyKnownPlace, (pack, asked, { person, visit }) => {
      const [version] = pack.versions
      if (version === undefined) return
      const at: Circumstances = { person, visit, runningFen: visit.listFen, rules: rulesOf(pack, version) }
      fc.pre(person === null || judge({ age: { atLeast: 0 } }, at).holds)
      const wanted = condition.parse(asked)
      const known = [
        yes('guest', person === null),
        ...(person === null ? [] : personFormulas(person, at)),
        ...visitFormulas(visit, pack),
      ]
      const meaning = { categories: pack.categories, services: version.services, running: 'runningPrice' }
      const said = formulaOf(wanted, meaning)
      const isTrue = judge(wanted, at).holds
      expect(canHold([...known, said], worldOf(pack, version)).possible).toBe(isTrue)
      expect(canHold([...known, not(said)], worldOf(pack, version)).possible).toBe(!isTrue)
      expect(canHold([said, ...known], worldOf(pack, version)).possible).toBe(isTrue)
    }),
    runs(600),
  )
})

const dead = ['never-holds', 'contradicts-place', 'empty-range', 'nothing-left', 'unreachable', 'gives-nothing']

test('what is told to be dead never changes a price', () => {
  fc.assert(
    fc.property(anyPack, fc.array(anyKnownPlace, { minLength: 12, maxLength: 12 }), (pack, comings) => {
      const findings = checkPack(pack).filter(({ code }) => dead.includes(code))
      const isDead = (path: string) =>
        findings.some(item => [path, `${path}.when`, `${path}.amount`].includes(item.path))
      const deadSteps = pack.versions.flatMap((version, index) =>
        version.benefits.flatMap((step, place) => {
          const path = `versions[${index}].benefits[${place}]`
          const options = step.kind === 'choice' ? step.options : []
          const ofOptions = options.flatMap(({ id }, each) => (isDead(`${path}.options[${each}]`) ? [id] : []))
          return [...(isDead(path) ? [step.id] : []), ...ofOptions].map(id => `${version.id} ${id}`)
        }),
      )
      for (const coming of comings) {
        const { version, ladder } = quote(pack, inputsFor(pack, coming))
        expect(ladder.map(({ benefit }) => `${version} ${benefit}`).filter(id => deadSteps.includes(id))).toEqual([])
      }
    }),
    runs(120),
  )
})

/** A copy of JSON with the value at one place, chosen by counting through all of them, replaced. */
function withOddity(json: unknown, count: { left: number }, oddity: unknown): unknown {
  count.left -= 1
  if (count.left === 0) return oddity
  if (Array.isArray(json)) return json.map(item => withOddity(item, count, oddity))
  if (typeof json !== 'object' || json === null) return json
  return Object.fromEntries(Object.entries(json).map(([key, value]) => [key, withOddity(value, count, oddity)]))
}

test('any JSON gets its findings, in words, and an error exactly where the pack is refused or a rule is dead', () => {
  const oddities = fc.constantFrom<unknown>(
    0,
    -1,
    0.5,
    1e9,
    '',
    'dibao',
    'site',
    '9999-12-31',
    '2:00',
    true,
    null,
    [],
    {},
    [[]],
    [{}],
  )
  fc.assert(
    fc.property(anyPackJson, fc.integer({ min: 1, max: 300 }), oddities, (pack, place, oddity) => {
      const json = withOddity(pack, { left: place }, oddity)
      const findings = checkPack(json)
      for (const { zh, en } of findings) expect([/\p{Script=Han}/u.test(zh), /[a-z]{3}/.test(en)]).toEqual([true, true])
      if (!parsePack(json).ok) expect(findings.some(({ severity }) => severity === 'error')).toBe(true)
    }),
    runs(200),
  )
})
