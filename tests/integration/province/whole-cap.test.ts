import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type BoundedHouse, openBoundedHouse } from '../../support/bounded-house.ts'
import type { PaperTerminal } from '../../support/paper-terminal.ts'

/* Records whose inputs say that the till might draw all that the cap leaves, as no till of ours writes them any more. */

let at: BoundedHouse
let home: PaperTerminal
let away: PaperTerminal

beforeAll(async () => {
  at = await openBoundedHouse()
  home = await at.house.terminal()
  away = await at.house.terminal('demo-riverside')
})
afterAll(() => at.house.close())

const whole = { rights: 'whole-cap' }
const eaten = async (till: PaperTerminal, senior: ReturnType<BoundedHouse['someone']>) =>
  await at.push(till, await at.meal(till, senior, 'right', whole))

describe('the whole cap in the inputs of a record', () => {
  it('is taken from a till that was never leased anything of the person, as far as the cap leaves it', async () => {
    const senior = at.someone()
    expect(await eaten(home, senior)).toEqual(['accepted'])
    expect(await eaten(home, senior)).toEqual(['flagged RIGHT_NOT_HELD'])
  })

  it('is no right at a till that was leased some: the lunch whose claim it paid is given once', async () => {
    const senior = at.someone()
    await at.words(home)
    const sale = await at.meal(away, senior, 'pending')
    await at.push(away, sale)
    await at.answerRecall(home, senior)
    await at.words(home)
    await at.push(home, await home.madeGood(senior, sale.id, [{ fund: 'city', fen: 500 }]))
    expect(await at.claim(sale.id)).toBe('made-good')
    expect(await eaten(home, senior)).toEqual(['flagged RIGHT_NOT_HELD'])
    expect(await at.money(senior)).toEqual({ city: 500, 'city held': 500 })
  })

  it('is drawn on the lease where the till holds one', async () => {
    const senior = at.someone()
    expect(await eaten(home, senior)).toEqual(['accepted'])
    expect(await at.drawn(senior)).toBe(1)
  })

  it('is no right at a till that was leased nothing, while another one holds it', async () => {
    expect(await eaten(await at.house.terminal(), at.someone())).toEqual(['flagged RIGHT_NOT_HELD'])
  })
})
