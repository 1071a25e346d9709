import { businessMinuteOf, clockTime } from '../../../shared/business-day.ts'
import { fromBase64Url } from '../../../shared/bytes.ts'
import type { Means } from '../../../shared/credential.ts'
import { dueFen, type PayBy } from '../../../shared/payments.ts'
import { proofOf } from '../../../shared/round/proof.ts'
import { saleIdOf } from '../../../shared/round/record-ids.ts'
import type { StopResult } from '../../../shared/round/result.ts'
import type { TillRound, TillStop } from '../../../shared/round/round.ts'
import type { FullSenior, ThinSenior } from '../../../shared/senior.ts'
import type { OpenCheckIn } from '../check-in-state.ts'

export type Handed = Extract<StopResult, { outcome: 'handed' }>

/** True where what was shown at the door is this senior's own, null where there is nothing to compare it with. */
export function proofHolds(
  round: Pick<TillRound, 'key'>,
  stop: TillStop,
  { proof }: Handed,
  senior: FullSenior | ThinSenior | null,
): boolean | null {
  if (proof === null || proof.kind === 'signature') return null
  const key = fromBase64Url(round.key)
  const shown = { code: [stop.senior], card: senior?.cards ?? [], 'hand-code': [stop.handCode] }[proof.kind]
  return shown.some(one => proofOf(key, proof.kind, stop.stop, one) === proof.hash)
}

/** What was taken of the own part, and what the site bears of the price: nobody is asked for anything afterwards (fen). */
export interface StopMoney {
  readonly collectedFen: number
  readonly carriedFen: number
  readonly payBy: PayBy
}

/**
 * How the own payment of a meal that was brought is made: what was told and taken at the door, or told and on the card account, and never more.
 * @param ownPayFen as the rules and rights of now make it
 */
export function moneyOf(
  { pays, toldFen }: Pick<TillStop, 'pays' | 'toldFen'>,
  { collected }: Pick<Handed, 'collected'>,
  ownPayFen: number,
): StopMoney {
  const collectedFen = pays === 'cash' && collected ? dueFen('cash', toldFen) : 0
  const mostFen = pays === 'cash' ? collectedFen : toldFen
  const takenFen = Math.min(dueFen(pays, ownPayFen), mostFen)
  // The fen that cash is rounded by are no part of it.
  const restFen = takenFen === dueFen(pays, ownPayFen) ? 0 : ownPayFen - takenFen
  const payBy: PayBy =
    restFen === 0
      ? { tender: pays, first: null }
      : { tender: 'agreement', first: takenFen === 0 ? null : { kind: pays, fen: takenFen } }
  return { collectedFen, carriedFen: restFen, payBy }
}

const meansOf = (proof: Handed['proof'], holds: boolean | null): Means =>
  holds === true && (proof?.kind === 'code' || proof?.kind === 'card') ? proof.kind : 'manual'

/** The check-in that a handed stop stands for, under the one number that a sale of this stop can have. */
export function checkInOf(
  round: TillRound,
  stop: TillStop,
  result: Handed,
  about: { holds: boolean | null; payBy: PayBy; atListPrice: boolean },
): OpenCheckIn {
  const more = stop.more.map(line => ({ ...line, openFen: null }))
  const another = stop.portions > 1 ? [{ set: stop.set, quantity: stop.portions - 1, openFen: null }] : []
  return {
    ...{ id: saleIdOf(round, stop.stop), at: result.at * 1000, who: 'senior', senior: stop.senior },
    ...{ means: meansOf(result.proof, about.holds), assurance: 'presented', codeKind: null },
    ...{ credentialKey: null, tail: null, device: null, face: null, proxy: null },
    ...{ set: stop.set, more: [...another, ...more], channel: 'delivery', ...about.payBy, paid: null },
    ...{ held: true, parked: true, atListPrice: about.atListPrice },
  }
}

/** The minute at which it was handed over, as the rules see it. */
export const handedAt = ({ at }: StopResult) => clockTime(businessMinuteOf(at * 1000))
