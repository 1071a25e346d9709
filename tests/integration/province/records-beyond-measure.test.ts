import { afterAll, beforeAll, expect, it } from 'vitest'
import { claimsOfMonth } from '../../../province/claims.ts'
import { openDatabase } from '../../../province/database.ts'
import type { PushItem } from '../../../shared/province-api.ts'
import type { LedgerRecord } from '../../../shared/record.ts'
import { type BoundedHouse, boundedPack, openBoundedHouse, today } from '../../support/bounded-house.ts'

/** A record that no table could take is kept as it came and counts for nothing; its terminal goes on. */
let at: BoundedHouse
beforeAll(async () => {
  at = await openBoundedHouse()
})
afterAll(() => at.house.close())

const read = (item: PushItem): LedgerRecord => JSON.parse(item.record)

it('a pack whose name has a NUL in it', async () => {
  const [till, senior] = [await at.house.terminal(), at.someone()]
  await at.words(till)
  const start = till.head()
  const good = read(await till.release(senior, boundedPack, { id: '1', amounts: [] }))
  if (good.kind !== 'right-change') throw new Error('a release is a change of rights')
  const policy = { ...good.payload.policy, pack: 'x\0y' }
  const bad = await till.sign('right-change', { ...good.payload, policy }, null, { at: start })
  const said = await at.push(till, bad, await at.meal(till, senior, 'pending'))
  expect(said).toEqual(['rejected BAD_RECORD', 'accepted'])
})

it('a limit whose name is no key', async () => {
  const [till, senior] = [await at.house.terminal(), at.someone()]
  // Random letters, which a table cannot press together.
  const limit = Array.from({ length: 6000 }, () => String.fromCharCode(0x4e00 + Math.random() * 20_000)).join('')
  const debits = [{ limit, label: today, unit: 'count' as const, amount: 1 }]
  const bad = await at.meal(till, senior, 'pending', { alter: (payload: object) => ({ ...payload, debits }) })
  const said = await at.push(till, bad, await at.meal(till, at.someone(), 'pending'))
  expect(said).toEqual(['rejected BAD_RECORD', 'accepted'])
})

it('sealed inputs with a NUL in them are none', async () => {
  const [till, senior] = [await at.house.terminal(), at.someone()]
  const sale = await at.meal(till, senior, 'pending')
  const next = await at.meal(till, at.someone(), 'pending')
  expect(await at.push(till, { ...sale, inputs: 'a\0b' }, next)).toEqual(['flagged INPUTS_MISSING', 'accepted'])
})

/** A payout for a claim of a member, and a meal after it in the same push. */
async function paidOut(subsidies: readonly { fund: string; fen: number }[]): Promise<string[]> {
  const [home, away] = [await at.house.terminal(), await at.house.terminal('demo-riverside')]
  const senior = at.someone()
  const sale = await at.meal(away, senior, 'pending')
  await at.push(away, sale)
  await at.words(home)
  const payout = await home.madeGood(senior, sale.id, subsidies)
  return await at.push(home, payout, await at.meal(home, at.someone(), 'pending'))
}

it('a payout that names a fund twice', async () => {
  const said = await paidOut([
    { fund: 'city', fen: 300 },
    { fund: 'city', fen: 200 },
  ])
  expect(said).toEqual(['rejected BAD_RECORD', 'accepted'])
})

it('payouts beyond all measure leave the claims of the month readable, and are in none of them', async () => {
  for (let times = 0; times < 2; times += 1) {
    const [said] = await paidOut([{ fund: 'city', fen: Number.MAX_SAFE_INTEGER }])
    expect(said).toBe('rejected BAD_RECORD')
  }
  const database = await openDatabase(at.house.databaseUrl)
  try {
    const rows = await claimsOfMonth(database.pool, today.slice(0, 7))
    expect(rows.every(({ held_fen }) => held_fen < 1_000_000)).toBe(true)
  } finally {
    await database.close()
  }
})

it('a withdrawal that names a consent twice is one withdrawal', async () => {
  const [till, senior] = [await at.house.terminal(), at.someone()]
  const start = till.head()
  const good = read(await till.decideOnFace(senior, 'withdrawn', Date.now()))
  if (good.kind !== 'consent') throw new Error('a withdrawal is a consent')
  const what = [...good.payload.what, ...good.payload.what]
  const twice = await till.sign('consent', { ...good.payload, what }, null, { at: start })
  expect(await at.push(till, twice, await at.meal(till, senior, 'pending'))).toEqual(['accepted', 'accepted'])
})

it('a pending claim whose record came before under the same id', async () => {
  const [till, senior] = [await at.house.terminal('demo-riverside'), at.someone()]
  const sale = await at.meal(till, senior, 'pending')
  const again = await till.sign('sale', JSON.parse(sale.record).payload, null, { id: sale.id })
  const said = await at.push(
    till,
    sale,
    { ...again, inputs: sale.inputs },
    await at.meal(till, at.someone(), 'pending'),
  )
  expect([said[0], said[2]]).toEqual(['accepted', 'accepted'])
})

it('a withdrawal at an instant before all time', async () => {
  const [till, senior] = [await at.house.terminal(), at.someone()]
  const start = till.head()
  const { id, payload } = read(await till.decideOnFace(senior, 'withdrawn', Date.now()))
  const early = await till.sign('consent', payload, null, { at: start, id, clock: -1, date: today })
  const said = await at.push(till, early, await at.meal(till, senior, 'pending'))
  expect(said).toEqual(['flagged DATE_DOUBTFUL', 'accepted'])
})
