import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type DemoSenior, demoSeniors } from '../../../province/demo-people.ts'
import { businessDateOf, weekLabel } from '../../../shared/business-day.ts'
import type { SalePayload } from '../../../shared/record.ts'
import type { PaperTerminal } from '../../support/paper-terminal.ts'
import { openProvinceHouse, type ProvinceHouse } from '../../support/province-house.ts'

const today = businessDateOf(Date.now())
const [lunch, dinner, week] = [`${today}/lunch`, `${today}/dinner`, weekLabel(today)]
const outcomes = (reply: Awaited<ReturnType<PaperTerminal['push']>>) =>
  reply.verdicts.map(({ verdict, code }) => (code === null ? verdict : `${verdict} ${code}`))

describe('a doubted record that says it drew more than its visit could', () => {
  let house: ProvinceHouse
  const seniors = demoSeniors().filter(({ homeSite, expected }) => homeSite === 'demo-canteen' && expected.fen === 600)
  let next = 0
  const someone = (): DemoSenior => {
    const senior = seniors[next++]
    if (senior === undefined) throw new Error('no senior left for this test')
    return senior
  }
  const greedy = (payload: SalePayload): SalePayload => ({
    ...payload,
    debits: [
      { limit: 'meal', label: lunch, unit: 'count', amount: 1_000_000 },
      { limit: 'meal', label: dinner, unit: 'count', amount: 1_000_000 },
      { limit: 'week', label: week, unit: 'count', amount: 1_000_000 },
    ],
  })
  const drawn = async (senior: DemoSenior) => {
    const [lease] = await house.rows(
      "select body::jsonb -> 'rights' -> 'settled' as settled from lease_state where senior_id = $1",
      [senior.id],
    )
    const counters = await house.rows(
      `select limit_id || '|' || label as key, amount::int as amount from counter where senior_id = $1 and amount > 0`,
      [senior.id],
    )
    const settled = Object.entries(Object(lease?.settled)).filter(([, amount]) => amount !== 0)
    return {
      settled: Object.fromEntries(settled),
      counters: Object.fromEntries(counters.map(row => [row.key, row.amount])),
    }
  }
  const one = { [`meal|${lunch}`]: 1, [`week|${week}`]: 1 }

  beforeAll(async () => {
    house = await openProvinceHouse()
  })
  afterAll(() => house?.close())

  it('takes what the quote of its inputs takes, and leaves the dinner to the home', async () => {
    const [home, rogue] = [await house.terminal(), await house.terminal()]
    const senior = someone()
    expect(outcomes(await rogue.push([await rogue.sale(senior, { alter: greedy })]))).toEqual(['flagged QUOTE_DIFFERS'])
    expect(await drawn(senior)).toEqual({ settled: one, counters: one })
    expect(outcomes(await home.push([await home.sale(senior, { meal: 'dinner' })]))).toEqual(['accepted'])
  })

  it('takes nothing where its inputs bring no subsidy', async () => {
    const rogue = await house.terminal('demo-riverside')
    const senior = someone()
    await rogue.push([await rogue.sale(senior, { rights: {}, alter: greedy })])
    expect(await drawn(senior)).toEqual({ settled: {}, counters: {} })
  })

  it('gives back what it took, and no more, with a void of the same push or a later one', async () => {
    for (const isLater of [false, true]) {
      const [home, rogue] = [await house.terminal(), await house.terminal()]
      const senior = someone()
      await home.push([await home.sale(senior, { meal: 'dinner' })])
      const before = await drawn(senior)
      const sale = await rogue.sale(senior, { alter: greedy })
      const back = await rogue.voidOf(sale.id)
      for (const push of isLater ? [[sale], [back]] : [[sale, back]]) await rogue.push(push)
      expect(await drawn(senior)).toEqual(before)
    }
  })
})
