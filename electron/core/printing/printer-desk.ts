import { z } from 'zod'
import { clockText } from '../../../shared/dates.ts'
import type { RecordId } from '../../../shared/ids.ts'
import type { PrinterState, PrinterView, ReceiptView } from '../../../shared/printer-api.ts'
import type { ProblemCode } from '../../../shared/problems.ts'
import { type ReceiptFacts, receiptSlip } from '../../../shared/receipt.ts'
import type { Site, TenderKind } from '../../../shared/site.ts'
import type { Slip } from '../../../shared/slip.ts'
import type { Done, Notice, SaleView } from '../../../shared/terminal-api.ts'
import type { FromDriver, SpawnDriver } from '../devices/driver-protocol.ts'
import { type SupervisedDriver, superviseDriver } from '../devices/driver-supervisor.ts'
import type { PrinterSetting } from '../devices/receipt-printer/printer-config.ts'
import type { ReceiptPrints } from '../store/receipt-prints.ts'

/** Papers that wait for the printer; when one more comes, the oldest receipt goes. */
export const mostWaiting = 8
/** How long (ms) staff read of receipts that were not printed, or not surely. */
const wordShown = 10 * 60_000

type Job = { readonly id: string } & (
  | { readonly kind: 'receipt'; readonly sale: RecordId; readonly byItself: boolean }
  | { readonly kind: 'slip'; readonly slip: Slip }
)
type NewJob = Job extends infer One ? (One extends Job ? Omit<One, 'id'> : never) : never

export interface PrinterDeskParts {
  /** Null: the site has no printer. */
  readonly setting: PrinterSetting | null
  readonly fictional: boolean
  readonly spawn: SpawnDriver
  readonly prints: ReceiptPrints
  site(): Site | null
  /** Null where no such sale is known. */
  facts(sale: RecordId): ReceiptFacts | null
  now(): number
  log(level: 'info' | 'warn' | 'error', event: string, values?: Readonly<Record<string, string | number>>): void
  onChange(): void
}

/** Prints receipts and slips, each at most once unless it is asked for again. Nothing waits for it, and nothing of it can undo a sale. */
export interface PrinterDesk {
  /** Null: the site has no printer. @param sales those whose receipts the screen tells of */
  view(sales: readonly RecordId[]): PrinterView | null
  notices(): Notice[]
  /** A sale was recorded: it prints by itself where the site says so. Never throws. */
  sold(sale: SaleView, tender: TenderKind): void
  /** Staff ask for the receipt of a sale. */
  receipt(sale: RecordId): Done
  /** Prints any other slip. */
  print(slip: Slip): Done
  stop(): Promise<void>
}

const refuse = (code: ProblemCode): Done => ({ result: 'refused', notice: { code, values: {} } })
const done: Done = { result: 'done' }

const driverConfig = ({ tcp, device, paper, cut }: PrinterSetting) =>
  device === undefined ? (tcp === undefined ? { paper } : { at: tcp, paper, cut }) : { at: { device }, paper, cut }

/** The state that a driver tells, as staff read it; `detail` of a real printer's state is its condition. */
function stateOf({ state, detail }: Extract<FromDriver, { type: 'state' }>): PrinterState {
  if (state === 'idle' || state === 'busy') return detail === 'paper-low' ? 'paper-low' : 'ready'
  if (detail === 'paper-out' || detail === 'cover-open') return detail
  return state === 'closed' ? 'starting' : state === 'no-device' ? 'gone' : 'fault'
}

const troubles: Partial<Record<PrinterState, ProblemCode>> = {
  gone: 'PRINTER_GONE',
  'paper-out': 'PRINTER_PAPER_OUT',
  'cover-open': 'PRINTER_COVER_OPEN',
  fault: 'PRINTER_FAULT',
}

export function createPrinterDesk(parts: PrinterDeskParts): PrinterDesk {
  const { setting, prints } = parts
  let state: PrinterState = 'starting'
  let queue: Job[] = []
  let handed: Job | null = null
  /** After a job that the printer did not begin, until it says again that it can. */
  let held = false
  let jobs = 0
  let lastSlip: string[] | null = null
  let dropped: { count: number; at: number } | null = null
  const unsure = new Map<string, number>()
  let driver: SupervisedDriver | null = null

  const canPrint = () => (state === 'ready' || state === 'paper-low') && !held

  function slipOf(job: Job, printedBefore: number): Slip | null {
    if (job.kind === 'slip') return job.slip
    const facts = parts.facts(job.sale)
    const site = parts.site()
    if (facts === null || site === null || setting === null) return null
    const tender = facts.tender ?? prints.of(job.sale)?.tender ?? null
    const { english } = setting
    const usualTender = site.defaultTender
    return receiptSlip(
      { ...facts, tender },
      { siteName: site.name, fictional: parts.fictional, english, usualTender, printedBefore },
    )
  }

  /** Hands the next paper to the driver. What cannot be read or kept now is not printed, and staff may ask for it again. */
  function pump(): void {
    while (handed === null && canPrint()) {
      const [job, ...rest] = queue
      if (job === undefined) return
      queue = rest
      try {
        const before = job.kind === 'receipt' ? begin(job) : 0
        const slip = slipOf(job, before)
        if (slip === null) continue
        handed = job
        if (driver?.print({ job: job.id, slip }) !== true) notBegun(job)
      } catch (error) {
        handed = null
        parts.log('error', 'printer', { detail: error instanceof Error ? error.message : 'unknown' })
      }
    }
  }

  function begin({ sale }: Extract<Job, { kind: 'receipt' }>): number {
    const tender = parts.facts(sale)?.tender ?? parts.site()?.defaultTender ?? 'cash'
    return prints.begin(sale, tender, parts.now())
  }

  function notBegun(job: Job): void {
    if (handed?.id === job.id) handed = null
    held = true
    if (job.kind === 'receipt') prints.notBegun(job.sale)
    queue = [job, ...queue]
    bound()
  }

  function enqueue(job: NewJob): void {
    jobs += 1
    queue.push({ ...job, id: String(jobs) })
    bound()
    pump()
    parts.onChange()
  }

  /** Drops the oldest receipt that came by itself, else the oldest paper. */
  function bound(): void {
    while (queue.length > mostWaiting) {
      const oldest = queue.find(job => job.kind === 'receipt' && job.byItself) ?? queue[0]
      queue = queue.filter(job => job !== oldest)
      dropped = { count: (shownNow(dropped?.at) ? (dropped?.count ?? 0) : 0) + 1, at: parts.now() }
    }
  }

  const shownNow = (at: number | undefined) => at !== undefined && parts.now() - at < wordShown

  function notSure(job: Job): void {
    unsure.set(job.kind === 'receipt' ? job.sale : job.id, parts.now())
    for (const [key, at] of unsure) if (!shownNow(at)) unsure.delete(key)
  }

  function hear(event: FromDriver): void {
    if (event.type === 'state') {
      state = stateOf(event)
      if (event.state === 'idle' && handed === null) held = false
    } else if (event.type === 'printed') {
      const job = handed
      if (job === null || job.id !== event.job) return
      handed = null
      if (event.text) lastSlip = event.text
      if (event.outcome === 'not-begun') notBegun(job)
      else if (event.outcome === 'unsure') notSure(job)
    } else if (event.type === 'fault') {
      parts.log('warn', 'printer', { code: event.code, detail: event.detail ?? '' })
      // The driver took its job with it, and nobody knows how far that came.
      if (event.code === 'DRIVER_CRASHED' && handed !== null) {
        notSure(handed)
        handed = null
      }
    }
    pump()
    parts.onChange()
  }

  function receiptState(sale: RecordId): ReceiptView['state'] {
    const is = (job: Job | null) => job?.kind === 'receipt' && job.sale === sale
    if (is(handed) || queue.some(is)) return 'waiting'
    if (unsure.has(sale)) return 'unsure'
    return (prints.of(sale)?.prints ?? 0) > 0 ? 'printed' : 'none'
  }

  if (setting !== null)
    driver = superviseDriver({
      name: setting.simulated ? 'receipt-printer-simulated' : 'receipt-printer',
      spawn: parts.spawn,
      config: z.json().parse(driverConfig(setting)),
      now: parts.now,
      onEvent: hear,
    })

  return {
    view(sales) {
      if (setting === null) return null
      return {
        simulated: setting.simulated === true,
        state,
        waiting: queue.length + (handed === null ? 0 : 1),
        receipts: sales.map(record => ({ record, state: receiptState(record) })),
        lastSlip,
      }
    },
    notices(): Notice[] {
      if (setting === null) return []
      const trouble = troubles[state]
      const last = [...unsure].filter(([, at]) => shownNow(at)).at(-1)
      return [
        ...(trouble ? [{ code: trouble, values: { count: queue.length } }] : []),
        ...(last ? [{ code: 'PRINT_UNSURE' as const, values: { time: clockText(last[1]) } }] : []),
        ...(dropped && shownNow(dropped.at)
          ? [{ code: 'PRINTS_DROPPED' as const, values: { count: dropped.count } }]
          : []),
      ]
    },
    sold(sale, tender) {
      if (setting === null) return
      try {
        prints.keep(sale.record, tender, parts.now())
        const again = (prints.of(sale.record)?.prints ?? 0) > 0 || receiptState(sale.record) === 'waiting'
        if (setting.when === 'always' && !again) enqueue({ kind: 'receipt', sale: sale.record, byItself: true })
      } catch (error) {
        parts.log('error', 'printer', { detail: error instanceof Error ? error.message : 'unknown' })
      }
    },
    receipt(sale) {
      if (setting === null) return refuse('PRINTER_NONE')
      if (parts.facts(sale) === null) return refuse('SALE_UNKNOWN')
      if (receiptState(sale) === 'waiting') return done
      unsure.delete(sale)
      enqueue({ kind: 'receipt', sale, byItself: false })
      return done
    },
    print(slip) {
      if (setting === null) return refuse('PRINTER_NONE')
      enqueue({ kind: 'slip', slip })
      return done
    },
    stop: async () => await driver?.stop(),
  }
}
