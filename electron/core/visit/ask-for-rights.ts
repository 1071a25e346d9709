import type { SeniorId } from '../../../shared/ids.ts'
import type { Notice } from '../../../shared/terminal-api.ts'
import type { LeaseDesk } from '../lease-desk.ts'
import type { PricedService } from './price-service.ts'

/**
 * What a visit lacks here the province may give while they stand there; one pack after the other, since the first that gives pays alone, and of one
 * that is used up the province says so.
 * @param price of the visit as far as it is known; null where it costs nothing by its kind
 */
export async function askForRights(
  leases: Pick<LeaseDesk, 'ask' | 'forgetSpent'>,
  senior: { readonly id: SeniorId },
  price: () => PricedService | Notice | null,
  onAsked: () => void = () => undefined,
): Promise<void> {
  leases.forgetSpent(senior)
  const asked = new Set<string>()
  for (;;) {
    const priced = price()
    if (priced === null || 'code' in priced || asked.has(priced.policy.pack.id)) return
    asked.add(priced.policy.pack.id)
    await leases.ask(senior, priced)
    onAsked()
  }
}
