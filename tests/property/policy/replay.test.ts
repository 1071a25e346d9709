import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addDays } from '../../../shared/business-day.ts'
import { fen } from '../../../shared/money.ts'
import type { PersonFacts } from '../../../shared/policy/facts.ts'
import type { PolicyPack } from '../../../shared/policy/language.ts'
import { versionInForce } from '../../../shared/policy/quote.ts'
import { gather } from '../../../shared/policy/replay/gather.ts'
import { readEvidenceLine } from '../../../shared/policy/replay/read-line.ts'
import { replay } from '../../../shared/policy/replay/replay.ts'
import { sumUp, totalNames } from '../../../shared/policy/replay/sums.ts'
import { aMonday } from '../../support/any-condition.ts'
import { anyPack, fundIds } from '../../support/any-pack.ts'
import { anyPerson, anyVisit } from '../../support/any-visit.ts'
import { evidenceMaker } from '../../support/evidence-maker.ts'
import { shippedPack } from '../../support/policy-kit.ts'
import { runs } from '../../support/property-runs.ts'

const demo = shippedPack('DEMO')
/** Visits that crowd into a fortnight, so that they meet in their periods. */
const visit = fc
  .tuple(anyVisit, fc.nat({ max: 13 }))
  .map(([facts, days]) => ({ ...facts, businessDate: addDays(aMonday, days) }))
const who = fc.constantFrom(0, 1, 2, null)

/** A visit, and what becomes of it and of earlier ones before the next. */
const step = fc.record({
  who,
  visit,
  kind: fc.constantFrom('sale', 'sale', 'late-entry', 'visit-out'),
  rights: fc.constantFrom('whole-cap', 'whole-cap', 'whole-cap', 'whole-cap', {}),
  inputs: fc.constantFrom('kept', 'kept', 'kept', 'kept', 'kept', 'lost', 'of another'),
  pots: fc.option(fc.array(fc.nat({ max: 3000 }), { minLength: 3, maxLength: 3 }), { nil: undefined }),
  next: fc.constantFrom(null, null, 'void', 'refund'),
  which: fc.nat({ max: 30 }),
  percent: fc.integer({ min: 0, max: 100 }),
})
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

/** The evidence of a till that served these people, in the order of their dates, under one pack. */
function serveAll(pack: PolicyPack, persons: readonly PersonFacts[], steps: readonly Step[]) {
  const maker = evidenceMaker(pack)
  const open: ReturnType<typeof maker.serve>[] = []
  const inOrder = [...steps]
    .filter(({ visit }) => versionInForce(pack, visit.businessDate) !== null)
    .sort((one, other) => (one.visit.businessDate < other.visit.businessDate ? -1 : 1))
  let [served, voided] = [0, 0]
  for (const [index, item] of inOrder.entries()) {
    const at = Date.parse(`${item.visit.businessDate}T12:00:00+08:00`) + index
    const pots = item.pots && Object.fromEntries(fundIds.map((id, place) => [id, item.pots?.[place] ?? 0]))
    const id = maker.serve({
      ...{ at, senior: item.who, person: item.who === null ? null : (persons[item.who] ?? null), visit: item.visit },
      ...{ kind: item.kind, rights: item.who === null ? 'whole-cap' : item.rights, ...(pots ? { pots } : {}) },
      tell(opened) {
        if (item.inputs === 'kept') return opened
        // One fen beside, and never beyond the dearest visit that a record may hold.
        const beside = fen(item.visit.listFen === 0 ? 1 : item.visit.listFen - 1)
        const quote = { ...opened.inputs.quote, visit: { ...item.visit, listFen: beside } }
        return item.inputs === 'lost' ? null : { ...opened, inputs: { ...opened.inputs, quote } }
      },
    })
    served += 1
    open.push(id)
    const target = item.next === null ? undefined : open.splice(item.which % open.length, 1)[0]
    if (target === undefined) continue
    if (item.next === 'refund') maker.refund(at, target, item.percent)
    else maker.takeBack(at, target)
    if (item.next === 'void') voided += 1
  }
  return { lines: maker.lines, served, voided }
}

test('priced again by the very pack that priced them, records cost every fund the same, and nobody gains or loses', () => {
  const pack = fc.oneof({ weight: 1, arbitrary: fc.constant(demo) }, { weight: 3, arbitrary: anyPack })
  const persons = fc.tuple(anyPerson, anyPerson, anyPerson)
  fc.assert(
    fc.property(pack, persons, fc.array(step, { minLength: 1, maxLength: 30 }), (pack, persons, steps) => {
      const { lines, served, voided } = serveAll(pack, persons, steps)
      const gathered = gather(lines.map((line, index) => readEvidenceLine(line, index + 1)))
      expect(gathered.faults).toEqual([])
      const result = replay(pack, gathered, { range: {} })
      expect([result.repriced.length + result.leftOut.length + result.voided.length, result.voided.length]).toEqual([
        served,
        voided,
      ])
      for (const { before, after } of result.repriced) expect(after).toEqual(before)
      const sums = sumUp(pack, result.repriced)
      for (const { fen } of sums.funds) expect(fen.after).toBe(fen.before)
      for (const name of totalNames) expect(sums.totals[name].after).toBe(sums.totals[name].before)
      expect([sums.gain, sums.lose]).toEqual([
        { persons: 0, visits: 0, fen: 0 },
        { persons: 0, visits: 0, fen: 0 },
      ])
    }),
    runs(300),
  )
})

test('under any draft, what is told adds up: the list price of each record, each fund, and the seniors together', () => {
  const persons = fc.tuple(anyPerson, anyPerson, anyPerson)
  fc.assert(
    fc.property(
      anyPack,
      anyPack,
      persons,
      fc.array(step, { minLength: 1, maxLength: 20 }),
      (pack, draft, persons, steps) => {
        const { lines } = serveAll(pack, persons, steps)
        const gathered = gather(lines.map((line, index) => readEvidenceLine(line, index + 1)))
        const { repriced } = replay(draft, gathered, { range: {} })
        const sums = sumUp(draft, repriced)
        for (const side of ['before', 'after'] as const) {
          for (const item of repriced) {
            const money = item[side]
            const paid = [...money.byFund.values()].reduce((sum, each) => sum + each, money.ownPay + money.refunded)
            expect(money.discount + paid).toBe(money.list)
            expect(Math.min(money.ownPay, money.refunded, ...money.byFund.values())).toBeGreaterThanOrEqual(0)
          }
          const funds = sums.funds.reduce((sum, item) => sum + item.fen[side], 0)
          expect(funds).toBe(sums.totals.subsidy[side])
          const own = sums.persons.reduce((sum, { ownPay }) => sum + ownPay[side], sums.guests.ownPay[side])
          expect(own).toBe(sums.totals.ownPay[side])
        }
        const guestChange = sums.guests.ownPay.after - sums.guests.ownPay.before
        const { before, after } = sums.totals.ownPay
        expect(sums.lose.fen - sums.gain.fen + guestChange).toBe(after - before)
        expect(sums.gain.persons + sums.lose.persons + sums.stay.persons).toBe(sums.persons.length)
      },
    ),
    runs(200),
  )
})
