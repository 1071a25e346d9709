import type { Approval } from '../../../shared/afterwards-api.ts'
import { type Credential, cardKey } from '../../../shared/credential.ts'
import { type ProxyId, type RecordId, recordId, type SeniorId, seniorId } from '../../../shared/ids.ts'
import { pinIsTooEasy } from '../../../shared/pin.ts'
import type { ProblemCode } from '../../../shared/problems.ts'
import type { FullSenior } from '../../../shared/senior.ts'
import type { TenderKind } from '../../../shared/site.ts'
import type { Done, Notice } from '../../../shared/terminal-api.ts'
import { isCarerAnswer, readCarerAnswer } from '../../../shared/visit/carer-answer.ts'
import { longestVisitMinutes } from '../../../shared/visit/minutes.ts'
import type { OrderId } from '../../../shared/visit/order.ts'
import { type CarerId, mayGive } from '../../../shared/visit/service.ts'
import { placeOf } from '../../../shared/visit/two-places.ts'
import type { EarlyReason, PhoneGiven, Seen } from '../../../shared/visit-api.ts'
import type { FaceDesk } from '../face/face-desk.ts'
import type { Identified } from '../identify/identify.ts'
import { leadProblem } from '../proxy-desk.ts'
import { voidSale } from '../void-sale.ts'
import { askForRights } from './ask-for-rights.ts'
import { recordBeginning } from './begin-visit.ts'
import { type Answered, recordCarerPhone, takeAnswer } from './carer-phones.ts'
import { recordCarerPin } from './carer-pin.ts'
import { clockOf } from './clock-of.ts'
import { countedAs } from './counted.ts'
import type { Arriving, VisitDeskNow, VisitDeskState } from './desk-state.ts'
import { isGiven, waitingOrders } from './due-orders.ts'
import { carerOf, type OpenVisit, type ShownBy, strongerOf } from './open-visit.ts'
import { reconcileVisits } from './reconcile-visits.ts'
import { recordEvent, recordStayOut, recordVisitOut } from './record-visit.ts'
import { readCode } from './station-codes.ts'
import { createVisitFaces } from './visit-faces.ts'
import { refuse, type VisitHouse } from './visit-house.ts'
import { byProxy, proxyProblem, recordProxyPin, tryProxyPin } from './visit-proxies.ts'
import { visitViewOf } from './visit-view.ts'

const done: Done = { result: 'done' }
const minute = 60_000

export type Finished =
  | { readonly result: 'recorded'; readonly visit: RecordId }
  | { readonly result: 'price-changed' }
  | { readonly result: 'refused'; readonly notice: Notice }

/** Seniors in and out of services at one station. Everything that changes it goes through one queue. */
export interface VisitDesk {
  now(): VisitDeskNow
  open(): Promise<Done>
  close(): Promise<Done>
  /** A credential while the station's screen is open; false where it is not, and the till takes it. */
  take(credential: Credential): Promise<boolean>
  /** A reader's trouble while the station's screen is open; false where it is not. */
  fault(notice: Notice): boolean
  readonly faces: FaceDesk
  choose(senior: SeniorId): Promise<Done>
  back(): Promise<Done>
  look(visit: RecordId): Promise<Done>
  chooseOrder(order: OrderId): Promise<Done>
  chooseService(service: string): Promise<Done>
  carer(carer: CarerId, pin: string): Promise<Done>
  setCarerPin(carer: CarerId, pin: string, approval: Approval): Promise<Done>
  /** Gives a carer's phone a key, with the link that brings it there, or withdraws it. */
  setCarerPhone(carer: CarerId, give: boolean, approval: Approval): Promise<PhoneGiven>
  /** What a carer's phone answers to the station's code: in place of their PIN, and as what shows that they are here. */
  answer(text: string): Promise<Done>
  /** A registered proxy vouches for whom the screen is about: as they come, or to sign them out. */
  proxy(proxy: ProxyId, pin: string): Promise<Done>
  setProxyPin(proxy: ProxyId, pin: string, approval: Approval): Promise<Done>
  stationCode(text: string): Promise<Done>
  begin(seen: Seen | null, note: string | null): Promise<Done>
  pause(visit: RecordId): Promise<Done>
  goOn(visit: RecordId): Promise<Done>
  /** Staff compared the senior of a sign-out. */
  compare(visit: RecordId): Promise<Done>
  /** Nobody is here whom staff could compare for the subsidy: the list price now, and the difference once the province knows. */
  takeListPrice(visit: RecordId): Promise<Done>
  leave(visit: RecordId, early: EarlyReason | null): Promise<Done>
  chooseTender(tender: TenderKind): Promise<Done>
  finish(visit: RecordId, digest: string | null): Promise<Finished>
  rate(visit: RecordId, rating: 1 | 2 | 3 | null): Promise<Done>
  /** Takes back a visit that was counted today, or entered late in this shift: its rights and its money return. */
  takeBack(visit: RecordId): Promise<Done>
  /** Makes the visits that go on agree with records that came back from the province. */
  reconcile(): Promise<void>
}

const carerPinCodes = { wrong: 'CARER_PIN_WRONG', locked: 'CARER_PIN_LOCKED', none: 'CARER_PIN_NONE' } as const

export function createVisitDesk(house: VisitHouse): VisitDesk {
  const { clock, openVisits } = house
  let isOpen = false
  reconcileVisits(house)
  let desk: VisitDeskState = resumed()
  let told: Notice | null = null
  let queue: Promise<unknown> = Promise.resolve()

  /** A power cut came while somebody signed out: that goes on where it was. */
  function resumed(): VisitDeskState {
    const leaving = openVisits.all().findLast(({ out }) => out !== null)
    return leaving === undefined ? { state: 'list' } : { state: 'leaving', visit: leaving.id }
  }

  function inQueue<T>(work: () => Promise<T> | T): Promise<T> {
    const mine = queue.then(work, work)
    queue = mine.catch(() => undefined)
    return mine
  }

  function show(next: VisitDeskState, notice: Notice | null = null): Done {
    desk = next
    told = notice
    faces.forget()
    house.onChange()
    return done
  }

  function tell(code: ProblemCode, values: Notice['values'] = {}): void {
    told = { code, values }
    house.onChange()
  }

  const newId = () => recordId.parse(clock.mint())

  function arrive(senior: SeniorId, by: ShownBy): Done {
    const nothing = { service: null, carer: null, order: null, code: null, byPhone: false }
    return show({ state: 'arriving', draft: { id: newId(), senior, by, ...nothing } })
  }

  function change(next: Partial<Arriving>): Done {
    if (desk.state !== 'arriving') return refuse('VISIT_GONE')
    return show({ state: 'arriving', draft: { ...desk.draft, ...next } })
  }

  const byHand: ShownBy = { means: 'manual', assurance: 'verified', device: null, compared: true, proxy: null }

  function runningOf(senior: SeniorId): OpenVisit | null {
    const all = openVisits.all().filter(visit => visit.senior === senior)
    return all.find(({ service }) => service.price !== null) ?? all[0] ?? null
  }

  const isDue = (senior: SeniorId) =>
    waitingOrders(house).some(order => order.senior === senior && order.state === 'planned')

  /** The visit stands as ended from now, for somebody to look at what it costs. */
  async function startLeaving(visit: OpenVisit, by: ShownBy, early: EarlyReason | null): Promise<Done> {
    const at = visit.out?.at ?? clock.now()
    const isShort = house.minutesOf(visit, at) < visit.service.leastMinutes || house.isForgotten(visit, at)
    const out = {
      ...{ id: visit.out?.id ?? newId(), at, by: strongerOf(visit.by, by), early: isShort ? early : null },
      atListPrice: false,
      tender: visit.out?.tender ?? house.site()?.defaultTender ?? 'cash',
    }
    openVisits.put({ ...visit, out })
    show({ state: 'leaving', visit: visit.id })
    const ended = { ...visit, out }
    await askForRights(house.leases, { id: visit.senior }, () => house.price(ended), house.onChange)
    return done
  }

  async function come(senior: SeniorId, by: ShownBy): Promise<Done> {
    // Somebody whom the roster did not have may be in a visit that came back.
    reconcileVisits(house)
    // A face is looked at from a visit's own screen: that visit is the one they end.
    const looked = by.means === 'face' && desk.state === 'visit' ? openVisits.of(desk.visit) : null
    const isLookedAt = looked?.senior === senior
    const running = isLookedAt ? looked : runningOf(senior)
    if (running === null || (running.service.price === null && isDue(senior) && !isLookedAt)) return arrive(senior, by)
    const minutes = house.minutesOf(running, clock.now())
    if (running.out === null && minutes < 1 && running.pauses.length === 0 && clock.now() - running.at < minute)
      return show({ state: 'visit', visit: running.id }, { code: 'VISIT_JUST_BEGUN', values: {} })
    return await startLeaving(running, by, null)
  }

  /** Whoever left the roster in the middle of a visit, by what they showed. */
  function inVisitBy({ credentialKey: key }: Identified): SeniorId | null {
    const visit = openVisits.all().find(({ senior, known }) => senior === key || known?.cards.includes(key))
    return visit?.senior ?? null
  }

  /** Somebody whom nobody here knows by name: the province may. */
  async function askProvince(credential: Credential, found: Identified): Promise<SeniorId | null> {
    const owner = seniorId.safeParse(found.credentialKey)
    const answer = await house.ask(
      credential.means === 'code' && owner.success
        ? { by: 'code', senior: owner.data }
        : { by: 'card', card: credential.means === 'card' ? cardKey(credential.card) : found.credentialKey },
    )
    if (!answer.ok) tell('LOOKUP_OFFLINE')
    else if (answer.senior === null) tell('NOT_ON_ROSTER')
    else house.welcome(answer.senior)
    return answer.ok ? (answer.senior?.id ?? null) : null
  }

  async function takeNow(credential: Credential): Promise<void> {
    if (credential.means === 'code' && isCarerAnswer(credential.code.text)) return takeScanned(credential.code.text)
    const hand = house.hand()
    if ('result' in hand) return tell(hand.notice.code, hand.notice.values)
    const found = await house.identify(credential)
    if (!found.ok) return tell(found.problem, found.values)
    const known = found.senior !== null && house.member(found.senior.id) !== null
    const senior = known ? (found.senior?.id ?? null) : (inVisitBy(found) ?? (await askProvince(credential, found)))
    if (senior === null) return
    found.spend()
    const device = { id: credential.device, eventId: credential.eventId }
    const by: ShownBy = { means: found.means, assurance: found.assurance, device, compared: false, proxy: null }
    await shown(senior, by)
  }

  /** Somebody showed a means of their own. */
  async function shown(senior: SeniorId, by: ShownBy): Promise<void> {
    faces.desk.forgetTries(senior)
    if (desk.state !== 'arriving' || desk.draft.senior !== senior) await come(senior, by)
    // Their own card, code or face is worth more than that somebody knew their name.
    else if (desk.draft.by.means === 'manual') change({ by })
    // Nothing of what stands there changes but that nobody is asked any more.
    else faces.forget()
  }

  const faces = createVisitFaces(house, {
    ...{ isOpen: () => isOpen, inQueue, arrive: shown, tell, onChange: house.onChange },
  })

  /** A phone's answer held up to the scanner or the camera: for whoever stands here; nobody takes the place of a carer without being asked. */
  function takeScanned(text: string): void {
    if (desk.state === 'arriving') {
      const [standing, other] = [house.carer(desk.draft.carer), house.carer(readCarerAnswer(text)?.carer ?? null)]
      if (standing !== null && other !== null && other.id !== standing.id) {
        tell('CARER_ANSWER_OTHER', { carer: standing.name, other: other.name })
        return
      }
      const taken = answerArriving(text, desk.draft)
      if (taken.result === 'refused') tell(taken.notice.code, taken.notice.values)
      return
    }
    const visit = desk.state === 'visit' ? openVisits.of(desk.visit) : null
    const isTheirs = visit !== null && carerOf(visit) === readCarerAnswer(text)?.carer
    if (!isTheirs && (desk.state === 'list' || desk.state === 'visit')) tell('CARER_ANSWER_WHERE')
  }

  function answerArriving(text: string, { carer, code, byPhone }: Arriving): Done {
    const held: Answered | null = byPhone && carer !== null && code !== null ? { carer, window: code } : null
    const answered = takeAnswer(house, text, held)
    if ('code' in answered) return { result: 'refused', notice: answered }
    return change({ carer: answered.carer, code: answered.window, byPhone: true })
  }

  async function beginNow(seen: Seen | null, note: string | null): Promise<Done> {
    if (desk.state !== 'arriving') return refuse('VISIT_GONE')
    const { draft } = desk
    const hand = house.hand()
    const ref = house.refOf({ id: draft.senior })
    if ('result' in hand) return hand
    const order = draft.order === null ? null : house.orders.of(draft.order)
    if (draft.order !== null && order?.state !== 'planned') {
      change({ order: null })
      return refuse('ORDER_CANCELLED')
    }
    if (order !== null && isGiven(house, order)) return refuse('ORDER_DONE')
    const recorded = await recordBeginning(house, draft, { hand, ref, seen, note })
    if (recorded.result === 'refused') return recorded
    house.onRecorded()
    const visit = openVisits.of(draft.id)
    return show(visit === null ? { state: 'list' } : { state: 'visit', visit: visit.id })
  }

  /** Does something in the middle of a running visit; `then` null where it is no longer as the page thinks. */
  async function inVisit(
    id: RecordId,
    event: 'pause' | 'resume' | 'carer',
    then: (visit: OpenVisit, at: number) => OpenVisit | Notice | null,
  ): Promise<Done> {
    const hand = house.hand()
    if ('result' in hand) return hand
    const visit = openVisits.of(id)
    if (visit === null || visit.out !== null || visit.service.price === null) return refuse('VISIT_GONE')
    const after = then(visit, clock.now())
    if (after === null) return done
    if ('code' in after) return { result: 'refused', notice: after }
    const carer = event === 'carer' ? carerOf(after) : null
    const result = await recordEvent(house, { of: id, event, carer }, hand, after)
    if (result.result === 'refused') return result
    house.onRecorded()
    return show({ state: 'visit', visit: id })
  }

  async function changeCarer(id: RecordId, carer: CarerId): Promise<Done> {
    const next = house.carer(carer)
    return await inVisit(id, 'carer', (visit, at) => {
      if (next === null || carerOf(visit) === carer) return null
      if (!mayGive(visit.service, next))
        return { code: 'VISIT_GIVER', values: { carer: next.name, service: visit.service.name.zh } }
      const ref = house.refOf({ id: visit.senior })
      const carers = [{ carer, from: at, until: null }]
      const stay = { from: at, until: null, senior: null, minutes: null, carers, isStay: false }
      const inTheWay = house.obstacle(
        { ...stay, place: placeOf(visit.service.where, ref ?? visit.id), carer: next },
        house.today(),
      )
      return inTheWay ?? { ...visit, carers: [...visit.carers, { carer, from: at }] }
    })
  }

  /** Whom the screen is about, with the visit that they are in and how they showed themselves for it; null where it is about nobody. */
  function onScreen(): { senior: FullSenior | null; visit: OpenVisit | null; by: ShownBy | null } | null {
    if (desk.state === 'arriving') return { senior: house.member(desk.draft.senior), visit: null, by: desk.draft.by }
    const visit = desk.state === 'visit' || desk.state === 'leaving' ? openVisits.of(desk.visit) : null
    return visit && { senior: house.whoIn(visit), visit, by: visit.out?.by ?? null }
  }

  async function vouchedBy(proxy: ProxyId, pin: string): Promise<Done> {
    const about = onScreen()
    if (about === null) return refuse('VISIT_GONE')
    const { senior, visit, by } = about
    if (by !== null && by.means !== 'manual') return refuse('PROXY_NOT_NEEDED')
    const problem = tryProxyPin(house, senior, proxy, pin)
    if (problem !== null) {
      house.onChange()
      return { result: 'refused', notice: problem }
    }
    return visit === null
      ? change({ by: byProxy(proxy) })
      : await startLeaving(visit, byProxy(proxy), visit.out?.early ?? null)
  }

  async function giveProxyPin(proxy: ProxyId, pin: string, approval: Approval): Promise<Done> {
    const hand = house.hand()
    if ('result' in hand) return hand
    const about = onScreen()
    if (about === null) return refuse('VISIT_GONE')
    const notToday = proxyProblem(house, about.senior, proxy)
    if (notToday) return { result: 'refused', notice: notToday }
    const ref = house.proxyRefOf(proxy)
    if (ref === null) return refuse('NOT_ENROLLED')
    const problem = leadProblem(house, approval) ?? (pinIsTooEasy(pin) ? 'PIN_EASY' : null)
    if (problem) return refuse(problem)
    const approvers = { operator: hand.operator, approver: approval.operator }
    const result = await recordProxyPin(house, newId(), { proxy, ref, pin }, approvers)
    if (result.result === 'refused') return result
    house.onRecorded()
    return done
  }

  /** Why a visit that was signed out of cannot go on: its carer has gone to somebody else since. */
  function elsewhereSince({ id, senior, service, carers, date, out }: OpenVisit): Notice | null {
    if (out === null) return null
    const ref = house.refOf({ id: senior })
    const span = { from: out.at, until: null }
    const carer = house.carer(carerOf({ carers }))
    const going = { ...span, senior: ref, minutes: null, isStay: service.price === null, carer }
    const place = placeOf(service.where, ref ?? id)
    return house.elsewhere({ ...going, place, carers: carer === null ? [] : [{ carer: carer.id, ...span }] }, date)
  }

  async function finishNow(id: RecordId, digest: string | null): Promise<Finished> {
    const visit = openVisits.of(id)
    if (visit === null) {
      const isEnded = (house.begunWith(id)?.out ?? null) !== null
      return isEnded ? { result: 'recorded', visit: id } : refuse('VISIT_GONE')
    }
    const hand = house.hand()
    const ref = house.refOf({ id: visit.senior })
    if ('result' in hand) return hand
    const { out } = visit
    if (out === null || ref === null) return refuse('VISIT_GONE')
    const minutes = house.minutesOf(visit, out.at)
    if (out.early === null && house.isForgotten(visit, out.at))
      return refuse('VISIT_FORGOTTEN', { time: clockOf(visit.at), hours: longestVisitMinutes / 60 })
    if (out.early === null && minutes < visit.service.leastMinutes)
      return refuse('VISIT_EARLY', { minutes, least: visit.service.leastMinutes })
    const ending = { ...visit, out }
    const view = visitViewOf(house, ending)
    if (visit.service.price === null) {
      const known = house.isForgotten(visit, out.at) ? null : minutes
      const result = await recordStayOut(house, { visit: ending, ref, hand, minutes: known })
      if (result.result === 'refused') return result
      show({ state: 'list' })
    } else {
      const priced = house.price(ending)
      if (priced !== null && !('code' in priced) && priced.needs !== null) return refuse('VISIT_COMPARE')
      const result = await recordVisitOut(house, {
        ...{ visit: ending, ref, hand, minutes, date: house.today(), online: house.online(), shown: digest ?? '' },
        price: () => house.price(ending) ?? { code: 'VISIT_GONE', values: {} },
      })
      if (result.result === 'price-changed') house.onChange()
      if (result.result !== 'recorded') return result
      show({ state: 'rating', view })
    }
    house.onRecorded()
    return { result: 'recorded', visit: id }
  }

  return {
    now: () => ({ open: isOpen, desk, notice: told, asked: faces.asked() }),
    faces: faces.desk,
    open: () =>
      inQueue(async () => {
        if (house.station() === null) return refuse('NO_STATION')
        const room = await house.makeRoom()
        if (room.result === 'refused') return room
        isOpen = true
        return show(desk)
      }),
    close: () =>
      inQueue(() => {
        faces.forget()
        isOpen = false
        return show(desk.state === 'leaving' ? desk : { state: 'list' })
      }),
    async take(credential) {
      if (!isOpen) return false
      await inQueue(() => takeNow(credential))
      return true
    },
    fault(notice) {
      if (isOpen) tell(notice.code, notice.values)
      return isOpen
    },
    choose: senior =>
      inQueue(() => {
        if (house.member(senior) === null) return refuse('SENIOR_UNKNOWN')
        const running = runningOf(senior)
        return running !== null && running.service.price !== null
          ? show({ state: running.out === null ? 'visit' : 'leaving', visit: running.id })
          : arrive(senior, byHand)
      }),
    back: () =>
      inQueue(() => {
        const leaving = desk.state === 'leaving' ? openVisits.of(desk.visit) : null
        if (leaving === null) return show({ state: 'list' })
        const inTheWay = elsewhereSince(leaving)
        // It was not ended after all: its minutes go on.
        if (inTheWay === null) openVisits.put({ ...leaving, out: null })
        return show({ state: 'list' }, inTheWay)
      }),
    look: id =>
      inQueue(() => {
        const visit = openVisits.of(id)
        if (visit === null) return refuse('VISIT_GONE')
        return show({ state: visit.out === null ? 'visit' : 'leaving', visit: id })
      }),
    chooseOrder: id =>
      inQueue(() => {
        const order = house.orders.of(id)
        if (desk.state !== 'arriving' || order === null || order.senior !== desk.draft.senior)
          return refuse('VISIT_GONE')
        if (order.state === 'cancelled') return refuse('ORDER_CANCELLED')
        const service = house.service(order.service)
        return service === null ? refuse('VISIT_NEEDS') : change({ order: id, service })
      }),
    chooseService: id =>
      inQueue(() => {
        const service = house.service(id)
        if (service === null) return refuse('VISIT_NEEDS')
        const isOrdered = desk.state === 'arriving' && desk.draft.service?.id === id
        return change({ service, ...(isOrdered ? {} : { order: null }) })
      }),
    carer: (carer, pin) =>
      inQueue(async () => {
        if (house.carer(carer) === null) return refuse('VISIT_NEEDS')
        const said = house.carerPins.try(carer, pin)
        if (said !== 'right') {
          house.onChange()
          return refuse(carerPinCodes[said])
        }
        if (desk.state === 'visit') return await changeCarer(desk.visit, carer)
        // What the same carer showed of the place already stays theirs.
        const isTheirs = desk.state === 'arriving' && desk.draft.carer === carer
        return change(isTheirs ? {} : { carer, code: null, byPhone: false })
      }),
    setCarerPin: (carer, pin, approval) =>
      inQueue(async () => {
        const hand = house.hand()
        if ('result' in hand) return hand
        if (house.carer(carer) === null) return refuse('VISIT_NEEDS')
        const problem = leadProblem(house, approval) ?? (pinIsTooEasy(pin) ? 'PIN_EASY' : null)
        if (problem) return refuse(problem)
        const by = { operator: hand.operator, approver: approval.operator }
        const result = await recordCarerPin(house, newId(), { carer, pin }, by)
        if (result.result === 'refused') return result
        house.onRecorded()
        return done
      }),
    setCarerPhone: (carer, give, approval) =>
      inQueue(async () => {
        const hand = house.hand()
        if ('result' in hand) return hand
        const known = house.carer(carer)
        const page = house.station()?.carerPage
        if (known === null || page === undefined) return refuse('VISIT_NEEDS')
        const problem = leadProblem(house, approval)
        if (problem) return refuse(problem)
        const by = { operator: hand.operator, approver: approval.operator }
        const { recorded, link } = await recordCarerPhone(
          house,
          newId(),
          { carer: known, page: give ? page : null },
          by,
        )
        if (recorded.result === 'refused') return recorded
        house.onRecorded()
        return { result: 'done', link }
      }),
    answer: text =>
      inQueue(async () => {
        if (desk.state === 'arriving') return answerArriving(text, desk.draft)
        if (desk.state !== 'visit') return refuse('CARER_ANSWER_WHERE')
        const answered = takeAnswer(house, text, null)
        if ('code' in answered) return { result: 'refused', notice: answered }
        return await changeCarer(desk.visit, answered.carer)
      }),
    proxy: (proxy, pin) => inQueue(() => vouchedBy(proxy, pin)),
    setProxyPin: (proxy, pin, approval) => inQueue(() => giveProxyPin(proxy, pin, approval)),
    stationCode: text =>
      inQueue(() => {
        if (desk.state !== 'arriving') return refuse('VISIT_GONE')
        const read = readCode(house, text, desk.draft.service, desk.draft.carer)
        return typeof read === 'number' ? change({ code: read, byPhone: false }) : { result: 'refused', notice: read }
      }),
    begin: (seen, note) => inQueue(() => beginNow(seen, note)),
    pause: id =>
      inQueue(() =>
        inVisit(id, 'pause', (visit, at) =>
          visit.pauses.at(-1)?.until === null
            ? null
            : { ...visit, pauses: [...visit.pauses, { from: at, until: null }] },
        ),
      ),
    goOn: id =>
      inQueue(() =>
        inVisit(id, 'resume', (visit, at) => {
          const last = visit.pauses.at(-1)
          if (last === undefined || last.until !== null) return null
          return { ...visit, pauses: [...visit.pauses.slice(0, -1), { ...last, until: at }] }
        }),
      ),
    leave: (id, early) =>
      inQueue(async () => {
        const visit = openVisits.of(id)
        if (visit === null) return refuse('VISIT_GONE')
        // Whoever says why it ends early adds nothing to who is here.
        return await startLeaving(visit, visit.out?.by ?? byHand, early)
      }),
    compare: id =>
      inQueue(async () => {
        const visit = openVisits.of(id)
        if (visit?.out == null) return refuse('VISIT_GONE')
        const { by, early } = visit.out
        return await startLeaving(visit, { ...by, assurance: 'verified', compared: true, proxy: null }, early)
      }),
    takeListPrice: id =>
      inQueue(() => {
        const visit = openVisits.of(id)
        if (visit?.out == null) return refuse('VISIT_GONE')
        const ending = { ...visit, out: visit.out }
        const priced = house.price(ending)
        // Who is sure enough, or has no subsidy that asks, pays what they pay.
        if (priced === null || 'code' in priced || priced.needs === null) return done
        openVisits.put({ ...visit, out: { ...visit.out, atListPrice: true } })
        return show({ state: 'leaving', visit: id })
      }),
    chooseTender: tender =>
      inQueue(() => {
        const visit = desk.state === 'leaving' ? openVisits.of(desk.visit) : null
        if (visit?.out == null) return refuse('VISIT_GONE')
        openVisits.put({ ...visit, out: { ...visit.out, tender } })
        return show(desk)
      }),
    finish: (id, digest) => inQueue(() => finishNow(id, digest)),
    rate: (id, rating) =>
      inQueue(async () => {
        if (rating === null) return show({ state: 'list' })
        const hand = house.hand()
        if ('result' in hand) return hand
        const visit = house.begunWith(id)
        if (visit === null || visit.rating !== null) return show({ state: 'list' })
        const result = await recordEvent(house, { of: id, event: 'rating', rating }, hand, null)
        if (result.result === 'refused') return result
        house.onRecorded()
        return show({ state: 'list' })
      }),
    reconcile: () =>
      inQueue(() => {
        if (reconcileVisits(house)) house.onChange()
      }),
    takeBack: id =>
      inQueue(async () => {
        const hand = house.hand()
        if ('result' in hand) return hand
        const counted = countedAs(house, id)
        if ('result' in counted) return counted
        const { id: sale, kind } = counted
        if (house.wasMadeGood(sale)) return refuse('REFUND_MADE_GOOD')
        const result = await voidSale(house, { sale, today: house.today(), operator: hand.operator, kind })
        if (result.result === 'done') house.onRecorded()
        house.onChange()
        return result
      }),
  }
}
