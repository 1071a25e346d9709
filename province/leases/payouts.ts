import type { PoolClient } from 'pg'
import type { SeniorId, SiteId, TerminalId } from '../../shared/ids.ts'
import type { WithdrawnClaim } from '../../shared/leases/senior-lease.ts'
import type { LedgerRecord } from '../../shared/record.ts'
import { insertRows } from '../database.ts'
import { payoutsOf, takenBackBefore } from './sold.ts'
import type { SeniorSubject } from './states.ts'

/** Whose claim was paid after its sale was taken back, and what of the sale's own draws was given back with it. */
export interface PaidAfter extends SeniorSubject, Pick<WithdrawnClaim, 'gaveBack'> {}

/** What a fund pays of a claim, or may get back of what it paid. */
export interface PayoutLine {
  readonly senior: SeniorId
  readonly record: LedgerRecord
  readonly site: SiteId
  readonly fund: string
  readonly fen: number
  readonly held: boolean
}

export async function bookPayouts(
  client: PoolClient,
  { terminal, generation }: { readonly terminal: TerminalId; readonly generation: number },
  lines: readonly PayoutLine[],
): Promise<void> {
  const merged = new Map<string, PayoutLine>()
  for (const line of lines) {
    const name = `${line.senior}|${line.record.seq}|${line.fund}`
    merged.set(name, { ...line, fen: line.fen + (merged.get(name)?.fen ?? 0) })
  }
  await insertRows(
    client,
    'claim_line',
    [
      ...['senior_id', 'terminal_id', 'generation', 'seq', 'fund', 'site_id', 'business_date', 'booked_on', 'kind'],
      ...['fen', 'held'],
    ],
    [...merged.values()].map(({ senior, record: { seq, businessDate: on, kind }, site, fund, fen, held }) => [
      ...[senior, terminal, generation, seq, fund, site, on, on, kind, fen, held],
    ]),
    // What a void takes back of a payout stands beside what it takes back of the meal.
    'on conflict (senior_id, terminal_id, generation, seq, fund) do update set fen = claim_line.fen + excluded.fen',
  )
}

/** Holds what took a sale back, doubted or not, and was booked before the payout of its claim was heard, and with it, against the funds, the payout. */
export async function holdTakenBack(
  client: PoolClient,
  of: string,
  { senior, pack, gaveBack }: PaidAfter,
  sound: readonly (LedgerRecord | null)[],
): Promise<void> {
  const back = await takenBackBefore(client, of)
  if (back === null) return
  const { record, ...from } = back
  const place = [from.terminal, from.generation, record.seq]
  const there = 'where terminal_id = $1 and generation = $2 and seq = $3'
  // What was doubted before stays doubted for that.
  await client.query(`update ledger set verdict = 'flagged', code = 'CLAIM_PAID' ${there} and code is null`, place)
  await client.query(`update claim_line set held = true ${there}`, place)
  await client.query(`update voided set held = true ${there}`, place)
  for (const { limit, label, amount } of gaveBack)
    await client.query(
      'update counter set amount = amount + $5 where senior_id = $1 and pack_id = $2 and limit_id = $3 and label = $4',
      [senior, pack, limit, label, amount],
    )
  const lines = (await payoutsOf(client, { senior, of }, sound)).flatMap(({ site, subsidies }) =>
    subsidies.map(({ fund, fen }) => ({ senior, record, site, fund, fen: -fen, held: true })),
  )
  await bookPayouts(client, from, lines)
}
