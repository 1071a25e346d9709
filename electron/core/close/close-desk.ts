import type { BusinessDate } from '../../../shared/business-day.ts'
import { sha256, toBase64Url, utf8ToBytes } from '../../../shared/bytes.ts'
import { canonicalJson } from '../../../shared/canonical-json.ts'
import type { ClosedShift, CloseView, DayView, DifferenceReason } from '../../../shared/close-api.ts'
import type { ShiftOf } from '../../../shared/day-close/drawers.ts'
import { type OperatorId, type RecordId, recordId } from '../../../shared/ids.ts'
import type { LedgerRecord } from '../../../shared/record.ts'
import type { Site } from '../../../shared/site.ts'
import type { Done, Notice } from '../../../shared/terminal-api.ts'
import type { Clock } from '../clock.ts'
import type { Shifts } from '../shift.ts'
import type { Days } from '../store/day-records.ts'
import type { Ledger } from '../store/ledger.ts'
import type { Beside, DaySheets } from './day-sheet.ts'

export interface CloseParts {
  readonly ledger: Ledger
  readonly days: Days
  readonly sheets: DaySheets
  readonly shifts: Shifts
  readonly clock: Clock
  site(): Site | null
  today(): BusinessDate
  stopped(): Notice | null
  /** Runs while nobody is being served; null where somebody is. */
  betweenPeople<T>(work: () => Promise<T>): Promise<T | null>
  /** Somebody is being served. */
  isServing(): boolean
  /** Sales through another till whose answer is still to come. */
  unheard(): Notice | null
  /** How many check-ins staff put aside and did not settle. */
  parked(): number
  /** One payer is to pay for several, and has not yet. */
  grouped(): boolean
  /** Visits with money that nobody signed out of: what they bring belongs to a day that is open. */
  visiting(): number
  /** Sales of a date that this till made through the first one of the site. */
  throughFirst(date: BusinessDate): number
  unsent(): number
  isSound(): Promise<boolean>
  onRecorded(): void
}

export interface CloseDesk {
  /** Where the close stands of a date; null: of the oldest that is still to be closed, else today. */
  look(date: BusinessDate | null): Promise<CloseView>
  count(of: { shift: RecordId; operator: OperatorId; cashFen: number; outsideFen: number | null }): Promise<Done>
  closeShift(of: {
    shift: RecordId
    operator: OperatorId
    count: RecordId | null
    reason: DifferenceReason | null
    note: string
  }): Promise<Done>
  closeDay(of: { date: BusinessDate; operator: OperatorId; shown: string }): Promise<Done>
  correct(of: {
    shift: RecordId
    operator: OperatorId
    what: 'float' | 'drawer'
    cashFen: number
    outsideFen: number | null
    note: string
  }): Promise<Done>
  /** A day all of whose shifts are closed, for the slip and the table. */
  sheet(date: BusinessDate): Promise<DayView | Notice>
  /** A day before today that nobody closed; null where there is none. */
  forgotten(): BusinessDate | null
}

const done: Done = { result: 'done' }
const refuse = (code: Notice['code'], values: Notice['values'] = {}): Extract<Done, { result: 'refused' }> => ({
  result: 'refused',
  notice: { code, values },
})

/** Counts drawers, closes shifts and days. Each step is a record, so that a crash loses none of them. */
export function createCloseDesk(parts: CloseParts): CloseDesk {
  const { ledger, days, sheets, clock } = parts

  function shiftOf(id: RecordId): ShiftOf | null {
    const opening = days.byId(id)
    if (opening?.kind !== 'shift') return null
    return sheets.shiftsOf(opening.payload.confirmedDate).find(({ record }) => record === id) ?? null
  }

  /** True for a shift that goes on now, whose drawer is before the operator. */
  const isCurrent = (shift: ShiftOf) => parts.shifts.on(parts.today())?.record === shift.record

  /** What is still open and stands in the way of any close. */
  function obstacle(): Notice | null {
    const stopped = parts.stopped()
    if (stopped) return stopped
    if (parts.isServing()) return { code: 'CLOSE_SERVING', values: {} }
    const waiting = parts.parked()
    if (waiting > 0) return { code: 'CLOSE_PARKED', values: { count: waiting } }
    if (parts.grouped()) return { code: 'CLOSE_GROUP', values: {} }
    return parts.unheard()
  }

  function before(date: BusinessDate): BusinessDate | null {
    return days.unclosed(parts.today()).find(other => other < date) ?? null
  }

  const beside = async (date: BusinessDate): Promise<Beside> => ({
    throughFirst: parts.throughFirst(date),
    open: (parts.isServing() ? 1 : 0) + parts.parked(),
    sound: await parts.isSound(),
    unsent: parts.unsent(),
  })

  /** What the sums of the day are known by, whatever else the ledger wrote meanwhile. */
  function shownOf({ figures, shifts, phone }: DayView): string {
    const drawers = shifts.map(({ record, sums, count }) => ({ record, sums, count: count?.record ?? null }))
    return toBase64Url(sha256(utf8ToBytes(canonicalJson({ figures, drawers, phone }))))
  }

  function dayObstacle(date: BusinessDate): Notice | null {
    const inTheWay = obstacle()
    if (inTheWay) return inTheWay
    const visiting = parts.visiting()
    if (visiting > 0) return { code: 'CLOSE_VISITS', values: { count: visiting } }
    const earlier = before(date)
    return earlier === null ? null : { code: 'DAY_BEFORE', values: { date: earlier } }
  }

  async function dayView(date: BusinessDate): Promise<Extract<CloseView, { step: 'day' }>> {
    const day = sheets.day(date, await beside(date))
    return { step: 'day', day, shown: shownOf(day), blocked: day.closed ? null : dayObstacle(date) }
  }

  /** What of the count still has to be said before the shift can close. */
  function unchecked({ sums, count }: ClosedShift): Notice | null {
    if (count === null || count.outsideFen !== null || sums.outsideFen === 0) return null
    return { code: 'TENDER_UNCHECKED', values: {} }
  }

  function shiftView(shift: ShiftOf): CloseView {
    const { date } = shift
    const now = sheets.shift(shift)
    if (shift.count === null) {
      const asksOutside = now.figures.tenders.some(({ kind }) => kind === 'outside')
      const isPast = !isCurrent(shift)
      return { step: 'count', date, shift: sheets.headOf(shift), isPast, asksOutside, blocked: obstacle() }
    }
    const { shift: closing, voids, refunds, phone } = now
    const throughFirst = parts.throughFirst(date)
    return {
      ...{ step: 'check', date, shift: closing, voids, refunds, phone, throughFirst },
      blocked: unchecked(closing) ?? obstacle(),
    }
  }

  type Payload<K extends LedgerRecord['kind']> = Extract<LedgerRecord, { kind: K }>['payload']

  async function recordCount(payload: Payload<'cash-count'>): Promise<void> {
    const id = recordId.parse(clock.mint())
    while (!(await ledger.append({ kind: 'cash-count', id, at: clock.now(), payload }))) {
      // The head moved: once more.
    }
    parts.onRecorded()
  }

  /** Writes the record that closes something and the sums that stand at it, together. */
  async function recordClose(
    payload: Payload<'shift'>,
    totals: Omit<Payload<'totals'>, 'of' | 'site' | 'operator'>,
    also: (record: LedgerRecord) => void,
  ): Promise<void> {
    const site = parts.site()
    if (!site) throw new Error('a terminal without a site has no shift')
    const [of, id] = [recordId.parse(clock.mint()), recordId.parse(clock.mint())]
    const drafts: Parameters<Ledger['appendAll']>[0] = [
      {
        draft: { kind: 'shift', id: of, at: clock.now(), payload },
        also(record) {
          also(record)
          return true
        },
      },
      {
        draft: {
          kind: 'totals',
          id,
          at: clock.now(),
          payload: { ...totals, of, site: site.id, operator: payload.operator },
        },
        also: () => true,
      },
    ]
    while (!(await ledger.appendAll(drafts))) {
      // The head moved: once more.
    }
    parts.onRecorded()
  }

  /** Nothing else is recorded here, and nobody is served, while this goes on. */
  async function alone(work: () => Promise<Done>): Promise<Done> {
    return (await parts.betweenPeople(() => ledger.inTurn(work))) ?? refuse('CLOSE_SERVING')
  }

  function lastPlace() {
    const head = ledger.head()
    if (!head) throw new Error('a shift is a record, so there is a last one')
    return { generation: head.generation, seq: head.seq, hash: head.hash }
  }

  return {
    async look(date) {
      const on = date ?? days.unclosed(parts.today())[0] ?? parts.today()
      const shifts = sheets.shiftsOf(on)
      const open = shifts.find(({ closed }) => closed === null)
      if (open) return shiftView(open)
      return shifts.length === 0 ? { step: 'nothing', date: on } : await dayView(on)
    },
    async count({ shift: id, operator, cashFen, outsideFen }) {
      return await alone(async () => {
        const shift = shiftOf(id)
        if (!shift) return refuse('SHIFT_UNKNOWN')
        if (shift.closed) return refuse('SHIFT_CLOSED')
        const corrects = shift.count?.record ?? null
        await recordCount({ shift: id, what: 'drawer', cashFen, outsideFen, corrects, note: null, operator })
        return done
      })
    },
    async closeShift({ shift: id, operator, count, reason, note }) {
      return await alone(async () => {
        const shift = shiftOf(id)
        if (!shift) return refuse('SHIFT_UNKNOWN')
        // A second press of the same key.
        if (shift.closed) return done
        const inTheWay = obstacle()
        if (inTheWay) return { result: 'refused', notice: inTheWay }
        const { shift: closing, figures } = sheets.shift(shift)
        if ((closing.count?.record ?? null) !== count) return refuse('CLOSE_CHANGED')
        if (closing.count === null && isCurrent(shift)) return refuse('CLOSE_NOT_COUNTED')
        const toCheck = unchecked(closing)
        if (toCheck) return { result: 'refused', notice: toCheck }
        const differs = (closing.differenceFen ?? 0) !== 0 || (closing.outsideDifferenceFen ?? 0) !== 0
        if (differs && reason === null) return refuse('DIFFERENCE_REASON')
        const opening = days.byId(id)
        if (!opening) return refuse('SHIFT_UNKNOWN')
        const drawer = {
          count,
          floatFen: closing.floatFen,
          expectedFen: closing.sums.expectedFen,
          countedFen: closing.count?.cashFen ?? null,
          outsideExpectedFen: closing.sums.outsideFen,
          outsideFen: closing.count?.outsideFen ?? null,
          reason: differs ? reason : null,
          note: note === '' ? null : note,
        }
        await recordClose(
          { event: 'close', shift: id, operator, confirmedDate: shift.date, countedFen: drawer.countedFen },
          {
            ...{ date: shift.date, shift: id, drawer, figures },
            ...{ first: { generation: opening.generation, seq: opening.seq }, last: lastPlace() },
          },
          () => parts.shifts.closed(id),
        )
        return done
      })
    },
    async closeDay({ date, operator, shown }) {
      const around = await beside(date)
      return await alone(async () => {
        if (ledger.dayIsClosed(date)) return done
        const shifts = sheets.shiftsOf(date)
        if (shifts.length === 0) return refuse('SHIFT_UNKNOWN')
        if (shifts.some(({ closed }) => closed === null)) return refuse('SHIFT_OPEN')
        const inTheWay = dayObstacle(date)
        if (inTheWay) return { result: 'refused', notice: inTheWay }
        const day = sheets.day(date, around)
        if (shownOf(day) !== shown) return refuse('CLOSE_CHANGED')
        const { first, last, figures } = day
        if (!first || !last) return refuse('SHIFT_UNKNOWN')
        await recordClose(
          { event: 'day-close', shift: null, operator, confirmedDate: date, countedFen: null },
          { date, shift: null, drawer: null, figures, first, last },
          record => ledger.closeDay(date, record),
        )
        return done
      })
    },
    async correct({ shift: id, operator, what, cashFen, outsideFen, note }) {
      return await alone(async () => {
        const shift = shiftOf(id)
        if (!shift) return refuse('SHIFT_UNKNOWN')
        if (shift.closed === null && what === 'drawer') return refuse('CLOSE_NOT_COUNTED')
        if (shift.closed && note === '') return refuse('CORRECTION_NOTE')
        const corrects = what === 'float' ? shift.float.record : (shift.count?.record ?? null)
        const outside = what === 'float' ? null : outsideFen
        await recordCount({
          ...{ shift: id, what, cashFen, outsideFen: outside, corrects, operator },
          note: note === '' ? null : note,
        })
        return done
      })
    },
    async sheet(date) {
      const shifts = sheets.shiftsOf(date)
      if (shifts.length === 0) return { code: 'SHIFT_UNKNOWN', values: {} }
      if (shifts.some(({ closed }) => closed === null)) return { code: 'SHIFT_OPEN', values: {} }
      return sheets.day(date, await beside(date))
    },
    forgotten: () => before(parts.today()),
  }
}
