import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Database, openDatabase } from '../../../province/database.ts'
import { type DemoSenior, demoSeniors } from '../../../province/demo-people.ts'
import { heldRecords } from '../../../province/held.ts'
import { businessDateOf } from '../../../shared/business-day.ts'
import type { LeaseWord } from '../../../shared/leases/word.ts'
import { runProvince } from '../../support/claims-of-house.ts'
import { demoPack, type PaperTerminal } from '../../support/paper-terminal.ts'
import { openProvinceHouse, type ProvinceHouse } from '../../support/province-house.ts'

describe('a pending claim of somebody whom nobody could name', () => {
  let house: ProvinceHouse
  let home: PaperTerminal
  let away: PaperTerminal
  let database: Database
  const people = demoSeniors()
    .filter(
      ({ homeSite, cards, expected }) => homeSite === 'demo-canteen' && cards.length === 1 && expected.fen === 600,
    )
    .values()
  beforeAll(async () => {
    house = await openProvinceHouse()
    ;[home, away] = [await house.terminal(), await house.terminal('demo-riverside')]
    database = await openDatabase(house.databaseUrl)
  })
  afterAll(async () => {
    await database.close()
    await house.close()
  })

  const someone = (): DemoSenior => {
    const { value } = people.next()
    if (value === undefined) throw new Error('no senior left')
    return value
  }
  const claimOf = async (record: string) =>
    (
      await house.rows('select state, owed_fen::int as owed, senior_id as senior from claim where record_id = $1', [
        record,
      ])
    )[0]
  const listed = async (record: string) =>
    (await heldRecords(database.pool, businessDateOf(Date.now()).slice(0, 7))).find(held => held.record === record)
  const newRoster = (set: string, senior: DemoSenior, ...values: readonly unknown[]) =>
    house.rows(`update senior set ${set}, change = nextval('feed_change') where senior_id = $1`, [senior.id, ...values])
  const decide = (record: string, ...words: string[]) =>
    runProvince(house, 'held', ...words.slice(0, 1), record, ...words.slice(1))
  const [guest] = demoSeniors()
  if (guest === undefined) throw new Error('no demo seniors')
  const anyPush = async () => away.push([await away.sale(guest, { who: 'guest' })])
  const by = ['--operator', '李主任', '--reason', 'no such person']

  /** Somebody pays the list price with a card that is on no roster yet. */
  async function nameless() {
    const senior = someone()
    await newRoster("cards = '{}'", senior)
    const sale = await away.sale(senior, { who: 'stranger' })
    expect((await away.push([sale])).verdicts).toMatchObject([{ verdict: 'accepted' }])
    expect(await claimOf(sale.id)).toEqual({ state: 'open', owed: 0, senior: null })
    return { senior, sale }
  }

  it('is decided with the next push after the roster has the card', async () => {
    const { senior, sale } = await nameless()
    await newRoster('cards = $2', senior, senior.cards)
    await anyPush()
    expect(await claimOf(sale.id)).toEqual({ state: 'accepted', owed: 600, senior: senior.id })
    expect(await listed(sale.id)).toBeUndefined()
  })

  it('is decided once the card is bound at the home', async () => {
    const { senior, sale } = await nameless()
    await home.push([await home.changeMeans(senior, 'card-bound', String(senior.cards[0]))])
    expect(await claimOf(sale.id)).toEqual({ state: 'accepted', owed: 600, senior: senior.id })
  })

  it('ends with its sale where that was voided before anybody was found', async () => {
    const { senior, sale } = await nameless()
    await away.push([await away.voidOf(sale.id)])
    await newRoster('cards = $2', senior, senior.cards)
    await anyPush()
    expect(await claimOf(sale.id)).toMatchObject({ state: 'void', owed: 0 })
  })

  it('is listed with a plain reason, and ended by somebody with a name; its sale stands', async () => {
    const { senior, sale } = await nameless()
    const month = businessDateOf(Date.now()).slice(0, 7)
    const { out } = await runProvince(house, 'held', '--month', month)
    expect(out).toMatch(new RegExp(`nobody can say who came.*${sale.id}`))
    expect((await decide(sale.id, 'pay', ...by)).code).toBe(1)
    expect(await decide(sale.id, 'end', ...by)).toMatchObject({ code: 0, out: expect.stringContaining('待补差已结束') })
    expect(await claimOf(sale.id)).toMatchObject({ state: 'nothing-due', owed: 0 })
    expect(await listed(sale.id)).toBeUndefined()
    expect(
      await house.rows('select decision, operator, fen::int from held_decision where record_id = $1', [sale.id]),
    ).toEqual([{ decision: 'end', operator: '李主任', fen: 0 }])
    expect((await decide(sale.id, 'end', ...by)).code).toBe(1)
    await newRoster('cards = $2', senior, senior.cards)
    expect((await away.push([await away.voidOf(sale.id)])).verdicts).toMatchObject([{ verdict: 'accepted' }])
    expect(await claimOf(sale.id)).toMatchObject({ state: 'void', owed: 0 })
  })

  it('is not ended where the roster knows by now who came', async () => {
    const { senior, sale } = await nameless()
    await newRoster('cards = $2', senior, senior.cards)
    expect((await decide(sale.id, 'end', ...by)).code).toBe(1)
    expect(await claimOf(sale.id)).toMatchObject({ state: 'accepted', owed: 600 })
  })

  it('is decided of somebody who left meanwhile by what is known of them', async () => {
    const senior = someone()
    const wordOn = async () => {
      const heard: LeaseWord[] = []
      for (let cursor: string | null = null, more = true; more; ) {
        const page = await home.pull('leases', cursor)
        if (page.feed === 'leases') heard.push(...page.items.flatMap(item => ('senior' in item ? [item] : [])))
        ;({ cursor, more } = page)
      }
      return heard.findLast(word => word.senior === senior.id)
    }
    await wordOn()
    const sale = await away.sale(senior, { who: 'unknown' })
    await away.push([sale])
    await newRoster('gone = true', senior)
    const recall = (await wordOn())?.recall
    if (!recall) throw new Error('nothing was asked back')
    await home.push([await home.release(senior, demoPack(), recall)])
    expect(await claimOf(sale.id)).toEqual({ state: 'accepted', owed: 600, senior: senior.id })
  })
})
