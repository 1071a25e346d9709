import { type Meal, meal as mealName } from '../business-day.ts'
import { type Countable, countableOf } from '../countable.ts'
import type { FundId } from '../ids.ts'
import { receivedOf } from '../payment-outcome.ts'
import { givenBack } from '../payments.ts'
import type { LedgerRecord } from '../record.ts'
import { type TenderKind, tenderKind } from '../site.ts'
import type { DayFigures, MealFigures, TenderFigures } from './figures.ts'

/** Gives a record by its id, of whatever day. */
export type FindRecord = (id: string) => LedgerRecord | null

/** Sums up records, each once. A void takes back what its record brought, whatever day that was made. */
export function addUp(records: readonly LedgerRecord[], find: FindRecord): DayFigures {
  const persons = new Map<string, number>()
  const funds: Funds = new Map()
  const refundFunds: Funds = new Map()
  const tenders = new Map<TenderKind, TenderFigures>()
  const meals = new Map<Meal | null, MealSums>()
  const sums = {
    ...{ people: 0, guests: 0, unknown: 0, discounted: 0 },
    ...{ listFen: 0, discountFen: 0, ownPayFen: 0, operatorFen: 0, roundingFen: 0 },
    claims: { count: 0, fen: 0 },
    late: { count: 0, held: 0, ownPayFen: 0 },
    voids: { count: 0, ownPayFen: 0 },
    refunds: { count: 0, ownPayFen: 0 },
    madeGood: { count: 0, fen: 0 },
    overrides: 0,
  }

  function tender(kind: TenderKind): TenderFigures {
    const known = tenders.get(kind) ?? { kind, count: 0, takenFen: 0, voidedFen: 0, refundedFen: 0, madeGoodFen: 0 }
    tenders.set(kind, known)
    return known
  }

  function take(record: LedgerRecord, served: Countable, sign: 1 | -1): void {
    const isGuest = served.means === null
    const isUnknown = !isGuest && served.senior === null
    const subsidyFen = served.subsidies.reduce((sum, { fen }) => sum + fen, 0)
    sums.people += sign
    if (isGuest) sums.guests += sign
    if (isUnknown) sums.unknown += sign
    if (served.discountFen !== 0) sums.discounted += sign
    if (served.senior !== null) persons.set(served.senior, (persons.get(served.senior) ?? 0) + sign)
    sums.listFen += sign * served.listFen
    sums.discountFen += sign * served.discountFen
    sums.ownPayFen += sign * served.ownPayFen
    sums.operatorFen += sign * served.operatorFen
    sums.roundingFen += sign * served.cashRoundingFen
    if (served.claimPending)
      sums.claims = { count: sums.claims.count + sign, fen: sums.claims.fen + sign * served.pendingFen }
    for (const { fund, fen } of served.subsidies) addTo(funds, fund, sign, sign * fen)
    const during = served.meal ?? null
    const at = meals.get(during) ?? { ...noMeal, funds: new Map() }
    for (const { fund, fen } of served.subsidies) addTo(at.funds, fund, sign, sign * fen)
    meals.set(during, {
      funds: at.funds,
      people: at.people + sign,
      guests: at.guests + (isGuest ? sign : 0),
      listFen: at.listFen + sign * served.listFen,
      discountFen: at.discountFen + sign * served.discountFen,
      subsidyFen: at.subsidyFen + sign * subsidyFen,
      ownPayFen: at.ownPayFen + sign * served.ownPayFen,
    })
    if (record.kind === 'late-entry' || record.kind === 'late-visit') {
      sums.late.count += sign
      if (served.held) sums.late.held += sign
      sums.late.ownPayFen += sign * served.ownPayFen
    }
  }

  for (const record of records) {
    const served = countableOf(record)
    if (served) {
      take(record, served, 1)
      for (const { kind, fen } of served.tenders) {
        tender(kind).count += 1
        tender(kind).takenFen += fen
      }
    }
    if (record.kind === 'void') {
      const taken = find(record.payload.of)
      const back = taken && countableOf(taken)
      if (taken === null || !back) continue
      take(taken, back, -1)
      sums.voids = { count: sums.voids.count + 1, ownPayFen: sums.voids.ownPayFen + back.ownPayFen }
      for (const { kind, fen } of back.tenders) tender(kind).voidedFen += fen
    }
    if (record.kind === 'refund') {
      const { subsidies, ownPayFen, of } = record.payload
      const taken = find(of)
      const back = taken && countableOf(taken)
      sums.refunds = { count: sums.refunds.count + 1, ownPayFen: sums.refunds.ownPayFen + ownPayFen }
      for (const { fund, fen } of subsidies) addTo(refundFunds, fund, 1, fen)
      const { tenders: received } = back ? receivedOf(of, back, find) : { tenders: [] }
      for (const { kind, fen } of givenBack(received, ownPayFen)) tender(kind).refundedFen += fen
    }
    if (record.kind === 'made-good') {
      const fen = record.payload.subsidies.reduce((sum, part) => sum + part.fen, 0)
      sums.madeGood = { count: sums.madeGood.count + 1, fen: sums.madeGood.fen + fen }
      // It is handed to the person.
      tender('cash').madeGoodFen += fen
    }
    if (record.kind === 'override') sums.overrides += 1
  }

  return {
    ...sums,
    persons: [...persons.values()].filter(times => times > 0).length,
    subsidies: partsOf(funds),
    refunds: { ...sums.refunds, subsidies: partsOf(refundFunds) },
    tenders: tenderKind.options.flatMap(kind => tenders.get(kind) ?? []),
    meals: [...mealName.options, null].flatMap(meal => {
      const at = meals.get(meal)
      if (at === undefined) return []
      const { funds: paid, ...figures } = at
      return [{ ...figures, meal, subsidies: partsOf(paid) }]
    }),
  }
}

type Funds = Map<FundId, { count: number; fen: number }>
type MealSums = Omit<MealFigures, 'meal' | 'subsidies'> & { readonly funds: Funds }

const noMeal = { people: 0, guests: 0, listFen: 0, discountFen: 0, subsidyFen: 0, ownPayFen: 0 }

function addTo(funds: Funds, fund: FundId, count: number, fen: number): void {
  const known = funds.get(fund) ?? { count: 0, fen: 0 }
  funds.set(fund, { count: known.count + count, fen: known.fen + fen })
}

/** By fund id; a fund all of whose parts were voided is left out, one that a void of an earlier day makes negative is not. */
function partsOf(funds: Funds): { fund: FundId; count: number; fen: number }[] {
  return [...funds]
    .filter(([, { count, fen }]) => count !== 0 || fen !== 0)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([fund, part]) => ({ fund, ...part }))
}
