import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { addDays, businessDate } from '../../../shared/business-day.ts'
import { recordId } from '../../../shared/ids.ts'
import {
  type CloseHouse,
  check,
  closeDay,
  dayOf,
  liu,
  type MadeMeal,
  openCloseHouse,
  zhang,
} from '../../support/close-house.ts'

let house: CloseHouse
const lunch: MadeMeal = {
  ...{ who: 1, meal: 'lunch', listFen: 1505, discountFen: 150, subsidies: { city: 300, street: 250 } },
  tender: 'cash',
}
const guest: MadeMeal = { ...lunch, who: 'guest', discountFen: 0, subsidies: {}, listFen: 1500 }
const code = (notice: { code: string } | null) => notice?.code
const refused = (answer: { result: string; notice?: { code: string } }) => answer.notice?.code

beforeEach(async () => {
  house = await openCloseHouse()
})
afterEach(() => house.close())

async function count(cashFen: number, outsideFen: number | null = null) {
  const view = await house.desk.look(null)
  if (view.step !== 'count' && view.step !== 'check') throw new Error(view.step)
  return await house.desk.count({ shift: view.shift.record, operator: zhang, cashFen, outsideFen })
}

async function closeAs(reason: 'not found' | null) {
  const { shift } = check(await house.desk.look(null))
  const counted = shift.count?.record ?? null
  return await house.desk.closeShift({ shift: shift.record, operator: zhang, count: counted, reason, note: '' })
}

describe('a shift', () => {
  it('opens once: pressed again it is the same, and a colleague has to wait for its close', async () => {
    await house.open(zhang, 20_000)
    await house.open(zhang, 30_000)
    expect(refused(await house.open(liu))).toBe('SHIFT_OPEN')
    expect(house.records().filter(({ kind }) => kind === 'shift')).toMatchObject([{ payload: { countedFen: 20_000 } }])
  })

  it('tells no sum before its drawer was counted, and the count is a record before it tells one', async () => {
    await house.open(zhang, 20_000)
    await house.sell(guest)
    const before = await house.desk.look(null)
    expect(before.step).toBe('count')
    expect(JSON.stringify(before)).not.toContain('1500')
    await count(21_500)
    expect(house.records().at(-1)).toMatchObject({ kind: 'cash-count', payload: { cashFen: 21_500, corrects: null } })
    expect(check(await house.desk.look(null)).shift.sums.expectedFen).toBe(21_500)
  })

  it('has in its drawer the float and the cash taken, rounded, less what went back by voids, refunds and claims', async () => {
    await house.open(zhang, 20_000)
    // 8.05 to pay, 8.00 in cash.
    const odd = await house.sell(lunch)
    const first = await house.sell(guest)
    const second = await house.sell(guest)
    await house.sell({ ...guest, who: 'unknown', tender: 'account' })
    await house.takeBack(first)
    await house.refund(second)
    await house.makeGood(odd, 300)
    await count(0)
    expect(check(await house.desk.look(null)).shift.sums).toEqual({
      ...{ floatFen: 20_000, takenFen: 3800, voidedFen: 1500, refundedFen: 1500, madeGoodFen: 300 },
      ...{ expectedFen: 20_500, outsideFen: 0, accountFen: 1500 },
    })
  })

  it('closes over a difference only with a reason, moves no money for it, and names both in its totals', async () => {
    await house.open(zhang, 20_000)
    await house.sell(guest)
    await count(21_450)
    expect(refused(await closeAs(null))).toBe('DIFFERENCE_REASON')
    expect(await closeAs('not found')).toEqual({ result: 'done' })
    expect(house.records().slice(-2)).toMatchObject([
      { kind: 'shift', payload: { event: 'close', countedFen: 21_450 } },
      { kind: 'totals', payload: { drawer: { expectedFen: 21_500, countedFen: 21_450, reason: 'not found' } } },
    ])
    expect(house.shifts.on(house.today())).toBeNull()
  })

  it('does not close with outside payments whose total nobody read', async () => {
    await house.open()
    await house.sell({ ...guest, tender: 'outside' })
    await count(0)
    expect(code(check(await house.desk.look(null)).blocked)).toBe('TENDER_UNCHECKED')
    expect(refused(await closeAs(null))).toBe('TENDER_UNCHECKED')
    await count(0, 1400)
    expect(refused(await closeAs(null))).toBe('DIFFERENCE_REASON')
    await count(0, 1500)
    expect(await closeAs(null)).toEqual({ result: 'done' })
  })

  it('does not close while somebody is served, or a sale through another till is unheard of', async () => {
    await house.open()
    await count(0)
    house.beside.serving = true
    expect(refused(await closeAs(null))).toBe('CLOSE_SERVING')
    house.beside.serving = false
    house.beside.unheard = { code: 'LANE_UNHEARD', values: { count: 1 } }
    expect(refused(await closeAs(null))).toBe('LANE_UNHEARD')
    house.beside.unheard = null
    expect(await closeAs(null)).toEqual({ result: 'done' })
  })

  it('counted again closes with the newest count alone, which names the one before', async () => {
    await house.open()
    await count(500)
    const { shift } = check(await house.desk.look(null))
    await count(0)
    const stale = { shift: shift.record, operator: zhang, count: shift.count?.record ?? null, note: '' }
    expect(refused(await house.desk.closeShift({ ...stale, reason: 'not found' }))).toBe('CLOSE_CHANGED')
    expect(house.records().at(-1)).toMatchObject({ payload: { cashFen: 0, corrects: shift.count?.record } })
    expect(check(await house.desk.look(null)).shift.count?.times).toBe(2)
  })

  it('closes once, however often the key is pressed', async () => {
    await house.open()
    await count(0)
    const { shift } = check(await house.desk.look(null))
    const closing = { shift: shift.record, operator: zhang, count: shift.count?.record ?? null, reason: null, note: '' }
    await house.desk.closeShift(closing)
    await house.desk.closeShift(closing)
    expect(house.records().filter(({ kind }) => kind === 'totals')).toHaveLength(1)
  })

  it('keeps out of its drawer what was sold for another till of the site, and a void of that', async () => {
    await house.open(zhang, 0)
    const other = recordId.parse('01a1f6c5-7c60-7532-95e4-b848bee781c3')
    const there = await house.sell(guest, other)
    await house.sell(guest, other)
    await house.takeBack(there)
    await house.closeShift()
    const { day } = dayOf(await house.desk.look(null))
    expect(day.shifts[0]?.sums.expectedFen).toBe(0)
    expect(day.elsewhere).toEqual([{ shift: other, count: 1, tenders: [{ kind: 'cash', fen: 1500 }] }])
    expect(day.figures.people).toBe(1)
  })
})

describe('a day', () => {
  it('closes when all its shifts are closed, with the figures that were shown, once and for ever', async () => {
    await house.open()
    await house.sell(lunch)
    expect(refused(await house.desk.closeDay({ date: closeDay, operator: zhang, shown: 'x' }))).toBe('SHIFT_OPEN')
    await house.closeShift()
    expect(refused(await house.desk.closeDay({ date: closeDay, operator: zhang, shown: 'x' }))).toBe('CLOSE_CHANGED')
    expect(await house.closeDay()).toEqual({ result: 'done' })
    expect(await house.closeDay()).toEqual({ result: 'done' })
    expect(house.records().filter(({ kind }) => kind === 'totals')).toHaveLength(2)
    expect(refused(await house.open())).toBe('DAY_CLOSED')
    expect(() => house.house.db.exec('DELETE FROM closed_day')).toThrow('a closed day stays closed')
  })

  it('that is closed keeps its figures; what is recorded on its date afterwards is of the next day', async () => {
    await house.open()
    const sold = await house.sell(guest)
    await house.closeShift()
    await house.closeDay()
    const closed = dayOf(await house.desk.look(closeDay)).day.figures
    await house.takeBack(sold)
    expect(dayOf(await house.desk.look(closeDay)).day.figures).toEqual(closed)
    house.nextDay()
    await house.open()
    await house.closeShift()
    const next = dayOf(await house.desk.look(null)).day
    expect(next.figures).toMatchObject({ people: -1, ownPayFen: -1500, voids: { count: 1 } })
  })

  it('that nobody closed is offered, before the next one, also without a count', async () => {
    await house.open()
    await house.sell(guest)
    house.nextDay()
    expect(house.desk.forgotten()).toBe(closeDay)
    await house.open(liu)
    const view = await house.desk.look(null)
    expect(view).toMatchObject({ step: 'count', date: closeDay, isPast: true })
    const shift = view.step === 'count' ? view.shift.record : house.records()[0]?.id
    if (!shift) throw new Error('no shift')
    const skipped = { shift, operator: liu, count: null, reason: null, note: '' }
    expect(await house.desk.closeShift(skipped)).toEqual({ result: 'done' })
    const later = addDays(closeDay, 1)
    const current = house.sheets.shiftsOf(later)[0]?.record
    if (!current) throw new Error('no shift')
    expect(refused(await house.desk.closeShift({ ...skipped, shift: current }))).toBe('CLOSE_NOT_COUNTED')
    await house.desk.count({ shift: current, operator: liu, cashFen: 0, outsideFen: null })
    const counted = house.sheets.shiftsOf(later)[0]?.count?.record ?? null
    await house.desk.closeShift({ ...skipped, shift: current, count: counted })
    expect(code(dayOf(await house.desk.look(later)).blocked)).toBe('DAY_BEFORE')
    expect(await house.closeDay(closeDay)).toEqual({ result: 'done' })
    expect(dayOf(await house.desk.look(closeDay)).day).toMatchObject({ figures: { people: 1 }, date: closeDay })
    expect(await house.closeDay(later)).toEqual({ result: 'done' })
    expect(house.desk.forgotten()).toBeNull()
  })

  it('counts a late entry on the day it was entered, and names it apart', async () => {
    await house.open()
    await house.sell(guest)
    await house.enterLate(guest, businessDate.parse('2026-11-24'), true)
    await house.closeShift()
    const { figures, quarters } = dayOf(await house.desk.look(null)).day
    expect(figures).toMatchObject({ people: 2, late: { count: 1, held: 1, ownPayFen: 1500 } })
    expect(quarters).toEqual([{ from: '11:30', seniors: 0, guests: 1 }])
  })

  it('shows people by quarter of an hour without those who were voided', async () => {
    await house.open()
    house.setTo({ time: '11:14' })
    await house.sell(lunch)
    house.setTo({ time: '11:15' })
    const gone = await house.sell(lunch)
    await house.sell(guest)
    await house.takeBack(gone)
    await house.closeShift()
    expect(dayOf(await house.desk.look(null)).day.quarters).toEqual([
      { from: '11:00', seniors: 1, guests: 0 },
      { from: '11:15', seniors: 0, guests: 1 },
    ])
  })

  it('names who voided, refunded and overrode, and whose the close was', async () => {
    await house.open()
    const [one, other] = [await house.sell(guest), await house.sell(guest)]
    await house.takeBack(one, liu)
    await house.refund(other)
    await house.override()
    await house.closeShift()
    await house.closeDay()
    const { day } = dayOf(await house.desk.look(null))
    expect(day.voids).toMatchObject([{ operatorName: '刘姐', ownPayFen: 1500 }])
    expect(day.refunds).toMatchObject([{ operatorName: '张姐', ownPayFen: 1500 }])
    expect(day.overrides).toMatchObject([{ what: 'assurance', operatorName: '张姐' }])
    expect(day.closed).toMatchObject({ operatorName: '张姐' })
  })
})

describe('a correction', () => {
  it('of a forgotten float is a record of its own, and the drawer is judged anew by it', async () => {
    await house.open()
    await house.sell(guest)
    await house.closeShift(20_000)
    const shift = dayOf(await house.desk.look(null)).day.shifts[0]
    if (!shift) throw new Error('no shift')
    const right = { shift: shift.record, operator: zhang, what: 'float', cashFen: 20_000, outsideFen: null } as const
    expect(refused(await house.desk.correct({ ...right, note: '' }))).toBe('CORRECTION_NOTE')
    expect(await house.desk.correct({ ...right, note: '忘了记备用金' })).toEqual({ result: 'done' })
    expect(house.records().at(-1)).toMatchObject({ kind: 'cash-count', payload: { corrects: shift.record } })
    expect(dayOf(await house.desk.look(null)).day.shifts[0]).toMatchObject({ differenceFen: 0, corrected: true })
  })
})

describe('a phone payment that was not confirmed at the counter', () => {
  const byPhone: MadeMeal = { ...guest, tender: 'outside' }
  const none = { count: 0, fen: 0 }
  const phoneOf = async () => check(await house.desk.look(null)).phone

  it('is counted as waiting at the close, and does not stand in its way', async () => {
    await house.open(zhang, 20_000)
    await house.sell(byPhone)
    await house.takeBack(await house.sell(byPhone))
    await count(20_000, 1500)
    expect(await phoneOf()).toEqual({ waiting: { count: 1, fen: 1500 }, settled: none, notPaid: none })
    expect(await closeAs(null)).toEqual({ result: 'done' })
  })

  it('that never came is a loss named apart, which the device of its shift is not asked for', async () => {
    await house.open(zhang, 20_000)
    await house.sayPayment(await house.sell(byPhone), 'not-paid')
    await house.sayPayment(await house.sell(byPhone), 'settled')
    await count(20_000, 1500)
    const view = check(await house.desk.look(null))
    expect(view.phone).toEqual({ waiting: none, settled: { count: 1, fen: 1500 }, notPaid: { count: 1, fen: 1500 } })
    expect(view.shift).toMatchObject({ sums: { outsideFen: 1500 }, outsideDifferenceFen: 0 })
    await closeAs(null)
    const { day } = dayOf(await house.desk.look(closeDay))
    expect(day.figures).toMatchObject({ ownPayFen: 3000, tenders: [{ kind: 'outside', takenFen: 3000 }] })
    expect(day.phone.notPaid).toEqual({ count: 1, fen: 1500 })
  })

  it('of an earlier shift is a loss of the day on which that is said, and changes nothing of what the device shows now', async () => {
    await house.open(zhang, 20_000)
    const sale = await house.sell(byPhone)
    await house.closeShift()
    await house.open(liu, 20_000)
    await house.sell(byPhone)
    await house.sayPayment(sale, 'not-paid')
    await count(20_000, 1500)
    expect(check(await house.desk.look(null))).toMatchObject({
      shift: { sums: { outsideFen: 1500 }, outsideDifferenceFen: 0 },
      phone: { notPaid: { count: 1, fen: 1500 } },
    })
  })

  it('that never came leaves no loss where its sale is voided', async () => {
    await house.open(zhang, 20_000)
    const sale = await house.sell(byPhone)
    await house.sayPayment(sale, 'not-paid')
    await house.takeBack(sale)
    await count(20_000, 0)
    const view = check(await house.desk.look(null))
    expect(view.phone.notPaid).toEqual(none)
    expect(view.shift.sums.outsideFen).toBe(0)
  })
})
