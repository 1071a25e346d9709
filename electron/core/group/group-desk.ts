import { businessDateOf, type Meal } from '../../../shared/business-day.ts'
import { sha256, toBase64Url } from '../../../shared/bytes.ts'
import type { GroupView } from '../../../shared/group-api.ts'
import { type CheckInId, recordId } from '../../../shared/ids.ts'
import { dueFen } from '../../../shared/payments.ts'
import { maskName } from '../../../shared/person-names.ts'
import type { ProblemCode } from '../../../shared/problems.ts'
import type { Bilingual, Site } from '../../../shared/site.ts'
import type { ConfirmResult, Done, Notice } from '../../../shared/terminal-api.ts'
import type { CheckInState, GroupSum, GroupTender, OpenCheckIn } from '../check-in-state.ts'
import type { Counter, PricedHere } from '../counter.ts'
import { piecesOf, withMore } from '../items.ts'
import type { Priced, Stock } from '../price-visit.ts'
import { isBeyondLimit } from '../proxy-desk.ts'
import type { SaleParts } from '../record-sale.ts'
import type { Shifts } from '../shift.ts'
import type { StaffApi } from '../staff-api.ts'
import type { OpenGroup, OpenGroups } from '../store/open-group.ts'
import { priceInTurn, stockAfter } from './group-price.ts'
import { recordGroup } from './record-group.ts'

/** As many as there are digits to take somebody off by. */
const mostMembers = 9

export interface GroupParts extends SaleParts {
  readonly groups: OpenGroups
  readonly counter: Counter
  readonly shifts: Shifts
  site(): Site | null
  online(): boolean
  atKiosk(): boolean
  /** This till sells through another one, whose ledger has the sales. */
  readonly lane: { readonly joins: boolean }
  /** All of a group is recorded. */
  onGroup(paid: PaidGroup): void
}

/** What the payer paid for, for the paper. */
export interface PaidGroup extends GroupSum {
  readonly at: number
  /** Of the record that names all the sales, like a sale's. */
  readonly number: string
  readonly terminal: string
  readonly meal: Meal
  readonly lines: readonly { readonly name: string | null; readonly set: Bilingual; readonly dueFen: number }[]
  readonly sumFen: number
}

export interface GroupFloor {
  state(): CheckInState
  ready(): void
  inQueue<T>(work: () => Promise<T> | T): Promise<T>
  makesWay(): Promise<boolean>
  changed(): void
  paid(sum: GroupSum, sales: readonly { readonly open: OpenCheckIn; readonly priced: Priced }[]): void
}

export type Paid =
  | { readonly result: 'recorded'; readonly count: number; readonly sumFen: number }
  | { readonly result: 'price-changed' }
  | { readonly result: 'refused'; readonly notice: Notice }

/** Many people, one payer: each is identified and priced as always, then all are recorded at once. */
export interface GroupDesk {
  isOpen(): boolean
  has(open: OpenCheckIn): boolean
  /** Whoever is on the list pays by themselves after all. Call it in the queue. */
  leave(open: OpenCheckIn): void
  /** What the next one is priced by: what is left once those on the list took theirs. */
  stock(stock: Stock): Stock
  /** Puts the check-in on the screen on the list. Call it in the queue. */
  list(open: OpenCheckIn, priced: PricedHere): ConfirmResult
  view(): GroupView | null
  /** What the payer's screen shows of those on the list, the same for whomever it is; null where nobody is. `at` is when the last of them came. */
  sum(): (GroupSum & { readonly at: number }) | null
  start(): Promise<Done>
  end(): Promise<Done>
  takeOff(id: CheckInId): Promise<Done>
  chooseTender(tender: GroupTender): Promise<Done>
  pay(digest: string): Promise<Paid>
}

export function createGroupDesk(parts: GroupParts, floor: GroupFloor): GroupDesk {
  const { groups, counter } = parts
  const done: Done = { result: 'done' }
  const refuse = (code: ProblemCode, values: Notice['values'] = {}): { result: 'refused'; notice: Notice } => ({
    result: 'refused',
    notice: { code, values },
  })
  const opensOf = ({ members }: OpenGroup) => members.map(({ open }) => open)

  function isSame(one: OpenCheckIn, other: OpenCheckIn): boolean {
    if (one.senior !== null) return one.senior === other.senior
    return one.credentialKey !== null && one.credentialKey === other.credentialKey
  }

  const has = (open: OpenCheckIn) => groups.load()?.members.some(one => isSame(one.open, open)) ?? false

  const isEarlier = ({ at }: OpenCheckIn) => businessDateOf(at) !== counter.today()

  function nameOf(open: OpenCheckIn): string | null {
    const senior = counter.seniorOf(open)
    return senior?.kind === 'full' ? maskName(senior.name) : null
  }

  function setOf(open: OpenCheckIn): Bilingual {
    const set = parts.site()?.menu.find(({ id }) => id === open.set)
    return withMore(set?.name ?? { zh: '套餐', en: 'Set' }, piecesOf(open.more))
  }

  function view(): GroupView | null {
    const group = groups.load()
    if (group === null) return null
    const priced = priceInTurn(counter, opensOf(group))
    const members = group.members.map(({ open, shown, changed }, at) => {
      const now = priced[at]?.priced?.priced
      return {
        ...{ checkIn: open.id, name: nameOf(open), guest: open.who === 'guest', set: setOf(open) },
        dueFen: now ? dueFen(group.tender, now.quote.ownPayFen) : 0,
        changed: changed || now?.shown !== shown,
        earlier: isEarlier(open),
      }
    })
    const shown = priced.map(({ priced: here }) => here?.priced.shown ?? '-')
    return {
      ...{ tender: group.tender, members },
      sumFen: members.reduce((sum, one) => sum + one.dueFen, 0),
      digest: toBase64Url(sha256([group.id, group.tender, ...shown].join('\n'))),
    }
  }

  function sum(): (GroupSum & { readonly at: number }) | null {
    const group = groups.load()
    const last = group?.members.at(-1)
    if (!group || !last) return null
    const quotes = priceInTurn(counter, opensOf(group)).flatMap(({ priced }) => priced?.priced.quote ?? [])
    return {
      tender: group.tender,
      listFen: quotes.reduce((all, { listFen }) => all + listFen, 0),
      ownPayFen: quotes.reduce((all, { ownPayFen }) => all + ownPayFen, 0),
      at: last.open.at,
    }
  }

  function change(to: (group: OpenGroup) => OpenGroup | ProblemCode): Promise<Done> {
    return floor.inQueue(() => {
      const group = groups.load()
      if (group === null) return refuse('GROUP_GONE')
      const next = to(group)
      if (typeof next === 'string') return refuse(next)
      groups.keep(next)
      floor.changed()
      return done
    })
  }

  async function payNow(digest: string): Promise<Paid> {
    const group = groups.load()
    const shown = view()
    const whole = sum()
    if (group === null || shown === null) return refuse('GROUP_GONE')
    if (whole === null) return refuse('GROUP_EMPTY')
    if (!(await floor.makesWay())) return refuse('ONE_AT_A_TIME')
    const today = counter.today()
    if (group.members.some(({ open }) => isEarlier(open))) return refuse('GROUP_EARLIER')
    const inTheWay = group.members.map(({ open }) => counter.obstacle(open)).find(one => one !== null)
    if (inTheWay) return { result: 'refused', notice: inTheWay }
    if (group.members.some(({ open }) => counter.isLost(open))) return refuse('CARD_LOST')
    const first = priceInTurn(counter, opensOf(group))
    const shift = parts.shifts.on(today)
    const by = { operator: shift?.operator ?? null, shift: shift?.record ?? null }
    const sales = group.members.flatMap(({ open, shown: seen }, at) => {
      const here = first[at]?.priced
      if (!here) return []
      const { site, meal, businessDate } = here
      const paidBy = { ...open, tender: group.tender, first: null, paid: null }
      return [
        {
          ...{ open: paidBy, ref: counter.refOf(open), shown: seen, site, meal, businessDate, online: parts.online() },
          ...by,
          priced: here.priced,
          price(): Priced {
            const again = counter.price(paidBy, counter.stock)
            return 'code' in again ? here.priced : again.priced
          },
        },
      ]
    })
    const site = parts.site()
    const isSeen = shown.digest === digest && sales.length === group.members.length
    const lines = shown.members.map(({ name, set, dueFen: due }) => ({ name, set, dueFen: due }))
    const outcome =
      site === null || !isSeen
        ? 'changed'
        : await recordGroup(parts, {
            ...{ id: group.id, site, tender: group.tender, ...by, sales, clear: groups.clear },
            price() {
              const prices = priceInTurn(counter, opensOf(group)).flatMap(({ priced }) =>
                priced ? [priced.priced] : [],
              )
              return prices.length === group.members.length ? prices : null
            },
          })
    if (outcome === 'disk-full') return refuse('DISK_FULL')
    if (outcome === 'changed') {
      markChanged(group)
      return { result: 'price-changed' }
    }
    const { tender, listFen, ownPayFen } = whole
    const stored = parts.ledger.byId(group.id)
    const meal = sales.at(-1)?.meal
    if (!stored || !meal) throw new Error('a recorded group is not in the ledger')
    const { record, generation, seq } = stored
    const paper = { at: record.at, number: `${generation}-${seq}`, terminal: record.terminal, meal }
    parts.onGroup({ ...paper, lines, tender, listFen, ownPayFen, sumFen: shown.sumFen })
    floor.paid(
      { tender, listFen, ownPayFen },
      sales.map(({ open, priced }) => ({ open, priced })),
    )
    return { result: 'recorded', count: lines.length, sumFen: shown.sumFen }
  }

  function without(group: OpenGroup, leaves: (open: OpenCheckIn) => boolean): OpenGroup {
    const members = group.members.filter(({ open }) => !leaves(open))
    // What those behind pay may depend on those before: they stand at what it is now.
    const now = priceInTurn(
      counter,
      members.map(({ open }) => open),
    )
    return {
      ...group,
      members: members.map((member, at) => {
        const shown = now[at]?.priced?.priced.shown ?? member.shown
        return { ...member, shown, changed: member.changed || shown !== member.shown }
      }),
    }
  }

  /** What changed stands on the list at its new price, marked, for somebody to look at. */
  function markChanged(group: OpenGroup): void {
    const now = priceInTurn(counter, opensOf(group))
    const members = group.members.map((member, at) => {
      const shown = now[at]?.priced?.priced.shown ?? member.shown
      return { ...member, shown, changed: shown !== member.shown }
    })
    groups.keep({ ...group, members })
    floor.changed()
  }

  return {
    isOpen: () => groups.load() !== null,
    has,
    leave(open) {
      const group = groups.load()
      if (group !== null && has(open)) groups.keep(without(group, one => isSame(one, open)))
    },
    stock(stock) {
      const group = groups.load()
      if (group === null) return stock
      const priced = priceInTurn(counter, opensOf(group))
      return stockAfter(
        stock,
        priced.flatMap(({ open, priced: here }) => (here ? [{ open, priced: here }] : [])),
      )
    },
    list(open, { priced }) {
      const group = groups.load()
      if (group === null) return refuse('GROUP_GONE')
      if (has(open)) return refuse('GROUP_TWICE')
      if (isBeyondLimit(open, priced)) return refuse('PROXY_MAX')
      if (group.members.length >= mostMembers) return refuse('GROUP_FULL')
      // Kept like one that was put aside: it stays in the meal that it came in.
      const listed = { ...open, held: true, parked: true }
      const member = { open: listed, shown: priced.shown, changed: false }
      groups.keep({ ...group, members: [...group.members, member] }, open)
      floor.ready()
      return { result: 'listed' }
    },
    view,
    sum,
    start: () =>
      floor.inQueue(async () => {
        if (parts.atKiosk() || groups.load() !== null) return done
        if (parts.lane.joins) return refuse('GROUP_AT_FIRST')
        const inTheWay = counter.obstacle()
        if (inTheWay) return { result: 'refused', notice: inTheWay }
        // Whoever stands on the screen already is the group's first.
        groups.keep({ id: recordId.parse(parts.clock.mint()), tender: 'cash', members: [] })
        floor.changed()
        return done
      }),
    end: () =>
      floor.inQueue(() => {
        if ((groups.load()?.members.length ?? 0) > 0) return refuse('GROUP_NOT_EMPTY')
        groups.clear()
        floor.changed()
        return done
      }),
    takeOff: id =>
      change(group => {
        const next = without(group, open => open.id === id)
        return next.members.length === group.members.length ? 'CHECK_IN_GONE' : next
      }),
    chooseTender: tender => change(group => ({ ...group, tender })),
    pay: digest => floor.inQueue(() => payNow(digest)),
  }
}

/** The part of the terminal API that is about groups. */
export function createGroupRouter(api: StaffApi['group'], desk: GroupDesk) {
  return {
    start: api.start.handler(() => desk.start()),
    end: api.end.handler(() => desk.end()),
    takeOff: api.takeOff.handler(({ input }) => desk.takeOff(input.checkIn)),
    chooseTender: api.chooseTender.handler(({ input }) => desk.chooseTender(input.tender)),
    pay: api.pay.handler(({ input }) => desk.pay(input.digest)),
  }
}
