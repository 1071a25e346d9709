import { demoSeniors } from '../../province/demo-people.ts'
import { addDays, businessDate, businessDateOf } from '../../shared/business-day.ts'
import type { RecordId } from '../../shared/ids.ts'
import { chainStart, type SalePayload } from '../../shared/record.ts'
import type { HeldDesk } from './held-desk.ts'
import type { PaperTerminal } from './paper-terminal.ts'
import type { ProvinceHouse } from './province-house.ts'
import { randomFrom } from './random.ts'

interface Sold {
  readonly id: RecordId
  readonly subsidies: SalePayload['subsidies']
  readonly ownPayFen: number
}

/** Into how many pushes the days are cut. */
const pushes = 140
const steps = { days: 35, perDay: 4 }

/**
 * Five weeks at two sites of two tills each, drawn at random: sales of all sorts, late entries, voids and refunds by any till of any site, some of
 * them doubted for a broken link or a wrong date, payouts that are owed and that are not, pushes that are sent twice. Gives what the province said,
 * counted by its words.
 */
export async function liveRandomMonth(house: ProvinceHouse, seed: number): Promise<Map<string, number>> {
  const { below, oneOf } = randomFrom(seed)
  const people = demoSeniors()
    .filter(({ cards }) => cards.length > 0)
    .slice(0, 25)
  const tills: PaperTerminal[] = []
  for (const site of ['demo-canteen', 'demo-canteen', 'demo-riverside', 'demo-riverside'])
    tills.push(await house.terminal(site))
  const first = addDays(businessDateOf(Date.now()), -steps.days)
  const sold: Sold[] = []
  const heard = new Map<string, number>()
  const one = <T>(list: readonly T[]): T => {
    const found = list[below(list.length)]
    if (found === undefined) throw new Error('nothing to choose from')
    return found
  }
  const newest = (count: number) => sold[Math.max(0, sold.length - 1 - below(count))]

  async function sale(till: PaperTerminal, day: number, clock: number) {
    const date = addDays(first, day)
    const isLate = below(6) === 0
    const served = isLate ? addDays(first, Math.max(0, day - below(8))) : date
    const item = await till.sale(one(people), {
      ...{ date: served, at: clock, who: oneOf('member', 'member', 'member', 'guest', 'unknown', 'stranger') },
      ...{ meal: oneOf('lunch', 'dinner') },
      ...(below(3) === 0 ? { rights: {} } : {}),
      ...(below(15) === 0 ? { listFen: 9900 } : {}),
      ...(isLate ? { enteredOn: date, held: below(3) === 0 } : {}),
    })
    const { payload } = JSON.parse(item.record)
    const { subsidies, ownPayFen }: SalePayload = payload.sale ?? payload
    sold.push({ id: item.id, subsidies, ownPayFen })
    return below(25) === 0 ? { ...item, inputs: null } : item
  }

  /** A till that takes back whatever it names, its own or not; now and then its record does not link, or its clock runs ahead. */
  async function takeBack(till: PaperTerminal, now: { date: string; clock: number }) {
    const of = newest(35)
    if (of === undefined) return []
    const loose = below(5) === 0 ? { at: { seq: till.head().seq, hash: chainStart } } : {}
    const place = below(6) === 0 ? { ...now, date: addDays(businessDate.parse(now.date), 3) } : now
    if (below(2) === 0)
      return [await till.sign('void', { of: of.id, reason: 'x', operator: null }, null, { ...place, ...loose })]
    const [some] = of.subsidies
    const back = oneOf<Omit<Sold, 'id'>>(
      of,
      { subsidies: some ? [{ ...some, fen: some.fen }] : [], ownPayFen: 0 },
      { subsidies: [], ownPayFen: of.ownPayFen },
    )
    const { subsidies, ownPayFen } = back
    const payload = { of: of.id, subsidies, ownPayFen, reason: 'x', operator: null }
    return [await till.sign('refund', payload, null, { ...place, ...loose })]
  }

  async function makeGood(till: PaperTerminal, place: { date: string; clock: number }) {
    const claims = await house.rows(
      "select record_id, senior_id from claim where state in ('accepted', 'made-good', 'void') order by record_id desc limit 6",
    )
    const row = claims.length === 0 ? undefined : one(claims)
    const senior = people.find(({ id }) => id === row?.senior_id)
    if (row === undefined || senior === undefined) return []
    const subsidies = sold.find(({ id }) => id === row.record_id)?.subsidies ?? []
    const owed = subsidies.length > 0 ? subsidies : [{ fund: 'city', fen: 300 }]
    return [await till.madeGood(senior, String(row.record_id), owed, place)]
  }

  for (let step = 0; step < pushes; step += 1) {
    const day = Math.min(steps.days, Math.floor(step / steps.perDay))
    const till = one(tills)
    const date = addDays(first, day)
    const clock = Date.parse(`${businessDate.parse(date)}T04:00:00Z`) + step * 1000
    const items = []
    for (let count = 0; count <= below(4); count += 1) {
      const act = below(11)
      if (act < 6) items.push(await sale(till, day, clock))
      else if (act < 10) items.push(...(await takeBack(till, { date, clock })))
      else items.push(...(await makeGood(till, { date, clock })))
    }
    if (below(4) === 0) await till.pull('leases', null)
    if (items.length === 0) continue
    for (const { verdict, code } of (await till.push(items)).verdicts)
      heard.set(code ?? verdict, (heard.get(code ?? verdict) ?? 0) + 1)
    if (below(5) === 0) await till.push(items)
  }
  return heard
}

/**
 * Somebody looks at all that is held, in any order, and says anything of it; what has to wait for something else is looked at again. Gives how many
 * records were decided. Throws where nothing that is listed can be decided any more.
 */
export async function decideAtRandom(desk: HeldDesk, seed: number): Promise<number> {
  const { below, oneOf } = randomFrom(seed)
  let decided = 0
  for (;;) {
    const left = await desk.listed()
    if (left.length === 0) return decided
    const before = decided
    const inAnyOrder = left.map(record => ({ record, at: below(1_000_000) })).sort((one, other) => one.at - other.at)
    for (const { record } of inAnyOrder) {
      const choice = oneOf<'pay' | 'refuse'>('pay', 'refuse')
      const { result } = await desk.decide(record, choice)
      if (result === 'decided') decided += 1
      if (result === 'sale-refused') decided += (await desk.decide(record, 'refuse')).result === 'decided' ? 1 : 0
    }
    if (decided === before) throw new Error(`nobody can decide about ${left.length} records that are held`)
  }
}
