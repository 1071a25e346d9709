import type { Countable } from './countable.ts'

/** What a refund gives back of a record, in fen: to each fund what it paid, to the senior what they paid. */
export interface GivenBack {
  readonly subsidies: Countable['subsidies']
  readonly ownPayFen: number
}

/**
 * The whole of a record's money, as a `refund` states it (docs/record-format.md). What was rounded off a cash payment the senior never paid,
 * so it does not go back to them: the site bore it, and bears it no longer.
 */
export function refundOf({
  subsidies,
  ownPayFen,
  cashRoundingFen,
}: Pick<Countable, 'subsidies' | 'ownPayFen' | 'cashRoundingFen'>): GivenBack {
  return {
    subsidies: subsidies.filter(({ fen }) => fen > 0),
    ownPayFen: Math.max(0, ownPayFen - cashRoundingFen),
  }
}
