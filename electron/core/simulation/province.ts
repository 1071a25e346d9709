import { addDays, type BusinessDate } from '../../../shared/business-day.ts'
import { type Amount, counterOf, left } from '../../../shared/leases/holder.ts'
import {
  type CapOf,
  free,
  grantOf,
  grantTotals,
  type HolderId,
  holderId,
  holderOf,
  leaseAhead,
  noRights,
  outstanding,
  type Rights,
  rightsWithoutPast,
  settleClosed,
  settleDrawn,
  settledOf,
  settlePending,
  settleReleased,
  topUp,
  unsettle,
} from '../../../shared/leases/rights.ts'
import { aheadFor, daysLeft, type LimitCap, recallsFor, reserveOf } from '../../../shared/leases/rules.ts'
import type { Entry, Recall, Word } from './messages.ts'
import type { pricer, SimulatedVisit } from './pricing.ts'
import { dateAt, firstDay, type SimulatedSite } from './world.ts'

interface Claim {
  readonly sale: number
  readonly senior: number
  readonly visit: SimulatedVisit
  readonly acceptedAt: number | null
  readonly subsidyFen: number
  readonly state: 'open' | 'accepted' | 'nothing-due' | 'paid'
}

interface Kept {
  rights: Rights
  home: number | null
  /** Where this senior was last seen away from home: two visits at one place make it the home. */
  elsewhere: number | null
  readonly recalls: Map<HolderId, { close: boolean; amounts: Map<string, Amount> }>
  readonly open: Set<number>
  readonly owed: Map<string, { sale: number; fen: number }>
}

/** The province of a simulation: the rules of `shared/leases` over seniors in memory. `leases` false: nothing is granted ahead. */
export function simulatedProvince(parts: {
  readonly pricing: ReturnType<typeof pricer>
  readonly sites: readonly SimulatedSite[]
  readonly homes: readonly number[]
  readonly leases: boolean
  now(): number
  /** A claim was decided in the senior's favour. */
  accepted(claim: { senior: number; visit: SimulatedVisit; debits: readonly Amount[] }): void
}) {
  const { pricing, sites, leases } = parts
  const kept: Kept[] = parts.homes.map(home => ({
    ...{ rights: noRights, home: leases ? home : null, elsewhere: null },
    ...{ recalls: new Map(), open: new Set(), owed: new Map() },
  }))
  const claims = new Map<number, Claim>()
  const applied = sites.map(() => 0)
  const news: number[][] = sites.map(() => [])
  const refilled: (BusinessDate | null)[] = sites.map(() => null)
  const members = sites.map(() => new Set<number>())
  for (const [senior, { home }] of kept.entries()) if (home !== null) members[home]?.add(senior)
  const heardThrough: (BusinessDate | null)[] = sites.map(() => null)

  const idOf = (site: number) => holderId(String(site), 1)
  const siteOf = (id: HolderId) => Number(id.split('#')[0])
  const caps = new Map(pricing.limits(firstDay).map(item => [item.limit, item]))
  const capOf: CapOf = ({ limit }) => (limit === 'owed' ? 1 : (caps.get(limit)?.cap ?? 0))
  const of = (senior: number): Kept => {
    const found = kept[senior]
    if (found === undefined) throw new Error(`no senior ${senior}`)
    return found
  }
  const tell = (site: number, senior: number) => news[site]?.push(senior)

  function recall(senior: number, wanted: ReadonlyMap<HolderId, readonly Amount[]>): void {
    const { recalls } = of(senior)
    for (const [id, amounts] of wanted) {
      const asked = recalls.get(id) ?? { close: false, amounts: new Map<string, Amount>() }
      for (const item of amounts) asked.amounts.set(item.key, item)
      recalls.set(id, asked)
      tell(siteOf(id), senior)
    }
  }

  /** Decides a claim as far as it can be decided: what others may still have drawn is asked back first. */
  function decide(sale: number): void {
    const claim = claims.get(sale)
    if (claim === undefined || claim.state !== 'open') return
    const senior = of(claim.senior)
    const counters = pricing.counters(claim.visit)
    const used = Object.fromEntries(counters.map(counter => [counter.key, settledOf(senior.rights, counter)]))
    const due = pricing.price(claim.visit, used, 'whole-cap')
    const settled = settlePending(senior.rights, due.debits, capOf)
    if (due.subsidyFen > 0 && settled === null) {
      const wanted = recallsFor(senior.rights, '', due.debits, capOf)
      if (wanted !== null) recall(claim.senior, wanted)
      return
    }
    senior.open.delete(sale)
    if (due.subsidyFen === 0) {
      claims.set(sale, { ...claim, state: 'nothing-due' })
      return
    }
    claims.set(sale, { ...claim, state: 'accepted', acceptedAt: parts.now(), subsidyFen: due.subsidyFen })
    senior.rights = settled ?? senior.rights
    parts.accepted({ senior: claim.senior, visit: claim.visit, debits: due.debits })
    // A right without an end: it waits until the senior comes.
    const key = `owed|9999-12-31/${sale}`
    senior.owed.set(key, { sale, fen: due.subsidyFen })
    if (senior.home !== null) grantOwed(senior, senior.home)
    if (senior.home !== null) tell(senior.home, claim.senior)
  }

  function grantOwed(senior: Kept, site: number): void {
    const wanted = [...senior.owed.keys()].map(key => ({ ...counterOf(key), amount: 1 }))
    senior.rights = topUp(senior.rights, idOf(site), wanted, capOf)
  }

  function seenElsewhere(senior: number, site: number): void {
    const state = of(senior)
    if (!leases || state.home === site) {
      state.elsewhere = null
      return
    }
    if (state.elsewhere !== site) {
      state.elsewhere = site
      return
    }
    const before = state.home
    if (before !== null) {
      members[before]?.delete(senior)
      const asked = state.recalls.get(idOf(before)) ?? { close: true, amounts: new Map<string, Amount>() }
      state.recalls.set(idOf(before), { ...asked, close: true })
      tell(before, senior)
    }
    state.home = site
    state.elsewhere = null
    members[site]?.add(senior)
    refill(senior, site, pricing.limits)
  }

  function refill(senior: number, site: number, limits: (date: BusinessDate) => readonly LimitCap[]): void {
    const state = of(senior)
    const place = sites[site]
    if (!leases || place === undefined || state.home !== site) return
    const date = dateNow()
    const id = idOf(site)
    const heard = Object.keys(state.rights.holders).map(holder => heardThrough[siteOf(holder)] ?? firstDay)
    const since = addDays(
      heard.reduce((least, one) => (one < least ? one : least), date),
      -3,
    )
    state.rights = rightsWithoutPast(state.rights, since)
    state.rights = leaseAhead(state.rights, id, aheadFor(place.leaseClass, date, limits(date)), capOf)
    const long = limits(date).filter(({ period }) => period !== 'meal' && period !== 'day')
    const wanted = pricing
      .counters({ date, meal: 'lunch', listFen: 1000 })
      .filter(({ limit }) => long.some(item => item.limit === limit))
      .map(counter => ({ ...counter, amount: capOf(counter) }))
    state.rights = topUp(state.rights, id, wanted, capOf, counter => {
      const found = caps.get(counter.limit)
      return found === undefined ? 0 : reserveOf(found.period, found.cap, daysLeft(found.period, date))
    })
    // Where another terminal still holds the periods ahead, those of the next days are given as far as they are free.
    if (holderOf(state.rights, id).ahead === null) {
      const next = (['lunch', 'dinner'] as const).flatMap(meal => pricing.counters({ date, meal, listFen: 1000 }))
      state.rights = topUp(
        state.rights,
        id,
        next.map(counter => ({ ...counter, amount: capOf(counter) })),
        capOf,
      )
    }
    grantOwed(state, site)
    tell(site, senior)
  }

  const dateNow = () => dateAt(parts.now())

  function apply(site: number, entry: Entry): void {
    const state = of(entry.senior)
    const id = idOf(site)
    switch (entry.kind) {
      case 'sale': {
        state.rights = settleDrawn(state.rights, id, entry.debits).rights
        for (const { key } of entry.debits) {
          const paid = state.owed.get(key)
          const claim = paid && claims.get(paid.sale)
          if (claim !== undefined) claims.set(claim.sale, { ...claim, state: 'paid' })
          state.owed.delete(key)
        }
        seenElsewhere(entry.senior, site)
        return
      }
      case 'pending':
        if (claims.has(entry.sale)) return
        claims.set(entry.sale, {
          ...{ sale: entry.sale, senior: entry.senior, visit: entry.visit },
          ...{ acceptedAt: null, subsidyFen: 0, state: 'open' },
        })
        state.open.add(entry.sale)
        seenElsewhere(entry.senior, site)
        decide(entry.sale)
        return
      case 'void':
        state.rights = unsettle(state.rights, id, entry.debits, entry.epoch)
        break
      case 'release':
        state.rights = settleReleased(state.rights, id, entry.amounts)
        fulfil(state, id, entry.amounts)
        break
      case 'close':
        state.rights = settleClosed(state.rights, id, entry.epoch)
        state.recalls.delete(id)
        if (state.home !== null && state.home !== site) refill(entry.senior, state.home, pricing.limits)
    }
    for (const sale of [...state.open]) decide(sale)
  }

  function fulfil(state: Kept, id: HolderId, amounts: readonly Amount[]): void {
    const asked = state.recalls.get(id)
    for (const { key } of amounts) asked?.amounts.delete(key)
    if (asked !== undefined && asked.amounts.size === 0 && !asked.close) state.recalls.delete(id)
  }

  return {
    /** Takes a batch of a terminal's ledger that begins at `from`; what it has is passed over, a gap waits. Answers how far it has got. */
    push(site: number, from: number, entries: readonly Entry[], today: BusinessDate): number {
      for (const [place, entry] of entries.entries()) {
        if (from + place !== applied[site]) continue
        apply(site, entry)
        applied[site] = from + place + 1
      }
      heardThrough[site] = today
      return applied[site] ?? 0
    },
    /** What is new for a terminal since its cursor. */
    pull(site: number, cursor: number): { words: Word[]; cursor: number } {
      const today = dateNow()
      if (refilled[site] !== today) {
        refilled[site] = today
        for (const senior of members[site] ?? []) refill(senior, site, pricing.limits)
      }
      const list = news[site] ?? []
      return { words: [...new Set(list.slice(cursor))].map(senior => wordOf(site, senior)), cursor: list.length }
    },
    /** Asks for totals; null where they are not free. `recallNow` reaches the terminals that hold them, where it can. */
    ask(
      site: number,
      senior: number,
      question: { readonly epoch: number; readonly totals: readonly Amount[]; readonly debits: readonly Amount[] },
      recallNow: (site: number, senior: number) => void,
    ): Word {
      const state = of(senior)
      const id = idOf(site)
      const first = grantTotals(state.rights, id, question.epoch, question.totals, capOf)
      if (first !== null) state.rights = first
      else {
        const wanted = recallsFor(state.rights, id, question.debits, capOf)
        if (wanted !== null) {
          recall(senior, wanted)
          for (const holder of wanted.keys()) recallNow(siteOf(holder), senior)
          state.rights = grantTotals(state.rights, id, question.epoch, question.totals, capOf) ?? state.rights
        }
      }
      if ([...state.owed.keys()].some(key => left(holderOf(state.rights, id), counterOf(key)) === 0)) {
        const wanted = [...state.owed.keys()].map(key => ({ ...counterOf(key), amount: 1 }))
        const back = recallsFor(state.rights, id, wanted, capOf)
        if (back !== null) {
          recall(senior, back)
          for (const holder of back.keys()) recallNow(siteOf(holder), senior)
        }
        grantOwed(state, site)
      }
      return wordOf(site, senior)
    },
    wordOf,
    claims,
    problem(): string | null {
      for (const [senior, { rights }] of kept.entries())
        for (const key of Object.keys(rights.settled)) {
          const counter = counterOf(key)
          const out = outstanding(rights, counter)
          if (settledOf(rights, counter) + out + free(rights, counter, capOf) > capOf(counter) && out > 0)
            return `senior ${senior}: ${key} promises more than its cap`
        }
      return null
    },
  }

  function wordOf(site: number, senior: number): Word {
    const state = of(senior)
    const asked = state.recalls.get(idOf(site))
    const recalled: Recall | null = asked ? { close: asked.close, amounts: [...asked.amounts.values()] } : null
    const owed = Object.fromEntries([...state.owed].map(([key, { fen }]) => [key, fen]))
    return { senior, grant: grantOf(state.rights, idOf(site)), recall: recalled, owed }
  }
}
