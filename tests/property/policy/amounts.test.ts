import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { splitByShares } from '../../../shared/policy/amounts.ts'
import { judge, rulesOf } from '../../../shared/policy/conditions.ts'
import { greatestFen } from '../../../shared/policy/facts.ts'
import { quote, quoteUnder } from '../../../shared/policy/quote.ts'
import { anyPersonCondition, words } from '../../support/any-condition.ts'
import {
  anyChoice,
  anySteps,
  oneVersion,
  packRest,
  shares,
  someClasses,
  versionRest,
  withIds,
} from '../../support/any-pack.ts'
import { anyComing, anyQuoted, inputsFor } from '../../support/any-visit.ts'
import { soundPack } from '../../support/policy-kit.ts'
import { runs } from '../../support/property-runs.ts'

describe('funds that share a subsidy', () => {
  const soundShares = packRest.chain(pack => shares.map(funds => ({ pack, funds })))
  const subsidy = (funds: object, fen: number) => ({
    ...{ id: 'b', kind: 'subsidy', title: words('b'), for: 'anyone', amount: { kind: 'fixed', fen }, funds },
  })
  const asked = fc.oneof(fc.nat({ max: 2000 }), fc.nat({ max: greatestFen }))

  test('pay it to the fen together, and each within one fen of its exact share', () => {
    fc.assert(
      fc.property(soundShares, asked, ({ pack, funds }, fen) => {
        const [version] = soundPack(
          oneVersion(pack, { rounding: { unitFen: 1, mode: 'up' }, limits: [] }, [subsidy(funds, fen)]),
        ).versions
        const [step] = version?.benefits ?? []
        const sound = step?.kind === 'subsidy' ? (step.funds ?? []) : []
        const parts = splitByShares(fen, sound)
        expect(parts.map(part => part.fund)).toEqual(sound.map(({ fund }) => fund))
        expect(parts.reduce((sum, part) => sum + part.fen, 0)).toBe(fen)
        const whole = sound.reduce((sum, { share }) => sum + share, 0)
        for (const [index, { share }] of sound.entries()) {
          const part = parts[index]?.fen ?? -1
          expect(part).toBeGreaterThanOrEqual(0)
          const off = BigInt(part) * BigInt(whole) - BigInt(fen) * BigInt(share)
          expect(off > -BigInt(whole) && off < BigInt(whole)).toBe(true)
        }
      }),
      runs(240),
    )
  })

  test('stand in a quote with exactly those parts', () => {
    fc.assert(
      fc.property(soundShares, fc.nat({ max: 2000 }), anyComing, ({ pack, funds }, fen, coming) => {
        const sound = soundPack(
          oneVersion(pack, { rounding: { unitFen: 1, mode: 'up' }, limits: [] }, [subsidy(funds, fen)]),
        )
        const { pots: _none, ...inputs } = inputsFor(sound, coming)
        const visit = { ...inputs.visit, site: { ...inputs.visit.site, listed: true } }
        const paid = quote(sound, { ...inputs, visit })
        const [step] = sound.versions[0]?.benefits ?? []
        const parts = splitByShares(Math.min(fen, visit.listFen), step?.kind === 'subsidy' ? (step.funds ?? []) : [])
        expect(paid.ladder.map(({ fund, fen }) => ({ fund, fen }))).toEqual(parts.filter(part => part.fen > 0))
        expect(paid.ownPayFen).toBe(visit.listFen - Math.min(fen, visit.listFen))
      }),
      runs(160),
    )
  })
})

describe('of one and the same', () => {
  test('classes, the best gives no less than the first, and the sum no less than the best', () => {
    fc.assert(
      fc.property(packRest, versionRest, someClasses, anyComing, (pack, rest, classes, coming) => {
        const given = (choose: string) => {
          const amount = { kind: 'classes', choose, classes }
          const step = { id: 'b', kind: 'discount', title: words('b'), for: 'anyone', amount }
          const sound = soundPack(oneVersion(pack, rest, [step]))
          return quote(sound, inputsFor(sound, coming)).discountFen
        }
        expect(given('best')).toBeGreaterThanOrEqual(given('first'))
        expect(given('sum')).toBeGreaterThanOrEqual(given('best'))
      }),
      runs(200),
    )
  })

  test('options of a choice, the best gives no less than the first, and only one is taken', () => {
    fc.assert(
      fc.property(packRest, versionRest, anyChoice, anyComing, (pack, rest, choice, coming) => {
        const priced = (choose: string) => {
          const sound = soundPack(oneVersion(pack, rest, withIds([{ ...choice, choose }])))
          return quote(sound, { ...inputsFor(sound, coming), rights: 'whole-cap' })
        }
        const [best, first] = [priced('best'), priced('first')]
        expect(best.ownPayFen).toBeLessThanOrEqual(first.ownPayFen)
        for (const { ladder } of [best, first])
          expect(new Set(ladder.map(({ benefit }) => benefit)).size).toBeLessThanOrEqual(1)
      }),
      runs(200),
    )
  })
})

describe('what a person pays at least', () => {
  test('is kept by every discount and subsidy, unless the price was lower from the start', () => {
    const own = fc.array(fc.record({ when: anyPersonCondition(), fen: fc.nat({ max: 1500 }) }), { maxLength: 2 })
    fc.assert(
      fc.property(
        packRest,
        versionRest,
        anySteps,
        own,
        fc.nat({ max: 1500 }),
        anyComing,
        (pack, rest, steps, some, all, coming) => {
          const minimumOwnPay = [...some, { fen: all }]
          const sound = soundPack(oneVersion(pack, { ...rest, minimumOwnPay }, steps))
          const [version] = sound.versions
          const inputs = inputsFor(sound, coming)
          const { person, visit } = inputs
          const at = { person, visit, rules: rulesOf(sound, version ?? raise()), runningFen: visit.listFen }
          const minimum = version?.minimumOwnPay?.find(({ when }) => judge(when, at).holds)?.fen ?? 0
          const result = quoteUnder(sound, version ?? raise(), inputs)
          expect(result.ownPayFen - result.pendingFen).toBeGreaterThanOrEqual(Math.min(minimum, visit.listFen))
        },
      ),
      runs(240),
    )
  })

  test('or what one step leaves at least, is kept by that step', () => {
    fc.assert(
      fc.property(anyQuoted, ({ pack, inputs }) => {
        const { ladder, version } = quote(pack, { ...inputs, rights: 'whole-cap' })
        const steps = pack.versions.flatMap(({ id, benefits }) => (id === version ? benefits : []))
        const leaves = new Map(
          steps
            .flatMap(step =>
              step.kind === 'choice' ? step.options : step.kind === 'discount' || step.kind === 'subsidy' ? [step] : [],
            )
            .map(({ id, leavesAtLeastFen = 0 }) => [id, leavesAtLeastFen]),
        )
        for (const { kind, benefit, runningFen } of ladder)
          if (kind !== 'surcharge') expect(runningFen).toBeGreaterThanOrEqual(leaves.get(benefit) ?? 0)
      }),
      runs(240),
    )
  })
})

function raise(): never {
  throw new Error('the pack has no version')
}
