import type { TenderKind } from '../../shared/site.ts'
import type { OpenCheckIn } from './check-in-state.ts'

/** A card account is a senior's own: nobody's meal goes on one. */
export function canPayBy(who: OpenCheckIn['who'], ...kinds: readonly TenderKind[]): boolean {
  return who !== 'guest' || !kinds.includes('account')
}

/** How a check-in is paid as it begins or is taken up: what a site has on accounts by default a guest pays in cash. */
export function withOwnTender(open: OpenCheckIn): OpenCheckIn {
  const { who, tender, first } = open
  return canPayBy(who, tender, ...(first ? [first.kind] : [])) ? open : { ...open, tender: 'cash', first: null }
}
