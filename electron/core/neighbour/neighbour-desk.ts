import { mealAt } from '../../../shared/business-day.ts'
import type { SeniorId } from '../../../shared/ids.ts'
import { mostNeighbours, type NeighbourView } from '../../../shared/neighbour-api.ts'
import type { ProblemCode } from '../../../shared/problems.ts'
import type { SeniorRef } from '../../../shared/record.ts'
import type { Site } from '../../../shared/site.ts'
import type { Done } from '../../../shared/terminal-api.ts'
import type { CheckInState } from '../check-in-state.ts'
import type { Counter } from '../counter.ts'
import { byHand, type Floor } from '../people/people-desk.ts'
import type { Roster } from '../store/roster.ts'

export interface NeighbourParts {
  readonly roster: Pick<Roster, 'bySenior' | 'firstMembers' | 'members'>
  readonly counter: Pick<Counter, 'stock' | 'today'>
  readonly clock: { now(): number }
  site(): Site | null
  refOf(senior: { id: SeniorId }): SeniorRef | null
  /** Nobody of the staff stands here. */
  atKiosk(): boolean
}

/** Where whoever is on shift names the neighbour who came. */
export interface NeighbourDesk {
  view(): NeighbourView
  serve(senior: SeniorId): Promise<Done>
}

export function createNeighbourDesk(
  parts: NeighbourParts,
  floor: Pick<Floor, 'inQueue' | 'makesWay' | 'obstacle' | 'blank' | 'arrive'> & { state(): CheckInState },
): NeighbourDesk {
  const { roster, counter } = parts
  const done: Done = { result: 'done' }
  const refuse = (code: ProblemCode): Done => ({ result: 'refused', notice: { code, values: {} } })

  /** The site, where it is a neighbour household with somebody who knows people. */
  function household(): Site | null {
    const site = parts.site()
    return site?.neighbour && site.staffed && !parts.atKiosk() ? site : null
  }

  function chosen(): NonNullable<NeighbourView>['chosen'] {
    const state = floor.state()
    if (state.state !== 'priced' || state.open.senior === null) return null
    return { checkIn: state.open.id, senior: state.open.senior }
  }

  return {
    view() {
      const site = household()
      if (site === null) return null
      const meal = mealAt(parts.clock.now(), site.mealPeriods)
      const people = roster.firstMembers(mostNeighbours).map(({ id, name }) => {
        const ref = parts.refOf({ id })
        return { senior: id, name, ate: meal && ref && counter.stock.earlier(ref, counter.today(), meal) }
      })
      return { people, more: Math.max(0, roster.members() - people.length), chosen: chosen() }
    },
    serve: id =>
      floor.inQueue(async () => {
        if (chosen()?.senior === id) return done
        const senior = household() && roster.bySenior(id)
        if (senior?.kind !== 'full' || !senior.home) return refuse('SENIOR_UNKNOWN')
        if (!(await floor.makesWay())) return refuse('ONE_NOT_RECORDED')
        const inTheWay = floor.obstacle()
        if (inTheWay) return { result: 'refused', notice: inTheWay }
        // A name is not a comparison: what needs more is asked for beside the price.
        await floor.arrive(byHand(id, floor.blank(), 'presented'))
        return done
      }),
  }
}
