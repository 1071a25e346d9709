import { expect } from 'vitest'
import { type DemoSenior, demoSeniors } from '../../../province/demo-people.ts'
import { isPriced } from '../../support/till.ts'
import { type Counter, ownPayOf, untilPrice } from '../check-in/counter.ts'
import { type Hands, presentCard } from './hands.ts'

export const proxyMembers = demoSeniors().filter(
  ({ homeSite, cards }) => homeSite === 'demo-canteen' && cards.length > 0,
)
/** Members for whom one person is registered, and the one for whom two are. */
export const withOneProxy = () =>
  proxyMembers
    .filter(({ proxies = [], expected }) => proxies.length === 1 && proxies[0]?.name === '周建平' && expected.fen > 0)
    .values()
export const withTwoProxies = proxyMembers.find(({ proxies = [] }) => proxies.length === 2)
export const withNoProxy = () => proxyMembers.filter(({ proxies, expected }) => !proxies && expected.fen > 0).values()

export function someoneOf(from: Iterator<DemoSenior>): DemoSenior {
  const { value } = from.next()
  if (!value) throw new Error('no member left')
  return value
}

/** The senior's card is read; on a slow machine the bar must not be faster than the hand. */
export async function readCard(counter: Counter, senior: DemoSenior): Promise<void> {
  await presentCard(counter, senior)
  const { checkIn } = await counter.till.untilCashier(isPriced)
  await counter.till.client.hold({ checkIn })
  await untilPrice(counter.cashier.page, ownPayOf(senior))
}

/** The senior's card, and whoever collects for them. */
export async function collect(counter: Counter, hands: Hands, senior: DemoSenior): Promise<void> {
  await readCard(counter, senior)
  await hands.press('F4', /^代领/)
}

/** Gives the portions back, so that the next hand begins with the first. */
export async function undoAll(counter: Counter): Promise<void> {
  const { client } = counter.till
  // The last sale stands on the page before the view at hand knows it: only a fresh one has them all.
  for await (const { lastSales } of await client.watchTerminal()) {
    for (const { record, voided } of lastSales) {
      if (!voided) expect(await client.voidSale({ sale: record })).toEqual({ result: 'done' })
    }
    break
  }
}
