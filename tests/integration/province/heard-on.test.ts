import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { type Database, openDatabase } from '../../../province/database.ts'
import { type DemoSenior, demoSeniors } from '../../../province/demo-people.ts'
import { lostTerminal, riskOf } from '../../../province/leases/write-off.ts'
import { addDays, type BusinessDate, businessDate, businessDateOf } from '../../../shared/business-day.ts'
import { toBase64Url } from '../../../shared/bytes.ts'
import { counterOf } from '../../../shared/leases/holder.ts'
import { outstanding } from '../../../shared/leases/rights.ts'
import { seniorLease } from '../../../shared/leases/senior-lease.ts'
import type { PolicyPack } from '../../../shared/policy/language.ts'
import type { PaperTerminal } from '../../support/paper-terminal.ts'
import { packJson, soundPack, subsidyStep } from '../../support/policy-kit.ts'
import { openProvinceHouse, type ProvinceHouse } from '../../support/province-house.ts'

const day = businessDate.parse('2026-11-10')
const noonOf = (date: BusinessDate) => Date.parse(`${date}T12:00:00+08:00`)
const members = demoSeniors().filter(({ homeSite, cards }) => homeSite === 'demo-canteen' && cards.length === 1)

let house: ProvinceHouse
let database: Database
let pack: PolicyPack
let till: PaperTerminal
let next = 0
let eats: DemoSenior | undefined
let other: DemoSenior | undefined
beforeAll(async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: noonOf(day) })
  house = await openProvinceHouse()
  await house.rows("update site set body = (body::jsonb - 'station')::text")
  database = await openDatabase(house.databaseUrl)
  const text = JSON.stringify(
    packJson([subsidyStep('city', 500, { limits: ['meal'] })], {
      limits: [{ id: 'meal', period: 'meal', unit: 'count', cap: 1 }],
      pack: { id: 'DEMO', area: 'DEMO' },
    }),
  )
  await house.province.publishPolicy(text)
  pack = soundPack(JSON.parse(text))
})
afterAll(async () => {
  await database?.close()
  await house?.close()
  vi.useRealTimers()
})

/** The first till of the site: it holds a week ahead, and sold one meal on the day. */
beforeEach(async () => {
  vi.setSystemTime(noonOf(day))
  ;[eats, other] = members.slice(next, next + 2)
  next += 2
  await house.rows("update terminal set struck_off = true where site_id = 'demo-canteen'")
  await house.rows('delete from lease_state')
  till = await house.terminal()
  for (let cursor: string | null = null, more = true; more; )
    ({ cursor, more } = await till.pull('leases', cursor, 2000))
  expect(await sells(eats, day)).toBeNull()
})

/** The doubt about a sale of a date, by a clock that shows that date. */
async function sells(senior: DemoSenior | undefined, date: BusinessDate): Promise<string | null | undefined> {
  if (senior === undefined) throw new Error('no demo members')
  const sale = await till.sale(senior, { pack, date, at: noonOf(date), rights: { [`meal|${date}/lunch`]: 1 } })
  return (await till.push([sale])).verdicts[0]?.code
}

const heardOn = async () => (await lostTerminal(database.pool, till.terminal, 1))?.heardOn

async function visitsAtRisk(): Promise<number> {
  const lost = await lostTerminal(database.pool, till.terminal, 1)
  if (lost === null) throw new Error('no such till')
  return (await riskOf(database, lost, businessDateOf(Date.now()))).visits
}

describe('the day through which a till was heard', () => {
  it('is not moved by a record whose date is doubted, so that what it held meanwhile stays at risk', async () => {
    vi.setSystemTime(noonOf(addDays(day, 4)))
    const before = await visitsAtRisk()
    vi.setSystemTime(noonOf(day))
    expect(await sells(other, addDays(day, 12))).toBe('DATE_DOUBTFUL')
    expect(await heardOn()).toBe(day)
    vi.setSystemTime(noonOf(addDays(day, 4)))
    expect(await visitsAtRisk()).toBe(before)
  })

  it('nor does such a record free, once the till is restored, what its lost records may have drawn', async () => {
    expect(await sells(other, addDays(day, 12))).toBe('DATE_DOUBTFUL')
    vi.setSystemTime(noonOf(addDays(day, 4)))
    const { seq, hash } = till.head()
    const restored = {
      ...{ reason: 'restored', ledgerKey: toBase64Url(till.keys.ledger.publicKey) },
      lastHead: { generation: 1, seq, hash },
    }
    const change = await till.sign('key-change', restored, null, { generation: 2, at: { seq: 0, hash } })
    expect((await till.push([change], 2)).verdicts).toMatchObject([{ verdict: 'accepted' }])
    const [row] = await house.rows("select body from lease_state where senior_id = $1 and pack_id = 'DEMO'", [eats?.id])
    const { rights } = seniorLease.parse(JSON.parse(String(row?.body)))
    expect(outstanding(rights, counterOf(`meal|${addDays(day, 2)}/lunch`))).toBe(1)
  })

  it('is never later than the province itself has it', async () => {
    expect(await sells(other, addDays(day, 1))).toBeNull()
    expect(await heardOn()).toBe(day)
  })
})
