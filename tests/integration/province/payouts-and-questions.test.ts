import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type DemoSenior, demoSeniors } from '../../../province/demo-people.ts'
import { weekLabel } from '../../../shared/business-day.ts'
import { type BoundedHouse, openBoundedHouse, today } from '../../support/bounded-house.ts'
import type { PaperTerminal } from '../../support/paper-terminal.ts'
import { openProvinceHouse, type ProvinceHouse } from '../../support/province-house.ts'

describe('a payout', () => {
  let at: BoundedHouse
  let home: PaperTerminal
  let away: PaperTerminal
  beforeAll(async () => {
    at = await openBoundedHouse()
    home = await at.house.terminal()
    away = await at.house.terminal('demo-riverside')
    await at.words(home)
  })
  afterAll(() => at.house.close())

  /** A claim of 5.00 from another site that was accepted: its home may pay it. */
  async function accepted() {
    const senior = at.someone()
    const sale = await at.meal(away, senior, 'pending')
    await at.push(away, sale)
    await at.answerRecall(home, senior)
    const owed = async () =>
      Object.values((await at.words(home)).findLast(word => word.senior === senior.id)?.owed ?? {})
    expect(await owed()).toHaveLength(1)
    const pay = async (fen: number) =>
      await at.push(home, await home.madeGood(senior, sale.id, [{ fund: 'city', fen }]))
    return { senior, owed, pay }
  }

  it.each([499, 501, 1000])('of %i fen where 500 are owed is held', async fen => {
    const { senior, pay } = await accepted()
    expect(await pay(fen)).toEqual(['flagged RIGHT_NOT_HELD'])
    expect(await at.money(senior)).toEqual({ 'city held': fen })
  })

  it('of what is owed is claimed, and is owed no more', async () => {
    const { senior, owed, pay } = await accepted()
    expect(await pay(500)).toEqual(['accepted'])
    expect(await owed()).toEqual([])
    expect(await pay(500)).toEqual(['flagged RIGHT_NOT_HELD'])
    expect(await at.money(senior)).toEqual({ city: 500, 'city held': 500 })
  })
})

describe('a question about a visit', () => {
  let house: ProvinceHouse
  let till: PaperTerminal
  const members = demoSeniors()
    .filter(({ homeSite, expected }) => homeSite === 'demo-canteen' && expected.fen === 600)
    .values()
  beforeAll(async () => {
    house = await openProvinceHouse()
    till = await house.terminal('demo-riverside')
  })
  afterAll(() => house.close())
  const someone = (): DemoSenior => {
    const { value } = members.next()
    if (value === undefined) throw new Error('no senior left')
    return value
  }
  const [meal, week] = [`meal|${today}/lunch`, `week|${weekLabel(today)}`]
  const one = [
    { limit: 'meal', label: `${today}/lunch`, amount: 1 },
    { limit: 'week', label: weekLabel(today), amount: 1 },
  ]
  const ask = ({ id: senior }: DemoSenior, generation = 1) =>
    till.ask({ ...{ senior, pack: 'DEMO', generation, epoch: 1 }, totals: one, debits: one })

  it('that is asked again after a lost answer gives nothing twice', async () => {
    const senior = someone()
    for (let times = 0; times < 3; times += 1)
      expect((await ask(senior)).word?.grant.totals).toMatchObject({ [meal]: 1, [week]: 1 })
  })

  it('by another generation than the terminal’s is not answered', async () => {
    const senior = someone()
    await till.push([await till.sale(someone(), { rights: {} })])
    expect((await ask(senior, 2)).word).toBeNull()
    expect((await ask(senior)).word?.grant.totals).toMatchObject({ [meal]: 1 })
  })
})
