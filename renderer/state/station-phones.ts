import type { CarerView, StationView } from '../../shared/visit-api.ts'
import { answerOf, calls } from './cashier-actions.ts'
import { type StationPad, useCashier } from './cashier-store.ts'
import { leadWithPin, showPanel } from './station-actions.ts'
import { useStation } from './station-store.ts'

/** The carers of a station that has a page for their phones. */
export const phonesOf = ({ station }: StationView): readonly CarerView[] =>
  station?.phones === true ? station.carers : []

export function openPhones(): void {
  if (useStation.getState().view?.station?.phones) showPanel('phones')
}

/** Asks a lead for their PIN, to give a carer's phone a key or to take it back. */
export async function setUpPhone(carer: string, give: boolean): Promise<void> {
  useCashier.setState({ answer: null })
  const lead = await leadWithPin()
  if (lead) useCashier.setState({ pinPad: { asks: 'carer-phone', carer, give, ...lead } })
}

/** The lead's PIN; false where it was not taken, and the pad stays. The link that it brings is shown once. */
export async function handOverPhone(
  { carer, give, operator }: Extract<StationPad, { asks: 'carer-phone' }>,
  pin: string,
): Promise<boolean> {
  const given = await answerOf(calls.visit.setCarerPhone({ carer, give, approval: { operator, pin } }))
  if (given === null) return false
  useCashier.setState({ pinPad: null })
  useStation.setState({ phoneLink: given.link, phoneOf: given.link === null ? null : carer })
  return true
}

/** The phone has read it: the link is gone from this screen for good. */
export const closePhones = () => useStation.setState({ phoneLink: null, phoneOf: null })
