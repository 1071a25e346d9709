import { type BusinessDate, daysBetween } from '../../../shared/business-day.ts'
import { toBase64Url } from '../../../shared/bytes.ts'
import { type OperatorId, type ProxyId, recordId, type SeniorId } from '../../../shared/ids.ts'
import type { ProblemCode } from '../../../shared/problems.ts'
import { mostProxies, type ProxyRef, proxyIdOf, type RosterProxy } from '../../../shared/proxy.ts'
import type { MemberDraft, ProxyDraft } from '../../../shared/proxy-api.ts'
import { commitToProxy, type ProxyInputs, type SeniorRef } from '../../../shared/record.ts'
import type { FullSenior } from '../../../shared/senior.ts'
import type { Site } from '../../../shared/site.ts'
import type { Done } from '../../../shared/terminal-api.ts'
import type { OpenCheckIn } from '../check-in-state.ts'
import type { Roster } from '../store/roster.ts'
import { type ActParts, unlessFull } from './senior-acts.ts'

/** A registration lasts a year at most: then somebody has to ask the senior again. */
const mostDays = 365

export interface ProxyActParts extends ActParts {
  readonly roster: Pick<Roster, 'setProxies'>
  proxyRefOf(id: ProxyId): ProxyRef | null
}

/** The senior on the desk, how they were identified, and who does it with whose PIN. */
export interface ProxyAct {
  readonly site: Site
  readonly senior: FullSenior
  readonly ref: SeniorRef
  readonly came: OpenCheckIn | null
  readonly today: BusinessDate
  readonly operator: OperatorId
  readonly approver: OperatorId
}

const refuse = (code: ProblemCode): Done => ({ result: 'refused', notice: { code, values: {} } })

/** The draft with name and number, which for a member come from the roster; null where it means nobody, or the senior themselves. */
export function namedDraft(
  draft: ProxyDraft | MemberDraft,
  of: SeniorId,
  roster: Pick<Roster, 'bySenior'>,
): ProxyDraft | null {
  if (!('member' in draft)) return draft
  const { member: id, ...rest } = draft
  const member = id === of ? null : roster.bySenior(id)
  if (member?.kind !== 'full' || member.numberTail === undefined) return null
  return { ...rest, name: member.name, numberTail: member.numberTail }
}

/** Why nobody can be registered by this draft; null where they can. */
export function draftProblem({ proxies = [] }: FullSenior, draft: ProxyDraft, today: BusinessDate): ProblemCode | null {
  const { from, until } = draft
  if (from < today || until < from || daysBetween(from, until) > mostDays) return 'PROXY_DATES'
  const id = proxyIdOf(draft.name, draft.numberTail)
  const others = proxies.filter(one => one.until >= today)
  if (others.some(one => one.id === id)) return 'PROXY_KNOWN'
  return others.length >= mostProxies ? 'PROXY_FULL' : null
}

/** Registers somebody who may collect the senior's meals: a record of its own, and they may at once. Who it is lies sealed beside the record. */
export async function registerProxy(parts: ProxyActParts, act: ProxyAct, draft: ProxyDraft): Promise<Done> {
  const problem = draftProblem(act.senior, draft, act.today)
  if (problem) return refuse(problem)
  const { name, numberTail, relation, from, until } = draft
  const id = proxyIdOf(name, numberTail)
  const inputs: ProxyInputs = { v: 1, senior: act.senior.id, proxy: id, name, numberTail, relation }
  const span = { change: 'registered', from, until } as const
  return await recordChange(parts, act, inputs, span)
}

/** What a change is: somebody registered for these dates, or ended. */
interface ProxySpan {
  readonly change: 'registered' | 'ended'
  readonly from: BusinessDate | null
  readonly until: BusinessDate | null
}

/** A senior's proxies after one was registered or ended on a date; those whose time was over by then go. */
export function withProxyChange(
  proxies: readonly RosterProxy[],
  { proxy: id, name }: ProxyInputs,
  { from, until }: ProxySpan,
  date: BusinessDate,
): RosterProxy[] {
  const others = proxies.filter(one => one.id !== id && one.until >= date)
  if (from === null || until === null) return others
  return [...others, { id, name, from, until, byStaff: true as const }].slice(0, mostProxies)
}

/** Ends what a till registered. What the roster brings is ended where it comes from. */
export async function endProxy(parts: ProxyActParts, act: ProxyAct, id: ProxyId): Promise<Done> {
  const proxies = act.senior.proxies ?? []
  const ended = proxies.find(one => one.id === id)
  if (ended === undefined) return refuse('PROXY_NOT_REGISTERED')
  if (!ended.byStaff) return refuse('PROXY_OF_ROSTER')
  const { name } = ended
  const inputs: ProxyInputs = { v: 1, senior: act.senior.id, proxy: id, name, numberTail: null, relation: null }
  return await recordChange(parts, act, inputs, { change: 'ended', from: null, until: null })
}

async function recordChange(
  { ledger, sealed, suite, clock, roster, proxyRefOf }: ProxyActParts,
  { site, senior, ref, came, today, operator, approver }: ProxyAct,
  inputs: ProxyInputs,
  span: ProxySpan,
): Promise<Done> {
  const proxy = proxyRefOf(inputs.proxy)
  if (proxy === null) return refuse('NOT_ENROLLED')
  const salt = suite.randomBytes(32)
  return await unlessFull(() =>
    ledger.inTurn(async () => {
      await ledger.append(
        {
          kind: 'proxy-change',
          id: recordId.parse(clock.mint()),
          at: clock.now(),
          payload: {
            ...{ site: site.id, senior: ref, means: came?.means ?? 'manual', assurance: 'verified' },
            ...{ device: came?.device?.id ?? null, deviceEvent: came?.device?.eventId ?? null },
            ...{ ...span, proxy, proxyCommitment: commitToProxy(inputs, salt), operator, approver },
          },
        },
        {
          also(record) {
            sealed.write(record.id, ref, { salt: toBase64Url(salt), inputs })
            roster.setProxies(senior.id, withProxyChange(senior.proxies ?? [], inputs, span, today))
            return true
          },
        },
      )
    }),
  )
}

/** Those of a senior's proxies whose time is not over, for the desk. */
export function deskProxies({ proxies = [] }: FullSenior, today: BusinessDate) {
  return proxies
    .filter(({ until }) => until >= today)
    .map(({ id, name, from, until, byStaff = false }) => ({ proxy: id, name, from, until, byStaff }))
}
