import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openDatabase } from '../../../province/database.ts'
import { demoSeniors } from '../../../province/demo-people.ts'
import { outcomesOfMonth } from '../../../province/payment-outcomes.ts'
import { businessDateOf } from '../../../shared/business-day.ts'
import { type RecordId, recordId } from '../../../shared/ids.ts'
import { outcomeIdOf } from '../../../shared/payment-outcome.ts'
import type { PaperTerminal } from '../../support/paper-terminal.ts'
import { openProvinceHouse, type ProvinceHouse } from '../../support/province-house.ts'

let house: ProvinceHouse
const seniors = demoSeniors()
  .filter(({ homeSite, expected }) => homeSite === 'demo-canteen' && expected.fen === 600)
  .values()
const month = businessDateOf(Date.now()).slice(0, 7)

beforeAll(async () => {
  house = await openProvinceHouse()
})
afterAll(() => house.close())

/** A meal of which the own part was to be paid by phone. */
async function paidByPhone(terminal: PaperTerminal) {
  const { value } = seniors.next()
  if (!value) throw new Error('no senior left for this test')
  return await terminal.sale(value, {
    alter: sale => ({
      ...sale,
      tenders: [{ kind: 'outside', fen: sale.ownPayFen, status: 'pending', reference: null }],
    }),
  })
}

type Said = { tender?: number; fen?: number; outcome?: string; site?: string; id?: RecordId }
const say = (terminal: PaperTerminal, of: RecordId, { id = outcomeIdOf(of, 0), ...said }: Said = {}) =>
  terminal.sign(
    'payment-outcome',
    {
      ...{ site: 'demo-canteen', of, tender: 0, fen: 750, outcome: 'not-paid', reference: null, operator: 'he-ping' },
      ...said,
    },
    null,
    { id },
  )

async function push(terminal: PaperTerminal, ...items: Parameters<PaperTerminal['push']>[0]) {
  return (await terminal.push(items)).verdicts.map(({ verdict, code }) =>
    code === null ? verdict : `${verdict} ${code}`,
  )
}

async function booked(site = 'demo-canteen') {
  const database = await openDatabase(house.databaseUrl)
  try {
    return (await outcomesOfMonth(database.pool, month)).find(({ site_id }) => site_id === site) ?? null
  } finally {
    await database.close()
  }
}

test('what came of a payment is taken once, in one push or a later one, and counted once', async () => {
  const terminal = await house.terminal()
  const [one, other] = [await paidByPhone(terminal), await paidByPhone(terminal)]
  expect(await push(terminal, one, other, await say(terminal, one.id))).toEqual(['accepted', 'accepted', 'accepted'])
  const before = await booked()
  expect(await push(terminal, await say(terminal, other.id, { outcome: 'settled' }))).toEqual(['accepted'])
  const again = await say(terminal, other.id, { id: outcomeIdOf(other.id, 9) })
  expect(await push(terminal, again)).toEqual(['flagged PAYMENT_TOLD'])
  expect(before).toMatchObject({ settled: 0, not_paid: 1, not_paid_fen: 750 })
  expect(await booked()).toMatchObject({ settled: 1, settled_fen: 750, not_paid: 1, not_paid_fen: 750 })
})

test.each([
  ['no such sale', { of: recordId.parse('01a1f5ee-4e70-70ec-ad4d-8532449f6d01') }, 'UNKNOWN_RECORD'],
  ['another site', { site: 'demo-station' }, 'UNKNOWN_RECORD'],
  ['another amount', { fen: 751 }, 'AMOUNTS_DIFFER'],
  ['a tender that there is none of', { tender: 1 }, 'AMOUNTS_DIFFER'],
] as const)('one about %s is flagged and not counted, and its sale stands', async (_, said, code) => {
  const terminal = await house.terminal()
  const sale = await paidByPhone(terminal)
  const before = await booked()
  const { of, ...rest } = { of: sale.id, ...said }
  expect(await push(terminal, sale, await say(terminal, of, rest))).toEqual(['accepted', `flagged ${code}`])
  expect(await booked()).toEqual(before)
})

test('one about a payment that did not wait, or of another terminal, is flagged', async () => {
  const [terminal, other] = [await house.terminal(), await house.terminal()]
  const { value } = seniors.next()
  if (!value) throw new Error('no senior left for this test')
  const settled = await terminal.sale(value)
  const waits = await paidByPhone(terminal)
  expect(await push(terminal, settled, waits, await say(terminal, settled.id))).toEqual([
    ...['accepted', 'accepted', 'flagged AMOUNTS_DIFFER'],
  ])
  expect(await push(other, await say(other, waits.id))).toEqual(['flagged UNKNOWN_RECORD'])
})

test('a sale that was voided has no payment to be said of, and a void takes the loss out again', async () => {
  const terminal = await house.terminal()
  const [gone, lost] = [await paidByPhone(terminal), await paidByPhone(terminal)]
  const before = await booked()
  const voided = await terminal.voidOf(gone.id)
  expect(await push(terminal, gone, lost, voided, await say(terminal, gone.id), await say(terminal, lost.id))).toEqual([
    ...['accepted', 'accepted', 'accepted', 'flagged ALREADY_VOID', 'accepted'],
  ])
  expect((await booked())?.not_paid).toBe((before?.not_paid ?? 0) + 1)
  expect(await push(terminal, await terminal.voidOf(lost.id))).toEqual(['accepted'])
  expect(await booked()).toEqual(before)
})

test('the bureau is told what a site bears, beside what came after all', () => {
  const text = execFileSync(process.execPath, [
    ...[join(import.meta.dirname, '../../../province/main.ts'), 'payments'],
    ...['--database-url', house.databaseUrl, '--month', month, '--csv'],
  ]).toString('utf8')
  const rows = text.trim().split('\r\n')
  expect(rows).toHaveLength(2)
  expect(rows[0]).toContain('没到账 not paid')
  expect(rows[1]).toMatch(new RegExp(`^${month},demo-canteen,.*,1,7\\.50,1,7\\.50$`))
})
