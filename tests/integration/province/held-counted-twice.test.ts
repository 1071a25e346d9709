import { afterAll, beforeAll, expect, it } from 'vitest'
import { businessDateOf } from '../../../shared/business-day.ts'
import type { RecordId } from '../../../shared/ids.ts'
import { type BoundedHouse, openBoundedHouse } from '../../support/bounded-house.ts'
import { claimsFromSql, exportedLines } from '../../support/claims-of-house.ts'
import { countClaims } from '../../support/count-claims.ts'
import type { PaperTerminal } from '../../support/paper-terminal.ts'

const ahead = Date.now() + 60 * 3600_000
const skewed = { clock: ahead, date: businessDateOf(ahead) }
const partOf = { subsidies: [{ fund: 'city', fen: 100 }], ownPayFen: 0 }

let at: BoundedHouse
let home: PaperTerminal

beforeAll(async () => {
  at = await openBoundedHouse()
  home = await at.house.terminal()
  await at.words(home)
})
afterAll(() => at.house.close())

/** Both countings of all months say this much is held of what was taken back in this test. */
async function expectBothToHold(before: number, fen: number) {
  const lines = await exportedLines(at.house)
  for (const { month } of await at.house.rows('select distinct month from claim_month'))
    expect(await claimsFromSql(at.house, String(month)), String(month)).toEqual(countClaims(lines, String(month)))
  expect((await held()) - before).toBe(fen)
}
const held = () => at.house.number('select coalesce(sum(held_fen), 0)::int from claim_month', [])

/** A claim from a till of another site, that the home has paid. */
async function paid() {
  const senior = at.someone()
  const till = await at.house.terminal('demo-riverside')
  const sale = await at.meal(till, senior, 'pending')
  await at.push(till, sale)
  await at.answerRecall(home, senior)
  await at.words(home)
  expect(await at.push(home, await home.madeGood(senior, sale.id, [{ fund: 'city', fen: 500 }]))).toEqual(['accepted'])
  return { till, sale }
}

async function doubted(till: PaperTerminal, of: RecordId) {
  expect(await at.push(till, await till.voidOf(of, skewed))).toEqual(['flagged DATE_DOUBTFUL'])
}

it('of two doubted records of two tills the first in the order of the evidence takes the sale back, whichever comes first', async () => {
  for (const late of [0, 1]) {
    const before = await held()
    const tills = [await at.house.terminal(), await at.house.terminal()].sort((a, b) =>
      a.terminal < b.terminal ? -1 : 1,
    )
    const [one, other] = late === 0 ? tills : tills.toReversed()
    if (one === undefined || other === undefined) throw new Error('two tills')
    const sale = await at.meal(home, at.someone(), 'right')
    await at.push(home, sale)
    for (const till of [one, other])
      await at.push(
        till,
        till === tills[0] ? await till.voidOf(sale.id, skewed) : await till.refundOf(sale.id, partOf, skewed),
      )
    await expectBothToHold(before, -500)
  }
})

it('a doubted void of a sale whose claim was paid holds the payout with it', async () => {
  const before = await held()
  const { till, sale } = await paid()
  await doubted(till, sale.id)
  await expectBothToHold(before, -500)
})

it('a void that nobody doubts but for the payout takes the place of a doubted one, with the payout', async () => {
  const before = await held()
  const { till, sale } = await paid()
  await doubted(till, sale.id)
  const other = await at.house.terminal('demo-riverside')
  expect(await at.push(other, await other.voidOf(sale.id))).toEqual(['flagged CLAIM_PAID'])
  await expectBothToHold(before, -500)
})

it('of two voids of one paid claim the first in the order of the evidence is held, whichever comes first', async () => {
  const before = await held()
  const { sale } = await paid()
  const tills = [await at.house.terminal('demo-riverside'), await at.house.terminal('demo-riverside')]
  tills.sort((a, b) => (a.terminal < b.terminal ? 1 : -1))
  for (const till of tills) await at.push(till, await till.voidOf(sale.id))
  await expectBothToHold(before, -500)
})
