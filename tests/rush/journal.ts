import type { CashierView, PricedView, TerminalView } from '../../shared/terminal-api.ts'
import type { Till } from '../support/till.ts'

/** One sale as a till beside the cashier's page saw it. Times are milliseconds of this machine's clock. */
export interface SeenSale {
  readonly checkIn: string
  readonly name: string
  /** When the driver or the camera minted its event. */
  readonly eventAt: number
  readonly pricedAt: number
  /** The entry bar, in milliseconds; null where a person had to confirm. */
  barMs: number | null
  held: boolean
  /** Why the rules did not let it record itself, as problem codes. */
  attention: readonly string[]
  recordedAt: number | null
}

/** What the rush sees of the terminal, as it comes. */
export interface Journal {
  /** The newest sale of the senior of this name. */
  saleOf(name: string): SeenSale | undefined
  sales(): SeenSale[]
  /** Sales that the terminal called recorded, by their record id. */
  readonly confirmed: ReadonlySet<string>
  readonly problems: readonly { at: number; code: string }[]
  mostUnsent(): number
  /** When nothing was unsent for the first time after this moment (Unix milliseconds). */
  emptyAfter(moment: number): number | null
  /** What `look` finds, now or after a later view; null after so many milliseconds without. Rejects where the rush is interrupted. */
  until<T>(look: () => T | null | undefined, patience: number): Promise<T | null>
}

/** Watches beside the page until the till is closed. */
export function watchTill(till: Till, interrupted: AbortSignal): Journal {
  const sales = new Map<string, SeenSale>()
  const byName = new Map<string, SeenSale>()
  const confirmed = new Set<string>()
  const problems: { at: number; code: string }[] = []
  const wakers = new Set<() => void>()
  const emptied: number[] = []
  let mostUnsent = 0
  let unsent = 0
  let lastProblem = 0

  function recorded(id: string, at: number): void {
    const sale = sales.get(id)
    confirmed.add(id)
    if (sale) sale.recordedAt ??= at
  }

  function priced(view: PricedView, at: number): void {
    const barMs = view.entry.seconds === null ? null : view.entry.seconds * 1000
    const known = sales.get(view.checkIn)
    if (known) {
      known.barMs = barMs
      known.held = view.entry.held
      known.attention = view.attention.map(({ code }) => code)
      return
    }
    const sale: SeenSale = {
      checkIn: view.checkIn,
      name: view.person?.name ?? '',
      eventAt: view.device === null ? at : timeOf(view.device.eventId),
      pricedAt: at,
      barMs,
      held: view.entry.held,
      attention: view.attention.map(({ code }) => code),
      recordedAt: null,
    }
    sales.set(view.checkIn, sale)
    byName.set(sale.name, sale)
  }

  function onCashier(view: CashierView): void {
    const at = Date.now()
    if (view.state === 'priced') priced(view, at)
    if (view.state === 'confirmed') recorded(view.sale.record, at)
    if (view.state === 'problem' && view.at !== lastProblem) {
      lastProblem = view.at
      problems.push({ at, code: view.notice.code })
    }
  }

  function onTerminal(view: TerminalView): void {
    const at = Date.now()
    // A stream leaves out what changed again at once; the list of the last sales shows that sale all the same.
    for (const sale of view.lastSales) if (!sale.voided) recorded(sale.record, at)
    if (unsent > 0 && view.unsent.count === 0) emptied.push(at)
    unsent = view.unsent.count
    mostUnsent = Math.max(mostUnsent, unsent)
  }

  async function follow<T>(stream: Promise<AsyncIterable<T>>, take: (view: T) => void): Promise<void> {
    for await (const view of await stream) {
      take(view)
      for (const wake of [...wakers]) wake()
    }
  }

  const ended = Promise.all([
    follow(till.client.watchCashier(), onCashier),
    follow(till.client.watchTerminal(), onTerminal),
  ])
  // A till that loses its line ends its streams; whoever waits then learns it by the end of the patience.
  ended.catch(() => undefined)

  return {
    saleOf: name => byName.get(name),
    sales: () => [...sales.values()],
    confirmed,
    problems,
    mostUnsent: () => mostUnsent,
    emptyAfter: moment => emptied.find(at => at > moment) ?? null,
    async until(look, patience) {
      const deadline = performance.now() + patience
      for (;;) {
        interrupted.throwIfAborted()
        const found = look()
        if (found !== null && found !== undefined) return found
        const rest = deadline - performance.now()
        if (rest <= 0) return null
        await nextView(rest)
      }
    },
  }

  function nextView(milliseconds: number): Promise<void> {
    return new Promise(resolve => {
      const wake = () => {
        clearTimeout(timer)
        wakers.delete(wake)
        interrupted.removeEventListener('abort', wake)
        resolve()
      }
      const timer = setTimeout(wake, milliseconds)
      wakers.add(wake)
      interrupted.addEventListener('abort', wake)
    })
  }
}

/** The time that a UUIDv7 carries (RFC 9562), in Unix milliseconds. */
function timeOf(id: string): number {
  return Number.parseInt(id.replace('-', '').slice(0, 12), 16)
}
