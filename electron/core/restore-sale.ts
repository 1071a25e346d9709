import { checkInId, type RecordId } from '../../shared/ids.ts'
import type { ProblemCode } from '../../shared/problems.ts'
import type { ConfirmResult, Done, PricedView } from '../../shared/terminal-api.ts'
import type { CheckInState, OpenCheckIn } from './check-in-state.ts'
import type { Clock } from './clock.ts'
import type { Priced } from './price-visit.ts'

/** How long (ms) an undo can itself be undone: the screen offers it for 5 s, and a slow machine may ask a little later. */
const restorable = 15_000
/** More sales than staff see, and can undo. */
const mostKept = 8

export interface RestoreFloor {
  readonly clock: Clock
  state(): CheckInState
  inQueue<T>(work: () => Promise<T> | T): Promise<T>
  makesWay(): Promise<boolean>
  arrive(open: OpenCheckIn): Promise<void>
  confirm(id: OpenCheckIn['id'], digest: PricedView['digest']): Promise<ConfirmResult>
}

/** The undo of an undo: the same visit is sold once more, as a sale of its own, since a void stays in the ledger. */
export interface RestoreDesk {
  sold(sale: RecordId, open: OpenCheckIn, priced: Priced): void
  voided(sale: RecordId): void
  /** The sale that was undone just now and can be brought back; null where there is none, or where it was sold before the core was started. */
  restorable(): RecordId | null
  /** Sells the visit of a void again, at once where it costs what it did; else it stands on the screen for somebody to look at. */
  restore(sale: RecordId): Promise<Done>
}

export function createRestoreDesk(floor: RestoreFloor): RestoreDesk {
  const { clock } = floor
  const sales = new Map<RecordId, { open: OpenCheckIn; priced: Priced }>()
  let undone: { sale: RecordId; at: number } | null = null
  const isInTime = (sale: RecordId) => undone?.sale === sale && clock.monotonic() - undone.at < restorable
  const refuse = (code: ProblemCode): Done => ({ result: 'refused', notice: { code, values: {} } })

  return {
    sold(sale, open, priced) {
      sales.set(sale, { open, priced })
      const [oldest] = sales.keys()
      if (sales.size > mostKept && oldest !== undefined) sales.delete(oldest)
    },
    voided(sale) {
      undone = { sale, at: clock.monotonic() }
    },
    restorable: () => (undone !== null && sales.has(undone.sale) && isInTime(undone.sale) ? undone.sale : null),
    restore: sale =>
      floor.inQueue(async () => {
        const before = sales.get(sale)
        if (before === undefined || !isInTime(sale)) return refuse('RESTORE_GONE')
        if (!(await floor.makesWay())) {
          // Once the next person is served it may be asked again.
          undone = { sale, at: clock.monotonic() }
          return refuse('ONE_AT_A_TIME')
        }
        // Once: what it becomes is on disk from here on.
        undone = null
        const id = checkInId.parse(clock.mint())
        await floor.arrive({ ...before.open, id, at: clock.now(), held: true })
        const now = floor.state()
        if (now.state === 'priced' && now.open.id === id && costsTheSame(now.priced, before.priced) && !now.needs)
          await floor.confirm(id, now.priced.shown)
        return { result: 'done' }
      }),
  }
}

function costsTheSame(now: Priced, before: Priced): boolean {
  const money = ({ quote, owed }: Priced) => [quote.listFen, quote.ownPayFen, quote.pendingFen, owed.length].join('|')
  return money(now) === money(before)
}
