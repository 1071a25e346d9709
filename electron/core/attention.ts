import { businessMinuteOf, clockTime } from '../../shared/business-day.ts'
import type { Assurance } from '../../shared/credential.ts'
import { fen, formatYuan } from '../../shared/money.ts'
import type { Reason } from '../../shared/policy/reasons.ts'
import type { Notice } from '../../shared/terminal-api.ts'
import type { OpenCheckIn } from './check-in-state.ts'
import type { Priced } from './price-visit.ts'

/** Reasons that a person has to hear of even where some subsidy is left; the others matter only where none is. */
const weighty = new Set<Reason['code']>([
  'POLICY_NOT_IN_FORCE',
  'SITE_SUSPENDED',
  'CLAIM_PENDING',
  'LIMIT_YEAR',
  'LIMIT_MONTH',
  'LIMIT_WEEK',
  'LIMIT_DAY',
  'LIMIT_MEAL',
  'ENTITLEMENT_EXPIRED',
  'FUND_EXHAUSTED',
])

/** What a face beside another means gives staff to look at. */
const besideCodes = {
  'staff-compares': 'FACE_STAFF_COMPARES',
  differs: 'FACE_DIFFERS',
  'no-turn': 'FACE_NO_TURN',
} as const

/** Why this price is not the usual one, as notices for the staff's screen; empty where the sale may record itself. */
export function attentionOf(check: {
  open: Pick<OpenCheckIn, 'who' | 'channel' | 'face'>
  known: boolean
  stale: boolean
  needs: Assurance | null
  priced: Pick<Priced, 'quote' | 'policy' | 'owed'>
  earlier: number | null
}): Notice[] {
  const { quote } = check.priced
  if (check.open.who === 'guest') return []
  if (!check.known) return [{ code: 'CLAIM_PENDING', values: {} }]
  // What the operator earns beside it is nobody's business at the till.
  const earned = new Set(
    check.priced.policy.pack.versions.flatMap(({ benefits }) =>
      benefits.flatMap(({ id, kind }) => (kind === 'operator' ? [id] : [])),
    ),
  )
  const reasons = quote.reasons
    .filter(({ benefit }) => benefit === undefined || !earned.has(benefit))
    .filter(
      ({ code }) =>
        weighty.has(code) || quote.subsidies.length === 0 || (code === 'CHANNEL' && check.open.channel !== 'dine-in'),
    )
    .map(noticeOf)
  const again: Notice[] =
    check.earlier === null
      ? []
      : [{ code: 'DUPLICATE_TAP', values: { time: clockTime(businessMinuteOf(check.earlier)) } }]
  const owedFen = check.priced.owed.flatMap(({ subsidies }) => subsidies).reduce((sum, { fen: part }) => sum + part, 0)
  const owed: Notice[] = owedFen === 0 ? [] : [{ code: 'MADE_GOOD_NOW', values: { yuan: formatYuan(fen(owedFen)) } }]
  const stale: Notice[] = check.stale ? [{ code: 'ROSTER_STALE', values: {} }] : []
  const low: Notice[] = check.needs === null ? [] : [{ code: 'ASSURANCE_LOW', values: {} }]
  const beside = check.open.face?.result ?? 'match'
  const face: Notice[] = beside === 'match' ? [] : [{ code: besideCodes[beside], values: {} }]
  return [...low, ...owed, ...face, ...again, ...stale, ...reasons]
}

/** A reason's values under the names that the words of the catalogue use. */
function noticeOf(reason: Reason): Notice {
  const { values } = reason
  const date = values.from ?? values.to ?? values.resumes
  const least = values.minFen
  return {
    code: reason.code,
    values: {
      ...values,
      ...(date === undefined ? {} : { date }),
      ...(typeof least === 'number' ? { minYuan: formatYuan(fen(least)) } : {}),
    },
  }
}
