import { type Circumstances, judge, judgeAny, type Verdict } from './conditions.ts'
import type { Amount, ClassAmount, PlainAmount, Rounding, Shares, Words } from './language.ts'

/** An amount in fen (0 or more, not yet held against the running price) with the note and funds of its class, or why there is none. */
export type FoundAmount =
  | { readonly found: true; readonly fen: number; readonly note: Words | undefined; readonly funds: Shares | undefined }
  | { readonly found: false; readonly verdict: Verdict }

/** Works out an amount. `rounding` is the version's, for amounts that name none of their own. */
export function findAmount(amount: Amount, at: Circumstances, rounding: Rounding): FoundAmount {
  return amount.kind === 'classes'
    ? findClass(amount, at, rounding)
    : { found: true, fen: plainFen(amount, at, rounding), note: undefined, funds: undefined }
}

function findClass({ classes, choose = 'first' }: ClassAmount, at: Circumstances, rounding: Rounding): FoundAmount {
  const verdicts: Verdict[] = []
  const holding: Extract<FoundAmount, { found: true }>[] = []
  for (const item of classes) {
    const verdict = judge(item.when, at)
    const inner = verdict.holds ? findAmount(item.amount, at, rounding) : { found: false as const, verdict }
    if (!inner.found) verdicts.push(inner.verdict)
    else {
      holding.push({ ...inner, note: inner.note ?? item.note, funds: inner.funds ?? item.funds })
      if (choose === 'first') break
    }
  }
  const [first] = holding
  if (first === undefined) return { found: false, verdict: judgeAny(verdicts) }
  if (choose === 'sum') return { ...first, fen: holding.reduce((sum, { fen }) => sum + fen, 0) }
  return holding.reduce((best, each) => (each.fen > best.fen ? each : best))
}

function plainFen(amount: PlainAmount, at: Circumstances, rounding: Rounding): number {
  switch (amount.kind) {
    case 'fixed':
      return amount.fen
    case 'price':
      return Math.min(Math.max(at.runningFen - amount.fen, 0), amount.capFen ?? at.runningFen)
    case 'percent':
      return partFen(amount, amount.percent, 100, at, rounding)
    case 'fraction':
      return partFen(amount, amount.numerator, amount.denominator, at, rounding)
    case 'price-percent': {
      const base = amount.of === 'list' ? at.visit.listFen : at.runningFen
      const price = roundRatio(base * amount.percent, 100, amount.rounding ?? rounding)
      return Math.min(Math.max(at.runningFen - price, 0), amount.capFen ?? at.runningFen)
    }
  }
}

function partFen(
  { of, capFen, rounding }: Extract<PlainAmount, { of: unknown }>,
  numerator: number,
  denominator: number,
  at: Circumstances,
  versionRounding: Rounding,
): number {
  const base = of === 'list' ? at.visit.listFen : at.runningFen
  const fen = roundRatio(base * numerator, denominator, rounding ?? versionRounding)
  return capFen === undefined ? fen : Math.min(fen, capFen)
}

/** `numerator / denominator` fen (numerator 0 or more) as a multiple of the rounding unit, in integers throughout. */
export function roundRatio(numerator: number, denominator: number, { unitFen, mode }: Rounding): number {
  const divisor = denominator * unitFen
  const rest = numerator % divisor
  const units = (numerator - rest) / divisor
  const up = mode === 'up' ? rest > 0 : mode === 'half-up' && rest * 2 >= divisor
  return (up ? units + 1 : units) * unitFen
}

/** Splits fen over funds by their shares: whole parts first, then one fen each to the largest remainders, the first of equals first. */
export function splitByShares(
  fen: number,
  shares: Shares,
): { readonly fund: Shares[number]['fund']; readonly fen: number }[] {
  const whole = shares.reduce((sum, { share }) => sum + share, 0)
  const parts = shares.map(({ fund, share }, place) => {
    const rest = (fen * share) % whole
    return { fund, fen: (fen * share - rest) / whole, rest, place }
  })
  const left = fen - parts.reduce((sum, part) => sum + part.fen, 0)
  // Sorting keeps the order of equals.
  const favoured = new Set(
    [...parts]
      .sort((one, other) => other.rest - one.rest)
      .slice(0, left)
      .map(({ place }) => place),
  )
  return parts.map(({ fund, fen: floor, place }) => ({ fund, fen: favoured.has(place) ? floor + 1 : floor }))
}
