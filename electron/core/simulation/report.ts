import { type Claim, owedKeyOf } from './province-claims.ts'
import type { WorldParameters } from './world.ts'

export interface Refusals {
  home: number
  roaming: number
}

/** How a simulated month went. Percentages of attempts, but for `neverMadeGoodPct`: of accepted claims whose person came again, and those that were due and ended with nothing. */
export interface SimulationReport {
  readonly attempts: number
  readonly grantedFen: number
  /** Given beyond a cap or a pot, by an oracle that knows what was truly given. */
  readonly overspentFen: number
  readonly refusedAtFirstPct: number
  readonly neverMadeGoodPct: number
  readonly openAtEndPct: number
  readonly onlineAsksPer100: number
  /** Refused at first, by why and where. */
  readonly causes: Readonly<Record<string, Readonly<Refusals>>>
  /** Visits at home without a network that anybody who knew all would have subsidised, and how many of them were. */
  readonly homeAlone: { readonly entitled: number; readonly subsidised: number }
  /** Given by records that went with a disk, given by a copied disk and by the one that it was copied from, and given without a right under `bounded`. */
  readonly lostFen: number
  readonly copiedFen: number
  readonly boldFen: number
  /** Copied disks that both sold, and those that were found. */
  readonly copies: { readonly sold: number; readonly found: number }
  readonly params: WorldParameters
}

/** What is counted while a world lives. */
export interface Sums {
  attempts: number
  refused: number
  asks: number
  entitled: number
  subsidised: number
  grantedFen: number
  lostFen: number
  copiedFen: number
  boldFen: number
}

export function reportOf(found: {
  readonly world: WorldParameters
  readonly sums: Sums
  readonly overspentFen: number
  readonly causes: ReadonlyMap<string, Refusals>
  readonly claims: readonly Claim[]
  /** The minutes in which each senior came. */
  readonly comes: ReadonlyMap<number, readonly number[]>
  /** Payouts that were made, by the key of their right. */
  readonly paid: ReadonlySet<string>
  /** Claims that ended with nothing, of which somebody who knows what was given would have paid something. */
  readonly endedWrongly: ReadonlySet<number>
  readonly copies: SimulationReport['copies']
}): SimulationReport {
  const { sums, claims, comes } = found
  const percent = (part: number, whole: number) => (whole === 0 ? 0 : Math.round((part / whole) * 1_000_000) / 10_000)
  const cameAgain = claims.filter(
    ({ state, senior, acceptedAt }) =>
      (state === 'accepted' || state === 'paid') &&
      acceptedAt !== null &&
      comes.get(senior)?.some(at => at > acceptedAt),
  )
  const unpaid = cameAgain.filter(({ sale }) => !found.paid.has(owedKeyOf(sale)))
  const wronged = claims.filter(({ state, sale }) => state === 'nothing-due' && found.endedWrongly.has(sale))
  const open = claims.filter(({ state }) => state === 'open')
  return {
    ...{ attempts: sums.attempts, grantedFen: sums.grantedFen, overspentFen: found.overspentFen },
    refusedAtFirstPct: percent(sums.refused, sums.attempts),
    neverMadeGoodPct: percent(unpaid.length + wronged.length, cameAgain.length + wronged.length),
    openAtEndPct: percent(open.length, sums.attempts),
    onlineAsksPer100: Math.round((sums.asks / Math.max(1, sums.attempts)) * 1000) / 10,
    causes: Object.fromEntries(found.causes),
    homeAlone: { entitled: sums.entitled, subsidised: sums.subsidised },
    ...{ lostFen: sums.lostFen, copiedFen: sums.copiedFen, boldFen: sums.boldFen },
    ...{ copies: found.copies, params: found.world },
  }
}
