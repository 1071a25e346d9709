import type { BusinessDate } from '../business-day.ts'
import { sha256, toBase64Url } from '../bytes.ts'
import { canonicalJson } from '../canonical-json.ts'
import { fen } from '../money.ts'
import { type Debit, potCounter } from './counters.ts'
import type { PolicyPack, PolicyVersion } from './language.ts'
import type { Quote, QuoteInputs } from './quote-form.ts'
import { distinctReasons } from './reasons.ts'
import type { Tally } from './tally.ts'
import { walk } from './walk.ts'

/** The version in force on a business date; null before the first, after the last, and in a gap. */
export function versionInForce(pack: PolicyPack, date: BusinessDate): PolicyVersion | null {
  return pack.versions.find(({ from, to }) => from <= date && (to === undefined || date <= to)) ?? null
}

/** Prices a visit by the version in force on its business date. Pure, in integers, total for a pack from `parsePack` and parsed inputs. */
export function quote(pack: PolicyPack, inputs: QuoteInputs): Quote {
  return quoteUnder(pack, versionInForce(pack, inputs.visit.businessDate), inputs)
}

/** Prices a visit by a stated version, whatever its dates; null = by none. */
export function quoteUnder(pack: PolicyPack, version: PolicyVersion | null, inputs: QuoteInputs): Quote {
  const { visit } = inputs
  const tally = walk(pack, version, inputs)
  if (version === null) tally.reasons.push({ code: 'POLICY_NOT_IN_FORCE', values: { date: visit.businessDate } })
  if (tally.pendingFen > 0) tally.reasons.push({ code: 'CLAIM_PENDING', values: { fen: tally.pendingFen } })
  const rest = {
    pack: pack.id,
    version: version?.id ?? null,
    listFen: fen(visit.listFen),
    discountFen: fen(tally.discountFen),
    subsidies: pack.funds.flatMap(fund => {
      const paid = tally.byFund.get(fund.id)
      return paid === undefined ? [] : [{ fund: fund.id, fen: fen(paid) }]
    }),
    ownPayFen: fen(tally.priceFen),
    operatorFen: fen(tally.operatorFen),
    pendingFen: fen(tally.pendingFen),
    ladder: tally.ladder,
    reasons: distinctReasons(tally.reasons),
    debits: debitsOf(pack, tally, visit.businessDate),
  }
  return { ...rest, digest: toBase64Url(sha256(canonicalJson(rest))) }
}

/** Draws on the person's counters in the version's order, then on the funds' pots, the operator's part included. */
function debitsOf(pack: PolicyPack, tally: Tally, date: BusinessDate): Debit[] {
  const ofPerson = tally.counters.flatMap(({ key, limit, label, unit }): Debit[] => {
    const amount = tally.granted.get(key)
    return amount === undefined ? [] : [{ key, limit, label, unit, amount }]
  })
  const ofPots = pack.funds.flatMap(({ id }): Debit[] => {
    const pot = potCounter(pack, id, date)
    const amount = (tally.byFund.get(id) ?? 0) + (tally.earnedByFund.get(id) ?? 0)
    return pot === null || amount === 0 ? [] : [{ ...pot, unit: 'fen', amount }]
  })
  return [...ofPerson, ...ofPots]
}
