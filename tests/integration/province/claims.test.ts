import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { demoSeniors } from '../../../province/demo-people.ts'
import { addDays, businessDate, businessDateOf } from '../../../shared/business-day.ts'
import { claimsFromSql, exportedLines, runProvince } from '../../support/claims-of-house.ts'
import { countClaims } from '../../support/count-claims.ts'
import { oddRecords, packOfTwoVersions } from '../../support/odd-records.ts'
import { openProvinceHouse, type ProvinceHouse } from '../../support/province-house.ts'

const today = businessDateOf(Date.now())
const month = addDays(businessDate.parse(`${today.slice(0, 7)}-01`), -1).slice(0, 7)
const before = addDays(businessDate.parse(`${month}-01`), -1).slice(0, 7)

let house: ProvinceHouse
let folder: string

const oneSenior = () => {
  const [found] = demoSeniors()
  if (found === undefined) throw new Error('no demo seniors')
  return found
}

const run = (...words: string[]) => runProvince(house, ...words)
const fromSql = (of: string) => claimsFromSql(house, of)

beforeAll(async () => {
  house = await openProvinceHouse()
  folder = mkdtempSync(join(tmpdir(), 'aixin-claims-'))
})
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true })
  await house.close()
})

describe('the claims of a month with many odd records', () => {
  it('come from more than forty kinds, each of which the province judges as named', async () => {
    await house.province.publishPolicy(packOfTwoVersions(month).text)
    const kinds = oddRecords(house, await house.terminal(), { before, month })
    expect(kinds.length).toBeGreaterThan(40)
    const heard: unknown[] = []
    for (const { kind, happens } of kinds) heard.push([kind, ...(await happens())])
    expect(heard).toEqual(kinds.map(({ kind, said }) => [kind, ...said]))
  })

  it('are the same by SQL and by a second counting of the exported records, in each of three months', async () => {
    const lines = await exportedLines(house)
    for (const of of [before, month, today.slice(0, 7)]) {
      const counted = countClaims(lines, of)
      expect(counted.length).toBeGreaterThan(2)
      expect(await fromSql(of)).toEqual(counted)
    }
  })

  it('are counted a second time by a script that shares no code with the province', () => {
    const script = readFileSync(new URL('../../support/count-claims.ts', import.meta.url), 'utf8')
    expect([...script.matchAll(/^import .* from '(.*)'$/gm)].map(([, from]) => from)).toEqual([
      'node:fs',
      'node:url',
      'zod',
    ])
  })

  it('hold every sort of figure, so that neither counting could leave one out', async () => {
    const rows = await fromSql(month)
    const total = (column: 'served' | 'takenBack' | 'madeGood' | 'held') =>
      rows.reduce((sum, row) => sum + row[column], 0)
    for (const column of ['served', 'takenBack', 'madeGood', 'held'] as const) expect(total(column)).toBeGreaterThan(2)
    expect(new Set(rows.map(({ site }) => site)).size).toBe(2)
    expect(new Set(rows.map(({ fund }) => fund)).size).toBe(3)
  })

  it('take back what a doubted sale brought from what is held, never from what is paid', async () => {
    const doubted = await house.rows(
      `select l.code, sum(c.fen) filter (where c.held)::int as held, sum(c.fen) filter (where not c.held)::int as paid
         from ledger l join voided v on v.record_id = l.record_id
         join claim_line c on (c.terminal_id, c.seq) in ((l.terminal_id, l.seq), (v.terminal_id, v.seq))
        where l.code is not null group by l.code order by l.code`,
    )
    expect(doubted).toEqual([
      { code: 'PRICE_UNKNOWN', held: 0, paid: null },
      { code: 'RIGHT_NOT_HELD', held: 0, paid: null },
    ])
  })

  it('are not changed by what is taken back in the month after', async () => {
    const figures = await fromSql(month)
    const terminal = await house.terminal()
    const [sale] = await house.rows(
      "select record_id from ledger where kind = 'sale' and verdict = 'accepted' and subsidy_fen = 600 and site_id = 'demo-canteen' and business_date like $1 and record_id not in (select record_id from voided)",
      [`${month}%`],
    )
    const of = String(sale?.record_id)
    const { verdicts } = await terminal.push([await terminal.sign('void', { of, reason: 'x', operator: null }, null)])
    expect(verdicts).toMatchObject([{ verdict: 'accepted' }])
    expect(await fromSql(month)).toEqual(figures)
  })
})

describe('the command', () => {
  it('prints them by fund and site with the totals, and says what may still come', async () => {
    const { code, out, complained } = await run('claims', '--month', month)
    const [row] = await fromSql(month)
    expect(code).toBe(0)
    expect(out).toContain('市级财政 City budget (city)')
    expect(out).toContain(`应结 claim ${((row?.claimFen ?? 0) / 100).toFixed(2)}`)
    expect(out).toMatch(/槐树里长者食堂 demo-canteen {2}餐次 served \d+/)
    expect(complained).toMatch(/records may still come.*demo-riverside: paper-/)
    expect(complained).toMatch(/1 pending claims are not decided yet/)
    expect(complained).toMatch(/2 accepted claims not paid out yet: 12\.00/)
  })

  it('takes a month to be open at a till until it was heard after the last day on which a meal of it may be entered', async () => {
    const [early, late] = [await house.terminal(), await house.terminal()]
    const next = today.slice(0, 7)
    for (const [till, day] of [
      [early, '07'],
      [late, '08'],
    ] as const) {
      await till.push([await till.sale(oneSenior())])
      await house.rows('update watermark set heard_on = $2 where terminal_id = $1', [till.terminal, `${next}-${day}`])
    }
    const { complained } = await run('claims', '--month', month)
    expect(complained).toContain(`${early.terminal} (${next}-07)`)
    expect(complained).not.toContain(`${late.terminal} (`)
    const now = await run('claims', '--month', next)
    expect(now.complained).toMatch(/may be entered until \d{4}-\d\d-07/)
  })

  it('writes a table for a spreadsheet with the same figures', async () => {
    const { out } = await run('claims', '--month', month, '--csv')
    const [head, ...lines] = out.replace('\ufeff', '').trimEnd().split('\r\n')
    expect(head?.split(',')[0]).toBe('月份 month')
    const rows = await fromSql(month)
    expect(lines).toHaveLength(rows.length)
    expect(lines[0]?.split(',').slice(5)).toEqual(
      rows.slice(0, 1).flatMap(row => {
        const yuan = (fen: number) => (fen / 100).toFixed(2)
        return [
          ...[String(row.served), yuan(row.servedFen), String(row.takenBack), yuan(row.takenBackFen)],
          ...[String(row.madeGood), yuan(row.madeGoodFen), yuan(row.claimFen), String(row.held), yuan(row.heldFen)],
          // Nothing was given without a right, and nothing refused.
          ...['0', '0.00', '0', '0.00'],
        ]
      }),
    )
  })

  it.each([
    [['--month', '2026-13'], /say the month/],
    [['--moth', '2026-11'], /wrong use/],
  ])('%j is refused in words', async (words, expected) => {
    expect(await run('claims', ...words)).toMatchObject({ code: 2, complained: expect.stringMatching(expected) })
  })
})
