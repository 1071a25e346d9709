import { z } from 'zod'
import {
  addDays,
  type BusinessDate,
  beginOf,
  businessDate,
  businessDateOf,
  dayBegins,
  meal,
} from '../../shared/business-day.ts'
import { siteId } from '../../shared/ids.ts'
import { mostStops } from '../../shared/round/round.ts'
import { type Database, type Queryable, select, transaction } from '../database.ts'
import { forgetRounds } from './forget-rounds.ts'
import { type DeliveryRoute, type MealOrder, mealOrderColumns, mealOrderRow, routesOf } from './meal-orders.ts'
import { takenOrder } from './orders-in-rounds.ts'
import { buildRound, storeRound } from './prepare-round.ts'

/** How often somebody looks for meals that are due (ms). */
const ordinaryPause = 60_000
/** Orders are forgotten after so many days: names, doors and telephone numbers are kept no longer than they are used. */
const keptDays = 62

/** What was made of the meals that were due. `troubled`: orders that no round can have; `blocked`: routes whose site has no till or no policy yet. */
export interface DayAhead {
  readonly rounds: number
  readonly stops: number
  readonly troubled: number
  readonly blocked: number
}

const due = z.object({ site_id: siteId, business_date: businessDate, meal, route: z.string() })
type Due = z.infer<typeof due>

/**
 * Makes rounds of the meals that were ordered ahead, route by route, from the time of the day before on that the route names; what is ordered later
 * becomes a further round. Each order gets into one round, whatever several processes do. Safe to repeat.
 * @param now ms
 */
export async function prepareDueRounds(database: Database, now: number): Promise<DayAhead> {
  const today = businessDateOf(now)
  await database.pool.query('delete from meal_order where business_date < $1', [addDays(today, -keptDays)])
  const groups = await select(
    database.pool,
    due,
    `select distinct site_id, business_date, meal, route from meal_order
      where round_id is null and not cancelled and trouble is null and business_date >= $1 order by 1, 2, 3, 4`,
    [today],
  )
  const sum = { rounds: 0, stops: 0, troubled: 0, blocked: 0 }
  for (const group of groups) {
    const way = (await routesOf(database.pool, group.site_id)).find(({ route }) => route === group.route)
    if (way === undefined || now < readyAt(group.business_date, way.ready)) continue
    for (let more = true; more; ) {
      const came = await transaction(database, client => nextRound(client, group, way))
      if (came.what === 'round') sum.stops += came.stops
      if (came.what !== 'none') sum[counters[came.what]] += 1
      more = came.what === 'round' || came.what === 'troubled'
    }
  }
  return sum
}

const counters = { round: 'rounds', troubled: 'troubled', blocked: 'blocked' } as const
type Came = { readonly what: 'none' | 'troubled' | 'blocked' } | { readonly what: 'round'; readonly stops: number }

/** Makes one round of the first orders of a route, or finds out which of them no round can have. */
async function nextRound(client: Queryable, group: Due, way: DeliveryRoute): Promise<Came> {
  const { site_id: site, business_date: date, meal: name, route } = group
  // Whoever waits here for another process finds the orders in its round.
  const orders = await select(
    client,
    mealOrderRow,
    `select ${mealOrderColumns} from meal_order
      where site_id = $1 and business_date = $2 and meal = $3 and route = $4
        and round_id is null and not cancelled and trouble is null
      order by place, order_id limit ${mostStops} for update`,
    [site, date, name, route],
  )
  if (orders.length === 0) return { what: 'none' }
  const built = await buildRound(client, {
    ...{ site, terminal: null, date, meal: name, page: way.page, stops: orders.map(({ body }) => body) },
    courier: { name: way.courier, kind: way.thirdParty ? 'third-party' : 'own' },
  })
  const troubled = async (at: number, why: NonNullable<MealOrder['trouble']>): Promise<Came> => {
    await client.query('update meal_order set trouble = $2 where order_id = $1', [orders[at - 1]?.order_id, why])
    return { what: 'troubled' }
  }
  if (!built.ok) return 'at' in built ? await troubled(built.at, built.why) : { what: 'blocked' }
  const taken = await takenOrder(client, built.round)
  if (taken !== null) return await troubled(taken, 'order')
  await storeRound(client, built.round)
  await client.query('update meal_order set round_terminal = $1, round_id = $2 where order_id = any($3)', [
    ...[built.round.terminal, built.round.round],
    orders.map(({ order_id }) => order_id),
  ])
  return { what: 'round', stops: orders.length }
}

/** The instant (ms) of a clock time on the day before; before four in the morning it is the night that follows it. */
function readyAt(date: BusinessDate, clock: string): number {
  const minute = Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3))
  const later = minute < dayBegins ? minute + 1440 : minute
  return beginOf(addDays(date, -1)) + (later - dayBegins) * 60_000
}

/**
 * Looks for meals that are due from now on, and once a day for rounds to forget.
 * @param tell is told what was made, or the error that kept it from being made; the next look comes all the same
 * @returns ends it, once what is in work has ended
 */
export function watchMealOrders(
  database: Database,
  tell: (came: { readonly made: DayAhead } | { readonly error: unknown }) => void,
  pause = ordinaryPause,
): () => Promise<void> {
  let work: Promise<void> | null = null
  let forgotOn: string | null = null
  const look = async (now: number) => {
    const made = await prepareDueRounds(database, now)
    const today = businessDateOf(now)
    if (forgotOn !== today) await forgetRounds(database, today)
    forgotOn = today
    return made
  }
  const timer = setInterval(() => {
    work ??= look(Date.now())
      .then(
        made => tell({ made }),
        (error: unknown) => tell({ error }),
      )
      .finally(() => {
        work = null
      })
  }, pause)
  return async () => {
    clearInterval(timer)
    await work
  }
}
