import type { PricedView } from '../../shared/terminal-api.ts'
import { ask, calls } from './cashier-actions.ts'
import { useCashier } from './cashier-store.ts'

const { getState: state, setState } = useCashier

/** The list of proxies stands in place of the meals. */
export const choosesProxy = (priced: PricedView, choosing: string | null) => choosing === priced.checkIn

/** Takes a proxy, or the list of those who may; where one collects already, the senior is here after all. */
export function pressProxy(): void {
  const { view, choosingProxy } = state()
  if (view.state !== 'priced') {
    setState({ answer: { code: 'PROXY_WHOSE', values: {} } })
    return
  }
  const { checkIn, proxy } = view
  const [first, second] = proxy.offered
  if (proxy.chosen) void ask(calls.proxy.choose({ checkIn, proxy: null }))
  else if (proxy.obstacle) setState({ answer: { code: proxy.obstacle, values: {} } })
  else if (first && !second) void ask(calls.proxy.choose({ checkIn, proxy: first.proxy }))
  else setState({ choosingProxy: choosingProxy === checkIn ? null : checkIn, choosingSet: false, answer: null })
}

export function chooseProxy(priced: PricedView, place: number): void {
  const one = priced.proxy.offered[place]
  if (!one) return
  setState({ choosingProxy: null })
  void ask(calls.proxy.choose({ checkIn: priced.checkIn, proxy: one.proxy }))
}

/** Asks a station lead for the PIN that lets a proxy collect beyond the limit. */
export function askProxyLead({ checkIn, proxy }: PricedView, place: number): void {
  const lead = proxy.leads?.[place]
  if (lead) setState({ answer: null, pinPad: { asks: 'proxy', checkIn, ...lead } })
}

export async function handOverProxyPin(checkIn: string, operator: string, pin: string): Promise<boolean> {
  return await ask(calls.proxy.approve({ checkIn, approval: { operator, pin } }))
}

/** True where the key was one of the list of proxies, or of the leads who are asked for. */
export function actOnProxy(code: string, digit: string | undefined): boolean {
  const { view, choosingProxy } = state()
  if (view.state !== 'priced') return false
  const chooses = choosesProxy(view, choosingProxy)
  if (chooses && code === 'Escape') setState({ choosingProxy: null })
  else if (digit === undefined || (!chooses && view.proxy.leads === null)) return false
  else if (chooses) chooseProxy(view, Number(digit) - 1)
  else askProxyLead(view, Number(digit) - 1)
  return true
}
