import type { ProxyChoice } from '../../shared/visit-api.ts'
import { ask, calls } from './cashier-actions.ts'
import { type ProxyPad, useCashier } from './cashier-store.ts'
import { chooseAnew, type Desk } from './station-actions.ts'
import { useStation } from './station-store.ts'

const { setState } = useCashier

/** Those who may vouch for the person on the screen; null where nobody is needed, or nobody stands there. */
export function proxiesAt(desk: Desk): readonly ProxyChoice[] | null {
  return 'proxies' in desk ? desk.proxies : null
}

/** Lists the registered proxies of the person on the screen. */
export function openProxies(desk: Desk): void {
  if (proxiesAt(desk) !== null) chooseAnew('proxy')
}

/** A proxy says by their PIN that it is they; one who has none yet is given one by a lead first. */
export function pressProxy({ proxy, name, pin, problem }: ProxyChoice): void {
  setState({ answer: problem })
  if (problem !== null) return
  if (pin === 'set') setState({ pinPad: { asks: 'visit-proxy', proxy, name } })
  else void askForLead(proxy, name)
}

async function askForLead(proxy: string, proxyName: string): Promise<void> {
  const { staff } = await calls.settings.look()
  const lead = staff.find(({ role, on, pin }) => role === 'lead' && on && pin === 'set')
  if (lead) {
    const { operator, name } = lead
    setState({ pinPad: { asks: 'visit-proxy-lead', proxy, proxyName, operator, name } })
  } else setState({ answer: { code: 'LEAD_PIN_NONE', values: {} } })
}

/** Hands over a PIN that is about a proxy; false where it was not taken, and the pad stays. */
export async function handOverProxyPin(pad: ProxyPad, pin: string): Promise<boolean> {
  if (pad.asks === 'visit-proxy') return await vouch(pad.proxy, pin)
  if (pad.asks === 'visit-proxy-lead') {
    const { proxy, proxyName, operator } = pad
    const pinPad = { asks: 'visit-proxy-new', proxy, name: proxyName, approval: { operator, pin } } as const
    setState({ answer: null, pinPad })
    return true
  }
  const { proxy, approval } = pad
  if (await ask(calls.visit.setProxyPin({ proxy, pin, approval }))) return await vouch(proxy, pin)
  // After a wrong PIN of the lead it begins again.
  const isAboutLead = useCashier.getState().answer?.code !== 'PIN_EASY'
  if (isAboutLead) setState({ pinPad: null })
  return false
}

async function vouch(proxy: string, pin: string): Promise<boolean> {
  const taken = await ask(calls.visit.proxy({ proxy, pin }))
  if (!taken) return false
  setState({ pinPad: null })
  useStation.setState({ choosing: null, nine: 0 })
  return true
}
