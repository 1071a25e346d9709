import { addDays, type BusinessDate, type Meal, meal } from '../../shared/business-day.ts'
import { recordId } from '../../shared/ids.ts'
import { countersFor, resumesOn } from '../../shared/policy/counters.ts'
import type { VisitFacts } from '../../shared/policy/facts.ts'
import { versionInForce } from '../../shared/policy/quote.ts'
import type { Clock } from './clock.ts'
import type { Ledger } from './store/ledger.ts'
import type { HeldPolicy } from './store/policies.ts'
import type { Usage } from './store/usage.ts'

function nextMeal(visit: { businessDate: BusinessDate; meal: Meal }): { businessDate: BusinessDate; meal: Meal } {
  const next = meal.options[meal.options.indexOf(visit.meal) + 1]
  return next ? { ...visit, meal: next } : { businessDate: addDays(visit.businessDate, 1), meal: 'breakfast' }
}

/**
 * Until leases are negotiated, the home terminal holds the whole cap of the current and the next period of every counter, as one
 * grant for all members of its site: a right-change record, written before the first sale that draws on it. Call inside the ledger's turn.
 */
export async function holdHomeGrant(
  parts: { ledger: Ledger; usage: Usage; clock: Clock },
  policy: HeldPolicy,
  visit: VisitFacts,
): Promise<void> {
  const version = versionInForce(policy.pack, visit.businessDate)
  if (!version) return
  const now = countersFor(version, visit)
  const missing = new Set(parts.usage.withoutGrant(now.map(counter => counter.key)))
  if (missing.size === 0) return
  const next = now.flatMap(counter => {
    const later =
      counter.period === 'meal' && visit.meal
        ? nextMeal({ businessDate: visit.businessDate, meal: visit.meal })
        : { businessDate: resumesOn(counter.period, visit.businessDate) ?? visit.businessDate, meal: visit.meal }
    const facts = { ...visit, businessDate: later.businessDate, ...(later.meal ? { meal: later.meal } : {}) }
    return countersFor(version, facts).filter(other => other.limit === counter.limit)
  })
  const all = new Map([...now, ...next].map(counter => [counter.key, counter]))
  const fresh = parts.usage.withoutGrant([...all.keys()])
  const granted = fresh.flatMap(key => all.get(key) ?? [])
  const id = recordId.parse(parts.clock.mint())
  await parts.ledger.append(
    {
      kind: 'right-change',
      id,
      at: parts.clock.now(),
      payload: {
        change: 'grant',
        senior: null,
        policy: { pack: policy.pack.id, version: version.id, hash: policy.hash },
        entries: granted.map(({ limit, label, unit, cap }) => ({ limit, label, unit, amount: cap })),
        epoch: 1,
        grant: null,
      },
    },
    {
      also() {
        for (const counter of granted) parts.usage.grant(counter.key, counter.cap, id)
        return true
      },
    },
  )
}
