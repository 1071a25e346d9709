import { z } from 'zod'
import type { BusinessDate } from '../business-day.ts'
import { sha256, toBase64Url } from '../bytes.ts'
import { canonicalJson } from '../canonical-json.ts'
import { fundId } from '../ids.ts'
import { fen } from '../money.ts'
import { findAmount } from './amounts.ts'
import { type Circumstances, judge, judgeAll } from './conditions.ts'
import { type Counter, countersFor, type Debit, debit, resumesOn } from './counters.ts'
import { personFacts, visitFacts } from './facts.ts'
import { type Benefit, type PolicyPack, type PolicyVersion, words } from './language.ts'
import { distinctReasons, type Reason, type ReasonCode, reason } from './reasons.ts'

const amountByCounter = z.record(z.string(), z.int().min(0))

/**
 * Everything a quote depends on beside the pack. `person: null` is a guest or a stranger. `used` and `rights` are keyed by counter
 * (see `countersFor`), an absent key is 0; `rights` is what this terminal may still debit, `'whole-cap'` = all that the cap leaves.
 */
export const quoteInputs = z.strictObject({
  person: personFacts.nullable(),
  visit: visitFacts,
  used: amountByCounter,
  rights: z.union([z.literal('whole-cap'), amountByCounter]),
})
export type QuoteInputs = z.infer<typeof quoteInputs>

const anyFen = z.int().transform(fen)
const noDebt = z.int().min(0).transform(fen)

/** One step that changed the price: `fen` is what it took off (negative for a surcharge), `runningFen` the price after it. */
export const ladderStep = z.strictObject({
  kind: z.enum(['discount', 'subsidy', 'surcharge']),
  benefit: z.string(),
  fund: fundId.optional(),
  title: words,
  note: words.optional(),
  fen: anyFen,
  runningFen: noDebt,
})
export type LadderStep = z.infer<typeof ladderStep>

/**
 * A price with its whole explanation. `discountFen + sum(subsidies) + ownPayFen = listFen`; `discountFen` is negative for a surcharge.
 * `subsidies` stand in the pack's order of funds, zeros left out. `pendingFen` is what limits allow but this terminal's rights do not
 * prove. `digest` is base64url SHA-256 of the canonical JSON of all the rest. `version: null` = no version was in force.
 */
export const quoteResult = z.strictObject({
  pack: z.string(),
  version: z.string().nullable(),
  listFen: noDebt,
  discountFen: anyFen,
  subsidies: z.array(z.strictObject({ fund: fundId, fen: noDebt })),
  ownPayFen: noDebt,
  operatorFen: noDebt,
  pendingFen: noDebt,
  ladder: z.array(ladderStep),
  reasons: z.array(reason),
  debits: z.array(debit),
  digest: z.string(),
})
export type Quote = z.infer<typeof quoteResult>

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
  const tally = startTally(version, inputs)
  if (version === null) {
    tally.reasons.push({ code: 'POLICY_NOT_IN_FORCE', values: { date: inputs.visit.businessDate } })
  } else {
    const at = { person: inputs.person, visit: inputs.visit, calendar: pack.calendar }
    for (const benefit of version.benefits)
      if (benefit.kind !== 'operator') takeStep(benefit, version, { ...at, runningFen: tally.entitledFen }, tally)
    for (const benefit of version.benefits)
      if (benefit.kind === 'operator') earn(benefit, version, { ...at, runningFen: tally.priceFen }, tally)
  }
  if (tally.pendingFen > 0) tally.reasons.push({ code: 'CLAIM_PENDING', values: { fen: tally.pendingFen } })
  const rest = {
    pack: pack.id,
    version: version?.id ?? null,
    listFen: fen(inputs.visit.listFen),
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
    debits: tally.counters.flatMap(({ key, limit, label, unit }): Debit[] => {
      const amount = tally.granted.get(key)
      return amount === undefined ? [] : [{ key, limit, label, unit, amount }]
    }),
  }
  return { ...rest, digest: toBase64Url(sha256(canonicalJson(rest))) }
}

/**
 * The state of the walk down the steps. Amounts are worked out on `entitledFen`, the price as if every right were proven, so that a
 * pending claim, once settled, brings exactly the price that a proven one would have brought.
 */
type Tally = {
  readonly inputs: QuoteInputs
  readonly counters: readonly Counter[]
  priceFen: number
  entitledFen: number
  discountFen: number
  operatorFen: number
  pendingFen: number
  readonly byFund: Map<string, number>
  /** Draws on counters by key: those granted, and those granted or pending. */
  readonly granted: Map<string, number>
  readonly claimed: Map<string, number>
  readonly ladder: LadderStep[]
  readonly reasons: Reason[]
}

function startTally(version: PolicyVersion | null, inputs: QuoteInputs): Tally {
  return {
    inputs,
    counters: version === null ? [] : countersFor(version, inputs.visit),
    priceFen: inputs.visit.listFen,
    entitledFen: inputs.visit.listFen,
    discountFen: 0,
    operatorFen: 0,
    pendingFen: 0,
    byFund: new Map(),
    granted: new Map(),
    claimed: new Map(),
    ladder: [],
    reasons: [],
  }
}

function takeStep(
  benefit: Exclude<Benefit, { kind: 'operator' }>,
  version: PolicyVersion,
  at: Circumstances,
  tally: Tally,
): void {
  if (!isFor(benefit, at)) return
  const listing = benefit.kind !== 'subsidy' || at.visit.site.listed ? judge(undefined, at) : suspended
  const found = findAmount(benefit.amount, at, version.rounding)
  const verdict = judgeAll([judge(benefit.when, at), listing, ...(found.found ? [] : [found.verdict])])
  if (!verdict.holds) {
    if (benefit.kind !== 'surcharge')
      tally.reasons.push(...verdict.obstacles.map(item => ({ ...item, benefit: benefit.id })))
    return
  }
  if (!found.found || found.fen === 0) return
  const note = found.note ?? benefit.note
  const words = { title: benefit.title, ...(note === undefined ? {} : { note }) }
  if (benefit.kind === 'surcharge') {
    tally.entitledFen += found.fen
    tally.priceFen += found.fen
    tally.discountFen -= found.fen
    tally.ladder.push({
      kind: 'surcharge',
      benefit: benefit.id,
      ...words,
      fen: fen(-found.fen),
      runningFen: fen(tally.priceFen),
    })
    return
  }
  const amount = Math.min(found.fen, tally.entitledFen)
  if (amount === 0) return
  const drawn = draw(benefit.id, benefit.limits ?? [], amount, tally)
  if (drawn === 'over') return
  tally.entitledFen -= amount
  if (drawn === 'pending') {
    tally.pendingFen += amount
    return
  }
  tally.priceFen -= amount
  const fund = benefit.kind === 'subsidy' ? { fund: benefit.fund } : {}
  if (benefit.kind === 'subsidy') tally.byFund.set(benefit.fund, (tally.byFund.get(benefit.fund) ?? 0) + amount)
  else tally.discountFen += amount
  tally.ladder.push({
    kind: benefit.kind,
    benefit: benefit.id,
    ...fund,
    ...words,
    fen: fen(amount),
    runningFen: fen(tally.priceFen),
  })
}

const suspended = { holds: false, obstacles: [{ code: 'SITE_SUSPENDED', values: {} }] } as const

function isFor(benefit: Benefit, { person }: Circumstances): boolean {
  const whom = benefit.for ?? 'person'
  return whom === 'anyone' || (whom === 'guest') === (person === null)
}

function earn(benefit: Benefit, version: PolicyVersion, at: Circumstances, tally: Tally): void {
  if (tally.byFund.size === 0 || !isFor(benefit, at) || !judge(benefit.when, at).holds) return
  const found = findAmount(benefit.amount, at, version.rounding)
  if (found.found) tally.operatorFen += found.fen
}

const limitCodes: Record<Counter['period'], ReasonCode> = {
  meal: 'LIMIT_MEAL',
  day: 'LIMIT_DAY',
  week: 'LIMIT_WEEK',
  month: 'LIMIT_MONTH',
  year: 'LIMIT_YEAR',
}

/** Draws a benefit's amount on all its limits or on none. A visit counts once on a count limit, however many benefits share it. */
function draw(
  benefit: string,
  limits: readonly string[],
  amount: number,
  tally: Tally,
): 'granted' | 'pending' | 'over' {
  const { used, rights, visit } = tally.inputs
  const counters = tally.counters.filter(item => limits.includes(item.limit))
  const after = (drawn: Map<string, number>, { key, unit }: Counter) =>
    unit === 'count' ? 1 : (drawn.get(key) ?? 0) + amount
  const over = counters.filter(item => (used[item.key] ?? 0) + after(tally.claimed, item) > item.cap)
  for (const item of over) {
    const resumes = resumesOn(item.period, visit.businessDate)
    const values = { limit: item.limit, unit: item.unit, cap: item.cap, used: used[item.key] ?? 0 }
    tally.reasons.push({
      code: limitCodes[item.period],
      benefit,
      values: resumes === null ? values : { ...values, resumes },
    })
  }
  if (over.length > 0) return 'over'
  const proven = rights === 'whole-cap' || counters.every(item => after(tally.granted, item) <= (rights[item.key] ?? 0))
  for (const item of counters) {
    if (proven) tally.granted.set(item.key, after(tally.granted, item))
    tally.claimed.set(item.key, after(tally.claimed, item))
  }
  return proven ? 'granted' : 'pending'
}
