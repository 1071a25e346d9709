import type { PoolClient } from 'pg'
import { z } from 'zod'
import type { TerminalId } from '../../shared/ids.ts'
import { type Advance, type PushedAdvance, withinBounds } from '../../shared/leases/advance-bounds.ts'
import type { OpenedInputs } from '../../shared/record.ts'
import type { Arrival } from '../bookings.ts'
import { insertRows, select } from '../database.ts'
import { sumOf } from './sold.ts'

interface Given extends PushedAdvance {
  readonly at: number
}

/** What of a push a till says that it gave without a right, where its policy knows of that; also what is doubted for something else. */
function givenIn(
  arrivals: readonly Arrival[],
  opened: readonly (OpenedInputs | null)[],
  wentBack: number | null,
): Given[] {
  return arrivals.flatMap(({ countable, pack, record }, at): Given[] => {
    if (countable === null || opened[at]?.inputs.quote.advance !== true) return []
    const rule = pack?.versions.find(({ id }) => id === countable.policy.version)?.offline
    if (rule?.mode !== 'bounded') return []
    const { senior, policy, date, subsidies } = countable
    const wasHeard = record !== null && wentBack !== null && record.at < wentBack
    return [{ at, senior: senior ?? '', pack: policy.pack, date, fen: sumOf(subsidies), bounds: rule, wasHeard }]
  })
}

const rowOfDay = z.object({ senior: z.string(), pack: z.string(), date: z.string(), fen: z.int() })

/**
 * The places of the sales that a till may have given without a right by the bounds of its policy. Writes all that it gave so down.
 * @param wentBack when (ms) the database went back to an older copy (`wentBackAt`)
 */
export async function boundAdvances(
  client: PoolClient,
  { terminal, generation }: { readonly terminal: TerminalId; readonly generation: number },
  arrivals: readonly Arrival[],
  opened: readonly (OpenedInputs | null)[],
  wentBack: number | null,
): Promise<ReadonlySet<number>> {
  const given = givenIn(arrivals, opened, wentBack)
  if (given.length === 0) return new Set()
  // Of this generation alone: a till that was restored need not know what it gave before.
  const days = await select(
    client,
    rowOfDay,
    `select senior_ref as senior, pack_id as pack, business_date as date, sum(fen)::bigint as fen from advance
      where terminal_id = $1 and generation = $2 and business_date = any($3) group by 1, 2, 3`,
    [terminal, generation, given.map(({ date }) => date)],
  )
  const earlierFen = ({ senior, pack, date }: Advance) =>
    days.find(row => row.senior === senior && row.pack === pack && row.date === date)?.fen ?? 0
  const fits = withinBounds(given, earlierFen)
  await insertRows(
    client,
    'advance',
    ['terminal_id', 'generation', 'seq', 'senior_ref', 'pack_id', 'business_date', 'fen'],
    given.map(({ at, senior, pack, date, fen }) => [
      ...[terminal, generation, arrivals[at]?.item.seq, senior, pack, date, fen],
    ]),
  )
  return new Set(given.flatMap(({ at }, place) => (fits[place] ? [at] : [])))
}
