import type { OperatorId, ProxyId, RecordId } from '../../../shared/ids.ts'
import { mostProxies, type ProxyRef } from '../../../shared/proxy.ts'
import type { FullSenior } from '../../../shared/senior.ts'
import type { Notice } from '../../../shared/terminal-api.ts'
import type { ProxyChoice } from '../../../shared/visit-api.ts'
import { type Appended, appendOnce } from '../append-once.ts'
import type { ShownBy } from './open-visit.ts'
import type { VisitHouse } from './visit-house.ts'

type Parts = Pick<VisitHouse, 'today' | 'proxyPins'>
type Senior = Pick<FullSenior, 'proxies'> | null

const pinCodes = { wrong: 'PROXY_PIN_WRONG', locked: 'PROXY_PIN_LOCKED', none: 'PROXY_PIN_NONE' } as const

/** Why somebody cannot vouch for a senior today; null where they can. */
export function proxyProblem({ today }: Pick<Parts, 'today'>, senior: Senior, proxy: ProxyId): Notice | null {
  const ofSenior = senior?.proxies?.filter(({ id }) => id === proxy) ?? []
  const date = today()
  if (ofSenior.some(({ from, until }) => from <= date && date <= until)) return null
  const coming = ofSenior.find(({ from }) => from > date)
  if (coming) return { code: 'PROXY_NOT_YET', values: { proxy: coming.name, date: coming.from } }
  const [ended] = ofSenior
  if (ended) return { code: 'PROXY_ENDED', values: { proxy: ended.name, date: ended.until } }
  return { code: 'PROXY_OF_ANOTHER', values: {} }
}

/** Why this is not the PIN of somebody who may vouch for the senior today; null where it is. Each wrong try counts. */
export function tryProxyPin(parts: Parts, senior: Senior, proxy: ProxyId, pin: string): Notice | null {
  const problem = proxyProblem(parts, senior, proxy)
  if (problem) return problem
  const said = parts.proxyPins.try(proxy, pin)
  return said === 'right' ? null : { code: pinCodes[said], values: {} }
}

/** A proxy's word: as sure as anything that can be copied, and no surer, since nobody compared the senior. */
export function byProxy(proxy: ProxyId): ShownBy {
  return { means: 'manual', assurance: 'presented', device: null, compared: false, proxy }
}

/** Those who are registered for a senior, as staff choose among them. */
export function proxyChoices(parts: Parts, senior: Senior): ProxyChoice[] {
  return (senior?.proxies ?? []).slice(0, mostProxies).map(({ id, name, from, until }) => ({
    ...{ proxy: id, name, from, until, pin: parts.proxyPins.stateOf(id) },
    problem: proxyProblem(parts, senior, id),
  }))
}

/** Gives a registered proxy a PIN at this till, with a record of which station lead let it be. It is the person's, for whomever they are registered. */
export async function recordProxyPin(
  house: Pick<VisitHouse, 'ledger' | 'clock' | 'proxyPins'>,
  id: RecordId,
  { proxy, ref, pin }: { readonly proxy: ProxyId; readonly ref: ProxyRef; readonly pin: string },
  by: { readonly operator: OperatorId; readonly approver: OperatorId },
): Promise<Appended> {
  const payload = { of: null, what: 'proxy-pin', reason: ref, ...by }
  return await appendOnce(house.ledger, id, () => [
    {
      draft: { kind: 'override', id, at: house.clock.now(), payload },
      also() {
        house.proxyPins.set(proxy, pin)
        return true
      },
    },
  ])
}
