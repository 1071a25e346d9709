import { surnameOf } from '../../../shared/person-names.ts'
import type { CustomerView } from '../../../shared/terminal-api.ts'
import type { VisitView } from '../../../shared/visit-api.ts'
import type { FaceToConfirm } from '../check-in-state.ts'
import type { VisitDeskNow } from './desk-state.ts'
import type { VisitHouse } from './visit-house.ts'
import { visitViewOf } from './visit-view.ts'

type Now = CustomerView['now']

/** How long a visit that has just begun stands on the public screen (ms). */
const begunFor = 10_000

/** The same for everybody but digits, surname and service; what costs nothing reads as any other. */
function moment(state: 'priced' | 'confirmed', visit: 'in' | 'out', view: VisitView, at: number): Now {
  const { person, service, price } = view
  const listFen = price?.listFen ?? 0
  const ownPayFen = price?.ownPayFen ?? 0
  return {
    ...{ state, visit, at, set: service.name, listFen, ownPayFen, offFen: listFen - ownPayFen },
    ...{ surname: person.name === '' ? null : surnameOf(person.name), title: person.name === '' ? null : person.sex },
    ...{ tender: price?.tender ?? 'cash', parts: [], pending: (price?.pendingFen ?? 0) > 0, madeGoodFen: 0 },
  }
}

/** Whom the face found is asked whether it is they; where only staff may tell, the surname may be somebody else's. */
function question(house: VisitHouse, { open, result, at }: FaceToConfirm): Now {
  const senior = open.senior && house.member(open.senior)
  if (!senior || result !== 'person-confirms') return { state: 'helping' }
  return { state: 'asking', surname: surnameOf(senior.name), title: senior.sex, at }
}

/** What the public screen shows while the station's screen is open; null: its greeting. */
export function publicVisitOf(house: VisitHouse, { open, desk, asked }: VisitDeskNow): Now | null {
  if (open && asked !== null) return question(house, asked)
  if (!open || desk.state === 'list') return null
  if (desk.state === 'arriving') return { state: 'helping' }
  if (desk.state === 'rating') return moment('confirmed', 'out', desk.view, desk.view.asOf)
  const visit = house.openVisits.of(desk.visit)
  if (visit === null) return null
  const view = visitViewOf(house, visit)
  if (desk.state === 'leaving') return moment('priced', 'out', view, visit.out?.at ?? view.asOf)
  return house.clock.now() - visit.at < begunFor ? moment('confirmed', 'in', view, visit.at) : null
}
