import { ageOn } from '../../../shared/business-day.ts'
import type { ProxyId, SeniorId } from '../../../shared/ids.ts'
import { dueFen } from '../../../shared/payments.ts'
import type { FullSenior } from '../../../shared/senior.ts'
import type { Notice } from '../../../shared/terminal-api.ts'
import { answeredByPhone } from '../../../shared/visit/carer-answer.ts'
import { longestVisitMinutes } from '../../../shared/visit/minutes.ts'
import type { SiteService } from '../../../shared/visit/service.ts'
import { minutesSinceLast } from '../../../shared/visit/two-places.ts'
import type { StationView, VisitView } from '../../../shared/visit-api.ts'
import { attentionOf } from '../attention.ts'
import { hasPhone } from './carer-phones.ts'
import { clockOf } from './clock-of.ts'
import { dayLinesOf } from './day-lines.ts'
import type { Arriving, VisitDeskNow } from './desk-state.ts'
import { waitingOrders } from './due-orders.ts'
import { missingOf } from './follow-up.ts'
import { carerOf, type OpenVisit } from './open-visit.ts'
import { codeNow } from './station-codes.ts'
import { faceAskedView, faceWantedOf } from './visit-faces.ts'
import type { EndedVisit, VisitHouse } from './visit-house.ts'
import { proxyChoices } from './visit-proxies.ts'

function serviceViewOf(service: SiteService): VisitView['service'] {
  const { id, kind, name, unit, leastMinutes, usualMinutes, where, price } = service
  return { id, kind, name, unit, fen: price?.fen ?? null, leastMinutes, usualMinutes, where }
}

/** Nameless where nobody here knows them any more. */
function personViewOf(house: VisitHouse, id: SeniorId, senior = house.member(id)): VisitView['person'] {
  if (senior === null) return { senior: id, name: '', sex: 'female', age: 0 }
  return { senior: id, name: senior.name, sex: senior.sex, age: ageOn(senior.person.birthDate, house.today()) }
}

/** An empty text where the registration is gone since. */
function proxyName(senior: FullSenior | null, proxy: ProxyId | null): string | null {
  return proxy === null ? null : (senior?.proxies?.find(({ id }) => id === proxy)?.name ?? '')
}

/**
 * Where somebody who stands here shows that they are: the carer's phone that answered the station's code, a reader of the station, or its
 * code typed; nothing of it proves a service at home.
 */
export function placeOfDraft(
  house: Pick<VisitHouse, 'terminal'>,
  { service, by, code, byPhone }: Arriving,
): VisitView['place'] {
  if (service?.where === 'home') return { evidence: 'unproven', reference: null }
  if (code !== null && byPhone) return { evidence: 'rotating-code', reference: `${house.terminal()}${answeredByPhone}` }
  if (by.device !== null) return { evidence: 'reader', reference: by.device.id }
  if (code !== null) return { evidence: 'rotating-code', reference: house.terminal() }
  return { evidence: 'unproven', reference: null }
}

/** As it would end now, in its least minutes at the soonest: nobody is shown the price of a bath that is not finished. */
function endedNow(house: VisitHouse, visit: OpenVisit): EndedVisit {
  const { id, by } = visit
  const tender = house.site()?.defaultTender ?? 'cash'
  return { ...visit, out: { id, at: house.clock.now(), by, early: null, tender, atListPrice: false } }
}

function priceOf(house: VisitHouse, visit: OpenVisit) {
  const { out } = visit
  return out === null
    ? house.price(endedNow(house, visit), visit.service.leastMinutes)
    : house.price({ ...visit, out }, out.early === null ? 0 : visit.service.leastMinutes)
}

export function visitViewOf(house: VisitHouse, visit: OpenVisit): VisitView {
  const { out, service } = visit
  const asOf = out?.at ?? house.clock.now()
  const paused = visit.pauses.at(-1)
  const carer = house.carer(carerOf(visit))
  const priced = priceOf(house, visit)
  const by = out?.by ?? visit.by
  const tender = out?.tender ?? house.site()?.defaultTender ?? 'cash'
  const ofDay = house.placed(house.today()).flatMap(({ carers }) => carers.filter(one => one.carer === carer?.id))
  return {
    ...{
      visit: visit.id,
      person: personViewOf(house, visit.senior, house.whoIn(visit)),
      means: by.means,
      assurance: by.assurance,
      proxy: proxyName(house.whoIn(visit), by.proxy),
    },
    ...{ service: serviceViewOf(service), startedAt: visit.at, pausedAt: paused?.until === null ? paused.from : null },
    carer: {
      ...{ name: carer?.name ?? '', role: carer?.role ?? 'carer' },
      ...{ ofToday: ofDay.length, changes: Math.max(0, visit.carers.length - 1) },
    },
    ...{ minutes: house.minutesOf(visit, asOf), asOf, place: visit.place, order: visit.order },
    gapMinutes: minutesSinceLast(visit.carers.at(-1)?.from ?? visit.at, ofDay),
    price:
      priced === null || 'code' in priced
        ? null
        : {
            listFen: priced.quote.listFen,
            discountFen: priced.quote.discountFen,
            subsidyFen: priced.quote.subsidies.reduce((sum, { fen }) => sum + fen, 0),
            ...{ pendingFen: priced.quote.pendingFen, ownPayFen: priced.quote.ownPayFen, tender },
            dueFen: dueFen(tender, priced.quote.ownPayFen),
            digest: priced.shown,
            scheme: priced.quote.subsidies.length > 0 ? priced.policy.pack.title : null,
          },
  }
}

/** What staff should look at before it ends. */
function attentionAtEnd(house: VisitHouse, visit: EndedVisit): Notice[] {
  const { out, service } = visit
  const minutes = house.minutesOf(visit, out.at)
  const attention: Notice[] = []
  if (out.early === null && house.isForgotten(visit, out.at))
    attention.push({ code: 'VISIT_FORGOTTEN', values: { time: clockOf(visit.at), hours: longestVisitMinutes / 60 } })
  else if (out.early === null && minutes < service.leastMinutes)
    attention.push({ code: 'VISIT_EARLY', values: { minutes, least: service.leastMinutes } })
  const priced = house.price(visit)
  if (priced !== null && 'code' in priced) attention.push(priced)
  else if (priced !== null && out.early === null)
    attention.push(
      ...(priced.needs === null ? [] : [{ code: 'VISIT_COMPARE' as const, values: {} }]),
      ...attentionOf({
        ...{ open: { who: 'senior', channel: 'dine-in', face: null }, priced, needs: null, earlier: null },
        ...{ known: house.whoIn(visit) !== null, stale: house.rosterIsStale() },
        // Staff chose it, and the price says what is made good.
      }).filter(({ code }) => code !== 'CLAIM_PENDING' || !out.atListPrice || priced.quote.pendingFen === 0),
    )
  return [...attention, ...unproven(visit.service, visit.place)]
}

/** Whether the subsidy of a visit that ends asks who the senior is, and what was chosen where nobody can say. */
function proofAtEnd(house: VisitHouse, visit: EndedVisit): Extract<StationView['desk'], { state: 'leaving' }>['proof'] {
  if (visit.out.atListPrice) return 'list-price'
  const priced = house.price(visit)
  return priced === null || 'code' in priced || priced.needs === null ? 'enough' : 'needed'
}

function unproven(service: SiteService | null, place: VisitView['place']): Notice[] {
  const isMissing = service?.location === 'wanted' && place.evidence === 'unproven'
  return isMissing ? [{ code: 'VISIT_UNPROVEN', values: {} }] : []
}

function deskViewOf(house: VisitHouse, { desk }: VisitDeskNow): StationView['desk'] {
  if (desk.state === 'list' || desk.state === 'rating')
    return desk.state === 'list' ? desk : { state: 'rating', visit: desk.view }
  if (desk.state === 'arriving') return arrivingViewOf(house, desk.draft)
  const visit = house.openVisits.of(desk.visit)
  if (visit === null) return { state: 'list' }
  const { out } = visit
  const proxies = proxyChoices(house, house.whoIn(visit))
  if (desk.state === 'visit' || out === null)
    return {
      state: 'visit',
      visit: visitViewOf(house, visit),
      proxies,
      attention: unproven(visit.service, visit.place),
    }
  const isShort = house.minutesOf(visit, out.at) < visit.service.leastMinutes || house.isForgotten(visit, out.at)
  const proof = proofAtEnd(house, { ...visit, out })
  return {
    ...{
      state: 'leaving',
      visit: visitViewOf(house, visit),
      attention: attentionAtEnd(house, { ...visit, out }),
      proof,
    },
    // Where a proxy's word is not enough, another one's is not either.
    proxies: out.by.means === 'manual' && proof === 'enough' ? proxies : null,
    early: !isShort ? null : out.early === null ? 'needed' : 'asked',
  }
}

function arrivingViewOf(house: VisitHouse, draft: Arriving): StationView['desk'] {
  const { senior, by, service } = draft
  const carer = house.carer(draft.carer)
  const place = placeOfDraft(house, draft)
  const orders = waitingOrders(house).filter(order => order.senior === senior && order.state === 'planned')
  const chosen = draft.order === null ? null : house.orders.of(draft.order)
  const attention: Notice[] = chosen?.state === 'cancelled' ? [{ code: 'ORDER_CANCELLED', values: {} }] : []
  const needsCarer = service !== null && service.price !== null && carer === null
  return {
    ...{ state: 'arriving', person: personViewOf(house, senior), means: by.means, place },
    proxy: proxyName(house.member(senior), by.proxy),
    proxies: by.means === 'manual' ? proxyChoices(house, house.member(senior)) : null,
    orders: orders.map(({ order, at, service: of, carer: who }) => ({ order, at, service: of, carer: who })),
    service: service && serviceViewOf(service),
    carer: carer && { carer: carer.id, name: carer.name, role: carer.role },
    needs: [...(service === null ? (['service'] as const) : []), ...(needsCarer ? (['carer'] as const) : [])],
    attention: [...attention, ...unproven(service, place)],
  }
}

/** All that the station's screen shows. */
export function stationViewOf(house: VisitHouse, now: VisitDeskNow): StationView {
  const station = house.station()
  const code = codeNow(house)
  const day = dayLinesOf(house)
  const number = (...states: readonly StationView['day'][number]['state'][]) =>
    day.filter(({ state, date }) => states.includes(state) && date === undefined).length
  return {
    station:
      station === null || code === null
        ? null
        : {
            services: station.services.map(serviceViewOf),
            carers: station.carers.map(({ id, name, role }) => ({
              ...{ carer: id, name, role },
              pin: house.carerPins.stateOf(id),
              phone: station.carerPage !== undefined && hasPhone(house, id),
            })),
            code,
            phones: station.carerPage !== undefined,
          },
    ...{ date: house.today(), open: now.open, desk: deskViewOf(house, now), day, notice: now.notice },
    ...{ face: faceWantedOf(house, now.desk), asked: faceAskedView(house, now.asked) },
    followUps: missingOf(house),
    counts: {
      present: number('running', 'paused', 'present'),
      done: number('done', 'unproven', 'late'),
      due: number('due'),
    },
  }
}
