import type { Site } from '../../shared/site.ts'
import type { Notice } from '../../shared/terminal-api.ts'
import type { OpenCheckIn } from './check-in-state.ts'

/**
 * Seconds until a priced sale may record itself; null where a person has to confirm: whoever did not come with a card or code of their own,
 * another tender than an account alone, anything to say about the price.
 */
export function mayRecordItself(
  { who, tender, means, first }: Pick<OpenCheckIn, 'who' | 'tender' | 'means' | 'first'>,
  attention: readonly Notice[],
  site: Site | null,
): number | null {
  const own = who === 'senior' && (means === 'card' || means === 'code')
  const ordinary = own && tender === 'account' && !first && attention.length === 0
  const seconds = ordinary ? (site?.expressSeconds ?? null) : null
  // Without a pause only staff can put right what recorded itself.
  return seconds === 0 && !site?.staffed ? null : seconds
}
