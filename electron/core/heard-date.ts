import { addDays, type BusinessDate, businessDate, businessDateOf } from '../../shared/business-day.ts'
import type { Notice } from '../../shared/terminal-api.ts'
import type { Documents } from './store/documents.ts'

/** How many days the province's date may lie ahead of a clock that nothing speaks against; one further ahead is asked about, not believed. */
const believed = 1
/** The same where the till's own clock lies behind what it knows, and so is wrong: no rights are held for longer. */
const believedOfWrongClock = 62

const name = 'province-date'

export interface HeardDate {
  /** The province's business date when it was heard last, and believed. No record is dated before it. Null before the first time. */
  date(): BusinessDate | null
  /** The province said its time (ms); `till` is the date of the clock, and that of the newest record (null before the first). */
  hear(provinceAt: number, till: { readonly clock: BusinessDate; readonly newest: BusinessDate | null }): void
  /** The province's date lies too far ahead to be believed: somebody has to say whose clock is wrong, and sales go on meanwhile. */
  notice(): Notice | null
}

/** Holds business dates at the province's, so that a clock that is set back does not date a sale into a month that is over. */
export function createHeardDate(documents: Documents): HeardDate {
  let held = documents.read(name, businessDate)
  let doubted: Notice | null = null

  return {
    date: () => held,
    notice: () => doubted,
    hear(provinceAt, { clock, newest }) {
      const said = businessDateOf(provinceAt)
      const known = [newest, held].reduce<BusinessDate>((last, date) => (date && date > last ? date : last), clock)
      const isAhead = said > addDays(known, known > clock ? believedOfWrongClock : believed)
      doubted = isAhead ? { code: 'PROVINCE_CLOCK_AHEAD', values: { province: said, here: known } } : null
      if (isAhead || (held !== null && said <= held)) return
      documents.write(name, said)
      held = said
    },
  }
}
