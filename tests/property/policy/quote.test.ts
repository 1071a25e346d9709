import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { sha256, toBase64Url } from '../../../shared/bytes.ts'
import { canonicalJson } from '../../../shared/canonical-json.ts'
import { rulesOf } from '../../../shared/policy/conditions.ts'
import { quote, versionInForce } from '../../../shared/policy/quote.ts'
import { type Quote, quoteInputs, quoteResult } from '../../../shared/policy/quote-form.ts'
import { stipendsDue } from '../../../shared/policy/stipends.ts'
import { anySteps, oneVersion, packRest, versionRest, withIds } from '../../support/any-pack.ts'
import { anyComing, anyQuoted, inputsFor } from '../../support/any-visit.ts'
import { soundPack } from '../../support/policy-kit.ts'
import { runs } from '../../support/property-runs.ts'

const throughCanonicalJson = (value: unknown) => JSON.parse(canonicalJson(JSON.parse(JSON.stringify(value))))
const subsidised = ({ subsidies }: Quote) => subsidies.reduce((sum, item) => sum + item.fen, 0)

describe('for any pack, person and visit', () => {
  test('discount, subsidies and own payment make the list price, and nothing is negative', () => {
    fc.assert(
      fc.property(anyQuoted, ({ pack, inputs }) => {
        const result = quote(pack, inputs)
        expect(result.discountFen + subsidised(result) + result.ownPayFen).toBe(result.listFen)
        const amounts = [
          result.ownPayFen,
          result.operatorFen,
          result.pendingFen,
          ...result.subsidies.map(({ fen }) => fen),
        ]
        expect(amounts.every(fen => Number.isSafeInteger(fen) && fen >= 0)).toBe(true)
        expect(result.subsidies.every(({ fen }) => fen > 0)).toBe(true)
        expect(quoteResult.parse(result)).toEqual(result)
      }),
      runs(350),
    )
  })

  test('the ladder leads from the list price to the own payment, step by step', () => {
    fc.assert(
      fc.property(anyQuoted, ({ pack, inputs }) => {
        const { ladder, listFen, ownPayFen } = quote(pack, inputs)
        const end = ladder.reduce((price, step) => {
          expect(step.runningFen).toBe(price - step.fen)
          expect(step.fen).not.toBe(0)
          return step.runningFen
        }, listFen)
        expect(end).toBe(ownPayFen)
      }),
      runs(300),
    )
  })

  test('a pending claim is what full rights would bring, to the fen', () => {
    fc.assert(
      fc.property(anyQuoted, ({ pack, inputs }) => {
        const now = quote(pack, inputs)
        const proven = quote(pack, { ...inputs, rights: 'whole-cap' })
        expect(now.ownPayFen - now.pendingFen).toBe(proven.ownPayFen)
        expect(proven.pendingFen).toBe(0)
        expect(now.pendingFen > 0).toBe(now.reasons.some(({ code }) => code === 'CLAIM_PENDING'))
      }),
      runs(300),
    )
  })

  test('the same inputs give the same bytes, through canonical JSON and back', () => {
    fc.assert(
      fc.property(anyQuoted, ({ pack, inputs }) => {
        const again = quote(soundPack(throughCanonicalJson(pack)), quoteInputs.parse(throughCanonicalJson(inputs)))
        expect(JSON.stringify(again)).toBe(JSON.stringify(quote(pack, inputs)))
      }),
      runs(240),
    )
  })

  test('a quote is its own canonical JSON, named by the digest, no longer than its steps and their payers allow', () => {
    fc.assert(
      fc.property(anyQuoted, ({ pack, inputs }) => {
        const result = quote(pack, inputs)
        const { digest, ...rest } = result
        const text = canonicalJson(rest)
        expect(canonicalJson(JSON.parse(text))).toBe(text)
        expect(toBase64Url(sha256(text))).toBe(digest)
        const steps = versionInForce(pack, inputs.visit.businessDate)?.benefits ?? []
        expect(result.ladder.length).toBeLessThanOrEqual(steps.length * pack.funds.length)
        const sameness = result.reasons.map(({ code, values }) => canonicalJson({ code, values }))
        expect(new Set(sameness).size).toBe(sameness.length)
      }),
      runs(240),
    )
  })

  test('a delisted site costs no fund anything', () => {
    fc.assert(
      fc.property(anyQuoted, ({ pack, inputs }) => {
        const visit = { ...inputs.visit, site: { ...inputs.visit.site, listed: false } }
        const result = quote(pack, { ...inputs, visit })
        expect(result).toMatchObject({ subsidies: [], operatorFen: 0 })
      }),
      runs(240),
    )
  })

  test('stipends touch neither the price nor anything else of a quote, and a guest is due none', () => {
    fc.assert(
      fc.property(anyQuoted, ({ pack, inputs }) => {
        const without = { ...pack, versions: pack.versions.map(({ stipends: _none, ...version }) => version) }
        expect(quote(without, inputs)).toEqual(quote(pack, inputs))
        const { person, visit } = inputs
        for (const version of pack.versions) {
          const due = stipendsDue(version, { person, visit, rules: rulesOf(pack, version), runningFen: visit.listFen })
          expect(due.length).toBeLessThanOrEqual(person === null ? 0 : (version.stipends?.length ?? 0))
        }
      }),
      runs(160),
    )
  })
})

test('a step of any kind that is for nobody changes nothing, wherever it stands', () => {
  fc.assert(
    fc.property(
      packRest,
      versionRest,
      anySteps,
      anySteps,
      anyComing,
      fc.nat(),
      (pack, rest, steps, [more], coming, at) => {
        const place = at % (steps.length + 1)
        const nobody = { ...more, when: { age: { atLeast: 190 } } }
        const sound = (benefits: object[]) => soundPack(oneVersion(pack, rest, benefits))
        const ids = withIds([...steps, nobody])
        const [without, none] = [ids.slice(0, -1), ids.slice(-1)]
        const inputs = inputsFor(sound(without), coming)
        const added = sound([...without.slice(0, place), ...none, ...without.slice(place)])
        expect(quote(added, inputs)).toEqual(quote(sound(without), inputs))
      },
    ),
    runs(240),
  )
})
