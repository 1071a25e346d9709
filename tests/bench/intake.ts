import { availableParallelism, loadavg } from 'node:os'
import pg from 'pg'
import { demoSeniors } from '../../province/demo-people.ts'
import type { PushItem } from '../../shared/province-api.ts'
import { openProvinceHouse } from '../support/province-house.ts'

const terminals = 6
const salesEach = 1000
const batch = 200
const budget = { recordsASecond: 1500 }

/**
 * Records a second that the province takes with everything on: envelope, signature, opened inputs, quote computed again, counters, leases,
 * claim lines. Six terminals push at once. Beside it the same rows written by plain multi-row INSERTs into tables with the same indexes.
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
    const pushes: PushItem[][][] = []
    for (const [place, till] of tills.entries()) {
      const items: PushItem[] = []
      for (let at = 0; at < salesEach; at += 1) {
        const member = at < share ? members[place * share + at] : undefined
        items.push(await till.sale(member ?? anybody, { who: member ? 'member' : 'guest' }))
      }
      pushes.push(Array.from({ length: salesEach / batch }, (_, at) => items.slice(at * batch, (at + 1) * batch)))
    }
    const startedAt = performance.now()
    const verdicts = await Promise.all(
      tills.map(async (till, place) => {
        const said = []
        for (const items of pushes[place] ?? []) said.push(...(await till.push(items)).verdicts)
        return said
      }),
    )
    const seconds = (performance.now() - startedAt) / 1000
    const taken = verdicts.flat().filter(({ verdict }) => verdict === 'accepted').length
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
