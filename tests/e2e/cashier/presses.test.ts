import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Counter, members, openCounter, salesAtTerminal, untilSeen } from '../check-in/counter.ts'
import { bothHands, clean, type Hands, handsOn, presentCard } from './hands.ts'

let counter: Counter
/** Sales until now. */
let known = 0
const nextMember = members()

beforeAll(async () => {
  counter = await openCounter({ touch: true })
})
afterAll(() => counter?.close())
beforeEach(() => clean(counter))

interface NormalSale {
  readonly name: string
  /** Keys, or touches, that it may take. */
  readonly most: number
  readonly tenders: readonly string[]
  readonly set?: string
  readonly channel?: string
  /** What staff do before the card comes, and while the price stands; a guest has no card. */
  before?(hands: Hands): Promise<void>
  after?(hands: Hands): Promise<void>
  readonly isGuest?: true
}

const exact = (hands: Hands) => hands.press('回车', /^收现金/)

/** Chooses a tender; staff press on once the screen follows. */
async function by(hands: Hands, cap: string, button: RegExp, shows: string): Promise<void> {
  await hands.press(cap, button)
  await counter.cashier.page.locator('[data-entry]', { hasText: shows }).waitFor()
}
const inCash = (hands: Hands) => by(hands, 'W', /^现金/, '收现金')
const byPhone = (hands: Hands) => by(hands, 'E', /^扫码付/, '扫码付入账')

const sales: readonly NormalSale[] = [
  { name: 'the default meal by card', most: 0, tenders: ['account'], set: 'A' },
  {
    ...{ name: 'another set', most: 1, tenders: ['account'], set: 'C' },
    before: hands => hands.press('3', /^套餐 C/),
  },
  {
    ...{ name: 'takeaway', most: 1, tenders: ['account'], channel: 'takeaway' },
    before: hands => hands.press('G', /^堂食/),
  },
  {
    ...{ name: 'delivery', most: 1, tenders: ['account'], channel: 'delivery' },
    before: hands => hands.press('F3', '送餐'),
  },
  {
    ...{ name: 'cash, exact', most: 2, tenders: ['cash'] },
    async after(hands) {
      await inCash(hands)
      await exact(hands)
    },
  },
  {
    ...{ name: 'cash with change', most: 2, tenders: ['cash'] },
    async after(hands) {
      await inCash(hands)
      await hands.press('V', /^50 ?V/)
    },
  },
  {
    ...{ name: 'another set in cash with change', most: 3, tenders: ['cash'], set: 'C' },
    before: hands => hands.press('3', /^套餐 C/),
    async after(hands) {
      await inCash(hands)
      await hands.press('B', /^100 ?B/)
    },
  },
  {
    ...{ name: 'a phone payment', most: 2, tenders: ['outside'] },
    async after(hands) {
      await byPhone(hands)
      await hands.press('回车', /^扫码付入账/)
    },
  },
  {
    ...{ name: 'a guest, cash exact', most: 2, tenders: ['cash'], isGuest: true },
    before: hands => hands.press('F2', /^访客/),
    async after(hands) {
      await counter.cashier.page.locator('[data-entry]', { hasText: '收现金' }).waitFor()
      await exact(hands)
    },
  },
  {
    ...{ name: 'a guest in cash with change', most: 3, tenders: ['cash'], isGuest: true },
    before: hands => hands.press('F2', /^访客/),
    async after(hands) {
      await inCash(hands)
      await hands.press('C', /^20 ?C/)
    },
  },
  {
    ...{
      name: 'a guest who pays 10 in cash and the rest by phone',
      most: 5,
      tenders: ['cash', 'outside'],
      isGuest: true,
    },
    before: hands => hands.press('F2', /^访客/),
    async after(hands) {
      await byPhone(hands)
      await hands.press('F', /^分开付/)
      await by(hands, 'X', /^10 ?X/, '收现金 10.00 元')
      await exact(hands)
    },
  },
]

for (const name of bothHands) {
  test.each(sales)(`$name takes at most $most by ${name}`, async sale => {
    const hands = handsOn(counter.cashier.page, name, sale.most)
    const since = (await counter.cashier.history()).length
    await sale.before?.(hands)
    if (sale.channel) await counter.till.untilTerminal(({ chosenChannel }) => chosenChannel === sale.channel)
    if (sale.set) await counter.till.untilTerminal(({ chosenSet }) => chosenSet === sale.set)
    if (!sale.isGuest) await presentCard(counter, nextMember())
    if (sale.after) await counter.cashier.page.locator('[data-own-pay]').first().waitFor()
    await sale.after?.(hands)
    await untilSeen(counter.cashier, /已入账¥|找零¥/, since)
    const sold = await salesAtTerminal(counter)
    known += 1
    expect(sold).toHaveLength(known)
    expect(sold.at(-1)?.payload).toMatchObject({
      ...(sale.set ? { items: [{ set: sale.set, quantity: 1 }] } : {}),
      ...(sale.channel ? { channel: sale.channel } : {}),
      tenders: sale.tenders.map(kind => ({ kind })),
    })
  })
}
