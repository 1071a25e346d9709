import type { Approval } from '../../../shared/afterwards-api.ts'
import type { BusinessDate } from '../../../shared/business-day.ts'
import { type Credential, cardKey, cardTail } from '../../../shared/credential.ts'
import type { CheckInId, OperatorId, ProxyId, SeniorId } from '../../../shared/ids.ts'
import { maskName } from '../../../shared/person-names.ts'
import { pinIsTooEasy } from '../../../shared/pin.ts'
import type { ProblemCode } from '../../../shared/problems.ts'
import type { MemberDraft, ProxyDraft } from '../../../shared/proxy-api.ts'
import type { SeniorRef } from '../../../shared/record.ts'
import type { FullSenior } from '../../../shared/senior.ts'
import type { Site } from '../../../shared/site.ts'
import type { Done, FoundSenior, Notice } from '../../../shared/terminal-api.ts'
import type { BlankCheckIn, CheckInState, DeskState, OpenCheckIn } from '../check-in-state.ts'
import type { Identification } from '../identify/identify.ts'
import { leadProblem } from '../proxy-desk.ts'
import type { Pins } from '../store/pins.ts'
import type { Roster } from '../store/roster.ts'
import { endProxy, namedDraft, type ProxyAct, type ProxyActParts, registerProxy } from './proxy-acts.ts'
import { recordComparison, recordMeansChange, type SeniorAct } from './senior-acts.ts'

/** As many as a screen shows at once; who is not among them needs one more letter. */
const mostFound = 6
/** A UID of 4 bytes that begins with 08 is drawn anew at every tap (ISO 14443-3), on phones above all. */
const changingCard = /^uid:08[0-9A-F]{6}$/

const done: Done = { result: 'done' }

export interface DeskParts extends ProxyActParts {
  readonly roster: Roster
  readonly pins: Pins
  /** See `OperatorPins`. */
  recognise(shown: Approval): ProblemCode | null
  today(): BusinessDate
  site(): Site | null
  refOf(senior: { id: SeniorId }): SeniorRef | null
  /** Who works now; null before the shift is open. */
  operator(): OperatorId | null
  stopped(): Notice | null
  onRecorded(): void
}

/** What the desk needs of the one check-in of the till; every call of it happens in the queue. */
export interface Floor {
  state(): CheckInState
  set(state: CheckInState): void
  inQueue<T>(work: () => Promise<T> | T): Promise<T>
  /** See check-in.ts: false where a sale stays on the screen. */
  makesWay(): Promise<boolean>
  obstacle(): Notice | null
  identify(credential: Credential): Promise<Identification>
  openFor(credential: Credential, simulated: boolean, found: Extract<Identification, { ok: true }>): OpenCheckIn
  blank(): BlankCheckIn
  /** Puts what stands on the screen aside, for somebody whom staff look for. */
  aside(): Done
  begin(open: OpenCheckIn): void
  /** Begins with somebody who has just come: the rights that they lack here are asked for first. */
  arrive(open: OpenCheckIn): Promise<void>
}

/** Where staff look after a person's means: find them, bind a card, report one lost, set a PIN, or serve them by hand. */
export interface PeopleDesk {
  open(): Promise<Done>
  /** With the unknown card of a problem, to bind it. */
  openWithCard(id: CheckInId): Promise<Done>
  find(text: string): FoundSenior[]
  choose(senior: SeniorId): Promise<Done>
  /** A credential while the desk is open: somebody's own means, or a card to bind. Call it in the queue. */
  take(credential: Credential, simulated: boolean): Promise<void>
  fault(notice: Notice): void
  bindCard(): Promise<Done>
  /** Takes a card that staff bound by mistake off the person of the desk. */
  unbindCard(handle: string): Promise<Done>
  reportCard(handle: string, lost: boolean): Promise<Done>
  setPin(pin: string): Promise<Done>
  clearPin(): Promise<Done>
  serve(): Promise<Done>
  registerProxy(draft: ProxyDraft | MemberDraft, approval: Approval): Promise<Done>
  endProxy(proxy: ProxyId, approval: Approval): Promise<Done>
}

export function createPeopleDesk(parts: DeskParts, floor: Floor): PeopleDesk {
  const { roster, pins } = parts

  const refuse = (code: ProblemCode): Done => ({ result: 'refused', notice: { code, values: {} } })
  const notice = (code: ProblemCode): Notice => ({ code, values: {} })

  function put(change: Partial<DeskState>): void {
    const state = floor.state()
    if (state.state === 'desk') floor.set({ ...state, notice: null, ...change })
  }

  function memberOf(desk: DeskState): FullSenior | null {
    const senior = desk.person === null ? null : roster.bySenior(desk.person)
    return senior?.kind === 'full' ? senior : null
  }

  /** What any act needs: staff on duty, a ledger that takes records, and a desk. */
  function atDesk(): { desk: DeskState; site: Site; operator: OperatorId } | Done {
    const state = floor.state()
    const [site, operator, stopped] = [parts.site(), parts.operator(), parts.stopped()]
    if (stopped) return { result: 'refused', notice: stopped }
    if (operator === null) return refuse('NO_SHIFT')
    if (site === null) return refuse('NOT_ENROLLED')
    return state.state === 'desk' ? { desk: state, site, operator } : refuse('CHECK_IN_GONE')
  }

  type Prepared = {
    card: string | null
    doIt(): void /** What of the desk is otherwise then. */
    then?: Partial<DeskState>
  }
  type Prepare = (desk: DeskState, senior: FullSenior) => Prepared | Done

  /** Runs one act on the person of the desk and writes its record. `card` null: the act is about none. */
  async function actNow(change: SeniorAct['change'], prepare: Prepare, compared = true): Promise<Done> {
    const place = atDesk()
    if ('result' in place) return place
    const { desk, site, operator } = place
    const senior = memberOf(desk)
    const ref = senior && parts.refOf(senior)
    if (senior === null || ref === null) return refuse('SENIOR_UNKNOWN')
    const prepared = prepare(desk, senior)
    if ('result' in prepared) return prepared
    const { came } = desk
    const how = { means: came?.means ?? ('manual' as const), device: came?.device ?? null }
    const assurance = compared ? 'verified' : (came?.assurance ?? 'presented')
    const result = await recordMeansChange(
      parts,
      { site, operator, senior, ref, change, card: prepared.card, assurance, ...how },
      prepared.doIt,
    )
    if (result.result === 'done') {
      put(prepared.then ?? {})
      parts.onRecorded()
    }
    return result
  }

  const act = (...how: Parameters<typeof actNow>) => floor.inQueue(() => actNow(...how))

  /** Opens a check-in of somebody whom staff compared, with the record of it. */
  async function beginCompared(open: OpenCheckIn, operator: OperatorId): Promise<Done> {
    const compared = await recordComparison(parts, open.id, operator)
    if (compared.result === 'done') {
      parts.onRecorded()
      await floor.arrive(open)
    }
    return compared
  }

  /** Changes who collects for the person of the desk, by a station lead's PIN. */
  function actOnProxy(approval: Approval, doIt: (act: ProxyAct) => Promise<Done>): Promise<Done> {
    return floor.inQueue(async () => {
      const place = atDesk()
      if ('result' in place) return place
      const { desk, site, operator } = place
      const senior = memberOf(desk)
      const ref = senior && parts.refOf(senior)
      if (senior === null || ref === null) return refuse('SENIOR_UNKNOWN')
      if (!senior.home) return refuse('MEMBER_ELSEWHERE')
      const problem = leadProblem(parts, approval)
      if (problem) return refuse(problem)
      const about = { site, senior, ref, came: desk.came, today: parts.today(), operator, approver: approval.operator }
      const result = await doIt(about)
      if (result.result === 'done') {
        put({})
        parts.onRecorded()
      }
      return result
    })
  }

  const cardOf = (senior: FullSenior, handle: string) => senior.cards.find(card => roster.handleOf(card) === handle)

  function cardProblem(key: string, senior: SeniorId | null): ProblemCode | null {
    const owner = roster.byCard(key)
    if (roster.cardIsLost(key)) return 'CARD_LOST'
    if (owner !== null && owner.id !== senior) return 'CARD_BOUND'
    return changingCard.test(key) ? 'CARD_CHANGES' : null
  }

  async function takeCard(desk: DeskState, credential: Extract<Credential, { means: 'card' }>, simulated: boolean) {
    const key = cardKey(credential.card)
    const owner = roster.byCard(key)
    if (owner === null) {
      const problem = cardProblem(key, null)
      const device = { id: credential.device, eventId: credential.eventId, simulated }
      if (problem) put({ notice: notice(problem) })
      else put({ card: { key, tail: cardTail(credential.card), device } })
    } else if (desk.person !== null && owner.id !== desk.person) put({ notice: notice('CARD_BOUND') })
    else await takePerson(desk, credential, simulated, owner.id)
  }

  /** @param known whose the credential is, where it cannot itself identify them any more: a card that was reported lost */
  async function takePerson(desk: DeskState, credential: Credential, simulated: boolean, known: SeniorId | null) {
    const found = await floor.identify(credential)
    const id = found.ok ? (found.senior?.id ?? null) : known
    const senior = id === null ? null : roster.bySenior(id)
    if (senior?.kind !== 'full') {
      const told = found.ok ? notice(senior === null ? 'NOT_ON_ROSTER' : 'MEMBER_ELSEWHERE') : problemOf(found)
      put({ notice: told })
      return
    }
    if (found.ok) found.spend()
    const fits = desk.person === senior.id ? notice('MEANS_FITS') : null
    put({
      person: senior.id,
      came: found.ok ? floor.openFor(credential, simulated, found) : null,
      notice: found.ok ? fits : problemOf(found),
    })
  }

  return {
    open: () =>
      floor.inQueue(async () => {
        if (parts.operator() === null) return refuse('NO_SHIFT')
        const room: Done = (await floor.makesWay()) ? done : floor.aside()
        if (room.result === 'done')
          floor.set({ state: 'desk', person: null, came: null, card: null, from: null, notice: null })
        return room
      }),
    openWithCard: id =>
      floor.inQueue(() => {
        const state = floor.state()
        const from = state.state === 'problem' && state.stranger?.id === id ? state.stranger : null
        if (from?.means !== 'card' || from.credentialKey === null) return refuse('CHECK_IN_GONE')
        const problem = cardProblem(from.credentialKey, null)
        if (problem) return refuse(problem)
        const card = { key: from.credentialKey, tail: from.tail ?? '', device: from.device }
        floor.set({ state: 'desk', person: null, came: null, card, from, notice: null })
        return done
      }),
    find: text =>
      roster.find(text, mostFound).map(({ id, name, sex, person, numberTail }) => ({
        ...{ senior: id, name: maskName(name), sex, birthYear: Number(person.birthDate.slice(0, 4)) },
        numberTail: numberTail ?? null,
      })),
    choose: id =>
      floor.inQueue(() => {
        if (roster.bySenior(id)?.kind !== 'full') return refuse('SENIOR_UNKNOWN')
        put({ person: id, came: null })
        return done
      }),
    async take(credential, simulated) {
      const desk = floor.state()
      if (desk.state !== 'desk') return
      if (credential.means === 'card') await takeCard(desk, credential, simulated)
      else await takePerson(desk, credential, simulated, null)
    },
    fault: told => put({ notice: told }),
    bindCard: () =>
      floor.inQueue(async () => {
        const bound = await actNow('card-bound', ({ card }, senior) => {
          if (card === null) return refuse('CHECK_IN_GONE')
          const problem = senior.home ? cardProblem(card.key, senior.id) : 'MEMBER_ELSEWHERE'
          return problem ? refuse(problem) : { card: card.key, doIt: () => roster.bind(senior.id, card.key) }
        })
        const place = atDesk()
        if (bound.result === 'refused' || 'result' in place) return bound
        const { from, person } = place.desk
        put({ card: null, from: null })
        if (from === null || floor.obstacle()) return done
        // Whoever binds a card has the person before them; the sale waits for Enter, since it was not what was asked for.
        const open = { ...from, ...floor.blank(), held: true }
        return await beginCompared({ ...open, who: 'senior', senior: person, assurance: 'verified' }, place.operator)
      }),
    unbindCard: handle =>
      act('card-unbound', ({ came }, senior) => {
        const card = cardOf(senior, handle)
        if (card === undefined) return refuse('CHECK_IN_GONE')
        if (!senior.home) return refuse('MEMBER_ELSEWHERE')
        if (!senior.boundCards?.includes(card)) return refuse('CARD_OF_ROSTER')
        // Its block would outlive it, with nobody left who could say that it was found.
        if (roster.cardIsLost(card)) return refuse('CARD_LOST_BOUND')
        // Whoever came by this very card is no longer known by it.
        const then = came?.credentialKey === card ? { came: null } : {}
        return { card, doIt: () => roster.unbind(senior.id, card), then }
      }),
    reportCard: (handle, lost) =>
      act(
        lost ? 'card-lost' : 'card-found',
        (_, senior) => {
          const card = cardOf(senior, handle)
          if (card === undefined) return refuse('CHECK_IN_GONE')
          return { card, doIt: () => roster.revoke([{ kind: 'card', card, lost }]) }
        },
        // Somebody may call about a lost card; to take that back, they have to come.
        !lost,
      ),
    setPin: pin =>
      act('pin-set', (_, senior) => {
        if (pinIsTooEasy(pin, senior.person.birthDate)) return refuse('PIN_EASY')
        return { card: null, doIt: () => pins.set(senior.id, pin) }
      }),
    clearPin: () => act('pin-cleared', (_, senior) => ({ card: null, doIt: () => pins.clear(senior.id) })),
    registerProxy: (draft, approval) =>
      actOnProxy(approval, async act => {
        const named = namedDraft(draft, act.senior.id, roster)
        return named === null ? refuse('PROXY_DRAFT') : await registerProxy(parts, act, named)
      }),
    endProxy: (proxy, approval) => actOnProxy(approval, act => endProxy(parts, act, proxy)),
    serve: () =>
      floor.inQueue(async () => {
        const place = atDesk()
        if ('result' in place) return place
        const senior = memberOf(place.desk)
        if (senior === null) return refuse('SENIOR_UNKNOWN')
        const inTheWay = floor.obstacle()
        if (inTheWay) return { result: 'refused', notice: inTheWay }
        const { came } = place.desk
        // Staff are at the keys, and what was presented may still lie on the reader: it waits for Enter.
        const blank = { ...floor.blank(), held: true }
        if (came === null) return await beginCompared(byHand(senior.id, blank, 'verified'), place.operator)
        await floor.arrive({ ...came, ...blank })
        return done
      }),
  }
}

function problemOf({ problem, values = {} }: Extract<Identification, { ok: false }>): Notice {
  return { code: problem, values }
}

/** Named by staff, who compared the person where it is `verified`: nothing else proves who it is. */
export function byHand(
  senior: SeniorId,
  blank: ReturnType<Floor['blank']>,
  assurance: 'presented' | 'verified',
): OpenCheckIn {
  return {
    ...blank,
    who: 'senior',
    senior,
    means: 'manual',
    assurance,
    codeKind: null,
    credentialKey: null,
    tail: null,
    device: null,
    atListPrice: false,
    face: null,
  }
}
