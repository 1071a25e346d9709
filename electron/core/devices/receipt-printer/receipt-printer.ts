import type { DeviceTools, OpenDevice } from '../driver-main.ts'
import type { DeviceState, MediaState } from '../driver-protocol.ts'
import { escposOf } from './escpos.ts'
import { conditionOf, type Patience, type PrinterCondition, printJob } from './print-job.ts'
import type { ReceiptPrinterConfig } from './printer-config.ts'
import { openDeviceLine, openTcpLine, type PrinterLine } from './printer-line.ts'

/** Between two looks at a printer that has nothing to print (ms). */
const lookEvery = 10_000
/** Between two looks at one that cannot print now (ms). */
const lookEveryWhenStopped = 2_000

export interface ReceiptPrinterOptions extends DeviceTools {
  config: ReceiptPrinterConfig
  patience: Patience
}

const states: Record<PrinterCondition | 'gone', { state: DeviceState; media: MediaState }> = {
  well: { state: 'idle', media: 'present' },
  silent: { state: 'idle', media: 'unknown' },
  'paper-low': { state: 'idle', media: 'present' },
  'paper-out': { state: 'error', media: 'absent' },
  'cover-open': { state: 'error', media: 'unknown' },
  fault: { state: 'error', media: 'unknown' },
  gone: { state: 'no-device', media: 'unknown' },
}

/** Opens the way to a printer. Rejects where it is not there. */
export async function openPrinter(at: ReceiptPrinterConfig['at'], patience: Patience): Promise<PrinterLine> {
  return 'device' in at ? await openDeviceLine(at.device) : await openTcpLine(at.host, at.port, patience.connect)
}

/**
 * Prints on a real printer, and says how it is. The way to it is open for one job or one look only: most printers have room for one visitor,
 * and another till may print there too. `detail` of a state is the condition.
 */
export function runReceiptPrinter({ config, patience, post }: ReceiptPrinterOptions): OpenDevice {
  let condition: PrinterCondition | 'gone' | null = null
  let turn: Promise<void> = Promise.resolve()
  let waiting: NodeJS.Timeout | undefined
  let closed = false

  function tell(): void {
    if (closed) return
    if (condition === null) post({ type: 'state', state: 'closed', media: 'unknown' })
    else post({ type: 'state', ...states[condition], detail: condition })
  }

  /** One visit to the printer at a time; the next look is a while after the last visit. */
  function visit(work: () => Promise<void>): void {
    clearTimeout(waiting)
    turn = turn.then(async () => {
      if (closed) return
      await work()
      tell()
      if (closed) return
      clearTimeout(waiting)
      const well = condition !== null && states[condition].state === 'idle'
      waiting = setTimeout(() => visit(look), well ? lookEvery : lookEveryWhenStopped)
    })
  }

  async function look(): Promise<void> {
    let line: PrinterLine | null = null
    try {
      line = await openPrinter(config.at, patience)
      condition = await conditionOf(line, patience)
    } catch {
      // Whatever the way, it comes to the same: the printer cannot be reached now.
      condition = 'gone'
    }
    await line?.close().catch(() => undefined)
  }

  async function print(job: string, bytes: Uint8Array): Promise<void> {
    const line = await openPrinter(config.at, patience).catch(() => null)
    const printed =
      line === null ? ({ outcome: 'not-begun', condition: 'gone' } as const) : await printJob(line, bytes, patience)
    condition = printed.condition
    tell()
    post({ type: 'printed', job, outcome: printed.outcome })
  }

  visit(look)
  return {
    enable: () => undefined,
    disable: () => undefined,
    health: tell,
    print: ({ job, slip }) => visit(() => print(job, escposOf(slip, { width: config.paper, cut: config.cut }))),
    async close() {
      closed = true
      clearTimeout(waiting)
      post({ type: 'state', state: 'closed', media: 'unknown' })
    },
  }
}
