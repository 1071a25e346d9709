import { type Circumstances, judge, judgeAny, type Verdict } from './conditions.ts'
import type { Amount, PlainAmount, Rounding, Words } from './language.ts'

/** An amount in fen (0 or more, not yet held against the running price) with the note of its class, or why there is none. */
export type FoundAmount =
  | { readonly found: true; readonly fen: number; readonly note: Words | undefined }
  | { readonly found: false; readonly verdict: Verdict }

/** Works out an amount. `rounding` is the version's, for amounts that name none of their own. */
export function findAmount(amount: Amount, at: Circumstances, rounding: Rounding): FoundAmount {
  if (amount.kind !== 'classes') return { found: true, fen: plainFen(amount, at, rounding), note: undefined }
  const verdicts: Verdict[] = []
  for (const item of amount.classes) {
    const verdict = judge(item.when, at)
    if (verdict.holds) return { found: true, fen: plainFen(item.amount, at, rounding), note: item.note }
    verdicts.push(verdict)
  }
  return { found: false, verdict: judgeAny(verdicts) }
}

function plainFen(amount: PlainAmount, at: Circumstances, rounding: Rounding): number {
  if (amount.kind === 'fixed') return amount.fen
  const base = amount.of === 'list' ? at.visit.listFen : at.runningFen
  const fen = roundRatio(base * amount.percent, 100, amount.rounding ?? rounding)
  return amount.capFen === undefined ? fen : Math.min(fen, amount.capFen)
}

/** `numerator / denominator` fen (numerator 0 or more) as a multiple of the rounding unit, in integers throughout. */
export function roundRatio(numerator: number, denominator: number, { unitFen, mode }: Rounding): number {
  const divisor = denominator * unitFen
  const rest = numerator % divisor
  const units = (numerator - rest) / divisor
  const up = mode === 'up' ? rest > 0 : mode === 'half-up' && rest * 2 >= divisor
  return (up ? units + 1 : units) * unitFen
}
