import { fen } from '../money.ts'
import { findAmount } from './amounts.ts'
import { type Assessment, assess, type Claim, fitPot } from './assess.ts'
import { type Circumstances, judge, rulesOf } from './conditions.ts'
import { countersFor } from './counters.ts'
import { greatestFen } from './facts.ts'
import type { Benefit, PolicyPack, PolicyVersion } from './language.ts'
import type { QuoteInputs } from './quote-form.ts'
import { drawnWith, isFor, type Tally, type Walk } from './tally.ts'

/** Takes the steps of a version on the list price, in their order, then what the operator earns. `version: null` = no step at all. */
export function walk(pack: PolicyPack, version: PolicyVersion | null, inputs: QuoteInputs): Tally {
  const { person, stranger, visit } = inputs
  const tally: Tally = {
    counters: version === null ? [] : countersFor(version, visit),
    priceFen: visit.listFen,
    entitledFen: visit.listFen,
    discountFen: 0,
    operatorFen: 0,
    pendingFen: 0,
    byFund: new Map(),
    claimedByFund: new Map(),
    earnedByFund: new Map(),
    granted: new Map(),
    claimed: new Map(),
    ladder: [],
    reasons: [],
  }
  if (version === null) return tally
  const rules = rulesOf(pack, version)
  const going: Walk = {
    ...{ pack, version, inputs, tally },
    at: () => ({ person, stranger, visit, rules, runningFen: tally.entitledFen }),
  }
  for (const benefit of version.benefits) takeStep(benefit, going)
  const paid = { person, stranger, visit, rules, runningFen: tally.priceFen }
  for (const benefit of version.benefits) if (benefit.kind === 'operator') earn(benefit, going, paid)
  return tally
}

function takeStep(benefit: Benefit, going: Walk): void {
  switch (benefit.kind) {
    case 'operator':
      return
    case 'surcharge':
      addSurcharge(benefit, going)
      return
    case 'choice':
      choose(benefit, going)
      return
    default:
      settle([assess(benefit, going)], going)
  }
}

function choose(benefit: Extract<Benefit, { kind: 'choice' }>, going: Walk): void {
  const at = going.at()
  if (!isFor(benefit, at)) return
  const verdict = judge(benefit.when, at)
  if (!verdict.holds) {
    going.tally.reasons.push(...verdict.obstacles.map(item => ({ ...item, benefit: benefit.id })))
    return
  }
  const assessed = benefit.options.map(option => assess(option, going))
  const claims = assessed.filter(item => item.claim !== null)
  const best =
    benefit.choose === 'first'
      ? claims[0]
      : claims.reduce<Assessment | undefined>(
          (most, each) => ((each.claim?.fen ?? 0) > (most?.claim?.fen ?? 0) ? each : most),
          undefined,
        )
  // Of options that come after the one taken, nothing is worth telling: the rule never asked for them.
  if (best === undefined) settle(assessed, going)
  else settle(benefit.choose === 'first' ? assessed.slice(0, assessed.indexOf(best) + 1) : [best], going)
}

/** Tells the reasons of all that were assessed, and takes the one claim among them, if there is one. */
function settle(assessed: readonly Assessment[], { tally }: Walk): void {
  tally.reasons.push(...assessed.flatMap(({ reasons }) => reasons))
  for (const { claim } of assessed) if (claim !== null) take(claim, tally)
}

function take({ benefit, fen: amount, parts, counters, proven, note }: Claim, tally: Tally): void {
  tally.entitledFen -= amount
  for (const item of counters) tally.claimed.set(item.key, drawnWith(tally.claimed, item, amount))
  for (const { fund, fen: part } of parts) add(tally.claimedByFund, fund, part)
  if (!proven) {
    tally.pendingFen += amount
    return
  }
  for (const item of counters) tally.granted.set(item.key, drawnWith(tally.granted, item, amount))
  for (const { fund, fen: part } of parts) add(tally.byFund, fund, part)
  if (benefit.kind === 'discount') tally.discountFen += amount
  const words = { title: benefit.title, ...(note === undefined ? {} : { note }) }
  const lines = benefit.kind === 'discount' ? [{ fen: amount }] : parts
  for (const line of lines) {
    tally.priceFen -= line.fen
    const fund = 'fund' in line ? { fund: line.fund } : {}
    tally.ladder.push({
      ...{ kind: benefit.kind, benefit: benefit.id, ...fund, ...words },
      ...{ fen: fen(line.fen), runningFen: fen(tally.priceFen) },
    })
  }
}

function add(sums: Map<string, number>, key: string, amount: number): void {
  sums.set(key, (sums.get(key) ?? 0) + amount)
}

function addSurcharge(benefit: Extract<Benefit, { kind: 'surcharge' }>, { at, version, tally }: Walk): void {
  const now = at()
  if (!isFor(benefit, now) || !judge(benefit.when, now).holds) return
  const found = findAmount(benefit.amount, now, version.rounding)
  if (!found.found) return
  const amount = Math.min(found.fen, greatestFen - Math.max(now.runningFen, tally.priceFen))
  if (amount === 0) return
  const note = found.note ?? benefit.note
  tally.entitledFen += amount
  tally.priceFen += amount
  tally.discountFen -= amount
  tally.ladder.push({
    ...{ kind: 'surcharge', benefit: benefit.id, title: benefit.title, ...(note === undefined ? {} : { note }) },
    ...{ fen: fen(-amount), runningFen: fen(tally.priceFen) },
  })
}

function earn(benefit: Extract<Benefit, { kind: 'operator' }>, going: Walk, at: Circumstances): void {
  const { tally, version, inputs } = going
  if (inputs.unproven?.includes(benefit.fund)) return
  if (tally.byFund.size === 0 || !isFor(benefit, at) || !judge(benefit.when, at).holds) return
  const found = findAmount(benefit.amount, at, version.rounding)
  if (!found.found) return
  const { fen: amount, reasons } = fitPot(benefit, { fund: benefit.fund, fen: found.fen }, going)
  tally.reasons.push(...reasons)
  tally.operatorFen += amount ?? 0
  add(tally.earnedByFund, benefit.fund, amount ?? 0)
}
