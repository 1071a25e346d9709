import { availableParallelism, loadavg } from 'node:os'
import pg from 'pg'
import { z } from 'zod'
import { demoSeniors } from '../../province/demo-people.ts'
import type { Envelope } from '../../shared/envelope.ts'
import type { PushItem } from '../../shared/province-api.ts'
import { post } from '../support/paper-terminal.ts'
import { openProvinceHouse } from '../support/province-house.ts'

const terminals = 6
const salesEach = 1000
const batch = 200
const budget = { recordsASecond: 1500 }

/**
 * Records a second that the province takes with everything on: envelope, signature, opened inputs, quote computed again, counters, leases,
 * claim lines. Six terminals push at once what they packed and sealed before. Beside it the same rows written by plain multi-row INSERTs into tables with the same indexes.
 */
export async function benchIntake(): Promise<object> {
  const house = await openProvinceHouse()
  const pool = new pg.Pool({ connectionString: house.databaseUrl, max: terminals })
  pool.on('error', () => undefined)
  try {
    const members = demoSeniors().filter(({ homeSite, expected }) => homeSite === 'demo-canteen' && expected.fen > 0)
    const [anybody] = members
    if (anybody === undefined) throw new Error('the demo has no members')
    const tills = await Promise.all(Array.from({ length: terminals }, () => house.terminal()))
    const share = Math.floor(members.length / terminals)
    const pushes: Envelope[][] = []
    for (const [place, till] of tills.entries()) {
      const items: PushItem[] = []
      for (let at = 0; at < salesEach; at += 1) {
        const member = at < share ? members[place * share + at] : undefined
        items.push(await till.sale(member ?? anybody, { who: member ? 'member' : 'guest' }))
      }
      const envelopes: Envelope[] = []
      for (let at = 0; at < items.length; at += batch)
        envelopes.push(await till.pushEnvelope(items.slice(at, at + batch)))
      pushes.push(envelopes)
    }
    const startedAt = performance.now()
    await Promise.all(
      pushes.map(async envelopes => {
        for (const envelope of envelopes) {
          const { status } = await post(house.province.address, '/v1/ledger', envelope)
          if (status !== 200) throw new Error(`a push was answered with ${status}`)
        }
      }),
    )
    const seconds = (performance.now() - startedAt) / 1000
    const { rows } = await pool.query("select count(*)::int as taken from ledger where verdict = 'accepted'")
    const taken = z.array(z.strictObject({ taken: z.int() })).parse(rows)[0]?.taken
    const floorSeconds = await plainInserts(pool)
    const records = terminals * salesEach
    const recordsASecond = Math.round(records / seconds)
    const floorASecond = Math.round(records / floorSeconds)
    return {
      ...{ bench: 'intake', records, accepted: taken, terminals, batch, recordsASecond, floorASecond },
      ...{ ratio: Math.round((floorASecond / recordsASecond) * 100) / 100, budget },
      machine: { cores: availableParallelism(), load: Math.round((loadavg()[0] ?? 0) * 100) / 100 },
      withinBudget: taken === records && recordsASecond >= budget.recordsASecond,
    }
  } finally {
    await pool.end()
    await house.close()
  }
}

/** Writes the same ledger rows and inputs again, into tables like those, in batches of the same size, by as many connections. */
async function plainInserts(pool: pg.Pool): Promise<number> {
  const work: { table: string; columns: string[]; rows: unknown[][] }[] = []
  for (const table of ['ledger', 'sale_inputs']) {
    await pool.query(`create table plain_${table} (like ${table} including all)`)
    const { rows, fields } = await pool.query(`select * from ${table} order by terminal_id, generation, seq`)
    const columns = fields.map(({ name }) => name)
    for (let at = 0; at < rows.length; at += batch)
      work.push({
        table: `plain_${table}`,
        columns,
        rows: rows.slice(at, at + batch).map(row => columns.map(column => row[column])),
      })
  }
  const startedAt = performance.now()
  await Promise.all(
    Array.from({ length: terminals }, async (_, lane) => {
      for (let at = lane; at < work.length; at += terminals) {
        const { table, columns, rows } = work[at] ?? { table: '', columns: [], rows: [] }
        const places = rows.map(
          (_row, row) => `(${columns.map((_c, column) => `$${row * columns.length + column + 1}`)})`,
        )
        await pool.query(`insert into ${table} (${columns}) values ${places}`, rows.flat())
      }
    }),
  )
  return (performance.now() - startedAt) / 1000
}
