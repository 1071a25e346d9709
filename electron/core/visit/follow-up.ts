import { addDays } from '../../../shared/business-day.ts'
import { type OperatorId, type RecordId, recordId } from '../../../shared/ids.ts'
import type { Done } from '../../../shared/terminal-api.ts'
import type { StationView } from '../../../shared/visit-api.ts'
import { appendOnce } from '../append-once.ts'
import { sealNote } from '../seal-note.ts'
import { ifItOpens } from '../store/sealed-inputs.ts'
import { clockOf } from './clock-of.ts'
import { noName } from './day-lines.ts'
import { refuse, type VisitHouse } from './visit-house.ts'

/** How far back somebody who was not seen stays on the list, after a call as after a delivery. */
export const followedDays = 62

/** Those who were not seen, and whom nobody has seen since, the oldest first. */
export function missingOf(house: VisitHouse): StationView['followUps'] {
  return house.records.unseen(addDays(house.today(), -followedDays)).map(({ id, at, businessDate: date, payload }) => {
    const service = house.service(payload.service)
    const senior = ifItOpens(() => house.sealed.readNote(id)?.inputs.senior ?? null)
    const kind = service?.kind ?? ('calling' as const)
    return { of: id, date, at: clockOf(at), name: house.maskedName(senior), kind, service: service?.name ?? noName }
  })
}

/** Somebody was seen after all: a record of its own. */
export async function followUp(
  house: VisitHouse,
  seen: { of: RecordId; seen: 'well' | 'unwell'; by: OperatorId; note: string },
): Promise<Done> {
  const hand = house.hand()
  if ('result' in hand) return hand
  const before = house.ledger.byId(seen.of)?.record
  if (before?.kind !== 'attendance' || before.payload.seen !== 'not-seen' || before.payload.senior === null)
    return refuse('FOLLOW_UP_GONE')
  if (!hand.site.operators.some(({ id }) => id === seen.by)) return refuse('OPERATOR_UNKNOWN')
  const inputs = house.sealed.readNote(seen.of)?.inputs
  if (!inputs) return refuse('SENIOR_UNKNOWN')
  const { senior } = before.payload
  const id = recordId.parse(house.clock.mint())
  const isDone = () =>
    house.records
      .between(before.businessDate, house.today())
      .some(record => record.kind === 'follow-up' && record.payload.of === seen.of)
  const result = await appendOnce(house.ledger, id, () => {
    if (isDone()) return { code: 'FOLLOW_UP_GONE', values: {} }
    const noted = sealNote(house, { v: 1, senior: inputs.senior, note: seen.note })
    const payload = {
      ...{ site: hand.site.id, senior, of: seen.of, seen: seen.seen, by: seen.by },
      ...{ noteCommitment: noted.commitment, operator: hand.operator },
    }
    const also = () => {
      noted.write(id, senior)
      return true
    }
    return [{ draft: { kind: 'follow-up', id, at: house.clock.now(), payload }, also }]
  })
  if (result.result === 'refused') return result
  house.onRecorded()
  return { result: 'done' }
}
