import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DemoSenior } from '../../../province/demo-people.ts'
import { owedKey } from '../../../shared/leases/word.ts'
import { type BoundedHouse, openBoundedHouse, today } from '../../support/bounded-house.ts'
import { enrolPaperTerminal, type PaperTerminal, paperKeys } from '../../support/paper-terminal.ts'

describe('a terminal whose disk was found to be copied', () => {
  let at: BoundedHouse
  let home: PaperTerminal
  let second: PaperTerminal
  let away: PaperTerminal
  let third: PaperTerminal
  beforeAll(async () => {
    at = await openBoundedHouse()
    ;[home, second] = [await at.house.terminal(), await at.house.terminal()]
    ;[away, third] = [await at.house.terminal('demo-riverside'), await at.house.terminal('demo-riverside')]
    await at.words(home)
  })
  afterAll(() => at.house.close())

  const dinner = [{ limit: 'meal', label: `${today}/dinner`, amount: 1 }]
  const grantOf = async (till: PaperTerminal, { id: senior }: DemoSenior) => {
    const question = { senior, pack: 'DEMO', generation: 1, epoch: 1, totals: dinner, debits: dinner }
    return (await till.ask(question)).word?.grant.totals ?? null
  }
  /** A senior of whom the home holds nothing. */
  const stranger = async (): Promise<DemoSenior> => {
    const senior = at.someone()
    await at.house.rows('delete from lease_state where senior_id = $1', [senior.id])
    return senior
  }

  /** A second disk under the same name writes something at a number that is taken. */
  async function copy(till: PaperTerminal): Promise<void> {
    const place = till.head()
    expect(await at.push(till, await at.meal(till, at.someone(), 'pending'))).toEqual(['accepted'])
    const other = { of: '01900000-0000-7000-8000-000000000000', reason: 'x', operator: null }
    const copied = await till.sign('void', other, null, { at: place, moveHead: false })
    expect(await at.push(till, copied)).toEqual(['conflict COPIED_DISK'])
  }

  it('is granted nothing for a visit', async () => {
    expect(await grantOf(third, await stranger())).toEqual({ [`meal|${today}/dinner`]: 1 })
    await copy(third)
    expect(await grantOf(third, await stranger())).toBeNull()
  })

  it('has its sales taken and held, and becomes nobody’s home by them', async () => {
    const senior = at.someone()
    const [lunch, supper] = [
      await at.meal(third, senior, 'right'),
      await at.meal(third, senior, 'pending', { meal: 'dinner' }),
    ]
    expect(await at.push(third, lunch, supper)).toEqual(['flagged COPIED_DISK', 'flagged COPIED_DISK'])
    expect(await at.money(senior)).toEqual({ 'city held': 500 })
    expect(await at.claim(supper.id)).toBe('held')
    const homes = await at.house.rows(
      "select body::jsonb ->> 'home' as home from lease_state where senior_id = $1 and pack_id = 'DEMO'",
      [senior.id],
    )
    expect(homes).toEqual([{ home: `${home.terminal}#1` }])
  })

  it('is leased no payout: whoever asks for a visit elsewhere may pay it', async () => {
    const senior = at.someone()
    const sale = await at.meal(away, senior, 'pending')
    await at.push(away, sale)
    await copy(home)
    await at.answerRecall(home, senior)
    expect(await at.claim(sale.id)).toBe('accepted')
    const word = (await at.words(home)).findLast(item => item.senior === senior.id)
    expect(word?.grant.totals).not.toHaveProperty([owedKey(sale.id)])
    expect(await grantOf(away, senior)).toMatchObject({ [owedKey(sale.id)]: 1 })
  })

  it('is the first of its site no more', async () => {
    const { items } = await second.pull('tills', null)
    expect(items).toEqual([expect.objectContaining({ first: second.terminal })])
  })

  it('is granted rights again once it was enrolled anew', async () => {
    const code = await at.house.province.createEnrolmentCode(third.terminal, third.site)
    const anew = await enrolPaperTerminal(code, await paperKeys())
    expect(await grantOf(anew, await stranger())).toEqual({ [`meal|${today}/dinner`]: 1 })
  })
})
