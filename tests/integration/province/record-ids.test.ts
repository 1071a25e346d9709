import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Database, openDatabase } from '../../../province/database.ts'
import { type DemoSenior, demoSeniors } from '../../../province/demo-people.ts'
import { decideHeld, heldRecords } from '../../../province/held.ts'
import { openKeyring } from '../../../province/keys.ts'
import { statementOf } from '../../../province/statement.ts'
import { businessDateOf } from '../../../shared/business-day.ts'
import type { RecordId } from '../../../shared/ids.ts'
import type { PaperTerminal, SaleOptions } from '../../support/paper-terminal.ts'
import { openProvinceHouse, type ProvinceHouse } from '../../support/province-house.ts'

const outcomes = (reply: Awaited<ReturnType<PaperTerminal['push']>>) =>
  reply.verdicts.map(({ verdict, code }) => (code === null ? verdict : `${verdict} ${code}`))
const today = businessDateOf(Date.now())

describe('a record under an id that another one has', () => {
  let house: ProvinceHouse
  let database: Database
  const seniors = demoSeniors().filter(({ homeSite, expected }) => homeSite === 'demo-canteen' && expected.fen === 600)
  let next = 0
  /** A senior aged 80 or more whom no other test uses. */
  const someone = (): DemoSenior => {
    const senior = seniors[next++]
    if (senior === undefined) throw new Error('no senior left for this test')
    return senior
  }
  /** Another terminal's sale, signed under an id that is not its own. */
  async function twin(terminal: PaperTerminal, id: RecordId, senior: DemoSenior, options: SaleOptions = {}) {
    const before = terminal.head()
    const { record, inputs } = await terminal.sale(senior, options)
    const forged = await terminal.sign('sale', JSON.parse(record).payload, null, { id, at: before })
    return { ...forged, inputs }
  }
  const paidFor = (senior: DemoSenior) =>
    house.number('select coalesce(sum(fen), 0) from claim_line where senior_id = $1 and not held', [senior.id])
  const heldFor = (senior: DemoSenior) =>
    house.number('select coalesce(sum(fen), 0) from claim_line where senior_id = $1 and held and not refused', [
      senior.id,
    ])
  const lunchesOf = async (senior: DemoSenior) => {
    const [row] = await house.rows(
      "select body::jsonb -> 'rights' -> 'settled' as settled from lease_state where senior_id = $1",
      [senior.id],
    )
    return Object.entries(Object(row?.settled)).find(([key]) => key === `meal|${today}/lunch`)?.[1]
  }
  const decide = async (record: string, decision: 'pay' | 'refuse') =>
    await decideHeld(database, await openKeyring(database), { record, decision, operator: 'x', reason: 'looked at' })

  beforeAll(async () => {
    house = await openProvinceHouse()
    database = await openDatabase(house.databaseUrl)
  })
  afterAll(async () => {
    await database?.close()
    await house?.close()
  })

  it('is held, and leaves the first to be taken back by its own terminal', async () => {
    const [one, two] = [await house.terminal(), await house.terminal()]
    const [honest, other] = [someone(), someone()]
    const sale = await one.sale(honest)
    expect(outcomes(await one.push([sale]))).toEqual(['accepted'])
    expect(outcomes(await two.push([await twin(two, sale.id, other)]))).toEqual(['flagged ID_TAKEN'])
    expect(outcomes(await one.push([await one.voidOf(sale.id)]))).toEqual(['accepted'])
    expect([await paidFor(honest), await lunchesOf(honest)]).toEqual([0, 0])
    expect([await paidFor(other), await heldFor(other)]).toEqual([0, 600])
  })

  it('is held as well where the terminal wrote both', async () => {
    const till = await house.terminal()
    const [first, second] = [someone(), someone()]
    const sale = await till.sale(first)
    const again = await twin(till, sale.id, second)
    const taken = await till.voidOf(sale.id)
    expect(outcomes(await till.push([sale, again, taken]))).toEqual(['accepted', 'flagged ID_TAKEN', 'accepted'])
    expect([await paidFor(first), await lunchesOf(first)]).toEqual([0, 0])
    expect(await heldFor(second)).toBe(600)
  })

  it('cannot be taken back in place of the first', async () => {
    const [one, two] = [await house.terminal(), await house.terminal()]
    const [honest, other] = [someone(), someone()]
    const sale = await one.sale(honest)
    await one.push([sale])
    const theirs = [await twin(two, sale.id, other), await two.voidOf(sale.id)]
    expect(outcomes(await two.push(theirs))).toEqual(['flagged ID_TAKEN', 'flagged ID_TAKEN'])
    expect([await paidFor(honest), await lunchesOf(honest)]).toEqual([600, 1])
    expect(outcomes(await one.push([await one.voidOf(sale.id)]))).toEqual(['accepted'])
    expect([await paidFor(honest), await lunchesOf(honest)]).toEqual([0, 0])
  })

  it('is not what another till of the site takes back', async () => {
    const [one, two, second] = [await house.terminal(), await house.terminal(), await house.terminal()]
    const [honest, other] = [someone(), someone()]
    const sale = await one.sale(honest)
    await one.push([sale])
    await two.push([await twin(two, sale.id, other)])
    expect(outcomes(await second.push([await second.voidOf(sale.id)]))).toEqual(['accepted'])
    expect([await paidFor(honest), await heldFor(other)]).toEqual([0, 600])
  })

  it('stands alone in the statement of whom it is about', async () => {
    const [one, two] = [await house.terminal(), await house.terminal()]
    const [honest, other] = [someone(), someone()]
    const sale = await one.sale(honest)
    await one.push([sale])
    await two.push([await twin(two, sale.id, other, { meal: 'dinner' }), await two.voidOf(sale.id)])
    const { entries } = await statementOf(database, honest.id, today.slice(0, 7))
    expect(entries).toHaveLength(1)
  })

  it('is decided about by itself, without the pending claim of the first', async () => {
    const [one, two] = [await house.terminal(), await house.terminal()]
    const [honest, other] = [someone(), someone()]
    const sale = await one.sale(honest, { rights: {} })
    await one.push([sale])
    const [before] = await house.rows('select state, terminal_id from claim where record_id = $1', [sale.id])
    await two.push([await twin(two, sale.id, other)])
    const listed = await heldRecords(database.pool, null)
    expect(listed.filter(({ record }) => record === sale.id)).toMatchObject([
      { terminal: two.terminal, code: 'ID_TAKEN' },
    ])
    expect(await decide(sale.id, 'refuse')).toEqual({ result: 'decided', fen: 600, records: 1 })
    expect(await heldFor(other)).toBe(0)
    expect(await house.rows('select state, terminal_id from claim where record_id = $1', [sale.id])).toEqual([before])
  })

  it('counts what is no sale, too', async () => {
    const [one, two] = [await house.terminal(), await house.terminal()]
    const sale = await one.sale(someone())
    await one.push([sale])
    const shift = { event: 'open', shift: null, operator: 'op-01', confirmedDate: today, countedFen: null }
    const taken = await two.sign('shift', shift, null, { id: sale.id })
    expect(outcomes(await two.push([taken]))).toEqual(['flagged ID_TAKEN'])
  })
})
