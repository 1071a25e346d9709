import { describe, expect, test } from 'vitest'
import { owedKeyOf } from '../../../electron/core/simulation/province-claims.ts'
import type { SimulatedPolicy } from '../../../electron/core/simulation/world.ts'
import { addDays } from '../../../shared/business-day.ts'
import { fundId } from '../../../shared/ids.ts'
import { counterOf, left } from '../../../shared/leases/holder.ts'
import { free, settledOf } from '../../../shared/leases/rights.ts'
import { lunch, policyWithPot, twoTills } from '../../support/simulated-tills.ts'

const november = counterOf('month|2026-11')

/** 2 yuan off, held against the meal's limit alone, and 3 off, held against the month's. */
function twoSteps(): SimulatedPolicy {
  const { pack } = policyWithPot(0)
  const step = (id: string, fen: number) => ({
    ...{ id, kind: 'subsidy' as const, title: pack.title, fund: fundId.parse('city'), limits: [id] },
    amount: { kind: 'fixed' as const, fen },
  })
  const versions = pack.versions.map(version => ({ ...version, benefits: [step('meal', 200), step('month', 300)] }))
  return { pack: { ...pack, versions }, potFen: {} }
}

describe('the province, as a simulation has it', () => {
  test('counts a batch that comes twice once', () => {
    const { province, tills, pull, batchOf } = twoTills()
    pull(0)
    tills[0].serve(0, 1, lunch, null)
    const batch = batchOf(0)
    province.push(0, batch)
    expect(province.push(0, batch)).toBe(1)
    expect(settledOf(province.book.of(0).rights, november)).toBe(500)
  })

  test('lets what has a gap before it wait', () => {
    const { province, tills, pull, batchOf } = twoTills()
    pull(0)
    tills[0].serve(0, 1, lunch, null)
    tills[0].serve(1, 2, lunch, null)
    const { entries, ...batch } = batchOf(0)
    expect(province.push(0, { ...batch, from: 1, entries: entries.slice(1) })).toBe(0)
    expect(settledOf(province.book.of(1).rights, november)).toBe(0)
    expect(province.push(0, { ...batch, entries })).toBe(2)
  })

  test('finds a copied disk by another record in the place of one that it has, and takes no more of it', () => {
    const { province, tills, pull, batchOf } = twoTills()
    pull(0)
    tills[1].become(tills[0].backup())
    tills[0].serve(0, 1, lunch, null)
    tills[1].serve(1, 2, lunch, null)
    province.push(0, batchOf(0))
    expect(province.quarantined.size).toBe(0)
    province.push(0, batchOf(1))
    expect([...province.quarantined]).toEqual(['0#1'])
    expect(settledOf(province.book.of(1).rights, november)).toBe(0)
  })

  test('is sent again what a copied disk wrote, whatever more was acknowledged under its name', () => {
    const { province, tills, pull, batchOf, push } = twoTills()
    pull(0)
    tills[1].become(tills[0].backup())
    tills[0].serve(0, 1, lunch, null)
    tills[0].serve(1, 2, lunch, null)
    push(0)
    tills[1].serve(1, 3, lunch, null)
    tills[1].acknowledge(1, 2)
    expect(batchOf(1).entries).toHaveLength(1)
    province.push(0, batchOf(1))
    expect([...province.quarantined]).toEqual(['0#1'])
  })

  test('takes a claim that comes twice, by two records, once', () => {
    const { province, tills, accepted, push } = twoTills()
    const backup = tills[1].backup()
    tills[1].serve(0, 1, lunch, null)
    push(1)
    expect(accepted).toEqual([500])
    // The senior's slip is entered again after the terminal was restored from a backup that knows nothing of the claim.
    expect(tills[1].restore(backup, lunch.date)).toHaveLength(1)
    push(1)
    expect(accepted).toEqual([500])
    expect(settledOf(province.book.of(0).rights, november)).toBe(500)
  })

  test('decides a claim again that ended with nothing due, once the sale that stood in its way is voided', () => {
    const { province, tills, accepted, pull, push } = twoTills()
    const dear = { ...lunch, listFen: 1200 }
    pull(0)
    const sold = tills[0].serve(0, 1, dear, null)
    push(0)
    tills[1].serve(0, 2, dear, null)
    push(1)
    expect(province.claims.get(2)?.state).toBe('nothing-due')
    tills[0].undo(0, sold, 'meal')
    push(0)
    pull(0)
    push(0)
    expect(province.claims.get(2)?.state).toBe('accepted')
    expect(accepted).toEqual([600])
    expect(settledOf(province.book.of(0).rights, november)).toBe(600)
  })

  test('hears a restored terminal only after the records that its backup had', () => {
    const { province, tills, pull, push } = twoTills()
    pull(0)
    const sold = tills[0].serve(0, 1, lunch, null)
    tills[0].restore(tills[0].backup(), lunch.date)
    tills[0].undo(0, sold, 'meal')
    const [before, now] = tills[0].unsent()
    expect(now && province.push(0, now)).toBe(0)
    expect(before && province.push(0, before)).toBe(1)
    push(0)
    expect(tills[0].unheard()).toEqual([])
    expect(settledOf(province.book.of(0).rights, november)).toBe(0)
  })

  test('takes of a claim what was not paid at once, and no more', () => {
    const { province, tills, accepted, push, asking } = twoTills(twoSteps())
    tills[1].turnDay(lunch.date)
    const meal = { ...counterOf('meal|2026-11-10/lunch'), amount: 200 }
    for (const word of asking(1).ask([{ scope: 0, epoch: 1, totals: [meal], debits: [meal] }]) ?? [])
      tills[1].hear(word)
    expect(tills[1].serve(0, 1, lunch, null)).toMatchObject({ subsidyFen: 200, pendingFen: 300 })
    push(1)
    expect(accepted).toEqual([300])
    expect([meal, november].map(counter => settledOf(province.book.of(0).rights, counter))).toEqual([200, 300])
  })

  test('pays a claim at the next visit anywhere, once', () => {
    const { tills, push, pull, asking, pass } = twoTills()
    tills[1].serve(0, 1, lunch, null)
    push(1)
    pass(1)
    const dinner = { ...lunch, meal: 'dinner' } as const
    expect(tills[1].serve(0, 2, dinner, asking(1)).madeGood.map(({ key }) => key)).toEqual([owedKeyOf(1)])
    pull(0)
    expect(tills[0].serve(0, 3, dinner, asking(0)).madeGood).toEqual([])
  })
})

describe('a terminal, as a simulation has it', () => {
  test('gives the rights of a visitor back when the day is over', () => {
    const { province, tills, push, pull, asking, pass } = twoTills()
    pull(0)
    pull(1)
    const before = free(province.book.of(0).rights, november, province.book.capOf)
    const question = {
      scope: 0,
      epoch: 1,
      totals: [{ ...november, amount: 700 }],
      debits: [{ ...november, amount: 700 }],
    }
    for (const word of asking(1).ask([question]) ?? []) tills[1].hear(word)
    expect(left(tills[1].heldOf(0), november)).toBe(700)
    pass(1)
    tills[1].turnDay(addDays(lunch.date, 1))
    push(1)
    expect(left(tills[1].heldOf(0), november)).toBe(0)
    expect(free(province.book.of(0).rights, november, province.book.capOf)).toBe(before)
  })

  test('sells a visit once, however often the page confirms it', () => {
    const { tills, pull, batchOf } = twoTills()
    pull(0)
    const first = tills[0].serve(0, 1, lunch, null)
    expect(tills[0].serve(0, 1, lunch, null)).toEqual(first)
    expect(batchOf(0).entries).toHaveLength(1)
  })

  test('is told again what was lost on the way to it', () => {
    const { tills, lineToFirst, pass } = twoTills()
    let isLost = true
    const line = lineToFirst(() => isLost)
    line.minute()
    expect(left(tills[0].heldOf(0), november)).toBe(0)
    isLost = false
    pass(0.1)
    line.minute()
    expect(left(tills[0].heldOf(0), november)).toBeGreaterThan(0)
  })

  test('answers what is asked back once, however often it hears it', () => {
    const { province, tills, pull, asking, batchOf } = twoTills()
    pull(0)
    const wanted = { ...november, amount: 2500 }
    asking(1).ask([{ scope: 0, epoch: 1, totals: [wanted], debits: [wanted] }])
    const word = province.wordOf(0, 0)
    const before = left(tills[0].heldOf(0), november)
    for (const heard of [word, word]) tills[0].hear(heard)
    expect(before - left(tills[0].heldOf(0), november)).toBe(625)
    expect(batchOf(0).entries).toHaveLength(1)
  })

  test('leaves words to another generation of it unheard', () => {
    const { province, tills } = twoTills()
    const { words } = province.pull(0, 0)
    tills[0].restore(tills[0].backup(), lunch.date)
    for (const word of words) tills[0].hear(word)
    expect(tills[0].serve(0, 1, lunch, null).subsidyFen).toBe(0)
  })

  test('gets nothing back for a sale that the generation before drew', () => {
    const { tills, pull, push, pass } = twoTills()
    pull(0)
    const sold = tills[0].serve(0, 1, lunch, null)
    push(0)
    tills[0].restore(tills[0].backup(), lunch.date)
    push(0)
    pass(1)
    pull(0)
    expect(tills[0].serve(0, 2, { ...lunch, date: addDays(lunch.date, 1) }, null).subsidyFen).toBe(500)
    const before = left(tills[0].heldOf(0), november)
    expect(tills[0].undo(0, sold, 'meal')).toBe(true)
    expect(left(tills[0].heldOf(0), november)).toBe(before)
  })

  test('does not go back to an earlier day when its clock does', () => {
    const { tills } = twoTills()
    tills[0].turnDay(addDays(lunch.date, 1))
    expect(tills[0].dayOf(lunch.date)).toBe(addDays(lunch.date, 1))
  })
})

describe('a pot', () => {
  test('is one for all seniors and tills', () => {
    const { tills, pull } = twoTills(policyWithPot(700))
    pull(0)
    expect(tills[0].serve(0, 1, lunch, null).subsidyFen).toBe(0)
    const { tills: others, pull: pullThere, asking } = twoTills(policyWithPot(700))
    pullThere(0)
    expect(others[0].serve(0, 1, lunch, asking(0)).subsidyFen).toBe(500)
    expect(others[0].serve(1, 2, lunch, asking(0)).subsidyFen).toBe(200)
  })

  test('that a till does not hold enough of makes the claim wait; one that is spent does not', () => {
    const { tills, pull, asking, push, accepted } = twoTills(policyWithPot(500))
    pull(0)
    expect(tills[0].serve(0, 1, lunch, null)).toMatchObject({ subsidyFen: 0, pendingFen: 500 })
    push(0)
    pull(0)
    push(0)
    expect(accepted).toEqual([500])
    expect(tills[0].serve(1, 2, lunch, asking(0))).toMatchObject({ subsidyFen: 0, pendingFen: 0 })
  })
})
