import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Database, openDatabase } from '../../../province/database.ts'
import type { DemoSenior } from '../../../province/demo-people.ts'
import { decideHeld } from '../../../province/held.ts'
import { type Keyring, openKeyring } from '../../../province/keys.ts'
import type { PushItem } from '../../../shared/province-api.ts'
import { type BoundedHouse, boundedPack, openBoundedHouse, today } from '../../support/bounded-house.ts'
import type { PaperTerminal } from '../../support/paper-terminal.ts'
import { keepCopy } from '../../support/province-copy.ts'

/** A claim of 5.00 from another site was made good at home; then the province is restored from a copy of before, and given all again. */
let at: BoundedHouse
let database: Database
let keys: Keyring
let home: PaperTerminal
let away: PaperTerminal
let third: PaperTerminal
let senior: DemoSenior
let sale: PushItem & { readonly id: Parameters<BoundedHouse['claim']>[0] }
let paid: typeof sale
let ofHome: readonly PushItem[]

beforeEach(async () => {
  at = await openBoundedHouse()
  database = await openDatabase(at.house.databaseUrl)
  keys = await openKeyring(database)
  home = await at.house.terminal()
  away = await at.house.terminal('demo-riverside')
  third = await at.house.terminal('demo-riverside')
  await at.words(home)
  senior = at.someone()
  const goBack = await keepCopy(at.house)
  sale = await at.meal(away, senior, 'pending')
  await at.push(away, sale)
  const recall = (await at.words(home)).findLast(word => word.senior === senior.id)?.recall
  if (!recall) throw new Error('nothing was asked back')
  const released = await home.release(senior, boundedPack, recall)
  await at.push(home, released)
  await at.words(home)
  paid = await home.madeGood(senior, sale.id, [{ fund: 'city', fen: 500 }])
  expect([await at.push(home, paid), await at.claim(sale.id)]).toEqual([['accepted'], 'made-good'])
  ofHome = [released, paid]
  await goBack()
  expect(await at.claim(sale.id)).toBeNull()
}, 60_000)
afterEach(async () => {
  await database?.close()
  await at?.house.close()
})

/** What a till with the senior before it may pay of the claim, once it has asked. */
async function mayPay(till: PaperTerminal): Promise<number> {
  const { word } = await till.ask({
    ...{ senior: senior.id, pack: 'DEMO', generation: 1, epoch: 1, totals: [] },
    debits: [{ limit: 'meal', label: `${today}/dinner`, amount: 1 }],
  })
  const totals = Object.entries(word?.grant.totals ?? {})
  return totals.reduce((sum, [key, total]) => (key.startsWith('owed') ? sum + total : sum), 0)
}

const orders: [string, () => Promise<void>][] = [
  [
    'its sale first',
    async () => {
      expect(await at.push(away, sale)).toEqual(['accepted'])
      expect(await at.push(home, ...ofHome)).toEqual(['accepted', 'flagged RIGHT_NOT_HELD'])
    },
  ],
  [
    'the payout first',
    async () => {
      expect(await at.push(home, ...ofHome)).toEqual(['accepted', 'flagged RIGHT_NOT_HELD'])
      expect(await at.push(away, sale)).toEqual(['accepted'])
      await giveBack()
    },
  ],
]

/** The home hands back what it was leased since, so that the claim can be decided. */
async function giveBack(): Promise<void> {
  const recall = (await at.words(home)).findLast(word => word.senior === senior.id)?.recall
  if (recall) await at.push(home, await home.release(senior, boundedPack, recall))
}

describe.each(orders)('a payout that the province lost and is given again, %s', (_, giveAgain) => {
  it('is held, and nobody pays the claim once more', async () => {
    await giveAgain()
    expect(await at.claim(sale.id)).toBe('accepted')
    expect([await mayPay(third), await mayPay(home)]).toEqual([0, 0])
    expect(await at.money(senior)).toEqual({ 'city held': 500 })
  })

  it('makes the claim good once somebody has the funds pay it', async () => {
    await giveAgain()
    await decide('pay')
    expect([await at.claim(sale.id), await mayPay(third)]).toEqual(['made-good', 0])
    expect(await at.money(senior)).toEqual({ city: 500 })
  })

  it('leaves the claim to be paid once somebody has refused it', async () => {
    await giveAgain()
    await decide('refuse')
    expect([await at.claim(sale.id), await mayPay(third)]).toEqual(['accepted', 1])
  })
})

it('a payout that a person had the funds pay before the claim was accepted again has made it good', async () => {
  await at.push(home, ...ofHome)
  await decide('pay')
  await at.push(away, sale)
  await giveBack()
  expect([await at.claim(sale.id), await mayPay(third), await at.money(senior)]).toEqual([
    'made-good',
    0,
    { city: 500 },
  ])
})

const decide = async (decision: 'pay' | 'refuse') =>
  expect(await decideHeld(database, keys, { record: paid.id, decision, operator: 'Li', reason: 'seen' })).toMatchObject(
    { result: 'decided' },
  )
