import type { PricedView } from '../../shared/terminal-api.ts'
import { ask, calls, chooseSetByKey, confirmSale } from './cashier-actions.ts'
import { useCashier } from './cashier-store.ts'
import { useNeighbour } from './neighbour-store.ts'

/** The second half of a double tap comes within this time (ms): it records nothing. */
const REST_MILLISECONDS = 600

/** Keys of people: digits, then the letters that do nothing else on this screen; O would be read as 0. */
const letters = 'CDFGHJKMNRSUXYZ'
export const personCaps = [...'123456789', ...letters]

/** The person of a key; null where nobody has it. */
export function personAt(code: string): string | null {
  const cap = /^(?:Digit|Numpad|Key)([1-9A-Z])$/.exec(code)?.[1]
  const place = cap === undefined ? -1 : personCaps.indexOf(cap)
  return useNeighbour.getState().view?.people[place]?.senior ?? null
}

/** A person's tile: their price, and pressed again its record, where there is nothing to say about it. */
export function pressPerson(senior: string): void {
  const { view: priced } = useCashier.getState()
  const { view, pricedAt } = useNeighbour.getState()
  const { chosen = null } = view ?? {}
  if (priced.state !== 'priced' || chosen?.senior !== senior || chosen.checkIn !== priced.checkIn)
    void ask(calls.neighbour.serve({ senior }))
  else if (performance.now() - pricedAt < REST_MILLISECONDS || priced.needs !== null) return
  else if (priced.attention.length === 0) void confirmSale(priced)
  else useCashier.setState({ answer: { code: 'LOOK_AT_PRICE', values: {} } })
}

/** The meals that one person may have, one after the other. */
export function mealsToChoose() {
  const { terminal } = useCashier.getState()
  return (terminal?.menu ?? []).filter(({ soldOut, open }) => !soldOut && !open)
}

export function nextMeal(priced: PricedView, step: 1 | -1): void {
  const meals = mealsToChoose()
  const place = meals.findIndex(({ id }) => id === priced.set.id)
  const next = meals[(place + step + meals.length) % meals.length]
  if (next && next.id !== priced.set.id) chooseSetByKey(next.key)
}

/** Why the price is what it is: on request, and for this price alone. */
export function toggleWhy({ checkIn }: PricedView): void {
  useNeighbour.setState(({ why }) => ({ why: why === checkIn ? null : checkIn }))
}
