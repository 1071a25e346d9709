import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openDatabase } from '../../../province/database.ts'
import { type DemoSenior, demoSeniors } from '../../../province/demo-people.ts'
import { warningsOf } from '../../../province/warnings.ts'
import { addDays, type BusinessDate, businessDateOf } from '../../../shared/business-day.ts'
import { operatorId } from '../../../shared/ids.ts'
import type { PushItem } from '../../../shared/province-api.ts'
import { ledgerRecord } from '../../../shared/record.ts'
import type { PaperTerminal, SaleOptions } from '../../support/paper-terminal.ts'
import { openProvinceHouse, type ProvinceHouse } from '../../support/province-house.ts'

const program = new URL('../../../province/main.ts', import.meta.url).pathname

describe('signs that somebody should look', () => {
  let house: ProvinceHouse
  const today = businessDateOf(Date.now())
  const members = demoSeniors().filter(({ homeSite, expected }) => homeSite === 'demo-canteen' && expected.fen > 0)
  let next = 0
  const someone = (): DemoSenior => {
    const senior = members[next++]
    if (senior === undefined) throw new Error('no senior left')
    return senior
  }
  const by = (operator: string): Pick<SaleOptions, 'alter'> => ({
    alter: payload => ({ ...payload, operator: operatorId.parse(operator) }),
  })
  /** Each test has a day of its own, so that none sees the records of another. */
  let days = 0
  function freshDay(): { date: BusinessDate; at: (seconds: number) => SaleOptions; noon: number } {
    days += 1
    const date = addDays(today, -days)
    const noon = Date.parse(`${date}T04:00:00Z`)
    return { date, noon, at: seconds => ({ date, at: noon + Math.round(seconds * 1000) }) }
  }
  async function signs(date: BusinessDate) {
    const database = await openDatabase(house.databaseUrl)
    try {
      return await warningsOf(database.pool, { from: date, to: date })
    } finally {
      await database.close()
    }
  }

  beforeAll(async () => {
    house = await openProvinceHouse()
  })
  afterAll(() => house.close())

  describe('bursts', () => {
    /** Sales of one terminal, at these seconds after noon. */
    async function sold(seconds: readonly number[]) {
      const { date, at } = freshDay()
      const terminal = await house.terminal()
      const sales = []
      for (const second of seconds) sales.push(await terminal.sale(someone(), at(second)))
      await terminal.push(sales)
      return { bursts: (await signs(date)).bursts, terminal: terminal.terminal, date }
    }

    it('are five sales, each within three seconds of the one before', async () => {
      const { bursts, terminal, date } = await sold([0, 60, 62.5, 65.5, 68, 70, 200])
      expect(bursts).toEqual([
        {
          ...{ site: 'demo-canteen', terminal, date, sales: 5, seconds: 10, subsidyFen: expect.any(Number) },
          ...{ first: `${terminal} 1/2`, last: `${terminal} 1/6` },
        },
      ])
    })

    it('are not four sales, nor five with a pause a little longer, nor a clock that was set back', async () => {
      expect((await sold([0, 2, 4, 6])).bursts).toEqual([])
      expect((await sold([0, 2, 4, 7.001, 9])).bursts).toEqual([])
      expect((await sold([20, 21, 22, 2, 3])).bursts).toEqual([])
    })

    it('are not five sales of two terminals', async () => {
      const { date, at } = freshDay()
      for (const seconds of [
        [0, 2, 4],
        [1, 3],
      ]) {
        const terminal = await house.terminal()
        const sales = []
        for (const second of seconds) sales.push(await terminal.sale(someone(), at(second)))
        await terminal.push(sales)
      }
      expect((await signs(date)).bursts).toEqual([])
    })

    it('are not five sales of two operators, as where a second till sells through the first', async () => {
      const { date, at } = freshDay()
      const terminal = await house.terminal()
      const sales = []
      for (let number = 0; number < 8; number += 1)
        sales.push(await terminal.sale(someone(), { ...at(number * 2.5), ...by(number % 2 ? 'op-left' : 'op-right') }))
      await terminal.push(sales)
      expect((await signs(date)).bursts).toEqual([])
    })

    type Sale = Awaited<ReturnType<PaperTerminal['sale']>>
    const soldIn = ({ record }: Sale) => {
      const read = ledgerRecord.parse(JSON.parse(record))
      if (read.kind !== 'sale') throw new Error('no sale')
      return read.payload
    }
    /** What `told` says of the first sales, right behind them in the ledger; the others come after it. */
    async function soldTogether(
      first: readonly number[],
      after: readonly number[],
      told: (
        terminal: PaperTerminal,
        sales: readonly Sale[],
        place: { date: BusinessDate; clock: number },
      ) => Promise<PushItem[]>,
    ) {
      const { date, at, noon } = freshDay()
      const terminal = await house.terminal()
      const sell = async (seconds: readonly number[]) => {
        const sales: Sale[] = []
        for (const second of seconds) sales.push(await terminal.sale(someone(), at(second)))
        return sales
      }
      const together = await sell(first)
      const items = [...together, ...(await told(terminal, together, { date, clock: noon })), ...(await sell(after))]
      const { verdicts } = await terminal.push(items)
      expect(verdicts.filter(({ verdict }) => verdict !== 'accepted')).toEqual([])
      return (await signs(date)).bursts
    }
    const asGroup: Parameters<typeof soldTogether>[2] = async (terminal, sales, place) => {
      const sumFen = sales.flatMap(sale => soldIn(sale).tenders).reduce((sum, { fen }) => sum + fen, 0)
      const paid = { tender: 'account', sumFen, operator: null, shift: null }
      return [
        await terminal.sign('group', { site: 'demo-canteen', sales: sales.map(({ id }) => id), ...paid }, null, place),
      ]
    }
    const asRound: Parameters<typeof soldTogether>[2] = async (terminal, sales, place) => {
      const round = 'a1b2c3d4e5f60718'
      const deliveries = []
      for (const [stop, sale] of sales.entries()) {
        const { site, senior, ownPayFen } = soldIn(sale)
        const result = randomBytes(8).toString('hex')
        const handed = {
          outcome: 'handed',
          proof: null,
          seen: 'well',
          servedAt: place.clock,
          courier: '小周',
          portions: 1,
        }
        const money = { toldFen: ownPayFen, collectedFen: ownPayFen, carriedFen: 0 }
        const payload = {
          site,
          senior,
          round,
          stop: stop + 1,
          order: `list-${stop}`,
          result,
          ...handed,
          of: sale.id,
          ...money,
        }
        deliveries.push(await terminal.sign('delivery', { ...payload, operator: null }, null, place))
      }
      return deliveries
    }

    it('are not a table that one person pays for, which counts as one sale', async () => {
      expect(await soldTogether([0, 0, 0, 0, 0], [2, 4, 6], asGroup)).toEqual([])
    })

    it('are a table and four more sales right behind it', async () => {
      expect(await soldTogether([0, 0], [2, 4, 6, 8], asGroup)).toMatchObject([{ sales: 6, seconds: 8 }])
    })

    it('are not a delivery round that is handed in, which counts as one sale', async () => {
      expect(await soldTogether([0, 0, 0, 0, 0, 0], [2, 4, 6], asRound)).toEqual([])
    })
  })

  describe('overrides of one operator', () => {
    /** What one operator did in a day: sales to guests, and so many voids, refunds, late entries and overrides. */
    async function did(operator: string, acts: { sales: number; voids: number; rest: boolean }) {
      const { date, noon, at } = freshDay()
      const terminal = await house.terminal()
      const place = { date, clock: noon + 3_600_000 }
      const sales = []
      for (let number = 0; number < acts.sales; number += 1)
        sales.push(await terminal.sale(someone(), { ...at(number * 20), ...by(operator), who: 'guest' }))
      const items = [...sales]
      const voidOf = (of: string) => terminal.sign('void', { of, reason: 'x', operator }, null, place)
      for (const { id } of sales.slice(0, acts.voids)) items.push(await voidOf(id))
      if (acts.rest) {
        const back = { subsidies: [], ownPayFen: 0, reason: 'x', operator }
        items.push(await terminal.sign('refund', { of: sales.at(-1)?.id, ...back }, null, place))
        const override = { of: null, what: 'assurance', reason: 'compared', operator, approver: null }
        items.push(await terminal.sign('override', override, null, place))
        const late = { ...at(7200), ...by(operator), who: 'guest', enteredOn: date } as const
        items.push(await terminal.sale(someone(), late))
      }
      for (let from = 0; from < items.length; from += 200) await terminal.push(items.slice(from, from + 200))
      return { overrides: (await signs(date)).overrides, date }
    }

    it('are five acts that take back, enter late or override, more than one in ten sales', async () => {
      const { overrides } = await did('op-often', { sales: 49, voids: 2, rest: true })
      expect(overrides).toEqual([
        {
          ...{ site: 'demo-canteen', operator: 'op-often', sales: 49 },
          ...{ voids: 2, refunds: 1, lateEntries: 1, overrides: 1 },
        },
      ])
    })

    it('are not four, nor five in fifty sales', async () => {
      expect((await did('op-four', { sales: 9, voids: 1, rest: true })).overrides).toEqual([])
      expect((await did('op-busy', { sales: 50, voids: 2, rest: true })).overrides).toEqual([])
    })

    it('are not the acts of two operators together', async () => {
      const { date, noon, at } = freshDay()
      const terminal = await house.terminal()
      const items = []
      for (let number = 0; number < 6; number += 1)
        items.push(await terminal.sale(someone(), { ...at(number * 20), who: 'guest' }))
      for (const [number, { id }] of [...items].entries())
        items.push(
          await terminal.sign('void', { of: id, reason: 'x', operator: number % 2 ? 'op-odd' : 'op-even' }, null, {
            date,
            clock: noon + 3_600_000,
          }),
        )
      await terminal.push(items)
      expect((await signs(date)).overrides).toEqual([])
    })
  })

  describe('one person in two far places', () => {
    type Here = { canteen: PaperTerminal; riverside: PaperTerminal; senior: DemoSenior }
    /** A member eats at the canteen at noon, then at the riverside after so many minutes; the sites lie in two streets of one district. */
    async function ate(
      minutes: number,
      then: (here: Here & { of: Awaited<ReturnType<PaperTerminal['sale']>> }) => Promise<unknown> = async () => null,
    ) {
      const { date, at } = freshDay()
      const here = {
        canteen: await house.terminal(),
        riverside: await house.terminal('demo-riverside'),
        senior: someone(),
      }
      const of = await here.canteen.sale(here.senior, at(0))
      await here.canteen.push([of])
      await here.riverside.push([await here.riverside.sale(here.senior, { ...at(minutes * 60), rights: {} })])
      await then({ ...here, of })
      return { farApart: (await signs(date)).farApart, here, date }
    }

    it('is seen where ten minutes would have to do for another street', async () => {
      const { farApart, here, date } = await ate(9.9)
      const [before, after] = [`${here.canteen.terminal} 1/1`, `${here.riverside.terminal} 1/1`]
      expect(farApart).toEqual([
        { siteBefore: 'demo-canteen', site: 'demo-riverside', date, minutes: 9, before, after },
      ])
    })

    it('is not seen after ten minutes, nor at two tills of one site', async () => {
      expect((await ate(10)).farApart).toEqual([])
      const { date, at } = freshDay()
      const senior = someone()
      for (const second of [0, 60]) {
        const terminal = await house.terminal()
        await terminal.push([await terminal.sale(senior, at(second))])
      }
      expect((await signs(date)).farApart).toEqual([])
    })

    it('is not seen where one of the two was voided', async () => {
      expect(
        (await ate(5, async ({ canteen, of }) => await canteen.push([await canteen.voidOf(of.id)]))).farApart,
      ).toEqual([])
    })

    it('is not seen of two persons', async () => {
      const { date, at } = freshDay()
      const [canteen, riverside] = [await house.terminal(), await house.terminal('demo-riverside')]
      await canteen.push([await canteen.sale(someone(), at(0))])
      await riverside.push([await riverside.sale(someone(), { ...at(60), rights: {} })])
      expect((await signs(date)).farApart).toEqual([])
    })

    it('takes half an hour for another district, and ninety minutes for another city', async () => {
      const moved = async (part: string, name: string, minutes: number) => {
        const path = `{facts,place,${part}}`
        const set = 'update site set body = jsonb_set(body::jsonb, $1, to_jsonb($2::text))::text where site_id = $3'
        const [site] = await house.rows("select body from site where site_id = 'demo-riverside'")
        await house.rows(set, [path, name, 'demo-riverside'])
        try {
          return (await ate(minutes)).farApart.length
        } finally {
          await house.rows("update site set body = $1 where site_id = 'demo-riverside'", [site?.body])
        }
      }
      expect(await moved('district', '西塘区', 29)).toBe(1)
      expect(await moved('district', '西塘区', 30)).toBe(0)
      expect(await moved('city', '远山市', 89)).toBe(1)
      expect(await moved('city', '远山市', 90)).toBe(0)
    })
  })

  it('are printed without a name, a number or the id of anybody', async () => {
    const words = [program, 'warnings', '--database-url', house.databaseUrl, '--from', addDays(today, -60)]
    const { code, said } = await new Promise<{ code: unknown; said: string }>(done => {
      execFile(process.execPath, words, (error, stdout, stderr) =>
        done({ code: error?.code ?? 0, said: stdout + stderr }),
      )
    })
    expect(code).toBe(1)
    expect(said).toMatch(/连续过快 burst: .* 5 sales in 10 s/)
    expect(said).toMatch(/放行偏多 overrides: demo-canteen op-often：售餐 49/)
    expect(said).toMatch(/两处就餐 far apart: .* one person at demo-canteen and demo-riverside within 9 min/)
    for (const { id, name, cards, person } of demoSeniors())
      for (const secret of [id, name, person.birthDate, ...cards]) expect(said).not.toContain(secret)
  })
})
