import type { PoolClient } from 'pg'
import { z } from 'zod'
import { type BusinessDate, businessDate, businessDateOf } from '../../shared/business-day.ts'
import { type SiteId, seniorId, type TerminalId } from '../../shared/ids.ts'
import type { LimitsOn } from '../../shared/leases/cap-day.ts'
import type { LimitCap } from '../../shared/leases/limit-cap.ts'
import { type HolderId, holderId } from '../../shared/leases/rights.ts'
import { select } from '../database.ts'
import { currentPack } from '../policies.ts'
import { limitsAt, peopleOf, siteOf } from './caps.ts'
import { isSenior, type Subject, scopeId } from './states.ts'

export interface HeldBefore {
  readonly subject: Subject
  readonly id: HolderId
  readonly heardOn: BusinessDate
  readonly limitsOn: LimitsOn
}

/** What earlier generations of a terminal held, with the limits of each senior. */
export async function heldBefore(
  client: PoolClient,
  { terminal, generation, site }: { readonly terminal: TerminalId; readonly generation: number; readonly site: SiteId },
): Promise<HeldBefore[]> {
  const rows = await select(
    client,
    z.object({ senior_id: scopeId, pack_id: z.string(), generation: z.int(), heard_on: businessDate.nullable() }),
    `select n.senior_id, n.pack_id, n.generation, w.heard_on from lease_news n
       left join watermark w using (terminal_id, generation) where n.terminal_id = $1 and n.generation < $2`,
    [terminal, generation],
  )
  const place = await siteOf(client, site)
  const people = await peopleOf(
    client,
    rows.flatMap(row => seniorId.safeParse(row.senior_id).data ?? []),
  )
  const today = businessDateOf(Date.now())
  const held: HeldBefore[] = []
  for (const row of rows) {
    const subject: Subject = { senior: row.senior_id, pack: row.pack_id }
    const pack = isSenior(subject) ? await currentPack(client, row.pack_id) : null
    const person = isSenior(subject) ? people.get(subject.senior)?.person : undefined
    const ofPerson = pack !== null && place !== null && person ? limitsAt(pack, person, place) : () => []
    const limitsOn = isSenior(subject) ? ofPerson : () => potLimits(row.senior_id)
    held.push({ subject, id: holderId(terminal, row.generation), heardOn: row.heard_on ?? today, limitsOn })
  }
  return held
}

/** A pot as a limit, in whatever period packs had it. */
function potLimits(limit: string): LimitCap[] {
  return (['day', 'week', 'month', 'year'] as const).map(period => ({ limit, period, cap: 0 }))
}
