import type { BusinessDate, Meal } from '../../../shared/business-day.ts'
import type { ProxyId } from '../../../shared/ids.ts'
import { potFundOf } from '../../../shared/leases/pots.ts'
import type { OpenCheckIn } from '../check-in-state.ts'
import type { Counter, PricedHere } from '../counter.ts'
import type { Stock } from '../price-visit.ts'

/** What is left for the next of a group, once those before took theirs: of the funds' pots, and of what one proxy may collect. */
export function stockAfter(stock: Stock, before: readonly { open: OpenCheckIn; priced: PricedHere }[]): Stock {
  const taken = new Map<string, number>()
  for (const { priced } of before) {
    for (const { limit, amount } of priced.priced.quote.debits) {
      const fund = potFundOf(limit)
      if (fund !== null) taken.set(fund, (taken.get(fund) ?? 0) + amount)
    }
  }
  const collected = (proxy: ProxyId) => before.filter(({ open }) => open.proxy?.id === proxy).length
  return {
    ...stock,
    portions: (proxy: ProxyId, date: BusinessDate, meal: Meal) => stock.portions(proxy, date, meal) + collected(proxy),
    leases: {
      ...stock.leases,
      pots: (pack, date) =>
        Object.fromEntries(
          Object.entries(stock.leases.pots(pack, date)).map(([fund, pot]) => [
            fund,
            pot.leftFen === null ? pot : { ...pot, leftFen: Math.max(0, pot.leftFen - (taken.get(fund) ?? 0)) },
          ]),
        ),
    },
  }
}

/** The people of a group with their prices, each after those before; `priced` null where there is none now. */
export function priceInTurn(
  counter: Pick<Counter, 'price' | 'stock'>,
  opens: readonly OpenCheckIn[],
): { open: OpenCheckIn; priced: PricedHere | null }[] {
  const before: { open: OpenCheckIn; priced: PricedHere }[] = []
  return opens.map(open => {
    const priced = counter.price(open, stockAfter(counter.stock, before))
    if ('code' in priced) return { open, priced: null }
    before.push({ open, priced })
    return { open, priced }
  })
}
