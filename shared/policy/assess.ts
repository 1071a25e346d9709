import type { FundId } from '../ids.ts'
import { findAmount, splitByShares } from './amounts.ts'
import { type Circumstances, judge, judgeAll } from './conditions.ts'
import { type Counter, capFor, figureOf, potCounter, resumesOn } from './counters.ts'
import type { Benefit, Reduction, Shares, Words } from './language.ts'
import type { Reason, ReasonCode } from './reasons.ts'
import { drawnWith, isFor, type Walk } from './tally.ts'

/** What a step would take off the price: all of `fen` comes from `parts` (for a discount from the site itself, and there are none). */
export type Claim = {
  readonly benefit: Reduction
  readonly fen: number
  readonly parts: readonly { readonly fund: FundId; readonly fen: number }[]
  /** The counters that it draws on. */
  readonly counters: readonly Counter[]
  /** Whether this terminal's rights cover all draws, those on pots among them. */
  readonly proven: boolean
  readonly note: Words | undefined
}

/** What a step would give here and now, and why it does not give more. */
export type Assessment = { readonly claim: Claim | null; readonly reasons: readonly Reason[] }

const nothing: Assessment = { claim: null, reasons: [] }
const suspended = { holds: false, obstacles: [{ code: 'SITE_SUSPENDED', values: {} }] } as const

/** Works out what a discount or subsidy would take off the running price; takes nothing. */
export function assess(benefit: Reduction, going: Walk): Assessment {
  const at = going.at()
  if (!isFor(benefit, at)) return nothing
  const found = findAmount(benefit.amount, at, going.version.rounding)
  const listing = benefit.kind !== 'subsidy' || at.visit.site.listed ? judge(undefined, at) : suspended
  const verdict = judgeAll([judge(benefit.when, at), listing, ...(found.found ? [] : [found.verdict])])
  if (!verdict.holds) return { claim: null, reasons: verdict.obstacles.map(item => ({ ...item, benefit: benefit.id })) }
  if (!found.found) return nothing

  const above = aboveFloor(benefit, found.fen, at, going)
  const fitting = fitLimits(benefit, above.fen, at, going)
  const paid = fitPots(benefit, fitting.fen, found.funds, going)
  const reasons = [...above.reasons, ...fitting.reasons, ...paid.reasons]
  if (paid.fen === 0) return { claim: null, reasons }
  const { rights, unproven = [] } = going.inputs
  const hasRights =
    rights === 'whole-cap' ||
    fitting.counters.every(item => drawnWith(going.tally.granted, item, paid.fen) <= (rights[item.key] ?? 0))
  const proven = hasRights && !paid.parts.some(({ fund }) => unproven.includes(fund))
  const note = found.note ?? benefit.note
  return { claim: { benefit, fen: paid.fen, parts: paid.parts, counters: fitting.counters, proven, note }, reasons }
}

/** Keeps an amount from taking the price below what the step leaves, or what the person pays at least. */
function aboveFloor(
  benefit: Reduction,
  wanted: number,
  at: Circumstances,
  { version }: Walk,
): { fen: number; reasons: Reason[] } {
  const minimum = version.minimumOwnPay?.find(({ when }) => judge(when, at).holds)?.fen ?? 0
  const floor = Math.max(minimum, benefit.leavesAtLeastFen ?? 0)
  const most = Math.min(wanted, at.runningFen)
  const fen = Math.max(0, Math.min(most, at.runningFen - floor))
  const cut = fen < most
  return { fen, reasons: cut ? [{ code: 'MIN_OWN_PAY', benefit: benefit.id, values: { minFen: floor } }] : [] }
}

const limitCodes: Record<Counter['period'], ReasonCode> = {
  meal: 'LIMIT_MEAL',
  day: 'LIMIT_DAY',
  week: 'LIMIT_WEEK',
  month: 'LIMIT_MONTH',
  year: 'LIMIT_YEAR',
}

/** Holds an amount against all limits of a step: it fits them all, or is cut to what is left where they say so, or falls. */
function fitLimits(
  benefit: Reduction,
  wanted: number,
  at: Circumstances,
  { version, tally, inputs }: Walk,
): { fen: number; counters: Counter[]; reasons: Reason[] } {
  const allowance = benefit.kind === 'subsidy' ? benefit.allowance : undefined
  // A guest has no counters: nothing is used up, and nothing was ever issued.
  if (at.person === null && at.stranger !== true)
    return { fen: allowance === undefined ? wanted : 0, counters: [], reasons: [] }
  const names = [...(benefit.limits ?? []), ...(allowance === undefined ? [] : [allowance])]
  const counters = tally.counters.filter(({ limit }) => names.includes(limit))
  const paysRest = (item: Counter) =>
    item.limit === allowance || version.limits.find(({ id }) => id === item.limit)?.beyond === 'rest'
  const reasons: Reason[] = []
  let fen = wanted
  // Those that pay the rest come first: what they leave may fit where the whole would not.
  for (const item of [...counters.filter(paysRest), ...counters.filter(counter => !paysRest(counter))]) {
    const { cap, obstacles } = capFor(version, item.limit, at)
    if (cap === 0) {
      reasons.push(...obstacles.map(obstacle => ({ ...obstacle, benefit: benefit.id })))
      fen = 0
      continue
    }
    const used = inputs.used[item.key] ?? 0
    if (used + drawnWith(tally.claimed, item, fen) <= cap) continue
    const resumes = resumesOn(item.period, at.visit.businessDate)
    const values = { cap, used, ...(resumes === null ? {} : { resumes }) }
    reasons.push(
      item.limit === allowance
        ? { code: 'ALLOWANCE_SPENT', benefit: benefit.id, values: { allowance, ...values } }
        : {
            code: limitCodes[item.period],
            benefit: benefit.id,
            values: { limit: item.limit, unit: item.unit, ...values },
          },
    )
    const left = cap - used - (tally.claimed.get(item.key) ?? 0)
    fen = paysRest(item) ? Math.min(fen, Math.max(0, left)) : 0
  }
  return { fen, counters, reasons: wanted === 0 ? [] : reasons }
}

/** Splits a subsidy over its funds and holds each part against its fund's pot. */
function fitPots(
  benefit: Reduction,
  wanted: number,
  ofClass: Shares | undefined,
  going: Walk,
): { fen: number; parts: Claim['parts']; reasons: Reason[] } {
  if (benefit.kind === 'discount' || wanted === 0) return { fen: wanted, parts: [], reasons: [] }
  const shares = ofClass ?? benefit.funds ?? (benefit.fund === undefined ? [] : [{ fund: benefit.fund, share: 1 }])
  const fitted = splitByShares(wanted, shares).map(part => ({ fund: part.fund, ...fitPot(benefit, part, going) }))
  const reasons = fitted.flatMap(part => part.reasons)
  if (fitted.some(({ fen }) => fen === null)) return { fen: 0, parts: [], reasons }
  const parts = fitted.flatMap(({ fund, fen }) => (fen === null || fen === 0 ? [] : [{ fund, fen }]))
  return { fen: parts.reduce((sum, { fen }) => sum + fen, 0), parts, reasons }
}

/** Holds one fund's part against what is left in its pot: whole, cut to the rest, or null where the fund pays whole parts only. */
export function fitPot(
  { id }: Pick<Benefit, 'id'>,
  { fund, fen }: { readonly fund: FundId; readonly fen: number },
  { pack, inputs, tally }: Walk,
): { fen: number | null; reasons: Reason[] } {
  const left = figureOf(inputs.pots, fund)
  if (left === undefined || potCounter(pack, fund, inputs.visit.businessDate) === null) return { fen, reasons: [] }
  const taken = (tally.claimedByFund.get(fund) ?? 0) + (tally.earnedByFund.get(fund) ?? 0)
  const leftFen = left - taken
  if (fen <= leftFen) return { fen, reasons: [] }
  const paysRest = pack.funds.find(item => item.id === fund)?.pot?.beyond === 'rest'
  const reasons: Reason[] = [{ code: 'FUND_EXHAUSTED', benefit: id, values: { fund, leftFen } }]
  return { fen: paysRest ? leftFen : null, reasons }
}
