import type { AssuranceDemand } from '../../../shared/assurance.ts'
import { assuranceReaches } from '../../../shared/credential.ts'
import type { Site, TenderKind } from '../../../shared/site.ts'
import type { OpenCheckIn, PricedCheckIn } from '../check-in-state.ts'

/** Nobody looks at who comes to a kiosk: whatever site and policy say, subsidised money needs what cannot be copied. */
export const kioskDemand: AssuranceDemand = { subsidised: 'possessed', verifiedAboveFen: null }

/** The tenders that need no hands of the staff: no drawer, and no reference to enter. */
const withoutStaff: readonly TenderKind[] = ['account', 'agreement']

/** How a kiosk is paid: as the site is by default where that needs no staff, else by the card account. */
export function kioskTender({ defaultTender }: Pick<Site, 'defaultTender'>): TenderKind {
  return withoutStaff.includes(defaultTender) ? defaultTender : 'account'
}

/**
 * True where the person has to give a PIN or take the list price first. It asks everybody who came by what can be copied, with a subsidy or
 * without, so that nobody who looks on learns which.
 */
export function hasToChoose({ open, needs }: Pick<PricedCheckIn, 'open' | 'needs'>): boolean {
  if (open.atListPrice) return false
  return needs !== null || open.assurance === null || !assuranceReaches(open.assurance, 'possessed')
}

/** True for what a kiosk may sell: to somebody who came with a means of their own, and not for cash. */
export function isForKiosk({ who, tender, first }: Pick<OpenCheckIn, 'who' | 'tender' | 'first'>): boolean {
  return who !== 'guest' && withoutStaff.includes(tender) && (first === null || withoutStaff.includes(first.kind))
}
