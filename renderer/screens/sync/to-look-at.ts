import type { ProblemCode } from '../../../shared/problems.ts'
import type { Notice, TerminalView } from '../../../shared/terminal-api.ts'

export type ToLookAt =
  | { readonly kind: 'pack'; readonly pack: TerminalView['policiesRefused'][number] }
  | { readonly kind: 'notice'; readonly notice: Notice }

/** What of the terminal's notices is about the province and wants a person; a province out of reach wants none, and a refused pack is told with its time. */
const wantsAPerson: ReadonlySet<ProblemCode> = new Set([
  'NOT_ENROLLED',
  'ENROLMENT_REFUSED',
  'PROVINCE_FALSE',
  'PROVINCE_CLOCK_AHEAD',
  'TERMINAL_STRUCK_OFF',
  'ENROLMENT_GONE',
  'CHAIN_FORKED',
  'RECORDS_MISSED',
  'RECORDS_GIVEN_AGAIN',
  'RECORD_REFUSED',
  'CODE_KEYS_BAD',
  'REVOCATION_UNREAD',
  'FEED_UNREAD',
  'LANE_GONE',
  'UNEXPECTED',
])

/** Everything between terminal and province that a person must look at, each thing once. */
export function thingsToLookAt({ notices, policiesRefused }: TerminalView): ToLookAt[] {
  return [
    ...notices.filter(({ code }) => wantsAPerson.has(code)).map((notice): ToLookAt => ({ kind: 'notice', notice })),
    ...policiesRefused.map((pack): ToLookAt => ({ kind: 'pack', pack })),
  ]
}
