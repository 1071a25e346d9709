import { canonicalJson } from '../../../shared/canonical-json.ts'
import { addUp } from '../../../shared/day-close/add-up.ts'
import { drawersOf } from '../../../shared/day-close/drawers.ts'
import type { DayFigures } from '../../../shared/day-close/figures.ts'
import type { Finding } from '../../../shared/findings.ts'
import type { LedgerRecord } from '../../../shared/record.ts'
import { createDays } from '../store/day-records.ts'
import type { Db } from '../store/open-database.ts'

/** Closed days must be those that the records close, and the totals of a close the sums of its records. */
export function closeFindings(db: Db, records: Iterable<LedgerRecord>): Finding[] {
  // A database of an older version of this program has no closed days.
  const table = db.prepare<[], { n: number }>("SELECT count(*) AS n FROM sqlite_schema WHERE name = 'closed_day'").get()
  if (table?.n !== 1) return []
  const days = createDays(db)
  const findings: Finding[] = []
  const closedByRecords = new Set<string>()
  for (const record of records) {
    const place = { generation: record.generation, seq: record.seq }
    if (record.kind === 'shift' && record.payload.event === 'day-close') {
      const { confirmedDate } = record.payload
      closedByRecords.add(confirmedDate)
      if (days.closeOf(confirmedDate) === null) findings.push({ code: 'CLOSES_DIFFER', place })
    }
    if (record.kind !== 'totals') continue
    const { date, shift, figures } = record.payload
    const { records: ofDay } = days.of(date)
    const counted = shift === null ? ofDay : (drawersOf(ofDay, days.byId).get(shift) ?? [])
    if (canonicalJson(asRecorded(addUp(counted, days.byId), figures)) !== canonicalJson(figures))
      findings.push({ code: 'TOTALS_DIFFER', place })
  }
  const marked = db.prepare<[], { business_date: string }>('SELECT business_date FROM closed_day').all()
  const cameBack = db.prepare<[], { n: number }>('SELECT count(*) AS n FROM history').get()?.n !== 0
  if (!cameBack && marked.some(({ business_date: date }) => !closedByRecords.has(date)))
    findings.push({ code: 'CLOSES_DIFFER', place: null })
  return findings
}

type Recorded = Extract<LedgerRecord, { kind: 'totals' }>['payload']['figures']

/** Sums without what an older record does not say. */
function asRecorded(sums: DayFigures, recorded: Recorded): Recorded {
  if (recorded.meals.some(({ subsidies }) => subsidies !== undefined)) return sums
  return { ...sums, meals: sums.meals.map(({ subsidies: _, ...meal }) => meal) }
}
