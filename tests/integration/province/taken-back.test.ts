import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { chainStart } from '../../../shared/record.ts'
import { type BoundedHouse, openBoundedHouse } from '../../support/bounded-house.ts'
import type { PaperTerminal } from '../../support/paper-terminal.ts'

let at: BoundedHouse
let home: PaperTerminal
let second: PaperTerminal
let away: PaperTerminal

beforeAll(async () => {
  at = await openBoundedHouse()
  home = await at.house.terminal()
  second = await at.house.terminal()
  away = await at.house.terminal('demo-riverside')
  await at.words(home)
})
afterAll(() => at.house.close())

/** A void that does not link to the record before it: somebody has to look at it. */
const looseVoid = (till: PaperTerminal, of: string) =>
  till.sign('void', { of, reason: 'x', operator: null }, null, { at: { seq: till.head().seq, hash: chainStart } })
const fullRefund = { subsidies: [{ fund: 'city', fen: 500 }], ownPayFen: 1000 }

/** A claim from another site, accepted, whose difference the home has paid. */
async function paidClaim() {
  const senior = at.someone()
  const sale = await at.meal(away, senior, 'pending')
  await at.push(away, sale)
  await at.answerRecall(home, senior)
  expect(await at.claim(sale.id)).toBe('accepted')
  await at.words(home)
  await at.push(home, await home.madeGood(senior, sale.id, [{ fund: 'city', fen: 500 }]))
  expect(await at.claim(sale.id)).toBe('made-good')
  return { senior, sale }
}

/** The claim of a sale elsewhere is accepted, and the home told to pay it; then the sale is taken back. */
async function withdrawn(how: 'void' | 'refund' = 'void') {
  const senior = at.someone()
  const sale = await at.meal(away, senior, 'pending')
  await at.push(away, sale)
  await at.answerRecall(home, senior)
  await at.words(home)
  const back =
    how === 'void' ? await away.voidOf(sale.id) : await away.refundOf(sale.id, { subsidies: [], ownPayFen: 1500 })
  expect(await at.push(away, back)).toEqual(['accepted'])
  return { senior, sale, back }
}

describe('a sale that another one stood in the way of', () => {
  it('has its claim decided again when that one is voided: the right is asked back, and what is due is owed', async () => {
    const senior = at.someone()
    const first = await at.meal(home, senior, 'right')
    await at.push(home, first)
    const alone = await at.meal(second, senior, 'pending')
    await at.push(second, alone)
    expect(await at.claim(alone.id)).toBe('nothing-due')
    expect(await at.push(home, await home.voidOf(first.id))).toEqual(['accepted'])
    expect(await at.claim(alone.id)).toBe('open')
    await at.answerRecall(home, senior)
    expect(await at.claim(alone.id)).toBe('accepted')
    expect(await at.drawn(senior)).toBe(1)
  })

  it('and that was given in advance is no overrun any more, however often it is decided', async () => {
    const senior = at.someone()
    const first = await at.meal(home, senior, 'right')
    await at.push(home, first)
    const [one, two] = [await at.meal(second, senior, 'advance'), await at.meal(second, senior, 'advance')]
    await at.push(second, one, two)
    expect([await at.claim(one.id), await at.claim(two.id)]).toEqual(['overrun', 'overrun'])
    expect(await at.money(senior)).toEqual({ city: 500, house: 1000 })
    expect(await at.drawn(senior)).toBe(3)

    await at.push(home, await home.voidOf(first.id))
    await at.answerRecall(home, senior)
    expect([await at.claim(one.id), await at.claim(two.id)]).toEqual(['nothing-due', 'overrun'])
    expect(await at.money(senior)).toEqual({ city: 500, house: 500 })
    expect(await at.drawn(senior)).toBe(2)

    await at.push(second, await second.voidOf(one.id))
    expect(await at.claim(two.id)).toBe('nothing-due')
    expect(await at.money(senior)).toEqual({ city: 500 })
    expect(await at.drawn(senior)).toBe(1)

    await at.push(second, await second.voidOf(two.id))
    expect(await at.money(senior)).toEqual({})
    expect(await at.drawn(senior)).toBe(0)
  })

  it('of another meal stays as it was decided', async () => {
    const senior = at.someone()
    const [lunch, dinner] = [
      await at.meal(home, senior, 'right'),
      await at.meal(home, senior, 'right', { meal: 'dinner', rights: 'whole-cap' }),
    ]
    await at.push(home, lunch, dinner)
    const alone = await at.meal(second, senior, 'pending')
    await at.push(second, alone)
    await at.push(home, await home.voidOf(dinner.id))
    expect(await at.claim(alone.id)).toBe('nothing-due')
  })

  it('and that is voided in the same push is not opened again', async () => {
    const senior = at.someone()
    const first = await at.meal(home, senior, 'right')
    await at.push(home, first)
    const alone = await at.meal(home, senior, 'pending')
    await at.push(home, alone)
    await at.push(home, await home.voidOf(first.id), await home.voidOf(alone.id))
    expect(await at.claim(alone.id)).toBe('void')
    expect(await at.money(senior)).toEqual({})
    expect(await at.drawn(senior)).toBe(0)
  })
})

describe('a void that is doubted', () => {
  it('gives back neither money nor right until somebody has looked', async () => {
    const senior = at.someone()
    const till = home
    const sale = await at.meal(till, senior, 'right')
    await at.push(till, sale)
    expect(await at.push(till, await looseVoid(till, sale.id))).toEqual(['flagged CHAIN_BROKEN'])
    expect(await at.money(senior)).toEqual({ city: 500, 'city held': -500 })
    expect(await at.drawn(senior)).toBe(1)
    const counter = 'select sum(amount) from counter where senior_id = $1'
    expect(await at.house.number(counter, [senior.id])).toBe(1)
  })

  it('makes room for one that nobody doubts, which gives back both, once', async () => {
    const senior = at.someone()
    const till = home
    const sale = await at.meal(till, senior, 'right')
    await at.push(till, sale)
    await at.push(till, await looseVoid(till, sale.id))
    expect(await at.push(till, await till.voidOf(sale.id))).toEqual(['accepted'])
    expect(await at.money(senior)).toEqual({})
    expect(await at.drawn(senior)).toBe(0)
    expect(await at.push(till, await till.voidOf(sale.id))).toEqual(['flagged ALREADY_VOID'])
    expect(await at.money(senior)).toEqual({})
  })
})

describe('a sale whose claim was paid', () => {
  it.each(['void', 'refund'] as const)(
    'is named when a %s comes, and all of it is held: nobody knows whether the money came back',
    async kind => {
      const { senior, sale } = await paidClaim()
      const counted = await at.money(senior)
      const back =
        kind === 'void' ? await away.voidOf(sale.id) : await away.refundOf(sale.id, { subsidies: [], ownPayFen: 1500 })
      expect(await at.push(away, back)).toEqual(['flagged CLAIM_PAID'])
      expect(await at.money(senior)).toEqual({ ...counted, 'city held': -500 })
      expect(counted).toEqual({ city: 500 })
      expect(await at.claim(sale.id)).toBe('made-good')
      expect(await at.drawn(senior)).toBe(1)
    },
  )

  it('is named also where the money is paid and the sale voided in one push', async () => {
    const senior = at.someone()
    const sale = await at.meal(second, senior, 'pending')
    await at.push(second, sale)
    await at.answerRecall(home, senior)
    await at.words(home)
    const paid = await home.madeGood(senior, sale.id, [{ fund: 'city', fen: 500 }])
    expect(await at.push(home, paid, await home.voidOf(sale.id))).toEqual(['accepted', 'flagged CLAIM_PAID'])
    expect(await at.money(senior)).toEqual({ city: 500, 'city held': -500 })
  })
})

describe('a sale that is voided while its claim is accepted, and the home that was told to pay is not heard', () => {
  const city = [{ fund: 'city', fen: 500 }]

  const verdictOf = async (record: string) =>
    (await at.house.rows('select verdict, code from ledger where record_id = $1', [record]))[0]

  it('keeps the right until the home answers: the same lunch is given to nobody, and waits', async () => {
    const { senior } = await withdrawn()
    expect(await at.drawn(senior)).toBe(1)
    const again = await at.meal(away, senior, 'right')
    expect(await at.push(away, again)).toEqual(['flagged RIGHT_NOT_HELD'])
    const waits = await at.meal(second, senior, 'pending')
    await at.push(second, waits)
    expect(await at.claim(waits.id)).not.toBe('accepted')
  })

  it('frees it once the home hands the payout back, and the claim that waited for it is accepted', async () => {
    const { senior, sale } = await withdrawn()
    const waits = await at.meal(second, senior, 'pending')
    await at.push(second, waits)
    expect(await at.claim(waits.id)).toBe('nothing-due')
    await at.answerRecall(home, senior)
    expect([await at.claim(sale.id), await at.claim(waits.id), await at.drawn(senior)]).toEqual(['void', 'accepted', 1])
  })

  it.each(['void', 'refund'] as const)(
    'pays the home that had paid before it heard, and holds the %s with the payout for somebody to decide',
    async how => {
      const { senior, sale, back } = await withdrawn(how)
      expect(await at.push(home, await home.madeGood(senior, sale.id, city))).toEqual(['accepted'])
      expect(await at.money(senior)).toEqual({ city: 500, 'city held': -500 })
      expect(await verdictOf(back.id)).toEqual({ verdict: 'flagged', code: 'CLAIM_PAID' })
      expect([await at.claim(sale.id), await at.drawn(senior)]).toEqual(['made-good', 1])
      const held = await at.house.rows('select held from voided where record_id = $1', [sale.id])
      expect(held).toEqual([{ held: true }])
    },
  )

  it('holds both also where they come in one push, the void first', async () => {
    const senior = at.someone()
    const sale = await at.meal(second, senior, 'pending')
    await at.push(second, sale)
    await at.answerRecall(home, senior)
    await at.words(home)
    const [back, paid] = [await home.voidOf(sale.id), await home.madeGood(senior, sale.id, city)]
    expect(await at.push(home, back, paid)).toEqual(['flagged CLAIM_PAID', 'accepted'])
    expect(await at.money(senior)).toEqual({ city: 500, 'city held': -500 })
    expect(await at.drawn(senior)).toBe(1)
  })
})

describe('the claim of somebody whom the till did not know', () => {
  it('falls away with its sale, and the right is there again once the home handed the payout back', async () => {
    const senior = at.someone()
    const sale = await at.meal(away, senior, 'pending', { who: 'stranger', rights: {} })
    await at.push(away, sale)
    await at.answerRecall(home, senior)
    expect(await at.claim(sale.id)).toBe('accepted')
    await at.words(home)
    await at.push(away, await away.voidOf(sale.id))
    expect([await at.claim(sale.id), await at.drawn(senior)]).toEqual(['void', 1])
    const word = (await at.words(home)).findLast(item => item.senior === senior.id)
    expect(word?.owed).toEqual({})
    await at.answerRecall(home, senior)
    expect(await at.drawn(senior)).toBe(0)
  })

  it('gives the right back with its sale at once where no till was told to pay it', async () => {
    const senior = at.someone()
    const sale = await at.meal(away, senior, 'pending', { who: 'stranger', rights: {} })
    await at.push(away, sale)
    await at.answerRecall(home, senior)
    expect([await at.claim(sale.id), await at.drawn(senior)]).toEqual(['accepted', 1])
    await at.push(away, await away.voidOf(sale.id))
    expect([await at.claim(sale.id), await at.drawn(senior)]).toEqual(['void', 0])
  })
})

describe('a refund of what was given in advance and nobody decided yet', () => {
  it('gives the money back and takes the right: the meal was eaten', async () => {
    const senior = at.someone()
    // The right is at the home till, which is not heard meanwhile.
    const sale = await at.meal(second, senior, 'advance')
    await at.push(second, sale)
    expect([await at.claim(sale.id), await at.drawn(senior)]).toEqual(['open', 0])
    expect(await at.push(second, await second.refundOf(sale.id, fullRefund))).toEqual(['accepted'])
    expect([await at.claim(sale.id), await at.drawn(senior)]).toEqual(['void', 1])
    expect(await at.money(senior)).toEqual({})
  })
})

it('a payout that the home may have made is free with its lease when an operator gives that up, and what stood behind it is decided', async () => {
  const { senior } = await withdrawn()
  const waits = await at.meal(second, senior, 'pending')
  await at.push(second, waits)
  expect([await at.claim(waits.id), await at.drawn(senior)]).toEqual(['nothing-due', 1])
  const program = new URL('../../../province/main.ts', import.meta.url).pathname
  const words = ['--terminal', home.terminal, '--operator', 'Zhou', '--reason', 'fire', '--strike-off', '--confirm']
  await promisify(execFile)(process.execPath, [program, 'write-off', '--database-url', at.house.databaseUrl, ...words])
  expect([await at.claim(waits.id), await at.drawn(senior)]).toEqual(['accepted', 1])
})
