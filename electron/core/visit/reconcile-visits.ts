import { addDays, lateDays } from '../../../shared/business-day.ts'
import type { RecordId } from '../../../shared/ids.ts'
import type { LedgerRecord } from '../../../shared/record.ts'
import type { FullSenior } from '../../../shared/senior.ts'
import { orderId } from '../../../shared/visit/order.ts'
import { carerId } from '../../../shared/visit/service.ts'
import type { OpenVisit } from './open-visit.ts'
import type { VisitHouse } from './visit-house.ts'

type Begun = Extract<LedgerRecord, { kind: 'visit-in' | 'attendance' }>
type Course = Pick<OpenVisit, 'carers' | 'pauses'>

/**
 * Makes the visits that go on here agree with the records that came back from the province: one that was ended goes on no more, one that
 * began goes on again, and pauses and carers are those of the records. True where something changed. What began longer ago than can be
 * entered late, of a service that nobody knows here or of somebody who is not on the roster in full, stands in the records alone.
 */
export function reconcileVisits(house: VisitHouse): boolean {
  const { openVisits, records } = house
  const open = openVisits.all()
  const recent = addDays(house.today(), -(lateDays + 1))
  const since = open.reduce((oldest, { date }) => (date < oldest ? date : oldest), recent)
  if (!records.cameBack(since)) return false
  const found = records.between(since, house.today())
  const ended = new Set(found.flatMap(record => endedBy(record) ?? []))
  const over = open.filter(({ id }) => ended.has(id))
  const going = open.filter(({ id }) => !ended.has(id)).flatMap(visit => withCourse(visit, found) ?? [])
  const here = new Set(open.map(({ id }) => id))
  const lost = found.filter(isBeginning).filter(({ id }) => !ended.has(id) && !here.has(id))
  const again = lost.length === 0 ? [] : lostVisits(house, lost, found)
  for (const { id } of over) openVisits.remove(id)
  for (const visit of [...going, ...again]) openVisits.put(visit)
  return over.length + going.length + again.length > 0
}

function endedBy(record: LedgerRecord): RecordId | null {
  if (record.kind === 'visit-out') return record.payload.of
  return record.kind === 'attendance' && record.payload.event === 'out' ? record.payload.of : null
}

function isBeginning(record: LedgerRecord): record is Begun {
  return record.kind === 'visit-in' || (record.kind === 'attendance' && record.payload.event === 'in')
}

/** Who gave it from when, and when it stood still. */
function courseOf(id: RecordId, from: Pick<OpenVisit, 'carers'>, records: readonly LedgerRecord[]): Course {
  let { carers, pauses }: Course = { carers: from.carers.slice(0, 1), pauses: [] }
  for (const record of records) {
    if (record.kind !== 'visit-event' || record.payload.of !== id) continue
    const { event, carer } = record.payload
    const last = pauses.at(-1)
    if (event === 'pause') pauses = [...pauses, { from: record.at, until: null }]
    if (event === 'resume' && last) pauses = [...pauses.slice(0, -1), { ...last, until: record.at }]
    if (event === 'carer' && carer !== null) carers = [...carers, { carer: carerId.parse(carer), from: record.at }]
  }
  return { carers, pauses }
}

const eventsIn = ({ carers, pauses }: Course) =>
  carers.length + pauses.length + pauses.filter(({ until }) => until !== null).length

/** Null where the records tell no more of it than is known here. */
function withCourse(visit: OpenVisit, records: readonly LedgerRecord[]): OpenVisit | null {
  const course = courseOf(visit.id, visit, records)
  return eventsIn(course) > eventsIn(visit) ? { ...visit, ...course } : null
}

function lostVisits(house: VisitHouse, lost: readonly Begun[], records: readonly LedgerRecord[]): OpenVisit[] {
  const people = new Map(house.roster.inFull().map(senior => [house.refOf(senior), senior]))
  return lost.flatMap(record => {
    const senior = people.get(record.payload.senior)
    return senior === undefined ? [] : (lostVisit(house, record, senior, records) ?? [])
  })
}

function lostVisit(
  house: VisitHouse,
  { id, at, businessDate: date, payload }: Begun,
  known: FullSenior,
  records: readonly LedgerRecord[],
): OpenVisit | null {
  const service = house.serviceAt(payload.service, at)
  const { carer, means, assurance, device, deviceEvent, order, location: place } = payload
  if (service === null || means === null || assurance === null) return null
  const carers = carer === null ? [] : [{ carer: carerId.parse(carer), from: at }]
  const by = {
    ...{ means, assurance, compared: false, proxy: null },
    device: device === null || deviceEvent === null ? null : { id: device, eventId: deviceEvent },
  }
  return {
    ...{ id, at, date, senior: known.id, known, service, place, by, out: null },
    ...{ order: order === null ? null : orderId.parse(order), ...courseOf(id, { carers }, records) },
  }
}
