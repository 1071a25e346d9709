import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DemoSenior } from '../../../province/demo-people.ts'
import { businessDateOf } from '../../../shared/business-day.ts'
import type { RecordId } from '../../../shared/ids.ts'
import { type BoundedHouse, openBoundedHouse } from '../../support/bounded-house.ts'
import { type HeldDesk, openHeldDesk } from '../../support/held-desk.ts'
import type { PaperTerminal } from '../../support/paper-terminal.ts'

/** The clock of a till runs ahead: whatever it records is doubted for its date. */
const ahead = Date.now() + 60 * 3600_000
const skewed = { clock: ahead, date: businessDateOf(ahead) }
const skewedSale = { at: ahead, date: businessDateOf(ahead) }
const city = [{ fund: 'city', fen: 500 }]
const both = ['void', 'refund'] as const

let at: BoundedHouse
let desk: HeldDesk
let home: PaperTerminal

beforeAll(async () => {
  at = await openBoundedHouse()
  home = await at.house.terminal()
  await at.words(home)
  desk = await openHeldDesk(at.house)
})
afterAll(async () => {
  await desk.close()
  await at.house.close()
})

const isListed = async (record: RecordId) => (await desk.listed()).includes(record)
const owedAtHome = async (senior: DemoSenior) =>
  Object.keys((await at.words(home)).findLast(word => word.senior === senior.id)?.owed ?? {}).length

/** A sale elsewhere whose claim is pending, at a till of its own. */
async function pending() {
  const till = await at.house.terminal('demo-riverside')
  const senior = at.someone()
  const sale = await at.meal(till, senior, 'pending')
  await at.push(till, sale)
  return { till, senior, sale }
}

/** The same, accepted: the home is told to pay. */
async function accepted() {
  const found = await pending()
  await at.answerRecall(home, found.senior)
  expect([await at.claim(found.sale.id), await owedAtHome(found.senior)]).toEqual(['accepted', 1])
  return found
}

async function takeBack(till: PaperTerminal, of: RecordId, how: 'void' | 'refund' = 'void') {
  const back =
    how === 'void' ? await till.voidOf(of, skewed) : await till.refundOf(of, { subsidies: [], ownPayFen: 1500 }, skewed)
  expect(await at.push(till, back)).toEqual(['flagged DATE_DOUBTFUL'])
  return back
}

const payout = async (senior: DemoSenior, of: RecordId) => await at.push(home, await home.madeGood(senior, of, city))

describe('while a void or refund is in doubt, the claim of its sale', () => {
  it.each(both)('is not decided, and the %s stands in the list without a line of its own', async how => {
    const { till, senior, sale } = await pending()
    const back = await takeBack(till, sale.id, how)
    await at.answerRecall(home, senior)
    expect([await isListed(back.id), await at.claim(sale.id)]).toEqual([true, 'open'])
  })

  it.each(both)('ends where somebody says that the %s stands', async how => {
    const { till, senior, sale } = await pending()
    const back = await takeBack(till, sale.id, how)
    expect(await desk.decide(back.id, 'pay')).toEqual({ result: 'decided', fen: 0, records: 1 })
    await at.answerRecall(home, senior)
    expect([await at.claim(sale.id), await isListed(back.id), await at.drawn(senior)]).toEqual(['void', false, 0])
  })

  it.each(both)('goes on where somebody refuses the %s', async how => {
    const { till, senior, sale } = await pending()
    const back = await takeBack(till, sale.id, how)
    await at.answerRecall(home, senior)
    expect(await desk.decide(back.id, 'refuse')).toEqual({ result: 'decided', fen: 0, records: 1 })
    expect([await at.claim(sale.id), await isListed(back.id), await owedAtHome(senior)]).toEqual(['accepted', false, 1])
  })

  it('is asked back from the home that was told to pay, and its right is kept for it', async () => {
    const { till, senior, sale } = await accepted()
    const back = await takeBack(till, sale.id)
    expect([await isListed(back.id), await owedAtHome(senior)]).toEqual([true, 0])
    await at.answerRecall(home, senior)
    expect(await at.drawn(senior)).toBe(1)
    expect(await desk.decide(back.id, 'refuse')).toMatchObject({ result: 'decided' })
    expect([await at.claim(sale.id), await owedAtHome(senior)]).toEqual(['accepted', 1])
    expect([await payout(senior, sale.id), await at.money(senior)]).toEqual([['accepted'], { city: 500 }])
  })

  it('frees its right once the void stands and the home has answered', async () => {
    const { till, senior, sale } = await accepted()
    const back = await takeBack(till, sale.id)
    await at.answerRecall(home, senior)
    await desk.decide(back.id, 'pay')
    expect([await at.claim(sale.id), await at.drawn(senior)]).toEqual(['void', 0])
  })

  it('and is paid all the same has its payout held with what is doubted, for one decision about both', async () => {
    const { till, senior, sale } = await accepted()
    const back = await takeBack(till, sale.id)
    expect(await payout(senior, sale.id)).toEqual(['accepted'])
    expect(await at.money(senior)).toEqual({ city: 500, 'city held': -500 })
    expect(await desk.decide(back.id, 'pay')).toEqual({ result: 'decided', fen: -500, records: 1 })
    expect([await at.money(senior), await isListed(back.id)]).toEqual([{}, false])
  })

  it('and was paid before has its payout held in the same way', async () => {
    const { till, senior, sale } = await accepted()
    await payout(senior, sale.id)
    const back = await takeBack(till, sale.id)
    expect(await at.money(senior)).toEqual({ city: 500, 'city held': -500 })
    await desk.decide(back.id, 'refuse')
    expect(await isListed(back.id)).toBe(false)
    expect(
      await at.house.rows('select fen::int from claim_line where senior_id = $1 and not held', [senior.id]),
    ).toEqual([{ fen: 500 }])
  })

  it('that ended and is paid after that is held once more, and decided once more', async () => {
    const { till, senior, sale } = await accepted()
    const back = await takeBack(till, sale.id)
    await desk.decide(back.id, 'pay')
    await payout(senior, sale.id)
    expect([await isListed(back.id), await at.money(senior)]).toEqual([true, { city: 500, 'city held': -500 }])
    expect(await desk.decide(back.id, 'pay')).toEqual({ result: 'decided', fen: -500, records: 1 })
    expect(await at.money(senior)).toEqual({})
    expect(
      await at.house.rows(
        'select turn::int, code from held_decision d join ledger l using (record_id) where record_id = $1 order by turn',
        [back.id],
      ),
    ).toEqual([
      { turn: 1, code: 'DATE_DOUBTFUL' },
      { turn: 2, code: 'DATE_DOUBTFUL' },
    ])
  })

  it('falls away for good with a void that nobody doubts', async () => {
    const till = await at.house.terminal('demo-riverside')
    const other = await at.house.terminal('demo-riverside')
    const senior = at.someone()
    const sale = await at.meal(till, senior, 'pending')
    await at.push(till, sale)
    await at.answerRecall(home, senior)
    await at.words(home)
    const back = await takeBack(till, sale.id)
    expect(await at.push(other, await other.voidOf(sale.id))).toEqual(['accepted'])
    await at.answerRecall(home, senior)
    expect([await at.claim(sale.id), await at.drawn(senior), await isListed(back.id)]).toEqual(['void', 0, false])
  })

  it('was given in advance beyond the caps: the void can be decided, and nothing stays moved between funds', async () => {
    const senior = at.someone()
    await at.push(home, await at.meal(home, senior, 'right'))
    const till = await at.house.terminal()
    const given = await at.meal(till, senior, 'advance')
    await at.push(till, given)
    expect(await at.claim(given.id)).toBe('overrun')
    const back = await takeBack(till, given.id)
    expect(await desk.decide(back.id, 'pay')).toEqual({ result: 'decided', fen: -500, records: 1 })
    expect([await at.money(senior), await at.claim(given.id)]).toEqual([{ city: 500 }, 'void'])
  })
})

describe('a void that is doubted, of a sale that is held itself', () => {
  const doubtedBoth = async (how: 'right' | 'pending', site = 'demo-canteen') => {
    const till = await at.house.terminal(site)
    const senior = at.someone()
    const rights = how === 'right' ? { rights: 'whole-cap' } : { rights: {} }
    const sale = await at.meal(till, senior, how, { ...skewedSale, ...rights })
    const back = await till.voidOf(sale.id, skewed)
    expect(await at.push(till, sale, back)).toEqual(['flagged DATE_DOUBTFUL', 'flagged DATE_DOUBTFUL'])
    return { senior, sale, back }
  }

  it('takes nothing back of one that was refused: it goes with it', async () => {
    const { senior, sale, back } = await doubtedBoth('right')
    expect(await desk.decide(sale.id, 'refuse')).toEqual({ result: 'decided', fen: 0, records: 2 })
    expect([await isListed(back.id), await desk.decide(back.id, 'pay')]).toEqual([false, { result: 'not-held' }])
    expect(await at.house.rows('select 1 from claim_line where senior_id = $1 and not refused', [senior.id])).toEqual(
      [],
    )
  })

  it('and has a pending claim is decided after it, either way', async () => {
    for (const decision of ['pay', 'refuse'] as const) {
      const { sale, back } = await doubtedBoth('pending')
      expect([await isListed(sale.id), await isListed(back.id)]).toEqual([true, true])
      expect(await desk.decide(back.id, decision)).toEqual({ result: 'decide-first', record: sale.id })
      expect(await desk.decide(sale.id, 'pay')).toMatchObject({ result: 'decided' })
      expect([await isListed(sale.id), await isListed(back.id), await at.claim(sale.id)]).toEqual([false, true, 'open'])
      expect(await desk.decide(back.id, decision)).toMatchObject({ result: 'decided' })
      expect(await isListed(back.id)).toBe(false)
      expect(await at.claim(sale.id)).toBe(decision === 'pay' ? 'void' : 'open')
    }
  })

  it('and has a pending claim goes with it where it is refused', async () => {
    const { sale, back } = await doubtedBoth('pending')
    expect(await desk.decide(sale.id, 'refuse')).toMatchObject({ result: 'decided', records: 2 })
    expect([await isListed(sale.id), await isListed(back.id), await at.claim(sale.id)]).toEqual([
      ...[false, false],
      'nothing-due',
    ])
  })
})

it('the claim of somebody whom the till did not know, doubted and then to be paid, is theirs whose card was shown', async () => {
  const till = await at.house.terminal('demo-riverside')
  const senior = at.someone()
  const sale = await at.meal(till, senior, 'pending', { who: 'stranger', set: 'Q', rights: {} })
  expect(await at.push(till, sale)).toEqual(['flagged PRICE_UNKNOWN'])
  expect(await desk.decide(sale.id, 'pay')).toMatchObject({ result: 'decided' })
  await at.answerRecall(home, senior)
  expect([await at.claim(sale.id), await owedAtHome(senior)]).toEqual(['accepted', 1])
})
