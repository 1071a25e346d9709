import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Database, openDatabase } from '../../../province/database.ts'
import { type DemoSenior, demoSeniors } from '../../../province/demo-people.ts'
import { statementOf } from '../../../province/statement.ts'
import { addDays, businessDate, businessDateOf } from '../../../shared/business-day.ts'
import { seniorId, terminalId } from '../../../shared/ids.ts'
import { statementReply, statementRevokeReply } from '../../../shared/province-api.ts'
import { linkLife, linkPath, makeToken } from '../../../shared/statement-link.ts'
import { sumsOf } from '../../../shared/statement-sums.ts'
import { standardSuite } from '../../../shared/suite.ts'
import { exportedLines, runProvince } from '../../support/claims-of-house.ts'
import { countClaims } from '../../support/count-claims.ts'
import { oddRecords, packOfTwoVersions } from '../../support/odd-records.ts'
import type { PaperTerminal } from '../../support/paper-terminal.ts'
import { openProvinceHouse, type ProvinceHouse } from '../../support/province-house.ts'

const today = businessDateOf(Date.now())
const thisMonth = today.slice(0, 7)
const month = addDays(businessDate.parse(`${thisMonth}-01`), -1).slice(0, 7)
const before = addDays(businessDate.parse(`${month}-01`), -1).slice(0, 7)

let house: ProvinceHouse
let database: Database
const bytesIn = async (text: string, value: string) => {
  const [found] = await house.rows(text, [value])
  const [bytes] = Object.values(found ?? {})
  if (!(bytes instanceof Buffer)) throw new Error('no such key')
  return new Uint8Array(bytes)
}

beforeAll(async () => {
  house = await openProvinceHouse()
  database = await openDatabase(house.databaseUrl)
})
afterAll(async () => {
  await database.close()
  await house.close()
})

describe('the statements of all seniors, after a month with many odd records', () => {
  it('add up to what a second counting of the exported records claims of each fund, in each of three months', async () => {
    await house.province.publishPolicy(packOfTwoVersions(month).text)
    for (const { happens } of oddRecords(house, await house.terminal(), { before, month })) await happens()
    const lines = await exportedLines(house)
    // Nothing stands in the name of the others, which a test of a till looks at.
    const named = new Set(
      (
        await house.rows(
          `select senior_id from ledger union select senior_id from claim
            union select r.senior_id from ledger l join senior_ref r on l.senior_id = 'ref:' || r.ref`,
        )
      ).map(({ senior_id }) => senior_id),
    )
    const seniors = demoSeniors().filter(({ id }) => named.has(id))
    for (const of of [before, month, thisMonth]) {
      const claimed = new Map<string, { claimFen: number; heldFen: number }>()
      const add = (fund: string, part: 'claimFen' | 'heldFen', fen: number) => {
        const row = claimed.get(fund) ?? { claimFen: 0, heldFen: 0 }
        claimed.set(fund, { ...row, [part]: row[part] + fen })
      }
      for (const { id } of seniors)
        for (const { subsidies, standing } of (await statementOf(database, id, of)).entries)
          for (const { fund, fen } of subsidies) add(fund, standing === 'counted' ? 'claimFen' : 'heldFen', fen)
      const counted = new Map<string, { claimFen: number; heldFen: number }>()
      for (const { fund, claimFen, heldFen } of countClaims(lines, of)) {
        const row = counted.get(fund) ?? { claimFen: 0, heldFen: 0 }
        counted.set(fund, { claimFen: row.claimFen + claimFen, heldFen: row.heldFen + heldFen })
      }
      expect(counted.size).toBe(3)
      expect(Object.fromEntries(claimed)).toEqual(Object.fromEntries(counted))
    }
  })
})

describe('what stands in one name', () => {
  let own: ProvinceHouse
  let base: Database
  beforeAll(async () => {
    own = await openProvinceHouse()
    base = await openDatabase(own.databaseUrl)
  })
  afterAll(async () => {
    await base.close()
    await own.close()
  })
  const members = demoSeniors().filter(({ homeSite, expected }) => homeSite === 'demo-canteen' && expected.fen === 600)
  const someone = (from: number): DemoSenior => {
    const found = members.at(-from)
    if (found === undefined) throw new Error('no member left')
    return found
  }

  it('is each record of theirs at every site, with what was voided, refunded, held and pending', async () => {
    const senior = someone(1)
    const [canteen, riverside] = [await own.terminal(), await own.terminal('demo-riverside')]
    const date = (day: number) => `${month}-0${day}`
    const eaten = await canteen.sale(senior, { date: date(1) })
    const voided = await canteen.sale(senior, { date: date(2) })
    const refunded = await canteen.sale(senior, { date: date(3) })
    const held = await canteen.sale(senior, { date: date(4), enteredOn: date(5), held: true })
    const place = { date: date(5), clock: Date.parse(`${date(5)}T04:00:00Z`) }
    const back = { subsidies: [], ownPayFen: 750, reason: 'x', operator: 'he-ping' }
    const undone = await canteen.sign('void', { of: voided.id, reason: 'x', operator: null }, null, place)
    const later = { ...place, clock: place.clock + 1000 }
    const given = await canteen.sign('refund', { of: refunded.id, ...back }, null, later)
    await canteen.push([eaten, voided, refunded, held, undone, given])
    await riverside.push([await riverside.sale(senior, { date: date(6), rights: {} })])
    const { entries } = await statementOf(base, senior.id, month)
    expect(entries.map(({ date: on, kind, siteName, standing }) => [on.slice(-1), kind, siteName, standing])).toEqual([
      ...[['1', 'sale', '槐树里长者食堂', 'counted']],
      ...[['2', 'sale', '槐树里长者食堂', 'counted']],
      ...[['3', 'sale', '槐树里长者食堂', 'counted']],
      ...[['4', 'late-entry', '槐树里长者食堂', 'held']],
      ...[['5', 'void', '槐树里长者食堂', 'counted']],
      ...[['5', 'refund', '槐树里长者食堂', 'counted']],
      ...[['6', 'sale', '河东里助餐点', 'counted']],
    ])
    const sums = sumsOf(entries)
    // Four meals stand: the voided one was none, and the refunded one was eaten all the same.
    expect(sums).toMatchObject({ meals: 4, services: 0, claimedFen: 1200, heldFen: 600, refusedFen: 0 })
    expect(sums.pendingFen).toBeGreaterThan(0)
  })

  it('holds a meal of somebody whom the till did not know, once the province knows who it was', async () => {
    const senior = someone(2)
    const till = await own.terminal()
    const meal = await till.sale(senior, { who: 'stranger', date: `${month}-07` })
    await till.push([meal])
    const { entries } = await statementOf(base, senior.id, month)
    expect(entries.map(({ record }) => record)).toEqual([meal.id])
  })

  it('is printed for the bureau, and for a spreadsheet with the same sums', async () => {
    const senior = someone(1)
    const said = await runProvince(own, 'statement', senior.id, '--month', month)
    expect(said.code).toBe(0)
    expect(said.out).toContain('补贴 claimed 12.00')
    expect(said.out).toContain('待核 held 6.00')
    const sheet = await runProvince(own, 'statement', senior.id, '--month', month, '--csv')
    const rows = sheet.out.trimEnd().split('\r\n').slice(1)
    const subsidies = rows.map(row => row.split(',')).filter(row => row[14] === 'counted')
    expect(subsidies.reduce((sum, row) => sum + Number(row[11]), 0)).toBe(12)
    expect((await runProvince(own, 'statement', 'f'.repeat(32), '--month', month)).code).toBe(1)
  })
})

describe('a till that asks', () => {
  const ask = async (till: PaperTerminal, senior: string) =>
    await till.send('/v1/statement', await till.envelopeFor('statement', { senior, month }), body =>
      statementReply.parse(body),
    )
  const homeOf = (site: string) => demoSeniors().findLast(({ homeSite }) => homeSite === site)?.id ?? seniorId.parse('')

  it('hears of members of its site and of visitors, and of nobody else; the province notes what it told', async () => {
    const till = await house.terminal('demo-riverside')
    const [own, other] = [homeOf('demo-riverside'), homeOf('demo-canteen')]
    expect(await ask(till, own)).toMatchObject({ ok: true, body: { statement: { senior: own, month } } })
    expect(await ask(till, other)).toEqual({ ok: true, body: { statement: null } })
    await house.rows('insert into visitor (site_id, senior_id, until) values ($1, $2, $3)', [
      ...['demo-riverside', other, today],
    ])
    expect(await ask(till, other)).toMatchObject({ ok: true, body: { statement: { senior: other } } })
    expect(
      await house.rows('select senior_id, month, by from statement_reading where terminal_id = $1 order by at', [
        till.terminal,
      ]),
    ).toEqual([
      { senior_id: own, month, by: 'till' },
      { senior_id: other, month, by: 'till' },
    ])
  })
})

describe('the page behind the code of a printed statement', () => {
  const senior = demoSeniors().find(
    ({ homeSite, name, cards }) => homeSite === 'demo-canteen' && name.length === 3 && cards.length > 0,
  )
  if (!senior) throw new Error('no such member')
  let till: PaperTerminal

  async function token(printedAt = Date.now(), by: { terminal?: string; site?: string } = {}) {
    const siteKey = await bytesIn('select site_key from site where site_id = $1', by.site ?? 'demo-canteen')
    const sealTo = await bytesIn('select public_key from province_key where name = $1', 'sealing')
    const terminal = terminalId.parse(by.terminal ?? till.terminal)
    const made = await makeToken(
      standardSuite,
      { terminal, siteKey, sealTo },
      { senior: senior?.id ?? seniorId.parse(''), month, printedAt },
    )
    return linkPath(terminal, made)
  }
  const open = async (path: string) => {
    const response = await fetch(house.province.address + path)
    return { status: response.status, headers: response.headers, text: await response.text() }
  }

  beforeAll(async () => {
    till = await house.terminal()
    const meal = await till.sale(senior, { date: `${month}-09` })
    await till.push([meal])
  })

  it('says the month with surname and title, and nothing that tells more of the person', async () => {
    const { status, text } = await open(await token())
    expect(status).toBe(200)
    const title = senior.sex === 'female' ? '女士' : '先生'
    expect(text).toContain(`${senior.name.slice(0, 1)}${title}`)
    expect(text).toContain('9 日')
    const words = [
      '低保',
      '特困',
      '残疾',
      '市级',
      '区级',
      '街道',
      'City',
      senior.id,
      senior.name,
      senior.person.birthDate,
    ]
    for (const secret of [...words, ...senior.cards, senior.numberTail ?? '0000']) expect(text).not.toContain(secret)
  })

  it('has no script, loads nothing, is neither kept nor found by search, and may not be framed', async () => {
    const { headers, text } = await open(await token())
    expect(text).not.toMatch(/<script|javascript:|\son\w+=|<img|<link|<form|<a\s/i)
    expect(text).toContain('<meta name="robots" content="noindex')
    expect(headers.get('content-security-policy')).toMatch(
      /^default-src 'none'; style-src 'sha256-[A-Za-z0-9+/]{43}='; base-uri 'none'; form-action 'none'; frame-ancestors 'none'$/,
    )
    expect(headers.get('cache-control')).toBe('no-store')
    expect(headers.get('referrer-policy')).toBe('no-referrer')
    expect(headers.get('x-robots-tag')).toContain('noindex')
    expect(headers.get('content-type')).toBe('text/html; charset=utf-8')
  })

  it('is another code each time, and opens for 90 days', async () => {
    expect(await token()).not.toBe(await token())
    expect((await open(await token(Date.now() - linkLife + 3_600_000))).status).toBe(200)
    expect((await open(await token(Date.now() - linkLife))).status).toBe(404)
    expect((await open(await token(Date.now() + 2 * 86_400_000))).status).toBe(404)
  })

  it('opens nothing where a letter was changed, the key is another site’s, or the till is another one; all with the same page', async () => {
    const good = await token()
    const other = await house.terminal('demo-riverside')
    const changed = `${good.slice(0, -30)}${good.at(-30) === 'A' ? 'B' : 'A'}${good.slice(-29)}`
    const bad = [
      ...[changed, `${good}A`, good.slice(0, -1), `/m/nobody/${good.split('/').at(-1)}`],
      ...[`/m/${other.terminal}/${good.split('/').at(-1)}`, await token(Date.now(), { site: 'demo-riverside' })],
    ]
    const pages = new Set<string>()
    for (const path of bad) {
      const { status, text } = await open(path)
      expect(status).toBe(404)
      pages.add(text)
    }
    expect(pages.size).toBe(1)
  })

  it('opens nothing once it is revoked at a till or by the bureau, and one that is printed afterwards does', async () => {
    const lost = await token()
    const at = Date.now()
    const envelope = await till.envelopeFor('statement-revoke', { senior: senior.id, at })
    expect(await till.send('/v1/statement/revoke', envelope, body => statementRevokeReply.parse(body))).toMatchObject({
      ok: true,
      body: { revoked: true },
    })
    expect((await open(lost)).status).toBe(404)
    const next = await token(Date.now() + 1)
    expect((await open(next)).status).toBe(200)
    expect((await runProvince(house, 'statement', senior.id, '--revoke')).code).toBe(0)
    expect((await open(next)).status).toBe(404)
  })

  it('cannot be revoked by a site that does not hold the senior', async () => {
    const stranger = await house.terminal('demo-riverside')
    const envelope = await stranger.envelopeFor('statement-revoke', { senior: senior.id, at: Date.now() })
    expect(
      await stranger.send('/v1/statement/revoke', envelope, body => statementRevokeReply.parse(body)),
    ).toMatchObject({ body: { revoked: false } })
    expect((await open(await token(Date.now() + 1))).status).toBe(200)
  })

  it('opens nothing that a till printed that was struck off', async () => {
    const taken = await house.terminal()
    const path = await token(Date.now() + 1, { terminal: taken.terminal })
    expect((await open(path)).status).toBe(200)
    await house.rows('update terminal set struck_off = true where terminal_id = $1', [taken.terminal])
    expect((await open(path)).status).toBe(404)
  })

  it('is shown so often and no more; who guesses is slowed down, and who has a genuine code beside them is not', async () => {
    const rare = { perSecond: 0.01, atOnce: 2 }
    const slow = await house.start({ pageRates: { code: rare, guess: rare } })
    try {
      const [mine, theirs] = [await token(Date.now() + 1), await token(Date.now() + 1)]
      const guess = `${mine.slice(0, -40)}${'A'.repeat(40)}`
      const status = async (path: string) => (await fetch(slow.address + path)).status
      expect([await status(mine), await status(mine), await status(mine)]).toEqual([200, 200, 429])
      expect([await status(guess), await status(guess), await status(guess)]).toEqual([404, 404, 429])
      expect(await status(theirs)).toBe(200)
      const { headers } = await fetch(slow.address + mine)
      expect(Number(headers.get('retry-after'))).toBeGreaterThan(0)
    } finally {
      await slow.close()
    }
  })
})
