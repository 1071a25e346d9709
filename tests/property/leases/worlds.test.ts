import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { businessDate } from '../../../shared/business-day.ts'
import {
  type Amount,
  closed,
  counterOf,
  drawn,
  emptyHolder,
  type Grant,
  givenBack,
  type Holder,
  left,
  lineOf,
  released,
  withGrant,
} from '../../../shared/leases/holder.ts'
import {
  type CapOf,
  free,
  grantOf,
  grantUpTo,
  holderId,
  holderOf,
  leaseAhead,
  noRights,
  outstanding,
  type Rights,
  settleClosed,
  settleDrawn,
  settlePending,
  settleReleased,
  topUp,
  unsettle,
} from '../../../shared/leases/rights.ts'
import { runs } from '../../support/property-runs.ts'

const days = ['2026-11-28', '2026-11-29', '2026-12-01'].map(date => businessDate.parse(date))
const keysOf = (place: number) => {
  const date = days[place % days.length] ?? '2026-11-28'
  return [`meals|${date}/lunch`, `spend|${date.slice(0, 7)}`]
}
const keys = [...new Set(days.flatMap((_, place) => keysOf(place)))]
const counters = keys.map(counterOf)

type Entry =
  | { readonly kind: 'draw' | 'release' | 'pending'; readonly amounts: readonly Amount[] }
  | { readonly kind: 'void'; readonly amounts: readonly Amount[]; readonly epoch: number }
  | { readonly kind: 'close'; readonly epoch: number }

interface Terminal {
  held: Holder
  readonly ledger: Entry[]
  /** Sales that may still be voided. */
  readonly sales: { amounts: readonly Amount[]; epoch: number }[]
  applied: number
}

type Steps = readonly (readonly [
  name:
    | 'ahead'
    | 'topUp'
    | 'ask'
    | 'hear'
    | 'keep'
    | 'lose'
    | 'draw'
    | 'void'
    | 'release'
    | 'close'
    | 'pending'
    | 'push',
  place: number,
  amount: number,
])[]

/** Five counters of one senior, three terminals of which one at a time may be the home, and a network that loses, doubles, delays and reorders every message. */
function world(caps: { readonly meals: number; readonly spend: number }) {
  const capOf: CapOf = ({ limit }) => (limit === 'meals' ? caps.meals : caps.spend)
  let kept: Rights = noRights
  const terminals: readonly Terminal[] = [0, 1, 2].map(() => ({
    held: emptyHolder,
    ledger: [],
    sales: [],
    applied: 0,
  }))
  const inTheAir: { to: number; grant: Grant }[] = []
  const given = new Map<string, number>()
  let beyond = 0

  const terminalAt = (place: number) => terminals[place % 3] ?? terminals[0]
  const id = (place: number) => holderId(`t${place % 3}`, 1)
  const tell = (place: number) => inTheAir.push({ to: place, grant: grantOf(kept, id(place)) })
  const give = (amounts: readonly Amount[], sign: 1 | -1) => {
    for (const { key, amount } of amounts) given.set(key, (given.get(key) ?? 0) + sign * amount)
  }
  /** What a visit on a day takes: one meal and some money. */
  const visit = (place: number, amount: number): Amount[] =>
    keysOf(place).map((key, which) => ({ ...counterOf(key), amount: which === 0 ? 1 : amount + 1 }))

  /** Applies an entry where it is the next; any other was applied before, or is too early. */
  function apply(place: number, seq: number): void {
    const terminal = terminalAt(place)
    const entry = terminal?.ledger[seq]
    if (terminal === undefined || entry === undefined || seq !== terminal.applied) return
    terminal.applied++
    switch (entry.kind) {
      case 'draw': {
        const settled = settleDrawn(kept, id(place), entry.amounts)
        kept = settled.rights
        beyond += settled.beyond.length
        return
      }
      case 'pending': {
        const settled = settlePending(kept, entry.amounts, capOf)
        if (settled !== null) give(entry.amounts, 1)
        kept = settled ?? kept
        return
      }
      case 'void':
        kept = unsettle(kept, id(place), entry.amounts, entry.epoch)
        return
      case 'release':
        kept = settleReleased(kept, id(place), entry.amounts)
        return
      case 'close':
        kept = settleClosed(kept, id(place), entry.epoch)
    }
  }

  function step(name: Steps[number][0], place: number, amount: number): void {
    const terminal = terminalAt(place)
    if (terminal === undefined) return
    switch (name) {
      case 'ahead': {
        const through = days[amount % days.length]
        const each = { meals: caps.meals, spend: Math.max(0, caps.spend - (amount % 3)) }
        if (through) kept = leaseAhead(kept, id(place), { through, each }, capOf)
        tell(place)
        return
      }
      case 'topUp':
        kept = topUp(kept, id(place), visit(amount, amount), capOf, () => amount % 2)
        tell(place)
        return
      case 'ask': {
        const totals = visit(amount, amount).map(item => ({
          ...item,
          amount: lineOf(terminal.held, item).granted + item.amount,
        }))
        kept = grantUpTo(kept, id(place), terminal.held.epoch, totals, capOf)
        tell(place)
        return
      }
      case 'hear':
      case 'keep':
      case 'lose': {
        if (inTheAir.length === 0) return
        const which = amount % inTheAir.length
        const message = inTheAir[which]
        const to = message && terminalAt(message.to)
        if (to && name !== 'lose') to.held = withGrant(to.held, message.grant)
        if (name !== 'keep') inTheAir.splice(which, 1)
        return
      }
      case 'draw': {
        const amounts = visit(amount, amount % 4)
        const next = drawn(terminal.held, amounts)
        if (next === null) return
        terminal.held = next
        terminal.ledger.push({ kind: 'draw', amounts })
        terminal.sales.push({ amounts, epoch: next.epoch })
        give(amounts, 1)
        return
      }
      case 'pending':
        terminal.ledger.push({ kind: 'pending', amounts: visit(amount, amount % 4) })
        return
      case 'void': {
        const [sale] = terminal.sales.splice(amount % Math.max(1, terminal.sales.length), 1)
        if (sale === undefined) return
        terminal.held = givenBack(terminal.held, sale.amounts, sale.epoch)
        terminal.ledger.push({ kind: 'void', ...sale })
        give(sale.amounts, -1)
        return
      }
      case 'release': {
        const handed = released(terminal.held, visit(amount, amount))
        terminal.held = handed.holder
        terminal.ledger.push({ kind: 'release', amounts: handed.amounts })
        return
      }
      case 'close':
        terminal.ledger.push({ kind: 'close', epoch: terminal.held.epoch })
        terminal.held = closed(terminal.held)
        return
      case 'push':
        // A batch that begins anywhere: what the province has is passed over, and what has a gap before it waits.
        for (let seq = amount % (terminal.ledger.length + 1); seq < terminal.ledger.length; seq++) apply(place, seq)
        return
    }
  }

  return {
    step,
    heal() {
      for (const [place, { ledger }] of terminals.entries()) for (const seq of ledger.keys()) apply(place, seq)
    },
    problem(): string | null {
      if (beyond > 0) return 'a draw that no right stood behind'
      for (const counter of counters) {
        const cap = capOf(counter)
        if ((given.get(counter.key) ?? 0) > cap) return `${counter.key} gave more than its cap`
        const promised = (kept.settled[counter.key] ?? 0) + outstanding(kept, counter) + free(kept, counter, capOf)
        if (promised > cap) return `${counter.key} promises more than its cap`
        if (terminals.some(({ held }) => left(held, counter) < 0)) return `${counter.key} is overdrawn at a terminal`
        const more = terminals.some(
          ({ held }, place) =>
            held.epoch === holderOf(kept, id(place)).epoch &&
            lineOf(held, counter).granted > lineOf(holderOf(kept, id(place)), counter).granted,
        )
        if (more) return `${counter.key} stands higher at a terminal than it was granted`
      }
      return null
    },
    difference(): string | null {
      for (const { key } of counters)
        if ((kept.settled[key] ?? 0) !== (given.get(key) ?? 0)) return `${key} settled other than it was given`
      for (const [place, { held }] of terminals.entries()) {
        const there = holderOf(kept, id(place))
        if (there.epoch !== held.epoch) return `terminal ${place} and the province hold different epochs`
        for (const counter of counters) {
          const [here, kept] = [lineOf(held, counter), lineOf(there, counter)]
          if (here.used !== kept.used || here.released !== kept.released) return `${counter.key} differs at ${place}`
        }
      }
      return null
    },
  }
}

const name = fc.constantFrom<Steps[number][0]>(
  ...(['ahead', 'topUp', 'ask', 'hear', 'hear', 'keep', 'lose', 'draw', 'draw', 'draw', 'void'] as const),
  ...(['release', 'close', 'pending', 'push', 'push'] as const),
)
const steps: fc.Arbitrary<Steps> = fc.array(fc.tuple(name, fc.nat(2), fc.nat(12)), { maxLength: 150, size: 'max' })
const caps = fc.record({ meals: fc.integer({ min: 0, max: 2 }), spend: fc.integer({ min: 0, max: 12 }) })

describe('the counters of one senior among three terminals and a bad network', () => {
  test('never give more than the cap, nor promise more than is left of it, after any step', () => {
    fc.assert(
      fc.property(caps, steps, (cap, taken) => {
        const { step, problem } = world(cap)
        for (const one of taken) {
          step(...one)
          const found = problem()
          if (found !== null) expect.fail(found)
        }
      }),
      runs(600),
    )
  })

  test('settle to the sales less the voids once every record has arrived, and both sides hold the same', () => {
    fc.assert(
      fc.property(caps, steps, (cap, taken) => {
        const { step, heal, difference } = world(cap)
        for (const one of taken) step(...one)
        heal()
        expect(difference()).toBeNull()
      }),
      runs(600),
    )
  })
})
