import { z } from 'zod'
import { addDays, type BusinessDate } from '../../shared/business-day.ts'
import { parseRecord } from '../../shared/countable.ts'
import { type TerminalId, terminalId } from '../../shared/ids.ts'
import { tillRound } from '../../shared/round/round.ts'
import { type Database, type Queryable, select, transaction } from '../database.ts'

/** Names, doors and telephone numbers are kept no longer than they are used. */
const keptDays = 62
/** A round whose results never came is waited for so long; its till, which could record them, forgot it long before. */
const longestDays = 366

const oldRound = z.object({
  terminal_id: terminalId,
  business_date: z.string(),
  round_id: z.string(),
  body: z.string().transform(text => tillRound.parse(JSON.parse(text))),
  cancelled: z.array(z.coerce.number().int()),
})

/**
 * Forgets rounds 62 days after their day, with all that was handed in of them, once the till's ledger here holds a delivery of each stop that was not
 * cancelled; what never came back, a year after its day. Gives how many rounds those were.
 */
export async function forgetRounds(database: Database, today: BusinessDate): Promise<number> {
  const rounds = await select(
    database.pool,
    oldRound,
    'select terminal_id, business_date, round_id, body, cancelled from delivery_round where business_date < $1',
    [addDays(today, -keptDays)],
  )
  const recorded = new Map<TerminalId, ReadonlySet<string>>()
  let forgotten = 0
  for (const { terminal_id: terminal, business_date: date, round_id: round, body, cancelled } of rounds) {
    const stops = recorded.get(terminal) ?? (await stopsRecorded(database.pool, terminal))
    recorded.set(terminal, stops)
    const isIn = body.stops.every(({ stop }) => cancelled.includes(stop) || stops.has(`${round}/${stop}`))
    if (!isIn && date >= addDays(today, -longestDays)) continue
    await forget(database, terminal, round)
    forgotten += 1
  }
  return forgotten
}

/** The stops of rounds that a till's ledger speaks of. */
async function stopsRecorded(client: Queryable, terminal: TerminalId): Promise<Set<string>> {
  const rows = await select(
    client,
    z.object({ record: z.instanceof(Buffer) }),
    "select record from ledger where terminal_id = $1 and kind = 'delivery' and verdict in ('accepted', 'flagged')",
    [terminal],
  )
  return new Set(
    rows.flatMap(row => {
      const record = parseRecord(row.record.toString('utf8'))
      return record?.kind === 'delivery' ? [`${record.payload.round}/${record.payload.stop}`] : []
    }),
  )
}

async function forget(database: Database, terminal: TerminalId, round: string): Promise<void> {
  await transaction(database, async client => {
    for (const table of ['round_signature', 'round_part', 'delivery_round'])
      await client.query(`delete from ${table} where terminal_id = $1 and round_id = $2`, [terminal, round])
  })
}
