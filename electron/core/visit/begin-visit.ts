import type { SeniorRef } from '../../../shared/record.ts'
import type { Notice } from '../../../shared/terminal-api.ts'
import { hasEnd, mayGive } from '../../../shared/visit/service.ts'
import { placeOf } from '../../../shared/visit/two-places.ts'
import type { Seen } from '../../../shared/visit-api.ts'
import { type Appended, appendOnce } from '../append-once.ts'
import type { Arriving } from './desk-state.ts'
import { carerOf, type OpenVisit } from './open-visit.ts'
import { attendanceDrafts, beginDrafts, type Hand, identificationOf, vouching } from './record-visit.ts'
import { spendCode } from './station-codes.ts'
import type { VisitHouse } from './visit-house.ts'
import { proxyProblem } from './visit-proxies.ts'
import { placeOfDraft } from './visit-view.ts'

interface Beginning {
  readonly hand: Hand
  readonly ref: SeniorRef | null
  /** What was seen, and noted, where the service has no end. */
  readonly seen: Seen | null
  readonly note: string | null
}

/** Records what was chosen, once: the beginning of a visit or a stay, or a note of attendance. The station's code that was shown is spent with it. */
export async function recordBeginning(house: VisitHouse, draft: Arriving, from: Beginning): Promise<Appended> {
  return await appendOnce(house.ledger, draft.id, () => {
    const { ref, hand } = from
    if (ref === null) return { code: 'NOT_ENROLLED', values: {} }
    const visit = begun(house, draft, ref)
    if ('code' in visit) return visit
    const drafts = hasEnd(visit.service) ? beginDrafts(house, visit, ref, hand) : noted(house, visit, { ...from, ref })
    const [first, ...rest] = drafts
    if (first === undefined) return { code: 'VISIT_GONE', values: {} }
    const also: typeof first.also = record => {
      if (draft.code !== null) spendCode(house, draft.code, draft.carer)
      return first.also(record)
    }
    return [{ ...first, also }, ...rest]
  })
}

/** The visit as it begins now, or what stands in its way. */
function begun(house: VisitHouse, draft: Arriving, ref: SeniorRef): OpenVisit | Notice {
  const { service, order } = draft
  const carer = house.carer(draft.carer)
  const notToday = draft.by.proxy && proxyProblem(house, house.member(draft.senior), draft.by.proxy)
  if (notToday) return notToday
  if (service === null || (service.price !== null && carer === null)) return { code: 'VISIT_NEEDS', values: {} }
  if (carer !== null && !mayGive(service, carer))
    return { code: 'VISIT_GIVER', values: { carer: carer.name, service: service.name.zh } }
  const at = house.clock.now()
  if (hasEnd(service)) {
    const carers = carer === null ? [] : [{ carer: carer.id, from: at, until: null }]
    const place = placeOf(service.where, ref)
    const stay = { place, from: at, until: null, senior: ref, minutes: null, carers, isStay: service.price === null }
    const inTheWay = house.obstacle({ ...stay, carer }, house.today())
    if (inTheWay) return inTheWay
  }
  return {
    ...{ id: draft.id, at, date: house.today(), senior: draft.senior, service, order, by: draft.by, out: null },
    known: house.member(draft.senior),
    ...{ carers: carer === null ? [] : [{ carer: carer.id, from: at }], pauses: [], place: placeOfDraft(house, draft) },
  }
}

function noted(
  house: VisitHouse,
  visit: OpenVisit,
  { hand, ref, seen, note }: Beginning & { readonly ref: SeniorRef },
) {
  const who = { site: hand.site.id, senior: ref, ...identificationOf(visit.by), operator: hand.operator }
  const what = { service: visit.service.id, order: visit.order, location: visit.place, carer: carerOf(visit) }
  const facts = { id: visit.id, ...who, ...what, event: 'once' as const, seen }
  return [
    ...attendanceDrafts(house, visit.senior, facts, note, () => true),
    ...vouching(house, visit.id, visit.by, { ref, hand }),
  ]
}
