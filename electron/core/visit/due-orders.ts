import { addDays } from '../../../shared/business-day.ts'
import type { PlannedOrder } from '../../../shared/visit/order.ts'
import type { VisitHouse } from './visit-house.ts'
import { isVoided } from './voided.ts'

/** How far back an order may have been given that the province has moved to another day since (days). */
const lookedBackDays = 31

type House = Pick<VisitHouse, 'records' | 'ledger' | 'orders' | 'today' | 'recorded' | 'begunWith'>

/**
 * The orders that were given, or are being given, on whatever day: one that the province moves to another day after it was given is not due again. What
 * ended before its time, or was taken back, leaves its order due; what was only refunded was given.
 */
function givenOrders(house: House, wanted: ReadonlySet<string>): ReadonlySet<string> {
  const ofToday = new Map(house.recorded(house.today()).map(visit => [visit.id, visit]))
  const begun = house.records.ordered(addDays(house.today(), -lookedBackDays))
  const given = begun.filter(({ id, order }) => {
    const visit = wanted.has(order) ? (ofToday.get(id) ?? house.begunWith(id)) : null
    if (visit === null || visit.out === null) return visit !== null
    return visit.endedEarly === null && !isVoided(house.ledger, visit.out)
  })
  return new Set(given.map(({ order }) => order))
}

export function isGiven(house: House, { order }: Pick<PlannedOrder, 'order'>): boolean {
  return givenOrders(house, new Set([order])).has(order)
}

/** The orders of today that nobody was signed in for yet, by clock time, those that were cancelled among them. */
export function waitingOrders(house: House): PlannedOrder[] {
  const today = house.orders.on(house.today())
  const given = givenOrders(house, new Set(today.map(({ order }) => order)))
  return today.filter(({ order }) => !given.has(order))
}
