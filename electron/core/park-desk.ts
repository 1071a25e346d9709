import { businessDateOf } from '../../shared/business-day.ts'
import type { CheckInId } from '../../shared/ids.ts'
import type { ProblemCode } from '../../shared/problems.ts'
import type { Done } from '../../shared/terminal-api.ts'
import type { CheckInState, OpenCheckIn } from './check-in-state.ts'
import type { Counter } from './counter.ts'
import type { ParkedCheckIns } from './store/parked-check-ins.ts'

/** More than these are a queue of their own, which nobody keeps in mind. */
export const mostParked = 6

export interface ParkFloor {
  state(): CheckInState
  ready(): void
  inQueue<T>(work: () => Promise<T> | T): Promise<T>
  /** Records the sale whose bar runs; false where one stays on the screen. */
  makesWay(): Promise<boolean>
  /** Shows it, priced anew; it is on disk already. */
  arrive(open: OpenCheckIn): Promise<void>
}

/** Puts the open check-in aside while the next person is served, and takes it back. */
export interface ParkDesk {
  park(id: CheckInId): Promise<Done>
  /** Puts whatever stands on the screen aside. Call it in the queue. */
  aside(): Done
  takeBack(id: CheckInId): Promise<Done>
  /** Puts a parked one away, with nothing recorded. */
  drop(id: CheckInId): Promise<Done>
  all(): OpenCheckIn[]
  /** How many wait: a shift or day must not close before it is 0. */
  count(): number
  /** True for a meal of an earlier day: a late entry records it. */
  isOld(open: OpenCheckIn): boolean
  /** What is open now for somebody who comes: where a visit of the same person is parked, that one goes on. */
  instead(open: OpenCheckIn): OpenCheckIn
}

export function createParkDesk(
  { parked, counter }: { parked: ParkedCheckIns; counter: Counter },
  floor: ParkFloor,
): ParkDesk {
  const refuse = (code: ProblemCode): Done => ({ result: 'refused', notice: { code, values: {} } })
  const isOld = ({ at }: OpenCheckIn) => businessDateOf(at) !== counter.today()
  const find = (id: CheckInId) => parked.all().find(open => open.id === id)

  function isSamePerson(one: OpenCheckIn, other: OpenCheckIn): boolean {
    if (one.senior !== null) return one.senior === other.senior
    return one.credentialKey !== null && one.credentialKey === other.credentialKey
  }

  function aside(): Done {
    const current = floor.state()
    if (current.state !== 'priced') return refuse('CHECK_IN_GONE')
    if (parked.count() >= mostParked) return refuse('PARK_FULL')
    parked.park({ ...current.open, held: true, parked: true })
    floor.ready()
    return { result: 'done' }
  }

  return {
    all: parked.all,
    count: parked.count,
    isOld,
    aside,
    park: id =>
      floor.inQueue(() => {
        const current = floor.state()
        return current.state === 'priced' && current.open.id === id ? aside() : refuse('CHECK_IN_GONE')
      }),
    takeBack: id =>
      floor.inQueue(async () => {
        const open = find(id)
        if (!open) return refuse('CHECK_IN_GONE')
        if (isOld(open)) return refuse('PARKED_EARLIER')
        if (!(await floor.makesWay())) return refuse('ONE_AT_A_TIME')
        // Where it has no price now it stays where it is.
        const price = counter.price(open, counter.stock)
        if ('code' in price) return { result: 'refused', notice: price }
        parked.takeBack(id, open)
        await floor.arrive(open)
        return { result: 'done' }
      }),
    drop: id =>
      floor.inQueue(() => {
        if (!find(id)) return refuse('CHECK_IN_GONE')
        parked.drop(id)
        return { result: 'done' }
      }),
    instead(open) {
      if (parked.count() === 0) return open
      const waiting = parked.all().find(one => isSamePerson(one, open) && !isOld(one))
      if (!waiting) return open
      const { at, set, more, tender, first, paid } = waiting
      // Whom a face has shown to be here needs nobody who collects.
      const proxy = open.means === 'face' ? null : waiting.proxy
      const channel = proxy === null ? (waiting.proxy?.before ?? waiting.channel) : waiting.channel
      const goesOn = { ...open, at, set, more, tender, first, paid, channel, proxy, held: true, parked: true }
      parked.takeBack(waiting.id, goesOn)
      return goesOn
    },
  }
}
