import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { runVerify } from '../../../electron/core/audit/verify.ts'
import { type DemoHouse, openDemoHouse } from '../../support/demo-house.ts'
import { eat, present } from '../../support/people.ts'
import { readLedger } from '../../support/read-ledger.ts'

let house: DemoHouse

beforeAll(async () => {
  house = await openDemoHouse()
})
afterAll(() => house?.close())

it('goes on in a new generation where a lost disk was replaced and the terminal enrolled anew, and nothing is lost', async () => {
  let till = await house.openTill()
  const people = (await till.client.simulatedPeople()).slice(1, 5).map(person => person.senior)
  const before = []
  for (const senior of people.slice(0, 2)) before.push((await eat(till, senior)).sale.record)
  await till.untilTerminal(view => view.unsent.count === 0)

  await house.restart({ onEmptyDisk: true })
  till = await house.openTill()
  const after = []
  for (const senior of people.slice(2)) {
    const { sale } = await eat(till, senior)
    // What the lost disk may have drawn unheard is not given twice: the right is claimed, not taken.
    expect(sale.claimPending).toBe(true)
    after.push(sale.record)
  }
  const [eaten] = people
  if (!eaten) throw new Error('nobody')
  // What was used before came back from the province.
  expect((await present(till, eaten, 'card')).attention.map(({ code }) => code)).toContain('LIMIT_MEAL')
  await till.client.dismiss()
  await till.untilTerminal(view => view.unsent.count === 0)
  expect(till.terminal().notices).toEqual([])

  const rows = await house.province.rows(
    "select record_id, generation, verdict from ledger where kind = 'sale' order by generation, seq",
  )
  expect(rows).toEqual([
    ...before.map(record => ({ record_id: record, generation: '1', verdict: 'accepted' })),
    ...after.map(record => ({ record_id: record, generation: '2', verdict: 'accepted' })),
  ])
  till.close()
  await house.host.stop()
  const { records, findings } = await readLedger(house.dataDir)
  expect(findings).toEqual([])
  expect(records[0]).toMatchObject({ kind: 'key-change', generation: 2, seq: 1, payload: { reason: 'restored' } })

  const verified = () => runVerify({ settings: { dataDir: house.dataDir } })
  expect((await verified()).exitCode).toBe(0)
  emptyLedger(house.dataDir)
  expect((await verified()).lines.join('\n')).toMatch(/^BEGINNING_MISSING/m)
})

/** Somebody with a disk editor takes every record away, and puts the guards back. */
function emptyLedger(dataDir: string): void {
  const db = new Database(join(dataDir, 'terminal.db'))
  const guards = db
    .prepare<[], { name: string; sql: string }>("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'")
    .all()
  for (const { name } of guards) db.exec(`DROP TRIGGER ${name}`)
  db.exec('DELETE FROM record; DELETE FROM reversal; DELETE FROM sealed_inputs')
  for (const { sql } of guards) db.exec(sql)
  db.close()
}
