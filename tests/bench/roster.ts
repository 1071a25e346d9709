import { createHash } from 'node:crypto'
import { availableParallelism, loadavg } from 'node:os'
import { openDatabase } from '../../province/database.ts'
import { demoSeniors } from '../../province/demo-people.ts'
import { type ProvinceSenior, provinceSenior, putSeniors } from '../../province/seniors.ts'
import { cuttableLine } from '../support/cuttable-line.ts'
import { type DemoHouse, openDemoHouse } from '../support/demo-house.ts'
import { present } from '../support/people.ts'
import type { Till } from '../support/till.ts'

const seniors = 100_000
const atOnce = 5000
const visitsBefore = 60
/** A person a second: no queue is faster. */
const paceMs = 1000
const budget = { loadSeconds: 60, slowestCheckInMs: 300 }

/**
 * How long 100,000 seniors take from the province to a terminal's roster, and how long people at its till wait meanwhile, from a card in the
 * reader to the recorded sale. The floor is the same check-ins at the same till before the seniors come.
 */
export async function benchRoster(): Promise<object> {
  const line = cuttableLine()
  const house = await openDemoHouse({ reachableAt: line.open })
  try {
    const till = await house.openTill()
    await till.client.simulatedPeople()
    const visit = visits(till)
    const before: number[] = []
    for (let at = 0; at < visitsBefore; at += 1) before.push(await visit())

    const known = till.terminal().roster.members
    await line.cut()
    await fill(house)
    await line.mend()
    const startedAt = performance.now()
    void till.client.syncNow()
    const waits: number[] = []
    while (till.terminal().roster.members < known + seniors) waits.push(await visit())
    const loadSeconds = rounded((performance.now() - startedAt) / 1000)
    const [meanwhile, alone] = [spread(waits), spread(before)]
    till.close()
    return {
      ...{ bench: 'roster', seniors, loadSeconds, seniorsASecond: Math.round(seniors / loadSeconds) },
      ...{ checkInMs: meanwhile, floorMs: alone, ratioP50: rounded(meanwhile.p50 / alone.p50), budget },
      machine: { cores: availableParallelism(), load: rounded(loadavg()[0] ?? 0) },
      withinBudget: loadSeconds <= budget.loadSeconds && meanwhile.max <= budget.slowestCheckInMs,
    }
  } finally {
    await house.close()
    await line.cut()
  }
}

/** One person after the other, each with a card; how long each waited (ms). */
function visits(till: Till): () => Promise<number> {
  const waiting = demoSeniors().filter(({ homeSite, cards }) => homeSite === 'demo-canteen' && cards.length > 0)
  // The first are the cast of the simulator, with a card that is lost among them.
  let next = 20
  return async () => {
    const senior = waiting[next++ % waiting.length]
    if (senior === undefined) throw new Error('the demo has no members')
    if (next % waiting.length < 20) next += 20
    const startedAt = performance.now()
    const { checkIn, digest } = await present(till, senior.id, 'card')
    const { result } = await till.client.confirm({ checkIn, digest })
    const wait = performance.now() - startedAt
    await new Promise(resolve => setTimeout(resolve, Math.max(0, paceMs - wait)))
    if (result !== 'recorded') throw new Error(`not recorded: ${result}`)
    await till.client.dismiss()
    return wait
  }
}

/** Makes the seniors known to the province, which the terminal cannot reach meanwhile. */
async function fill(house: DemoHouse): Promise<void> {
  const [like] = demoSeniors()
  if (like === undefined) throw new Error('the demo has no seniors')
  const database = await openDatabase(house.province.databaseUrl)
  try {
    for (let from = 0; from < seniors; from += atOnce)
      await putSeniors(
        database,
        Array.from({ length: atOnce }, (_, at) => madeUp(like, from + at)),
      )
  } finally {
    await database.pool.end()
  }
}

function madeUp(like: ProvinceSenior, at: number): ProvinceSenior {
  const mark = createHash('sha256').update(`roster ${at}`).digest('hex')
  const {
    id: _,
    cards: __,
    ...rest
  } = provinceSenior.parse(Object.fromEntries(Object.entries(like).filter(([key]) => key in provinceSenior.shape)))
  return provinceSenior.parse({ ...rest, id: mark.slice(0, 32), cards: [mark.slice(32).toUpperCase()] })
}

function spread(values: readonly number[]) {
  const sorted = values.toSorted((one, other) => one - other)
  const at = (share: number) => rounded(sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0)
  return { count: sorted.length, p50: at(0.5), p99: at(0.99), max: at(1) }
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100
}
