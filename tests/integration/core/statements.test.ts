import { createHmac } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Database, openDatabase } from '../../../province/database.ts'
import { type DemoSenior, demoSeniors } from '../../../province/demo-people.ts'
import { statementOf } from '../../../province/statement.ts'
import { businessDate } from '../../../shared/business-day.ts'
import type { LedgerRecord } from '../../../shared/record.ts'
import type { StatementEntry } from '../../../shared/statement.ts'
import { type AfterwardsHouse, canteenMembers, openAfterwardsHouse } from '../../support/afterwards-house.ts'
import { readLedger } from '../../support/read-ledger.ts'

/** A month at one till: meals of many, one voided, one given back the next day, one entered late that nobody approved, some without a network. */
const [first, second, third] = ['2026-11-25', '2026-11-26', '2026-11-27']
const month = '2026-11'
const demo = demoSeniors()
let house: AfterwardsHouse
let database: Database
let siteKey: Buffer

function member(place: number): DemoSenior {
  const senior = canteenMembers[place]
  if (senior === undefined) throw new Error('the demo has too few members')
  return senior
}

beforeAll(async () => {
  house = await openAfterwardsHouse(first)
  const { client } = house.till
  await house.openShift()
  for (let place = 10; place < 22; place += 1) await house.eat(member(place))
  const undone = await house.eat(member(10))
  expect(await client.voidSale({ sale: undone.record })).toEqual({ result: 'done' })
  await house.allSent()
  await house.line.cut()
  house.setTo(second)
  await house.openShift()
  for (let place = 12; place < 16; place += 1) await house.eat(member(place))
  house.setTo(third)
  await house.openShift()
  const [mine] = await client.afterwards.find({ senior: member(15).id })
  if (!mine) throw new Error('nothing of that day is found')
  expect(await client.afterwards.refund({ sale: mine.record, reason: 'charged by mistake' })).toEqual({
    result: 'done',
  })
  const meal = { servedOn: businessDate.parse(second), meal: 'lunch', set: 'A', tender: 'cash' } as const
  const priced = await client.afterwards.priceLate({ ...meal, senior: member(20).id })
  if (priced.result !== 'priced') throw new Error('a late meal has no price')
  const { entry, digest } = priced.late
  const entered = await client.afterwards.enterLate({ entry, digest, reason: 'power cut', approval: null })
  expect(entered).toMatchObject({ result: 'recorded', held: true })
  database = await openDatabase(house.province.databaseUrl)
  const [row] = await house.province.rows("select site_key from site where site_id = 'demo-canteen'")
  if (!(row?.site_key instanceof Buffer)) throw new Error('no site key')
  siteKey = row.site_key
}, 240_000)
afterAll(async () => {
  await database?.close()
  await house?.close()
})

/** What one senior's records come to. */
interface Summed {
  records: number
  subsidyFen: number
  heldFen: number
  paidFen: number
}

/** A counting of its own, from the records as the ledger has them: it shares nothing with statements. */
function countBy(records: readonly LedgerRecord[]): Map<string, Summed> {
  const by = new Map<string, Summed>()
  const owners = new Map<string, { senior: string; fen: number; paid: number }>()
  const add = (senior: string, fen: number, paid: number, held = false) => {
    const sum = by.get(senior) ?? { records: 0, subsidyFen: 0, heldFen: 0, paidFen: 0 }
    by.set(senior, {
      records: sum.records + 1,
      subsidyFen: sum.subsidyFen + (held ? 0 : fen),
      heldFen: sum.heldFen + (held ? fen : 0),
      paidFen: sum.paidFen + paid,
    })
  }
  const total = (parts: readonly { fen: number }[]) => parts.reduce((sum, { fen }) => sum + fen, 0)
  for (const { id, kind, payload } of records) {
    if (kind === 'sale' || kind === 'late-entry') {
      const sale = kind === 'sale' ? payload : payload.sale
      if (sale.senior === null) continue
      const [fen, paid] = [total(sale.subsidies), sale.ownPayFen - sale.cashRoundingFen]
      owners.set(id, { senior: sale.senior, fen, paid })
      add(sale.senior, fen, paid, kind === 'late-entry' && payload.held)
    }
    const of = kind === 'void' || kind === 'refund' ? owners.get(payload.of) : undefined
    if (of && kind === 'void') add(of.senior, -of.fen, -of.paid)
    if (of && kind === 'refund') add(of.senior, -total(payload.subsidies), -payload.ownPayFen)
    if (kind === 'made-good') add(payload.senior, total(payload.subsidies), -total(payload.subsidies))
  }
  return by
}

const refOf = (senior: DemoSenior) => createHmac('sha256', siteKey).update(`senior|${senior.id}`).digest('base64url')
const nothing: Summed = { records: 0, subsidyFen: 0, heldFen: 0, paidFen: 0 }

function sumOf(entries: readonly StatementEntry[]): Summed {
  const of = (entry: StatementEntry) => entry.subsidies.reduce((sum, { fen }) => sum + fen, 0)
  return {
    records: entries.length,
    subsidyFen: entries.reduce((sum, entry) => sum + (entry.standing === 'held' ? 0 : of(entry)), 0),
    heldFen: entries.reduce((sum, entry) => sum + (entry.standing === 'held' ? of(entry) : 0), 0),
    paidFen: entries.reduce((sum, { paidFen }) => sum + paidFen, 0),
  }
}

async function atTheTill(senior: DemoSenior) {
  const told = await house.till.client.statement.read({ senior: senior.id, month })
  if (told.result === 'refused') throw new Error(`no statement: ${told.notice.code}`)
  return told.statement
}

describe('the statement of each demo senior', () => {
  it('equals the records in their name at the till, also without a network', async () => {
    const counted = countBy((await readLedger(house.folder)).records)
    expect([...counted.values()].filter(({ records }) => records > 1).length).toBeGreaterThan(4)
    for (const senior of demo.filter(({ homeSite }) => homeSite === 'demo-canteen'))
      expect([senior.name, sumOf((await atTheTill(senior)).entries)]).toEqual([
        senior.name,
        counted.get(refOf(senior)) ?? nothing,
      ])
  })

  it('says that it is of this till alone, and that the province cannot be asked now', async () => {
    const { id } = member(15)
    expect(await atTheTill(member(15))).toMatchObject({ coverage: 'here', unheard: 0, month, thisMonth: month })
    expect(await house.till.client.statement.ask({ senior: id, month })).toMatchObject({
      notice: { code: 'STATEMENT_OFFLINE' },
    })
    expect(await house.till.client.statement.revoke({ senior: id })).toMatchObject({
      notice: { code: 'STATEMENT_OFFLINE' },
    })
  })

  it('equals them at the province, once they are there, and at the till what the province tells', async () => {
    await house.line.mend()
    await house.allSent()
    const counted = countBy((await readLedger(house.folder)).records)
    for (const senior of demo)
      expect([senior.name, sumOf((await statementOf(database, senior.id, month)).entries)]).toEqual([
        senior.name,
        counted.get(refOf(senior)) ?? nothing,
      ])
    const told = await house.till.client.statement.ask({ senior: member(15).id, month })
    expect(told).toMatchObject({ result: 'done', statement: { coverage: 'all', unheard: 0 } })
    if (told.result === 'done')
      expect(told.statement.entries).toEqual((await statementOf(database, member(15).id, month)).entries)
  })

  it('is the same record by record at the till and at the province', async () => {
    for (const place of [10, 12, 15, 20]) {
      const here = (await atTheTill(member(place))).entries
      const inOrder = (entries: readonly StatementEntry[]) =>
        entries.map(entry => ({
          ...entry,
          subsidies: [...entry.subsidies].sort((one, other) => (one.fund < other.fund ? -1 : 1)),
        }))
      expect(inOrder(here)).toEqual(inOrder((await statementOf(database, member(place).id, month)).entries))
    }
  })

  it('is told of nobody whom this site does not hold', async () => {
    const elsewhere = demo.find(({ homeSite }) => homeSite === 'demo-riverside')
    if (!elsewhere) throw new Error('nobody lives at the riverside')
    expect(await house.till.client.statement.read({ senior: elsewhere.id, month: null })).toMatchObject({
      notice: { code: 'SENIOR_UNKNOWN' },
    })
  })
})
