import type { SeniorId } from '../../../shared/ids.ts'
import { maskName } from '../../../shared/person-names.ts'
import type { DayLine } from '../../../shared/visit-api.ts'
import { ifItOpens } from '../store/sealed-inputs.ts'
import { clockOf } from './clock-of.ts'
import { mayBeTakenBack } from './counted.ts'
import { lateVisit, type RecordedVisit } from './day-visits.ts'
import { waitingOrders } from './due-orders.ts'
import type { OpenVisit } from './open-visit.ts'
import type { VisitHouse } from './visit-house.ts'
import { isVoided } from './voided.ts'

/** Of a service that the catalogue no longer has. */
export const noName = { zh: '服务', en: 'Service' }

/** The day's list: what was ordered and waits, what goes on, and what is done or was entered today, by its time. */
export function dayLinesOf(house: VisitHouse): DayLine[] {
  const date = house.today()
  const recorded = house.recorded(date)
  const running = house.openVisits.all()
  const isOpen = new Set(running.map(({ id }) => id))
  const lines = [
    ...waitingOrders(house).map((order): DayLine => {
      const service = house.service(order.service)
      return {
        ...{ key: order.order, at: order.at, kind: service?.kind ?? 'activity', name: house.maskedName(order.senior) },
        ...{ service: service?.name ?? noName, where: service?.where ?? 'station', minutes: order.minutes },
        ...{ state: order.state === 'planned' ? 'due' : 'cancelled', visit: null, order: order.order },
        takesBack: false,
      }
    }),
    ...running.map(visit => runningLine(house, visit)),
    ...recorded.filter(({ id }) => !isOpen.has(id)).map(visit => doneLine(house, visit)),
    ...enteredToday(house),
  ]
  const place = (line: DayLine) => `${line.date ?? date}|${line.at}|${line.key}`
  return lines.sort((one, other) => (place(one) < place(other) ? -1 : 1))
}

/** What was entered late today and is of another day: whoever entered it by mistake takes it back. */
function enteredToday(house: VisitHouse): DayLine[] {
  const date = house.today()
  return house.records.between(date, date).flatMap(record => {
    if (record.kind !== 'late-visit' || record.payload.servedOn === date) return []
    return [{ ...doneLine(house, lateVisit(record)), date: record.payload.servedOn }]
  })
}

function runningLine(house: VisitHouse, visit: OpenVisit): DayLine {
  const { service, id, order } = visit
  const who = house.whoIn(visit)
  const isPaused = visit.pauses.at(-1)?.until === null
  return {
    ...{ key: id, at: clockOf(visit.at), kind: service.kind, name: who === null ? '' : maskName(who.name) },
    ...{
      service: service.name,
      where: service.where,
      minutes: house.minutesOf(visit, visit.out?.at ?? house.clock.now()),
      visit: id,
      order,
    },
    state: service.price === null ? 'present' : isPaused ? 'paused' : 'running',
    takesBack: false,
  }
}

function doneLine(house: VisitHouse, visit: RecordedVisit): DayLine {
  const service = house.service(visit.service)
  const isVoid = visit.out !== null && isVoided(house.ledger, visit.out)
  const isUnproven = service?.location === 'wanted' && visit.evidence === 'unproven'
  return {
    ...{ key: visit.id, at: clockOf(visit.from), kind: service?.kind ?? 'activity' },
    ...{ name: house.maskedName(seniorOf(house, visit)), service: service?.name ?? noName },
    ...{ where: service?.where ?? 'station', minutes: visit.minutes, visit: visit.id, order: null },
    state: isVoid ? 'void' : visit.kind === 'late' ? 'late' : isUnproven ? 'unproven' : 'done',
    takesBack: mayBeTakenBack(house, visit.out),
  }
}

/** Whom a record was about, as it lies sealed beside it; null where the person was erased. */
export function seniorOf({ sealed }: Pick<VisitHouse, 'sealed'>, visit: RecordedVisit): SeniorId | null {
  const isNote = visit.kind === 'stay' || visit.kind === 'once'
  const of = isNote ? visit.id : (visit.out ?? visit.id)
  return ifItOpens(() => (isNote ? sealed.readNote(of)?.inputs.senior : sealed.read(of)?.inputs.senior) ?? null)
}
