import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { runVerify } from '../../../electron/core/audit/verify.ts'
import { runDay } from '../../../electron/core/close/run-day.ts'
import { slipAnchor } from '../../../shared/anchor.ts'
import { recordId, siteId } from '../../../shared/ids.ts'
import { outcomeIdOf } from '../../../shared/payment-outcome.ts'
import { type CloseHouse, closeDay, dayOf, openCloseHouse, zhang } from '../../support/close-house.ts'

let house: CloseHouse
const settings = () => ({ dataDir: house.house.dataDir })
const guest = { who: 'guest', meal: 'lunch', listFen: 1500, discountFen: 0, subsidies: {}, tender: 'cash' } as const

beforeEach(async () => {
  house = await openCloseHouse()
  await house.open()
  await house.sell(guest)
  await house.closeShift(-50)
  await house.closeDay()
})
afterEach(() => house.close())

test('aixin verify finds nothing on closed days, and takes the code of their slip for an anchor', async () => {
  const { head } = dayOf(await house.desk.look(closeDay)).day
  if (!head) throw new Error('an empty ledger')
  house.house.stop()
  const code = slipAnchor({ terminal: 'till-1', ...head })
  const { lines, exitCode } = await runVerify({ settings: settings(), anchorFile: code })
  expect(lines.join('\n')).toContain('凭据相符')
  expect(lines.join('\n')).not.toMatch(/CLOSES_DIFFER|TOTALS_DIFFER|已日结的日期|合计与记录/)
  expect(exitCode).toBeLessThan(2)
})

test('aixin verify says when a closed day was opened again behind the back of the records', async () => {
  house.house.stop()
  const db = new Database(join(house.house.dataDir, 'terminal.db'))
  const guard = "SELECT sql FROM sqlite_schema WHERE name = 'closed_day_no_delete'"
  const sql = db.prepare<[], { sql: string }>(guard).get()?.sql ?? ''
  db.exec('DROP TRIGGER closed_day_no_delete; DELETE FROM closed_day')
  db.exec(sql)
  db.close()
  const { lines, exitCode } = await runVerify({ settings: settings() })
  expect(lines.join('\n')).toContain('已日结的日期与日结记录不符')
  expect(exitCode).toBe(1)
})

test('aixin verify adds the totals up again, so that signed ones that are too high are found', async () => {
  const totals = house.records().findLast(record => record.kind === 'totals')
  if (totals?.kind !== 'totals') throw new Error('nothing was closed')
  const figures = { ...totals.payload.figures, people: 7 }
  const id = recordId.parse('01a1f6c5-7c60-7532-95e4-b848bee781c3')
  await house.ledger.append({ kind: 'totals', id, at: totals.at, payload: { ...totals.payload, figures } })
  house.house.stop()
  const { lines } = await runVerify({ settings: settings() })
  expect(lines.join('\n')).toContain('合计与记录相加不符')
})

test('totals of an older program, which do not say what each fund paid at each meal, fit their records', async () => {
  const totals = house.records().findLast(record => record.kind === 'totals')
  if (totals?.kind !== 'totals') throw new Error('nothing was closed')
  const meals = totals.payload.figures.meals.map(({ subsidies: _, ...meal }) => meal)
  const payload = { ...totals.payload, figures: { ...totals.payload.figures, meals } }
  const id = recordId.parse('01a1f6c5-7c60-7532-95e4-b848bee781c4')
  await house.ledger.append({ kind: 'totals', id, at: totals.at, payload })
  house.house.stop()
  const { lines } = await runVerify({ settings: settings() })
  expect(lines.join('\n')).not.toContain('合计与记录相加不符')
})

test('aixin day prints the table of a day, guarded against formulas, and says where there is none', async () => {
  house.house.stop()
  const told = await runDay({ settings: settings(), date: closeDay })
  if (!('table' in told)) throw new Error(told.lines.join('\n'))
  expect(told.table).toContain('who pays,原价合计 / List price,1,15.00,')
  expect(told.table).toContain('shift 1,差额 / Difference,,-0.50,没找到原因 / Not found')
  expect(told.table).not.toMatch(/(^|,)"?[=+@]/m)
  expect(await runDay({ settings: settings(), date: '2026-01-01' })).toMatchObject({ exitCode: 2 })
  expect(await runDay({ settings: settings(), date: 'today' })).toMatchObject({ exitCode: 2 })
})

test('aixin verify says when what came of a payment is said of one that did not wait', async () => {
  const sale = house.records().find(({ kind }) => kind === 'sale')
  if (sale === undefined) throw new Error('nothing was sold')
  const payload = {
    ...{ site: siteId.parse('canteen'), of: sale.id, tender: 0, fen: 1500, outcome: 'settled' as const },
    ...{ reference: null, operator: zhang },
  }
  const id = outcomeIdOf(sale.id, 0)
  await house.ledger.append({ kind: 'payment-outcome', id, at: sale.at, payload })
  house.house.stop()
  const { lines, exitCode } = await runVerify({ settings: settings() })
  expect(lines.join('\n')).toContain('确认扫码付的记录与它说的那一笔不符')
  expect(exitCode).toBe(1)
})
