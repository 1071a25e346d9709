import { daySlip } from '../../../shared/day-close/slip.ts'
import { dayTable } from '../../../shared/day-close/table.ts'
import type { OperatorId } from '../../../shared/ids.ts'
import type { Site } from '../../../shared/site.ts'
import type { Notice } from '../../../shared/terminal-api.ts'
import type { DiskWatch } from '../disk-watch.ts'
import type { PrinterDesk } from '../printing/printer-desk.ts'
import type { StaffApi } from '../staff-api.ts'
import { isSystemError, onStick, ReadsOtherwise, writeWhole } from '../usb/stick.ts'
import type { CloseDesk } from './close-desk.ts'

export interface CloseHouse {
  readonly desk: CloseDesk
}

const refuse = (code: Notice['code']): { result: 'refused'; notice: Notice } => ({
  result: 'refused',
  notice: { code, values: {} },
})

/** The part of the terminal API that is about shift and day close. */
export function createCloseRouter(
  api: StaffApi['close'],
  { desk }: CloseHouse,
  parts: {
    disk: DiskWatch
    printer: Pick<PrinterDesk, 'print'>
    isPlugged(path: string): boolean
    site(): Site | null
  },
) {
  const { disk } = parts
  const isKnown = (operator: OperatorId) => parts.site()?.operators.some(({ id }) => id === operator) ?? false
  return {
    look: api.look.handler(({ input }) => desk.look(input.date)),
    count: api.count.handler(({ input }) =>
      isKnown(input.operator) ? disk.pressing(() => desk.count(input)) : refuse('OPERATOR_UNKNOWN'),
    ),
    closeShift: api.closeShift.handler(({ input }) =>
      isKnown(input.operator) ? disk.pressing(() => desk.closeShift(input)) : refuse('OPERATOR_UNKNOWN'),
    ),
    closeDay: api.closeDay.handler(({ input }) =>
      isKnown(input.operator) ? disk.pressing(() => desk.closeDay(input)) : refuse('OPERATOR_UNKNOWN'),
    ),
    correct: api.correct.handler(({ input }) =>
      isKnown(input.operator) ? disk.pressing(() => desk.correct(input)) : refuse('OPERATOR_UNKNOWN'),
    ),
    slip: api.slip.handler(async ({ input }) => {
      const day = await desk.sheet(input.date)
      if ('code' in day) return { result: 'refused' as const, notice: day }
      return { result: 'done' as const, slip: daySlip(day, input.language) }
    }),
    printSlip: api.printSlip.handler(async ({ input }) => {
      const day = await desk.sheet(input.date)
      return 'code' in day ? refuse(day.code) : parts.printer.print(daySlip(day, input.language))
    }),
    tableToStick: api.tableToStick.handler(async ({ input }) => {
      if (!parts.isPlugged(input.path)) return refuse('USB_GONE')
      const day = await desk.sheet(input.date)
      if ('code' in day) return { result: 'refused' as const, notice: day }
      const file = `${day.terminal}-${input.date}.csv`
      const trouble = await writeTable(onStick(input.path, file), dayTable(day))
      if (trouble) return { result: 'refused' as const, notice: trouble }
      return { result: 'done' as const, file }
    }),
  }
}

/** Writes a table whole or not at all; gives what the stick or the system says against it, null where it is there. */
async function writeTable(path: string, table: string): Promise<Notice | null> {
  try {
    await writeWhole(path, linesOf(table))
    return null
  } catch (error) {
    if (error instanceof ReadsOtherwise) return { code: 'USB_UNWRITABLE', values: { detail: 'read back' } }
    if (!isSystemError(error)) throw error
    if (error.code === 'ENOSPC' || error.code === 'EFBIG') return { code: 'USB_FULL', values: {} }
    return { code: error.code === 'ENOENT' ? 'USB_GONE' : 'USB_UNWRITABLE', values: { detail: error.code } }
  }
}

/** `writeWhole` ends each line itself. */
async function* linesOf(table: string): AsyncGenerator<string> {
  yield table.replace(/\n$/, '')
}
