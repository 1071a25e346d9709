import { z } from 'zod'
import type { TillRound } from '../../shared/round/round.ts'
import { type Queryable, select } from '../database.ts'

const listed = z.object({ stop: z.coerce.number().int(), order: z.string(), senior: z.string(), round_id: z.string() })

/** The stops of rounds of the same site, but for this one, that hold one of some orders, or are for one of some seniors on its date and meal. */
async function stopsLike(client: Queryable, round: TillRound): Promise<z.infer<typeof listed>[]> {
  const of = (what: 'order' | 'senior') => round.stops.map(stop => stop[what])
  return await select(
    client,
    listed,
    `select round_id, one->>'stop' as stop, one->>'order' as order, one->>'senior' as senior
       from delivery_round, lateral (select body::jsonb as held) as read, jsonb_array_elements(held->'stops') as one
      where held->>'site' = $1 and round_id <> $2
        and (one->>'order' = any($3) or (business_date = $4 and held->>'meal' = $5 and one->>'senior' = any($6)))
      order by round_id, 2`,
    [round.site, round.round, of('order'), round.date, round.meal, of('senior')],
  )
}

/**
 * Which stop of a round, from 1, has an order that another stop has, of it or of another round of its site; null where none has. Call it in
 * the transaction that stores the round: no two rounds of a site are looked at and stored at once.
 */
export async function takenOrder(client: Queryable, round: TillRound): Promise<number | null> {
  await client.query("select pg_advisory_xact_lock(hashtext('delivery-round|' || $1))", [round.site])
  const held = new Set((await stopsLike(client, round)).map(({ order }) => order))
  const isTwice = (order: string, at: number) => round.stops.slice(0, at).some(before => before.order === order)
  return round.stops.find(({ order }, at) => held.has(order) || isTwice(order, at))?.stop ?? null
}

/** Stops whose senior has another meal of that date and meal from the same site; `other`: where, of this round or another. */
export async function mealsTwice(
  client: Queryable,
  round: TillRound,
): Promise<{ stop: number; other: { round: string; stop: number } }[]> {
  const here: string = round.round
  const held = (await stopsLike(client, round)).map(({ senior, round_id, stop }) => ({ senior, round: round_id, stop }))
  return round.stops.flatMap(({ stop, senior }, at) => {
    const before = round.stops.slice(0, at).map(one => ({ senior: one.senior, round: here, stop: one.stop }))
    const other = [...before, ...held].find(one => one.senior === senior)
    return other === undefined ? [] : [{ stop, other: { round: other.round, stop: other.stop } }]
  })
}
