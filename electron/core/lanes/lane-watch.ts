import { type BusinessDate, businessDateOf, businessMinuteOf, clockTime } from '../../../shared/business-day.ts'
import type { TerminalId } from '../../../shared/ids.ts'
import type { Done, Notice } from '../../../shared/terminal-api.ts'
import type { createOwnMeals, LedgerPlace } from '../store/lane-meals.ts'
import type { LaneSales } from '../store/lane-visits.ts'
import type { OpenCheckIns } from '../store/open-check-ins.ts'
import type { FirstLine } from './lane-line.ts'
import type { SecondTill } from './second-till.ts'

/** Between two looks whether the first till is there (ms). */
const lookEvery = 2000
/** How long a look waits (ms). */
const lookPatience = 1500

export interface LaneWatch {
  notices(): Notice[]
  /** Staff have read that the till which was asked is gone, and see to it. */
  putAway(): Done
  /** Looks whether the first till is there, tells it who ate here, and asks again what got no answer. */
  look(): Promise<void>
  start(): void
  stop(): Promise<void>
}

export interface LaneWatchParts {
  readonly joins: boolean
  readonly line: FirstLine
  readonly second: SecondTill
  readonly sales: LaneSales
  readonly ownMeals: ReturnType<typeof createOwnMeals>
  readonly openCheckIns: Pick<OpenCheckIns, 'load'>
  /** True once the province has sent a list of the tills of this site. */
  hasList(): boolean
  today(): BusinessDate
  onChange(): void
}

/** Keeps the second till in touch with the first, and says how things stand between them. */
export function createLaneWatch(parts: LaneWatchParts): LaneWatch {
  const { line, sales, second } = parts
  /** How far each first till has heard of this ledger, by its own word. */
  const told = new Map<TerminalId, LedgerPlace | null>()
  let timer: NodeJS.Timeout | null = null
  let looking: Promise<void> = Promise.resolve()
  let stopped = false

  async function look(): Promise<void> {
    const first = line.first()
    if (first !== null) {
      const place = told.get(first)
      const news = place === undefined ? { meals: [], upTo: null } : parts.ownMeals.after(place, parts.today())
      const answer = await line.ask('hello', news, lookPatience)
      if (answer !== null) told.set(first, answer.told)
    }
    if (!stopped) await second.catchUp()
  }

  function schedule(): void {
    if (stopped) return
    timer = setTimeout(() => {
      looking = look().finally(schedule)
      looking.catch(() => parts.onChange())
    }, lookEvery)
    timer.unref()
  }

  /** Visits whose outcome is not known here; what stands on the screen is none of them. */
  function unheard() {
    const all = sales.unheard()
    const open = all.length === 0 ? undefined : parts.openCheckIns.load()?.id
    return all.filter(({ id }) => id !== open)
  }

  const isGone = ({ first }: { first: TerminalId }) => !line.reaches(first)

  function unheardNotices(): Notice[] {
    const all = unheard()
    const gone = all.filter(one => isGone(one) && !one.putAway)
    const waiting = all.filter(one => !isGone(one))
    const count = (state: 'asked' | 'given-up') => waiting.filter(one => one.state === state).length
    const [oldest] = gone
    return [
      ...(count('given-up') > 0 ? [{ code: 'LANE_UNHEARD' as const, values: { count: count('given-up') } }] : []),
      ...(count('asked') > 0 ? [{ code: 'LANE_ASKED' as const, values: { count: count('asked') } }] : []),
      ...(oldest ? [{ code: 'LANE_GONE' as const, values: { count: gone.length, ...whenAndWhere(oldest) } }] : []),
    ]
  }

  function awayNotices(): Notice[] {
    if (!parts.joins) return []
    if (parts.hasList() && line.first() === null) return [{ code: 'LANE_STRANGER', values: {} }]
    const since = line.awaySince()
    return since === null ? [] : [{ code: 'LANE_AWAY', values: { time: clockTime(businessMinuteOf(since)) } }]
  }

  return {
    notices: () => [...awayNotices(), ...unheardNotices()],
    putAway() {
      for (const one of unheard()) if (isGone(one)) sales.putAway(one.id)
      parts.onChange()
      return { result: 'done' }
    },
    look,
    start() {
      if (parts.joins) schedule()
    },
    async stop() {
      stopped = true
      if (timer) clearTimeout(timer)
      await looking.catch(() => undefined)
    },
  }
}

function whenAndWhere({ first, at }: { first: TerminalId; at: number }): Notice['values'] {
  return { terminal: first, time: `${businessDateOf(at).slice(5)} ${clockTime(businessMinuteOf(at))}` }
}
