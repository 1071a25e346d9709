import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Database, openDatabase } from '../../../province/database.ts'
import { demoSeniors } from '../../../province/demo-people.ts'
import { type Keyring, openKeyring } from '../../../province/keys.ts'
import { setPotAmount } from '../../../province/leases/pot-amounts.ts'
import { giveUpLease, lostTerminal } from '../../../province/leases/write-off.ts'
import { addDays, businessDateOf } from '../../../shared/business-day.ts'
import { fundId } from '../../../shared/ids.ts'
import { seniorLease } from '../../../shared/leases/senior-lease.ts'
import type { PolicyPack } from '../../../shared/policy/language.ts'
import { packHash } from '../../../shared/policy/parse-pack.ts'
import type { PaperTerminal } from '../../support/paper-terminal.ts'
import { packJson, soundPack, subsidyStep, words } from '../../support/policy-kit.ts'
import { openProvinceHouse, type ProvinceHouse } from '../../support/province-house.ts'

const today = businessDateOf(Date.now())
const yesterday = addDays(today, -1)
const members = demoSeniors().filter(({ homeSite, cards }) => homeSite === 'demo-canteen' && cards.length === 1)
/** As many claims as are looked at in one transaction. */
const page = 200

let house: ProvinceHouse
let database: Database
let keys: Keyring
let pack: PolicyPack
let home: PaperTerminal
let away: PaperTerminal
beforeAll(async () => {
  house = await openProvinceHouse()
  database = await openDatabase(house.databaseUrl)
  keys = await openKeyring(database)
  const funds = [{ id: 'city', title: words('city'), source: 'public', pot: { period: 'day' } }]
  const text = JSON.stringify(
    packJson([subsidyStep('city', 500, { limits: ['meal'] })], {
      limits: [{ id: 'meal', period: 'meal', unit: 'count', cap: 1 }],
      pack: { id: 'DEMO', area: 'DEMO', funds },
    }),
  )
  await house.province.publishPolicy(text)
  pack = soundPack(JSON.parse(text))
  await house.rows(`create function cut() returns trigger language plpgsql as $$ begin raise exception 'cut'; end $$`)
})
afterAll(async () => {
  await database?.close()
  await house?.close()
})
beforeEach(async () => {
  await house.rows('drop trigger if exists cut on claim')
  for (const table of ['claim', 'lease_state', 'pot_amount', 'freed_pot']) await house.rows(`delete from ${table}`)
  ;[home, away] = [await house.terminal(), await house.terminal('demo-riverside')]
})

/** From now on the province is cut off where it decides a claim in somebody's favour. */
const cut = () =>
  house.rows(
    "create trigger cut before update on claim for each row when (new.state = 'accepted') execute function cut()",
  )
const mend = () => house.rows('drop trigger cut on claim')

const amountOf = (label: string, fen: number) =>
  house.rows(
    "insert into pot_amount (fund, label, change, fen, operator) values ('city', $1, nextval('pot_change'), $2, 'x')",
    [label, fen],
  )

/** A till takes all that the pot holds of a day. */
async function takesAll(till: PaperTerminal, label: string, fen: number): Promise<void> {
  const all = [{ limit: 'pot:city', label, amount: fen }]
  const senior = members.at(-1)?.id
  if (senior === undefined) throw new Error('no members')
  await till.ask({
    ...{ senior, pack: 'DEMO', generation: 1, epoch: 1, totals: [], debits: [] },
    pots: [{ fund: fundId.parse('city'), totals: all, debits: all }],
  })
}

/** The meals of some members at another site, given without money of the pot. */
async function waits(many: typeof members, date = today): Promise<string[]> {
  const sales = []
  for (const senior of many) sales.push(await away.sale(senior, { pack, date, rights: {} }))
  for (let from = 0; from < sales.length; from += 100) await away.push(sales.slice(from, from + 100))
  return sales.map(({ id }) => id)
}

/** Hands back what the province wants of a tranche. */
async function release(till: PaperTerminal, label: string, amount: number) {
  const [pot] = await house.rows("select body from lease_state where senior_id = 'pot:city'")
  const { recalls } = seniorLease.parse(JSON.parse(String(pot?.body)))
  const mine = Object.entries(recalls).find(([id]) => id.startsWith(`${till.terminal}#`))?.[1]
  const entries = [{ limit: 'pot:city', label, unit: 'fen', amount }]
  const policy = { pack: pack.id, version: pack.versions[0]?.id, hash: packHash(pack) }
  const change = { change: 'release', senior: null, policy, entries, epoch: 1, grant: mine?.id ?? null }
  return await till.push([await till.sign('right-change', change, null)])
}

const states = async () =>
  Object.fromEntries(
    (await house.rows('select state, count(*)::int as n from claim group by 1')).map(({ state, n }) => [state, n]),
  )

describe('claims that wait for money of a pot are decided though the province was cut off after it came free', () => {
  const free = {
    'in a push': async () => expect((await release(home, today, 1000)).verdicts).toMatchObject([{ code: null }]),
    'by an operator who raises the amount': async () => {
      const more = { fund: 'city', label: today, fen: 2000, operator: 'x' }
      await expect(setPotAmount(database, keys, more, today)).rejects.toThrow('cut')
    },
    'by an operator who gives a lost till up': async () => {
      const lost = await lostTerminal(database.pool, home.terminal, 1)
      if (lost === null) throw new Error('no such till')
      const risk = { seniors: 0, visits: 0, visitsFen: 0, unpricedVisits: 0, moneyFen: 0, payoutsFen: 0, potsFen: 0 }
      const by = { operator: 'x', reason: 'x', risk, strikeOff: true }
      await expect(giveUpLease(database, keys, lost, by)).rejects.toThrow('cut')
    },
  }
  const goOn = {
    'with the next push of any till': async () => {
      await away.push([await away.sign('right-change', await nothing(), null)])
    },
    'when the province starts again': async () => {
      const other = await house.start()
      await other.close()
    },
  }
  const nothing = async () => {
    const policy = { pack: pack.id, version: pack.versions[0]?.id, hash: packHash(pack) }
    return { change: 'release', senior: null, policy, entries: [], epoch: 1, grant: null }
  }
  const cases = Object.entries(free).flatMap(([how, frees]) =>
    Object.entries(goOn).map(([when, goesOn]) => [how, when, frees, goesOn] as const),
  )
  it.each(cases)('%s: %s', async (_, __, frees, goesOn) => {
    await amountOf(today, 1000)
    await takesAll(home, today, 1000)
    await waits(members.slice(20, 21))
    expect(await states()).toEqual({ open: 1 })
    await cut()
    await frees()
    expect(await states()).toEqual({ open: 1 })
    await mend()
    await goesOn()
    expect(await states()).toEqual({ accepted: 1 })
    expect(await house.number('select count(*) from freed_pot')).toBe(0)
  })
})

describe('claims that wait for money of a pot', () => {
  it('do not wait for a page of older ones that nobody can decide', async () => {
    await amountOf(today, 1000)
    await takesAll(home, today, 1000)
    const [waiting] = await waits(members.slice(0, 1))
    // What these were priced from is gone.
    await house.rows(
      `insert into claim (record_id, senior_id, pack_id, terminal_id, generation, seq, site_id, business_date, state, owed_fen, waits_for)
         select 'old-' || n, md5('old-' || n), 'DEMO', 'gone', 1, n, 'demo-riverside', $1, 'open', 0, 'city' from generate_series(1, $2::int) n`,
      [yesterday, page],
    )
    await release(home, today, 1000)
    expect(await house.rows("select record_id from claim where state = 'accepted'")).toEqual([{ record_id: waiting }])
  })

  it('do not wait for a page of older ones of a day whose money is all at tills', async () => {
    for (const label of [yesterday, today]) {
      await amountOf(label, 1000)
      await takesAll(home, label, 1000)
    }
    await waits(members.slice(0, page), yesterday)
    const [waiting] = await waits(members.slice(page, page + 1))
    expect(await states()).toEqual({ open: page + 1 })
    await release(home, today, 1000)
    expect(await house.rows("select record_id from claim where state = 'accepted'")).toEqual([{ record_id: waiting }])
  })

  it('are decided once, by whichever of several tills that push at once comes first', async () => {
    await amountOf(today, 1000)
    await takesAll(home, today, 1000)
    await waits(members.slice(20, 23))
    await Promise.all([release(home, today, 1000), waits(members.slice(30, 31))])
    await waits(members.slice(40, 41))
    const paid = await house.number("select coalesce(sum(owed_fen), 0) from claim where state = 'accepted'")
    expect(paid).toBe(1000)
    expect(await house.number('select count(*) from freed_pot')).toBe(0)
  })
})
