import type { Site } from '../../shared/site.ts'
import type { Notice } from '../../shared/terminal-api.ts'
import type { OpenCheckIn } from './check-in-state.ts'

/**
 * Seconds until a priced sale may record itself; null where a person has to confirm: whoever did not come with a card or code of their own,
 * another tender than an account, anything to say about the price.
 */
export function mayRecordItself(
  { who, tender, means }: Pick<OpenCheckIn, 'who' | 'tender' | 'means'>,
  attention: readonly Notice[],
  site: Site | null,
): number | null {
  const ordinary =
    who === 'senior' && tender === 'account' && attention.length === 0 && (means === 'card' || means === 'code')
  const seconds = ordinary ? (site?.expressSeconds ?? null) : null
  // Without a pause only staff can put right what recorded itself.
  return seconds === 0 && !site?.staffed ? null : seconds
}
