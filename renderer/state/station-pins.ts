import { ask, calls } from './cashier-actions.ts'
import { type PinPad, type StationPad, useCashier } from './cashier-store.ts'
import { recordLateVisit } from './station-late.ts'
import { handOverPhone } from './station-phones.ts'
import { handOverProxyPin } from './station-proxies.ts'
import { useStation } from './station-store.ts'

const { setState } = useCashier

export function isStationPad(pad: PinPad): pad is StationPad {
  return pad.asks.startsWith('carer') || pad.asks.startsWith('visit-proxy') || pad.asks === 'visit-late'
}

/** Hands over a PIN of the station; false where it was not taken, and the pad stays. */
export async function handOverStationPin(pad: StationPad, pin: string): Promise<boolean> {
  switch (pad.asks) {
    case 'carer':
      return await identify(pad.carer, pin)
    case 'carer-lead': {
      const { carer, carerName, operator } = pad
      setState({
        answer: null,
        pinPad: { asks: 'carer-new', carer, name: carerName, approval: { operator, pin } },
      })
      return true
    }
    case 'carer-new':
      return await givePin(pad, pin)
    case 'carer-phone':
      return await handOverPhone(pad, pin)
    case 'visit-proxy':
    case 'visit-proxy-lead':
    case 'visit-proxy-new':
      return await handOverProxyPin(pad, pin)
    case 'visit-late': {
      const taken = await recordLateVisit(pin)
      if (taken) setState({ pinPad: null })
      return taken
    }
  }
}

/** The carer says that it is they: before a visit, or in the middle of one that they take over. */
async function identify(carer: string, pin: string): Promise<boolean> {
  const taken = await ask(calls.visit.carer({ carer, pin }))
  if (!taken) return false
  setState({ pinPad: null })
  useStation.setState({ choosing: null, nine: 0 })
  return true
}

/** A new PIN, approved by a lead; with it the carer is known at once. After a wrong PIN of the lead it begins again. */
async function givePin(pad: Extract<StationPad, { asks: 'carer-new' }>, pin: string): Promise<boolean> {
  const { carer, approval } = pad
  if (await ask(calls.visit.setCarerPin({ carer, pin, approval }))) return await identify(carer, pin)
  if (useCashier.getState().answer?.code.startsWith('LEAD')) setState({ pinPad: null })
  return false
}
