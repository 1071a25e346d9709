import type { Approval } from '../../shared/afterwards-api.ts'
import { type CheckInId, type ProxyId, recordId } from '../../shared/ids.ts'
import type { ProblemCode } from '../../shared/problems.ts'
import { mostPortions, proxiesOn, type RosterProxy } from '../../shared/proxy.ts'
import type { ProxyView } from '../../shared/proxy-api.ts'
import type { Site } from '../../shared/site.ts'
import type { Done } from '../../shared/terminal-api.ts'
import type { CheckInState, OpenCheckIn, PricedCheckIn } from './check-in-state.ts'
import type { Counter } from './counter.ts'
import type { PeopleDesk } from './people/people-desk.ts'
import type { Priced } from './price-visit.ts'
import type { StaffApi } from './staff-api.ts'
import type { Ledger } from './store/ledger.ts'

export interface ProxyParts {
  readonly counter: Pick<Counter, 'seniorOf' | 'today'>
  readonly ledger: Pick<Ledger, 'comparedBy'>
  site(): Site | null
  /** Why this is not the PIN of this member of staff; null where it is. Each wrong try counts. */
  recognise(shown: Approval): ProblemCode | null
}

export interface ProxyFloor {
  state(): CheckInState
  inQueue<T>(work: () => Promise<T> | T): Promise<T>
  /** Shows it, priced anew, with the rights and portions that are known at the site. */
  arrive(open: OpenCheckIn): Promise<void>
}

/** Somebody who carries a meal away for a senior, by that senior's own card or code and right. */
export interface ProxyDesk {
  /** Who collects the meal on the screen; null: the senior is here after all. */
  choose(id: CheckInId, proxy: ProxyId | null): Promise<Done>
  /** A station lead lets a proxy collect beyond the limit. */
  approve(id: CheckInId, approval: Approval): Promise<Done>
  view(current: PricedCheckIn): ProxyView
}

/** True where a station lead has to look before this portion is collected. */
export function isBeyondLimit({ proxy }: OpenCheckIn, { portion }: Priced): boolean {
  return proxy !== null && proxy.approver === null && portion !== null && portion > mostPortions
}

const leadsOf = (site: Site | null) => (site?.operators ?? []).filter(({ role }) => role === 'lead')

/** Why this is not the PIN of a station lead; null where it is. Each wrong try counts. */
export function leadProblem(parts: Pick<ProxyParts, 'site' | 'recognise'>, approval: Approval): ProblemCode | null {
  const isLead = leadsOf(parts.site()).some(({ id }) => id === approval.operator)
  return isLead ? parts.recognise(approval) : 'LEAD_ONLY'
}

/** Station leads as a page names them. */
export const leadsToTell = (site: Site | null) => leadsOf(site).map(({ id, name }) => ({ operator: id, name }))

export function createProxyDesk(parts: ProxyParts, floor: ProxyFloor): ProxyDesk {
  const refuse = (code: ProblemCode): Done => ({ result: 'refused', notice: { code, values: {} } })

  function offered(open: OpenCheckIn): RosterProxy[] {
    const senior = parts.counter.seniorOf(open)
    return senior?.kind === 'full' ? proxiesOn(senior.proxies, parts.counter.today()) : []
  }

  /** Why nobody collects this meal; null where one of those offered may. */
  function obstacle(open: OpenCheckIn): ProblemCode | null {
    if (open.who === 'guest') return 'PROXY_WHOSE'
    // A face, or staff who compared, have seen the senior here.
    const isHere = open.means === 'face' || open.means === 'manual' || open.face !== null
    if (isHere || parts.ledger.comparedBy(recordId.parse(open.id), parts.counter.today())) return 'PROXY_IN_PERSON'
    return offered(open).length === 0 ? 'PROXY_NOT_REGISTERED' : null
  }

  function change(id: CheckInId, to: (open: OpenCheckIn) => OpenCheckIn | ProblemCode): Promise<Done> {
    return floor.inQueue(async () => {
      const state = floor.state()
      if (state.state !== 'priced' || state.open.id !== id) return refuse('CHECK_IN_GONE')
      const changed = to(state.open)
      if (typeof changed === 'string') return refuse(changed)
      await floor.arrive({ ...changed, held: true })
      return { result: 'done' }
    })
  }

  return {
    choose: (id, proxy) =>
      change(id, open => {
        const channel = open.proxy?.before ?? open.channel
        if (proxy === null) return { ...open, channel, proxy: null }
        const problem = obstacle(open)
        if (problem) return problem
        if (!offered(open).some(one => one.id === proxy)) return 'PROXY_NOT_REGISTERED'
        return { ...open, channel: 'takeaway', proxy: { id: proxy, approver: null, before: channel } }
      }),
    approve: (id, approval) =>
      change(id, open => {
        if (open.proxy === null) return 'CHECK_IN_GONE'
        const problem = leadProblem(parts, approval)
        return problem ?? { ...open, proxy: { ...open.proxy, approver: approval.operator } }
      }),
    view({ open, priced }) {
      const all = offered(open)
      const chosen = all.find(({ id }) => id === open.proxy?.id)
      return {
        offered: all.map(({ id, name, until }) => ({ proxy: id, name, until })),
        chosen: chosen === undefined ? null : { name: chosen.name, portion: priced.portion ?? 1 },
        obstacle: open.proxy === null ? obstacle(open) : null,
        leads: isBeyondLimit(open, priced) ? leadsToTell(parts.site()) : null,
      }
    },
  }
}

/** The part of the terminal API that is about proxies. */
export function createProxyRouter(
  api: StaffApi['proxy'],
  desk: ProxyDesk,
  people: Pick<PeopleDesk, 'registerProxy' | 'endProxy'>,
) {
  return {
    choose: api.choose.handler(({ input }) => desk.choose(input.checkIn, input.proxy)),
    approve: api.approve.handler(({ input }) => desk.approve(input.checkIn, input.approval)),
    register: api.register.handler(({ input }) => people.registerProxy(input.draft, input.approval)),
    end: api.end.handler(({ input }) => people.endProxy(input.proxy, input.approval)),
  }
}
